"""The full name of a body that the registry does not hold, out of the article's own words."""

import re
from collections import Counter
from collections.abc import Iterator

from sepaham.lexicon import toml
from sepaham.registry import abbreviations, forms, organisations
from sepaham.registry.bodies import lookup_organisation
from sepaham.registry.context import Context
from sepaham.registry.kinds import kind_of
from sepaham.registry.places import expand_place, read_region, region_at_end
from sepaham.registry.territorial import lookup_territorial
from sepaham.registry.text import Name, key, read_name, words

_ALTERNATIVE = re.compile(r"\s{1,50}+(?:atau|alias)\s.*$")
_KEEPS_SHORT = ("company", "state_owned_company")
_NEVER_EXPANDED = ("smk", "sma", "smp", "sd", "ma", "mts", "pt", "cv")
_OWN_ACRONYMS = frozenset(  # an acronym behind these is part of the name: "Universitas HKBP Nommensen"
    ("universitas", "institut", "politeknik", "stkip", "stikes", "kantor", "pt")
)
_UNIVERSITY = re.compile(
    r"\b(?:Universitas|Institut|Politeknik|Sekolah Tinggi)(?: (?:[A-Z][\w'’-]*|dan|di))+"
)


def derived(text: str, context: Context, on: str | None, *, keep: bool = False) -> str:
    """The text without brackets and alternatives, its abbreviations written out where anything explains them.

    With `keep`, and for companies, the abbreviations stay: they are part of the brand.
    """
    name = Name(_ALTERNATIVE.sub("", read_name(text).text))
    if not name.words:
        return text
    name = organisations.without_country(_with_case(_ministry(_without_leader(name)), context))
    if keep or kind_of(name.words) in _KEEPS_SHORT:
        return abbreviations.branches_written_out(name)
    written_out = _written_out(name, context, on)
    if (
        written_out.text == name.text
        and kind_of(name.words) is None
        and not name.text.split(" ")[0].isupper()
    ):
        return name.text  # a brand: "Transgas Jateng"
    return expand_place(written_out, 0, on)


def _without_leader(name: Name) -> Name:
    length = forms.leader(name.words)
    return Name(name.printed(length)) if 0 < length < len(name.words) and name.text[0].islower() else name


def _ministry(name: Name) -> Name:
    """ "Menteri Pertahanan Mongolia" -> "Kementerian Pertahanan Mongolia"."""
    return (
        Name(f"Kementerian {name.printed(1)}") if name.words[0] == "menteri" and len(name.words) > 1 else name
    )


def _with_case(name: Name, context: Context) -> Name:
    """A name in capitals as the article writes it elsewhere, else with a capital for each longer word."""
    if not name.text.isupper() or len(name.words) < 2:
        return name
    for found in re.finditer(re.escape(name.text), context.text, re.IGNORECASE):
        if not found[0].isupper():
            return Name(found[0])
    return Name(" ".join(w if len(w) <= 3 else w.capitalize() for w in name.text.split(" ")))


def _written_out(name: Name, context: Context, on: str | None) -> Name:
    """The name with its abbreviations as the article, the table or the registry writes them out."""
    pieces: list[str] = []
    at, count = 0, len(name.words)
    while at < count:
        length, long = _longest_meaning(name, at, context, on)
        if not long or not _said_before(long, pieces):
            pieces += [name.between(at), long or name.printed(at, at + length)]
        at += length
        if long and _says_place_again(long, name.words[at:]):
            break
    return Name("".join(pieces))


def _said_before(long: str, pieces: list[str]) -> bool:
    """Whether the name so far ends with the long form of an abbreviation: "Badan Narkotika | BNN"."""
    said = words("".join(pieces))
    return said[-len(words(long)) :] == words(long)


def _says_place_again(long: str, rest: list[str]) -> bool:
    """Whether the words after an abbreviation are the place in which its long form ends already."""
    after = read_region(rest) if rest else None
    end = region_at_end(words(long), 1, None) if after else None
    return bool(after and end and {n.code for n in after.found} & {n.code for n in end[1].found})


def _is_acronym(printed: str) -> bool:
    words = printed.split(" ")
    return all(sum(c.isupper() for c in word) >= 2 and word.isalpha() for word in words)


def _longest_meaning(name: Name, at: int, context: Context, on: str | None) -> tuple[int, str | None]:
    for length in (3, 2, 1):
        parts = name.words[at : at + length]
        if len(parts) == length:
            long = _meaning(name, at, length, context, on)
            if long:
                return length, long
    return 1, None


def _meaning(name: Name, at: int, length: int, context: Context, on: str | None) -> str | None:
    short, printed = " ".join(name.words[at : at + length]), name.printed(at, at + length)
    before = name.words[at - 1] if at else ""
    explained = None if short in _NEVER_EXPANDED else context.abbreviations.get(short)
    if explained and key(explained) != short:
        link = lookup_organisation(explained, read_name(explained), on, context)
        return link.name if link and link.name and link.kind == "education" else explained
    if before in _NEVER_EXPANDED:  # what a school is called after is part of its name: "SMK NU Kaplongan"
        return None
    long = abbreviations.long_form(short, at_head=at == 0)
    if long:
        return long
    if _is_acronym(printed) and before not in _OWN_ACRONYMS:
        found = organisations.named(short.split(" "), on)
        if (
            len(found) == 1
            and found[0].kind not in _KEEPS_SHORT
            and not organisations.is_government(found[0].id)
        ):
            return found[0].name
    return None


def complete(name: str, texts: list[str], context: Context, on: str | None) -> str:
    """The name of a part with its whole: a faculty with its university, a squad with its Polres."""
    read = Name(name)
    at = _office(read)
    if at:
        link = lookup_territorial(name, Name(read.printed(at)), on, context)
        return f"{read.printed(0, at)} {link.name}" if link and link.name else name
    if read.words[:1] != ["fakultas"] or len(read.words) < 2 or _UNIVERSITY.search(name):
        return name
    whole = _university(texts, context, on)
    return f"{name} {whole}" if whole else name


def _office(name: Name) -> int:
    """Where an office of the police or the like begins inside a name ("Satlantas Polresta X"); else 0."""
    heads = toml("registry/forms.toml")["office"]["forms"]
    return next((i for i, part in enumerate(name.words) if i and part in heads), 0)


def _university(texts: list[str], context: Context, on: str | None) -> str | None:
    """The university of another form of the party, else the one that the article names most."""
    for text in texts:
        for name in _universities(derived(text, context, on)):
            return name
    counts = Counter(_universities(context.text))
    return counts.most_common(1)[0][0] if counts else None


def _universities(text: str) -> Iterator[str]:
    for found in _UNIVERSITY.finditer(text):
        name = re.sub(r" (?:dan|di)$", "", found[0])
        first = name.split(" dan ")[0]
        if key(name) in toml("registry/forms.toml")["incomplete"]["names"]:
            continue
        yield name if organisations.named(words(name)) or not organisations.named(words(first)) else first


def _has_initials(name: Name) -> bool:
    return any(abbreviations.is_abbreviation(part) for part in name.words) or any(
        w.isupper() for w in name.text.split(" ")
    )


_ITEM = r"[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,3}"


def village_head(text: str, context: Context) -> str | None:
    """ "Desa", "Nagari" or the like, when the article puts the word before an otherwise unknown name.

    Directly ("Kades Kalirejo"), before a list ("Desa Kombi, Watumea, dan Tulap") or before a colon.
    """
    name = read_name(text)
    if not name.text[:1].isupper() or len(name.words) > 3 or kind_of(name.words) or _has_initials(name):
        return None
    heads: dict[str, str] = toml("registry/forms.toml")["village"]
    head, own = f"(?i:{'|'.join(heads)})", re.escape(name.text)
    for pattern in (
        rf"\b({head})\s+(?:{_ITEM}(?:,? dan|,? serta|,) (?:{head} )?){{0,12}}{own}\b",
        rf"\b({head})\b[^.:\n]{{0,40}}:[^\n]{{0,220}}?\b{own}\b",
    ):
        found = re.search(pattern, context.text)
        if found:
            return heads[found[1].casefold()]
    return None


_LEGAL = (
    r"(?:PT|CV|UD|Perum|Perumda|Yayasan|Koperasi|Asosiasi|Perkumpulan"
    r"|Pondok Pesantren|Pesantren|RSUD|RSU|RS|Bank)"
)
_REST = r"(?: (?:[A-Z][\w'’-]*|&|dan))*(?: (?:Tbk|Ltd|Inc)\.?)?"


def full_form(text: str, context: Context) -> str | None:
    """The full name to an unknown short one: "Medika Bahari" in "PT Medika Bahari Sejahtera"."""
    name = read_name(text)
    if not name.text[:1].isupper() or len(name.words) > 4 or kind_of(name.words) or len(name.text) < 4:
        return None
    pattern = rf"\b{_LEGAL}\.? (?:[A-Z][\w'’-]* ){{0,3}}?{re.escape(name.text)}\b{_REST}"
    found = Counter(re.sub(r" (?:dan|&)$", "", match[0]) for match in re.finditer(pattern, context.text))
    return found.most_common(1)[0][0] if found else None
