"""Money, durations and quantities in Indonesian: `find_amounts` finds and normalises them in running text.

`resolve_amount` reads one phrase; `number_words` and `parse_number_words` turn integers into words and back;
`end_date` counts a duration on from a date.
"""

from sepaham.amounts.calendar import end_date
from sepaham.amounts.scan import find_amounts, resolve_amount
from sepaham.amounts.words import number_words, parse_number_words

__all__ = ["end_date", "find_amounts", "number_words", "parse_number_words", "resolve_amount"]
