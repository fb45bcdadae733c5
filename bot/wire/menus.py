"""Tell Telegram the commands of each kind of person."""

import structlog
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot.i18n import LANGUAGES, Translator, translator
from bot.ui.commands import Audience, commands
from db import people
from db.engine import Database

log = structlog.get_logger()


def listed(t: Translator, audiences: set[Audience]) -> list[BotCommand]:
    """Write the menu of some audiences in a reader's language."""
    return [BotCommand(name, words(t)) for name, words in commands(audiences)]


async def publish_menus(bot: ExtBot[None], database: Database) -> None:
    """Set the menus; a menu that Telegram does not take now harms nobody."""
    try:
        for language in LANGUAGES:
            await bot.set_my_commands(
                listed(translator(language), {Audience.EVERYONE, Audience.EMPLOYEE}),
                scope=BotCommandScopeAllPrivateChats(),
                language_code="" if language == "id" else language,
            )
        async with database.reading() as session:
            special = await people.with_special_menus(session)
        for telegram_id, language, audiences in special:
            chosen = {Audience.EVERYONE, Audience.EMPLOYEE, *map(Audience, audiences)}
            await bot.set_my_commands(
                listed(translator(language), chosen), scope=BotCommandScopeChat(telegram_id)
            )
    except TelegramError as error:
        log.warning("menus not set", error=type(error).__name__)
