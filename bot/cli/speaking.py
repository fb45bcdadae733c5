"""How the command speaks: one sentence and an exit code, in the operator's language."""

import os
import sys
from typing import NoReturn

import typer

from bot.config import (
    LEVELS,
    NO_REMINDERS,
    REMINDERS,
    Mistake,
    Settings,
    SettingsError,
    read_settings,
)
from bot.i18n import Translator, translator

FAILED = 1
WRONG_USAGE = 2


def operator_translator() -> Translator:
    """Choose the operator's language by LC_ALL, LC_MESSAGES or LANG; Indonesian unless English."""
    spoken = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return translator("en" if spoken.lower().startswith("en") else "id")


def say(sentence: str) -> None:
    """Tell the operator something; standard output stays free for what programs read."""
    print(sentence, file=sys.stderr)  # noqa: T201  # This is the operator's counter.


def fail(sentence: str, code: int = FAILED) -> NoReturn:
    """Say what is wrong in one sentence and end."""
    say(sentence)
    raise typer.Exit(code)


def settings_or_fail(**given: object) -> Settings:
    """Read the settings, or say every mistake and end."""
    t = operator_translator()
    try:
        return read_settings(**given)
    except SettingsError as error:
        say(t.gettext("The settings need a look:"))
        for mistake in error.mistakes:
            say(f"- {told(t, mistake)}")
    except UnicodeDecodeError:
        say(t.gettext("The file .env is not a text in UTF-8; save it as one."))
    raise typer.Exit(WRONG_USAGE)


def told(t: Translator, mistake: Mistake) -> str:
    """Say in a sentence what is wrong with a setting and what would be right."""
    sentences = {
        "BOT_TOKEN": t.gettext(
            "BOT_TOKEN is not what BotFather gives: digits, a colon and a secret."
        ),
        "DATABASE_URL": t.gettext(
            "DATABASE_URL is no address of a database; write for example sqlite:////srv/asn.db or"
            " postgresql://name:password@host/database, and after a question mark at most sslmode."
        ),
        "WEBHOOK_SECRET": t.gettext(
            "WEBHOOK_SECRET may hold 1 to 256 letters, digits, hyphens and underscores."
        ),
        "TIMEZONE": t.gettext(
            'TIMEZONE is no time zone: "{given}". Write for example Asia/Jakarta.',
            given=mistake.given,
        ),
        "LISTEN": t.gettext(
            'LISTEN is no host with a port: "{given}". Write for example 127.0.0.1:8080.',
            given=mistake.given,
        ),
        "LOG_LEVEL": t.gettext(
            'LOG_LEVEL is none of {levels}: "{given}".',
            levels=", ".join(LEVELS),
            given=mistake.given,
        ),
        "EDIT_WINDOW_DAYS": t.gettext(
            'EDIT_WINDOW_DAYS is no whole number from 0 to 60: "{given}".', given=mistake.given
        ),
        "REMINDERS": t.gettext(
            'REMINDERS holds something else than {kinds}: "{given}".',
            kinds=", ".join([*REMINDERS, NO_REMINDERS]),
            given=mistake.given,
        ),
        "REMINDERS_A_DAY": t.gettext(
            'REMINDERS_A_DAY is no whole number from 1 to 5: "{given}".', given=mistake.given
        ),
    }
    other = t.gettext(
        '{setting} is no address that begins with https://: "{given}".',
        setting=mistake.setting,
        given=mistake.given,
    )
    return sentences.get(mistake.setting, other)
