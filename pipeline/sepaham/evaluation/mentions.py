"""Scores recognised mentions against gold: F1 over the distinct (label, text) forms of each article.

The guideline lists a form once an article, and says that a name which stands only inside a ROLE or a longer
ORG need not be listed again: one annotator lists it, another does not, and neither is wrong. So a form is
*optional* when the article has it and every place where it stands lies inside a place of a longer gold
mention. Optional forms are taken off both sides, whether gold or the tagger lists them: they are never
right, wrong or missed. Two limits keep the rule honest. Only gold decides what is longer, so that a tagger
which marks too much cannot hide gold forms, or its own wrong ones, under its mark. And a form that gold
does not list, inside a longer gold mention of its own label ("Dinas Kesehatan" for "Dinas Kesehatan Kota
Palu"), is a mention cut short and wrong, unless the tagger found the longer one too.
"""

import re
from collections.abc import Iterable, Mapping
from typing import get_args

from sepaham.errors import InputError
from sepaham.evaluation.compare import Counts
from sepaham.evaluation.files import Ids, PathLike, articles_beside, each_chosen, read_bodies, read_jsonl
from sepaham.evaluation.report import ArticleFaults, Scores, slot_scores, worst_first
from sepaham.evaluation.score import file_sha256
from sepaham.records import Label, Mention

Form = tuple[str, str]
Place = tuple[int, int]
LABELS: tuple[str, ...] = get_args(Label)
MICRO = "micro"


def score_mentions(
    gold_path: PathLike,
    mentions_by_article: Mapping[str, Iterable[Mention | Form]],
    *,
    ids: Ids | None = None,
    articles: PathLike | None = None,
) -> Scores:
    """Scores mentions (records or (label, text) pairs) by article id against a gold file, by label and micro.

    `ids` and `articles` are those of `score`. An article without an entry has no mentions. The faults of an
    article hold the missed gold forms and the wrong found ones.
    Raises InputError for an article that the gold does not hold, an unknown label, and what `score` refuses.
    """
    gold = _gold_forms(gold_path)
    if unknown := [key for key in mentions_by_article if key not in gold]:
        raise InputError(
            f"mentions of {unknown[0]!r}: not in {gold_path}: score mentions of the gold's own articles"
        )
    keys = each_chosen(gold, ids, gold_path)
    bodies = read_bodies(articles or articles_beside(gold_path), keys)
    counts, faults = [], []
    for key in keys:
        found = _forms(mentions_by_article.get(key, ()), f"mentions of {key!r}")
        optional = optional_forms(gold[key], found, bodies[key])
        right, said = gold[key] - optional, found - optional
        counts.append(_form_counts(right, said))
        missed, wrong = sorted(right - said), sorted(said - right)
        faults.append(
            ArticleFaults(
                article_id=key, count=len(missed) + len(wrong), gold=tuple(missed), found=tuple(wrong)
            )
        )
    return Scores(
        articles=len(keys),
        slots=slot_scores(counts, [MICRO, *LABELS]),
        faults=worst_first(faults),
        gold_sha256=file_sha256(gold_path),
    )


def optional_forms(gold: set[Form], found: set[Form], body: str) -> set[Form]:
    """The forms of either side that stand in the body only inside longer gold mentions (the rule above)."""
    places = {text: places_of(text, body) for _, text in gold | found}

    def inside_longer(place: Place, form: Form) -> bool:
        start, end = place
        covers = (
            g for g in gold if len(g[1]) > end - start and (form in gold or g[0] != form[0] or g in found)
        )
        return any(a <= start and end <= b for cover in covers for a, b in places[cover[1]])

    return {
        form
        for form in gold | found
        if places[form[1]] and all(inside_longer(place, form) for place in places[form[1]])
    }


def places_of(text: str, body: str) -> list[Place]:
    """Half-open offsets of every place of a form, as whole words; where it is never one (glued text), of any.

    "BRI" does not stand in "BRIN".
    """
    left = r"(?<!\w)" if re.match(r"\w", text) else ""
    right = r"(?!\w)" if re.search(r"\w\Z", text) else ""
    exact = re.escape(text)
    found = re.finditer(f"{left}{exact}{right}", body)
    return [match.span() for match in found] or [match.span() for match in re.finditer(exact, body)]


def _form_counts(gold: set[Form], found: set[Form]) -> dict[str, Counts]:
    by_label = {
        label: Counts(
            sum(form[0] == label for form in gold & found),
            sum(form[0] == label for form in found),
            sum(form[0] == label for form in gold),
        )
        for label in LABELS
    }
    return {MICRO: Counts(len(gold & found), len(found), len(gold)), **by_label}


def _gold_forms(path: PathLike) -> dict[str, set[Form]]:
    gold = {}
    for number, item in enumerate(read_jsonl(path), 1):
        key, mentions = item.get("id"), item.get("mentions")
        if not isinstance(key, str) or not isinstance(mentions, list):
            raise InputError(f"{path}, record {number}: id or mentions are missing: gold lines hold both")
        gold[key] = _forms(mentions, f"{path}, article {key!r}")
    return gold


def _forms(mentions: Iterable[Mention | Form], where: str) -> set[Form]:
    """The distinct (label, text) pairs; InputError for anything that is none."""
    forms = set()
    for each in mentions:
        pair = (each.label, each.text) if isinstance(each, Mention) else tuple(each)
        if len(pair) != 2 or pair[0] not in LABELS or not isinstance(pair[1], str) or not pair[1]:
            raise InputError(f"{where}: {pair!r} is no (label, text) with a label of {', '.join(LABELS)}")
        forms.add((pair[0], pair[1]))
    return forms
