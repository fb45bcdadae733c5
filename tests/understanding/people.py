"""Invented people whose messages the tests understand."""

import datetime as dt
from decimal import Decimal

from bot.understanding.sentence import Correction, Profile, Proposal, Result, understand

NUTRITIONIST = Profile(
    "Nutrisionis, UPTD Puskesmas",
    (
        Result(
            1, "Terlaksananya pemantauan pertumbuhan balita di posyandu", "balita", Decimal(480)
        ),
        Result(2, "Terlaksananya konseling gizi bagi pasien rawat jalan", "orang", Decimal(120)),
        Result(3, "Tersusunnya laporan bulanan gizi", "laporan", Decimal(12)),
        Result(4, "Terlaksananya pembinaan kader posyandu", "kegiatan", Decimal(8)),
    ),
)
TREASURER = Profile(
    "Pemeriksa Pajak, Bapenda",
    (
        Result(1, "Tercapainya penerimaan pajak daerah", "rupiah", Decimal(5_000_000_000)),
        Result(2, "Terlaksananya penagihan piutang pajak", "wajib pajak", Decimal(240)),
    ),
)
AT_NOON = "2026-02-11T13:40:00+07:00"


def told(
    text: str, sent_at: str = AT_NOON, profile: Profile = NUTRITIONIST, *lessons: Correction
) -> Proposal:
    if lessons:
        profile = Profile(profile.job, profile.results, lessons)
    return understand(text, dt.datetime.fromisoformat(sent_at), profile)


def days(text: str, sent_at: str = AT_NOON) -> tuple[str, str]:
    proposal = told(text, sent_at)
    return proposal.day.isoformat(), proposal.last_day.isoformat()
