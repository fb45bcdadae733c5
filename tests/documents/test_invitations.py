import io

import pytest
from pypdf import PdfReader

from bot.documents.invitations import InvitationCard, invitation_sheet

LINK = "https://t.me/contoh_bot?start=A7Q2M9XW4T8ZB6"


def card(name="Sari Wulandari", code="K7Q2-M9XW", **other):
    words = {
        "nip_masked": "NIP …2015",
        "unit": "Dinas Kesehatan – Seksi Gizi",
        "link": LINK,
        "until": "Berlaku sampai Selasa, 1 Desember 2026",
    }
    return InvitationCard(name=name, code=code, **(words | other))


def printed(*cards, title="Undangan", lead="Pindai kodenya.", **options):
    return PdfReader(io.BytesIO(invitation_sheet(title, lead, cards, **options)))


def text(page):
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize(("cards", "pages"), [(1, 1), (8, 1), (9, 2), (16, 2), (17, 3)])
def test_eight_cards_go_on_a_page(cards, pages):
    reader = printed(*[card(code=f"KODE-{n:02d}") for n in range(cards)])

    assert len(reader.pages) == pages
    shown = "".join(text(page) for page in reader.pages)
    assert all(shown.count(f"KODE-{n:02d}") == 1 for n in range(cards))


def test_a_card_says_whom_it_is_for_and_until_when():
    shown = text(printed(card()).pages[0])

    for word in (
        "Sari Wulandari",
        "NIP …2015",
        "Dinas Kesehatan – Seksi Gizi",
        "K7Q2-M9XW",
        "Berlaku sampai Selasa, 1 Desember 2026",
    ):
        assert word in shown
    assert LINK in shown.replace(" ", "")


def test_title_and_lead_stand_on_every_page_and_the_title_on_every_card():
    reader = printed(*[card()] * 9)

    assert [text(page).count("Undangan") for page in reader.pages] == [9, 2]
    assert all("Pindai kodenya." in text(page) for page in reader.pages)


def test_the_sheet_is_a4_and_fit_for_the_archive():
    reader = printed(card(), language="en")
    page = reader.pages[0].mediabox
    about = reader.trailer["/Root"]["/Metadata"].get_data().decode()

    assert (round(page.width), round(page.height)) == (595, 842)
    assert "<pdfaid:part>2</pdfaid:part>" in about
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in about
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.metadata.title == "Undangan"


def test_another_link_is_another_picture():
    pictures = {
        printed(card(link=link, code="X")).pages[0].get_contents().get_data()
        for link in ("https://t.me/a?start=1", "https://t.me/a?start=2")
    }

    assert len(pictures) == 2


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<b>Sari</b> & Made", "<b>Sari</b> & Made"),
        ("#panic() *a* $x$", "#panic() *a* $x$"),
        ("Sari 😀 Wulan", "Sari Wulan"),
        ("\u202eSari\u202c", "Sari"),
        ("王 Sari", "? Sari"),
        ("Sari\nWulan", "Sari Wulan"),
    ],
)
def test_what_people_type_is_printed_as_typed(typed, shown):
    words = dict.fromkeys(("nip_masked", "unit", "until"), typed)
    reader = printed(card(name=typed, **words), title=typed, lead=typed)

    # Four words of the card, the lead, and the title above the cards and on the card.
    assert len(reader.pages) == 1
    assert text(reader.pages[0]).count(shown) == 7


def test_the_longest_words_stay_on_their_card():
    long = "Kusumawardhani " * 40
    reader = printed(*[card(name=long, unit=long, until=long, code="K7Q2M9XW" * 8)] * 8)

    assert len(reader.pages) == 1
    assert text(reader.pages[0]).replace(" ", "").count("K7Q2M9XW" * 8) == 8


def test_a_sheet_without_cards_is_an_empty_page():
    assert len(printed().pages) == 1
