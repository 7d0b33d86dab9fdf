"""What the article around a name says: the regions that it mentions, the abbreviations that it explains."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from sepaham.records import Level
from sepaham.registry import acronyms, forms
from sepaham.registry.places import regions_named
from sepaham.registry.regions import Named, district_codes, district_names, names
from sepaham.registry.text import key, plain, squash

_TOKEN = re.compile(r"\w+")
_BREAK = re.compile(r"[\n,;]")
_LIST_GAP = re.compile(r"\s{0,50}+(?:,|,?\s{0,50}+(?:dan|serta|&|maupun))\s*")
_LIST_OPENERS = frozenset(("yakni", "yaitu", "meliputi", "antara", "lain", "ialah", "adalah"))
_LONGEST_PLACE = 5
_DISTRICT_FORMS = ("kecamatan", "kec", "camat")
_LEAD = 2  # how many times the evidence of the next bearer a name needs
_LOOSE = (
    "place",
    "kota",
)  # "Kota X" as a mere place: the press writes it of a kabupaten's chief town as well
_LOOSE_WEIGHT = 2
_FORM_WEIGHT, _DISTRICT_WEIGHT, _PROVINCE_WEIGHT, _LONE_FORM_WEIGHT = 4, 3, 1, 1


@dataclass(frozen=True, slots=True)
class Mention:
    """A region as the article mentions it: its level by the form, the form's group or "list" or "bare"."""

    position: int
    length: int
    codes: tuple[str, ...]
    level: Level | None
    group: str


class Context:
    """The evidence of one text; everything is worked out when first asked for."""

    def __init__(self, text: str) -> None:
        """Reads the words; `text` is the article's body."""
        self.text = plain(text) if "&" in text else text
        found = list(_TOKEN.finditer(self.text))
        self.raw = [match[0] for match in found]
        self._starts = [match.start() for match in found]
        self._ends = [match.end() for match in found]
        self.tokens = [token.casefold() for token in self.raw]
        self._decided: dict[tuple[str, ...], str | None] = {}

    def printed(self, position: int, length: int = 80) -> str:
        """The text from a word on, as printed; empty behind the last word."""
        if position >= len(self._starts):
            return ""
        start = self._starts[position]
        return self.text[start : start + length]

    def breaks(self, position: int) -> bool:
        """Whether a line or a part of the sentence ends right before a word: "Gedung Ombudsman, Kuningan"."""
        if not 0 < position < len(self._starts):
            return False
        return bool(_BREAK.search(self.text[self._ends[position - 1] : self._starts[position]]))

    @cached_property
    def folded(self) -> str:
        """The text as words with one space between and around them, for whole-word search."""
        return f" {key(self.text)} "

    @cached_property
    def abbreviations(self) -> dict[str, str]:
        """Abbreviation -> long form, as the article explains it."""
        return acronyms.defined(self.text)

    @cached_property
    def spelled(self) -> dict[str, list[str]]:
        """Initials -> the capitalised runs of words that they can stand for in the article."""
        return acronyms.spelled_by(self.text)

    def says(self, phrase_key: str) -> bool:
        """Whether the article holds the words of the key in that order."""
        return f" {phrase_key} " in self.folded

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """The regions that the article names, in its order; none inside the name of another."""
        found: list[Mention] = []
        position = 0
        while position < len(self.tokens):
            mention = self._formed(position) or self._bare(position)
            if mention:
                found.append(self._in_list(mention, found[-1] if found else None))
            position += mention.length if mention else 1
        for index in range(len(found) - 2, -1, -1):
            found[index] = self._beside(found[index], found[index + 1])
        return tuple(found)

    def _in_list(self, mention: Mention, before: Mention | None) -> Mention:
        """A bare name in a list takes the form before it: "Kabupaten Wonosobo, Magelang, dan Temanggung"."""
        if mention.group != "bare":
            return mention
        beside = before is not None and self._gap(before.position + before.length, mention.position)
        if before and beside and not before.level:
            return self._of_tier(mention, before)
        level = before.level if before and beside else self._form_before(mention.position)
        codes = tuple(code for code in mention.codes if level_of(code) == level) if level else ()
        return replace(mention, codes=codes, level=level, group="list") if codes else mention

    def _beside(self, mention: Mention, after: Mention) -> Mention:
        """The first name of a list of bare names, by the tier of the second."""
        beside = mention.group == "bare" and self._gap(mention.position + mention.length, after.position)
        return self._of_tier(mention, after) if beside and after.group in ("bare", "list") else mention

    def _of_tier(self, mention: Mention, neighbour: Mention) -> Mention:
        """A name beside a province in a list is a province, beside a kabupaten or kota it is none."""
        tiers = {len(code) for code in neighbour.codes}
        codes = tuple(code for code in mention.codes if {len(code)} == tiers)
        if not codes or len(codes) == len(mention.codes):
            return mention
        return replace(mention, codes=codes, group="list" if len(codes) == 1 else "bare")

    def _gap(self, end: int, start: int) -> bool:
        """Whether only a comma or "dan" stands between the word before `end` and the word `start`."""
        return bool(_LIST_GAP.fullmatch(self.text[self._ends[end - 1] : self._starts[start]]))

    def _form_before(self, position: int) -> Level | None:
        """The level of "tiga kabupaten, yakni" or "para bupati:" right before a list."""
        for start in range(max(0, position - 4), position):
            form = forms.prefix(self.tokens[start:position])
            rest = self.tokens[position - len(form[1]) : position] if form else ()
            if form and form[0].level and form[0].group != "government" and set(rest) <= _LIST_OPENERS:
                between = self.text[self._ends[position - 1 - len(rest)] : self._starts[position]]
                if rest or ":" in between:
                    return form[0].level
        return None

    @cached_property
    def lone_forms(self) -> Counter[Level]:
        """How often a form stands without a region of its own: "pemkab", "wali kota"."""
        taken = {p for m in self.mentions for p in range(m.position, m.position + m.length)}
        counts: Counter[Level] = Counter()
        for position in range(len(self.tokens)):
            form = forms.prefix(self.tokens[position : position + 4]) if position not in taken else None
            if form and form[0].level and (form[0].group != "place" or form[0].level != "kota"):
                counts[form[0].level] += 1  # but "kota" is any town
        return counts

    def _formed(self, position: int) -> Mention | None:
        window = self.tokens[position : position + 4]
        form = forms.prefix(window)
        if not form:
            return None
        start = position + len(window) - len(form[1])
        level, group = form[0].level, form[0].group
        inner = self._formed(start) if level is None or group == "title" else None
        if inner:
            return Mention(
                position, inner.position + inner.length - position, inner.codes, inner.level or level, group
            )
        found, length = self._longest(start, level)
        return Mention(position, start - position + length, _codes(found), level, group) if found else None

    def _bare(self, position: int) -> Mention | None:
        mention = self.region_at(position)
        return None if mention is None or self._runs_on(position + mention.length) else mention

    def region_at(self, position: int) -> Mention | None:
        """The region whose bare name begins there, even if it runs on ("Ketua KPU Mappi Yohanis Kaimu")."""
        if position >= len(self.raw) or not self.raw[position][0].isupper():
            return None
        found, length = self._longest(position, None)
        found = tuple(n for n in found if n.strength in ("name", "short"))
        return Mention(position, length, _codes(found), None, "bare") if found else None

    def _runs_on(self, end: int) -> bool:
        """Whether another capitalised word follows at once: "Batang Lupar", "Bima Arya" are no regions."""
        if end >= len(self.raw) or not self.raw[end][0].isupper() or forms.prefix(self.tokens[end : end + 4]):
            return False
        return self._ends[end - 1] + 1 == self._starts[end] and self.text[self._ends[end - 1]] == " "

    def _longest(self, position: int, level: Level | None) -> tuple[tuple[Named, ...], int]:
        for length in range(min(_LONGEST_PLACE, len(self.tokens) - position), 0, -1):
            parts = self.tokens[position : position + length]
            if squash(parts) in names():
                found = regions_named(parts, level)
                if found:
                    return found, length
        return (), 0

    @cached_property
    def district_mentions(self) -> tuple[tuple[str, ...], ...]:
        """The codes of the kecamatan that the article names as such ("Kecamatan Lowokwaru")."""
        found = []
        for position, token in enumerate(self.tokens):
            if token in _DISTRICT_FORMS:
                rest = self.tokens[position + 1 : position + 4]
                for length in range(len(rest), 0, -1):
                    codes = district_codes().get(squash(rest[:length]))
                    if codes:
                        found.append(codes)
                        break
        return tuple(found)

    def weigh(self, codes: Iterable[str]) -> dict[str, float]:
        """How much the article speaks for each of the regions that a name could mean."""
        weights = dict.fromkeys(codes, 0.0)
        provinces = {code[:2] for code in weights}
        loosely: Counter[str] = Counter()
        for mention in self.mentions:
            inside = [code for code in weights if code in mention.codes]
            if len(inside) == 1 and len(inside) < len(weights):
                loose = (mention.group, mention.level) == _LOOSE
                loosely[inside[0]] += loose
                weights[inside[0]] += 0 if loose else _FORM_WEIGHT
            elif not inside and len(provinces) > 1:
                for code in weights:
                    weights[code] += _PROVINCE_WEIGHT * all(code[:2] == c[:2] for c in mention.codes)
        for code, times in loosely.items():  # says little more for being repeated
            weights[code] += _LOOSE_WEIGHT * min(times, 2)
        for districts in self.district_mentions:
            for code in weights:
                weights[code] += _DISTRICT_WEIGHT * any(
                    d.startswith(code + ".") for d in districts if len(code) > 2
                )
        for code, towns in self._towns(weights).items():
            weights[code] += min(len(towns), 3)
        for code in weights:
            weights[code] += _LONE_FORM_WEIGHT * min(self.lone_forms[level_of(code)], 4)
        return weights

    def _towns(self, codes: Iterable[str]) -> dict[str, set[str]]:
        """The kecamatan of each region that the article names, under names that the other regions lack."""
        own = {code: {n for n in district_names(code) if n not in names()} for code in codes if len(code) > 2}
        found: dict[str, set[str]] = {code: set() for code in own}
        for position, word in enumerate(self.raw):
            if not word[0].isupper():
                continue
            for length in (1, 2):
                town = squash(self.tokens[position : position + length])
                bearers = [code for code, towns in own.items() if town in towns]
                if len(bearers) == 1:
                    found[bearers[0]].add(town)
        return found

    def decide(self, codes: tuple[str, ...]) -> str | None:
        """The one region that the article clearly speaks for, else null.

        A bare name under the form of a list says outright what the bare name means there.
        """
        if codes not in self._decided:
            self._decided[codes] = self._decide(codes)
        return self._decided[codes]

    def _decide(self, codes: tuple[str, ...]) -> str | None:
        listed = {m.codes[0] for m in self.mentions if m.group == "list" and m.codes[0] in codes}
        if len(listed) == 1:
            return listed.pop()
        weights = sorted(((weight, code) for code, weight in self.weigh(codes).items()), reverse=True)
        if not weights or not weights[0][0]:
            return None
        second = weights[1][0] if len(weights) > 1 else 0.0
        return weights[0][1] if weights[0][0] >= _LEAD * second else None

    @cached_property
    def counts(self) -> Counter[str]:
        """Region -> how much the article speaks of it; a twin counts where the article decides for it."""
        counts: Counter[str] = Counter()
        for mention in self.mentions:
            code = mention.codes[0] if len(mention.codes) == 1 else self.decide(mention.codes)
            if code:
                counts[code] += _mention_weight(mention)
        return counts

    def focus(self, level: Level | None = None) -> str | None:
        """The region of the level that the article speaks of most, the first of equals; null for none.

        With a level, a name that twins share counts for the one of that level.
        """
        counts: Counter[str] = Counter()
        if level is None:
            counts = self.counts
        for mention in self.mentions if level else ():
            inside = [code for code in mention.codes if level_of(code) == level]
            if len(inside) == 1 and mention.level in (None, level):
                counts[inside[0]] += _mention_weight(mention)
        return max(counts, key=lambda code: counts[code]) if counts else None

    def focus_below_province(self) -> str | None:
        """The kabupaten or kota that the article speaks of most."""
        inside = [code for code in self.counts if len(code) > 2]
        return max(inside, key=lambda code: self.counts[code]) if inside else None


def _mention_weight(mention: Mention) -> int:
    return {"bare": 1, "place": 2}.get(mention.group, 4)


def level_of(code: str) -> Level:
    """provinsi, kabupaten or kota, as the bare code tells."""
    if len(code) == 2:
        return "provinsi"
    return "kota" if code[3] == "7" else "kabupaten"


def _codes(found: tuple[Named, ...]) -> tuple[str, ...]:
    return tuple(n.code for n in found)


@lru_cache(maxsize=64)
def read_context(text: str) -> Context:
    """The context of a text; the last 64 are kept, since many names are looked up in one article."""
    return Context(text)
