"""The fields of an agreement, by its words."""

import json
from pathlib import Path

import pytest

from sepaham.relations.learned import topics
from sepaham.relations.learned.judge import Judge, judges

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("telling", "names", "field"),
    [
        ("pertukaran mahasiswa dan penelitian bersama", "Universitas Garut", "education_research"),
        ("penanganan masalah hukum perdata dan tata usaha negara", "Kejaksaan Negeri", "law_security"),
        ("pembiayaan dan layanan perbankan", "Bank Jateng", "finance_tax"),
        ("pengelolaan sampah dan daur ulang limbah pasar", "Pemerintah Kota Tegal", "environment"),
        ("pelayanan kesehatan ibu dan anak", "Rumah Sakit Umum Daerah Tegal", "health"),
    ],
)
def test_the_words_tell_the_field(telling, names, field):
    found, sure = topics.chosen(topics.features(telling, "", names), judges())
    assert field in found
    assert 1 <= len(found) <= 3
    assert 0 < sure < 1


def told(**chances):
    """Judges that give each field this chance, and all others hardly any."""
    from sepaham.relations.learned.chances import logit

    return {f"field_{f}": Judge({}, logit(chances.get(f, 0.01))) for f in topics.FIELDS}


def test_one_field_at_least_and_the_likely_ones_beside():
    found, sure = topics.chosen({}, told(health=0.2))
    assert found == ("health",)
    assert sure == pytest.approx(0.2 * 0.99 ** (len(topics.FIELDS) - 1), abs=1e-3)
    found, _ = topics.chosen({}, told(health=0.9, religion=0.8, media=0.4, disaster=0.35))
    assert found == ("health", "religion", "media")


def test_words_and_names_are_features_of_their_own():
    found = topics.features("penelitian bersama", "", "Universitas Garut")
    assert found["told:penelitian"] == pytest.approx(0.5**0.5)
    assert "name:penelitian" not in found
    assert found["name_education_research"] == found["told_education_research"] == 0.5


def test_every_field_has_a_judge_that_can_be_read():
    path = ROOT / "pipeline/sepaham/resources/relations/judges.json"
    shipped = json.loads(path.read_text(encoding="utf-8"))
    for field in topics.FIELDS:
        assert len(shipped[f"field_{field}"]["weights"]) < 120
    assert "field" not in shipped
