import datetime as dt

import pytest

from bot.understanding.team_questions import Asked, Stretch, TeamQuestion, team_question

# A Tuesday.
TODAY = dt.date(2026, 11, 24)
YESTERDAY, SUNDAY = dt.date(2026, 11, 23), dt.date(2026, 11, 22)
OCTOBER = dt.date(2026, 10, 31)
DAY, WEEK, MONTH = Stretch.DAY, Stretch.WEEK, Stretch.MONTH


@pytest.mark.parametrize(
    ("said", "stretch", "day"),
    [
        ("siapa belum lapor minggu ini?", WEEK, TODAY),
        ("siapa yang belum catat hari ini", DAY, TODAY),
        ("siapa saja yg blm isi catatan kemarin?", DAY, YESTERDAY),
        ("yang belum lapor siapa aja", DAY, TODAY),
        ("ada yang belum lapor?", DAY, TODAY),
        ("anak buah saya sudah lapor semua?", DAY, TODAY),
        ("tim sudah lapor semua belum?", DAY, TODAY),
        ("bawahan saya yang belum mengisi catatan minggu lalu siapa saja ya", WEEK, SUNDAY),
        ("pak, siapa yg belum kirim laporan kemarin?", DAY, YESTERDAY),
        ("who has not logged today?", DAY, TODAY),
        ("who hasn't logged this week?", WEEK, TODAY),
    ],
)
def test_who_has_logged_is_asked_of_the_people(said, stretch, day):
    assert team_question(said, TODAY) == TeamQuestion(Asked.PEOPLE, stretch, day)


@pytest.mark.parametrize(
    ("said", "stretch", "day"),
    [
        ("siapa yang dinas luar hari ini", DAY, TODAY),
        ("siapa yang sakit", DAY, TODAY),
        ("ada yang cuti minggu ini?", WEEK, TODAY),
        ("siapa yg cuti bulan lalu?", MONTH, OCTOBER),
    ],
)
def test_who_is_excused_is_asked_for(said, stretch, day):
    assert team_question(said, TODAY) == TeamQuestion(Asked.AWAY, stretch, day)


@pytest.mark.parametrize(
    ("said", "asked", "stretch", "name"),
    [
        ("kinerja wayan minggu ini gimana?", Asked.THEME, WEEK, "wayan"),
        ("wayan ngapain aja minggu ini?", Asked.PERSON, WEEK, "wayan"),
        ("capaian bu lestari", Asked.THEME, DAY, "lestari"),
        ("bagaimana progres stunting di tim saya", Asked.THEME, DAY, "stunting"),
    ],
)
def test_a_person_or_a_theme_is_named(said, asked, stretch, name):
    assert team_question(said, TODAY) == TeamQuestion(asked, stretch, TODAY, name)


@pytest.mark.parametrize(
    ("said", "stretch", "day"),
    [
        ("berapa persen capaian tim?", DAY, TODAY),
        ("tim saya gimana hari ini", DAY, TODAY),
        ("RHK mana yang macet?", DAY, TODAY),
        ("tim ngapain aja minggu ini", WEEK, TODAY),
        ("gimana tim saya", DAY, TODAY),
        ("gmn tim sy", DAY, TODAY),
        ("ada kendala apa di tim?", DAY, TODAY),
        ("siapa yang terkendala minggu ini?", WEEK, TODAY),
        ("tim saya gimana?", DAY, TODAY),
        ("progres tim minggu lalu", WEEK, SUNDAY),
        ("bagaimana kinerja tim bulan ini", MONTH, TODAY),
        ("capaian seksi saya minggu ini?", WEEK, TODAY),
        ("rekap tim bulan ini?", MONTH, TODAY),
        ("lihat tim", DAY, TODAY),
        ("Selamat sore, bagaimana kondisi tim kami minggu ini ya?", WEEK, TODAY),
        ("gmn progres anak buah bulan lalu", MONTH, OCTOBER),
        ("how is my team this week?", WEEK, TODAY),
    ],
)
def test_how_the_team_stands_is_asked_of_the_summary(said, stretch, day):
    assert team_question(said, TODAY) == TeamQuestion(Asked.SUMMARY, stretch, day)


@pytest.mark.parametrize(
    ("said", "stretch", "day", "theme"),
    [
        ("bagaimana stunting bulan ini?", MONTH, TODAY, "stunting"),
        ("capaian stunting bulan lalu", MONTH, OCTOBER, "stunting"),
        ("progres inflasi minggu ini", WEEK, TODAY, "inflasi"),
        ("perkembangan gizi buruk", DAY, TODAY, "gizi buruk"),
        ("berapa capaian kemiskinan ekstrem minggu lalu?", WEEK, SUNDAY, "kemiskinan ekstrem"),
        ("how is stunting this month?", MONTH, TODAY, "stunting"),
    ],
)
def test_how_a_theme_stands_is_asked_with_its_words(said, stretch, day, theme):
    assert team_question(said, TODAY) == TeamQuestion(Asked.THEME, stretch, day, theme)


@pytest.mark.parametrize(
    "said",
    [
        "apa itu stunting?",
        "bagaimana cara mencegah stunting?",
        "bagaimana stunting?",
        "bagaimana menulis RHK yang baik?",
        "apa itu cascading?",
        "siapa yang belum imunisasi di posyandu?",
        "siapa belum lapor pajak?",
        "siapa atasan saya?",
        "saya belum lapor hari ini",
        "ada kendala di tim saya",
        "ada kendala?",
        "kendala saya apa saja di tim?",
        "laporan saya belum?",
        "progres saya minggu ini",
        "RHK saya mana yang macet?",
        "capaian saya bulan ini berapa?",
        "ada laporan hari ini?",
        "rapat tim stunting bulan ini",
        "koordinasi tim minggu lalu",
        "rekap tim bulan ini",
        "rekap laporan tim minggu ini",
        "input laporan tim",
        "membina tim penggerak PKK",
        "tim kami menimbang 20 balita hari ini",
        "laporan stunting bulan ini",
        "cuti hari ini",
        "isi catatan harian kemarin",
        "terima kasih tim",
        "hari ini",
        "",
        "bagaimana tim saya?\nbagaimana stunting bulan ini?",
        "bagaimana tim saya " + "ya " * 40,
    ],
)
def test_work_guidance_and_what_is_ones_own_are_no_questions_about_the_team(said):
    assert team_question(said, TODAY) is None
