"""What a leader lets the bot say in the unit's group, as letters; nobody is named there."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.actions.team_groups import TOTALS
from bot.actions.team_thanks import GROUP_THANKS
from bot.i18n import Translator
from bot.post.dealings import at_work, key_of
from bot.post.letters import Speech
from bot.ui.team_groups import told
from bot.ui.team_thanks import in_group
from db import people, unit_groups
from db.models.messages import Letter

KINDS = (GROUP_THANKS, TOTALS)


@dataclass(frozen=True)
class Gathering:
    """The group that a letter goes into, and whether it comes without a sound."""

    chat_id: int
    silent: bool


async def look(
    session: AsyncSession, claimed: Sequence[Letter], now: dt.datetime
) -> dict[tuple[int, str, str], Gathering]:
    """Find the groups that letters go into; one that the bot has left is left out."""
    found = {}
    for letter in claimed:
        author = await people.by_id(session, letter.employee_id)
        group = await unit_groups.by_key(session, key_of(letter))
        if author is not None and group is not None:
            silent = not await at_work(session, author, now)
            found[letter.employee_id, letter.kind, letter.period] = Gathering(group.chat_id, silent)
    return found


def speech(t: Translator, letter: Letter, found: Gathering) -> Speech:
    """Write what is said in a group."""
    text = told(t, letter.data) if letter.kind == TOTALS else in_group(t, letter.data["unit"])
    return Speech(text, silent=found.silent, chat_id=found.chat_id)
