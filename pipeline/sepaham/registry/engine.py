"""`lookup`: the rules in their order, from what the article explains itself to the branch of a known body."""

from collections.abc import Callable

from sepaham.records import Link
from sepaham.registry import bodies, forms, links
from sepaham.registry.context import Context, read_context
from sepaham.registry.kinds import kind_of
from sepaham.registry.organisations import is_foreign, without_country
from sepaham.registry.places import Reading, read_region, region_at_end
from sepaham.registry.regions import PREFIX, region, regions
from sepaham.registry.territorial import lookup_local, lookup_territorial
from sepaham.registry.text import MAX_NAME, Name, key, read_name
from sepaham.registry.units import lookup_unit

Rule = Callable[[str, Name, str | None, Context | None], Link | None]


def lookup(name: str, *, on: str | None = None, context: str = "") -> Link:
    """The official body or place that a name stands for, valid on the ISO day `on`; unknown is an answer.

    `context` is the text around the name (the article's body): it tells twins apart, explains abbreviations
    and names the region of a body that is named without one. `Link.rule` says how the name was found; an
    ambiguous name has no code, only `candidates`. Any string is taken, nothing raises.
    """
    if len(name) > MAX_NAME:
        return Link(query=name)
    return find(name, on, read_context(context) if context else None)


def lookup_city(name: str, *, on: str | None = None, context: str = "") -> Link:
    """A place as the city of an event: a kabupaten, a kota, Jakarta or a city abroad.

    As `lookup`, but a name that a province shares with its capital ("Jambi") means the capital, and `name`
    is that of the place ("Kota Jambi"), not of its government.
    """
    if len(name) > MAX_NAME:
        return Link(query=name)
    read = read_context(context) if context else None
    reading = read_region(read_name(name).words, on)
    if reading:
        low = tuple(n for n in reading.found if len(n.code) > 2)
        link = links.by_reading(name, Reading(low or reading.found, reading.rule), on, read)
    else:
        link = find(name, on, read)
    return _as_place(link)


def _as_place(link: Link) -> Link:
    code = (link.code or "").removeprefix(PREFIX)
    place = region(code).place if code in regions() else (link.name or "").removeprefix("Pemerintah ")
    return link.model_copy(update={"name": place or None})


def find(name: str, on: str | None, context: Context | None) -> Link:
    """As `lookup`, with a context that is read already."""
    read = without_country(read_name(name))
    if not read.words:
        return Link(query=name)
    link = _explained(name, read, on, context) or _first(_RULES, name, read, on, context)
    link = link or _without_acting(name, read, on, context) or _before_its_state(name, read, on, context)
    return link or Link(query=name, kind=kind_of(read.words))


def _before_its_state(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """A body of the state with its ministry or country behind: "Badan Karantina Indonesia Kementan"."""
    if len(name.words) < _FEWEST_WITH_STATE:
        return None
    cut = len(name.words) - 1
    above = _first(_RULES, query, Name(name.printed(cut)), on, None)
    if above is None or above.kind != "central_government":
        return None
    link = bodies.lookup_organisation(query, Name(name.printed(0, cut)), on, context)
    return link if link and link.kind == "central_government" and link.code else None


def _without_acting(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """ "Pj Kades Kalirejo" stands for what "Kades Kalirejo" does."""
    dropped = len(name.words) - len(forms.without_acting(name.words))
    if not dropped:
        return None
    rest = " ".join(name.text.split()[dropped:])
    link = find(rest, on, context)
    return link.model_copy(update={"query": query}) if link.name else None


def _first(
    rules: tuple[Rule, ...], query: str, name: Name, on: str | None, context: Context | None
) -> Link | None:
    for rule in rules:
        link = rule(query, name, on, context)
        if link:
            return link
    return None


def _explained(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """An abbreviation that the article explains means what it says there, whatever else it may mean."""
    long = context.abbreviations.get(key(name.text)) if context and len(name.words) <= 3 else None
    if context and not long and len(name.words) == 2 and name.words[0] in ("pt", "cv"):
        long = context.abbreviations.get(name.words[1])
    if not long or key(long) == key(name.text):
        return None
    read = read_name(long)
    link = _first(_RULES, query, read, on, context)
    if link:
        return link.model_copy(update={"rule": f"explained:{link.rule}"})
    kind = kind_of(read.words)
    if kind is None and bodies.is_known(name.words):
        return None  # "Mansur Badri (MUI)" names a man and his organisation
    return Link(query=query, name=long, kind=kind, rule="explained")


def _region(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    reading = read_region(name.words, on)
    if reading:
        return links.by_reading(query, reading, on, context)
    form = forms.lone(name.words)
    code = context.focus(form.level) if form and context else None
    return links.to_region(query, region(code, on), "lone_form+context", on) if code else None


def _foreign(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """A government's form before a place abroad, or a ministry with a state abroad behind it."""
    parts = name.words
    form = forms.prefix(parts)
    city = form is not None and form[0].group == "government" and form[0].level is not None and bool(form[1])
    if city and form and region_at_end(form[1], 0, on):
        return None  # "Pemkab-DPRD Badung" names two bodies of one region
    if city or (
        parts[0] in _STATE_BODIES
        and any(is_foreign(parts[i:]) for i in range(max(1, len(parts) - 3), len(parts)))
    ):
        return Link(query=query, kind="foreign_government", rule="unknown")
    return None


def _led(query: str, name: Name, on: str | None, context: Context | None) -> Link | None:
    """The body behind a title: "Rektor Universitas Hasanuddin"."""
    length = forms.leader(name.words)
    if not length or length == len(name.words):
        return None
    link = _first(_RULES, query, Name(name.printed(length)), on, context)
    return link.model_copy(update={"rule": f"{link.rule}+title"}) if link else None


_FEWEST_WITH_STATE = 3  # words: of two, the first says too little ("Badan Indonesia")
_STATE_BODIES = ("kementerian", "menteri", "kepolisian", "otoritas", "parlemen", "bank sentral", "badan")
_RULES: tuple[Rule, ...] = (
    _region, lookup_local, bodies.lookup_organisation, lookup_territorial, lookup_unit, _led,
    bodies.lookup_part, bodies.lookup_branch, bodies.lookup_initials, _foreign,
)  # fmt: skip
