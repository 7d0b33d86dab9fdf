"""Agreements and documents of a cleaned copy, told in the offsets and letters of the original."""

from sepaham.cleaning import clean_article, restore, restore_document
from sepaham.extraction import extract_article
from sepaham.ner import tag
from sepaham.records import (
    Agreement,
    Article,
    Commitment,
    DateFact,
    Evidence,
    Party,
    Signatory,
    Venue,
)

TEXT = (
    "<p>Bupati&nbsp;Sleman dan Rektor <b>UGM</b> meneken MoU, Senin (4/3/2024), di Pendopo&nbsp;Parasamya. "
    "Baca juga: Pemkab Bantul Gandeng UMY</p><p>Keduanya sepakat mengelola sampah &amp; air.</p>"
)
ARTICLE = Article(article_id="x", title="Sleman &amp; UGM", text=TEXT)


def spot(text: str, part: str) -> dict[str, int]:
    at = text.index(part)
    return {"start": at, "end": at + len(part)}


def found_in(copy: str) -> Agreement:
    return Agreement(
        agreement_id="x#1",
        article_id="x",
        status="signed",
        doc_types=("mou",),
        agreement_text="MoU",
        parties=(
            Party(
                name="Pemerintah Kabupaten Sleman",
                kind="local_government",
                texts=("Bupati Sleman",),
                signatories=(Signatory(name=None, role="Bupati Sleman"),),
            ),
            Party(name="Universitas Gadjah Mada", kind="education", texts=("UGM",)),
        ),
        date=DateFact(text="Senin (4/3/2024)", value="2024-03-04", precision="day"),
        venue=Venue(text="Pendopo Parasamya", name="Pendopo Parasamya", city=None),
        commitments=(Commitment(**spot(copy, "mengelola sampah & air"), text="mengelola sampah & air"),),
        evidence=(
            Evidence(field="/date", **spot(copy, "Senin (4/3/2024)"), quote="Senin (4/3/2024)"),
            Evidence(field="/value", why="no sum is named"),
        ),
    )


def test_offsets_quotes_and_texts_are_those_of_the_original():
    copy, cleaned = clean_article(ARTICLE)
    body = ARTICLE.body
    restored = restore(found_in(copy.body), cleaned)
    assert restored.commitments[0].text == "mengelola sampah &amp; air"
    assert body[restored.commitments[0].start : restored.commitments[0].end] == "mengelola sampah &amp; air"
    assert restored.evidence[0].quote == "Senin (4/3/2024)"
    assert body[restored.evidence[0].start : restored.evidence[0].end] == "Senin (4/3/2024)"
    assert restored.evidence[1] == Evidence(field="/value", why="no sum is named")
    assert restored.parties[0].texts == ("Bupati&nbsp;Sleman",)
    assert restored.parties[0].signatories[0].role == "Bupati&nbsp;Sleman"
    assert restored.parties[0].name == "Pemerintah Kabupaten Sleman"
    assert restored.parties[1].texts == ("UGM",)
    assert restored.venue == Venue(text="Pendopo&nbsp;Parasamya", name="Pendopo&nbsp;Parasamya", city=None)
    assert restored.date == found_in(copy.body).date
    for text in (*restored.parties[0].texts, restored.venue.text, restored.date.text):
        assert text in body


def test_an_article_that_needs_no_cleaning_is_left_alone():
    article = Article(article_id="y", title="MoU", text="Pemkab Bone dan Bulog meneken kontrak.")
    copy, cleaned = clean_article(article)
    document, agreements = extract_article(copy)
    assert copy is article
    assert restore_document(document, article, cleaned) is document
    assert [restore(agreement, cleaned) for agreement in agreements] == agreements


def test_a_document_is_moved_as_a_whole():
    copy, cleaned = clean_article(ARTICLE)
    document = restore_document(tag(copy), ARTICLE, cleaned)
    assert document.article is ARTICLE
    assert document.mentions
    for span in (*document.mentions, *document.dates, *document.amounts):
        assert document.text[span.start : span.end] == span.text
    starts = [span.start for span in document.sentences]
    assert starts == sorted(starts)
    assert all(span.end <= len(document.text) for span in document.sentences)
    assert not any("Bantul" in mention.text for mention in document.mentions)
