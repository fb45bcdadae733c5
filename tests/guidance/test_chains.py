from pathlib import Path

import pytest

from bot.guidance.chain_checking import check_chains
from bot.guidance.chains import fitting
from bot.guidance.library import Library
from bot.i18n import translator
from bot.ui.impact import chain_screen
from bot.wire.fitting import visible

FOLDER = Path(__file__).parents[2] / "locale" / "id" / "guidance"
LIBRARY = Library.load(FOLDER)
CHAINS = LIBRARY.chains()
THEMES = (
    "stunting", "gizi-buruk", "kemiskinan-ekstrem", "inflasi", "p3dn",
    "rb-tematik", "cascading", "pakta-integritas", "berakhlak", "inovasi",
)  # fmt: skip
SOUND = """theme: stunting
impact: prevalensi stunting
owner: kepala daerah
chains:
"""
CHAIN = """  - job: contoh-{n}
    title: Contoh
    jobs: [contoh {n}]
    unit: keluarga terlayani
    rhk: Meningkatnya keluarga binaan yang terlayani
    iki: ["Keluarga binaan yang terlayani, target contoh 90%"]
    work: kunjungan
    evidence: rekap
"""


def test_nothing_is_wrong_with_any_chain():
    assert [f"{problem.file}: {problem.text}" for problem in check_chains(LIBRARY)] == []


def test_every_theme_has_the_chains_of_at_least_eight_jobs():
    assert set(CHAINS) == set(THEMES)
    assert min(len(chains) for chains in CHAINS.values()) >= 8


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_chain_fits_a_screen(language):
    for theme, chains in CHAINS.items():
        for chain in chains:
            text, _ = chain_screen(translator(language), theme, chain, None)
            assert visible(str(text)) <= 1000, (theme, chain.job)
            assert len(f"impact:{theme}:{chain.job}") <= 64


@pytest.mark.parametrize(
    ("theme", "position", "job"),
    [
        ("stunting", "Bidan Ahli Pertama", "bidan"),
        ("stunting", "Kepala Seksi Kesejahteraan", "kecamatan"),
        ("p3dn", "Pejabat Pengadaan Barang/Jasa", "pejabat-pengadaan"),
        ("p3dn", "Pengelola Pengadaan Barang/Jasa Ahli Muda", "pbj"),
        ("kemiskinan-ekstrem", "Penyuluh Sosial Ahli Pertama", "pekerja-sosial"),
        ("stunting", "Penyuluh Keluarga Berencana", "penyuluh-kb"),
        ("inflasi", "Nakhoda", None),
        ("inflasi", "", None),
    ],
)
def test_a_position_finds_the_chain_written_for_it(theme, position, job):
    found = fitting(CHAINS[theme], position)

    assert (found.job if found else None) == job


@pytest.mark.parametrize(
    ("question", "theme", "job"),
    [
        ("bagaimana SKP saya berdampak pada stunting?", "stunting", None),
        ("gimana skp bidan biar ngaruh ke stuting", "stunting", "bidan"),
        ("apa peran saya sbg arsiparis di p3dn", "p3dn", "arsiparis"),
        ("rhk saya nyambung ke kemiskinan ekstrim ga", "kemiskinan-ekstrem", None),
        ("kerjaan saya di kelurahan nyambungnya ke stunting dimana", "stunting", None),
        ("SKP saya berdampak?", None, None),
        ("skp saya berdampak pd pakta integritas?", "pakta-integritas", None),
    ],
)
def test_a_question_for_ones_own_impact_is_heard(question, theme, job):
    asked = LIBRARY.impact_asked(question)

    assert asked is not None
    assert (asked.theme, asked.job) == (theme, job)


@pytest.mark.parametrize(
    "question",
    [
        "apa itu stunting",
        "dampak stunting bagi anak",
        "dampak inflasi ke pekerjaan warga",
        "contoh rhk yang berdampak",
        "birokrasi berdampak itu apa",
        "peran tpk dalam stunting",
        "skp saya sudah sampai mana",
    ],
)
def test_another_question_is_left_to_the_search(question):
    assert LIBRARY.impact_asked(question) is None


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("Meningkatnya keluarga binaan yang terlayani", "Menurunnya prevalensi stunting kabupaten",
         "lacks: Dalam kendali"),
        ("Meningkatnya keluarga binaan yang terlayani", "Mengikuti rapat", "lacks: Hasil"),
        ("target contoh 90%", "target 90%", "not marked as an example"),
        ("title: Contoh", "title: Contoh jabatan yang panjang", "longer than a button"),
        ("job: contoh-1", "job: Contoh_1", "letters and hyphens"),
        ("evidence: rekap", "evidence: 3604 0112 3456 7890", "NIK or NIP"),
        ("work: kunjungan", "article: tiada\n    work: kunjungan", "tiada is not there"),
        ("    work: kunjungan\n", "", "lacks work"),
        ("theme: stunting", "theme: lain", "not in the list of themes"),
        ("job: contoh-2", "job: contoh-3", "one twice"),
    ],
)  # fmt: skip
def test_a_fault_of_a_chain_is_named(tmp_path, old, new, found):
    text = SOUND + "".join(CHAIN.format(n=n) for n in range(1, 9))
    folder = tmp_path / "chains"
    folder.mkdir()
    (folder / "stunting.yaml").write_text(text, encoding="utf-8")
    assert check_chains(Library.load(tmp_path)) == ()

    assert old in text
    (folder / "stunting.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(found in one.text for one in check_chains(Library.load(tmp_path)))


def test_a_theme_with_too_few_jobs_is_named(tmp_path):
    (tmp_path / "chains").mkdir()
    text = SOUND + "".join(CHAIN.format(n=n) for n in range(1, 4))
    (tmp_path / "chains" / "stunting.yaml").write_text(text, encoding="utf-8")

    assert [one.text for one in check_chains(Library.load(tmp_path))] == [
        "It speaks to fewer than 8 jobs, or to one twice."
    ]
