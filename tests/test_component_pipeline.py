"""The component in someone else's pipeline: saved, in several processes, drawn by displaCy."""

from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import sepaham
from sepaham.component import DISPLACY_COLORS, register_extensions
from sepaham.records import Agreement

TEXT = (
    "KUPANG – Bupati Kupang, Yosef Lede, dan Rektor Universitas Nusa Cendana, Maria Tefa, menandatangani "
    "perjanjian kerja sama tentang pemetaan lahan garam di Aula Rektorat Undana, Selasa (4/6/2024)."
)


def pipeline(**config: Any) -> spacy.Language:
    nlp = spacy.blank("id")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("sepaham", config={"published": "2024-06-05", **config})
    return nlp


def test_proofs_are_spans_with_the_field_that_they_prove() -> None:
    doc = pipeline()(TEXT)
    (agreement,) = doc._.agreements
    found = {(span.label_, span.text) for span in doc.spans["evidence"]}
    assert {("SIGNATORY", "Yosef Lede"), ("SIGNATORY", "Maria Tefa")} <= found
    assert ("INSTRUMENT", "perjanjian kerja sama") in found
    ids = {span.id_ for span in doc.spans["evidence"]}
    proofs = {f"{agreement.agreement_id}{proof.field}" for proof in agreement.evidence}
    assert ids <= proofs
    assert any(name.endswith("/parties/0/signatories/0") for name in ids)


@pytest.mark.parametrize(
    ("style", "key", "label"),
    [("ent", None, "PER"), ("span", "roles", "ROLE"), ("span", "evidence", "SIGNATORY")],
)
def test_displacy_draws_in_our_colours(style: str, key: str | None, label: str) -> None:
    options = {"spans_key": key} if key else {}
    drawn = displacy.render(pipeline()(TEXT), style=style, options=options, jupyter=False)
    assert label in drawn
    assert DISPLACY_COLORS[label] in drawn
    assert "Yosef" in drawn


def test_every_label_has_a_colour() -> None:
    doc = pipeline()(TEXT)
    labels = {span.label_ for span in [*doc.ents, *doc.spans["roles"], *doc.spans["evidence"]]}
    assert labels <= set(DISPLACY_COLORS)


def test_its_entry_points_are_installed() -> None:
    groups = {"spacy_factories": "sepaham.component:make_component"}
    groups["spacy_displacy_colors"] = "sepaham.component:DISPLACY_COLORS"
    for group, value in groups.items():
        (point,) = entry_points(group=group, name="sepaham")
        assert point.value == value
        assert point.load()


def test_entities_of_another_component_can_stay() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GARAM", "pattern": "lahan garam"}])
    nlp.add_pipe("sepaham", config={"keep_ents": True})
    doc = nlp(TEXT)
    assert [(ent.label_, ent.text) for ent in doc.ents] == [("GARAM", "lahan garam")]
    assert len(doc._.agreements) == 1


def test_a_saved_pipeline_reads_the_same(tmp_path: Path) -> None:
    pipeline().to_disk(tmp_path / "nlp")
    again = spacy.load(tmp_path / "nlp")
    assert again.pipe_names == ["sentencizer", "sepaham"]
    assert again(TEXT)._.agreements == pipeline()(TEXT)._.agreements
    assert again(TEXT)._.agreements[0].date.value == "2024-06-04"


def test_docs_go_through_bytes() -> None:
    doc = pipeline()(TEXT)
    register_extensions()
    restored = Doc(spacy.blank("id").vocab).from_bytes(doc.to_bytes())
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (unpacked,) = DocBin(store_user_data=True).from_bytes(stored).get_docs(spacy.blank("id").vocab)
    for other in (restored, unpacked):
        assert other._.agreements == doc._.agreements
        assert all(isinstance(agreement, Agreement) for agreement in other._.agreements)
    assert len(restored.spans["evidence"]) == len(doc.spans["evidence"])


def test_several_processes_find_the_same() -> None:
    nlp = pipeline()
    texts = [TEXT, "Harga cabai naik.", TEXT.replace("Yosef Lede", "Yosef Ledo")]
    found = [doc._.agreements for doc in nlp.pipe(texts, n_process=2, batch_size=1)]
    assert found == [nlp(text)._.agreements for text in texts]
    assert [len(agreements) for agreements in found] == [1, 0, 1]


def test_the_agreements_of_a_component_are_those_of_extract() -> None:
    (alone,) = sepaham.extract(TEXT, published="2024-06-05")
    (piped,) = pipeline()(TEXT)._.agreements
    same = {"agreement_id": "", "article_id": ""}
    assert piped.model_copy(update=same) == alone.model_copy(update=same)
