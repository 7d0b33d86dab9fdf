"""Who signs may be named beside the sentence that reports the signing ("kedua perusahaan meneken ...")."""

from functools import partial

import pytest

from sepaham.extraction import extract as extract_by

extract = partial(extract_by, tagger="rules")  # these are tests of the rules

NEAR = (
    "BATAM – PT Samudra Dingin Nusantara kini punya gudang beku baru. Gudang itu dibangun bersama "
    "Koperasi Nelayan Bahtera Jaya. Direksi kedua lembaga menandatangani perjanjian kerja sama di "
    "Batam, Selasa (5/3/2024)."
)
ALONE = (
    "JAKARTA – Harga ikan naik lagi. Para pedagang mengeluh. Mereka menandatangani nota kesepahaman di "
    "pasar, Selasa (5/3/2024). Hujan turun sampai malam."
)


def test_the_sentences_around_name_the_parties() -> None:
    (agreement,) = extract(NEAR, published="2024-03-06")
    assert {party.name for party in agreement.parties} == {
        "PT Samudra Dingin Nusantara",
        "Koperasi Nelayan Bahtera Jaya",
    }
    assert agreement.date is not None
    assert agreement.date.value == "2024-03-05"


@pytest.mark.parametrize("text", [ALONE, ALONE.replace("menandatangani", "meneken")])
def test_nobody_around_is_no_agreement(text: str) -> None:
    assert extract(text, published="2024-03-06") == []
