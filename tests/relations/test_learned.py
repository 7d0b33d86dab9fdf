"""The learned core: chances of spans, judges, parties, signers, several agreements, and whole records."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import SLOTS, TEXT, TITLE, TWO, document, reading, scores

from sepaham.ner import tag
from sepaham.ner.bio import words_of
from sepaham.ner.slots import COLUMN, COLUMNS, SlotScores
from sepaham.records import Article, Mention
from sepaham.relations.learned import clauses, parties, signers, when_where
from sepaham.relations.learned.assemble import _Judged, extract
from sepaham.relations.learned.chances import Chances, logit
from sepaham.relations.learned.explain import explain
from sepaham.relations.learned.judge import Judge, calibrated, judges
from sepaham.relations.learned.reading import Reading
from sepaham.relations.learned.told import SURE


def test_chances_of_spans():
    found = document()
    chances = Chances(scores(found.text))
    start = found.text.index("Universitas Tirta Negara")
    assert chances.of(start, start + len("Universitas Tirta Negara"), "party") > 0.99
    assert chances.of(start, start + len("Universitas Tirta Negara"), "venue") < 0.01
    paper = found.text.index("nota kesepahaman")
    states = chances.states(paper, paper + 4)
    assert max(states, key=lambda s: states[s]) == "signed"
    assert sum(states.values()) == pytest.approx(1)
    assert chances.of(len(TITLE), len(TITLE) + 2, "party") == 0


def test_a_judge_adds_its_features_and_tells_what_moved_it():
    judge = Judge({"rule": 2.0, "far": -1.0}, -0.5)
    assert judge.chance({}) == pytest.approx(1 / (1 + np.exp(0.5)))
    assert judge.chance({"rule": 1.0, "unknown": 9.0}) == pytest.approx(1 / (1 + np.exp(-1.5)))
    assert judge.reasons({"rule": 1.0, "far": 3.0}) == [("far", -3.0), ("rule", 2.0)]
    assert judge.chance({"rule": 1e9}) <= 1


def test_confidence_is_scaled_where_a_scale_is_known():
    scale = {"sure_date": Judge({"chance": 0.5}, -0.4)}
    assert calibrated(scale, "venue", 0.8, {}) == 0.8
    assert calibrated(scale, "date", 0.9, {}) < 0.9
    assert calibrated(scale, "date", 0.9, {}) > calibrated(scale, "date", 0.5, {})


def test_every_body_is_a_candidate_and_keeps_all_its_namings():
    found = {c.body.name: c for c in parties.candidates(reading())}
    campus = found["Universitas Tirta Negara"]
    assert len(campus.namings) == 3
    assert campus.features["times"] == pytest.approx(np.log1p(3))
    assert found["Pemerintah Kabupaten Sleman"].features["signer_max"] > 3
    assert found["Dinas Lingkungan Hidup Kabupaten Sleman"].features["party_max"] < -3


def test_a_village_and_words_that_no_tagger_names_are_candidates():
    text = (
        "Pemerintah Desa Sukamaju dan kelompok tani ngudi makmur meneken perjanjian kerja sama. "
        "Warga Desa Sukamaju senang."
    )
    filled = {"party": ["kelompok tani ngudi makmur"]}
    names = {c.body.name for c in parties.candidates(reading(text, None, filled))}
    assert any("Sukamaju" in name for name in names)
    assert "kelompok tani ngudi makmur" in names


def test_two_parties_at_least_where_the_next_best_is_good_enough():
    items = parties.candidates(reading())
    for number, candidate in enumerate(sorted(items, key=lambda c: c.first)):
        candidate.chance = (0.9, 0.35, 0.3)[number] if number < 3 else 0.01
    assert len(parties.choose(items, 0.5, 0.2)) == 2
    assert len(parties.choose(items, 0.5, 0.4)) == 1
    assert len(parties.choose(items, 0.25, 0.25)) == 3


def test_signers_are_tied_to_the_party_of_their_office():
    read = reading()
    bound = [c for c in parties.candidates(read) if "Dinas" not in c.body.name]
    signing = [s for s in signers.signers(read) if s.name in ("Rini Astuti", "Joko Priyono")]
    tie = Judge({"same_body": 5.0}, -2.0)
    found = signers.tied(read, signing, bound, tie)
    names = {bound[n].body.name: [s.name for s in items] for n, items in found.items() if items}
    assert names == {
        "Pemerintah Kabupaten Sleman": ["Rini Astuti"],
        "Universitas Tirta Negara": ["Joko Priyono"],
    }


def test_whoever_fits_no_party_signs_for_none():
    """A wakil bupati among the guests signed for a hospital, which fitted him a little better than others."""
    read = reading()
    bound = [c for c in parties.candidates(read) if "Universitas" in c.body.name]
    signing = [s for s in signers.signers(read) if s.name in ("Rini Astuti", "Joko Priyono")]
    found = signers.tied(read, signing, bound, Judge({"same_body": 5.0}, -2.0))
    assert [s.name for s in found[0]] == ["Joko Priyono"]
    alone = signers.tied(read, [s for s in signing if s.name == "Rini Astuti"], bound, Judge({}, -9.0))
    assert [s.name for s in alone[0]] == ["Rini Astuti"]  # the only one there is


def test_the_likely_date_and_place_win():
    read = reading()
    dates = when_where.best_date(when_where.date_candidates(read), Judge({"date": 1.0}, 0.0))
    venues = when_where.best_venue(
        when_where.venue_candidates(read), Judge({"venue": 1.0, "words": 0.1}, 0.0)
    )
    assert dates is not None
    assert dates[0].date.value == "2024-06-03"
    assert venues is not None
    assert venues[0].found.venue.text == "Pendopo Parasamya, Sleman"
    assert venues[0].found.venue.city == "Sleman"


def test_clauses_begin_where_the_encoder_says():
    text = "Kedua pihak sepakat melatih kader desa dan membangun bank sampah di tiap dusun mulai Juli."
    filled = {"commitment": ["melatih kader desa", "membangun bank sampah di tiap dusun"]}
    read = reading(text, None, filled)
    found = [item.text for item, _ in clauses.commitments(read, Judge({"own": 1.0}, 0.0))]
    assert found == ["melatih kader desa", "membangun bank sampah di tiap dusun"]


def test_a_name_alone_and_an_open_end_are_no_promise():
    """A cell was "BPJS Ketenagakerjaan", and one "perlindungan jaminan sosial bagi"."""
    text = "Dinas Lingkungan Hidup Kabupaten Sleman akan melatih kader desa bagi Bank Jateng. Warga senang."
    filled = {"commitment": ["Dinas Lingkungan Hidup Kabupaten Sleman", "melatih kader desa bagi"]}
    read = reading(text, None, filled)
    found = clauses.commitments(read, Judge({"own": 1.0}, 0.0))
    assert [item.text for item, _ in found] == ["melatih kader desa"]


SHARED = (
    "Bupati Sleman Rini Astuti meneken nota kesepahaman dengan Bank Jateng. Bank Jateng melatih warga. "
    "Sekda Sleman Joko Priyono meneken perjanjian kerja sama dengan Kejaksaan Negeri Sleman."
)


@pytest.mark.parametrize(
    ("homes", "expected"),
    [
        ([{0, 1}, {2}], [["Rini Astuti"], ["Joko Priyono"]]),
        ([{0, 1, 2}, {0, 1, 2}], [["Rini Astuti", "Joko Priyono"]] * 2),  # told of both in all sentences
        ([{0, 1}, {1}], [["Rini Astuti"], []]),  # who is told of elsewhere signed neither
        ([{0, 1, 2}, {1}], [["Rini Astuti", "Joko Priyono"], []]),  # nobody: both signed the other one
    ],
)
def test_of_a_party_of_two_agreements_each_signer_signs_where_it_is_told(homes, expected):
    read = reading(SHARED, None, {"signer": ["Rini Astuti", "Joko Priyono"]})
    people = {s.name: s for s in signers.signers(read)}
    own = [people["Rini Astuti"], people["Joko Priyono"]]
    found = signers.apart(read, own, [frozenset(home) for home in homes])
    assert [[s.name for s in here] for here in found] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PLN setuju, ujar Agung yang meneken perjanjian itu bersama Heru Setyo.", {"Agung"}),
        ("Hal itu disampaikan Hilda, yang ikut menandatangani nota tersebut.", {"Hilda"}),
        ("Kata Raditya, direktur, yang membubuhkan tanda tangan atas nama perseroan.", {"Raditya"}),
        ("Selain Anang, PKS ditandatangani Rudy Wirawan.", {"Anang", "Rudy Wirawan"}),
        ("Menurut Rendra, yang akan meneken bukan dirinya.", set()),
        ("Selain Anang, hadir juga Rudy Wirawan.", set()),
        ("Kata Agung, yang diteken hanya satu naskah.", set()),
    ],
)
def test_whoever_the_words_say_signs_does(text, expected):
    names = [
        name for name in ("Agung", "Hilda", "Raditya", "Anang", "Rendra", "Rudy Wirawan") if name in text
    ]
    mentions = tuple(
        Mention(
            start=text.index(n),
            end=text.index(n) + len(n),
            label="PER",
            text=n,
            confidence=1.0,
            source="test",
        )
        for n in names
    )
    found = document(text, None).model_copy(update={"mentions": mentions})
    read = Reading(found, scores(text, {}))
    assert {s.name for s in signers.signers(read) if s.least} == expected


def test_what_is_explained_of_signatories_is_what_the_record_has():
    """Whoever the words say signs stood among those who do not, with the chance of the judge."""
    text = f"{TEXT} Hal itu perlu, ujar Joko Priyono, yang meneken nota itu."
    filled = SLOTS | {"signer": ["Bupati Sleman", "Rini Astuti"]}
    read = reading(text, TITLE, filled)
    found = {r.text: r for r in explain(read.view.document, scores(read.view.text, filled), judges())}
    signing = extract(read.view.document, scores(read.view.text, filled), judges())[0]
    names = {s.name for party in signing.parties for s in party.signatories}
    assert names == {"Rini Astuti", "Joko Priyono"}
    assert {r.text for r in found.values() if r.slot == "signatory" and r.taken} == names
    assert found["Joko Priyono"].moved[0][0] == "the words say so"
    assert found["Joko Priyono"].chance >= SURE


def test_a_whole_record_by_the_shipped_judges():
    found = document()
    (agreement,) = extract(found, scores(found.text), judges())
    assert [p.name for p in agreement.parties] == ["Pemerintah Kabupaten Sleman", "Universitas Tirta Negara"]
    assert [[s.name for s in p.signatories] for p in agreement.parties] == [["Rini Astuti"], ["Joko Priyono"]]
    assert agreement.date is not None
    assert agreement.date.value == "2024-06-03"
    assert agreement.status == "signed"
    assert agreement.doc_types == ("mou",)
    assert [c.text for c in agreement.commitments][-1] == "melatih kader lingkungan di tiap desa"


def test_an_encoder_that_sees_no_agreement_gives_none():
    found = document()
    empty = {"state_none": ["nota kesepahaman"]}
    assert extract(found, scores(found.text, empty), judges()) == []


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.floats(0.1, 8),
    st.sampled_from([TEXT, TWO, "MoU.", "Nota kesepahaman 😀 PKS"]),
)
def test_any_scores_give_records_whose_quotes_stand_in_the_text(seed, width, text):
    found = document(text, None)
    words = words_of(found.text)
    logits = np.random.default_rng(seed).normal(0, width, (len(words), len(COLUMNS))).astype(np.float32)
    for agreement in extract(found, SlotScores(words, logits), judges()):
        for item in agreement.evidence:
            if item.start is not None:
                assert found.text[item.start : item.end] == item.quote
                assert 0 <= item.confidence <= 1
        assert agreement.hub is None or agreement.hub in {p.name for p in agreement.parties}


def test_log_odds_are_kept_within_bounds():
    assert logit(0.0) == pytest.approx(-logit(1.0))
    assert logit(0.5) == 0


@pytest.mark.parametrize(
    ("day", "status"), [("Senin (3/6/2024)", "signed"), ("Senin (10/6/2024)", "planned")]
)
def test_a_signing_on_a_day_behind_the_publication_is_planned(day, status):
    """ "MoU Diteken Akhir Pekan": the words sounded as if it were done."""
    body = TEXT.replace("Senin (3/6/2024)", day)
    filled = SLOTS | {"date": [day]}
    found = document(body)
    (agreement,) = extract(found, scores(found.text, filled), judges())
    assert (agreement.status, agreement.date.text) == (status, day)


@pytest.mark.parametrize(
    ("end", "possible"), [("31 Desember 2025", True), ("31 Desember 2028", False), ("2030", False)]
)
def test_a_day_years_away_is_none_of_signing(end, possible):
    seen = reading(f"{TEXT} Kerja sama dinilai lagi pada {end}.")
    dates = [item.date.text for item in when_where.possible_dates(seen)]
    assert "Senin (3/6/2024)" in dates
    assert any(end in text for text in dates) == possible


@pytest.mark.parametrize(
    ("told", "possible"),
    [
        ("Pameran itu berakhir Minggu (2/6)", False),
        ("Kontrak lama habis masa berlakunya pada 31 Mei 2024", False),
        ("Layanan baru dibuka mulai 1 Juni 2024", False),
        ("Kerja sama berlaku sampai 31 Desember 2024", False),
        ("Kesepakatan itu mulai berlaku hari ini", True),
        ("Draf yang sudah rampung itu diteken Minggu (2/6)", True),
        ("Rangkaian acara dimulai. Minggu (2/6) para pejabat berkumpul", True),
    ],
)
def test_nothing_is_signed_on_a_day_on_which_something_begins_or_ends(told, possible):
    """ "Liga itu tuntas pada Kamis, 7 Mei" gave the day of the signing."""
    seen = reading(f"{TEXT} {told}.")
    dates = [item.date.text for item in when_where.possible_dates(seen)]
    assert dates[0] == "Senin (3/6/2024)"
    assert (len(dates) == 2) == possible


def test_a_doubtful_day_behind_the_publication_makes_no_plan_of_a_signing():
    """ "Sidang perdana dijadwalkan 4 Maret mendatang" made the agreement that was signed a planned one."""
    body = TEXT.replace(", Senin (3/6/2024)", "") + " Sidang perdana digelar Senin (10/6/2024)."
    found = document(body)
    read = scores(found.text)
    day = found.text.index("Senin (10/6/2024)")
    inside = [n for n, (start, _) in enumerate(read.words) if day <= start < day + 17]
    read.logits[inside, COLUMN["date"]] = -0.5
    item = when_where.best_date(when_where.possible_dates(Reading(found, read)), judges()["date"])
    assert item is not None
    assert judges()["date"].bar < item[1] < 0.5
    (agreement,) = extract(found, read, judges())
    assert (agreement.status, agreement.date) == ("signed", None)


def test_the_day_on_which_a_plan_is_told_is_none_of_the_signing():
    """The plan of November was told on Tuesday: the record had that Tuesday."""
    body = f"{TEXT} Rencana itu terungkap Selasa (4/6/2024); Jumat nanti diteken, setelah draf Mei 2024."
    seen = reading(body)
    days = [item.date.text for item in when_where.dates_ahead(seen)]
    assert days == ["Selasa (4/6/2024)", "Jumat nanti"]
    undated = Reading(tag(Article(article_id="a", text=body)), scores(body))
    assert len(when_where.dates_ahead(undated)) == len(when_where.possible_dates(undated)) == 4


@pytest.mark.parametrize(
    ("title", "status"),
    [("Sleman Sudahi Kerja Sama Sampah dengan Kampus", "ended"), (TITLE, "signed")],
)
def test_a_headline_of_an_end_outweighs_the_words_of_a_signing(title, status):
    found = document(title=title)
    unsure = {name: forms for name, forms in SLOTS.items() if name != "state_signed"}
    (agreement,) = extract(found, scores(found.text, unsure, sure=2.0), judges())
    assert agreement.status == status


def test_a_planned_record_has_no_day_before_its_publication():
    told = {"date": ["Senin (3/6/2024)"], "state_planned": ["nota kesepahaman"]}
    filled = {name: forms for name, forms in SLOTS.items() if name != "state_signed"} | told
    found = document()
    (agreement,) = extract(found, scores(found.text, filled), judges())
    assert (agreement.status, agreement.date) == ("planned", None)


def test_without_a_day_of_publication_every_date_is_possible():
    found = tag(Article(article_id="a", text=f"{TEXT} Kerja sama dinilai lagi pada 31 Desember 2028."))
    seen = Reading(found, scores(found.text))
    assert len(when_where.possible_dates(seen)) == len(when_where.date_candidates(seen)) == 2


def test_a_sum_of_one_agreement_is_none_of_the_other():
    """Of an article with two agreements both had the sum of one."""
    text = (
        "Pemkab Garut dan Universitas Garut meneken MoU senilai Rp3 miliar. "
        "Pemkab Sleman dan Bank Jateng menandatangani perjanjian kerja sama tentang kredit."
    )
    sums = {"value": ["Rp3 miliar"], "party": ["Pemkab Garut", "Universitas Garut"]}
    seen = reading(text, None, sums)
    told = {n: _Judged(seen.within(frozenset({n})), seen, judges(), {})._terms()["value"] for n in (0, 1)}
    assert {n: value.text if value else None for n, value in told.items()} == {0: "Rp3 miliar", 1: None}
