"""`migrasi`: bring the database's schema up."""

import asyncio
from typing import Annotated

import typer

from bot.cli.reaching import reached
from bot.cli.speaking import operator_translator, say, settings_or_fail
from db import migrating


def command(
    *,
    turun: Annotated[
        bool, typer.Option("--turun", help="Take the schema down to nothing; the data is lost.")
    ] = False,
) -> None:
    """Bring the database's schema up to this version."""
    t = operator_translator()
    settings = settings_or_fail()

    async def work() -> None:
        async with reached(settings) as database:
            await (migrating.downgrade(database) if turun else migrating.upgrade(database))
            now, _ = await migrating.state(database)
        say(t.gettext("The schema stands at {revision}.", revision=now or "-"))

    asyncio.run(work())
