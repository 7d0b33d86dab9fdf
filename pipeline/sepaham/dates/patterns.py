"""The grammar: one pattern over class strings (see `lexer`) whose named groups are the kinds of chunks.

A chunk is the smallest piece of an expression ("Rabu", "siang", "pekan ini", "5/6"); `scanner` joins them.
Every repetition is bounded, so that scanning is linear in the length of the text.
"""

import re

# lalu, yang lalu, depan, yang akan datang, kemarin, ini; itu, sebelumnya, berikutnya
DIRECTION = r"(?:(?:y )?[LF]|(?:y )?f c|y c|[RIisb])"
_SPOKEN = r"(?:Q z Q|Q z|Q)"
_COUNT = rf"(?:1|{_SPOKEN}|%)"
_COUNTS = rf"{_COUNT}(?:(?: ?[-&] ?| ~ ){_COUNT})?"
_UNIT = r"[hwBAGu]"
_DAYS = r"(?:1(?: ?[-~] ?| ~ v )1|1(?:, ?1){0,5},? & 1|1)"
_MONTH = r"(?:B )?(?:M|m\.?)"
# "2024", "tahun 2024", "-24", "'24"; two digits after a blank only where nothing follows them.
_YEAR = (
    r"(?:(?:,? ?| A |, A |[-/.])4(?![.,]\d|/1(?! [H^])|/[89]|-\d(?! ?[Mm]))(?!\w)"
    r"|[-/]1(?![\w/.-]| [Mm])| ?'1(?!\w)| 1(?=$|[),.;](?!\d)))"
)
_SUNDAY = r"[WG](?: C)?"
_TIME = r"1(?:[.:]1){1,2}"

_NUMERIC = "|".join(
    (
        r"1 ?[-~&] ?1/1(?:/(?:4|1))?",  # 11-12/3/2024
        r"1/1(?:/(?:4|1))? ?[-~] ?1/1(?:/(?:4|1))?",  # 30/4-2/5/2024
        r"1 ?//? ?1 ?//? ?(?:4|1)",  # 26/04/24
        r"1-1-(?:4|1)|1\.1\.4|1 - 1 - 4",
        r"4-1-1|4/1/1|4\.1\.1",
    )
)

_CHUNKS = {
    "every": rf"\* (?:{_COUNT} [hwBAGuj]|(?:h |T )?(?:{_DAYS}(?: {_MONTH})?|{_SUNDAY}|O)|e [wBA]|[hwBAGq]|"
    rf"{_MONTH}|P)"
    rf"(?:(?: ?[-~&,] ?|, ?& ){_SUNDAY}){{0,3}}",
    "foreign": r"1(?: ?| ?- ?)E\.?,? ?-? ?4|E\.? 1,? 4|[Mm]\.? 1, 4|E,? 4",
    "dmy": rf"(?:T\.? ?)?(?:{_DAYS} ?[-./]? ?|{_SPOKEN} ){_MONTH}(?: A Q z(?: {_SPOKEN})?|{_YEAR})?",
    "numeric": rf"(?:T\.? ?)?(?:{_NUMERIC})(?![.-]?\d|/\d(?! [H^]))(?!\w)",
    "dm": r"(?:T\.? ?)?1/1(?![/.,:-]?\d)(?!\w)",
    "compact": r"8(?![\w.,/-])",
    "my": rf"(?:{_MONTH} ?- ?)?{_MONTH}{_YEAR}",
    "hijri": r"(?:(?:T )?1 )?(?:B )?(?:H|\^ \w)(?:,? 4(?: ?a)?(?!\w))?|(?:A )?4 ?a(?!\w)",
    "feast": r"(?:h [xYt@=]|@|P A =|A =|E)(?:[ -][^\W\d]|[ -]?\d){0,6}",
    "citation": r"#\.? ?[^ \d]{0,12}\d\S{0,24}(?: A \d)?|\d A 4|\$\.? ?\d(?:[.,]\d){0,6}",
    "ago": rf"(?:{_COUNTS} {_UNIT}|S)(?: K)? (?:(?:y )?L|[sbg]|[{{}}](?: [xY](?: i)?)?)"
    r"|% K (?:y )?L|< > I|=-= I",
    "span": rf"(?:{_COUNTS} {_UNIT}|S) (?:l|o F|F|(?:y )?f c)",
    "first_of": rf"{_COUNT} [wBAGh] O",
    "turn": r"(?:[wGq] ?(?:O|l|o-?1|o -? ?1|r|1(?!\d|[.,/-]\d| (?!4|A (?:t )?4)\w)|e)|q1)"
    r"(?:(?: ?[-/]? ?|,? A (?:t )?)4(?![/.,-]\d))?",
    "nth_day": r"h O(?: [xY](?: 4)?)?",
    "decade": r"(?:[uA] )?4-?V|[uA] 1-?V|u (?:o ?- ?1|r|O|1|Y)",
    "fiscal": r"A t 4(?: ?[-/] ?(?:4|1))?|A 4/(?:4|1)|4/(?:4|1)(?![/\w-]|\.\d)",
    "years": r"(?:A )?4 ?[-~] ?4|(?:A )?4 ~ (?:v )?(?:A )?4",
    "year": r"(?:A )?4",
    "weekend": rf"e [wG](?: {DIRECTION})?",
    "unit": rf"[hwBAqGu] {DIRECTION}",
    "month": _MONTH,
    "bare_unit": r"e [BA](?! (?:y |f c|t |[LFRIisbMm4]))",
    "weekday": rf"(?:h )?{_SUNDAY}(?:(?: ?[-~&] ?| ~ (?:v )?)(?:h )?{_SUNDAY})?",
    "later": r"n d|R d|P d|n",
    "day_of_month": r"T\.? ?1(?![/.,:-]?\d)",
    "clock": rf"J\.? ?(?:{_TIME}|1|Q)(?: ?[-~] ?{_TIME})?(?: P| D h)?(?: Z)?|{_TIME}(?: ?[-~] ?{_TIME})? ?Z",
    "night": r"N",
    "today": r"X P|X D h|F P|P X|D h X|X",
    "moment": r"(?:D h|P(?: h(?! [IidsWG]))?)(?: Z)?(?!-\w)",
    "adverb": r"R(?: R| h(?! [WG]))?",
    "local": r"K (?:k|Z|Y(?: Y)?)|Z",
    "part": r"e",
    "toward": DIRECTION,
    "number": r"\d(?:[-.,:/]\d){1,12}",
}  # fmt: skip

# Nothing starts inside a run of letters and digits, nor a number after a decimal sign or a word's dash.
SCAN = re.compile(
    r"(?=[\w*%<=#$@^])(?![xYVvdgkloC])(?<![^\W_])(?<!\d[.,])(?:(?<!\w/)|(?<=W/)|(?=1 [H^]))(?<![xYr$#]-)(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _CHUNKS.items())
    + ")"
)
