"""The slot layer: its columns, its targets from gold, and a loss that passes over what gold leaves open."""

import numpy as np
import pytest

from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMN, COLUMNS, PAPER_COLUMNS, SPANS, STATE_COLUMNS, STATES
from sepaham.training.ner.gold import facts_of
from sepaham.training.ner.slots import slot_targets

BODY = (
    "Bupati Sleman Rini Astuti dan Universitas Tirta Negara meneken nota kesepahaman tentang pengelolaan "
    "sampah di Pendopo Parasamya, Senin (3/6/2024). Universitas Tirta Negara akan melatih kader."
)
GOLD = {
    "events": [
        {
            "status": "signed",
            "doc_types": ["mou"],
            "agreement_text": "nota kesepahaman",
            "subject": "pengelolaan sampah",
            "parties": [
                {
                    "texts": ["Bupati Sleman"],
                    "signatories": [{"name": "Rini Astuti", "role": "Bupati Sleman"}],
                },
                {"texts": ["Universitas Tirta Negara"], "signatories": []},
            ],
            "witnesses": [],
            "date": {"text": "Senin (3/6/2024)"},
            "venue": {"text": "Pendopo Parasamya"},
            "commitments": ["pengelolaan sampah", "melatih kader"],
            "fields": ["environment"],
            "value": None,
            "duration": None,
            "valid_until": None,
        }
    ],
    "mentions": [["DOC", "nota kesepahaman"], ["PER", "Rini Astuti"]],
}


def filled(targets, words, name):
    return " ".join(BODY[a:b] for (a, b), row in zip(words, targets, strict=True) if row[COLUMN[name]] == 1)


def test_columns_stand_side_by_side():
    assert len(set(COLUMNS)) == len(COLUMNS) == PAPER_COLUMNS.stop
    assert COLUMNS[STATE_COLUMNS] == tuple(f"state_{name}" for name in STATES)


def test_words_fill_the_slots_of_the_gold():
    words = words_of(BODY)
    targets = slot_targets(facts_of(BODY, GOLD), words)
    assert (
        filled(targets, words, "party") == "Bupati Sleman Universitas Tirta Negara Universitas Tirta Negara"
    )
    assert filled(targets, words, "signer") == "Bupati Sleman Rini Astuti"
    assert filled(targets, words, "date") == "Senin ( 3 / 6 / 2024 )"
    assert filled(targets, words, "commitment") == "pengelolaan sampah melatih kader"
    assert filled(targets, words, "commitment_begin") == "pengelolaan melatih"
    assert filled(targets, words, "state_signed") == "nota kesepahaman"


def test_states_and_fields_are_unknown_but_at_papers():
    words = words_of(BODY)
    targets = slot_targets(facts_of(BODY, GOLD), words)
    known = ~np.isnan(targets)
    assert known[:, : len(SPANS)].all()
    papers = known[:, STATE_COLUMNS].all(axis=1)
    assert [BODY[a:b] for (a, b), paper in zip(words, papers, strict=True) if paper] == [
        "nota",
        "kesepahaman",
    ]
    assert (known[:, PAPER_COLUMNS].all(axis=1) == papers).all()


def test_an_article_without_agreement_says_none_and_leaves_fields_open():
    gold = {"events": [], "mentions": [["DOC", "nota kesepahaman"]]}
    words = words_of(BODY)
    targets = slot_targets(facts_of(BODY, gold), words)
    assert filled(targets, words, "state_none") == "nota kesepahaman"
    assert np.isnan(targets[:, PAPER_COLUMNS]).all()
    assert (targets[:, : len(SPANS)] == 0).all()


def test_a_corpus_without_agreements_says_nothing():
    assert np.isnan(slot_targets(None, words_of(BODY))).all()


def test_the_loss_is_smallest_where_the_scores_follow_the_gold():
    torch = pytest.importorskip("torch", reason="torch is not installed: pip install 'sepaham[train]'")
    from sepaham.training.ner.losses import slot_loss

    words = words_of(BODY)
    targets = torch.from_numpy(slot_targets(facts_of(BODY, GOLD), words))
    right = torch.where(targets == 1, 8.0, -8.0)
    told = torch.ones(len(words), dtype=torch.bool)
    assert slot_loss(right, targets, told) < 0.05
    assert slot_loss(-right, targets, told) > 10
    assert slot_loss(right, torch.full_like(targets, float("nan")), told) == 0
