"""HTML, entities, broken encodings and invisible characters; and what only looks like them."""

import pytest

from sepaham.cleaning import clean


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("<p>MoU <em>Jateng</em>-DIY</p>", "\nMoU Jateng-DIY\n"),
        ("Bupati &amp; Rektor &amp;nbsp;UGM", "Bupati & Rektor  UGM"),
        ("&#8220;Sah&#x201D;", "“Sah”"),
        ("Kota<BR>Palu", "Kota\nPalu"),
        ("â€˜Sepakatâ€™ dan â€¦", "‘Sepakat’ dan …"),
        ("SociÃ©tÃ© GÃ©nÃ©rale", "Société Générale"),
        ("“kutip” ‘tunggal’", "“kutip” ‘tunggal’"),
        ("a < b dan c > d", "a < b dan c > d"),
        ("<nama pejabat> & <Rp>", "<nama pejabat> & <Rp>"),
        ("Ângkor dan São Paulo", "Ângkor dan São Paulo"),
        ("&tidakada; &;", "&tidakada; &;"),
        ("<style>p{}</style>Isi<script src='x'>var a=1;</script>", "Isi"),
        ("<script>tanpa akhir", "\ntanpa akhir"),
    ],
)
def test_repairs(raw, read):
    assert clean(raw).text == read


RUBBISH = [
    "<",
    "<a ",
    "<p>",
    "<!--",
    "<script>",
    "&amp;",
    "&lt;p ",
    "&",
    "â€œ ",
    "Â",
    "(",
    "(a/b)",
    "(Foto: ",
]
RUBBISH += [
    "Baca juga: ",
    "Baca juga:\nJudul\n",
    "Baca juga: Pemkab Teken ",
    "Simak Video 'A' ",
    "Editor:",
    "©",
]
RUBBISH += [
    "Facebook ",
    "Halaman 1 ",
    "Ikuti berita",
    "#tag ",
    "kataKata",
    'kata"A',
    "1,2.3 (",
    "\u00a0",
    "Video: ",
]


@pytest.mark.parametrize("unit", RUBBISH)
def test_long_rubbish_is_read_to_the_end(unit):
    text = unit * (100_000 // len(unit))
    cleaned = clean(text)
    assert cleaned.source == text
    assert len(cleaned.text) <= len(text)
