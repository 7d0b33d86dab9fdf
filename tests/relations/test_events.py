"""Several agreements in one article: which parties stand together, and which sentences tell of which."""

import pytest
from readings import TEXT, TWO, reading

from sepaham.relations.learned import events, parties
from sepaham.relations.learned.judge import Judge

SEVERAL = Judge({"apart_any": 6.0}, -3.0)


def test_partners_of_one_host_in_sentences_of_their_own_are_two_agreements():
    read = reading(
        TWO, None, {"party": ["Pemerintah Kota Bogor", "Universitas Tirta Negara", "PT Sinar Rejeki"]}
    )
    items = sorted(parties.candidates(read), key=lambda c: c.first)[:3]
    found = events.groups(read, items, SEVERAL)
    names = [[items[n].body.name for n in group] for group in found]
    assert names == [
        ["Pemerintah Kota Bogor", "Universitas Tirta Negara"],
        ["Pemerintah Kota Bogor", "PT Sinar Rejeki"],
    ]
    homes = events.homes(read, items, found)
    assert homes[0] == {0, 1}
    assert homes[1] == {2, 3}


def test_two_parties_are_one_agreement_whatever_the_judge_says():
    read = reading()
    items = parties.candidates(read)[:2]
    assert events.groups(read, items, Judge({}, 9.0)) == [[0, 1]]


def test_an_article_of_one_agreement_is_not_parted():
    read = reading(TWO, None, {})
    items = sorted(parties.candidates(read), key=lambda c: c.first)[:3]
    assert events.groups(read, items, Judge({}, -9.0)) == [[0, 1, 2]]


@pytest.mark.parametrize(
    ("second", "groups"),
    [("Rabu (5/6/2024)", [[0, 1], [0, 2]]), ("Senin (3/6/2024)", [[0, 1, 2]]), ("pekan depan", [[0, 1, 2]])],
)
def test_sets_with_days_of_their_own_have_papers_of_their_own(second, groups):
    """The judge saw one agreement where a ministry signed with two bodies, months apart."""
    text = TWO.replace("Rabu (5/6/2024)", second)
    read = reading(text, None, {"date": ["Senin (3/6/2024)", "Rabu (5/6/2024)"]})
    items = sorted(parties.candidates(read), key=lambda c: c.first)[:3]
    assert events.groups(read, items, Judge({}, -9.0)) == groups


def test_a_party_that_nothing_binds_goes_with_the_first():
    """PT Maju Bersama signs with nobody: no sentence names it with another party."""
    read = reading(TWO + " PT Maju Bersama menandatangani nota kesepahaman pula.", None, {})
    items = sorted(parties.candidates(read), key=lambda c: c.first)[:4]
    assert events.groups(read, items, Judge({}, 9.0)) == [[0, 1, 3], [0, 2]]


ONE_SET = (
    "Pemerintah Kota Bogor menandatangani nota kesepahaman dengan Universitas Tirta Negara, Senin (3/6). "
    "Isinya pengelolaan sampah. Wali Kota Bogor Rini Astuti menyambutnya. Esoknya PT Sinar Rejeki ikut "
    "meneken perjanjian kerja sama, Selasa (4/6)."
)


def test_whoever_the_one_binding_sentence_leaves_out_signs_with_its_host():
    """The second sentence names PT Sinar Rejeki alone: the city, named more often, is the other party."""
    read = reading(ONE_SET, None, {})
    items = sorted(parties.candidates(read), key=lambda c: c.first)[:3]
    assert [c.body.name for c in items][2] == "PT Sinar Rejeki"
    assert events.groups(read, items, Judge({}, 9.0)) == [[0, 1], [0, 2]]
    assert events.groups(read, items, Judge({}, 9.0), hub=True) == [[0, 1, 2]]
    assert events.groups(read, items, Judge({}, -9.0)) == [[0, 1, 2]]


@pytest.mark.parametrize(
    "between", ["", "Universitas Tirta Negara menyaksikan Pemerintah Kota Depok meneken MoU. "]
)
def test_those_left_out_whom_one_sentence_names_sign_with_each_other(between):
    text = (
        "Pemerintah Kota Bogor menandatangani nota kesepahaman dengan Universitas Tirta Negara. "
        f"{between}Perumda Tirta Pakuan dan Perumda Tirta Asasta lalu sepakat soal air curah."
    )
    read = reading(text, None, {})
    items = sorted(parties.candidates(read), key=lambda c: c.first)
    names = [c.body.name for c in items]
    found = events.groups(read, items, Judge({}, 9.0))
    assert [names[n] for n in found[-1]] == ["Perumda Tirta Pakuan", "Perumda Tirta Asasta"]


def test_a_sentence_that_binds_all_parts_nobody():
    """The second sentence names two of the three again; that is no paper of its own."""
    text = (
        "Pemerintah Kota Bogor, Universitas Tirta Negara dan PT Sinar Rejeki menandatangani MoU. "
        "Pemerintah Kota Bogor dan PT Sinar Rejeki menandatangani naskah itu lebih dulu."
    )
    read = reading(text, None, {})
    items = sorted(parties.candidates(read), key=lambda c: c.first)[:3]
    assert events.groups(read, items, Judge({}, 9.0)) == [[0, 1, 2]]


def test_what_counts_papers_tells_of_several_agreements():
    """ "dua naskah", "sementara itu", "yang kedua"; one paper, told twice, shows none of these."""
    one = reading(TEXT, None)
    text = (
        "Dua naskah kerja sama diteken. Naskah pertama, nota kesepahaman, diteken Pemerintah Kota Bogor dan "
        "Universitas Tirta Negara. Sementara itu perjanjian kerja sama diteken Pemerintah Kota Bogor dan "
        "PT Sinar Rejeki."
    )
    two = reading(text, None, {})
    named = [parties.candidates(r) for r in (one, two)]
    features = [
        events.several_features(r, events.statements(r, items), len(items))
        for r, items in zip((one, two), named, strict=True)
    ]
    for name in ("counted", "turns", "ordinals", "kinds", "apart"):
        assert features[0][name] < features[1][name], name
