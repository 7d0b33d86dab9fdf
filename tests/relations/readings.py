"""Articles with slot scores as an encoder gives them, for tests that need none."""

import numpy as np

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMN, COLUMNS, SlotScores
from sepaham.records import Article
from sepaham.relations.learned.reading import Reading

TITLE = "Sleman Gandeng Kampus Kelola Sampah"
TEXT = (
    "Bupati Sleman Rini Astuti dan Rektor Universitas Tirta Negara Joko Priyono menandatangani nota "
    "kesepahaman tentang pengelolaan sampah terpadu di Pendopo Parasamya, Sleman, Senin (3/6/2024). "
    "Universitas Tirta Negara akan melatih kader lingkungan di tiap desa. "
    "Kepala Dinas Lingkungan Hidup Kabupaten Sleman Budi Santosa menyebut volume sampah terus naik."
)
SLOTS = {
    "party": ["Bupati Sleman", "Universitas Tirta Negara"],
    "signer": ["Bupati Sleman", "Rini Astuti", "Rektor Universitas Tirta Negara", "Joko Priyono"],
    "date": ["Senin (3/6/2024)"],
    "venue": ["Pendopo Parasamya, Sleman"],
    "subject": ["pengelolaan sampah terpadu"],
    "commitment": ["pengelolaan sampah terpadu", "melatih kader lingkungan di tiap desa"],
    "state_signed": ["nota kesepahaman"],
    "field_environment": ["nota kesepahaman"],
    "type_mou": ["nota kesepahaman"],
}
TWO = (
    "Pemerintah Kota Bogor menandatangani nota kesepahaman dengan Universitas Tirta Negara, "
    "Senin (3/6/2024). Isinya pengelolaan sampah. Pada hari lain, Pemerintah Kota Bogor meneken "
    "perjanjian kerja sama dengan PT Sinar Rejeki, Rabu (5/6/2024). Perusahaan itu membangun pasar."
)


def document(text=TEXT, title=TITLE):
    return tag(Article(article_id="a", text=text, title=title, published="2024-06-04"))


def scores(body, filled=SLOTS, sure=5.0):
    """Slot scores as an encoder gives them that is sure of `filled`."""
    words = words_of(body)
    logits = np.full((len(words), len(COLUMNS)), -sure, dtype=np.float32)
    for name, forms in filled.items():
        for form in forms:
            start = body.find(form)
            while start >= 0:
                inside = [n for n, (a, b) in enumerate(words) if a < start + len(form) and start < b]
                logits[inside, COLUMN[name]] = sure
                if f"{name}_begin" in COLUMN:
                    logits[inside[0], COLUMN[f"{name}_begin"]] = sure
                start = body.find(form, start + 1)
    return SlotScores(words, logits)


def reading(text=TEXT, title=TITLE, filled=SLOTS):
    found = document(text, title)
    return Reading(found, scores(found.text, filled))
