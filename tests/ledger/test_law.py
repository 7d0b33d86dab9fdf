"""Class, paper, next paper and term: 150 labelled rows, and the rules one by one."""

import csv
import json
from pathlib import Path

import pytest

from sepaham.ledger import law
from sepaham.ledger.entry import Merged
from sepaham.ledger.times import bounds
from sepaham.ledger.urusan import affairs, urusan
from sepaham.lexicon import toml
from sepaham.records import Field, Party

LABELLED = Path(__file__).parents[2] / "data" / "ledger" / "labelled.jsonl"
SECOND = LABELLED.with_name("labelled_second.csv")


def facts(parties=(), docs=("mou",), name=None, subject=None, hub=None, status="signed", **more) -> Merged:
    dated = bounds(more.get("date"))
    return Merged(
        stages=((status, None),), docs=tuple(docs), doc_name=name, doc_number=None, subject=subject,
        parties=tuple(parties), hub=hub, dated=dated, date_value=more.get("date"), venue_name=None,
        venue_city=None, venue_city_code=None, commitments=(), fields=(), amount=None, currency=None,
        duration=more.get("duration"), until=more.get("until"),
    )  # fmt: skip


def party(name, kind="local_government", **more) -> Party:
    return Party(name=name, kind=kind, texts=(name,), **more)


SLEMAN = party("Pemerintah Kabupaten Sleman", level="kabupaten", code="kemendagri:34.04")
BANTUL = party("Pemerintah Kabupaten Bantul", level="kabupaten", code="kemendagri:34.02")
DINAS = party("Dinas Kesehatan Kabupaten Sleman", level="unit", parent_code="kemendagri:34.04")
DPRD = party(
    "DPRD Kabupaten Sleman", "legislature", level="unit", code="dprd:34.04", parent_code="kemendagri:34.04"
)
POLRES = party("Kepolisian Resor Sleman", "security_justice", code="polri:polres.34.04")
UGM = party("Universitas Gadjah Mada", "education", code="pt:001001")
DESA = party("Pemerintah Desa Condongcatur", level="desa")
KYOTO = party("Pemerintah Prefektur Kyoto", "foreign_government")
JICA = party("Japan International Cooperation Agency", "foreign_government", code="gov:jica")


Labels = list[tuple[str, str]]


@pytest.fixture(scope="module")
def labels() -> tuple[Labels, Labels, Labels]:
    """Class and paper of the 150 rows: of the first labeller, of the second, of the rules."""
    rows = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    with SECOND.open(encoding="utf-8") as file:
        second = {row["id"]: (row["legal_class"], row["paper"]) for row in csv.DictReader(file)}
    found: Labels = []
    for row in rows:
        parties = [Party(texts=(p["name"],), **p) for p in row["parties"]]
        about = facts(parties, row["doc_types"], row["doc_name"], row["subject"], row["hub"], row["status"])
        found.append((law.rule(about).legal_class or "", law.paper(about.docs, about.doc_name)))
    assert len(rows) == 150
    return [(row["legal_class"], row["paper"]) for row in rows], [second[row["id"]] for row in rows], found


def same(one: Labels, other: Labels) -> int:
    return sum(a == b for a, b in zip(one, other, strict=True))


def test_rules_agree_with_both_labellers(labels):
    first, second, found = labels
    assert same(first, second) == 146
    assert same(first, found) >= 0.95 * 150
    assert same(second, found) >= 0.95 * 150
    agreed = [n for n in range(150) if first[n] == second[n]]
    assert all(found[n] == first[n] for n in agreed)


@pytest.mark.parametrize(
    ("parties", "expected"),
    [
        ([SLEMAN, BANTUL], "KSDD"),
        ([SLEMAN, UGM], "KSDPK"),
        ([DINAS, UGM], "KSDPK"),
        ([SLEMAN, POLRES], "SINERGI"),
        ([SLEMAN, KYOTO], "KSDPL"),
        ([SLEMAN, JICA], "KSDLL"),
        ([UGM, POLRES], "NON_GOVERNMENT"),
        ([DESA, UGM], "VILLAGE"),
        ([SLEMAN, DINAS], None),
        ([SLEMAN], None),
    ],
)
def test_class_by_parties(parties, expected):
    ruling = law.rule(facts(parties))
    assert ruling.legal_class == expected
    assert ruling.rule


def test_the_hub_decides():
    police = facts([POLRES, SLEMAN, UGM, party("Yayasan Adil", "association")], hub=POLRES.name)
    assert law.rule(police).legal_class == "SINERGI"


@pytest.mark.parametrize(
    "subject", ["KUA-PPAS 2025", "Kebijakan Umum Anggaran 2024", "KUPA dan PPAS Perubahan"]
)
def test_budget_papers(subject):
    assert law.rule(facts([SLEMAN, DPRD], subject=subject)).legal_class == "BUDGET"
    assert law.rule(facts([SLEMAN, UGM], docs=["grant"], name="NPHD")).legal_class == "BUDGET"
    assert law.rule(facts([SLEMAN, DPRD], subject="pertukaran data kualitas air")).legal_class is None


@pytest.mark.parametrize(
    ("docs", "name", "paper", "following"),
    [
        (["loi"], "surat minat", "loi", "Kesepakatan Bersama"),
        (["mou"], "MoU", "mou", "Perjanjian Kerja Sama"),
        (["agreement"], "PKS", "pks", None),
        (["mou", "agreement"], "MoU", "mou_pks", None),
        (["agreement"], "adendum perjanjian", "addendum", None),
        (["joint_statement"], "komitmen bersama", "statement", None),
    ],
)
def test_order_of_papers(docs, name, paper, following):
    kind = law.paper(docs, name)
    after = law.next_paper(kind, "KSDPK")
    assert kind == paper
    assert (law.paper_name(after, "KSDPK") if after else None) == following
    assert law.next_paper("mou", "BUDGET") is None


@pytest.mark.parametrize(
    ("date", "duration", "end"),
    [
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-05-02", "P36M", "2027-05-02"),
        ("2024-05", "P3Y", "2027-05"),
        ("2024", "P5Y", "2029"),
        ("2024-05-02", "P2W", "2024-05-16"),
        ("2024-05-02", "lama", None),
        ("2024-05-02", "P9000Y", None),
        (None, "P1Y", None),
    ],
)
def test_computed_term(date, duration, end):
    until = law.valid_until(facts([SLEMAN, UGM], date=date, duration=duration))
    assert (until.value if until else None) == end
    assert until is None or until.basis == f"computed: {date} + {duration}"


def test_a_stated_term_wins_and_a_plan_has_none():
    stated = law.valid_until(facts(date="2024-05-02", duration="P1Y", until="2028"))
    assert stated == ("2028", "stated")
    assert law.valid_until(facts(date="2024-05-02", duration="P1Y", status="planned")) is None


@pytest.mark.parametrize(
    ("value", "soon"), [("2025-03-31", True), ("2025-04-01", False), ("2024-12-30", False), ("2025-02", True)]
)
def test_expires_within_ninety_days(value, soon):
    first = bounds("2024-12-31")[0]
    assert law.expires_within(law.Until(value, "stated"), first) is soon
    assert law.expires_within(None, first) is None


def test_urusan():
    assert urusan(["environment"], "pengelolaan sampah regional", [])[0] == "Lingkungan Hidup"
    assert urusan([], "penurunan stunting", ["pelatihan dokter puskesmas"])[0] == "Kesehatan"
    assert urusan(["religion"], None, []) == ("Agama",)
    assert urusan([], "kerja sama", []) == ()


def test_urusan_cover_all_fields():
    covered = set().union(*(affair.fields for affair in affairs()))
    assert set(Field.__args__) - covered == {"other"}
    assert len({affair.name for affair in affairs()}) == len(affairs()) >= 32


def test_words_of_the_law_are_whole():
    words = toml("ledger/law.toml")
    assert set(words["labels"]) == set(law.LegalClass.__args__) == set(words["mou_names"])
    assert set(words["papers"]) == set(law.Paper.__args__)
