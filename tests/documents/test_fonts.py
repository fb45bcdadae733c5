import unicodedata

import pytest

from bot.documents.fonts import drawable, fitted
from bot.documents.invitations import InvitationCard, invitation_sheet


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("Sari Wulandari, S.Gz.", "Sari Wulandari, S.Gz."),
        ("I Gusti Ngurah Rai Ñandú – “kutip” … ½ °C", "I Gusti Ngurah Rai Ñandú – “kutip” … ½ °C"),
        ("Ali\u0301", "Alí"),
        ("<b>&amp;</b> #panic() $x$ *a*", "<b>&amp;</b> #panic() $x$ *a*"),
        ("Sari 😀 Wulan", "Sari Wulan"),
        ("Sari 👩🏽\u200d⚕️", "Sari"),
        ("\u202eAli\u202c\u200b", "Ali"),
        ("satu\ndua\t tiga\u00a0empat", "satu dua tiga empat"),
        ("王小明", "???"),
        ("nul\0 hapus\x7f", "nul hapus"),
        ("\ud800", ""),
        ("\uffff", ""),
        ("😀", ""),
        ("", ""),
    ],
)
def test_only_what_the_font_can_draw_remains(text, drawn):
    assert drawable(text) == drawn


@pytest.mark.parametrize("weight", ["Regular", "Medium", "Bold"])
def test_a_long_text_ends_in_an_ellipsis_and_a_short_one_stays(weight):
    assert fitted("Sari", 330, 26, weight) == "Sari"
    assert fitted("", 330, 26, weight) == ""
    assert fitted("W" * 99, 330, 26, weight).rstrip("…").strip("W") == ""
    assert len(fitted("W" * 99, 330, 26, weight)) < len(fitted("i" * 99, 330, 26, weight)) < 99


def test_no_ellipsis_follows_a_comma_or_a_space():
    shortened = {fitted("Rahmat, Hidayat, Nurbaya", width, 26) for width in range(60, 300, 5)}

    assert "Rahmat…" in shortened
    assert not any(text.endswith((",…", " …")) for text in shortened)


def test_the_archive_takes_every_character_that_is_said_to_be_drawable():
    signs = [
        chr(code) for code in range(0x20, 0x10000) if unicodedata.category(chr(code))[0] != "C"
    ]
    known = "".join(sign for sign in signs if drawable(sign) == sign)
    card = InvitationCard("Sari", "…2015", "Seksi Gizi", "https://t.me/x?start=A", "A", "")

    assert len(known) > 2000
    assert invitation_sheet("Undangan", known, [card]).startswith(b"%PDF")
