"""Days typed by themselves, when somebody was asked for days."""

import datetime as dt
import re

from bot.understanding.almanac import MONTHS, WEEKDAYS, date_of
from bot.understanding.away import DAY, LENGTH, Span, days_away
from bot.understanding.spelling import read
from bot.understanding.words import Words, load_words

# 26-11-2026 and 26.11.2026 as the ear knows dates: 26/11/2026.
_DATE = re.compile(r"\b(\d{1,2})[-.](\d{1,2})[-.](20\d\d)\b")
_JOINING_WORDS = (
    "hari ini besok lusa kemarin sekarang minggu bulan depan sampai dengan hingga dan dari mulai"
    " sejak selama tanggal tgl s d sehari seminggu sebulan akhir saja cuti dinas sakit izin luar"
    " ya pak bu"
)
_JOINING = frozenset(_JOINING_WORDS.split())
_LEAP_YEAR = 2024
_NAMED = re.compile(rf"(?<!\w)(?:{DAY}|{LENGTH}|sampai)\b")
_WITH_MONTH = re.compile(rf"\b(\d{{1,2}}) (?:/ )?({'|'.join(MONTHS)}|\d{{1,2}})\b(?! /)")


def asked_days(text: str, today: dt.date, words: Words | None = None) -> Span | None:
    """Read days that were asked for; None when something else was said, or no such day exists.

    A number by itself is a day of the month.
    """
    line = read(_DATE.sub(r"\1/\2/\3", text), words or load_words()).line
    said = re.findall(r"[a-z]+|\d+", line)
    if not said or not all(word.isdigit() or word in _JOINING or _is_date(word) for word in said):
        return None
    if line.strip().isdigit():
        line = f"tanggal {line.strip()}"
    if not _NAMED.search(line) or not all(
        _exists(day, month) for day, month in _WITH_MONTH.findall(line)
    ):
        return None
    first, last = days_away(line, today)
    unread = first == last == today and not _names_today(line, today)
    return None if unread else (first, last)


def _is_date(word: str) -> bool:
    return word in MONTHS or word in WEEKDAYS


def _exists(day: str, month: str) -> bool:
    return date_of(_LEAP_YEAR, MONTHS.get(month) or int(month), int(day)) is not None


def _names_today(line: str, today: dt.date) -> bool:
    weekdays = {name for name, number in WEEKDAYS.items() if number == today.weekday()}
    names = {"ini", "sekarang", "sehari", str(today.day), *weekdays}
    return not names.isdisjoint(line.split())
