"""What the paper is called and what it is about: kinds of instrument, its name, its subject."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sepaham.records import DocType, Mention
from sepaham.relations.context import View
from sepaham.relations.forms import paper_kind
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import Trigger

# Where a subject ends: the sentence, the partner, the place, the day, or what the ceremony was like.
_STOP = grammar(
    r"\s{0,9}(?:[;:?!\"”“\n]|\.(?=\s|$)|\s[-–—]\s|,?\s{0,9}+"
    r"\b(?:<subject.ends_before_name> (?-i:[A-Z])|<when.days>\b"
    r"|pada (?:\(?\d|<when.days>)|<subject.ends>\b))"
)
_MOST_WORDS = 32
# How surely the words behind a link are the subject.
_LINKS = {"plain": 3.0, "field": 2.1, "purpose": 2.0}
_OPENING = (
    r"\A\s{0,50}+(?:\([^()]*\)\s{0,50}+)?(?:/?\s{0,50}+(?:MoU|PKS)\)?\s{0,50}+)?"
    r"(?:<subject.between>\s{1,50}+|,\s{0,50}+)?(?:kerja ?sama\s{1,50}+)?"
)
_BEHIND = {grammar(rf"{_OPENING}<subject.{link}>\s+"): points + 0.5 for link, points in _LINKS.items()}
_ANYWHERE = {grammar(rf"\b<subject.{link}>\s+"): points for link, points in _LINKS.items()}
_NOUN = grammar(r"\A\s{0,50}+(?:\([^()]*\)\s{0,50}+)?(?=(?:kerja ?sama\s+)?<subject.nouns>\b)")
_NEXT = grammar(
    r"\s{1,9}(?:\([^()]*\)\s{1,9})?(?:kerja ?sama\s{1,9})?[\"“]?(?!<subject.not_next>\b)(?=\w{3})"
)
_CUT = grammar(r"\b<subject.goes_on>\b")
_FARTHEST = 300  # characters that a subject may reach
_JUNK = grammar(r"\A<subject.none>\b")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of the article with the rule that found it."""

    text: str
    start: int
    end: int
    rule: str


def instrument_name(triggers: list[Trigger]) -> Mention | None:
    """The phrase that names the instrument: of the surest sentence, or its longer form in the next ones."""
    named = [t.instrument for t in triggers if t.instrument and t.kind != "weak"]
    if not named:
        return next((t.instrument for t in triggers if t.instrument), None)
    same = [m for m in named[:3] if paper_kind(m.text) == paper_kind(named[0].text)]
    return max(same, key=lambda m: (len(m.text.split()), -m.start))


def doc_types(view: View, triggers: list[Trigger]) -> tuple[DocType, ...]:
    """The kinds of paper that the signing sentences name, else the kind most often named."""
    top = [t for t in triggers if t.score >= triggers[0].score - 1.0][:4]
    kinds: list[DocType] = []
    for trigger in top:
        for mention in trigger.sentence.labelled("DOC"):
            kind = paper_kind(mention.text)
            if kind not in kinds and _close(trigger, mention):
                kinds.append(kind)
    if not kinds:
        everywhere = [paper_kind(m.text) for m in view.document.mentions if m.label == "DOC"]
        kinds = sorted(set(everywhere), key=lambda k: (-everywhere.count(k), k))[:1]
    return tuple(kinds[:2]) or ("agreement",)


def _close(trigger: Trigger, mention: Mention) -> bool:
    return abs(mention.start - trigger.start) < 90


def find_subject(view: View, triggers: list[Trigger]) -> Phrase | None:
    """What the instrument is about: the phrase behind the surest link, of the earliest signing sentence."""
    found = subject_candidates(view, triggers)
    return max(found, key=lambda item: (item[0], -item[1].start))[1] if found else None


def subject_candidates(view: View, triggers: list[Trigger]) -> list[tuple[float, Phrase]]:
    """The phrases behind instruments and links of the signing sentences, each with its points."""
    found: list[tuple[float, Phrase]] = []
    for rank, trigger in enumerate(triggers[:6]):
        weak = 0.5 if trigger.kind in ("", "weak") else 0.0
        for points, phrase in _candidates(view, trigger):
            found.append((points - weak - 0.1 * rank - (0.4 if trigger.sentence.in_title else 0.0), phrase))
    return found


def _candidates(view: View, trigger: Trigger) -> Iterator[tuple[float, Phrase]]:
    """The phrases behind the instruments of a sentence, and behind any link after the signing word."""
    sentence = trigger.sentence
    for mention in [trigger.instrument, *sentence.labelled("DOC")]:
        if mention is None:
            continue
        rest = view.text[mention.end : sentence.end]
        for pattern, points in [*_BEHIND.items(), (_NOUN, 3.0)]:
            match = pattern.match(rest)
            if match and (phrase := _phrase(rest, match.end(), mention.end, "subject_behind")):
                yield points, phrase
    for pattern, points in _ANYWHERE.items():
        for match in pattern.finditer(sentence.text, trigger.start - sentence.start):
            if phrase := _phrase(sentence.text, match.end(), sentence.start, "subject_in_sentence"):
                yield points - 0.3, phrase


def variants(text: str, phrase: Phrase) -> Iterator[Phrase]:
    """The phrase with other ends: before a word that may begin something else, and where a subject ends."""
    for cut in _CUT.finditer(phrase.text):
        kept = phrase.text[: cut.start()].rstrip(" ,")
        if len(kept.split()) > 1:
            yield Phrase(kept, phrase.start, phrase.start + len(kept), "subject_cut")
    whole = _phrase(text[: phrase.start + _FARTHEST], phrase.start, 0, "subject_whole")
    if whole and whole.end > phrase.end:
        yield whole


def next_to_papers(view: View, papers: Sequence[Mention]) -> Iterator[Phrase]:
    """What stands right behind the names of instruments: "kontrak | pengambilan air baku"."""
    for paper in papers:
        sentence = view.at(paper.start)
        rest = view.text[paper.end : sentence.end] if sentence else ""
        opened = _NEXT.match(rest)
        if opened and (phrase := _phrase(rest, opened.end(), paper.end, "subject_next")):
            yield phrase


def _phrase(text: str, begin: int, offset: int, rule: str) -> Phrase | None:
    """The words of `text` from `begin` to where a subject ends; `offset`: where `text` begins."""
    stop = _STOP.search(text, begin)
    whole = text[begin : stop.start() if stop else len(text)]
    stripped = whole.rstrip(" ,;.–-\n")
    if len(stripped) < 4 or len(stripped.split()) > _MOST_WORDS or _JUNK.match(stripped):
        return None
    return Phrase(stripped, offset + begin, offset + begin + len(stripped), rule)
