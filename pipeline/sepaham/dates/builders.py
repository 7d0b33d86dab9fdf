"""Turns a chunk that says a day, month or year into a `Reading`; None where its surroundings deny it."""

import re
from dataclasses import replace

from sepaham.dates import feasts
from sepaham.dates.lexer import Tokens, numbers, spoken, word_set
from sepaham.dates.reading import Reading, Written

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_DATED = re.compile(r",? ?\(? ?1(?:/1| M)")
_GOES_ON = re.compile(r"[/:-]?\d|[.,]\d|/|-\w")


def full_year(number: int) -> int:
    """A year of two digits as newspapers mean it (70 to 99 are of the last century); others stay."""
    return number if number > 99 else number + (1900 if number >= 70 else 2000)


def _written(
    start: int, end: int, rule: str, days: list[int], month: int | None, year: int | None
) -> Reading | None:
    if not days or not all(1 <= day <= 31 for day in days) or not 1 <= (month or 1) <= 12:
        return None
    if len(days) > 1 and days[0] >= days[-1]:
        return None
    last = (year, month, days[-1]) if len(days) > 1 else None
    return Reading(start, end, rule, first=(year, month, days[0]), last=last)


def dmy(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`12 Maret 2024`, `12-13 Maret`, `tanggal 9 bulan Maret tahun 2023`, `5 Mei 24`, `dua belas Maret`."""
    at = next(i for i in range(start, end) if tokens.classes[i] in "Mm")
    month = numbers(tokens, at, at + 1, "Mm")[0]
    days = numbers(tokens, start, at, "1") or [spoken(tokens, start, at)]
    years = numbers(tokens, at, end, "14") or [spoken(tokens, at, end)]
    return _written(start, end, "day month", days, month, full_year(years[0]) if years[0] else None)


def numeric(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`26/04/24`, `26-4-2024`, `2024-04-26`, `11-12/3/2024`, `30/4-2/5/2024`."""
    found = numbers(tokens, start, end, "14")
    shape = (
        re.sub("[T .]", "", tokens.classes[start:end]) if "1.1" not in tokens.classes[start:end] else "1/1/4"
    )
    shape = shape.replace("//", "/").replace("~", "-").replace("&", "-")
    if shape[0] == "4" or tokens.classes[start] == "4":
        return _written(start, end, "iso", found[2:], found[1], found[0])
    if re.fullmatch(r"1-1/1(/[14])?", shape):
        year = full_year(found[3]) if len(found) > 3 else None
        return _written(start, end, "numeric range", found[:2], found[2], year)
    if re.fullmatch(r"1/1(/[14])?-1/1(/[14])?", shape):
        return _across(start, end, shape, found)
    if len(tokens.raw(end - 1)) < 2:
        return None
    return _numeric_day(start, end, found)


def _across(start: int, end: int, shape: str, found: list[int]) -> Reading | None:
    """Two numeric days; the year of the second holds for the first unless the year turns between them."""
    size = shape.index("-") // 2 + 1
    left, right = found[:size], found[size:]
    year = full_year(right[2]) if len(right) > 2 else None
    first_year = year - (left[1] > right[1]) if year is not None else None
    if len(left) > 2:
        first_year = full_year(left[2])
    if not all(1 <= day <= 31 for day in (left[0], right[0])) or not all(
        1 <= m <= 12 for m in (left[1], right[1])
    ):
        return None
    first: Written = (first_year, left[1], left[0])
    return Reading(start, end, "numeric range", first=first, last=(year, right[1], right[0]))


def _numeric_day(start: int, end: int, found: list[int]) -> Reading | None:
    first, second, year = found[0], found[1], full_year(found[2])
    if not 1500 <= year <= _LAST_YEAR:
        return None
    if 12 < second <= 31 and 1 <= first <= 12:
        # Month first is no Indonesian order: it stands only if a weekday confirms it.
        return Reading(start, end, "month first", first=(year, first, second), swapped=True, weak=True)
    return _written(start, end, "numeric", [first], second, year)


def day_and_month(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`5/6`: weak unless a word or bracket shows that it is no fraction."""
    found = numbers(tokens, start, end, "1")
    reading = _written(start, end, "day/month", found[:1], found[1], None)
    if reading is None:
        return None
    weak = tokens.classes[start] != "T" and tokens.word(start - 2) != "pada"
    return Reading(start, end, reading.rule, first=reading.first, weak=weak)


def compact(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`Senin (20102025)`: a date that lost its signs; the weekday before it says where they stood."""
    at = [i for i in range(max(start - 4, 0), start) if tokens.classes[i] in "WG"]
    weekdays = [_weekday_number(tokens, i) for i in at]
    digits = tokens.raw(start)
    if not weekdays:
        return None
    year, rest = int(digits[-4:]), digits[:-4]
    for cut in (2, 1) if len(rest) == 3 else (2,):
        reading = _written(start, end, "compact", [int(rest[:cut])], int(rest[cut:]), year)
        if reading and _FIRST_YEAR <= year <= _LAST_YEAR and feasts.weekday_of(reading.first) == weekdays[-1]:
            return replace(reading, weak=True)
    return None


def month_year(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`Mei 2024`, `bulan Mei tahun 2024`."""
    *found, year = numbers(tokens, start, end, "Mm14")
    if year < 100 and tokens.classes[end - 2] in "-/'":
        year = full_year(year)
    if not 1000 <= year <= _LAST_YEAR:
        return None
    first, last = (year, found[0], None), (year, found[-1], None)
    if found[0] > found[-1]:
        first = (year - 1, found[0], None)
    return Reading(start, end, "month year", first=first, last=last if len(found) > 1 else None)


def month(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`Agustus`, `bulan Mei`; not `Mei` as a name. An abbreviation alone is no month."""
    at = next(i for i in range(start, end) if tokens.classes[i] in "Mm")
    if tokens.classes[at] == "m" and at == start:
        return None
    weak = at == start and may_be_name(tokens, at)
    return Reading(start, end, "month", first=(None, numbers(tokens, at, at + 1, "Mm")[0], None), weak=weak)


def may_be_name(tokens: Tokens, at: int) -> bool:
    """Whether the month at `at`, which stands alone, may be a person's name or a common word."""
    before = tokens.word(at - 2)
    if before in word_set("names"):
        return True
    if not tokens.raw(at)[0].isupper():
        return before not in word_set("leads")
    if before in word_set("leads") or tokens.classes[max(at - 1, 0) : at] == "-":
        return False
    after = tokens.classes[at + 1 : at + 3]
    if after == " Y":
        return True
    if tokens.word(at) not in word_set("name_months"):
        return False
    return tokens.classes[max(at - 2, 0) : at] == "Y " or (_opens(tokens, at) and after == " x")


def _opens(tokens: Tokens, at: int) -> bool:
    """Whether a token opens a sentence."""
    before = tokens.classes[max(at - 2, 0) : at].rstrip()
    return not before or before[-1] in ".?:()'" or "\n" in tokens.raw(at - 1)


def year(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`2024`, `tahun 2024`; not a count, a price or a part of a number."""
    number = numbers(tokens, start, end, "4")[0]
    if _GOES_ON.match(tokens.classes, end) or not _first_year(tokens, start, end) <= number <= _LAST_YEAR:
        return None
    if tokens.classes[start] == "4" and _is_count(tokens, start, end):
        return None
    return Reading(start, end, "year", first=(number, None, None))


def _first_year(tokens: Tokens, start: int, end: int) -> int:
    """The least number that counts as a year: lower where "tahun" or "sejak" leads to it or it is alone."""
    alone = end - start == len(tokens.classes)
    led = tokens.classes[start] == "A" or alone or tokens.word(start - 2) in word_set("leads")
    return 1000 if led else _FIRST_YEAR


def _is_count(tokens: Tokens, start: int, end: int) -> bool:
    if tokens.classes[end : end + 1] == " " and tokens.word(end + 1) in word_set("counted"):
        return True
    before = tokens.word(start - 1).strip() or tokens.word(start - 2)
    return before in word_set("counting") or tokens.classes[max(start - 1, 0) : start] in ("+", "?", "-", "'")


def years(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`2024-2029`, `tahun 1990 hingga 2023`."""
    first, last = numbers(tokens, start, end, "4")
    if not _first_year(tokens, start, end) <= first < last <= _LAST_YEAR or _GOES_ON.match(
        tokens.classes, end
    ):
        return None
    if tokens.classes[start] == "4" and _is_count(tokens, start, end):
        return None
    return Reading(start, end, "years", first=(first, None, None), last=(last, None, None))


def decade(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`1990-an`, `dekade 70-an`, `abad ke-13`."""
    found = numbers(tokens, start, end, "14rO")
    if tokens.values[start] == "century":
        number = found[0] if found else feasts.roman(tokens.raw(end - 1))
        if not number or not 1 <= number <= 21:
            return None
        return Reading(
            start, end, "century", first=(100 * number - 99, None, None), last=(100 * number, None, None)
        )
    if not found or found[0] % 10 or tokens.word(end - 1) != "an":
        return None
    first = found[0] if found[0] > 99 else 1900 + found[0]
    return Reading(start, end, "decade", first=(first, None, None), last=(first + 9, None, None))


def fiscal(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`tahun anggaran 2025`, `tahun ajaran 2023/2024`."""
    found = numbers(tokens, start, end, "14")
    first, last = found[0], found[-1]
    if last < 100:
        last += first // 100 * 100
    longest = 9 if "-" in tokens.classes[start:end] else 1
    bare = tokens.classes[start] == "4" and last != first + 1
    if bare or not _FIRST_YEAR <= first <= last <= min(first + longest, _LAST_YEAR):
        return None
    return Reading(
        start,
        end,
        "fiscal year",
        first=(first, None, None),
        last=(last, None, None) if last > first else None,
    )


def weekday(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`Rabu`, `hari Minggu`, `Senin Kliwon`, `Senin-Selasa`."""
    at = [i for i in range(start, end) if tokens.classes[i] in "WG"]
    if any(tokens.classes[i] == "G" and not is_sunday(tokens, i) for i in at):
        return None
    days = [_weekday_number(tokens, i) for i in at]
    # In lower case "minggu" is a day only together with the date that follows it.
    weak = tokens.classes[start] == "G" and not tokens.raw(start)[0].isupper() and not _is_eve(tokens, start)
    return Reading(start, end, "weekday", weekday=(days[0], days[-1]), weak=weak)


def _weekday_number(tokens: Tokens, at: int) -> int:
    return 6 if tokens.classes[at] == "G" else numbers(tokens, at, at + 1, "W")[0]


def is_sunday(tokens: Tokens, at: int) -> bool:
    """Whether "minggu" is the day and not the week: "hari" or a capital says so, a name or count denies."""
    before = tokens.classes[max(at - 2, 0) : at]
    if before in ("h ", "W-") or (before == "P " and _is_eve(tokens, at)):
        return True
    if before[:1] in ("1", "Q", "O", "%") or tokens.word(at - 2) in word_set("names"):
        return False
    if _DATED.match(tokens.classes, at + 1):
        return True
    return tokens.raw(at)[0].isupper() and tokens.word(at - 2) != "per"


def _is_eve(tokens: Tokens, at: int) -> bool:
    """`malam minggu`, Saturday night; but in `Rabu malam minggu lalu` the part of the day belongs to Rabu."""
    told = tokens.classes[at - 4] if at >= 4 else "x"
    glued = at >= 3 and tokens.classes[at - 3].isalnum()
    return tokens.word(at - 2) == "malam" and not glued and told not in "WG)14"


def day_of_month(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`tanggal 5`."""
    return _written(start, end, "day of month", numbers(tokens, start, end, "1"), None, None)


def hijri(tokens: Tokens, start: int, end: int) -> Reading | None:
    """`1 Muharram 1446 H`, `bulan Ramadan`, `1446 H`."""
    classes = tokens.classes[start:end]
    found, days = numbers(tokens, start, end, "4"), numbers(tokens, start, end, "1")
    number = feasts.hijri_month(tokens, start, end)
    if number is None and not classes.endswith("a"):
        return None
    if found and not 1 <= found[0] <= 1600:
        # The year is one of ours ("Ramadan 2024"): it stays outside.
        kept = classes[: classes.index("4")].rstrip(" ,")
        if number is None:
            return None
        end, found = start + len(kept), []
    led = tokens.classes[start] == "B" or tokens.word(start - 2) in word_set("leads")
    weak = number is not None and not found and not days and not led
    written: Written = (found[0] if found else None, number, days[0] if days else None)
    return Reading(start, end, "hijri", hijri=written, weak=weak)
