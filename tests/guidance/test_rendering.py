from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.guidance.rendering import LIMIT, render

TELEGRAM = {"b", "i", "s", "code", "pre", "blockquote", "a"}


class Reader(HTMLParser):
    """Read HTML as strictly as Telegram does, keeping the text that would be seen."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.seen = []

    def handle_starttag(self, tag, attrs):
        assert tag in TELEGRAM
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.seen.append(data)


def read(html):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return "".join(reader.seen)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**tebal** dan *miring*", "<b>tebal</b> dan <i>miring</i>"),
        ("~~batal~~ `kode`", "<s>batal</s> <code>kode</code>"),
        ("# Judul", "<b>Judul</b>"),
        ("satu\n\ndua", "satu\n\ndua"),
        ("baris\nyang sama", "baris yang sama"),
        ("- satu\n- dua", "• satu\n• dua"),
        ("Dapat:\n\n- satu\n- dua", "Dapat:\n• satu\n• dua"),
        ("3. tiga\n4. empat", "3. tiga\n4. empat"),
        ("- satu\n  - anak\n- dua", "• satu\n   • anak\n• dua"),
        ("> kata orang", "<blockquote>kata orang</blockquote>"),
        ("```\na < b\n```", "<pre>a &lt; b</pre>"),
        ("5 < 6 & <b>bukan tanda</b>", "5 &lt; 6 &amp; &lt;b&gt;bukan tanda&lt;/b&gt;"),
        (
            '[BPS](https://bps.go.id/?a=1&b="2")',
            '<a href="https://bps.go.id/?a=1&amp;b=%222%22">BPS</a>',
        ),
        ("[lihat ini](panduan:lain)", "<i>lihat ini</i>"),
        ("[bahaya](javascript:alert)", "[bahaya](javascript:alert)"),
        ("![gambar](https://contoh.id/a.png)", '!<a href="https://contoh.id/a.png">gambar</a>'),
        (
            "| Hal | Isi |\n|---|---|\n| Satu | a |\n| Dua | b |",
            "<b>Satu</b>\n• Isi: a\n\n<b>Dua</b>\n• Isi: b",
        ),
    ],
)
def test_markdown_becomes_the_html_that_telegram_knows(markdown, html):
    assert [str(piece) for piece in render(markdown)] == [html]


def test_a_link_to_another_article_leads_where_the_caller_says():
    (piece,) = render("[lihat](panduan:lain)", lambda id_: f"https://t.me/bot?start=panduan_{id_}")

    assert piece == '<a href="https://t.me/bot?start=panduan_lain">lihat</a>'


def test_an_empty_text_gives_no_piece():
    assert render("") == ()
    assert render("\n\n---\n\n") == ()


def test_a_long_text_is_cut_between_blocks():
    paragraph = "kata " * 100
    pieces = render("\n\n".join([paragraph] * 20))

    assert len(pieces) > 1
    assert all(len(piece) <= LIMIT for piece in pieces)
    assert sum(piece.count("kata") for piece in pieces) == 2000


def test_one_block_longer_than_a_message_is_cut_between_words_and_loses_nothing():
    pieces = render("**" + "kata&kata " * 900 + "akhir**")

    assert len(pieces) > 1
    assert sum(read(piece).count("kata") for piece in pieces) == 1800


def test_one_word_longer_than_a_message_is_cut_too():
    pieces = render("<" * 9000)

    assert all(len(piece) <= LIMIT for piece in pieces)
    assert "".join(read(piece) for piece in pieces) == "<" * 9000


SCRAPS = [
    *("**", "*", "~~", "`", "```\n", "> ", "- ", "1. ", "\n", "\n\n", "# ", "    ", "kata ", "😀"),
    *("| a | b |\n|---|---|\n", "[x](https://a.id)", "[y](panduan:z)", "<b>", "</b>", "<script>"),
    *("&amp;", "&", "\u202e", "\u0000"),
]
pieces_of_markdown = st.sampled_from(SCRAPS)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(pieces_of_markdown, st.text(max_size=20)), max_size=60))
def test_whatever_is_written_telegram_can_read_it(parts):
    for piece in render("".join(parts)):
        assert len(piece) <= LIMIT
        assert read(piece).strip()
