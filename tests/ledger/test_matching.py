"""Names, candidates, votes and groups."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham.ledger.blocking import candidates
from sepaham.ledger.clusters import clusters
from sepaham.ledger.compare import AGAINST, FEATURES, alike, features
from sepaham.ledger.matcher import shipped
from sepaham.ledger.reports import Body, Meta, Report, report
from sepaham.ledger.times import bounds
from sepaham.ledger.votes import Said, choose
from sepaham.ledger.words import name_words, stem, topic
from sepaham.records import Agreement, Commitment, DateFact, Party
from sepaham.registry import lookup
from sepaham.training.ledger.quality import quality, wrong_merges


def made(name, parties, date=None, published=None, subject=None, status="signed", docs=("mou",)) -> Report:
    members = []
    for text in parties:
        link = lookup(text)
        members.append(
            Party(
                name=link.name or text, kind=link.kind or "company", texts=(text,), level=link.level,
                code=link.code, parent_code=link.parent_code,
            )
        )  # fmt: skip
    agreement = Agreement(
        agreement_id=f"{name}#1", article_id=name, status=status, doc_types=docs, subject=subject,
        parties=tuple(members), date=DateFact(text=date, value=date) if date else None,
        commitments=(Commitment(start=0, end=1, text=subject),) if subject else (),
    )  # fmt: skip
    return report(agreement, Meta(name, name, published), (0, 0))


def groups(*reports: Report) -> list[set[str]]:
    ordered = sorted(reports, key=lambda r: r.key)
    return [{ordered[n].agreement_id[:-2] for n in group} for group in clusters(ordered, shipped())]


def body(name) -> Body:
    return made("x", [name]).bodies[0]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Pemkab Sleman", "Pemerintah Kabupaten Sleman", True),
        ("PT Sinar Otoparts Nusantara Tbk", "Sinar Otoparts Nusantara", True),
        ("SMK Negeri 1 Karawang", "SMKN 1 Karawang", True),
        ("SMKN 1 Karawang", "SMKN 2 Karawang", False),
        ("Pemkot Magelang", "Pemkab Magelang", False),
        ("Dinas Kesehatan Kabupaten Sleman", "Dinas Pendidikan Kabupaten Sleman", False),
        ("Dinas Kesehatan Kabupaten Sleman", "Dinas Kesehatan Kabupaten Bantul", False),
        ("Fakultas Hukum Universitas Gadjah Mada", "UGM", True),
        ("Dinas Kesehatan Kabupaten Sleman", "Pemkab Sleman", True),
        ("Polres Sleman", "Pemkab Sleman", False),
        ("PT Maju Jaya", "PT Maju Bersama", False),
    ],
)
def test_alike(one, other, same):
    assert bool(alike(body(one), body(other))) is same
    assert alike(body(one), body(other)) == alike(body(other), body(one))


def test_two_outlets_are_one_agreement_and_another_year_is_another():
    first = made(
        "a", ["Pemkab Sleman", "UGM"], "2024-05-06", "2024-05-06", "pengelolaan sampah terpadu kampus"
    )
    second = made(
        "b", ["Bupati Sleman", "Universitas Gadjah Mada"], None, "2024-05-07", "pengelolaan sampah kampus"
    )
    later = made(
        "c", ["Pemkab Sleman", "UGM"], "2025-05-05", "2025-05-06", "pengelolaan sampah terpadu kampus"
    )
    assert sorted(map(sorted, groups(first, second, later))) == [["a", "b"], ["c"]]


def test_twin_regions_stay_apart():
    kota = made("a", ["Pemkot Bogor", "IPB University"], "2024-05-06", "2024-05-07", "pangan sehat")
    kabupaten = made("b", ["Pemkab Bogor", "IPB University"], "2024-05-06", "2024-05-07", "pangan sehat")
    assert len(groups(kota, kabupaten)) == 2


def test_budget_accords_of_two_years_stay_apart():
    parties = ["Pemkab Sleman", "DPRD Kabupaten Sleman"]
    one = made("a", parties, None, "2023-08-01", "KUA-PPAS 2024")
    other = made("b", parties, None, "2023-08-20", "KUPA-PPAS 2023")
    assert len(groups(one, other)) == 2


def test_agreements_of_one_article_are_never_merged():
    one = made("a", ["Pemkab Sleman", "UGM"], "2024-05-06", "2024-05-06", "pengelolaan sampah")
    twin = replace(one, key="a#2@a", agreement_id="a#2")
    assert len(groups(one, twin)) == 2


def test_a_plan_and_its_late_signing_are_one():
    plan = made(
        "a", ["Pemkab Sleman", "UGM"], "2024-05", "2024-04-10", "pengelolaan sampah kampus", "planned"
    )
    signing = made("b", ["Pemkab Sleman", "UGM"], "2024-06-03", "2024-06-04", "pengelolaan sampah kampus")
    assert len(groups(plan, signing)) == 1


def test_a_missing_day_is_no_contradiction():
    known = made("a", ["Pemkab Sleman", "UGM"], "2024-05-06", "2024-05-06")
    silent = made("b", ["Pemkab Sleman", "UGM"], None, None)
    figures = dict(zip(FEATURES, features(known, silent), strict=True))
    assert not any(figures[name] for name in AGAINST)


def test_candidates_come_once_and_do_not_hang_on_the_order():
    reports = [
        made(
            f"{n:02}", ["Pemkab Sleman", "UGM", "Polres Sleman"], f"2024-05-{n + 1:02}", None, "sampah kampus"
        )
        for n in range(8)
    ]
    pairs = list(candidates(reports))
    assert len(pairs) == len(set(pairs))
    assert (0, 1) not in pairs or all(i < j for i, j in pairs)


def test_busy_parties_do_not_make_all_pairs():
    reports = [made(f"{n:04}", ["Pemkab Sleman", "UGM"], None, "2024-05-06", f"hal {n}") for n in range(300)]
    assert len(list(candidates(reports))) <= 300 * 60


def test_no_reports():
    assert list(candidates([])) == []
    assert clusters([], shipped()) == []


def test_weights_point_the_right_way():
    matcher = shipped()
    for name, weight in zip(FEATURES, matcher.values, strict=True):
        assert weight <= 0 if name in AGAINST else weight >= 0
    assert 0.2 <= matcher.threshold < 1


def test_copies_vote_once():
    said = [Said("press", 0, "2024-05-06"), Said("press", 1, "2024-05-06"), Said("own", 2, "2024-05-07")]
    choice = choose([*said, Said("other", 3, "2024-05-07")], lambda v: v)
    assert (choice.value, choice.votes, choice.of) == ("2024-05-07", 2, 3)
    assert choice.others == (("2024-05-06", 1),)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), min_size=1), st.randoms())
def test_votes_do_not_hang_on_the_order(pairs, chance: random.Random):
    said = [Said(origin, rank, value) for rank, (origin, value) in enumerate(pairs)]
    shuffled = list(said)
    chance.shuffle(shuffled)
    assert choose(said, lambda v: v) == choose(shuffled, lambda v: v)


def test_b_cubed():
    gold = {"a": 1, "b": 1, "c": 2, "d": 2}
    assert quality(gold, gold).f1 == 1
    lumped = quality(gold, dict.fromkeys(gold, 0))
    assert (lumped.precision, lumped.recall) == (0.5, 1)
    assert (lumped.right_pairs, lumped.merged_pairs) == (2, 6)
    apart = quality(gold, {name: name for name in gold})
    assert (apart.precision, apart.recall, apart.merge_precision) == (1, 0.5, 1)
    assert wrong_merges(gold, {"a": 0, "b": 1, "c": 0, "d": 2}) == [("a", "c")]


def test_words():
    assert name_words("PT Sinar Otoparts Tbk") == ("sinar", "otoparts")
    assert name_words("Pemerintah Daerah") == ("pemerintah", "daerah")
    assert stem("pengelolaan") == stem("mengelola")
    assert topic(("kerja sama tentang pengelolaan sampah", "mengelola sampah")) == ("elola", "sampah")


@pytest.mark.parametrize(("value", "first", "last"), [("2024-02", "2024-02-01", "2024-02-29")])
def test_bounds(value, first, last):
    assert bounds(value) == (bounds(first)[0], bounds(last)[0])
