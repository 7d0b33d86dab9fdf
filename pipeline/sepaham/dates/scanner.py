"""Finds the expressions of a text: scans for chunks, joins those that belong together, drops what is none."""

import re
from collections.abc import Callable
from dataclasses import replace

from sepaham.dates import builders, feasts, foreign, moments, relative
from sepaham.dates.lexer import Tokens
from sepaham.dates.names import in_name
from sepaham.dates.patterns import SCAN
from sepaham.dates.reading import Reading, Unit, Written, merged

_BUILDERS: dict[str, Callable[[Tokens, int, int], Reading | None]] = {
    "every": relative.every, "foreign": foreign.read, "dmy": builders.dmy, "numeric": builders.numeric,
    "dm": builders.day_and_month, "compact": builders.compact, "my": builders.month_year,
    "hijri": builders.hijri, "feast": feasts.read, "ago": relative.ago, "span": relative.span,
    "first_of": relative.first_of, "turn": relative.turn, "nth_day": relative.nth_day,
    "decade": builders.decade, "fiscal": builders.fiscal, "years": builders.years, "year": builders.year,
    "weekend": relative.weekend, "unit": relative.unit, "bare_unit": relative.bare_unit,
    "weekday": builders.weekday, "later": moments.later, "day_of_month": builders.day_of_month,
    "clock": moments.clock, "night": moments.night, "today": moments.today, "moment": moments.moment,
    "adverb": moments.adverb, "local": moments.local, "month": builders.month, "part": relative.part,
    "toward": relative.toward,
}  # fmt: skip
# Chunks that are no date: what they cover is not looked at again.
_TRAPS = frozenset(("citation", "number"))

_GAP = re.compile(r",? ?|,? ?\( ?| ?\),? ?|(?: ?/ ?| (?:&|[xY] v) )(?:T )?|, ?T ")
_UNTIL = re.compile(r" ?\)? ?[-~] ?(?:v )?(?:T )?")
_OPENING, _CLOSING = re.compile(r"\( ?$"), re.compile(r" ?\)")


def readings(tokens: Tokens, *, loose: bool = False) -> list[Reading]:
    """The date expressions in order; with `loose` also those that are too weak in running text."""
    kept: list[Reading] = []
    for joined in _paired(tokens, _joined(tokens)):
        reading = _trimmed(tokens, joined)
        sure = loose or not (reading.weak or in_name(tokens, reading))
        if sure and reading.filled() - {"toward", "part"}:
            kept.append(reading)
    return kept


def _chunks(tokens: Tokens) -> list[Reading]:
    found: list[Reading] = []
    at = 0
    while match := SCAN.search(tokens.classes, at):
        kind = match.lastgroup or ""
        if kind in _TRAPS:
            at = match.end()
            continue
        reading = _BUILDERS[kind](tokens, match.start(), match.end())
        at = match.start() + 1
        if reading is not None:
            found.append(reading)
            at = max(at, reading.end)
    return found


def _joined(tokens: Tokens) -> list[Reading]:
    result: list[Reading] = []
    for reading in _chunks(tokens):
        both = _join(tokens, result[-1], reading) if result else None
        if both:
            result[-1] = both
        else:
            result.append(reading)
    return result


def _join(tokens: Tokens, left: Reading, right: Reading) -> Reading | None:
    if right.start - left.end > 8:
        return None
    gap = tokens.classes[left.end : right.start]
    if not _GAP.fullmatch(gap) or not _fits(left, right, gap):
        return None
    both = merged(left, right)
    if both and left.rule == "moment" and left.moment == "NI" and right.weekday:
        return replace(both, eve=True)
    if both and (right.rule in ("toward", "that") or (left.weekday and right.first)):
        return replace(both, weak=False)
    return both


def _fits(left: Reading, right: Reading, gap: str) -> bool:
    """Whether the gap may stand inside one expression, given what it divides."""
    if left.clock or right.clock or left.vague or right.vague or right.every or right.rule == "part":
        return False
    if right.rule in ("toward", "that"):
        return gap == " " and _takes_direction(left, right)
    if (right.from_event or right.rule == "compact") and left.weekday is None:
        return False
    if right.weekday and right.weak:
        return False
    if left.rule in ("toward", "that") or (left.from_event and right.rule != "local time"):
        return False
    if left.rule == "part":
        return gap == " " and _has_thirds(right)
    if right.hijri or left.hijri:
        return _dates_one_day(left, right, gap)
    return _fits_plain(left, right, gap)


def _dates_one_day(left: Reading, right: Reading, gap: str) -> bool:
    """Whether one is a Hijri day and the other a day of our calendar: `7 Juli 2024/1 Muharram 1446 H`."""
    if gap.strip() == "" or ("named" in (left.rule, right.rule) and not set(gap) & set("/(")):
        return False
    ours, theirs = (left.first, right.hijri) if right.hijri else (right.first, left.hijri)
    return bool(ours and ours[2] and theirs and theirs[2])


def _fits_plain(left: Reading, right: Reading, gap: str) -> bool:
    for sign, fits in (("(", _in_brackets), (")", _after_bracket), ("/", _after_slash), (",", _after_comma)):
        if sign in gap:
            return fits(left, right) and not (sign == ")" and "," in gap)
    return gap == " " and _follows(left, right)


def _in_brackets(left: Reading, right: Reading) -> bool:
    """`Senin (3/6)`, `waktu setempat (10/2/2026)`, `tahun lalu (2023)`."""
    if right.first is None or left.first is not None:
        return False
    if left.weak and left.weekday is None and left.rule != "local time":
        return False
    return _is_day(right) or (left.shift is not None and left.shift[0] in ("month", "year"))


def _after_bracket(left: Reading, right: Reading) -> bool:
    """`Senin (3/6) malam`."""
    return right.rule in ("moment", "local time") and _is_day(left)


def _after_slash(left: Reading, right: Reading) -> bool:
    """`Jumat/10 Mei 2024`."""
    return left.weekday is not None and right.first is not None and _is_day(right)


def _after_comma(left: Reading, right: Reading) -> bool:
    """`Senin, 3 Juni 2024`, `hari ini, Jumat`, `Senin, pekan lalu`."""
    if left.weekday and right.shift and right.shift[0] == "week":
        return True
    told = left.weekday is not None or (left.shift is not None and left.shift[0] == "day")
    return told and (right.first is not None or right.weekday is not None) and _is_day(right)


def _follows(left: Reading, right: Reading) -> bool:
    """`Rabu siang`, `kemarin sore`, `Maret tahun lalu`, `pekan pertama Maret`."""
    if (left.rule == "moment" and right.first) or (left.nth and right.part):
        return False
    if left.first and (right.weekday or right.nth or right.span):
        return False
    if left.first and right.shift and _stands_alone(left.first, right.shift[0]):
        return False
    if right.rule in ("moment", "local time"):
        return left.every or left.moment is not None or _is_day(left)
    return True


def _stands_alone(first: Written, unit: Unit) -> bool:
    """Whether a written date takes no relative word after it: "2019-2024 kemarin", "3 Maret pekan ini"."""
    return first[0] is not None or unit not in ("month", "year")


def _is_day(reading: Reading) -> bool:
    """Whether the reading tells a day and not a month or a year."""
    return bool(
        reading.weekday
        or (reading.first and reading.first[2])
        or (reading.shift and reading.shift[0] == "day")
    )


def _takes_direction(left: Reading, right: Reading) -> bool:
    if left.shift or left.span or left.from_event:
        return False
    if left.nth:
        return left.first is None and left.toward is None and left.nth[0] == "month" and right.toward == 0
    if left.first:
        return left.first[0] is None and right.rule == "toward"
    return left.weekday is not None or left.moment is not None or left.hijri is not None


def _has_thirds(right: Reading) -> bool:
    if right.first:
        return right.first[2] is None
    return bool(right.hijri or right.nth or (right.shift and right.shift[0] not in ("day", "weekend")))


def _paired(tokens: Tokens, found: list[Reading]) -> list[Reading]:
    """Joins two expressions that are the ends of one range."""
    result: list[Reading] = []
    for reading in found:
        before = result[-1] if result else None
        both = None
        if (
            before
            and reading.start - before.end <= 8
            and _UNTIL.fullmatch(tokens.classes, before.end, reading.start)
        ):
            both = _range(before, reading)
        if both:
            result[-1] = both
        else:
            result.append(reading)
    return result


def _range(left: Reading, right: Reading) -> Reading | None:
    """`1 Maret s.d. 3 Maret 2024`, `Januari-Juli 2023`, `Senin (3/6) hingga Rabu (5/6)`."""
    if left.last or right.last or not left.first or not right.first:
        return None
    if (left.filled() ^ right.filled()) - {"shift", "toward", "part"} or left.filled() - right.filled() - {
        "part"
    }:
        return None
    if right.shift and right.first[0] is not None:
        return None
    first, last = _completed(left.first, right.first), right.first
    if [part is None for part in first] != [part is None for part in last] or not _ascends(first, last):
        return None
    days = (left.weekday[0], right.weekday[1]) if left.weekday and right.weekday else None
    rule = f"{left.rule} to {right.rule}"
    weak = left.weak and right.weak
    return replace(
        right, start=left.start, rule=rule, first=first, last=last, weekday=days, weak=weak, part=None
    )


def _ascends(first: Written, last: Written) -> bool:
    """Whether the first date lies before the last; without a year the end may lie in the next one."""
    if first[0] is None:
        return first[1:] != last[1:]
    return [part or 0 for part in first] < [part or 0 for part in last]


def _completed(first: Written, last: Written) -> Written:
    year, month, day = first
    if year is None and last[0] is not None:
        wraps = month is not None and last[1] is not None and month > last[1]
        year = last[0] - wraps
    return year, month, day


def _trimmed(tokens: Tokens, reading: Reading) -> Reading:
    """Takes in brackets around or at the end; leaves out "tanggal" before a day and month."""
    start, end, weak = reading.start, reading.end, reading.weak
    if tokens.classes[start] == "T" and (reading.hijri or (reading.first and reading.first[1])):
        start = next((i for i in range(start, end) if tokens.classes[i] in "14"), start)
    after = _CLOSING.match(tokens.classes, end)
    inside = tokens.classes[start:end]
    if after and inside.count("(") > inside.count(")"):
        end = after.end()
    elif after and reading.rule in ("numeric", "day/month"):
        before = _OPENING.search(tokens.classes, max(start - 2, 0), start)
        if before:
            start, end, weak = before.start(), after.end(), False
    return replace(reading, start=start, end=end, weak=weak)
