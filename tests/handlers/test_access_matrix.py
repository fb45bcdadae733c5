"""Everybody tries every command and every button on everybody's rows."""

import dataclasses
import os
import re

import pytest
from sqlmodel import select
from telegram.ext import CallbackQueryHandler

import handlers
from bot.ui.commands import BUILT, PLANNED
from db.models.messages import Answer
from tests.databases import KINDS
from tests.handlers.access_agency import (
    ADMIN,
    CAST,
    FORMER_STAND_IN,
    HEAD,
    LEADER,
    LEFT,
    MANDATE,
    MEMBER,
    SPRING,
    STAND_IN,
    STRANGER,
    Rows,
    account,
    marks,
    may_read,
    planted,
)
from tests.handlers.buttons import DAY, KEYS

# Each takes half a minute; what one sees hardly depends on the database.
TRIED_ON = KINDS if os.environ.get("PROOF") == "1" else ("sqlite",)
# What is typed behind each command; what holds {…} is typed with everybody's.
TYPED = {
    "catat": ["", "dampingi 2 balita"],
    "skp": [""],
    "kontribusi": [""],
    "riwayat": ["", "balita", "november"],
    "rekap": ["", "bulan"],
    "salin": ["", "november"],
    "susulan": [""],
    "cuti": [""],
    "kendala": [""],
    "pengingat": [""],
    "dataku": [""],
    "kuis": ["", "stunting"],
    "pakta": [""],
    "kirimkuis": [""],
    "tim": ["", "minggu", "bulan"],
    "persetujuan": [""],
    "tema": ["", "stunting", "stunting bulan"],
    "cascading": [""],
    "tanggapi": [""],
    "pegawai": ["Contoh", "{nip}"],
    "impor": [""],
    "undang": ["Contoh", "{nip}"],
    "kesehatan": [""],
    "siaran": [""],
    "audit": ["", "Contoh", "{nip}"],
    "panduan": ["", "dampingi balita"],
    "cekrhk": ["", "terlaksananya pendampingan balita"],
    "menu": [""],
    "bantuan": [""],
    "bahasa": [""],
    "batal": [""],
    "tulis": [""],
    "tinjau": [""],
    "pertanyaan": [""],
    "kalender": [""],
    "start": ["", "{entry}", "entry-{entry}", "{nip}"],
}
SENTENCES = ["siapa belum lapor minggu ini?", "catatan saya", "bagaimana stunting bulan ini?"]
# Whose rows are tried: one of each standing, everybody's own last, because own rows change.
OWNERS = [LEADER, MEMBER, FORMER_STAND_IN, LEFT]
# Buttons that open a team, a theme or a cascade name in whose place one looks.
LOOKING = {verb for verb in KEYS if verb.partition("-")[0] in {"team", "across", "cascade"}} - {
    "team-proof"
}
READING = {
    verb
    for handler in handlers.IN_ORDER
    if isinstance(handler, CallbackQueryHandler) and getattr(handler.callback, "reads", False)
    for verb in KEYS
    if isinstance(handler.pattern, re.Pattern) and handler.pattern.match(verb)
}


def commands() -> list[str]:
    """Write every command with everything that is typed behind it."""
    return [f"/{name} {more}".strip() for name, some in TYPED.items() for more in some]


def keys(rows: Rows) -> list[str]:
    """Write every key of what is somebody's, also in that one's place and of the spring."""
    values = dataclasses.asdict(rows)
    found = {verb: one.format(**values) for verb, one in KEYS.items()}
    looking = {verb: key for verb, key in found.items() if verb in LOOKING}
    in_place = [placed(verb, key, rows.person) for verb, key in looking.items()]
    earlier = [key.replace(str(DAY), str(SPRING.toordinal())) for key in looking.values()]
    return sorted({*found.values(), *in_place, *earlier}, key=changing)


def changing(key: str) -> tuple[bool, str]:
    """Put what only looks first, so that it is seen before anything changes."""
    verb = key.partition(":")[0]
    return verb not in READING, key


def placed(verb: str, key: str, leader: int) -> str:
    """Let a key speak of the team of somebody in whose place one would look."""
    name, *values = key.split(":")
    if verb.startswith("cascade"):
        values[0] = str(leader)
    elif verb.startswith("across"):
        values[1] = str(2 * leader)
    else:
        values[0] = str(3 * leader + 1)
    return ":".join([name, *values])


class Ears:
    """Hears all that somebody is answered with, also what papers are drawn from."""

    def __init__(self, agora, reader: int) -> None:
        self.agora, self.reader = agora, reader
        self.heard, self.wrong, self.last = set(), [], 0

    async def listen(self, tried: str) -> None:
        """Hear what was answered since, and note what the person may not know."""
        mine = (Answer.chat_id == account(self.reader)) & (Answer.id > self.last)
        async with self.agora.database.reading() as session:
            found = list(await session.exec(select(Answer).where(mine).order_by(Answer.id)))
        self.last = found[-1].id if found else self.last
        fresh = marks(one.params for one in found) - self.heard
        self.heard |= fresh
        self.wrong += [
            f"{tried}: {kind} of {owner}"
            for kind, owner in sorted(fresh)
            if not may_read(self.reader, kind, owner)
        ]


def test_every_command_is_tried():
    assert set(TYPED) == {name for name, _, _ in BUILT}
    assert not set(TYPED) & set(PLANNED)


@pytest.mark.slow
@pytest.mark.parametrize("database_url", TRIED_ON, indirect=True)
@pytest.mark.parametrize("reader", [*(one for one in CAST if one != MEMBER), STRANGER])
async def test_nobody_is_told_what_is_not_theirs_to_know(agora, reader):
    rows = await planted(agora)
    chat, ears = agora.chat(account(reader)), Ears(agora, reader)
    tried = [rows[one] for one in OWNERS] + [rows[one] for one in rows if one == reader]
    for line in [*commands(), *SENTENCES]:
        typed = {line.format(**dataclasses.asdict(one)) for one in tried}
        await agora.take(*(chat.saying(one) for one in sorted(typed)))
        await ears.listen(line)
    await chat.say("/batal")
    await chat.say("/menu")
    pressed = set()
    for one in tried:
        fresh = [key for key in keys(one) if key not in pressed]
        pressed |= set(fresh)
        await agora.take(*(chat.pressing(key, chat.last) for key in fresh))
        await ears.listen(f"keys of {one.person}")

    assert not ears.wrong, "\n".join(ears.wrong)
    assert KNOWN.get(reader, {("catatan", reader)}) <= ears.heard


# What some are told beside their own, so that silence would not pass for secrecy.
KNOWN = {
    HEAD: {("catatan", LEADER), ("kendala", LEADER)},
    LEADER: {(kind, MEMBER) for kind in ("nama", "catatan", "bukti", "kendala", "hasil")},
    STAND_IN: {(kind, MEMBER) for kind in ("nama", "catatan", "kendala", "hasil")},
    MANDATE: {("hasil", HEAD)},
    ADMIN: {("nama", MEMBER), ("nama", LEFT)},
    STRANGER: set(),
}
