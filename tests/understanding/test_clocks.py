import pytest

from tests.understanding.people import told


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("patroli malam jam 21.00-02.00", 300),
        ("jaga pos depan shift malam 19.00 - 07.00 aman", 720),
        ("rapat jam 9-11", 120),
        ("zoom bareng provinsi, 1j 20m", 80),
        ("rapat jam 8 pagi sampe 9 lewat 15", 75),
        ("patroli mulai 21.30 kelar tengah malam", 150),
        ("belanja Rp 1.250.000 jam 9 - 11", 120),
        ("fumigasi lt.2 mulai 07.30 kelar 11.45", 255),
        ("patroli, start jam 8 malam balik jam 1 dini hari", 300),
        ("dongeng jam 8 nepi ka setengah 10", 90),
        ("rapat jam 9-11.30", 150),
        ("rapat 08.00-10.00 wib", 120),
        ("rapat pukul 08:30 s.d. 10:00", 90),
        ("rapat jam 8 - 3 sore", 420),
        ("rapat jam 8 s/d 12 siang", 240),
        ("rapat mulai jam 7 pagi sampe jam 10", 180),
        ("rapat jam 1-3", 120),
        ("rapat jam 7-9 malam", 120),
        ("jaga jam 8 malam sampai 7 pagi", 660),
        ("rapat sore jam 3 sampai setengah 5", 90),
        ("shift siang 14-21", 420),
        ("rapat 2 jam", 120),
        ("rapat 2,5jam", 150),
        ("rapat 2.5 jam", 150),
        ("rapat dua jam", 120),
        ("rapat satu setengah jam", 90),
        ("rapat setengah jam", 30),
        ("rapat sejam", 60),
        ("rapat 1 jam 30 menit", 90),
        ("rapat 45 mnt", 45),
        ("rapat 2 jam an", 120),
        ("rapat jam 1 siang smp jam 3 kurang seperempat", 105),
        ("rapat jam dua lewat seperempat sampai jam tiga", 45),
        ("rapat jam 8 sampai jam 10 kurang 10 menit", 110),
        ("rapat jam 8 sampai 10 kurang 2 orang", 120),
        ("rapat jam setengah sembilan sampai jam sepuluh", 90),
        ("rapat jam 7 lebih 15 sampai jam 8", 45),
        ("rapat jam 7 sampai 8 lebih 20 orang hadir", 60),
        ("rapat sajam satengah", 90),
        ("rapat satu jam setengah", 90),
        ("rapat sejam setengah", 90),
        ("rapat satangah jam", 30),
        ("piket 24 jam", 1440),
    ],
)
def test_a_duration_is_stated_or_follows_from_the_hours(text, minutes):
    assert told(text).minutes == minutes


@pytest.mark.parametrize(
    "text",
    [
        "rapat jam 9",
        "rapat sampai jam 5",
        "2 jam yang lalu posyandu",
        "mengajar 2 jam pelajaran",
        "pegawai telat 30 menit dibina",
        "28 hari kerja bolos, disusun BAP",
    ],
)
def test_what_is_no_duration_gives_none(text):
    assert told(text).minutes is None


def test_hours_are_kept_with_morning_and_afternoon_settled():
    proposal = told("rapat jam 8 - 3 sore")

    assert (proposal.start.hour, proposal.end.hour) == (8, 15)
    assert told("deploy jam 4 sore").start.hour == 16
    assert told("ngerjain bab 2 sampai jam 5").end.hour == 17
    assert told("rapat mulai jam 9 selama 2 jam").end.hour == 11
