"""The corpus builder: projection, masks, near copies, careless copies, and labels that a mask allows."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ner.bio import words_of
from sepaham.training.ner.augment import Copies, augmented, glued, recased
from sepaham.training.ner.corpora import LABELS, read_corpora, read_tests
from sepaham.training.ner.examples import (
    Example,
    LabelTable,
    bio_spans,
    detokenized,
    from_conll,
    from_spacyndo,
)
from sepaham.training.ner.gold import from_gold, projected
from sepaham.training.ner.near import NearCopies
from sepaham.training.ner.windows import Labels, allowed_flat, allowed_roles

ROOT = Path(__file__).parents[2]
TABLE = LabelTable.load(ROOT / LABELS)
BODY = (
    "Bupati Sleman Rini Astuti meneken MoU. Rini Astuti hadir bersama Dinas Kesehatan "
    "Kabupaten Sleman, di Sleman. Rini pulang."
)
MENTIONS = [
    ["GPE", "Sleman"],
    ["PER", "Rini"],
    ["PER", "Rini Astuti"],
    ["ROLE", "Bupati Sleman"],
    ["ORG", "Dinas Kesehatan Kabupaten Sleman"],
    ["DOC", "MoU"],
]


def example(text=BODY, mentions=MENTIONS):
    flat, roles = projected(text, mentions)
    labels = tuple((a, b, (kind,)) for a, b, kind in flat)
    return Example(text, labels, tuple(roles), TABLE.marked("gold"), "gold", "a")


def forms(text, spans):
    return [text[span[0] : span[1]] for span in spans]


def test_the_longest_form_has_its_place_first_on_every_occurrence():
    flat, roles = projected(BODY, MENTIONS)
    assert forms(BODY, flat) == [
        "Sleman", "Rini Astuti", "MoU", "Rini Astuti", "Dinas Kesehatan Kabupaten Sleman", "Sleman", "Rini",
    ]  # fmt: skip
    assert forms(BODY, roles) == ["Bupati Sleman"]


def test_a_form_is_not_found_inside_a_word():
    flat, _ = projected("BRIN dan BRI, Sleman-Bantul, Slemania", [["ORG", "BRI"], ["GPE", "Sleman"]])
    assert [span[:2] for span in flat] == [(9, 12), (14, 20)]


def test_what_a_corpus_does_not_mark_is_left_open():
    labels = Labels(TABLE.types + TABLE.helpers)
    text = "Joko ke Bandung 5 Mei"
    one = Example(
        text, ((0, 4, ("PER",)), (8, 15, ("GPE", "LOC", "FAC"))), None, TABLE.marked("idner"), "idner", "a"
    )
    allowed = allowed_flat(one, words_of(text), labels)
    begin = labels.begin
    assert np.flatnonzero(allowed[0]).tolist() == [begin["PER"]]
    assert set(np.flatnonzero(allowed[2])) == {begin["GPE"], begin["LOC"], begin["FAC"]}
    # idner marks no dates: the "5" may be one, but it cannot be a person, and O is allowed.
    assert allowed[3, 0]
    assert allowed[3, begin["DATE"]]
    assert not allowed[3, begin["PER"]]
    assert allowed_roles(one, words_of(text)).all()


def test_a_name_inside_a_role_may_be_listed_or_not():
    text = "Kepala Dinas Pendidikan Kota Palu hadir"
    one = example(text, [["ROLE", "Kepala Dinas Pendidikan Kota Palu"]])
    labels = Labels(TABLE.types)
    flat, roles = allowed_flat(one, words_of(text), labels), allowed_roles(one, words_of(text))
    assert np.flatnonzero(flat[0]).tolist() == [0]  # "Kepala" is the office, no name
    assert flat[1:5].all()
    assert np.flatnonzero(flat[5]).tolist() == [0]
    assert roles.argmax(axis=1).tolist() == [1, 2, 2, 2, 2, 0]


def test_the_label_table_is_whole():
    known = set(TABLE.types) | set(TABLE.helpers)
    assert set(TABLE.corpora) == {"gold", "idner", "spacyndo"}
    assert len(TABLE.corpora["spacyndo"]) == 18
    assert TABLE.marked("gold") == set(TABLE.types)
    assert all(TABLE.marked(corpus) <= known for corpus in TABLE.corpora)


def test_tokens_become_running_text():
    tokens = ["Ketua", "DPR", "(", "RI", ")", ",", "Rp", "5", "juta", "."]
    text, spans = detokenized(tokens)
    assert text == "Ketua DPR (RI), Rp5 juta."
    assert [text[a:b] for a, b in spans] == tokens


def test_stray_inside_tags_begin_an_entity():
    assert list(bio_spans(["I-PER", "I-PER", "O", "B-LOC", "B-LOC", "I-ORG"])) == [
        (0, 2, "PER"), (3, 4, "LOC"), (4, 5, "LOC"), (5, 6, "ORG"),
    ]  # fmt: skip


def test_corpora_are_read(tmp_path):
    (tmp_path / "a.txt").write_text("Joko\tNNP\tB-PER\nke\tIN\tO\nPalu\tNNP\tB-LOC\n\nIa\tPRP\tO\n")
    first, second = from_conll(tmp_path / "a.txt", "idner", TABLE)
    assert (first.text, first.flat) == ("Joko ke Palu", ((0, 4, ("PER",)), (8, 12, ("GPE", "LOC", "FAC"))))
    assert second.flat == ()
    line = ["Joko ke Palu", {"entities": [[0, 4, "PERSON"], [8, 12, "GPE"], [8, 12, "GPE"], [0, 7, "ORG"]]}]
    (tmp_path / "b.jsonl").write_text(json.dumps(line) + "\n")
    (one,) = from_spacyndo(tmp_path / "b.jsonl", TABLE)
    assert one.flat == ((0, 4, ("PER",)), (8, 12, ("GPE",)))
    (tmp_path / "articles.jsonl").write_text(json.dumps({"id": "x", "title": "MoU", "text": BODY}) + "\n")
    (tmp_path / "gold.jsonl").write_text(json.dumps({"id": "x", "mentions": MENTIONS, "events": []}) + "\n")
    (whole,) = from_gold(tmp_path, TABLE)
    assert whole.text == f"MoU\n\n{BODY}"
    assert forms(whole.text, whole.flat).count("MoU") == 2
    assert not list(from_gold(tmp_path, TABLE, frozenset({"y"})))


TEST = "Wali Kota Palu menandatangani nota kesepahaman dengan dua universitas pada Senin siang di balai kota."


@pytest.mark.parametrize(
    "text",
    [
        TEST,
        TEST.upper() + "!!",
        TEST.replace("Senin", "Selasa"),
        f"Hujan turun sejak pagi. {TEST} Acara ditutup dengan doa.",
        "dengan dua universitas pada Senin siang di balai kota",
    ],
)
def test_near_copies_of_a_test_text_are_seen(text):
    assert NearCopies([TEST]).holds(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Wali Kota Palu",
        "Wali Kota Palu menandatangani nota kesepahaman tentang sampah bersama tiga desa di tepi teluk.",
    ],
)
def test_other_texts_are_not(text):
    assert not NearCopies([TEST]).holds(text)


def test_short_texts_are_copies_only_when_equal():
    copies = NearCopies(["Ia pulang.", ""])
    assert copies.holds("ia PULANG")
    assert not copies.holds("Ia pulang kemarin")


def consistent(changed, original, same):
    assert [same(f) for f in forms(changed.text, changed.flat)] == [
        same(f) for f in forms(original.text, original.flat)
    ]
    assert [same(f) for f in forms(changed.text, changed.roles)] == [
        same(f) for f in forms(original.text, original.roles)
    ]


@pytest.mark.parametrize("change", [str.lower, str.upper])
def test_recased_copies_keep_their_spans(change):
    changed = recased(example(), change)
    assert changed.text == change(BODY)
    consistent(changed, example(), str.lower)


def test_a_change_of_case_that_would_move_offsets_is_left_out():
    one = example("Kota Groß Sleman", [["GPE", "Sleman"]])
    assert recased(one, str.upper) == one


@given(st.integers(0, 10_000))
def test_careless_copies_keep_their_spans(seed):
    text = BODY.replace(" Rini", "\nRini")
    one = example(text, MENTIONS)
    draw = random.Random(seed)
    consistent(glued(one, draw), one, lambda form: "".join(form.split()))
    consistent(augmented(one, draw, Copies(0.3, 0.3, 0.3)), one, lambda form: "".join(form.lower().split()))


def test_glued_copies_lose_spaces_and_line_breaks():
    text = "Ia hadir. Rini pulang.\n\n" * 40
    changed = glued(example(text, [["PER", "Rini"]]), random.Random(3))
    assert ".Rini" in changed.text
    assert changed.text.count("\n") < text.count("\n") / 2


def test_nothing_of_a_test_set_is_learned_from(shared):
    tests, corpora = read_tests(shared, TABLE), read_corpora(shared, TABLE, ("train", "dev"))
    learned = {
        " ".join(e.text.lower().split())
        for part in (corpora.gold, corpora.idner, corpora.spacyndo)
        for e in part
    }
    assert not learned & {" ".join(text.lower().split()) for text in tests.texts()}
    assert len(corpora.gold) > 200
    assert len(corpora.idner) > 1500
    assert len(corpora.spacyndo) > 4000
    with pytest.raises(ValueError, match="never"):
        read_corpora(shared, TABLE, ("train", "test"))
