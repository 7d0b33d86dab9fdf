"""Compiles every pattern of the package and tries strings on them that are made to take long.

Run as `python adversary.py [PER_PATTERN]` in a process of its own; prints a JSON object with the number of
patterns and tries, and the patterns that took longer than LIMIT seconds. A linear one takes milliseconds for
LENGTH characters, one that grows with their square more than the limit.

The strings are drawn from the pattern itself: what leads to a repetition, then what it repeats, many times,
then a character that breaks the match; and runs of the characters that news and markup have.
"""

import importlib
import json
import pkgutil
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _constants as op_codes
from re import _parser
from typing import Any

ROOT = Path(__file__).parents[2]
LENGTH = 100_000
LIMIT = 20.0
_CANDIDATES = "a1 \n.,-A(/)\"'<>&:;_|•…–—’é\u00a0=%$+*#@!?\\[]{}\t\0bzZ9dPs"
_CLASSES = {
    op_codes.CATEGORY_DIGIT: r"\d", op_codes.CATEGORY_NOT_DIGIT: r"\D", op_codes.CATEGORY_SPACE: r"\s",
    op_codes.CATEGORY_NOT_SPACE: r"\S",
    op_codes.CATEGORY_WORD: r"\w", op_codes.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip
_RUNS = (
    " ", "\n", "a", "A", "1", ".", ",", "-", "(", '"', "<", "/", "&", "\u00a0", "a ", "A ", "Aa ", "1 ",
    "1.", "A.",
    "\n ", "a\n", "(a", "a, ", "Aa, ", "Aa dan ", "a-", "&nbsp;", "<a ",
)  # fmt: skip
_REPEATS = (op_codes.MAX_REPEAT, op_codes.MIN_REPEAT, op_codes.POSSESSIVE_REPEAT)
Node = tuple[Any, Any]


def patterns() -> list[re.Pattern[Any]]:
    """Every pattern that modules of the package compile: when imported, and when they first read articles."""
    found: dict[tuple[Any, int], re.Pattern[Any]] = {}
    compiled = re._compile

    def noted(pattern: Any, flags: int) -> re.Pattern[Any]:
        made: re.Pattern[Any] = compiled(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back and frame.f_globals.get("__name__", "").partition(".")[0] == "re":
            frame = frame.f_back
        if frame.f_globals.get("__name__", "").startswith("sepaham"):
            found[made.pattern, made.flags] = made
        return made

    re._compile = noted
    import sepaham

    for module in pkgutil.walk_packages(sepaham.__path__, "sepaham."):
        if ".training" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    _read_articles()
    re._compile = compiled
    return list(found.values())


def _read_articles() -> None:
    """Patterns that are made at their first use."""
    from sepaham.batch.work import Options, process
    from sepaham.ingestion import read_articles
    from sepaham.normalize import normalize
    from sepaham.registry import lookup

    for item in read_articles([str(ROOT / "data" / "raw")]):
        process(item, Options(tagger="rules"))
    lookup("Pemkab Sidrap")
    normalize("Rp 10 juta kemarin", "2024-01-02")


def _in_class(items: list[Node], char: str) -> bool:
    hit = negated = False
    for op, value in items:
        negated |= op is op_codes.NEGATE
        hit |= op is op_codes.LITERAL and ord(char) == value
        hit |= op is op_codes.RANGE and value[0] <= ord(char) <= value[1]
        hit |= op is op_codes.CATEGORY and bool(re.match(_CLASSES[value], char))
    return hit != negated


def _chars(items: list[Node]) -> list[str]:
    literal = [
        chr(v if op is op_codes.LITERAL else v[0])
        for op, v in items
        if op in (op_codes.LITERAL, op_codes.RANGE)
    ]
    return [char for char in _CANDIDATES if _in_class(items, char)] or literal or ["?"]


def _inner(op: Any, value: Any) -> list[list[Node]]:
    """The sequences inside a node."""
    if op in _REPEATS:
        return [list(value[2])]
    if op is op_codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if op is op_codes.SUBPATTERN:
        return [list(value[3])]
    if op in (op_codes.ASSERT, op_codes.ASSERT_NOT):
        return [list(value[1])]
    return [list(value)] if op is op_codes.ATOMIC_GROUP else []


def _witness(nodes: list[Node], pick: int) -> str:
    """A string that the nodes match; `pick` chooses among alternatives."""
    text = ""
    for op, value in nodes:
        if op is op_codes.LITERAL:
            text += chr(value)
        elif op in (op_codes.ANY, op_codes.NOT_LITERAL):
            text += "a"
        elif op is op_codes.IN:
            text += _chars(value)[0]
        elif op not in (op_codes.ASSERT, op_codes.ASSERT_NOT) and (inner := _inner(op, value)):
            text += _witness(inner[pick % len(inner)], pick) * (value[0] if op in _REPEATS else 1)
    return text


def _pumps(nodes: list[Node], before: str, pick: int) -> Iterator[tuple[str, str]]:
    """What leads to each long repetition, and what to repeat there."""
    for node in nodes:
        op, value = node
        if op in _REPEATS and (value[1] is op_codes.MAXREPEAT or value[1] >= 8):
            body = list(value[2])
            repeated = {_witness(body, choice) for choice in range(3)}
            if len(body) == 1 and body[0][0] is op_codes.IN:
                repeated |= {*_chars(body[0][1])[:3], *({" "} & {*_chars(body[0][1])})}
            yield from ((before, text) for text in sorted(repeated) if text)
        for inner in _inner(op, value)[:40]:
            yield from _pumps(inner, before, pick)
        before += _witness([node], pick)


def attacks(pattern: re.Pattern[Any], most: int) -> Iterator[Any]:
    """At most `most` drawn strings and as many runs, of LENGTH characters."""
    binary = isinstance(pattern.pattern, bytes)
    source = pattern.pattern.decode("latin1") if binary else pattern.pattern
    tree = list(_parser.parse(source, pattern.flags & ~(re.UNICODE if binary else 0)))
    drawn = sorted({pump for pick in (0, 1) for pump in _pumps(tree, "", pick)}, key=lambda p: (len(p[1]), p))
    step = max(1, len(drawn) // most)
    start = len(source) % max(1, len(_RUNS) - most)
    runs = [("", run) for run in _RUNS[start : start + most]]
    for number, (before, repeated) in enumerate(drawn[::step][:most] + runs):
        text = before + repeated * (LENGTH // len(repeated)) + ("\x01" if number % 2 == 0 else "")
        yield text.encode("latin1", "replace") if binary else text


class SlowError(BaseException):
    """The limit is over."""


def _ring(number: int, frame: object) -> None:
    raise SlowError


def main() -> None:
    """Try all."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    signal.signal(signal.SIGVTALRM, _ring)
    found, tries, slow = patterns(), 0, []
    for pattern in found:
        for text in attacks(pattern, most):
            tries += 1
            signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
            try:
                for _ in pattern.finditer(text):
                    pass
            except SlowError:
                slow.append([str(pattern.pattern)[:200], str(text[:60])])
                break
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    print(json.dumps({"patterns": len(found), "tries": tries, "slow": slow}))


if __name__ == "__main__":
    main()
