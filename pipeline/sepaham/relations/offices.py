"""Which body an office belongs to: that of "Pj Bupati Garut" is "Pemerintah Kabupaten Garut"."""

import re
from dataclasses import dataclass
from functools import cache

from sepaham import lexicon
from sepaham.relations.patterns import grammar

_ACTING = grammar(r"\A(<offices.acting>)\b\.?\s*(?:\(<offices.acting>\.?\)\s*)?")
_INNER_ACTING = grammar(r"\bselaku (<offices.acting>)\b")
_FORMS = lexicon.toml("relations/words.toml")["offices"]["forms"]
_LEVEL = re.compile(r"\A(kabupaten|kab\.?|kota|provinsi|prov\.?|propinsi|daerah istimewa)\s+", re.IGNORECASE)
_BRACKET = re.compile(r"\s{0,50}+\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Office:
    """An office as the article names it: `acting` is Pj, Pjs, Plt, Plh or None, `body` a name or None."""

    text: str
    acting: str | None
    head: str
    body: str | None
    fixed: bool = False


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], list[str]]:
    tables = lexicon.toml("relations/offices.toml")
    place, fixed = tables["place"], tables["fixed"]
    heads = sorted(
        {*place, *fixed, *tables["strip"]["heads"], *tables["country"]["heads"]}, key=len, reverse=True
    )
    return place, fixed, heads


def read_office(text: str) -> Office:
    """Take an office apart: acting form, head, and the name of the body it stands for."""
    found = _ACTING.match(text)
    inner = _INNER_ACTING.search(text)
    form = found.group(1) if found else inner.group(1) if inner else None
    rest = text[found.end() :] if found else text
    acting = _FORMS.get(form.lower(), form.capitalize()) if form else None
    head, rest = _head(rest)
    title_alone = head in _tables()[0] or head in _tables()[1] or (not head and acting is not None)
    return Office(text, acting, head, _body(rest, head, acting is not None), title_alone)


_AND = re.compile(
    r"\s{0,50}+(?:\([A-Z]+\)\s{0,50}+)?(?:dan|serta|sekaligus|atau|merangkap|/)\s+", re.IGNORECASE
)


def _head(rest: str) -> tuple[str, str]:
    """The head of an office and the text from it on; of "Founder serta CEO X" the last head."""
    head = next((h for h in _tables()[2] if _starts(rest, h)), "")
    found = _AND.match(rest, len(head)) if head else None
    if found and (second := _head(rest[found.end() :]))[0]:
        return second
    return head, rest


def _starts(text: str, head: str) -> bool:
    return text[: len(head)].lower() == head and not text[len(head) : len(head) + 1].isalpha()


def _body(rest: str, head: str, acting: bool) -> str | None:
    place, fixed, _ = _tables()
    if head in fixed:
        return fixed[head]
    name = re.split(r"\bselaku\b", _BRACKET.sub("", rest[len(head) :]))[0].strip(" .,")
    if not head:
        return _governed(rest) if acting and _LEVEL.match(rest) else None
    if head in place:
        return _placed(place[head], name) if name else _bare(place[head])
    inner = next((fixed[w] for w in name.lower().split() if w in fixed), None)
    return inner or name or None


def _bare(template: str) -> str | None:
    """A bupati or kajari without a place leads the one that the article names elsewhere."""
    kinds = (
        "Pemerintah Kabupaten",
        "Pemerintah Kota",
        "Pemerintah Provinsi",
        "Kejaksaan",
        "Kepolisian",
        "Komando",
    )
    return template.replace(" {}", "") if template.startswith(kinds) else None


def _governed(text: str) -> str:
    return f"Pemerintah {_ABOVE.sub('', text)}"


_ABOVE = re.compile(r"(?<=\w)\s+(?:provinsi|propinsi|prov\.?|kecamatan|kec\.?)\s.*", re.IGNORECASE)
_ABOVE_VILLAGE = re.compile(
    r"(?<=\w)\s+(?:provinsi|propinsi|prov\.?|kecamatan|kec\.?|kabupaten|kab\.?|kota)\s.*", re.IGNORECASE
)


def _placed(template: str, name: str) -> str:
    """The template with the place; a level that the place names itself wins ("Sekda Kota Bogor")."""
    village = template.split(" {}")[0] in (
        "Pemerintah Desa",
        "Pemerintah Nagari",
        "Pemerintah Gampong",
        "Kelurahan",
    )
    name = (_ABOVE_VILLAGE if village else _ABOVE).sub("", name)
    level = _LEVEL.match(name)
    if (
        level
        and template.startswith("Pemerintah ")
        and not template.startswith(("Pemerintah Desa", "Pemerintah {}"))
    ):
        return f"Pemerintah {name}"
    if template == "Pemerintah Daerah {}" and name.lower().startswith("daerah"):
        return f"Pemerintah {name}"
    return template.format(name)
