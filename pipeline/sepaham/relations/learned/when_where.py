"""When and where it was signed: every date and every place judged, the likeliest kept."""

from collections.abc import Iterator
from dataclasses import dataclass

from sepaham.records import DateValue, Mention
from sepaham.relations.learned.chances import logit
from sepaham.relations.learned.judge import Judge
from sepaham.relations.learned.reading import Reading
from sepaham.relations.venue import Found, at_a_place, build_venue, find_venue
from sepaham.relations.when import bounds_something, date_fact, find_date, of_a_statement
from sepaham.relations.zones import outer

_PLACES = ("FAC", "GPE", "LOC", "ORG")
_FAINT = 0.08  # a place that the encoder gives less, and the rules do not see, is no candidate
_RUN = 0.4  # words of at least this chance, side by side, are a place of their own
_FAR = 40


@dataclass
class DateCandidate:
    """A date of the article with its features."""

    date: DateValue
    features: dict[str, float]


@dataclass
class VenueCandidate:
    """A place of the article with its features."""

    found: Found
    features: dict[str, float]


def date_candidates(reading: Reading) -> list[DateCandidate]:
    """The dates of the article, not those that only name an hour or a length of time."""
    dates = [d for d in reading.view.document.dates if d.timex in ("DATE", "TIME") and reading.tells(d.start)]
    rule = find_date(reading.view, reading.triggers) if reading.triggers else None
    scores = [reading.chances.of(d.start, d.end, "date") for d in dates]
    top = max(scores, default=0.0)
    found = []
    for number, (date, score) in enumerate(zip(dates, scores, strict=True)):
        sentence = reading.view.at(date.start)
        found.append(
            DateCandidate(
                date,
                {
                    "date": logit(score),
                    "behind": logit(score) - logit(top),
                    "rule": float(rule is not None and rule.date.start == date.start),
                    "no_rule": float(rule is None),
                    "said": float(sentence is not None and of_a_statement(sentence, date)),
                    "trigger": reading.trigger_score.get(sentence.index, 0.0) if sentence else 0.0,
                    "near_trigger": float(_beside(reading, date.start)),
                    f"precision_{date.precision}": 1.0,
                    "first": float(number == 0),
                    "only": float(len(dates) == 1),
                    "deep": min(sentence.index, _FAR) / _FAR if sentence else 1.0,
                    "no_value": float(date.value is None),
                },
            )
        )
    return found


def possible_dates(reading: Reading) -> list[DateCandidate]:
    """The candidates without days on which something begins or ends, and without those that are years away:
    nothing is signed then."""
    published = reading.view.document.article.published
    last = int(published[:4]) + 1 if published else None
    return [
        item
        for item in date_candidates(reading)
        if (last is None or item.date.value is None or int(item.date.value[:4]) <= last)
        and not _bounds(reading, item.date)
    ]


def _bounds(reading: Reading, date: DateValue) -> bool:
    sentence = reading.view.at(date.start)
    return sentence is not None and bounds_something(sentence, date)


def dates_ahead(reading: Reading) -> list[DateCandidate]:
    """The candidates for a planned signing: none before the publication, as the day on which a plan is told
    is not that on which it is carried out."""
    published = reading.view.document.article.published
    found = possible_dates(reading)
    if not published:
        return found
    told = [(item, date_fact(item.date, published, "planned").upper) for item in found]
    return [item for item, upper in told if upper is None or upper >= published[:10]]


def _beside(reading: Reading, offset: int) -> bool:
    number = reading.sentence_of(offset)
    return any(abs(number - index) == 1 for index in reading.trigger_score)


def venue_candidates(reading: Reading) -> list[VenueCandidate]:
    """The places of the article that the encoder or the rules take for a venue."""
    rule = find_venue(reading.view, reading.triggers) if reading.triggers else None
    spans: dict[tuple[int, int], Found] = {}
    for found in [*_chains(reading), *_runs(reading)]:
        if reading.tells(found.start):
            spans.setdefault((found.start, found.end), found)
    if rule and reading.tells(rule.start):
        spans[(rule.start, rule.end)] = rule
    scores = {span: reading.chances.of(*span, "venue") for span in spans}
    top = max(scores.values(), default=0.0)
    made = []
    for span, found in sorted(spans.items()):
        sentence = reading.view.at(span[0])
        made.append(
            VenueCandidate(
                found,
                {
                    "venue": logit(scores[span]),
                    "behind": logit(scores[span]) - logit(top),
                    "edge": logit(_edge(reading, *span)),
                    "rule": float(rule is not None and (rule.start, rule.end) == span),
                    "rule_meets": float(rule is not None and rule.start < span[1] and span[0] < rule.end),
                    "no_rule": float(rule is None),
                    "at": float(sentence is not None and at_a_place(sentence, span[0])),
                    "named": float(found.venue.name is not None),
                    "city": float(found.venue.city is not None),
                    "trigger": reading.trigger_score.get(sentence.index, 0.0) if sentence else 0.0,
                    "near_trigger": float(_beside(reading, span[0])),
                    "title": float(sentence is not None and sentence.in_title),
                    "words": min(12.0, len(found.venue.text.split())),
                    "deep": min(sentence.index, _FAR) / _FAR if sentence else 1.0,
                },
            )
        )
    return made


def _edge(reading: Reading, start: int, end: int) -> float:
    """The chance of the words right beside the span: high where the span is cut short."""
    part = reading.chances.inside(start, end)
    column = reading.chances.column("venue")
    beside = [column[n] for n in (part.start - 1, part.stop) if 0 <= n < len(column)]
    return float(max(beside, default=0.0))


def _chains(reading: Reading) -> Iterator[Found]:
    """Hall, building, town, province, joined from each place on that is likely or stands behind "di"."""
    for sentence in reading.view.sentences:
        mentions = outer(sentence.labelled(*_PLACES, "ROLE", "PER"))
        for index, mention in enumerate(mentions):
            if mention.label not in _PLACES:
                continue
            likely = reading.chances.of(mention.start, mention.end, "venue") > _FAINT
            if likely or (sentence.index in reading.trigger_score and at_a_place(sentence, mention.start)):
                yield build_venue(reading.view, mentions[index:], "venue_judged")


def _runs(reading: Reading) -> Iterator[Found]:
    """Words side by side that the encoder takes for the venue, with the places named in them."""
    column = reading.chances.column("venue")
    words = reading.chances.words
    first = None
    for n in range(len(words) + 1):
        inside = n < len(words) and column[n] >= _RUN
        if inside and first is None:
            first = n
        if not inside and first is not None:
            yield from _run(reading, words[first][0], words[n - 1][1])
            first = None


def _run(reading: Reading, start: int, end: int) -> Iterator[Found]:
    places = [m for m in reading.mentions if m.label in _PLACES and start <= m.start and m.end <= end]
    if not places or "\n" in reading.view.text[start:end]:
        return
    inner = outer(places)
    whole = Mention(start=start, end=end, label="FAC", text=reading.view.text[start:end], source="run")
    found = build_venue(reading.view, [whole, *[m for m in inner if m.start >= end]], "venue_judged")
    named = next((m.text for m in inner if m.label in ("FAC", "ORG")), None)
    city = found.venue.city or next(
        (c for m in inner if m.label == "GPE" and (c := build_venue(reading.view, [m], "").venue.city)), None
    )
    yield Found(found.venue.model_copy(update={"name": named, "city": city}), start, found.end, found.rule)


def best_date(items: list[DateCandidate], judge: Judge) -> tuple[DateCandidate, float] | None:
    """The likeliest date with its chance, where that reaches the judge's bar."""
    ranked = [(item, judge.chance(item.features)) for item in items]
    return max(ranked, key=lambda r: (r[1], -r[0].date.start), default=None)


def best_venue(items: list[VenueCandidate], judge: Judge) -> tuple[VenueCandidate, float] | None:
    """The likeliest place with its chance."""
    ranked = [(item, judge.chance(item.features)) for item in items]
    return max(ranked, key=lambda r: (r[1], -r[0].found.start), default=None)
