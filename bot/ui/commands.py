"""The commands that are built, for whom, and what the menu says of each."""

import enum
from collections.abc import Callable, Iterable

from bot.i18n import Translator


class Audience(enum.StrEnum):
    """Whom a command is for."""

    EVERYONE = "everyone"
    EMPLOYEE = "employee"
    LEADER = "leader"
    ADMIN = "admin"


Words = Callable[[Translator], str]

BUILT: tuple[tuple[str, Audience, Words], ...] = (
    ("catat", Audience.EMPLOYEE, lambda t: t.gettext("Log today's work in one sentence")),
    ("skp", Audience.EMPLOYEE, lambda t: t.gettext("See where each RHK stands")),
    ("riwayat", Audience.EMPLOYEE, lambda t: t.gettext("See, change or delete entries")),
    ("cuti", Audience.EMPLOYEE, lambda t: t.gettext("Note leave, an official trip or sickness")),
    ("pengingat", Audience.EMPLOYEE, lambda t: t.gettext("Set the hour of the reminder")),
    ("tim", Audience.LEADER, lambda t: t.gettext("See how your team stands")),
    ("pegawai", Audience.ADMIN, lambda t: t.gettext("Look a person up in the roster")),
    ("impor", Audience.ADMIN, lambda t: t.gettext("Import the roster workbook")),
    ("undang", Audience.ADMIN, lambda t: t.gettext("Make an invitation code")),
    ("kesehatan", Audience.ADMIN, lambda t: t.gettext("See how the bot is running")),
    ("siaran", Audience.ADMIN, lambda t: t.gettext("Write to everyone or to a unit")),
    ("kalender", Audience.ADMIN, lambda t: t.gettext("Keep holidays and Ramadan")),
    ("panduan", Audience.EVERYONE, lambda t: t.gettext("Find guidance by theme or question")),
    ("menu", Audience.EVERYONE, lambda t: t.gettext("Open the menu")),
    ("bantuan", Audience.EVERYONE, lambda t: t.gettext("See how this bot works")),
    ("bahasa", Audience.EVERYONE, lambda t: t.gettext("Change the language")),
    ("batal", Audience.EVERYONE, lambda t: t.gettext("Cancel what is half done")),
    ("start", Audience.EVERYONE, lambda t: t.gettext("Begin")),
)

# Planned commands are answered as not yet there, never by a stub.
PLANNED = (
    "rekap", "salin", "kontribusi", "susulan", "kendala", "kuis", "pakta", "inovasi", "dataku",
    "tema", "cascading", "tanggapi", "persetujuan", "evaluasi", "dialog", "tulis", "tinjau",
    "pertanyaan", "bimbingan", "kirimkuis", "audit", "cekrhk",
)  # fmt: skip


def commands(audiences: Iterable[Audience]) -> list[tuple[str, Words]]:
    """List the commands for some audiences, in the menu's order."""
    wanted = set(audiences)
    return [(name, words) for name, audience, words in BUILT if audience in wanted]
