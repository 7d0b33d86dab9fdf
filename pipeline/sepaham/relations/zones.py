"""Reads a sentence around its signing word: which names are bound, which only watch, where, about what."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from sepaham import lexicon
from sepaham.records import Mention
from sepaham.relations.context import Sentence

Zone = Literal["subject", "partner", "witness", "about", "place", "speech", "other"]

_ORDER: tuple[Zone, ...] = ("witness", "speech", "partner", "about", "place")
# Between names of one enumeration: commas, "dan", titles and degrees, short brackets, hyphens.
_CHAIN = re.compile(
    r"(?:\s|,|;|/|-|–|&|[\"“”()]|\bdan\b|\bserta\b|\bjuga\b|\bmaupun\b|\bhingga\b|\batau\b|\b[A-Z][\w.]{0,6}\.|\([^()]*\)|\b(?:S|M|Ph|Lc|Ir|Dr|H|Hj|Drs|Prof|KH)\b[\w.]*)*"
)
_LONGEST_CHAIN = 80


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with its zone and the cue that gave it; `before_act`: it stands before the signing word."""

    mention: Mention
    zone: Zone
    cue: str
    before_act: bool


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, Zone]]:
    table = lexicon.toml("relations/zones.toml")
    zones: dict[str, Zone] = {}
    for zone in reversed(_ORDER):
        zones.update(dict.fromkeys(table[zone], zone))
    words = sorted(zones, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE), zones


@cache
def _fillers() -> frozenset[str]:
    return frozenset(lexicon.toml("relations/zones.toml")["fillers"])


@cache
def _says() -> re.Pattern[str]:
    words = lexicon.toml("relations/zones.toml")["says"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def outer(mentions: list[Mention]) -> list[Mention]:
    """The mentions that stand inside no other."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _adjoins(sentence: Sentence, ends: set[int], mention: Mention) -> bool:
    """The body stands right behind the paper or the signing: "penandatanganan MoU | ANRI dengan ..."."""
    gaps = (
        sentence.text[end - sentence.start : mention.start - sentence.start]
        for end in ends
        if end <= mention.start
    )
    return any(re.fullmatch(r"\s*(?:\([^()]*\))?\s*", gap) for gap in gaps)


def place_names(sentence: Sentence, act_start: int, act_end: int, *, nominal: bool) -> list[Placed]:
    """Every ROLE, PER, ORG, FAC and GPE of a sentence with its zone; `act_*` are offsets in the article.

    `nominal`: the signing is told by a noun ("penandatanganan MoU X dengan Y"): a body may follow at once.
    """
    placed: list[Placed] = []
    zone: Zone = "subject"
    last, cue = sentence.start, ""
    papers = {m.end for m in sentence.labelled("DOC")} | {act_end}
    for mention in outer(sentence.labelled("ROLE", "PER", "ORG", "GPE", "FAC", "LOC")):
        gap = sentence.text[last - sentence.start : mention.start - sentence.start]
        first, passes_act = not placed, last <= act_start < mention.start
        zone, cue = _zone(gap, zone, cue, first=first, passes_act=passes_act)
        if nominal and (first or (zone == "other" and passes_act)) and _adjoins(sentence, papers, mention):
            zone, cue = "partner", "of"
        shown: tuple[Zone, str] = ("about", "region") if _above(placed, mention, gap) else (zone, cue)
        placed.append(Placed(mention, *shown, mention.start < act_start))
        last = mention.end
    return _without_speakers(sentence, placed, act_start)


def _above(placed: list[Placed], mention: Mention, gap: str) -> bool:
    """A place that only says where the name before it lies: "Kabupaten Garut, Jawa Barat"."""
    if not placed or mention.label != "GPE" or not re.fullmatch(r"\s*[,(]?\s*", gap):
        return False
    before = placed[-1].mention
    if before.label in ("ROLE", "ORG", "FAC", "LOC"):
        return gap.strip() == "" or before.label in ("FAC", "LOC")
    return before.label == "GPE" and _rank(mention.text) > _rank(before.text)


def _rank(place: str) -> int:
    """Village 0, district 1, kabupaten and kota 2, province 3; a bare name 2.5."""
    word = place.split()[0].lower().rstrip(".")
    ranks = {"desa": 0, "kelurahan": 0, "nagari": 0, "kampung": 0, "kecamatan": 1, "kec": 1, "distrik": 1}
    ranks |= {"kabupaten": 2, "kab": 2, "kota": 2, "provinsi": 3, "propinsi": 3, "prov": 3}
    return ranks.get(word, 2)


def _zone(gap: str, zone: Zone, cue: str, *, first: bool, passes_act: bool) -> tuple[Zone, str]:
    """The zone of a name behind `gap`, where the name before it had `zone`."""
    pattern, zones = _cues()
    found = list(pattern.finditer(gap))
    near = [m for m in found if _reaches(gap[m.end() :])]
    for kind in ("witness", "speech"):
        for match in found:
            if zones[match.group().lower()] == kind and _reaches(gap[match.end() :], cues=True):
                return kind, match.group().lower()
    if near:
        last = near[-1]
        return zones[last.group().lower()], last.group().lower()
    if not first and not passes_act and len(gap) <= _LONGEST_CHAIN and _CHAIN.fullmatch(gap):
        return zone, cue
    if passes_act:
        return "other", ""
    return ("subject", "") if first or zone in ("subject", "place", "about", "other") else ("other", "")


def _reaches(rest: str, *, cues: bool = False) -> bool:
    """Only small filler words (and other cues) stand between a cue and the name."""
    words = re.findall(r"[^\W\d_]+", rest)
    passable = _fillers() | set(_cues()[1]) if cues else _fillers()
    return len(words) <= 4 and all(w.lower() in passable or not w.islower() for w in words)


def _without_speakers(sentence: Sentence, placed: list[Placed], act: int) -> list[Placed]:
    """Subjects that only say or watch: a verb of speech follows before the signing word."""
    result = []
    for item in placed:
        if item.zone == "subject" and item.before_act:
            between = sentence.text[item.mention.end - sentence.start : act - sentence.start]
            if _says().search(between):
                item = Placed(item.mention, "speech", "says", True)
        result.append(item)
    return result
