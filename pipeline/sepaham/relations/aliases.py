"""The short names of an article's bodies: in brackets, by initials, by their beginning, misprinted."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import combinations, pairwise

from rapidfuzz.distance import OSA

from sepaham import lexicon
from sepaham.records import Link, Mention
from sepaham.relations.context import View
from sepaham.relations.names import begins, initials, normal
from sepaham.relations.patterns import any_of, grammar

_SHORT = re.compile(r"\s{0,9}+\(\s{0,9}[\"“]?([^()\"”\n]{2,40})[\"”]?\s{0,9}\)")
_OR = grammar(r"\s{0,9}+,?\s{0,9}+<parties.other_name>(?: <parties.called>)*\s+")
_INSIDE = re.compile(r"\s{0,9}+\(([^()]{2,30})\)\s*")
_GENERIC = frozenset(lexicon.toml("relations/offices.toml")["generic"])
_MOST_WORDS = 4  # of a short form in brackets
_LONG_WORD = 6  # letters from which a word with one letter wrong is still the same word
_AND = any_of("runs", "between")
_LISTED = re.compile(rf"\s{{0,9}}+(?:,\s{{0,9}}+(?:(?:{_AND})\s{{1,9}}+)?+|(?:{_AND})\s{{1,9}}+)")


def aliases(view: View, link: Callable[[str], Link]) -> dict[str, str]:
    """Normal forms of short names -> of the full names that the article gives for them."""
    found: dict[str, str] = {}
    names = [m for m in view.document.mentions if m.label == "ORG"]
    for mention in names:
        full = normal(mention.text)
        for short in [
            *_bracketed(view, mention, link),
            *_other_name(view, mention, names),
            *_contracted(mention.text, link),
        ]:
            if full and short and short != full:
                found.setdefault(short, full)
    _by_initials(names, found)
    _by_misprint(names, found, link)
    _by_beginning(names, found, link, _beside(view, names))
    return {short: _root(found, full) for short, full in found.items()}


def _root(found: dict[str, str], name: str) -> str:
    seen = {name}
    while name in found and found[name] not in seen:
        name = found[name]
        seen.add(name)
    return name


def _bracketed(view: View, mention: Mention, link: Callable[[str], Link]) -> list[str]:
    """ "Otoritas Jasa Keuangan (OJK)" -> ojk; not what is short for the ministry of a directorate."""
    found = _SHORT.match(view.text, mention.end, mention.end + 60)
    if (
        not found
        or not any(c.isupper() for c in found.group(1))
        or any(c.isdigit() for c in found.group(1)[:2])
    ):
        return []
    inside = normal(found.group(1))
    if len(inside.split()) > _MOST_WORDS or "," in found.group(1) or _is_upper(link, found.group(1), mention):
        return []
    return [inside]


def _is_upper(link: Callable[[str], Link], short: str, mention: Mention) -> bool:
    """The short form is that of the body to which the one before the bracket belongs."""
    code = link(short).code
    return code is not None and code == link(mention.text).parent_code


def _other_name(view: View, mention: Mention, names: list[Mention]) -> list[str]:
    """ "PT Sinar Global Teknologi, atau yang lebih dikenal sebagai Sinar AI"."""
    found = _OR.match(view.text, mention.end, mention.end + 60)
    if not found:
        return []
    return [normal(m.text) for m in names if m.start == found.end()]


def _contracted(text: str, link: Callable[[str], Link]) -> list[str]:
    """ "Badan Penyelenggara Jaminan Sosial (BPJS) Ketenagakerjaan" -> bpjs ketenagakerjaan."""
    found = _INSIDE.search(text)
    if not found or found.group(1).lower() in ("persero", "perseroda"):
        return []
    code = link(found.group(1)).code
    if code is not None and code == link(text).parent_code:
        return []
    tail = text[found.end() :]
    return [normal(f"{found.group(1)} {tail}")] if tail else [normal(found.group(1))]


def _by_initials(names: list[Mention], found: dict[str, str]) -> None:
    """ "KAI" and "PT Kereta Api Indonesia"."""
    longs = {initials(m.text): normal(m.text) for m in names if len(m.text.split()) > 2}
    for mention in names:
        short = normal(mention.text)
        if mention.text.isupper() and len(short) > 2 and " " not in short and short in longs:
            found.setdefault(short, longs[short])


def _by_misprint(names: list[Mention], found: dict[str, str], link: Callable[[str], Link]) -> None:
    """ "CT ARSA Foundatoin" is CT ARSA Foundation: one long word of the name has one letter wrong.

    The misprint is the name that no list knows, else the rarer one, else the later one.
    """
    forms = [form for form in dict.fromkeys(normal(m.text) for m in names) if form not in _GENERIC]
    times = Counter(normal(m.text) for m in names)
    rank = {form: (link(form).code is None, -times[form], n) for n, form in enumerate(forms)}
    for one, two in combinations(forms, 2):
        if _misprinted(one, two) and not _differ(link(one), link(two)):
            right, wrong = sorted((one, two), key=lambda form: rank[form])
            found.setdefault(wrong, right)


def _misprinted(one: str, two: str) -> bool:
    if abs(len(one) - len(two)) > 1 or one == two:
        return False
    a, b = one.split(), two.split()
    if len(a) != len(b):
        return False
    unlike = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(unlike) != 1:
        return False
    x, y = unlike[0]
    long = min(len(x), len(y)) >= _LONG_WORD and x.isalpha() and y.isalpha() and x[0] == y[0]
    return long and OSA.distance(x, y, score_cutoff=1) <= 1


def _differ(short: Link, long: Link) -> bool:
    """Both are registered, as two bodies of which the one is no branch of the other."""
    if short.code is None or long.code is None or short.code == long.code:
        return False
    return not long.code.startswith(f"{short.code}.")


def _skips(long: str, short: str) -> bool:
    """ "Sinar Motor" and "PT Sinar Nusantara Motor": the same first and last word, others left out."""
    a, b = long.split(), short.split()
    return 1 < len(b) < len(a) and a[0] == b[0] and a[-1] == b[-1] and all(w in a for w in b)


def _beside(view: View, names: list[Mention]) -> set[tuple[str, str]]:
    """The names (shorter first) that stand side by side in a list, so are two bodies."""
    found = set()
    for one, two in pairwise(sorted(names, key=lambda m: m.start)):
        if _LISTED.fullmatch(view.text, one.end, max(one.end, two.start)):
            pair = sorted((normal(one.text), normal(two.text)), key=len)
            found.add((pair[0], pair[1]))
    return found


def _by_beginning(
    names: list[Mention],
    found: dict[str, str],
    link: Callable[[str], Link],
    beside: set[tuple[str, str]],
) -> None:
    """Short forms that begin a full one: "Sinar Global" and "PT Sinar Global Teknologi", if only one fits.

    "Pemprov Maluku" begins "Pemprov Maluku Utara" and is another; so is what stands beside it in a list.
    """
    # Longest first: once "Sinar Global" is known to be the PT, "Sinar" has one full form and not two.
    forms = sorted({normal(m.text) for m in names}, key=lambda form: (-len(form), form))
    for short in forms:
        longs = {
            _root(found, long)
            for long in forms
            if (begins(long, short) or _skips(long, short))
            and (short, long) not in beside
            and not _differ(link(short), link(long))
        } - {short}
        if len(longs) == 1 and short not in found and (" " in short or len(short) > 2):
            found[short] = longs.pop()
