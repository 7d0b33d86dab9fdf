"""What the parties agree to do: clauses behind "sepakat", "meliputi", "akan", and lists of the scope."""

import re

from sepaham.records import Commitment, CommitmentType
from sepaham.relations.context import Sentence, View
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import Trigger
from sepaham.relations.wording import Phrase

MOST = 8
_LONGEST = 240
# Sentences from the signing on in which every duty counts; further down only a party's.
_NEAR = 6
_PAPER = grammar(r"\b<commitments.paper>\b")
_SCOPE = grammar(r"\b<commitments.scope>\b\s{0,50}+(?:tentang\s{1,50}+|:)?\s{0,50}+(?P<what>[^.;\n]{8,400})")
_AGREED = grammar(
    r"\b<commitments.agreed>\s+(?:<commitments.agreed_filler>\s+)?(?P<what>[^\W\d][^.;\n]{8,240})"
)
_DUTY = grammar(
    r"\b<commitments.duty>\b\s{0,50}+(?:<commitments.duty_filler>\s{1,50}+)*"
    r"(?P<what>(?:di|me|ber|mem|men|atas |untuk )[^.;\n]{8,200})"
)
_AIM = grammar(r"\b<commitments.aim>\s+(?P<what>(?:me|mem|men|meng|ber|pe)[a-z]+[^.;:\n]{8,200})")
_PARTY_WORD = grammar(r"\b<commitments.owing>\b")
_BULLET = re.compile(
    r"\A\s*(?:[•▪●◦*–-]|\(?\d{1,2}[.)]|[a-h][.)])\s*(?P<what>.{6,220}?)[;.,]?(?:\s+dan)?\s*\Z", re.DOTALL
)
_LOOSE_END = re.compile(r"\s{0,9}+[,;]?\s{0,9}+(?:dan|serta|hingga|sampai)?\Z")
_SKIP = grammar(r"\b<commitments.hopes>\b")
_CUT = grammar(
    r"\s{0,9}(?:,\s{0,9}+(?=(?-i:[A-Z])[\w ]{0,99}(?-i:[a-z]) (?:men|mem|ber|me|telah|akan|resmi))"
    r"|,\s{0,9}+<commitments.cut>\b|[\"”“]|,?\s(?:pada (?:hari )?)<when.days>\b|,?\s{0,9}+<when.days> ?\()"
)
_SPLIT = re.compile(
    r"(?:\s{0,9}+(?:;|,\s{0,9}+(?:serta|dan|hingga|sampai)\s{1,9}+|,\s{1,9}+)|\s{1,9}+serta\s{1,9}+"
    r"|\s{1,9}+dan\s{1,9}+(?=(?:me|mem|men|ber|pe)[a-z]{4,}))\s*"
)
_NOT_ALONE = grammar(r"\A<commitments.not_alone>\b")


def find_commitments(
    view: View, triggers: list[Trigger], subject: Phrase | None, names: list[str]
) -> list[Commitment]:
    """Up to MOST clauses in the order of the article, none inside another; `names` are the parties' forms."""
    found: list[Commitment] = []
    bound = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")
    if subject and subject.rule != "subject_in_sentence" and _says_something(subject.text):
        found.append(_commitment(subject.text, subject.start, "subject"))
    lists = False
    for rank, sentence in enumerate(_told(view, triggers)):
        if _BULLET.match(sentence.text) and lists:
            found += _bullet(sentence)
            continue
        lists = sentence.text.rstrip().endswith(":") or (lists and bool(_BULLET.match(sentence.text)))
        found += _from_sentence(
            sentence,
            bound if rank > _NEAR else None,
            trigger=any(t.sentence is sentence for t in triggers[:4]),
        )
    return _without_overlap(found)[:MOST]


def _told(view: View, triggers: list[Trigger]) -> list[Sentence]:
    """The sentences that can tell of the content: from the first signing sentence on, not the headline."""
    if not triggers:
        return []
    body = view.body_sentences
    first = min(
        (t.sentence.index for t in triggers[:3] if not t.sentence.in_title),
        default=body[0].index if body else 0,
    )
    return [s for s in body if first - 1 <= s.index <= first + 24]


def _from_sentence(sentence: Sentence, bound: re.Pattern[str] | None, *, trigger: bool) -> list[Commitment]:
    about = trigger or _PAPER.search(sentence.text) is not None
    quoted = sentence.text.lstrip()[:1] in '"“'
    if _SKIP.search(sentence.text) and not trigger:
        return []
    if about and (found := _SCOPE.search(sentence.text)):
        return _items(sentence, found, "scope", split=True)
    if found := _AGREED.search(sentence.text):
        return _items(sentence, found, "obligation", split=True)
    if quoted:
        return []
    if about and (found := _AIM.search(sentence.text)):
        return _items(sentence, found, "aim", split=False)
    if (
        not trigger
        and (found := _DUTY.search(sentence.text))
        and _owes(sentence.text[: found.start()], bound)
    ):
        return _items(sentence, found, "obligation", split=False)
    return []


def _owes(before: str, bound: re.Pattern[str] | None) -> bool:
    """The one who will or must do it is a party: by name, or as "kedua pihak", "perusahaan", "kampus".

    Right behind the signing (`bound` is None) whoever is named does it.
    """
    return bound is None or bound.search(before) is not None or _PARTY_WORD.search(before) is not None


def _bullet(sentence: Sentence) -> list[Commitment]:
    found = _BULLET.match(sentence.text)
    return [_commitment(found.group("what"), sentence.start + found.start("what"), "scope")] if found else []


def _items(
    sentence: Sentence, found: re.Match[str], kind: CommitmentType, *, split: bool
) -> list[Commitment]:
    start, text = sentence.start + found.start("what"), found.group("what")
    cut = _CUT.search(text)
    text = text[: cut.start()] if cut else text
    pieces = _pieces(text) if split else [(0, text)]
    return [_commitment(piece, start + at, kind) for at, piece in pieces if _says_something(piece)]


def _pieces(text: str) -> list[tuple[int, str]]:
    """The items of an enumeration; a piece that cannot stand alone stays with the one before it."""
    bounds = [0]
    for found in _SPLIT.finditer(text):
        rest = text[found.end() :]
        if (
            len(text[bounds[-1] : found.start()].split()) >= 2
            and len(rest.split()) >= 2
            and not _NOT_ALONE.match(rest)
        ):
            bounds.append(found.end())
    ends = [*bounds[1:], len(text)]
    pieces = []
    for begin, end in zip(bounds, ends, strict=True):
        piece = _LOOSE_END.sub("", text[begin:end].rstrip())
        pieces.append((begin, piece))
    return pieces


def _says_something(text: str) -> bool:
    words = text.split()
    return len(words) >= 2 and len(text) <= _LONGEST and not text.isupper()


def _commitment(text: str, start: int, kind: CommitmentType) -> Commitment:
    lead = len(text) - len(text.lstrip())
    stripped = text.strip().rstrip(",;:. –-")
    return Commitment(start=start + lead, end=start + lead + len(stripped), text=stripped, type=kind)


def _without_overlap(found: list[Commitment]) -> list[Commitment]:
    kept: list[Commitment] = []
    for item in sorted(found, key=lambda c: (c.start, -c.end)):
        met = any(k.start < item.end and item.start < k.end for k in kept)
        if item.text and not met and item.text.lower() not in {k.text.lower() for k in kept}:
            kept.append(item)
    return kept
