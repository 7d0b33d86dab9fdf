"""Reads a name on from its head: which words still belong to the office, body or company."""

from sepaham.ner.lists import words
from sepaham.ner.text import Text

# How many words a name may hold.
_LONGEST = 24


def read_body(text: Text, start: int, *, office: bool) -> int:
    """The index after the words that go on with a body from `start`; `office`: a person may follow.

    "Kepala | Dinas Perhubungan Kota Banjarmasin | H Gusti Fahriadi": fields, regions, short forms and
    heads go on with the body; after one of them an unknown capitalised word is a person's.
    """
    i, closed = start, False
    while i < min(len(text), start + _LONGEST):
        step, closes = _step(text, i, closed=closed, office=office)
        if step == i:
            return _rest_before_comma(text, start, i) if office else i
        i, closed = step, closes
    return i


def _step(text: Text, i: int, *, closed: bool, office: bool) -> tuple[int, bool]:
    """The next index (`i` itself when the body ends here), and whether the body could end after it."""
    if end := text.region(i):
        return end, True
    if (end := text.head("org.company", i)) and text.capital(i):
        company = read_company(text, end + 1 if text.sign(end, ".") else end, office=office)
        return company, True
    for kind in ("gpe", "known", "org"):
        if (end := text.head(kind, i)) and not (office and text.person(i)):
            return end, kind == "known"
    if text.phrases.at("title", i) and text.capital(i) and office:
        return i, closed
    if text.numeral(i) and not text.roman(i):
        return i + 1, False
    if text.topic(i) or text.roman(i) or (text.capital(i) and text.tokens[i].acronym):
        return i + 1, True
    if end := text.bracket(i):
        return (end, closed) if office or _goes_on(text, end) else (i, closed)
    if step := _joined(text, i):
        return step, False
    return _unknown(text, i, closed=closed, office=office)


def _goes_on(text: Text, i: int) -> bool:
    """A body that has a bracket inside: "Badan Penyelenggara Jaminan Sosial (BPJS) Ketenagakerjaan"."""
    if text.topic(i) or text.region(i) or text.head("org", i) or text.head("gpe", i):
        return True
    return text.capital(i) and not text.person(i) and not text.head("role", i) and not text.head("known", i)


def _joined(text: Text, i: int) -> int:
    """The index of the word after a comma, "dan", slash or hyphen that joins two words of a body, else 0."""
    if i + 1 >= len(text):
        return 0
    word = text.tokens[i]
    if word.text in ("/", "-") and not word.space and not text.tokens[i + 1].space and text.capital(i + 1):
        opens = any(text.phrases.at(kind, i + 1) for kind in ("region", "role", "org", "known"))
        return 0 if word.text == "-" and opens else i + 1
    if word.text == "," and text.tokens[i + 1].lower in words("company_forms"):
        return i + 1
    if word.lower in words("joining") and (text.topic(i + 1) and not text.head("org", i + 1)):
        return i + 1
    listed = word.text == "," and text.tokens[i + 1].lower in words("joining") and text.topic(i + 2)
    if listed and not text.head("org", i + 2):
        return i + 2
    if word.text == "," and text.topic(i + 1) and not text.head("org", i + 1) and _list_goes_on(text, i + 1):
        return i + 1
    if word.lower in words("body_links") and text.capital(i + 1):
        return i + 1 if word.lower in words("body_links_always") or text.phrases.at("country", i + 1) else 0
    return 0


def _list_goes_on(text: Text, i: int) -> bool:
    """After a comma more fields follow up to "dan": "Politik, Hukum, dan Keamanan"."""
    for k in range(i, min(i + 8, len(text) - 1)):
        if text.tokens[k].lower in words("joining"):
            return text.topic(k + 1)
        if not (text.topic(k) or text.tokens[k].text == ","):
            return False
    return False


def _unknown(text: Text, i: int, *, closed: bool, office: bool) -> tuple[int, bool]:
    """An unknown capitalised word: the body's when nothing has closed it and it is no person's."""
    if (
        not text.capital(i)
        or text.tokens[i].lower in words("months")
        or text.tokens[i].lower in words("days")
    ):
        return i, closed
    if text.tokens[i].text in text.cues.bodies:
        return i + 1, True
    if _named_after(text, i, closed=closed, office=office):
        return i + 1, False
    if text.person(i) or (closed and (office or text.region(i - 1))) or (office and text.head("role", i)):
        return i, closed
    return i + 1, False


def read_short_form(text: Text, end: int) -> int:
    """The index after short forms that go on with a name: "PLN | EPI", "SR | Timur"."""
    while text.capital(end) and not text.phrases.at("role", end) and not text.phrases.at("known", end):
        token = text.tokens[end]
        if not (token.acronym or token.text in text.cues.bodies) or not token.space or text.region(end):
            break
        end += 1
    return end


def _named_after(text: Text, i: int, *, closed: bool, office: bool) -> bool:
    """A given name that belongs to the body: "Universitas Hasanuddin", "RSUD Kartini"."""
    if text.phrases.at("title", i) or text.region(i - 1) == i or (office and closed):
        return False
    before = text.tokens[max(0, i - (1 if office else 3)) : i]
    return any(token.lower in words("eponymous") for token in before)


def _rest_before_comma(text: Text, start: int, i: int) -> int:
    """With the person behind a comma, all before it is the body: "Direktur Medika Bahari, Joko"."""
    end = i
    while end < len(text) and text.capital(end) and end - start < _LONGEST and not text.person(end):
        end += 1
    end = text.bracket(end) or end
    behind = end > i and text.sign(end, ",") and text.capital(end + 1) and text.person(end + 1)
    return end if behind and not text.head("role", end + 1) else i


def read_company(text: Text, start: int, *, office: bool) -> int:
    """The index after a company's name: all capitalised words, "(Persero)", "Tbk", "&"."""
    i = start
    while i < min(len(text), start + _LONGEST):
        step = _company_step(text, i, start, office=office)
        if step == i:
            return i
        i = step
    return i


def _company_step(text: Text, i: int, start: int, *, office: bool) -> int:
    token = text.tokens[i]
    if token.text == "(" and i + 2 < len(text) and text.tokens[i + 1].lower in words("persero"):
        return i + 3
    if token.lower == "tbk":
        return i + 2 if text.sign(i + 1, ".") and not text.capital(i + 2) else i + 1
    if token.capital or (text.numeral(i) and i > start):
        ends = text.head("role", i) or text.head("org.company", i) if i > start else 0
        if i > start and (text.headline(i) or (office and _ends_company(text, i))):
            return i
        person = office and i > start and text.person(i) and token.text not in text.cues.bodies
        return i if ends or person or token.lower in words("months") else i + 1
    if token.text in ("&", "-", "/") and text.capital(i + 1):
        return i + 1
    if token.text == "," and text.capital(i + 1) and text.tokens[i + 1].lower in words("company_forms"):
        return i + 2
    if token.lower in words("company_joining") and text.capital(i + 1) and _share_ending(text, i + 1):
        return i + 1
    return i


def _ends_company(text: Text, i: int) -> bool:
    """The word before closes a short company name: "Bank Jatim | Budi", "Perum Bulog | Budi"."""
    before = text.region(i - 1) == i or text.phrases.at("known", i - 1) == i
    return before and text.tokens[i].text not in text.cues.bodies and not text.region(i)


def _share_ending(text: Text, i: int) -> bool:
    """ "... Jawa Barat dan Banten Tbk": after "dan" the same company goes on to its "Tbk"."""
    end = text.region(i) or i + 1
    return end < len(text) and text.tokens[end].lower in words("company_last")
