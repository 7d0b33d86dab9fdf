"""What a run of digits, points and commas means: `1.500.000,50`, `1,500,000.50`, `2.5`, `1.500`."""

from decimal import Decimal

_MOST_DIGITS = 24


def parse_digits(raw: str, *, whole: bool, english: bool = False) -> Decimal | None:
    """The value of a number as printed, or None when its groups make no number (`1.50.000`).

    Indonesian press: points group thousands, a comma is decimal. One separator alone is read by what follows:
    a point before three digits groups (`1.500`), unless `english` (`USD 1.056 million`); a comma before three
    digits groups only where a fraction makes no sense (`whole`: people, money without a scale).
    """
    if len(raw) > _MOST_DIGITS:
        return None
    points, commas = raw.count("."), raw.count(",")
    if not points and not commas:
        return Decimal(raw)
    if points and commas:
        return _mixed(raw)
    separator = "." if points else ","
    groups = raw.split(separator)
    if len(groups) > 2:
        return _grouped(groups)
    head, tail = groups
    grouped = len(tail) == 3 and len(head) <= 3 and not head.startswith("0")
    if grouped and (whole if separator == "," else not english):
        return Decimal(head + tail)
    return Decimal(f"{head}.{tail}")


def _mixed(raw: str) -> Decimal | None:
    """Both separators: the last one is decimal and stands once, the other one groups."""
    decimal = max(".", ",", key=raw.rfind)
    head, _, tail = raw.rpartition(decimal)
    if decimal in head:
        return None
    groups = head.split("," if decimal == "." else ".")
    number = _grouped(groups)
    return None if number is None else number + Decimal(f"0.{tail}")


def _grouped(groups: list[str]) -> Decimal | None:
    """Groups of three digits; two digits at the end are cents (`1.500.000.00`)."""
    *body, last = groups
    cents = Decimal(0)
    if len(last) == 2 and len(body) > 1:
        groups, cents = body, Decimal(f"0.{last}")
    sound = 1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    return Decimal("".join(groups)) + cents if sound else None


def plain(number: Decimal) -> int | float:
    """A JSON number: int when whole, float otherwise."""
    return int(number) if number == number.to_integral_value() else float(number)
