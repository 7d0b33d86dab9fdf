"""Stanza: the whole way to agreements without the net, its parser, its recipe."""

import itertools
import json
import subprocess
import sys

import numpy as np
import pytest

from sepaham.errors import ConfigurationError, ModelError
from sepaham.ner import stanza as second
from sepaham.ner import taggers, weights
from sepaham.records import Mention
from sepaham.training.ner.examples import Example
from sepaham.training.stanza import corpus

TEXT = (
    "Bupati Sleman Rini Astuti dan Rektor Universitas Tirta Negara Joko Priyono menandatangani nota "
    "kesepahaman tentang pengelolaan sampah terpadu di Pendopo Parasamya, Sleman, Senin (3/6/2024). "
)


def why_not():
    try:
        weights.model_folder("stanza")
    except ModelError:
        return "the models of Stanza are not in the repository: train them as models/README.md says"
    return None if _installed() else "Stanza is not installed: pip install 'sepaham[stanza]'"


def _installed():
    try:
        import stanza  # noqa: F401
    except ImportError:
        return False
    return True


needs_models = pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
needs_stanza = pytest.mark.skipif(not _installed(), reason="Stanza is not installed")

NO_NET = """
import socket, sys
def refused(*_, **__):
    raise OSError("this test has no net")
socket.socket.connect = socket.socket.connect_ex = refused
socket.create_connection = socket.getaddrinfo = refused
from sepaham.cli import app
app(sys.argv[1:], standalone_mode=True)
"""


@needs_models
@pytest.mark.parametrize("options", [["--tagger", "stanza"], ["--second-opinion"]])
def test_the_command_runs_without_the_net(tmp_path, options):
    record = {"id": "a", "title": "Sleman Gandeng Kampus", "text": TEXT, "published": "2024-06-04"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    command = ["extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "out"), *options]
    done = subprocess.run(
        [sys.executable, "-c", NO_NET, *command], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    (line,) = (tmp_path / "out/agreements.jsonl").read_text(encoding="utf-8").splitlines()
    agreement = json.loads(line)
    assert {s["name"] for p in agreement["parties"] for s in p["signatories"]} == {
        "Rini Astuti",
        "Joko Priyono",
    }
    assert agreement["date"]["value"] == "2024-06-03"
    settings = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))["settings"]
    assert settings["second_opinion"] is (options == ["--second-opinion"])


@needs_models
def test_the_parser_reads_running_text():
    if not (weights.model_folder("stanza") / "id/depparse/sepaham.pt").is_file():
        pytest.skip("the parser is not trained: python -m sepaham.training.stanza.parser")
    nlp = second.pipeline(("tokenize", "mwt", "pos", "lemma", "depparse"))
    doc = nlp("Bupati menandatangani nota kesepahaman itu. Rektor menyetujuinya.")
    first, last = doc.sentences
    heads = {w.text: first.words[w.head - 1].text if w.head else "" for w in first.words}
    assert heads["menandatangani"] == ""
    assert heads["Bupati"] == heads["nota"] == "menandatangani"
    assert {w.text: w.deprel for w in first.words}["Bupati"] == "nsubj"
    assert [w.text for w in last.words] == ["Rektor", "menyetujui", "nya", "."]
    for sentence in doc.sentences:
        for token in sentence.tokens:
            assert doc.text[token.start_char : token.end_char] == token.text


def test_without_the_extra_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "stanza", None)
    with pytest.raises(ConfigurationError, match=r"pip install 'sepaham\[stanza\]'"):
        taggers.make("stanza")


@needs_stanza
def test_missing_models_are_a_model_error(tmp_path):
    with pytest.raises(ModelError, match=r"manifest\.json"):
        second.StanzaTagger(tmp_path)
    (tmp_path / "manifest.json").write_text('{"sha256": {}}')
    with pytest.raises(ModelError, match="cannot be loaded"):
        second.StanzaTagger(tmp_path)


def test_marginals_are_those_of_all_sequences():
    draw = np.random.default_rng(1)
    units = ["<PAD>", "B-PER", "O", "I-PER"]
    scores, steps = draw.normal(size=(2, 4, 4)), draw.normal(size=(4, 4))
    lengths = [4, 2]
    layer = second.Layer(units)
    assert layer.types == ["PER"]
    found = layer.marginals(scores.astype(np.float32), steps.astype(np.float32), lengths)
    wanted = [2, 1, 3]  # O, B-PER, I-PER
    for n, length in enumerate(lengths):
        table = np.zeros((length, 3))
        for path in itertools.product(range(3), repeat=length):
            units_of = [wanted[p] for p in path]
            total = sum(scores[n, k, u] for k, u in enumerate(units_of))
            total += sum(steps[a, b] for a, b in itertools.pairwise(units_of))
            for k, p in enumerate(path):
                table[k, p] += np.exp(total)
        table /= table.sum(axis=1, keepdims=True)
        assert np.allclose(np.exp(found[n, :length]), table, atol=1e-5)


def test_every_word_stands_in_one_sentence_and_long_ones_are_cut():
    text = "Bupati hadir. " + "Kata " * 300
    parts = list(second.sentence_words(text, 120))
    assert [len(p) for p in parts] == [3, 120, 120, 60]
    assert [text[a:b] for a, b in parts[0]] == ["Bupati", "hadir", "."]


class Teacher:
    """Says what it is told."""

    def __init__(self, *found):
        self.found = found

    def mentions(self, text):
        return [
            Mention(start=a, end=b, label=k, text=text[a:b], confidence=1.0, source="t")
            for a, b, k in self.found
        ]

    def read(self, text):
        return self.mentions(text), None


def test_the_teacher_fills_what_a_corpus_leaves_open():
    text = "Bupati Sleman Rini ke Bali Senin"
    place = (22, 26, ("GPE", "LOC", "FAC"))
    idner = Example(
        text, ((14, 18, ("PER",)), place), None, frozenset({"PER", "ORG", "GPE", "LOC", "FAC"}), "idner", "1"
    )
    teacher = Teacher((0, 13, "ROLE"), (7, 13, "GPE"), (14, 18, "ORG"), (22, 26, "LOC"), (27, 32, "DATE"))
    found = corpus.filled(idner, teacher)
    # GPE is a type that idner marks, so its silence about Sleman counts; DATE it does not mark.
    assert found.flat == ((14, 18, ("PER",)), (22, 26, ("LOC",)), (27, 32, ("DATE",)))
    assert found.roles == ((0, 13),)
    gold = Example(text, (), ((0, 13),), frozenset({"GPE", "PER", "LOC", "DATE"}), "gold", "1")
    assert corpus.filled(gold, teacher).flat == ((7, 13, ("GPE",)), (14, 18, ("ORG",)))


def test_sentences_for_the_trainer():
    text = "Bupati Sleman hadir. Rini Astuti pulang."
    flat = ((7, 13, ("GPE",)), (21, 32, ("PER",)))
    example = Example(text, flat, ((0, 13),), frozenset(), "gold", "1")
    first, last = (corpus.repaired(s) for s in corpus.sentences(example, 120))
    assert [t["text"] for t in first] == ["Bupati", "Sleman", "hadir", "."]
    assert [t["multi_ner"] for t in first] == [["O", "B-ROLE"], ["B-GPE", "I-ROLE"], ["O", "O"], ["O", "O"]]
    assert [t["ner"] for t in last] == ["B-PER", "I-PER", "O", "O"]


def test_a_name_that_is_cut_begins_anew():
    text = "Rini Astuti"
    example = Example(text, ((0, 11, ("PER",)),), (), frozenset(), "gold", "1")
    parts = [corpus.repaired(s) for s in corpus.sentences(example, 1)]
    assert [t["ner"] for part in parts for t in part] == ["B-PER", "B-PER"]


TREE = (
    "# text = Rektor menyetujuinya.\n"
    "1\tRektor\trektor\tNOUN\t_\t_\t2\tnsubj\t_\t_\n"
    "2-3\tmenyetujuinya\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
    "2\tmenyetujui\tsetuju\tVERB\t_\t_\t0\troot\t_\t_\n"
    "3\tnya\tnya\tPRON\t_\t_\t2\tcompound\t_\t_\n"
    "4\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n"
)


@needs_stanza
def test_treebank_files_for_the_trainers(tmp_path):
    from sepaham.training.stanza import treebank

    (tmp_path / "a.conllu").write_text(TREE, encoding="utf-8")
    (tree,) = treebank.trees(tmp_path / "a.conllu")
    assert treebank.as_csui(tree).lines[3].split("\t")[7] == "nmod"
    tokens = [line.split("\t") for line in treebank.conllu([tree], words=False).splitlines() if line]
    assert [row[:2] for row in tokens] == [["1", "Rektor"], ["2", "menyetujuinya"], ["3", "."]]
    assert tokens[1][9] == "MWT=Yes"
    treebank.write_part((tree, tree), "train", tmp_path)
    assert (tmp_path / "train.txt").read_text() == "Rektor menyetujuinya. Rektor menyetujuinya.\n"
    # 1 ends a word, 3 a multiword token, one more where the sentence ends too
    assert (tmp_path / "train.labels").read_text() == "0000010000000000000320" + "000001000000000000032"
    assert json.loads((tmp_path / "train.mwt").read_text()) == [[["menyetujuinya", ["menyetujui", "nya"]], 2]]


@needs_stanza
def test_a_packed_model_keeps_no_training_words_and_no_folder(tmp_path):
    import torch

    from sepaham.training.stanza.packing import halved, options

    vocab = {"delta": {"_id2unit": ["Rini"]}, "word": {}, "_key2class": {"delta": "WordVocab", "word": "W"}}
    state = {
        "model": {"tag.weight": torch.ones(2), "delta_emb.weight": torch.ones(2), "n": torch.ones(1).long()},
        "vocab": vocab,
        "config": {"emb_finetune": False, "train_file": "/tmp/x/train.json", "lr": 0.1},
    }
    torch.save(state, tmp_path / "a.pt")
    halved(tmp_path / "a.pt", tmp_path / "b.pt")
    found = torch.load(tmp_path / "b.pt", weights_only=True)
    assert found["model"]["tag.weight"].dtype == torch.float16
    assert found["model"]["n"].dtype == torch.int64
    assert set(found["model"]) == {"tag.weight", "n"}
    assert set(found["vocab"]) == {"word", "_key2class"}
    assert found["config"]["train_file"] == "train.json"
    assert options({"lr": 0.1, "share_hid": True}) == ["--lr", "0.1", "--share_hid"]
