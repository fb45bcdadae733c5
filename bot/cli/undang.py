"""`undang`: make invitation codes, as links and as a sheet to print."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from telegram import Bot
from telegram.error import TelegramError

from bot.actions import invitations
from bot.actions.invitations import Invited
from bot.cli.clock import Clock
from bot.cli.reaching import reached
from bot.cli.speaking import fail, operator_translator, say, settings_or_fail
from bot.config import Settings
from bot.documents.invitations import InvitationCard, invitation_sheet
from bot.i18n import Translator
from bot.refusal import Refusal
from bot.skp.nip import NipProblem, mask, read_nip
from bot.wire.transport import AiohttpRequest
from db import invitations as kept
from db import migrating, people
from db.models.people import Employee

NAME_FILE = "bot-username.txt"


@dataclass(frozen=True)
class Made:
    """Hold fresh codes, where their people sit, and the bot they lead to."""

    codes: list[Invited]
    units: dict[int, str]
    bot: str | None

    def link(self, code: str) -> str:
        """Give what a person opens or sends to come in."""
        return f"https://t.me/{self.bot}?start={code}" if self.bot else f"/start {code}"


def command(
    *,
    nip: Annotated[
        list[str] | None, typer.Option("--nip", help="Whom to invite; may be given several times.")
    ] = None,
    hari: Annotated[
        int, typer.Option("--hari", min=1, max=365, help="For how many days the codes open.")
    ] = invitations.DAYS,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", help="Print the codes as cards to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Make invitation codes; without --nip for everyone who is not yet in."""
    t = operator_translator()
    settings = settings_or_fail()
    made = asyncio.run(work(settings, t, wanted(nip or [], t), days=hari))
    if as_json:
        print(json.dumps(as_data(made), ensure_ascii=False))  # noqa: T201  # For programs.
    else:
        for one in made.codes:
            print(f"{one.nip}\t{one.name}\t{made.link(one.code)}")  # noqa: T201  # The answer itself.
    if pdf is not None:
        save(pdf, made, settings, t)
    if not made.codes:
        say(t.gettext("Everybody in the roster is already in."))
    if made.bot is None:
        say(t.gettext("Telegram could not be asked for the bot's name, so the links are commands."))


def wanted(nips: Sequence[str], t: Translator) -> list[str]:
    """Read the NIP that were given."""
    read = []
    for raw in nips:
        try:
            read.append(read_nip(raw).text)
        except NipProblem:
            fail(t.gettext("“{value}” is not a NIP of 18 digits.", value=raw))
    return list(dict.fromkeys(read))


async def work(settings: Settings, t: Translator, nips: list[str], *, days: int) -> Made:
    """Make the codes and find out where they lead."""
    now = Clock(settings.clock_file).now()
    async with reached(settings) as database:
        await migrating.upgrade(database)
        async with database.writing() as session:
            invited: list[Employee] = []
            for nip in nips:
                person = await people.by_nip(session, nip)
                if person is None:
                    fail(t.gettext("No person with the NIP {nip} is in the roster.", nip=nip))
                invited.append(person)
            try:
                codes = await invitations.invite(
                    session,
                    invited if nips else await kept.not_yet_in(session),
                    now=now,
                    days=days,
                )
            except Refusal as refusal:
                fail(t.gettext(refusal.message, **refusal.values))
            units = await kept.unit_names(session)
    return Made(codes, units, await bot_name(settings))


async def bot_name(settings: Settings) -> str | None:
    """Ask Telegram for the bot's name; when it is away, take the one it gave last."""
    path = settings.data_dir / NAME_FILE
    last = path.read_text(encoding="utf-8").strip() if path.exists() else ""
    if settings.bot_token is None:
        return last or None
    request = AiohttpRequest(seconds=10)
    bot = Bot(
        settings.bot_token.get_secret_value(),
        base_url=settings.api_base,
        base_file_url=settings.file_base,
        request=request,
        get_updates_request=AiohttpRequest(),
    )
    try:
        await request.initialize()
        name = (await bot.get_me()).username or ""
    except TelegramError:
        return last or None
    finally:
        await request.shutdown()
    path.write_text(name, encoding="utf-8")
    return name


def as_data(made: Made) -> list[dict[str, str]]:
    """Give the codes as other programs read them."""
    return [
        {"nip": one.nip, "nama": one.name, "kode": one.code, "tautan": made.link(one.code)}
        for one in made.codes
    ]


def save(path: Path, made: Made, settings: Settings, t: Translator) -> None:
    """Print cards with QR codes to cut apart."""
    cards = [
        InvitationCard(
            name=one.name,
            nip_masked=mask(one.nip),
            unit=made.units.get(one.employee_id, ""),
            link=made.link(one.code),
            code=one.code,
            until=t.gettext(
                "Valid until {day}",
                day=t.day_long(one.expires_at.astimezone(settings.zone).date()),
            ),
        )
        for one in made.codes
    ]
    lead = t.gettext(
        "Scan the code with the phone's camera, or open the link. Telegram opens; press Start."
    )
    drawn = invitation_sheet(t.gettext("Asisten ASN"), lead, cards, language=t.language)
    try:
        path.write_bytes(drawn)
    except OSError as error:
        fail(t.gettext("{path} cannot be written: {reason}", path=path, reason=error.strerror))
    say(t.gettext("The cards are ready: {path}", path=path))
