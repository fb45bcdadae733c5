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
    WIDYAISWARA = "widyaiswara"


Words = Callable[[Translator], str]

BUILT: tuple[tuple[str, Audience, Words], ...] = (
    ("catat", Audience.EMPLOYEE, lambda t: t.gettext("Log today's work in one sentence")),
    ("skp", Audience.EMPLOYEE, lambda t: t.gettext("See where each RHK stands")),
    ("kontribusi", Audience.EMPLOYEE, lambda t: t.gettext("See what your work contributes to")),
    ("riwayat", Audience.EMPLOYEE, lambda t: t.gettext("See, change or delete entries")),
    ("rekap", Audience.EMPLOYEE, lambda t: t.gettext("See your weekly or monthly recap")),
    ("salin", Audience.EMPLOYEE, lambda t: t.gettext("Copy entries into e-Kinerja")),
    ("susulan", Audience.EMPLOYEE, lambda t: t.gettext("Catch up on missed working days")),
    ("cuti", Audience.EMPLOYEE, lambda t: t.gettext("Note leave, trips or sickness")),
    ("kendala", Audience.EMPLOYEE, lambda t: t.gettext("Tell your leader what holds you up")),
    ("pengingat", Audience.EMPLOYEE, lambda t: t.gettext("Set the hour of the reminder")),
    ("dataku", Audience.EMPLOYEE, lambda t: t.gettext("See and download your data")),
    ("kuis", Audience.EMPLOYEE, lambda t: t.gettext("Answer five questions in two minutes")),
    ("pakta", Audience.EMPLOYEE, lambda t: t.gettext("Read your agency's Pakta Integritas")),
    ("tim", Audience.LEADER, lambda t: t.gettext("See how your team stands")),
    ("persetujuan", Audience.LEADER, lambda t: t.gettext("Approve the SKP of your people")),
    ("tema", Audience.LEADER, lambda t: t.gettext("See a theme across units")),
    ("cascading", Audience.LEADER, lambda t: t.gettext("See how goals cascade")),
    ("tanggapi", Audience.LEADER, lambda t: t.gettext("Respond to entries that wait")),
    ("pegawai", Audience.ADMIN, lambda t: t.gettext("Look a person up in the roster")),
    ("impor", Audience.ADMIN, lambda t: t.gettext("Import the roster workbook")),
    ("undang", Audience.ADMIN, lambda t: t.gettext("Make an invitation code")),
    ("kesehatan", Audience.ADMIN, lambda t: t.gettext("See how the bot is running")),
    ("siaran", Audience.ADMIN, lambda t: t.gettext("Write to everyone or to a unit")),
    ("audit", Audience.ADMIN, lambda t: t.gettext("See who changed what")),
    ("kalender", Audience.ADMIN, lambda t: t.gettext("Keep holidays and Ramadan")),
    ("tulis", Audience.WIDYAISWARA, lambda t: t.gettext("Write guidance")),
    ("tinjau", Audience.WIDYAISWARA, lambda t: t.gettext("Review guidance of others")),
    ("pertanyaan", Audience.WIDYAISWARA, lambda t: t.gettext("Answer what people ask")),
    ("kirimkuis", Audience.WIDYAISWARA, lambda t: t.gettext("Send a quiz to a unit")),
    ("panduan", Audience.EVERYONE, lambda t: t.gettext("Find guidance by theme or question")),
    ("cekrhk", Audience.EVERYONE, lambda t: t.gettext("Check an RHK, IKI or log sentence")),
    ("menu", Audience.EVERYONE, lambda t: t.gettext("Open the menu")),
    ("bantuan", Audience.EVERYONE, lambda t: t.gettext("See how this bot works")),
    ("bahasa", Audience.EVERYONE, lambda t: t.gettext("Change the language")),
    ("batal", Audience.EVERYONE, lambda t: t.gettext("Cancel what is half done")),
    ("start", Audience.EVERYONE, lambda t: t.gettext("Begin")),
)

# Planned commands are answered as not yet there, never by a stub.
PLANNED = (
    "inovasi", "evaluasi", "dialog", "bimbingan",
)  # fmt: skip


def commands(audiences: Iterable[Audience]) -> list[tuple[str, Words]]:
    """List the commands for some audiences, in the menu's order."""
    wanted = set(audiences)
    return [(name, words) for name, audience, words in BUILT if audience in wanted]
