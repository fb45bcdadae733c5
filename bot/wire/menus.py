"""Tell Telegram the commands of each kind of person."""

import asyncio

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.i18n import LANGUAGES, Translator, translator
from bot.ui.commands import Audience, commands
from bot.wire.delivery import seconds
from db import people
from db.engine import Database

log = structlog.get_logger()


def listed(t: Translator, audiences: set[Audience]) -> list[BotCommand]:
    """Write the menu of some audiences in a reader's language."""
    return [BotCommand(name, words(t)) for name, words in commands(audiences)]


async def publish_menus(bot: ExtBot[None], database: Database) -> None:
    """Set the menus; a menu that Telegram does not take now harms nobody."""
    usual = {Audience.EVERYONE, Audience.EMPLOYEE}
    for language in LANGUAGES:
        await publish(
            bot,
            listed(translator(language), usual),
            BotCommandScopeAllPrivateChats(),
            "" if language == "id" else language,
        )
    async with database.reading() as session:
        special = await people.with_special_menus(session)
    for telegram_id, language, audiences in special:
        chosen = {*usual, *map(Audience, audiences)}
        menu = listed(translator(language), chosen)
        await publish(bot, menu, BotCommandScopeChat(telegram_id))


async def publish(
    bot: ExtBot[None], menu: list[BotCommand], scope: BotCommandScope, language: str = ""
) -> None:
    """Set one menu; wait when Telegram asks for it, and pass over who has left."""
    try:
        await bot.set_my_commands(menu, scope=scope, language_code=language)
    except RetryAfter as error:
        await asyncio.sleep(seconds(error.retry_after))
        await publish(bot, menu, scope, language)
    except TelegramError as error:
        log.warning("menu not set", error=type(error).__name__)
