"""The command `asisten-asn`."""

import sys
import traceback

import typer

from bot.cli import coba, ekspor, impor, migrasi, periksa, run, undang
from bot.cli.speaking import operator_translator

app = typer.Typer(
    name="asisten-asn",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Asisten ASN: a Telegram bot for logging progress against the SKP.",
)
app.command("run")(run.command)
app.command("coba")(coba.command)
app.command("impor")(impor.command)
app.command("undang")(undang.command)
app.command("ekspor")(ekspor.command)
app.command("migrasi")(migrasi.command)
app.command("periksa")(periksa.command)


def main() -> None:
    """Run a verb; a surprise ends with one sentence, its details in a file beside the log."""
    try:
        app()
    except Exception as error:  # noqa: BLE001  # The operator reads sentences, not tracebacks.
        t = operator_translator()
        place = traceback.extract_tb(error.__traceback__)[-1]
        sentence = t.gettext(
            "Something unexpected happened: {kind} in {place}. Please report it.",
            kind=type(error).__name__,
            place=f"{place.name}:{place.lineno}",
        )
        print(sentence, file=sys.stderr)  # noqa: T201  # The operator's counter.
        sys.exit(1)


if __name__ == "__main__":
    main()
