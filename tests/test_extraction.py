"""Article -> agreements, end to end: the seed, golden cases, and properties that hold for any text."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sepaham.extraction import extract, extract_article
from sepaham.ner.tagger import LONGEST
from sepaham.records import Agreement, Article

GOLDEN = sorted((Path(__file__).parent / "golden").glob("w*.json"))

SIGNED = (
    "Bupati Garut Dedi Mulyana dan Rektor Universitas Garut Prof. Dr. Siti Aminah, M.Si menandatangani nota "
    "kesepahaman tentang pengelolaan sampah pasar di Aula Pendopo Garut, Selasa (12/3/2024)."
)


def _only(agreements: list[Agreement]) -> Agreement:
    assert len(agreements) == 1
    return agreements[0]


def test_the_seed_article_gives_its_one_agreement(shared):
    text = next((shared / "seed").glob("*.txt")).read_text(encoding="utf-8")
    found = _only(extract(text, None, "2024-04-27"))
    people = {p.name: [(s.name, s.acting) for s in p.signatories] for p in found.parties}
    assert people == {
        "Pemerintah Kabupaten Tangerang": [("Andi Ony", True)],
        "Pemerintah Kabupaten Sidenreng Rappang": [("Basra", True)],
    }
    assert found.venue is not None
    assert (found.venue.name, found.venue.city) == ("Lumire Hotel and Convention Center", "Jakarta Pusat")
    assert found.date is not None
    assert found.date.value == "2024-04-26"
    assert found.status == "signed"
    assert any("berbagi informasi" in c.text for c in found.commitments)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_by_rules(path):
    case = json.loads(path.read_text(encoding="utf-8"))
    article = case["article"]
    found = extract(article["text"], article["title"], article["published"], tagger="rules")
    assert len(found) == len(case["expected"])
    for agreement, expected in zip(found, case["expected"], strict=True):
        given_slots = json.loads(agreement.model_dump_json())
        assert {slot: _like(given_slots[slot], wanted) for slot, wanted in expected.items()} == expected


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_by_judges(path):
    """Who signs with whom, when and in what state, by the shipped encoder and judges."""
    case = json.loads(path.read_text(encoding="utf-8"))
    article = case["article"]
    found = [
        {
            "status": a.status,
            "date": a.date.value if a.date else None,
            "parties": [[p.name, [s.name for s in p.signatories]] for p in a.parties],
        }
        for a in extract(article["text"], article["title"], article["published"], tagger="encoder")
    ]
    assert found == case["judged"]


def _like(value, wanted):
    """The value with the keys that the golden case tells, so that further keys may be added."""
    if isinstance(wanted, dict) and isinstance(value, dict):
        return {key: _like(value.get(key), wanted[key]) for key in wanted}
    if isinstance(wanted, list) and isinstance(value, list) and wanted:
        return [_like(item, wanted[min(n, len(wanted) - 1)]) for n, item in enumerate(value)]
    return value


def test_golden_cases_are_there():
    assert len(GOLDEN) >= 8
    assert any(json.loads(path.read_text(encoding="utf-8"))["expected"] == [] for path in GOLDEN)


def test_a_signing_in_one_sentence():
    found = _only(extract(SIGNED, "Pemkab Garut dan Uniga Teken MoU Sampah", "2024-03-13"))
    assert [(p.name, [s.name for s in p.signatories]) for p in found.parties] == [
        ("Pemerintah Kabupaten Garut", ["Dedi Mulyana"]),
        ("Universitas Garut", ["Siti Aminah"]),
    ]
    assert found.subject == "pengelolaan sampah pasar"
    assert found.doc_types == ("mou",)
    assert found.date is not None
    assert found.date.value == "2024-03-12"
    assert found.venue is not None
    assert found.venue.text == "Aula Pendopo Garut"


def test_ids_count_from_the_article():
    article = Article(article_id="kabar-7", text=SIGNED, published="2024-03-13")
    document, found = extract_article(article)
    assert document.article == article
    assert _only(found).agreement_id == "kabar-7#1"
    assert _only(found).article_id == "kabar-7"


@pytest.mark.parametrize(
    "text",
    [
        "Bupati Garut membantah telah meneken nota kesepahaman dengan investor. Belum ada MoU, katanya.",
        "Wali Kota Bogor berharap ada MoU dengan Kota Osaka. Pertemuan itu baru penjajakan kerja sama.",
        "Presiden PKS bertemu Ketua Fraksi PKS di Senayan, Jakarta, Senin (4/3/2024), membahas pilkada.",
        "Harga beras di Pasar Induk Kramat Jati naik menjelang Ramadan, kata Kepala Dinas Pangan.",
        "",
    ],
    ids=["denied", "wished", "the party", "no instrument", "empty"],
)
def test_no_agreement(text):
    assert extract(text, None, "2024-03-05") == []


def test_the_publication_date_is_no_signing_date():
    text = "Pemkab Garut dan Universitas Garut menandatangani nota kesepahaman tentang pengelolaan sampah."
    assert _only(extract(text, None, "2024-03-05")).date is None


def test_every_fact_of_an_agreement_is_proven():
    found = _only(extract(SIGNED, None, "2024-03-13"))
    fields = {evidence.field for evidence in found.evidence}
    for slot in ("status", "doc_types", "agreement_text", "subject", "fields", "date", "venue"):
        assert f"/{slot}" in fields
    for number, party in enumerate(found.parties):
        assert f"/parties/{number}" in fields
        for order, _ in enumerate(party.signatories):
            assert f"/parties/{number}/signatories/{order}" in fields
    for number, _ in enumerate(found.commitments):
        assert f"/commitments/{number}" in fields


PIECES = st.sampled_from(
    [
        "Bupati Garut", "Pj Wali Kota", "Pemkab", "PT Maju Jaya Tbk.", "Rektor UGM", "Dr. H.",
        "Andi Ony, M.Si",
        "menandatangani", "diteken oleh", "penandatanganan", "MoU", "nota kesepahaman", "PKS", "kerja sama",
        "antara", "dengan", "dan", ",", ".", "(", ")", '"', "tentang sampah", "di Hotel Santika, Bandung",
        "Selasa (12/3/2024)", "kemarin", "Rp1,2 miliar", "selama 3 tahun", "disaksikan", "sepakat untuk",
        "meliputi:", "• satu", "\n", "\u200b", "😀", "\x00", "&nbsp;", "109 pemerintah daerah", "I", "-", "/",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map(" ".join), st.sampled_from([None, "", "Teken MoU", "X" * 50]))
@settings(max_examples=120, deadline=None)
def test_any_text_keeps_its_offsets(text, title):
    _check(Article(article_id="x", text=text, title=title or None, published="2024-03-13"))


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_characters_do_no_harm(text):
    _check(Article(article_id="x", text=f"{text} MoU {text} diteken {text}", published=None))


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "\n" * 100_000,
        "😀" * 50_000,
        "MoU " * 60_000,
        "(" * 100_000,
        SIGNED * 5_000,
        "".join(map(chr, range(32))) * 500,
        "PT A dan " * 20_000 + "menandatangani MoU",
    ],
    ids=[
        "one word",
        "lines",
        "emoji",
        "instruments",
        "brackets",
        "a million characters",
        "control",
        "parties",
    ],
)
def test_huge_and_odd_texts(text):
    document = _check(Article(article_id="x", text=text, published="2024-03-13"))
    read = sum(s.end - s.start for s in document.sentences)
    assert read <= max(LONGEST * 2, 0) or len(text) <= LONGEST


def _check(article):
    """Spans lie in the text, quotes are slices of it, every fact's words stand in the article."""
    document, agreements = extract_article(article)
    body = article.body
    for sentence in document.sentences:
        assert 0 <= sentence.start < sentence.end <= len(body)
    for mention in document.mentions:
        assert body[mention.start : mention.end] == mention.text
    for agreement in agreements:
        assert agreement.parties
        for evidence in agreement.evidence:
            if evidence.start is None:
                assert evidence.quote is None
                assert evidence.why
            else:
                assert body[evidence.start : evidence.end] == evidence.quote
        for commitment in agreement.commitments:
            assert body[commitment.start : commitment.end] == commitment.text
        for party in agreement.parties:
            assert 1 <= len(party.texts) <= 4
            assert all(text in body for text in party.texts)
        assert Agreement.model_validate_json(agreement.model_dump_json()) == agreement
    return document


UNSIGNED = (
    "Bupati Garut meninjau Pasar Garut bersama Rektor Universitas Garut. Ia berharap para pedagang menjaga "
    "kebersihan, sebab nota belanja warga naik lagi."
)


@pytest.mark.parametrize("text", [SIGNED, UNSIGNED, "", "Harga cabai naik lagi."])
@pytest.mark.parametrize("tagger", ["encoder", "rules"])
def test_without_names_the_agreements_are_the_same(text, tagger):
    article = Article(article_id="a", text=text, published="2024-03-13")
    plain = extract_article(article, tagger=tagger)
    assert extract_article(article, tagger=tagger, names=False)[1] == plain[1]


def test_a_text_that_reports_no_signing_costs_no_tagger(monkeypatch):
    """A tenth of the background news that passes the gate is of this kind."""
    from sepaham import extraction

    def called(article, ruled=None):
        raise AssertionError("tagged for nothing")

    monkeypatch.setattr(extraction, "loaded", lambda _: called)
    article = Article(article_id="a", text=UNSIGNED, published="2024-03-13")
    document, found = extract_article(article, names=False)
    assert found == []
    assert document.article == article
    with pytest.raises(AssertionError, match="tagged for nothing"):
        extract_article(article)


def test_the_taggers_names_do_not_make_a_report_of_a_text():
    """What `reports` says of the rules' reading holds for the encoder's: both have the same instruments."""
    from sepaham.ner import tag
    from sepaham.ner.taggers import make
    from sepaham.relations import reports

    for text in (SIGNED, UNSIGNED, *(json.loads(p.read_text("utf-8"))["article"]["text"] for p in GOLDEN)):
        article = Article(article_id="a", text=text)
        assert reports(tag(article)) == reports(make("encoder")(article))


def test_a_long_text_is_always_read(monkeypatch):
    """Of a text over LONGEST the rules read parts, and the tagger's instruments count."""
    from sepaham import extraction
    from sepaham.ner import tag
    from sepaham.relations import reports

    asked = []
    known = extraction.loaded

    def spied(tagger):
        asked.append(tagger)
        return known("rules")

    monkeypatch.setattr(extraction, "loaded", spied)
    for text, expected in ((UNSIGNED, []), (UNSIGNED + " " * LONGEST, ["encoder"])):
        asked.clear()
        article = Article(article_id="a", text=text, published="2024-03-13")
        assert not reports(tag(article))
        extract_article(article, names=False)
        assert asked == expected
