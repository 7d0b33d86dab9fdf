"""The UD treebanks as the files that Stanza's trainers read; UD Indonesian-CSUI and -GSD, CC BY-SA 4.0.

CSUI test is only measured on. GSD writes `compound` where CSUI writes `nmod`: it is read as `nmod`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stanza.utils.datasets import prepare_tokenizer_data

CSUI, GSD = "ner/ud-id-csui/id_csui-ud-{}.conllu", "ner/ud-id-gsd/id_gsd-ud-{}.conllu"
_PARAGRAPH = 4  # sentences of a paragraph in the running text for the tokenizer
_RELATION = 7  # column of CoNLL-U


@dataclass(frozen=True)
class Tree:
    """One sentence: its text, and its lines of CoNLL-U without comments."""

    text: str
    lines: tuple[str, ...]


def trees(path: Path) -> Iterator[Tree]:
    """The sentences of a treebank file."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = block.splitlines()
        text = next((line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")), "")
        words = tuple(line for line in lines if line and not line.startswith("#"))
        if words:
            yield Tree(text, words)


def as_csui(tree: Tree) -> Tree:
    """A tree of GSD with the relations that CSUI has."""
    rows = [line.split("\t") for line in tree.lines]
    for row in rows:
        row[_RELATION] = "nmod" if row[_RELATION] == "compound" else row[_RELATION]
    return Tree(tree.text, tuple("\t".join(row) for row in rows))


@dataclass(frozen=True)
class Split:
    """What is learned from, what stops the training, what is measured on."""

    train: tuple[Tree, ...]
    dev: tuple[Tree, ...]
    test: tuple[Tree, ...]


def read_split(shared: Path, every: int) -> Split:
    """CSUI train but every n-th sentence, with all of GSD; those n-th sentences; CSUI test."""
    csui = list(trees(shared / CSUI.format("train")))
    gsd = [as_csui(tree) for part in ("dev", "test") for tree in trees(shared / GSD.format(part))]
    train = [tree for number, tree in enumerate(csui) if number % every]
    return Split((*train, *gsd), tuple(csui[::every]), tuple(trees(shared / CSUI.format("test"))))


def conllu(found: Iterable[Tree], words: bool = True) -> str:
    """The sentences as CoNLL-U; without `words` a multiword token stands alone, to be expanded."""
    return "".join("\n".join(tree.lines if words else _tokens(tree)) + "\n\n" for tree in found)


def _tokens(tree: Tree) -> Iterator[str]:
    """The tokens of a sentence, numbered anew, each multiword token marked for expansion."""
    last = 0
    number = 0
    for line in tree.lines:
        row = line.split("\t")
        first, _, end = row[0].partition("-")
        if not end and int(first) <= last:
            continue
        number += 1
        last = int(end) if end else last
        head = str(number - 1)
        misc = "MWT=Yes" if end else "_"
        yield "\t".join([str(number), row[1], *["_"] * 4, head, "dep" if number > 1 else "root", "_", misc])


def running(found: Iterable[Tree]) -> str:
    """The sentences as running text in paragraphs."""
    texts = [tree.text for tree in found]
    blocks = [" ".join(texts[n : n + _PARAGRAPH]) for n in range(0, len(texts), _PARAGRAPH)]
    return "\n\n".join(blocks) + "\n"


def write_part(found: tuple[Tree, ...], name: str, work: Path) -> None:
    """Write the files of one part: `name.conllu`, `name.in.conllu`, `name.txt`, `name.labels`, `name.mwt`."""
    (work / f"{name}.conllu").write_text(conllu(found), encoding="utf-8")
    (work / f"{name}.in.conllu").write_text(conllu(found, words=False), encoding="utf-8")
    (work / f"{name}.txt").write_text(running(found), encoding="utf-8")
    arguments = [
        work / f"{name}.txt",
        work / f"{name}.conllu",
        "-o",
        work / f"{name}.labels",
        "-m",
        work / f"{name}.mwt",
    ]
    prepare_tokenizer_data.main([str(argument) for argument in arguments])
