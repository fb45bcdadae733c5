import pytest

from tests.understanding.people import days, told

WEDNESDAY = "2026-02-11T13:40:00+07:00"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("posyandu 25 balita", "2026-02-11", "2026-02-11"),
        ("tadi pagi posyandu 25 balita", "2026-02-11", "2026-02-11"),
        ("kmrn posyandu 25 balita", "2026-02-10", "2026-02-10"),
        ("kemaren sore posyandu", "2026-02-10", "2026-02-10"),
        ("wingi posyandu 25 balita", "2026-02-10", "2026-02-10"),
        ("kemarin lusa posyandu", "2026-02-09", "2026-02-09"),
        ("3 hari yang lalu posyandu", "2026-02-08", "2026-02-08"),
        ("senin kemarin posyandu", "2026-02-09", "2026-02-09"),
        ("rabu lalu posyandu", "2026-02-04", "2026-02-04"),
        ("minggu lalu selasa sampe kamis kelas kader", "2026-02-03", "2026-02-05"),
        ("2 hari kebelakang posyandu", "2026-02-10", "2026-02-11"),
        ("konseling hari ini 4 org, kemarin 2", "2026-02-11", "2026-02-11"),
        ("jum'at posyandu mawar", "2026-02-06", "2026-02-06"),
        ("kamis minggu lalu kelas kader", "2026-02-05", "2026-02-05"),
        ("minggu lalu kelas kader", "2026-02-02", "2026-02-08"),
        ("hari minggu kemarin kelas kader", "2026-02-08", "2026-02-08"),
        ("minggu ini konseling 7 orang", "2026-02-09", "2026-02-11"),
        ("sabtu minggu lembur entri data", "2026-02-07", "2026-02-08"),
        ("senin sampai selasa posyandu", "2026-02-09", "2026-02-10"),
        ("kemarin dan hari ini posyandu", "2026-02-10", "2026-02-11"),
        ("dua hari ini posyandu", "2026-02-10", "2026-02-11"),
        ("dari kemarin posyandu", "2026-02-10", "2026-02-11"),
        ("kemarin sm lusa kemarin ukur ulang", "2026-02-09", "2026-02-10"),
        ("tgl 3 posyandu", "2026-02-03", "2026-02-03"),
        ("tgl 25 posyandu", "2026-01-25", "2026-01-25"),
        ("tgl 29-30 januari bimtek", "2026-01-29", "2026-01-30"),
        ("28 jan s/d 2 feb bimtek", "2026-01-28", "2026-02-02"),
        ("30 desember lalu bimtek", "2025-12-30", "2025-12-30"),
        ("5/2 posyandu", "2026-02-05", "2026-02-05"),
        ("tanggal 05/02/2026 posyandu", "2026-02-05", "2026-02-05"),
        ("9.2.2026 posyandu", "2026-02-09", "2026-02-09"),
        ("awal bulan lalu rembuk stunting", "2026-01-01", "2026-01-10"),
        ("bulan lalu kelas kader", "2026-01-01", "2026-01-31"),
        ("snein lalu posyandu", "2026-02-09", "2026-02-09"),
        ("akhir pekan kemarin lembur", "2026-02-07", "2026-02-08"),
        ("weekend jaga pameran", "2026-02-07", "2026-02-08"),
        ("mulai senin sampai hari ini diklat", "2026-02-09", "2026-02-11"),
        ("dua hari kemarin survei", "2026-02-09", "2026-02-10"),
        ("minggu lalu hari kamis sosialisasi", "2026-02-05", "2026-02-05"),
        ("januari kemarin pelatihan kader", "2026-01-01", "2026-01-31"),
        ("seminggu yang lalu rapat", "2026-02-04", "2026-02-04"),
        ("jaga 24 jam kmrn s.d pagi ni", "2026-02-10", "2026-02-11"),
        ("senin, selasa, rabu survei", "2026-02-09", "2026-02-11"),
        ("kemis jeung jumaah kamari riksa uji crane, 3 unit", "2026-02-05", "2026-02-06"),
        ("senin jo selasa kapatang asistensi 3 opd", "2026-02-09", "2026-02-10"),
        ("28/1 kunjungan, dibaleni minggu ngarep", "2026-01-28", "2026-01-28"),
        ("selasa tanggal 3 februari rapat", "2026-02-03", "2026-02-03"),
    ],
)
def test_a_day_is_found_as_people_say_it(text, first, last):
    assert days(text, WEDNESDAY) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "lap gizi januari beres",
        "laporan bulan januari sudah dikirim",
        "usul KP periode 1 april 58 berkas",
        "sk pensiun tmt 1 maret diserahkan 11 orang",
        "konseling 3 orang, lanjut kamis",
        "koreksi 30 lembar, besok remedial",
        "rapat persiapan lomba tgl 20 nanti",
        "numerasi 15 menit, jalan terus tiap senin",
        "laporan evaluasi RPJMD TW I ditandatangani",
        "lap kominda minggu ke-2 mei dikirim",
        "surat tgl 3 feb dibalas",
        "kunjungan bu Ahmad Yuni di jl. Juni",
        "tanam 1/4 ha, 3/4 selesai",
        "omzet naik 20 persen dari bulan lalu",
        "lengkapi askep 12 berkas yg kmrn blm ttd",
        "lap mingguan 2-8 feb beres",
        "jumat bersih di kantor",
        "pelanggaran turun dibanding minggu lalu",
    ],
)
def test_a_period_that_is_only_named_is_not_the_day_of_the_work(text):
    assert days(text, WEDNESDAY) == ("2026-02-11", "2026-02-11")


@pytest.mark.parametrize(
    ("sent_at", "text", "day"),
    [
        ("2026-02-12T01:30:00+07:00", "baru selesai jaga banjir", "2026-02-11"),
        ("2026-02-12T03:59:00+07:00", "evakuasi 2 korban", "2026-02-11"),
        ("2026-02-12T04:00:00+07:00", "evakuasi 2 korban", "2026-02-12"),
        ("2026-02-12T01:30:00+07:00", "12/2/2026 jaga banjir", "2026-02-12"),
        ("2026-02-12T01:30:00+07:00", "tgl 12 jaga banjir", "2026-02-12"),
        ("2026-02-12T01:30:00+07:00", "11 feb jaga banjir", "2026-02-11"),
        ("2026-02-12T02:00:00+07:00", "dari malam tadi jaga banjir", "2026-02-11"),
        ("2026-02-12T07:00:00+07:00", "semalam jaga banjir", "2026-02-11"),
        ("2026-02-12T06:50:00+07:00", "patroli jam 22.00-02.00 aman", "2026-02-11"),
        ("2026-02-12T23:10:00+07:00", "patroli jam 22.00-02.00 aman", "2026-02-12"),
    ],
)
def test_night_hours_belong_to_the_evening_before(sent_at, text, day):
    assert days(text, sent_at) == (day, day)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("posyandu 25 balita 30 juni", "30 juni"),
        ("posyandu 25 balita 31/12/2026", "31/12/2026"),
        ("posyandu 25 balita tgl 15 jul", "15 juli"),
        ("posyandu 25 balita tanggal 30 februari", "30 februari"),
        ("posyandu 25 balita 31 november", "31 november"),
        ("posyandu 25 balita tanggal 32", "32"),
        ("posyandu 25 balita tanggal 3", None),
        ("posyandu 25 balita 30 januari", None),
        ("kemarin posyandu 25 balita, 31 juni", None),
        ("menyusun laporan 30 juni", None),
        ("menyiapkan undangan tanggal 30 juni", None),
    ],
)
def test_a_date_that_no_work_can_have_is_named(text, date):
    proposal = told(text, WEDNESDAY)

    assert proposal.misdated == date
    assert proposal.last_day.isoformat() <= "2026-02-11"
