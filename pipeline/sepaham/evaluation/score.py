"""Scores extracted agreements against gold, equal to the judge of the gold set to the last digit.

A gold article without an agreement counts as "no agreement found". Every score is micro precision, recall
and F1 over values; a slot that is empty on both sides counts for nothing. `compare.SLOTS` names them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sepaham.errors import InputError
from sepaham.evaluation.compare import SLOTS, Counts, align
from sepaham.evaluation.events import Event, ShapeError, read_event
from sepaham.evaluation.files import Ids, PathLike, articles_beside, each_chosen, read_bodies, read_jsonl
from sepaham.evaluation.report import ArticleFaults, Scores, fault_count, slot_scores, total, worst_first
from sepaham.records import Agreement

Raw = Mapping[str, Any]
_LISTS = ("parties", "commitments", "doc_types", "fields")
_OBJECTS = ("date", "venue", "value", "duration", "valid_until")
_CHECK_IT = "find all faults of the gold with check_gold and mend them"
_SHAPE_HELP = "give agreements with the keys and types of agreements.jsonl"


def score(
    gold_path: PathLike,
    agreements: PathLike | Iterable[Agreement | Raw],
    *,
    ids: Ids | None = None,
    articles: PathLike | None = None,
) -> Scores:
    """Scores agreements (a JSON Lines file, dicts as in `agreements.jsonl`, or records) against a gold file.

    `ids` limits it to some articles: `FILE:KEY`, a file with one id a line, or the ids themselves. `articles`
    is the articles file, by default `articles.jsonl` beside the gold.
    Raises InputError for a file that cannot be read, an agreement of the wrong shape or of an article that
    the gold does not hold, an id that the gold does not hold, and gold that lacks what scoring needs.
    """
    gold = read_gold(gold_path)
    keys = each_chosen(gold, ids, gold_path)
    bodies = read_bodies(articles or articles_beside(gold_path), keys)
    found = _found(agreements, gold, gold_path)
    counts = [_article_counts(gold[key], found[key], bodies[key], gold_path) for key in keys]
    return Scores(
        articles=len(keys),
        slots=slot_scores(counts, list(SLOTS)),
        faults=worst_first(
            ArticleFaults(
                article_id=key,
                count=fault_count(count, without=("commitment",)),
                gold=tuple(gold[key]["events"]),
                found=tuple(raw for raw, _ in found[key]),
            )
            for key, count in zip(keys, counts, strict=True)
        ),
        gold_sha256=file_sha256(gold_path),
    )


def file_sha256(path: PathLike) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def read_gold(path: PathLike) -> dict[str, dict[str, Any]]:
    """The gold lines by article id; InputError when one lacks `id`, `is_mou` or a list of `events`."""
    gold = {}
    for number, item in enumerate(read_jsonl(path), 1):
        events = item.get("events")
        if not isinstance(item.get("id"), str) or not isinstance(item.get("is_mou"), bool):
            raise InputError(f"{path}, record {number}: id or is_mou is missing: {_CHECK_IT}")
        if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            raise InputError(f"{path}, record {number}: events must be a list of objects: {_CHECK_IT}")
        gold[item["id"]] = item
    return gold


def _found(
    agreements: PathLike | Iterable[Agreement | Raw], known: Collection[str], gold_path: PathLike
) -> dict[str, list[tuple[Raw, Event]]]:
    """The agreements by article, as given and ready for comparison."""
    source = agreements if isinstance(agreements, str | Path) else "agreements"
    records = read_jsonl(agreements) if isinstance(agreements, str | Path) else agreements
    found: dict[str, list[tuple[Raw, Event]]] = defaultdict(list)
    for number, each in enumerate(records, 1):
        raw = each.model_dump(mode="json") if isinstance(each, Agreement) else each
        try:
            event = _read_agreement(raw)
        except ShapeError as error:
            raise InputError(f"{source}, record {number}: {error}: {_SHAPE_HELP}") from error
        if raw["article_id"] not in known:
            raise InputError(
                f"{source}, record {number}: {raw['article_id']!r} is not in {gold_path}: "
                "score agreements extracted from the gold's own articles"
            )
        found[raw["article_id"]].append((raw, event))
    return found


def _read_agreement(raw: Raw) -> Event:
    if fault := shape_fault(raw):
        raise ShapeError(fault)
    return read_event(raw, gold=False)


def shape_fault(agreement: Raw) -> str | None:
    """What is wrong with the shape of an agreement, or None."""
    if not isinstance(agreement, Mapping):
        return "an agreement must be an object"
    for key in ("article_id", *_LISTS):
        kind = str if key == "article_id" else list
        if not isinstance(agreement.get(key), kind):
            return f"{key} must be a {kind.__name__}"
    for key in _OBJECTS:
        if not isinstance(agreement.get(key), dict | None):
            return f"{key} must be an object or null"
    return _content_fault(agreement)


def _content_fault(agreement: Raw) -> str | None:
    if not all(isinstance(each, str) for key in ("doc_types", "fields") for each in agreement[key]):
        return "doc_types and fields hold strings"
    if not isinstance(agreement.get("subject"), str | None):
        return "subject must be a string or null"
    if not all(isinstance(party, dict) for party in agreement["parties"]):
        return "parties hold objects"
    hub = agreement.get("hub")
    if hub and hub not in [party.get("name") for party in agreement["parties"]]:
        return f"hub {hub!r} is no party's name"
    return None


def _article_counts(
    item: Raw, found: Sequence[tuple[Raw, Event]], body: str, gold_path: PathLike
) -> dict[str, Counts]:
    try:
        events = [read_event(event, gold=True) for event in item["events"]]
    except ShapeError as error:
        raise InputError(f"{gold_path}, article {item['id']!r}: {error}: {_CHECK_IT}") from error
    yes, said = int(item["is_mou"]), int(bool(found))
    slots = total(align(events, [event for _, event in found], body))
    return {**slots, "article": Counts(yes & said, said, yes)}
