"""`sepaham.load()`: entities, roles and agreements in a spaCy Doc."""

import spacy

import sepaham

TEXT = (
    "SLEMAN – Pj Bupati Sleman, Andi Wijaya, dan Bupati Bantul, Sri Rahayu, menandatangani nota kesepahaman "
    "tentang pengelolaan sampah di Hotel Melati, Sleman, kemarin."
)


def test_a_doc_has_entities_roles_and_agreements() -> None:
    doc = sepaham.load(published="2024-06-04")(TEXT)
    assert {"Andi Wijaya", "Sri Rahayu"} <= {ent.text for ent in doc.ents if ent.label_ == "PER"}
    assert "Pj Bupati Sleman" in [span.text for span in doc.spans["roles"]]
    (agreement,) = doc._.agreements
    assert [party.code for party in agreement.parties] == ["kemendagri:34.04", "kemendagri:34.02"]
    assert agreement.date.value == "2024-06-03"
    for proof in agreement.evidence:
        if proof.quote is not None:
            assert doc.text[proof.start : proof.end] == proof.quote


def test_the_day_of_a_doc_goes_before_that_of_the_component() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("sepaham", config={"published": "2024-06-04"})
    doc = nlp.make_doc(TEXT)
    doc._.published = "2023-01-02"
    (agreement,) = nlp(doc)._.agreements
    assert agreement.date.value == "2023-01-01"


def test_texts_without_an_agreement() -> None:
    nlp = sepaham.load()
    assert [doc._.agreements for doc in nlp.pipe(["", "😀", "Harga cabai naik."])] == [[], [], []]
