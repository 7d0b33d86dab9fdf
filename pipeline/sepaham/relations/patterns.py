"""Word lists of `resources/relations/` as pieces of patterns; the grammar around them is in the modules."""

import re
from functools import cache

from sepaham import lexicon


@cache
def any_of(section: str, key: str, file: str = "words") -> str:
    """The words of one list as alternatives for a pattern, the longer ones first, without the brackets."""
    return "|".join(sorted(lexicon.toml(f"relations/{file}.toml")[section][key], key=len, reverse=True))


@cache
def pattern(section: str, key: str = "words", file: str = "triggers") -> re.Pattern[str]:
    """The words of one list as a pattern of whole words, without regard to case."""
    return re.compile(rf"(?<!\w)(?:{any_of(section, key, file)})(?!\w)", re.IGNORECASE)


def grammar(template: str) -> re.Pattern[str]:
    """A pattern, without regard to case; `<section.key>` in the template stands for the words of a list."""
    filled = re.sub(r"<(\w+)\.(\w+)>", lambda m: f"(?:{any_of(m.group(1), m.group(2))})", template)
    return re.compile(filled, re.IGNORECASE)
