"""The shipped learned taggers: any text, right offsets, nothing cut off, no memory, checked hashes."""

import itertools
import json
import shutil
from importlib.util import find_spec

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from sepaham.errors import ConfigurationError, ModelError
from sepaham.ner import taggers, weights
from sepaham.ner.component import FACTORY
from sepaham.ner.encoder import EncoderTagger
from sepaham.ner.pieces import first_pieces, windows
from sepaham.records import Article


def _there(name):
    try:
        return weights.model_folder(name).is_dir()
    except ModelError:
        return False


def _needs(name):
    why = f"the weights of the tagger {name} are not in the repository: train them as models/README.md says"
    if name == "stanza" and find_spec("stanza") is None:
        why = "Stanza is not installed: pip install 'sepaham[stanza]'"
        return pytest.param(name, marks=pytest.mark.skip(reason=why))
    return pytest.param(name, marks=pytest.mark.skipif(not _there(name), reason=why))


NAMES = [_needs("encoder"), _needs("fast"), _needs("spacy"), _needs("stanza")]
LINE = (
    "Pj Bupati Sukamaju Ratna Wulandari menandatangani nota kesepahaman dengan Universitas Tirta Negara "
    "di Hotel Melati Raya, Kota Bandung, Senin (3/3/2025). "
)
ODD = {
    "empty": "",
    "blank": " \n\t\u00a0\u2003",
    "emoji": "🤝🏽👩‍👩‍👧🇮🇩" * 50,
    "scripts": "Ahli ꦲꦏ꧀ꦱꦫ dan 北京大学 bertemu الرئيس ไทย Бупати Ωmega ﬁnal e\u0301",
    "controls": "\x00\x01Bupati\x07 Sleman\x1f\u200b\u202e\ufeff\ud7ff\U0010ffff\x7f",
    "signs": "—…“”’«»!?" * 200,
    "no space": "menandatangani" * 400,
    "one letter": "a" * 1_000_000,
    "white space": " \n" * 500_000 + LINE,
    "line breaks": LINE.replace(" ", "\r\n"),
}
_LOADED = {}


def tagger(name):
    """Each tagger is loaded once; pytest's fixtures would not go with hypothesis."""
    if name not in _LOADED:
        _LOADED[name] = taggers.learned(name)
    return _LOADED[name]


def check(text, found):
    """Quotes equal the text; each layer is flat and in order."""
    for mention in found:
        assert mention.text == text[mention.start : mention.end] != ""
        assert 0 <= mention.confidence <= 1
        assert mention.confidence == round(mention.confidence, 3)
    for layer in (True, False):
        ends = [(m.start, m.end) for m in found if (m.label == "ROLE") is layer]
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ends))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_texts(name, text):
    check(text, tagger(name).mentions(text))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=30)
@given(text=st.text(max_size=80) | st.text(alphabet="aA .,\n\x00é😀中PTbupati", max_size=200))
def test_any_text(name, text):
    check(text, tagger(name).mentions(text))


@pytest.mark.parametrize("name", NAMES)
def test_what_a_plain_sentence_holds(name):
    found = {(m.label, m.text) for m in tagger(name).mentions(LINE)}
    assert {
        ("PER", "Ratna Wulandari"),
        ("ORG", "Universitas Tirta Negara"),
        ("ROLE", "Pj Bupati Sukamaju"),
    } <= found


@pytest.mark.parametrize("name", NAMES)
def test_names_far_into_a_text_are_found_as_at_its_beginning(name):
    text = LINE * 60 + "Hadir pula Direktur PT Cahaya Abadi, Bambang Hartawan."
    found = tagger(name).mentions(text)
    check(text, found)
    # The windows fall elsewhere in every sentence, so one may be missed, but not a stretch of them.
    places = [m.start for m in found if m.text == "Ratna Wulandari"]
    assert len(places) >= 58
    assert ("PER", "Bambang Hartawan") in {(m.label, m.text) for m in found}


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_million_characters_of_running_text(name):
    text = LINE * (1_000_000 // len(LINE))
    found = tagger(name).mentions(text)
    check(text, found)
    assert found[-1].start > 999_000


@pytest.mark.parametrize("name", NAMES)
def test_the_same_alone_or_after_others(name):
    mine = tagger(name)
    alone = taggers.learned(name).mentions(LINE)
    for other in ("Gempa mengguncang Palu.", LINE.upper(), ODD["emoji"], LINE * 7):
        mine.mentions(other)
        assert mine.mentions(LINE) == alone


@given(st.lists(st.integers(1, 60), min_size=1, max_size=80), st.integers(20, 60), st.integers(0, 8))
def test_windows_read_every_word_once_and_stay_small(lengths, size, margin):
    firsts = [sum(lengths[:n]) for n in range(len(lengths))]
    found = list(windows(firsts, sum(lengths), size, margin))
    assert [w for window in found for w in range(window.first, window.last)] == list(range(len(lengths)))
    for window in found:
        assert window.end - window.start <= size + max(lengths)
        assert all(window.start <= firsts[w] < window.end for w in range(window.first, window.last))


def test_a_word_that_no_piece_covers_has_the_next_one():
    assert first_pieces([(0, 2), (3, 4), (5, 8)], [(0, 2), (5, 8)]) == [0, 1, 1]


def copied(tmp_path, name):
    folder = tmp_path / name
    shutil.copytree(weights.model_folder(name), folder)
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_weights_of_another_version_are_refused(tmp_path, name):
    folder = copied(tmp_path, name)
    manifest = json.loads((folder / "manifest.json").read_text())
    for file in manifest["sha256"]:
        data = (folder / file).read_bytes()
        (folder / file).write_bytes(data + b" ")
        with pytest.raises(ModelError, match="install sepaham again"):
            weights.checked(folder)
        (folder / file).write_bytes(data)
    weights.checked(folder)
    (folder / sorted(manifest["sha256"])[0]).unlink()
    with pytest.raises(ModelError, match="missing"):
        weights.checked(folder)


def test_a_damaged_manifest_is_a_model_error(tmp_path):
    with pytest.raises(ModelError, match=r"manifest\.json"):
        EncoderTagger(tmp_path)
    (tmp_path / "manifest.json").write_text('{"sha256": ')
    with pytest.raises(ModelError, match=r"manifest\.json"):
        EncoderTagger(tmp_path)


def test_weights_that_are_not_there():
    with pytest.raises(ModelError, match="nothing"):
        weights.model_folder("nothing")


def test_an_unknown_tagger_is_a_configuration_error():
    with pytest.raises(ConfigurationError, match="encoder, fast, spacy, stanza, rules"):
        taggers.make("flair")
    with pytest.raises(ConfigurationError, match="encoder, fast, spacy, stanza, rules"):
        spacy.blank("xx").add_pipe(FACTORY, config={"tagger": "flair"})


@pytest.mark.parametrize("name", [*NAMES, "rules"])
def test_each_tagger_reads_an_article(name):
    article = Article(article_id="a", title="MoU di Bandung", text=LINE, published="2025-03-04")
    document = taggers.make(name)(article)
    assert document.article == article
    assert document.sentences
    check(document.text, [m for m in document.mentions if m.label != "ROLE"][:0])
    assert all(m.text == document.text[m.start : m.end] for m in document.mentions)
    assert any(m.label == "PER" and "Ratna Wulandari" in m.text for m in document.mentions)


def test_the_component_sets_both_layers():
    nlp = spacy.blank("xx")
    nlp.add_pipe(FACTORY, config={"tagger": "encoder"})
    doc = nlp(LINE)
    assert ("Ratna Wulandari", "PER") in {(e.text, e.label_) for e in doc.ents}
    assert "Pj Bupati Sukamaju" in {r.text for r in doc.spans["roles"]}
