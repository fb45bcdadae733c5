"""What is said about bukti dukung that was added, or could not be."""

from decimal import Decimal
from typing import Any

from markupsafe import Markup

from bot.actions.evidence import LARGEST
from bot.actions.receipts import Told
from bot.i18n import Translator
from bot.skp.contents import Fault
from bot.skp.entries import EvidenceKind
from bot.ui.activities import marked, proof_words
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut, grip, home
from bot.ui.warnings import warning

Screen = tuple[Markup, dict[str, Any]]

NAME = 60
MEGABYTE = 1024 * 1024


def too_large(t: Translator, size: int, *, text_is_safe: bool) -> Screen:
    """Say that a file is larger than Telegram hands over, and what to do instead."""
    values = {
        "size": t.number(Decimal(size) // MEGABYTE),
        "limit": t.number(Decimal(LARGEST) // MEGABYTE),
    }
    buttons = inline(Button(t.gettext("Menu"), key("menu")))
    if text_is_safe:
        return t.html(
            "The file is not saved, because it has {size} MB (the limit is {limit} MB). Your"
            " text <b>is safe</b>. Reply to this message with a smaller file, an ordinary photo"
            " or a link.",
            **values,
        ), buttons
    return t.html(
        "The file is not saved, because it has {size} MB (the limit is {limit} MB). Send it as"
        " an ordinary photo, or write one sentence with a link.",
        **values,
    ), buttons


def added(t: Translator, shown: Told) -> tuple[Markup, dict[str, Any] | None]:
    """Say that bukti dukung was added to what was told; a name that tells too much is pointed out.

    The receipt with its taps stands above; only a warning brings its own way to mend.
    """
    careful = marked(shown)
    text = added_words(t, shown)
    if careful is None:
        return text, None
    change = Button(t.gettext("Change"), grip("entry-change", careful, home(careful)))
    undo = Button(t.gettext("Undo"), grip("entry-undo", careful, home(careful)))
    return Markup("\n").join([text, *warning(t, careful.marks)]), inline(change, undo)


def added_words(t: Translator, shown: Told) -> Markup:
    """Write how much proves the entries now."""
    n, kinds = len(shown.receipts), proof_words(t, shown)
    if n == 1:
        return t.html("Added to the entry. Evidence: {kinds}.", kinds=kinds)
    return t.html("Added to each of the {n} entries. Evidence: {kinds}.", n=n, kinds=kinds)


def not_fetched(t: Translator, kind: EvidenceKind) -> Screen:
    """Say honestly that a file could not be fetched from Telegram."""
    sentences = {
        EvidenceKind.PHOTO: t.html(
            "Sorry, a photo could not be stored. The text of the entry <b>is safe</b>. Reply to"
            " this message with the photo to add it again."
        ),
        EvidenceKind.VOICE: t.html(
            "Sorry, a recording could not be stored. The text of the entry <b>is safe</b>. Reply"
            " to this message with the recording to add it again."
        ),
    }
    text = sentences.get(
        kind,
        t.html(
            "Sorry, a file could not be stored. The text of the entry <b>is safe</b>. Reply to"
            " this message with the file to add it again."
        ),
    )
    return text, inline(Button(t.gettext("Menu"), key("menu")))


def no_proof(t: Translator, fault: Fault, name: str, *, worded: bool) -> Screen:
    """Say why a file is not kept by its content, and what to send instead."""
    named = cut(name, NAME) or t.gettext("The file")
    sentences = {
        Fault.PROGRAM: t.html(
            "<b>{name}</b> is not kept: its content is a program, and programs are no evidence.",
            name=named,
        ),
        Fault.NO_PDF: t.html(
            "<b>{name}</b> is not kept: its content is no PDF, so nobody could open it.", name=named
        ),
        Fault.NO_PICTURE: t.html(
            "<b>{name}</b> is not kept: its content is no picture, so nobody could open it.",
            name=named,
        ),
    }
    way = (
        t.html("Your text <b>is safe</b>. Reply to this message with a photo, a PDF or a link.")
        if worded
        else t.html("Send a photo or a PDF, or write one sentence about the work.")
    )
    menu = Button(t.gettext("Menu"), key("menu"))
    return Markup("\n").join([sentences[fault], way]), inline(menu)
