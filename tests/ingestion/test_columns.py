"""Columns are found by their usual names or as mapped, and an error says which columns there are."""

import json

import pytest

from sepaham import lexicon
from sepaham.errors import ConfigurationError
from sepaham.ingestion import Rejected, parse_map, read_articles
from sepaham.ingestion.columns import Columns

TEXT = "Pemkab Ende dan Universitas Flores menandatangani perjanjian kerja sama di Ende, Senin (3/6/2024)."


def read(tmp_path, content, name="x.csv", **columns):
    (tmp_path / name).write_text(content, encoding="utf-8")
    return list(read_articles([str(tmp_path / name)], columns=columns or None))


@pytest.mark.parametrize("title", ["title", "judul", "Judul", "JUDUL_BERITA", "Judul Berita", "headline"])
@pytest.mark.parametrize(
    "text", ["text", "content", "isi", "konten", "body", "berita", "Isi Berita", "articleBody"]
)
def test_usual_names_of_title_and_text(tmp_path, title, text):
    (article,) = read(tmp_path, f'nomor,{title},{text}\n1,Judul,"{TEXT}"\n')
    assert (article.title, article.text) == ("Judul", TEXT)


@pytest.mark.parametrize(
    "name", ["published", "date", "tanggal", "waktu", "created_at", "publishedAt", "Tanggal Terbit"]
)
def test_usual_names_of_the_date(tmp_path, name):
    (article,) = read(tmp_path, f'text;{name}\n"{TEXT}";27/04/2024\n')
    assert (article.published, article.published_from) == ("2024-04-27", "field")


@pytest.mark.parametrize("name", ["url", "link", "tautan"])
def test_usual_names_of_the_url(tmp_path, name):
    assert read(tmp_path, f'text,{name}\n"{TEXT}",https://x.example/a\n')[0].url == "https://x.example/a"


@pytest.mark.parametrize("name", ["outlet", "source", "sumber", "media"])
def test_usual_names_of_the_outlet(tmp_path, name):
    assert read(tmp_path, f'text,{name}\n"{TEXT}",Pos Ende\n')[0].outlet == "Pos Ende"


def test_better_name_wins():
    plan = Columns().find(
        ["berita", "created_at", "source", "isi", "tanggal", "Text", "outlet", "_id", "uuid"]
    )
    assert (plan.text, plan.published, plan.outlet, plan.id) == ("Text", "tanggal", "outlet", "uuid")
    assert Columns().find(["Text", "text"]).text == "text"


def test_first_of_two_columns_of_one_name(tmp_path):
    assert read(tmp_path, f'text,judul,judul\n"{TEXT}",Satu,Dua\n')[0].title == "Satu"


def test_mapping_wins_over_the_usual_names(tmp_path):
    content = f'text,paragraf,kepala\npendek,"{TEXT}",Judul\n'
    (article,) = read(tmp_path, content, text="paragraf", title="kepala")
    assert (article.title, article.text) == ("Judul", TEXT)


def test_mapped_column_that_is_missing_is_no_guess(tmp_path):
    (item,) = read(tmp_path, f'text,judul\n"{TEXT}",Judul\n', text="isinya")
    assert isinstance(item, Rejected)
    assert item.reason == "no_text_column"
    assert "text=isinya" in item.detail
    assert "'text', 'judul'" in item.detail
    (item,) = read(tmp_path, f'text,judul\n"{TEXT}",Judul\n', title="kepala")
    assert item.reason == "no_column"


def test_mapping_in_json_lines(tmp_path):
    rows = json.dumps({"badan": TEXT, "text": "pendek"}) + "\n" + json.dumps({"text": TEXT})
    first, second = read(tmp_path, rows, "x.jsonl", text="badan")
    assert first.text == TEXT
    assert second.reason == "unreadable"


def test_outlet_may_be_an_object_with_a_name(tmp_path):
    rows = json.dumps({"text": TEXT, "source": {"id": None, "name": "Pos Ende"}, "url": {"x": 1}})
    (article,) = read(tmp_path, rows, "x.jsonl")
    assert (article.outlet, article.url) == ("Pos Ende", None)


def test_number_as_title_is_its_decimal_text(tmp_path):
    assert read(tmp_path, json.dumps({"text": TEXT, "title": 1945}), "x.jsonl")[0].title == "1945"


def test_parse_map():
    assert parse_map("title=judul,text=isi") == {"title": "judul", "text": "isi"}
    assert parse_map(' title = judul utama , "text=isi, lengkap"') == {
        "title": "judul utama",
        "text": "isi, lengkap",
    }
    assert parse_map("text=a=b") == {"text": "a=b"}


@pytest.mark.parametrize(
    ("spec", "words"),
    [("judul=title", "id, title, text"), ("title", "PART=COLUMN"), ("title=", "PART=COLUMN"),
     ("text=a,text=b", "twice"), ("text=a,", "PART=COLUMN")],
)  # fmt: skip
def test_parse_map_says_what_is_wrong(spec, words):
    with pytest.raises(ConfigurationError, match=words):
        parse_map(spec)


def test_unknown_part_in_a_mapping(tmp_path):
    with pytest.raises(ConfigurationError, match="'judul' is no part"):
        read(tmp_path, f"text\n{TEXT}\n", judul="title")


def test_column_lists_hold_no_name_twice():
    for field, names in lexicon.toml("ingestion/columns.toml")["fields"].items():
        assert len(names) == len(set(names)), field
        assert field in names
    every = [name for names in lexicon.toml("ingestion/columns.toml")["fields"].values() for name in names]
    assert len(every) == len(set(every))


def test_words_of_dates_are_lower_case_and_stand_for_one_month():
    words = lexicon.toml("ingestion/published.toml")
    names = [name for month in words["months"].values() for name in month]
    assert len(names) == len(set(names))
    assert sorted(map(int, words["months"])) == list(range(1, 13))
    assert all(name == name.lower() for name in [*names, *words["zones"], *words["weekdays"]["names"]])
