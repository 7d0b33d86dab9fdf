"""What comes out may not hang on the order of a set, which is another one in each process."""

import pytest

from sepaham.records import Article, Document, Mention
from sepaham.relations.context import View
from sepaham.relations.people import People

FIRST_NAMES = ("Andi", "Beni", "Citra", "Dodo", "Eka", "Fajar", "Gita", "Hadi", "Iwan", "Joko")


@pytest.mark.parametrize("surname", ["Siregar", "Nasution", "Wibowo", "Tanuwijaya"])
def test_of_two_full_names_as_long_the_first_is_meant(surname):
    """ "Siregar" was Andi in one process and Beni in another, and with it the record of an article."""
    names = [f"{name} {surname}" for name in FIRST_NAMES if len(name) == 4]
    text = f"{', '.join(names)} dan {surname} hadir."
    starts = [text.index(name) for name in names]
    mentions = [
        Mention(start=start, end=start + len(name), label="PER", text=name)
        for start, name in zip(starts, names, strict=True)
    ]
    people = People(View(Document(article=Article(article_id="a", text=text), mentions=tuple(mentions))))
    assert people.full_name(surname) == names[0]
    assert [people.full_name(name) for name in names] == names
