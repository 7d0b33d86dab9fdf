"""Puts learned mentions right that touch or overlap: bodies joined by "dan", names cut in two, names that end
in a small word, offices that end in another's name."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sepaham.ner.lists import find_phrases, given_names, words
from sepaham.ner.tokens import tokenise
from sepaham.records import Mention

_INITIAL = re.compile(r"[A-Z]\.")
_NEXT_WORD = re.compile(r" (\w{1,20})(?!\w)")
_LONGEST_WORD = 40  # characters before a name that are looked at for the word before it
_SHORT = 5  # letters up to which a known name must be in capitals: "UMRAH", not "Umrah"


def neighbours(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a text with these faults mended; in the order in which they come."""
    ended = _provinced(text, _ended(text, mentions))
    parted = [part for mention in ended for part in _parted(text, mention)]
    # Joined names reach into offices anew: "Direktur Umum I" before "I Wayan Suparta".
    joined = _apart(text, _joined(text, _apart(text, parted)))
    begun = [
        _uncalled(text, _begun(text, _untitled(text, m))) if m.label == "PER" else _unbroken(text, m)
        for m in joined
    ]
    return [m for m in begun if m.label != "PER" or m.text not in words("forces")]


def _begun(text: str, mention: Mention) -> Mention:
    """A name from its first word on: behind the rank ("Kolonel | Nav Hendro Sukamdani") and the number of an
    office ("Wakil Ketua | I Yudi Harmoko"), with its initial ("M. | Rizani Fadli")."""
    before = text[max(0, mention.start - _LONGEST_WORD) : mention.start].split(" ")[-2:]
    held = mention.text.split(" ")
    last = before[0] if before[1:] == [""] else ""
    titled, forces = last.lower() in words("before"), words("forces")
    if len(held) > 2 and held[0].lower() in words("before") and held[1] in forces:
        held = held[2:]
    elif (titled and len(held) > 1 and held[0] in forces) or _numbered(last, held):
        held = held[1:]
    elif not titled and _INITIAL.fullmatch(last):
        return cut(text, mention, mention.start - len(last) - 1, mention.end)
    return cut(text, mention, mention.end - len(" ".join(held)), mention.end)


def _uncalled(text: str, mention: Mention) -> Mention:
    """A name without the titles before it: "Romo | Silvester"."""
    title, _, name = mention.text.partition(" ")
    if not name[:1].isupper() or title.lower().rstrip(".") not in words("called"):
        return mention
    return _uncalled(text, cut(text, mention, mention.end - len(name), mention.end))


def _unbroken(text: str, mention: Mention) -> Mention:
    """An office with the word that belongs to its last one: "direktur | utama"."""
    last = mention.text.rpartition(" ")[2].lower()
    behind = _NEXT_WORD.match(text, mention.end)
    if mention.label != "ROLE" or not behind or f"{last} {behind[1].lower()}" not in words("unbroken"):
        return mention
    return cut(text, mention, mention.start, behind.end(1))


def _numbered(last: str, held: Sequence[str]) -> bool:
    """Whether the first of these words is the number of the office that ends in the last word before."""
    office = last in words("numbered") and len(held) > 2
    return office and held[0] in words("numbers") and held[1] not in words("after_i")


def _untitled(text: str, mention: Mention) -> Mention:
    """A name without degrees that no comma parts from it: "Benny Koswara | MSi"."""
    name, _, last = mention.text.rpartition(" ")
    if not name.rstrip(" ,") or sum(map(str.isupper, last)) < 2 or last.lower() not in _degrees():
        return mention
    return _untitled(text, cut(text, mention, mention.start, mention.start + len(name.rstrip(" ,"))))


@cache
def _degrees() -> frozenset[str]:
    """Degrees as they are written behind names, and without their dots ("SSos")."""
    return words("after") | {degree.replace(".", "") for degree in words("after")}


def _ended(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """No name ends in a small word: it goes on with the name behind ("Badan Siber dan | Sandi Negara", "Wali
    Nagari di | Koto Laweh"), or ends before the word ("PT Krakatau Sarana Infrastruktur | atau KSI")."""
    starts = {m.start: m for m in mentions if m.label in ("ORG", "GPE")}
    swallowed: set[int] = set()
    found: list[Mention] = []
    for mention in mentions:
        while mention.label in ("ORG", "ROLE") and (stem := _stem(mention)):
            last = mention.text[len(stem) :].strip()
            behind = starts.get(mention.end + 1) if text[mention.end : mention.end + 1] == " " else None
            if behind and last in words("goes_on" if mention.label == "ORG" else "office_goes_on"):
                swallowed |= {id(behind)} if mention.label == "ORG" else set()
                mention = cut(text, mention, mention.start, behind.end)
            else:
                mention = cut(text, mention, mention.start, mention.start + len(stem.rstrip(" ,")))
        found.append(mention)
    return [m for m in found if id(m) not in swallowed]


def _provinced(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """No body ends between "Provinsi" and its name: "Pemkab Sidenreng Rappang Propinsi | Sulawesi Selatan"; a
    place ends before both."""
    places = {m.start: m for m in mentions if m.label == "GPE"}
    within: set[int] = set()
    found: list[Mention] = []
    for mention in mentions:
        stem, _, last = mention.text.rpartition(" ")
        behind = places.get(mention.end + 1) if text[mention.end : mention.end + 1] == " " else None
        if behind and stem and last.lower() in words("province") and mention.label in ("ORG", "ROLE", "GPE"):
            within |= {id(behind)} if mention.label == "ORG" else set()
            end = mention.start + len(stem) if mention.label == "GPE" else behind.end
            mention = cut(text, mention, mention.start, end)
        found.append(mention)
    return [m for m in found if id(m) not in within]


def _stem(mention: Mention) -> str:
    """A name before the small word that it ends in; empty where it ends in none."""
    stem, _, last = mention.text.rpartition(" ")
    return stem if last in words("never_last") and stem.strip(" ,") else ""


@cache
def _middle() -> re.Pattern[str]:
    inside = sorted(words("name_inside") | words("name_titles"))
    return re.compile(rf"\s(?:{'|'.join(inside)})\.?\s")


@cache
def _between() -> re.Pattern[str]:
    joining = "|".join(map(re.escape, sorted(words("joining"))))
    return re.compile(rf",?\s{{1,9}}+(?:{joining})\s{{1,9}}+|[ \t]{{0,9}}\n\s{{0,9}}")


def _is_body(name: str, *, alone: bool) -> bool:
    """Begins as a body does; `alone`: a single word ("Kepolisian") is enough."""
    tokens = tokenise(name)
    phrases = find_phrases(tokens)
    known, head = phrases.at("known", 0), phrases.at("org", 0)
    written = name[: tokens[known - 1].end] if known else ""
    if known and (len(written) > _SHORT or written.isupper()):
        return True
    goes_on = head and name[: tokens[head - 1].end].lower() in words("not_after_and")
    return bool(head) and not goes_on and (alone or len(tokens) > 1)


def _parted(text: str, mention: Mention) -> Iterator[Mention]:
    """A body whose name runs into the next one: "Kepolisian | dan | Kejaksaan Agung"; and the paper's name on
    the line above, "Dairi Pos | Pemerintah Kabupaten Dairi"."""
    for found in _between().finditer(mention.text) if mention.label == "ORG" else ():
        left, right = mention.text[: found.start()], mention.text[found.end() :]
        begins = right[0].isupper() and _is_body(right, alone=False)
        if begins and ("\n" in found.group() or _is_body(left, alone=True)):
            yield cut(text, mention, mention.start, mention.start + found.start())
            yield from _parted(text, cut(text, mention, mention.start + found.end(), mention.end))
            return
    yield mention


def _apart(text: str, mentions: list[Mention]) -> list[Mention]:
    """Offices and people that share words: the words are the person's, unless they name something else too.

    "Chief Officer Telin" and "Telin Kharisma", where Telin is a company of the article; "Bupati Basri" and
    "Basri Ali".
    """
    others = {m.text for m in mentions if m.label in ("ORG", "GPE")}
    roles = [m for m in mentions if m.label == "ROLE"]
    changed: dict[int, Mention] = {}
    for person in (m for m in mentions if m.label == "PER"):
        role = next((r for r in roles if r.start < person.start < r.end < person.end), None)
        if role is None:
            continue
        if text[person.start : role.end] in others:
            begin = role.end + len(text[role.end : person.end]) - len(text[role.end : person.end].lstrip())
            changed[id(person)] = cut(text, person, begin, person.end)
        else:
            end = role.start + len(text[role.start : person.start].rstrip(" ,"))
            changed[id(role)] = cut(text, role, role.start, end)
    return [changed.get(id(m), m) for m in mentions]


def _joined(text: str, mentions: list[Mention]) -> list[Mention]:
    """A person's name that was cut in two: "I | Gusti Ayu", "Haedar | Nashir"."""
    others = {m.text for m in mentions if m.label in ("ORG", "GPE", "ROLE")}
    found: list[Mention] = []
    last: int | None = None  # where the last person stands in `found`
    for mention in mentions:
        if mention.label == "PER":
            before = found[last] if last is not None else None
            if before and _goes_on(text, before, mention) and before.text not in others:
                found[last or 0] = cut(text, before, before.start, mention.end)
                continue
            last = len(found)
        found.append(mention)
    return found


def _goes_on(text: str, one: Mention, two: Mention) -> bool:
    between = text[one.end : two.start]
    if between != " " or " " in one.text:
        return (between == " " and text[two.start].isalpha()) or _middle().fullmatch(between) is not None
    opens = one.text in words("name_opens") or one.text in given_names()
    return opens or _INITIAL.fullmatch(one.text) is not None


def cut(text: str, mention: Mention, start: int, end: int) -> Mention:
    """The mention with these bounds in its text."""
    return mention.model_copy(update={"start": start, "end": end, "text": text[start:end]})
