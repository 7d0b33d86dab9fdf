"""Code of a place -> the province that it lies in, for counts by province."""

from functools import cache

from sepaham.lexicon import csv_rows

_PREFIX = "kemendagri:"


@cache
def _names() -> dict[str, str]:
    return {
        row["code"]: row["name"] for row in csv_rows("registry/regions.csv") if row["level"] == "provinsi"
    }


def province(code: str | None) -> str | None:
    """Name of the province of a code such as `kemendagri:34.04` (Daerah Istimewa Yogyakarta).

    None for another kind of code and for a place outside the list of the Ministry of Home Affairs.
    """
    if not isinstance(code, str) or not code.startswith(_PREFIX):
        return None  # pandas gives <NA> where a cell is empty
    return _names().get(code.removeprefix(_PREFIX).split(".")[0])
