"""The word list holds together, and cues are found where they stand."""

import re
from itertools import combinations

import pytest

from sepaham import lexicon
from sepaham.gate.cues import GROUPS, REACH, find_cues, lowered, rules

ENTRIES = lexicon.toml("gate/cues.toml")["cue"]
PAIRS = list(zip(ENTRIES, rules(), strict=True))
IDS = [entry["name"] for entry in ENTRIES]


@pytest.mark.parametrize(("entry", "rule"), PAIRS, ids=IDS)
def test_examples_match_and_counter_examples_do_not(entry, rule):
    assert entry["examples"]
    assert entry["counter"]
    for example in entry["examples"]:
        assert rule.pattern.search(example), example
    for counter in entry["counter"]:
        assert not rule.pattern.search(counter), counter


@pytest.mark.parametrize(("entry", "rule"), PAIRS, ids=IDS)
def test_stems_lead_to_every_example(entry, rule):
    for example in entry["examples"]:
        assert any(stem in example for stem in rule.stems), example
    for stem, other in combinations(rule.stems, 2):
        assert stem not in other, f"{other!r} is never needed beside {stem!r}"


@pytest.mark.parametrize("rule", rules(), ids=IDS)
def test_patterns_are_bounded_and_lower_case(rule):
    escaped = re.sub(r"\\.", "", rule.pattern.pattern)
    assert not re.search(r"[*+]|\{\d+,\}", escaped), "an unbounded repetition can cost quadratic time"
    assert escaped == escaped.lower()
    assert all(stem == stem.lower() for stem in rule.stems)


def test_names_are_unique_and_all_groups_are_used():
    assert len(set(IDS)) == len(IDS)
    assert {rule.group for rule in rules()} == set(GROUPS)
    assert {rule.group for rule in rules() if rule.opens} == {"signing", "instrument"}


def test_cues_stand_at_their_offsets():
    text = "Camat Lumbung Kidul dan CV Tirta Asri MENEKEN Nota Kesepahaman (MoU) soal air bersih."
    found = [(hit.group, text[hit.start : hit.end]) for hit in find_cues(text)]
    assert ("signing", "MENEKEN") in found
    assert ("instrument", "Nota Kesepahaman") in found
    assert ("instrument", "MoU") in found
    assert find_cues(text) == sorted(find_cues(text))


def test_offsets_survive_letters_that_grow_in_lower_case():
    text = "İstanbul İzmir: wali kota menandatangani MoU"
    assert len(lowered(text)) == len(text)
    assert [text[hit.start : hit.end] for hit in find_cues(text)] == ["nandatangani", "MoU"]


def test_no_cue_that_opens_means_none_at_all():
    assert find_cues("Kedua kampus sepakat mempererat kerja sama dan menjalin kolaborasi riset.") == []


@pytest.mark.parametrize(("entry", "rule"), PAIRS, ids=IDS)
def test_reach_is_wider_than_any_cue(entry, rule):
    for example in entry["examples"]:
        for match in rule.pattern.finditer(example):
            assert match.end() - match.start() < REACH / 2


@pytest.mark.parametrize("gap", range(REACH - 12, REACH + 3))
def test_a_word_at_the_edge_of_the_reach_is_not_cut_into_a_cue(gap):
    # "sk" is a cue; here it only begins another word, around the end of what "surat " reaches.
    text = "mou surat " + "." * (gap - 6) + " skandal"
    assert [(hit.start, hit.end) for hit in find_cues(text)] == [(0, 3)]


def test_cues_far_apart_are_all_found():
    text = (" " * 500).join(["mou", "meneken", "nota kesepahaman", "mou"])
    assert [text[hit.start : hit.end] for hit in find_cues(text) if hit.group != "cooperation"] == [
        "mou",
        "meneken",
        "nota kesepahaman",
        "mou",
    ]
