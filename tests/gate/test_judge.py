"""What passes the gate and what doesn't, on phrases of our own for each trap of newspaper Indonesian."""

import pytest

from sepaham.gate import GateResult, amounts, judge, passes

FILLER = (
    " Acara itu dihadiri jajaran dinas, tokoh masyarakat, dan warga sekitar. Cuaca cerah menemani kegiatan"
    " sejak pagi. Panitia menyiapkan ratusan kotak makan siang bagi tamu yang datang dari luar daerah."
)

AGREEMENTS = [
    "Bupati Rembulan dan Direktur PT Sagara Biru menandatangani nota kesepahaman pengolahan rumput laut.",
    "Penandatanganan perjanjian kerja sama antara RSUD Kalidingin dan BPJS Kesehatan berlangsung kemarin.",
    "Naskah kerjasama itu ditanda tangani rektor dan kepala dinas.",
    "Dua koperasi meneken Mou tentang pemasaran gula aren.",
    "Pemkot Sindangbarang teken M.o.U dengan kampus soal arsip digital.",
    "Kesepakatan bersama pengelolaan sampah lintas batas diteken tiga kepala daerah.",
    "Momerandum of understanding dengan Pemerintah Kota Okayama dipajang, kerja sama dimulai bulan depan.",
    "Penadatanganan MoU dilakukan di pendopo.",
    "Penandatangan PKS tentang rujukan pasien digelar di aula puskesmas.",
    "Dinas Perikanan dan kelompok nelayan meneken PKS pemanfaatan cold storage.",
    "Letter of Intent (LoI) diserahkan investor Korea kepada gubernur, kerja sama pelabuhan segera dikaji.",
    "Surat pernyataan kehendak ditandatangani wali kota dan duta besar.",
    "KPU Teluk Seruni dan pemkab menandatangani NPHD pilkada.",
    "Nota kesepakatan KUA-PPAS diteken bupati bersama pimpinan dewan.",
    "Berita acara kesepakatan batas desa ditandatangani kedua kepala desa.",
    "Lima organisasi pemuda membacakan lalu menandatangani ikrar bersama menjaga sungai.",
    "Deklarasi bersama anti perundungan ditandatangani 12 kepala sekolah.",
    "Tiga partai menandatangani piagam koalisi kerja sama pemilihan wali kota.",
    "Perjanjian damai dua kampung ditandatangani di balai adat.",
    "Pemprov segera menandatangani perjanjian kerja sama dengan operator kapal perintis.",
]

OTHERS = [
    "Fraksi PKS menolak usulan itu. Ketua DPP PKS menyebut partainya tetap di luar koalisi.",
    "Harga tandan buah segar di PKS terdekat turun, petani sawit mengeluh.",
    "Menteri menandatangani surat keputusan kenaikan pangkat. SK itu merujuk peraturan pemerintah dan UU.",
    "Gelandang itu teken kontrak bersama klub barunya, pelatih menyambut pemain anyar jelang liga.",
    "Gubernur berharap kedua kota mempererat kerja sama dan sinergi di bidang wisata.",
    "Kami menangani banjir dengan tangan kosong, kata relawan yang datang dari Jakarta.",
    "Hakim membacakan nota pembelaan terdakwa pada sidang pekan depan.",
    "Nota keuangan dibacakan di hadapan anggota dewan.",
    "Guru pegawai pemerintah dengan perjanjian kerja (PPPK) menanti pelantikan.",
    "Ada tanda tanya besar, Anda tahu sendiri, soal mandat panitia.",
    "Presiden menekan tombol tanda dimulainya pembangunan bendungan.",
    "Mouse nirkabel dan limousin listrik dipamerkan di Bandung.",
]


@pytest.mark.parametrize("phrase", AGREEMENTS)
@pytest.mark.parametrize("shape", ["{0}{1}", "{0}\n\n{1}", "{1} {0}", "{1}{1}{1}{0}{1}"])
def test_agreements_pass(phrase, shape):
    assert passes(shape.format(phrase, FILLER))


@pytest.mark.parametrize("phrase", AGREEMENTS)
def test_agreements_pass_in_capitals_and_with_other_spaces(phrase):
    assert passes(phrase.upper() + FILLER)
    assert passes(phrase.replace(" ", "\u00a0") + FILLER)
    assert passes(phrase.replace(" ", "\n") + FILLER)


@pytest.mark.parametrize("phrase", OTHERS)
def test_others_do_not_pass(phrase):
    assert not passes(phrase + FILLER)


def test_verdict_says_why():
    text = "Bank Arta Muda Gandeng Pesantren\n\nKeduanya meneken nota kesepahaman kerja sama, Rabu."
    result = judge(text)
    assert result.passed
    assert result.score >= result.threshold
    assert all(text[cue.start : cue.end] == cue.text for cue in result.cues)
    assert [cue.text for cue in result.cues if cue.group == "instrument"] == ["nota kesepahaman"]
    assert {"signing", "instrument", "signing~instrument", "early instrument"} <= result.parts.keys()


def test_verdict_without_cue():
    result = judge("Harga cabai rawit naik lagi di Pasar Lama." + FILLER)
    assert (result.passed, result.score, result.cues, result.parts) == (False, 0.0, (), {})


def test_words_against_lower_the_score():
    alone = judge("Surat itu ditandatangani kepala kantor." + FILLER)
    against = judge("Surat tugas dan surat keputusan itu ditandatangani kepala kantor." + FILLER)
    assert against.score < alone.score
    assert against.parts["decree"] < 0


def test_distance_tells():
    near = "Kontrak kedua pihak ditandatangani. Nota kesepahaman menyusul." + FILLER
    far = "Kontrak kedua pihak ditandatangani." + FILLER + " Nota kesepahaman menyusul."
    assert "signing~instrument" in judge(near).parts
    assert "signing~instrument" not in judge(far).parts


def test_json_round_trip():
    result = judge(AGREEMENTS[0])
    assert GateResult.model_validate_json(result.model_dump_json()) == result


def test_empty_text():
    assert not passes("")
    assert not passes(" \n\t")


def test_amounts_are_what_the_score_is_made_of():
    text = "Bupati menandatangani nota kesepahaman dengan rektor."
    found = amounts(text)
    told = judge(text).parts
    assert set(told) <= {name for name, amount in found.items() if amount}
    assert found["signing~instrument"] > 0
    assert not any(amounts("Harga beras naik.").values())
