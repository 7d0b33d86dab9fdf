"""Gathers the forms by which an article calls one body: full name, short form in brackets, office, region."""

import re
import string
from dataclasses import dataclass, field
from functools import cached_property

from sepaham import lexicon
from sepaham.records import Link, Mention
from sepaham.registry import lookup
from sepaham.relations.aliases import aliases
from sepaham.relations.context import View
from sepaham.relations.forms import is_bare_place
from sepaham.relations.names import begins, initials, is_form, normal
from sepaham.relations.offices import Office, read_office
from sepaham.relations.patterns import grammar

_STATE = frozenset(lexicon.toml("relations/offices.toml")["country"]["heads"])
# Bare heads that newspapers use for a body named before.
_GENERIC = lexicon.toml("relations/offices.toml")["generic"]
_SENT = grammar(r"\s<offices.sent_to>\s")
_DEPUTY = grammar(r"<offices.deputy>(?:\s+[IVX]{1,4})?")
_SMALL = 3  # letters of a word that tells no names apart
_BESIDE = 120  # characters between the offices of one list
_REGIONAL: dict[str, dict[str, str]] = lexicon.toml("relations/offices.toml")["regional"]
_FIELDS = frozenset(lexicon.toml("ner/words.toml")["topics"]) | {"dan", "umum", "ii", "i", "iii", "iv"}


@dataclass
class Body:
    """One body: `key` identifies it inside the article, `texts` are its forms in order of appearance."""

    key: str
    name: str
    link: Link
    texts: list[str] = field(default_factory=list)


def _alike(known: str, full: str) -> bool:
    """Whether two names share a word: the registry's TII is not an article's "Technology Innovation Institute
    (TII)", but its IPB is the "Bogor Agricultural University (IPB)"."""
    one, two = ({w for w in normal(name).split() if len(w) > _SMALL} for name in (known, full))
    return bool(one & two)


class Bodies:
    """The bodies of one article; asks the registry only for names that are needed."""

    def __init__(self, view: View) -> None:
        """Read the short forms of the article once."""
        self._view = view
        self._links: dict[str, Link] = {}
        self._alias = aliases(view, self.link)
        self._bodies: dict[str, Body] = {}
        self._offices: dict[str, Office] = {}
        self._firsts: dict[str, str | None] = {}

    def office(self, role: Mention) -> Office:
        """The office of a ROLE mention, taken apart."""
        if role.text not in self._offices:
            self._offices[role.text] = read_office(role.text)
        return self._offices[role.text]

    def of(self, mention: Mention) -> Body | None:
        """The body that a mention stands for: itself, its office's, its region's government; else None."""
        if mention.label == "ROLE":
            return self._led(mention)
        if mention.label in ("ORG", "FAC"):
            return self.named(mention.text, shown=mention.text)
        if mention.label == "GPE":
            return self._region(mention)
        return None

    def _led(self, role: Mention) -> Body | None:
        """The body that an office leads: by its title, else the body named inside the office."""
        office = self.office(role)
        if office.fixed and not (office.head.endswith("gubernur") and self._bank(role)):
            return self.named(office.body, shown=None) if office.body else None
        inside = self._inside.get((role.start, role.end), [])
        if office.head in _STATE and (state := _state(role, inside)):
            return self.named(state.text, shown=state.text)
        inner = [m for m in inside if m.label == "ORG" and _is_name(m.text)]
        last = inner[-1] if inner else None
        if last and not self._view.text[last.end : role.end].strip(" .()" + string.ascii_letters):
            return self.named(last.text, shown=last.text)
        if office.body and _is_name(office.body):
            return self.named(office.body, shown=office.body)
        return self._of_chief(role) if _DEPUTY.fullmatch(role.text) else None

    def _of_chief(self, deputy: Mention) -> Body | None:
        """The body of the office before: "Ketua DPRD Magelang Wening Astuti, Wakil Ketua I Rofiq Anwari"."""
        before = [
            m
            for m in self._view.document.mentions
            if m.label == "ROLE"
            and deputy.start - _BESIDE < m.end <= deputy.start
            and not _DEPUTY.fullmatch(m.text)
        ]
        return self._led(before[-1]) if before else None

    def _bank(self, role: Mention) -> bool:
        """ "Gubernur BI" leads a bank and no province."""
        return any(m.label == "ORG" for m in self._inside.get((role.start, role.end), []))

    @cached_property
    def _inside(self) -> dict[tuple[int, int], list[Mention]]:
        """The mentions inside each ROLE."""
        mentions = self._view.document.mentions
        roles = [m for m in mentions if m.label == "ROLE"]
        return {
            (r.start, r.end): [m for m in mentions if r.start <= m.start and m.end <= r.end and m is not r]
            for r in roles
        }

    def named(self, name: str, *, shown: str | None) -> Body | None:
        """The body of a name; `shown` is kept as one of its forms in the article.

        A bare head ("Pemkab", "Kejati", "Bupati") is the first body of that kind in the article, else none.
        """
        if (full := _GENERIC.get(normal(name))) is not None:
            name = self._first_of_kind(full) or self._of_region(full) or ""
            if not name:
                return None
        if is_form(name):
            return None
        root = self._alias.get(normal(name), normal(name)) or name.casefold()
        full = self._alias_text(root, name)
        link = self.link(full)
        if link.name is None and normal(name) != root and (known := self.link(name)).name:
            link = link if initials(full) == normal(name) and not _alike(known.name or "", full) else known
        key = link.code or (normal(link.name) if link.name else root)
        body = self._bodies.setdefault(key, Body(key, link.name or full, link))
        if shown and shown not in body.texts:
            body.texts.append(shown)
        return body

    def _first_of_kind(self, beginning: str) -> str | None:
        """The first body or office of the article whose full name begins so, looked for once."""
        if beginning not in self._firsts:
            self._firsts[beginning] = self._look_for(beginning)
        return self._firsts[beginning]

    def _of_region(self, beginning: str) -> str | None:
        """The name of a bare "DPRD" or "Kejari" by the first government of the article that has one."""
        by_level = _REGIONAL.get(beginning, {})
        for name in self._governments.values():
            level = self.link(name).level
            if level in by_level and (place := name.partition(f" {level.capitalize()} ")[2]):
                return by_level[level].format(place)
        return None

    def _look_for(self, beginning: str) -> str | None:
        for mention in self._view.document.mentions:
            if mention.label == "ORG" and normal(mention.text) not in _GENERIC:
                name = self.link(mention.text).name or mention.text
            elif mention.label == "ROLE":
                name = self.office(mention).body or ""
            elif mention.label == "GPE" and not is_bare_place(mention):
                name = self.link(mention.text).name or ""
            else:
                continue
            if begins(normal(name), beginning) and normal(name) not in _GENERIC:
                return name
        return None

    def forms(self, body: Body) -> list[str]:
        """The forms by which the article calls a body: the fullest one, then the others as they come up."""
        for mention in self._view.document.mentions:
            if mention.label == "ORG" and mention.source != "capitals":
                self.named(mention.text, shown=mention.text)
        texts = [t for t in body.texts if t in self._view.text]
        full = max(texts, key=lambda t: len(t.split()), default="")
        return [full, *(t for t in texts if t != full)] if full else []

    @property
    def day(self) -> str | None:
        """The day on which names must be valid: that of the publication, where a full day is known."""
        published = self._view.document.article.published
        return published if published and len(published) == len("2024-04-26") else None

    def link(self, name: str) -> Link:
        """What the registry says of a name, asked once per article."""
        if name not in self._links:
            self._links[name] = lookup(name, on=self.day, context=self._view.text)
        return self._links[name]

    def _alias_text(self, root: str, name: str) -> str:
        return self._alias_names.get(root, name) if root != normal(name) else name

    @cached_property
    def _alias_names(self) -> dict[str, str]:
        return {normal(m.text): m.text for m in self._view.document.mentions if m.label == "ORG"}

    def _region(self, mention: Mention) -> Body | None:
        """The government of a place: of a bare name only when the article names that government elsewhere."""
        link = self.link(mention.text)
        codes = {link.code, *link.candidates} - {None}
        if is_bare_place(mention):
            known = [code for code in self._governments if code in codes]
            if known:
                return self._bodies.get(known[0]) or self.named(
                    self._governments[known[0]], shown=mention.text
                )
            state = link.kind in ("foreign_government", "central_government") and link.level == "none"
            return self.named(mention.text, shown=mention.text) if state and link.code else None
        if link.code and link.level in ("provinsi", "kabupaten", "kota"):
            return self.named(mention.text, shown=mention.text)
        return None

    @cached_property
    def _governments(self) -> dict[str, str]:
        """The codes of the regional governments that the article names, with a name for each."""
        found: dict[str, str] = {}
        for mention in self._view.document.mentions:
            if mention.label == "ROLE":
                name = self.office(mention).body if self.office(mention).fixed else None
            elif mention.label == "ORG" or (mention.label == "GPE" and not is_bare_place(mention)):
                name = mention.text
            else:
                continue
            link = self.link(name) if name else None
            if link and link.code and link.level in ("provinsi", "kabupaten", "kota"):
                found.setdefault(link.code, link.name or name or "")
        return found


def _state(role: Mention, inside: list[Mention]) -> Mention | None:
    """The country that an office represents, not where it is sent ("Duta Besar Jepang untuk Indonesia")."""
    sent = _SENT.search(role.text)
    end = role.start + sent.start() if sent else role.end
    states = [m for m in inside if m.label == "GPE"]
    return next((m for m in reversed(states) if m.end <= end), states[-1] if states else None)


def _is_name(text: str) -> bool:
    """More than the number or field of a deputy ("Wakil Rektor I", "Direktur Operasional")."""
    words = text.split()
    return any(w[0].isupper() and w.lower() not in _FIELDS for w in words) and not re.fullmatch(
        r"[IVX]+", text
    )
