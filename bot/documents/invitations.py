import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from bot.documents.fonts import drawable, fitted
from bot.documents.papers import paper

CARDS_ON_A_PAGE = 8
LINK_LINE = 29
# A code shrinks to stay whole on its line, as far as it can still be read.
CODE_LINE, CODE_WIDTH, CODE_SIZE = 22, 145, 14

# How many points of text have room, over all the lines a place has, and the size of the letters.
TITLE = 520, 16
LEAD = 980, 9.5
SENDER = 122, 8
NAME = 230, 12.5
UNIT = 250, 9
UNTIL = 220, 8.5


@dataclass(frozen=True)
class InvitationCard:
    """Hold what one invitation card says, in the reader's words."""

    name: str
    nip_masked: str
    unit: str
    link: str
    code: str
    until: str


def invitation_sheet(
    title: str, lead: str, cards: Sequence[InvitationCard], *, language: str = "id"
) -> bytes:
    """Print invitation cards to cut apart, eight on a page, as PDF (PDF/A-2b).

    The title stands on every card too, because a card is handed out without its page.
    """
    pages = [
        [_card(one) for one in cards[first : first + CARDS_ON_A_PAGE]]
        for first in range(0, len(cards), CARDS_ON_A_PAGE)
    ]
    return paper(
        "invitations.typ",
        {
            "title": fitted(title, *TITLE, "Bold"),
            "lead": fitted(lead, *LEAD),
            "sender": fitted(title, *SENDER, "Medium"),
            "language": language,
            "pages": pages,
        },
    )


def _card(card: InvitationCard) -> dict[str, str | float | list[str]]:
    code = textwrap.wrap(drawable(card.code), CODE_LINE)
    return {
        "name": fitted(card.name, *NAME, "Bold"),
        "nip": drawable(card.nip_masked),
        "unit": fitted(card.unit, *UNIT),
        "link": card.link,
        "lines": textwrap.wrap(drawable(card.link), LINK_LINE),
        "code": code,
        "size": min(CODE_SIZE, CODE_WIDTH / max(map(len, code), default=1)),
        "until": fitted(card.until, *UNTIL),
        "picture": _code_picture(card.link),
    }


def _code_picture(link: str) -> str:
    """Draw a link as a QR code in SVG, with the quiet edge that a camera needs."""
    return segno.make_qr(link, error="m").svg_inline(dark="#000", light="#fff", border=4)
