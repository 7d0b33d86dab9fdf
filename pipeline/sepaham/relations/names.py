"""Compares names: normal form, short forms in brackets, initials."""

import re
from functools import lru_cache

_BRACKET = re.compile(r"\s{0,50}+[(\[][^()\[\]]*[)\]]")
_FORMS = re.compile(r"\b(?:pt|cv|tbk|persero|perseroda|perum)\b\.?", re.IGNORECASE)
_SIGNS = re.compile(r"[^\w\s/&-]")
_SMALL = {"dan", "&", "of", "the", "for", "and", "untuk", "di", "pt", "cv"}


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """Lower case, without brackets, company forms, punctuation and repeated spaces."""
    plain = _FORMS.sub(" ", _BRACKET.sub(" ", name)).casefold()
    return " ".join(_SIGNS.sub(" ", plain).split())


def is_form(name: str) -> bool:
    """No name, but the form of a company alone: "CV"."""
    return not _FORMS.sub("", name).strip(" .,")


def without_brackets(name: str) -> str:
    """The name without bracketed short forms; "(Persero)" stays."""
    kept = re.sub(r"\(\s*(persero|perseroda)\s*\)", r"<\1>", name, flags=re.IGNORECASE)
    plain = " ".join(_BRACKET.sub("", kept).split())
    return re.sub(r"<(\w+)>", r"(\1)", plain)


def initials(name: str) -> str:
    """The first letters of a name's words, in lower case: "kereta api indonesia" -> "kai"."""
    words = re.findall(r"[^\W\d_]+", _BRACKET.sub(" ", name))
    return "".join(w[0] for w in words if w.lower() not in _SMALL).lower()


def inside(short: str, long: str) -> bool:
    """The longer name holds the shorter, by whole words, and says more."""
    return short != long and f" {short} " in f" {long} "


def begins(long: str, short: str) -> bool:
    """The short normal form is the beginning of the long one, by whole words."""
    return long.startswith(short + " ")
