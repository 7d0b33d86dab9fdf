"""Copies and their likes: 200 pairs of texts, half of them copies, and the real gold.

`pairs/pairs.jsonl` says how the second text of each pair is made: from an article of `data/gold` by the edits
that newsrooms make, or it names a text of `pairs/texts.jsonl`, all of which were written for this test.
"""

import json
import re
from collections import Counter
from pathlib import Path

from sepaham.batch.copies import Copies
from sepaham.batch.sketch import sketch
from sepaham.batch.work import digest
from sepaham.cleaning import clean
from sepaham.records import Outcome, Result

ROOT = Path(__file__).parents[2]
PAIRS = Path(__file__).parent / "pairs"
DATELINE = re.compile(r"\A[^\n]{4,50}? ?[-–—|] ?")
HABITS = {
    "mengatakan": "menyebutkan",
    "ujar": "kata",
    "menandatangani": "meneken",
    "tersebut": "itu",
    "sepakat": "bersepakat",
    "juga": "pula",
    "karena": "lantaran",
    "hanya": "cuma",
    "serta": "dan",
}
"""What a copy editor changes on the way."""


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


TEXTS = {row["id"]: row["text"] for row in lines(ROOT / "data" / "gold" / "articles.jsonl")}
TEXTS |= {row["id"]: row["text"] for row in lines(PAIRS / "texts.jsonl")}
LABELLED = lines(PAIRS / "pairs.jsonl")


def first_part(text: str, share: float) -> str:
    """The sentences within the first `share` of a text."""
    return text[: text.rindex(".", 0, int(len(text) * share)) + 1]


def edited(spec: dict) -> str:
    """An article after the edits that a pair names."""
    text = TEXTS[spec["of"]]
    if "drop" in spec:
        paragraphs = text.split("\n\n")
        text = "\n\n".join(paragraphs[: spec["drop"]] + paragraphs[spec["drop"] + 1 :])
    if "keep" in spec:
        text = first_part(text, spec["keep"])
    if "words" in spec:
        text = " ".join(HABITS.get(word, word) for word in text.split(" "))
    if "quotes" in spec:
        text = text.replace("“", '"').replace("”", '"').replace(" – ", " - ")
    if "dateline" in spec:
        text = f"{spec['dateline']} {DATELINE.sub('', text, count=1)}"
    text = "\n\n".join([text, *(spec[key] for key in ("more", "end") if key in spec)])
    if "one_line" in spec:
        text = " ".join(text.split())
    if "mojibake" in spec:
        text = text.encode().decode("windows-1252", "replace")
    return text.lower() if "lower" in spec else text


def text_of(spec: str | dict) -> str:
    if isinstance(spec, str):
        return TEXTS[spec]
    if "of" in spec:
        return edited(spec)
    if "roundup" in spec:
        return "\n\n".join(TEXTS[name] for name in spec["roundup"])
    told = TEXTS[spec["text"]]
    if "background" in spec:
        source = TEXTS[spec["background"]]
        return f"{told}\n\n{source[int(len(source) * spec['from']) :]}"
    source = TEXTS[spec["quotes_of"]]
    quotes = [p for p in source.split("\n\n") if any(mark in p for mark in '"“')]
    return "\n\n".join([told, *quotes[:2]])


def result(name: str, text: str, published: str | None = None) -> Result:
    cleaned = sketch(clean(text).text).encoded()
    return Result(article_id=name, outcome=Outcome.NO_AGREEMENT, reason="model", published=published,
                  digest=digest(text), sketch=cleaned)  # fmt: skip


def called_copy(first: str, second: str, folder: Path) -> bool:
    """What a run says of the second text."""
    pair = [result("first", first), result("second", second)]
    with Copies(folder / "copies.sqlite") as copies:
        for item in pair:
            copies.add(item)
        return list(copies.settled(iter(pair), keep=False))[1].outcome == Outcome.DUPLICATE


def test_the_set_is_what_it_says() -> None:
    assert len(LABELLED) == 200
    assert sum(pair["copy"] for pair in LABELLED) == 100
    made = [(text_of(pair["a"]), text_of(pair["b"])) for pair in LABELLED]
    assert len(set(made)) == 200
    assert all(one != two for one, two in made)


def test_copies_are_told_from_retellings(tmp_path: Path) -> None:
    wrong: Counter[tuple[str, bool]] = Counter()
    for pair in LABELLED:
        if called_copy(text_of(pair["a"]), text_of(pair["b"]), tmp_path) != pair["copy"]:
            wrong[pair["kind"], pair["copy"]] += 1
    missed = sum(count for (_, copy), count in wrong.items() if copy)
    false = sum(count for (_, copy), count in wrong.items() if not copy)
    found = 100 - missed
    f1 = 2 * found / (2 * found + missed + false)
    print(f"copies: precision {found / (found + false):.3f}, recall {found / 100:.3f}, F1 {f1:.3f}", wrong)
    assert f1 >= 0.95, wrong


def test_no_real_article_is_called_a_copy(shared: Path, tmp_path: Path) -> None:
    """None of the real gold is a copy of another by hand judgement."""
    real = lines(shared / "gold" / "real" / "articles.jsonl")
    results = [result(row["id"], row["text"], row["published"]) for row in real]
    with Copies(tmp_path / "copies.sqlite") as copies:
        for item in results:
            copies.add(item)
        settled = list(copies.settled(iter(results), keep=False))
    assert len(settled) >= 135
    assert [item.article_id for item in settled if item.copy_root] == []
    backwards = results[::-1]
    with Copies(tmp_path / "copies.sqlite") as copies:
        for item in backwards:
            copies.add(item)
        settled = list(copies.settled(iter(backwards), keep=False))
    assert [item.article_id for item in settled if item.copy_root] == []
