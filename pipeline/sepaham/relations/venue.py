"""Where it was signed: the facility or town behind "di" in or beside the signing sentence."""

from dataclasses import dataclass

from sepaham.records import Mention, Venue
from sepaham.registry import lookup, lookup_city
from sepaham.relations.context import Sentence, View
from sepaham.relations.patterns import grammar
from sepaham.relations.triggers import SIGNING, Trigger
from sepaham.relations.when import same_event
from sepaham.relations.zones import outer

_AT = grammar(r"\b<venue.at>\s+(?:<venue.at_filler>\s+)*\Z")
_NOT_SIGNING = grammar(r"<venue.not_signing>\s+(?:\w+\s+){0,2}di\s+\Z")
_NEXT = grammar(r"\s*(?:,|/|\(|-|–)?\s*(?:<venue.next>\s+)?")
_EVENT = grammar(r"\A[\"“]?\s*<venue.event>\b")


_TOO_WIDE = ("Indonesia", "Tanah Air", "RI")
_ALSO_CITY = ("Jakarta", "DKI Jakarta", "Singapura")
_TITLES = frozenset(
    ("Bupati", "Wali", "Walikota", "Gubernur", "Pemkab", "Pemkot", "Pemprov", "Kantor", "Pemerintah", "DPRD")
)


@dataclass(frozen=True, slots=True)
class Found:
    """A venue with its offsets and the rule that found it."""

    venue: Venue
    start: int
    end: int
    rule: str


def find_venue(view: View, triggers: list[Trigger]) -> Found | None:
    """The place of the signing; a facility wins over a bare town, the signing sentence over others."""
    signing = [t for t in triggers if t.act in SIGNING][:4] or triggers[:1]
    towns: list[Found] = []
    sentences = [
        (t.sentence, "venue_in_signing_sentence", t.start) for t in signing if not t.sentence.in_title
    ]
    for trigger in signing[:2]:
        sentences += [
            (s, "venue_beside_signing_sentence", s.start)
            for s in view.near(trigger.sentence, 1, 2)
            if s is not trigger.sentence and _EVENT.search(s.text)
        ]
    for sentence, rule, act in sentences:
        for found in _places(view, sentence, rule, act):
            if found.venue.name:
                return found
            towns.append(found)
    if not towns and any(same_event(t) for t in signing[:2]):
        for sentence in view.body_sentences[:4]:
            towns += [
                f for f in _places(view, sentence, "venue_of_the_event", sentence.start) if f.venue.name
            ]
    return towns[0] if towns else None


def _places(view: View, sentence: Sentence, rule: str, act: int) -> list[Found]:
    """The places of a sentence, those behind the signing word first."""
    mentions = outer(sentence.labelled("FAC", "GPE", "LOC", "ORG", "ROLE", "PER"))
    found: list[Found] = []
    for index, mention in enumerate(mentions):
        place = mention.label not in ("ROLE", "PER") and mention.text not in _TOO_WIDE
        if place and at_a_place(sentence, mention.start):
            found.append(build_venue(view, mentions[index:], rule))
    return sorted(found, key=lambda f: (f.start < act, f.start))


def at_a_place(sentence: Sentence, offset: int) -> bool:
    """What begins at `offset` stands behind "di", and not behind a verb of living or lying there."""
    before = sentence.text[max(0, offset - sentence.start - 120) : offset - sentence.start]
    return _AT.search(before) is not None and not _NOT_SIGNING.search(before)


def build_venue(view: View, mentions: list[Mention], rule: str) -> Found:
    """Join the mentions that follow with only a comma or "di" between: hall, building, town, province."""
    first = mentions[0]
    chain = [first]
    for mention in mentions[1:]:
        gap = view.text[chain[-1].end : mention.start]
        if mention.label in ("ROLE", "PER") or not _NEXT.fullmatch(gap) or len(chain) >= 5:
            break
        chain.append(mention)
        if (
            mention.label == "GPE"
            and lookup(mention.text).level == "provinsi"
            and mention.text not in _ALSO_CITY
        ):
            break
    end = chain[-1].end
    if view.text[first.start : end].count("(") > view.text[first.start : end].count(")"):
        end = view.text.find(")", end) + 1 or end
    name = next((m.text for m in chain if m.label == "FAC" or (m.label == "ORG" and _is_site(m))), None)
    city = _city(chain)
    code = lookup_city(city, context=view.text).code if city else None
    venue = Venue(text=view.text[first.start : end], name=name, city=city, city_code=code)
    return Found(venue, first.start, end, rule)


def _is_site(mention: Mention) -> bool:
    """A body's seat; a single unknown word is rather a quarter of a town."""
    return mention.source != "capitals" or " " in mention.text


def _city(chain: list[Mention]) -> str | None:
    """The last kabupaten or kota of the chain as it stands there; else the one inside the facility's name."""
    for mention in reversed(chain):
        if mention.label == "GPE" and _is_city(mention.text):
            return mention.text
    for mention in chain:
        if mention.label in ("FAC", "ORG") and (tail := _city_in_name(mention.text)):
            return tail
    return None


def _city_in_name(name: str) -> str | None:
    """ "Hotel Grand Inna Padang" -> "Padang", "Kantor Bupati Garut" -> "Garut"."""
    words = name.split()
    for width in (3, 2, 1):
        tail = words[-width:]
        behind_title = len(words) > width and words[-width - 1] == "Wali" and tail[0] == "Kota"
        if len(words) > width and tail[0] not in _TITLES and not behind_title and _is_city(" ".join(tail)):
            return " ".join(tail)
    return None


def _is_city(name: str) -> bool:
    link = lookup(name)
    if link.level in ("kabupaten", "kota") or link.candidates or (link.code or "").startswith("city:"):
        return True
    return name in _ALSO_CITY
