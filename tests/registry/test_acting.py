"""An acting official names what the official names (found: a village called "Pj Kades Kalirejo")."""

import pytest

from sepaham.registry import canonical_name, lookup

CONTEXT = (
    "Kepala Desa Kalirejo di Kecamatan Ungaran Timur, Kabupaten Semarang, hadir bersama camat. "
    "Pj Kades Kalirejo Etik Winarsih dan Kades Wonokerso menandatangani kesepakatan."
)


@pytest.mark.parametrize("acting", ["Pj", "Pj.", "Plt", "Plh.", "Penjabat", "Pelaksana Tugas"])
@pytest.mark.parametrize(
    "title", ["Kades Kalirejo", "Camat Ungaran Timur", "Kepala Dinas Kesehatan Kota Salatiga"]
)
def test_an_acting_title_is_read_as_the_title(acting: str, title: str) -> None:
    plain = lookup(title, context=CONTEXT)
    found = lookup(f"{acting} {title}", context=CONTEXT)
    assert plain.name
    assert found.model_copy(update={"query": title}) == plain


def test_the_party_has_no_acting_title() -> None:
    assert canonical_name(["Pj Kades Kalirejo"], CONTEXT)[0] == "Pemerintah Desa Kalirejo"


@pytest.mark.parametrize("name", ["Pj", "Plt", "Penjabat sementara", "Pj Pj", "Pj Xyzzy"])
def test_an_acting_title_alone_is_unknown(name: str) -> None:
    assert lookup(name).rule == "unknown"
