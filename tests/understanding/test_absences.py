import pytest

from bot.understanding.sentence import Intent
from tests.understanding.people import told

WEDNESDAY = "2026-02-11T13:40:00+07:00"


@pytest.mark.parametrize(
    ("text", "kind", "first", "last"),
    [
        ("cuti 3 hari mulai besok", "cuti", "2026-02-12", "2026-02-14"),
        ("cuti sampai jumat", "cuti", "2026-02-11", "2026-02-13"),
        ("izin sakit hari ini", "sakit", "2026-02-11", "2026-02-11"),
        ("mohon izin bu, hari ini sakit tdk bs masuk", "sakit", "2026-02-11", "2026-02-11"),
        ("besok saya cuti sehari ya", "cuti", "2026-02-12", "2026-02-12"),
        ("besok sampai minggu saya cuti", "cuti", "2026-02-12", "2026-02-15"),
        ("cuti tgl 27 s.d 28 feb", "cuti", "2026-02-27", "2026-02-28"),
        ("tgl 18 sampe 20 saya cuti ya bu", "cuti", "2026-02-18", "2026-02-20"),
        ("minggu depan saya cuti 4 hari mulai selasa", "cuti", "2026-02-17", "2026-02-20"),
        ("cuti melahirkan saya mulai 1 juni 3 bln", "cuti", "2026-06-01", "2026-08-31"),
        ("DL ke provinsi sampai kamis", "dinas", "2026-02-11", "2026-02-12"),
        ("perjalanan dinas ke Bandung 2 hari besok", "dinas", "2026-02-12", "2026-02-13"),
        ("sa pi keerom tugas luar tiga hari mulai besok", "dinas", "2026-02-12", "2026-02-14"),
        ("bu guru ijin tra mengajar, malaria kambuh", "sakit", "2026-02-11", "2026-02-11"),
        ("kemarin saya sakit", "sakit", "2026-02-10", "2026-02-10"),
        ("cuti 26 Nov", "cuti", "2026-11-26", "2026-11-26"),
        ("cuti sampe jumat", "cuti", "2026-02-11", "2026-02-13"),
        ("libur jaga s.d. jumat", "cuti", "2026-02-11", "2026-02-13"),
        ("lepas jaga hari ini", "cuti", "2026-02-11", "2026-02-11"),
        ("sakit dari kemarin, belum bisa masuk", "sakit", "2026-02-10", "2026-02-11"),
        ("opname di rs sejak senin", "sakit", "2026-02-09", "2026-02-11"),
        ("istirahat 3 hari kata dokter", "sakit", "2026-02-11", "2026-02-13"),
        ("cuti 24, 25, 26 feb", "cuti", "2026-02-24", "2026-02-26"),
        ("cuti dari tgl 27 smpe tgl 2", "cuti", "2026-02-27", "2026-03-02"),
        ("istri lahiran, izin 3 hari", "cuti", "2026-02-11", "2026-02-13"),
        ("haji 40 hari mulai tgl 1 mei", "cuti", "2026-05-01", "2026-06-09"),
        ("besok ijin ya min, anter anak imunisasi", "cuti", "2026-02-12", "2026-02-12"),
        ("anak masuk UGD semalam; saya cuti 2 hari ya bu", "cuti", "2026-02-11", "2026-02-12"),
        (
            "bus mogok, tak sempat masuk, potong cuti aja",
            "cuti",
            "2026-02-11",
            "2026-02-11",
        ),
        ("tgl 5-6 kemarin saya cuti", "cuti", "2026-02-05", "2026-02-06"),
        ("senin sama selasa kemarin tidak masuk, tipes", "sakit", "2026-02-09", "2026-02-10"),
        ("kamis jumat cuti ya", "cuti", "2026-02-12", "2026-02-13"),
        ("tgl 27-28 nanti ulun cuti, anak dikhitan", "cuti", "2026-02-27", "2026-02-28"),
        ("punten enjing teu tiasa lebet, kontrol ka rs", "cuti", "2026-02-12", "2026-02-12"),
        ("rabu depan awak izin, pesta adat adek", "cuti", "2026-02-18", "2026-02-18"),
        ("isuk teu asup", "cuti", "2026-02-12", "2026-02-12"),
        ("sesuk ora mlebu", "cuti", "2026-02-12", "2026-02-12"),
        ("inyong sesuk ora mangkat", "cuti", "2026-02-12", "2026-02-12"),
        ("isuk ulun kada turun", "cuti", "2026-02-12", "2026-02-12"),
    ],
)
def test_an_absence_is_read_with_its_days(text, kind, first, last):
    proposal = told(text, WEDNESDAY)
    away = proposal.absence

    assert proposal.intent is Intent.ABSENCE
    assert (away.kind, away.first.isoformat(), away.last.isoformat()) == (kind, first, last)
    assert (proposal.day, proposal.last_day) == (away.first, away.last)


@pytest.mark.parametrize(
    "text",
    [
        "saya tidak sakit",
        "saya sudah tidak sakit",
        "hari ini saya tdk demam lagi kok",
        "maaf pak saya ga sakit, cuma telat",
        "alhamdulillah sudah sembuh, hari ini masuk",
        "anak saya sakit",
        "istri lagi demam",
    ],
)
def test_who_is_well_or_has_somebody_ill_at_home_is_not_away(text):
    proposal = told(text, WEDNESDAY)

    assert (proposal.intent, proposal.absence) == (Intent.CHAT, None)


@pytest.mark.parametrize(
    "text",
    [
        "cuti saya dibatalkan",
        "batalkan cuti besok",
        "batal cuti",
        "tidak jadi cuti hari ini",
        "batalkan dinas luar besok",
        "dinas luar kamis dibatalkan",
        "izin setengah hari",
        "sakit gigi, ijin setengah hari",
    ],
)
def test_leave_that_is_called_off_or_half_a_day_is_asked_about_and_never_noted(text):
    proposal = told(text, WEDNESDAY)

    assert (proposal.intent, proposal.absence) == (Intent.ABSENCE, None)


@pytest.mark.parametrize(
    "text",
    [
        "cuti saya dibatalkan, hari ini posyandu 25 balita",
        "saya sudah sembuh, tadi posyandu 25 balita",
        "3 pasien sudah sembuh, kontrol di poli",
        "proses pembatalan cuti 3 pegawai",
        "batalkan izin usaha 2 pemohon",
    ],
)
def test_work_beside_or_about_what_was_called_off_is_a_log(text):
    assert told(text, WEDNESDAY).intent is Intent.LOG
