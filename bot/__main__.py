"""The command `asisten-asn`."""

import importlib
import sys
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from bot.cli.speaking import operator_translator, say

VERBS = (
    "run",
    "coba",
    "web",
    "worker",
    "impor",
    "undang",
    "ekspor",
    "migrasi",
    "cadangkan",
    "pulihkan",
    "periksa",
)


class Verbs(TyperGroup):
    """Know every verb by name, and load only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        """List the verbs in the order in which they are needed."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Load a verb."""
        del ctx
        if cmd_name not in VERBS:
            return None
        verb = typer.Typer(add_completion=False)
        verb.command(cmd_name)(importlib.import_module(f"bot.cli.{cmd_name}").command)
        return typer.main.get_command(verb)


app = typer.Typer(
    name="asisten-asn",
    cls=Verbs,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Asisten ASN: a Telegram bot for logging progress against the SKP.",
)


@app.callback()
def root() -> None:
    """Asisten ASN: a Telegram bot for logging progress against the SKP."""


def main() -> None:
    """Run a verb; a surprise ends with one sentence and a place, never with a traceback."""
    try:
        app()
    except Exception as error:  # noqa: BLE001  # The operator reads sentences, not tracebacks.
        t = operator_translator()
        place = traceback.extract_tb(error.__traceback__)[-1]
        say(
            t.gettext(
                "Something unexpected happened: {kind} in {place}. Please report it.",
                kind=type(error).__name__,
                place=f"{place.name}:{place.lineno}",
            )
        )
        sys.exit(1)


if __name__ == "__main__":
    main()
