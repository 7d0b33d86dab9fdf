"""The screen stops articles whose own words speak against an agreement, before the tagger reads them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sepaham import lexicon
from sepaham.cleaning import clean_article
from sepaham.errors import ModelError
from sepaham.explanation import explained
from sepaham.extraction import extract_article
from sepaham.ner import tag
from sepaham.records import Article
from sepaham.relations import reports, screen, screened
from sepaham.training.files import article_of, json_lines

ROOT = Path(__file__).parents[2]
METRICS = json.loads((ROOT / "models/relations/screen_metrics.json").read_text(encoding="utf-8"))

# A trial: a paper is named and signed again and again, and nobody agrees on anything.
TRIAL = (
    "Jaksa Cecar Saksi soal Nota Kesepahaman Pengadaan",
    "Jaksa penuntut umum mencecar saksi dalam sidang dugaan korupsi pengadaan alat kesehatan di Pengadilan "
    "Tipikor, Senin (3/6/2024). Saksi mengaku tidak tahu siapa yang menandatangani nota kesepahaman itu. "
    "Menurut dia, terdakwa pernah mengatakan bahwa nota kesepahaman ditandatangani sebelum anggaran ada. "
    "Hakim menanyakan apakah saksi melihat terdakwa menandatangani surat tersebut. Saksi menyatakan tidak "
    "melihatnya. Ia hanya menerima salinan dari staf terdakwa. Terdakwa didakwa merugikan keuangan negara "
    "senilai Rp 12 miliar. Kuasa hukum terdakwa menyatakan keberatan atas keterangan saksi. Sidang "
    "ditunda hingga pekan depan dengan agenda pemeriksaan saksi lain dari pihak penyedia. "
    "Penyidik sebelumnya menyita sejumlah dokumen dari rumah terdakwa dan menetapkan dua tersangka lain "
    "dalam kasus korupsi tersebut.",
)


def article(title, text, name="a"):
    return Article(article_id=name, title=title, text=text, published="2024-06-04")


def of_gold():
    """(article, whether it reports an agreement) of the sample's gold."""
    texts = {row["id"]: article_of(row) for row in json_lines(ROOT / "data/gold/articles.jsonl")}
    for row in json_lines(ROOT / "data/gold/sample.jsonl"):
        yield texts[row["id"]], row["is_mou"]


def verdict(item):
    return screened(tag(clean_article(item)[0]))


def test_a_trial_about_a_paper_is_stopped():
    found = verdict(article(*TRIAL))
    assert 0 < found.chance < found.bar
    assert "gate:court" in dict(found.moved)
    assert not found.passed


def test_no_agreement_of_the_sample_is_stopped():
    said = [(verdict(item).passed, is_mou) for item, is_mou in of_gold()]
    assert all(passed for passed, is_mou in said if is_mou)
    assert sum(is_mou for _, is_mou in said) > 25


def test_what_is_stopped_is_not_read_by_the_tagger(monkeypatch):
    from sepaham import extraction

    def called(copy, ruled=None):
        raise AssertionError("tagged for nothing")

    monkeypatch.setattr(extraction, "loaded", lambda _: called)
    assert extract_article(article(*TRIAL), names=False)[1] == []
    with pytest.raises(AssertionError, match="tagged for nothing"):
        extract_article(article(*TRIAL))


@pytest.mark.parametrize("tagger", ["rules", "encoder"])
def test_whether_names_are_wanted_changes_no_agreement(tagger):
    for item, _ in of_gold():
        assert extract_article(item, tagger=tagger)[1] == extract_article(item, tagger=tagger, names=False)[1]


def test_a_short_text_is_never_stopped():
    title, text = TRIAL
    cut = text[: screen.LEAD - 2]
    assert "menandatangani" in cut
    found = verdict(article(title, cut))
    assert found.passed
    assert found.chance == 1
    assert not found.moved


def test_a_text_of_which_the_rules_read_parts_is_never_stopped(monkeypatch):
    monkeypatch.setattr(screen, "LONGEST", 700)
    assert verdict(article(*TRIAL)).chance == 1


def test_without_a_sentence_that_reports_a_signing_there_is_no_chance():
    title, text = TRIAL
    for word in ("menandatangani", "ditandatangani"):
        text = text.replace(word, "melihat")
    for word in ("Nota Kesepahaman", "nota kesepahaman"):
        text, title = text.replace(word, "surat"), title.replace(word, "surat")
    assert verdict(article(title, text)).chance == 0


def test_numbers_are_one_word_and_words_weigh_alike():
    view = screen.View(tag(article(*TRIAL)))
    told = screen.clues(view, screen.find_triggers(view))
    assert "lead:senin 0" in told
    assert not any("2024" in name for name in told)
    words = {value for name, value in told.items() if name.startswith(("lead:", "sentence:"))}
    assert len(words) == 1


def test_explain_tells_what_the_screen_said():
    lines = list(explained(article(*TRIAL), tagger="rules"))
    assert lines[0].startswith("gate: passed")
    assert lines[1].startswith("screen: stopped (0.0")
    assert "gate:court -" in lines[1]
    assert lines[2] == "no agreement"


@pytest.mark.parametrize(
    "damaged", [{}, {"weights": {}, "bias": "x", "bar": 0.1}, {"weights": {}, "bias": 1}]
)
def test_a_damaged_file_says_what_to_do(monkeypatch, damaged):
    monkeypatch.setattr(lexicon, "json_object", lambda _: damaged)
    screen.shipped.cache_clear()
    try:
        with pytest.raises(ModelError, match=r"screen\.json is damaged .* install sepaham again"):
            screen.shipped()
    finally:
        screen.shipped.cache_clear()


@given(st.text(max_size=300), st.integers(0, 3))
def test_any_text_gets_a_chance(text, times):
    document = tag(article(None, "PT A dan PT B menandatangani MoU. " + text * times))
    found = screened(document)
    assert 0 <= found.chance <= 1
    assert screened(document) == found


def test_the_card_says_what_was_measured():
    card = (ROOT / "models/relations/MODEL_CARD.md").read_text(encoding="utf-8")
    for counts in METRICS["stopped_by_folds"][str(METRICS["share"])].values():
        assert counts in card


class TestFit:
    """How the screen is fitted, on articles that are made up."""

    @pytest.fixture(autouse=True)
    def _fits(self):
        pytest.importorskip("sklearn", reason="the screen is fitted by scikit-learn: the extra `train`")

    def cases(self):
        from sepaham.training.relations.screen import Case

        made = []
        for n in range(200):
            reports, part = n % 2 == 0, "written" if n % 4 < 2 else "background"
            words = {"lead:mou" if reports else "lead:sidang": 0.5, f"lead:w{n % 7}": 0.5, "lead:rare": 0.0}
            made.append(Case(words, part, n % 5, reports))
        return made

    def test_it_learns_what_tells_and_drops_what_does_not(self):
        from sepaham.training.relations.screen import fitted

        judge = fitted(self.cases())
        assert judge.weights["lead:mou"] > 0 or judge.weights["lead:sidang"] < 0
        assert "lead:rare" not in judge.weights
        assert judge.chance({"lead:mou": 0.5}) > 0.8 > 0.2 > judge.chance({"lead:sidang": 0.5})

    def test_it_is_the_same_every_time(self):
        from sepaham.training.relations.screen import fitted

        assert fitted(self.cases()) == fitted(self.cases())

    def test_no_article_is_judged_by_what_it_taught(self, monkeypatch):
        from sepaham.training.relations import screen as training

        taught = []
        fit = training.fitted

        def spied(cases):
            taught.append({case.fold for case in cases})
            return fit(cases)

        monkeypatch.setattr(training, "fitted", spied)
        said = training.chances(self.cases())
        assert taught == [{0, 1, 2, 3, 4} - {fold} for fold in range(5)]
        assert len(said) == 200

    @pytest.mark.parametrize("share", [0.2, 0.5])
    def test_the_bar_stops_its_share_of_background_news(self, share):
        import numpy as np

        from sepaham.training.relations.screen import bar_of, figures

        cases = self.cases()
        said = np.linspace(0.1, 0.9, len(cases))
        bar = bar_of(cases, said, share)
        stopped = figures(cases, said, bar)["background without an agreement"]
        assert stopped == f"{round(share * 50)} of 50"


def test_real_agreements_pass(shared):
    gold = {row["id"]: row["is_mou"] for row in json_lines(shared / "gold/real/gold.jsonl")}
    said = [
        (verdict(article_of(row)).passed, gold[row["id"]])
        for row in json_lines(shared / "gold/real/articles.jsonl")
    ]
    assert sum(passed for passed, is_mou in said if is_mou) >= 101
    assert sum(not passed for passed, is_mou in said if not is_mou) >= 10


def test_written_test_passes_which_was_never_learned_from(shared):
    test = set(json.loads((shared / "gold/written/splits.json").read_text())["test"])
    gold = {row["id"] for row in json_lines(shared / "gold/written/gold.jsonl") if row["is_mou"]}
    texts = [row for row in json_lines(shared / "gold/written/articles.jsonl") if row["id"] in test & gold]
    assert len(texts) == 84
    assert all(reports(tag(clean_article(article_of(row))[0])) for row in texts)
