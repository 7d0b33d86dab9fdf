"""Bodies whose name was cut short are no parties of their own."""

import numpy as np

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMNS, SlotScores
from sepaham.records import Article, Mention
from sepaham.relations.learned import parties
from sepaham.relations.learned.reading import Reading

TEXT = (
    "Pj Kabupaten Sidenreng Rappang meneken MoU dengan Pemkab Tangerang. Pemkab Sidenreng Rappang akan "
    "belajar pelayanan."
)


def test_an_office_with_half_a_region_is_that_of_the_region():
    found = tag(Article(article_id="a", text=TEXT, published="2024-04-27"))
    end = TEXT.index(" Rappang")
    cut = Mention(start=0, end=end, label="ROLE", text=TEXT[:end], confidence=0.6, source="encoder")
    others = [m for m in found.mentions if m.start >= end + 8]
    found = found.model_copy(update={"mentions": (cut, *others)})
    words = words_of(TEXT)
    slots = SlotScores(words, np.full((len(words), len(COLUMNS)), -3, dtype=np.float32))
    names = [c.body.name for c in parties.candidates(Reading(found, slots))]
    assert names.count("Pemerintah Kabupaten Sidenreng Rappang") == 1
    assert "Pemerintah Kabupaten Sidenreng" not in names
