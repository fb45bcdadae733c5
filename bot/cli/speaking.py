"""How the command speaks: one sentence and an exit code, in the operator's language."""

import os
import sys
from typing import NoReturn

import typer

from bot.config import Settings, SettingsError, read_settings
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
    try:
        return read_settings(**given)
    except SettingsError as error:
        t = operator_translator()
        say(t.gettext("The settings need a look:"))
        for mistake in error.mistakes:
            say(f"- {mistake}")
        raise typer.Exit(WRONG_USAGE) from None
