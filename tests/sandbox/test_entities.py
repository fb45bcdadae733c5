import pytest

from bot.sandbox.entities import units
from bot.sandbox.refusals import ApiError
from bot.sandbox.texts import formatted, plain


def read(source):
    said = formatted(source, "HTML")
    wide = said.text.encode("utf-16-le")
    return said.text, [
        (
            one["type"],
            wide[2 * one["offset"] : 2 * (one["offset"] + one["length"])].decode("utf-16-le"),
        )
        for one in said.entities
    ]


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("halo", "halo", []),
        ("<b>tebal</b> biasa", "tebal biasa", [("bold", "tebal")]),
        ("<B>tebal</B>", "tebal", [("bold", "tebal")]),
        ("<b>a<i>b</i></b>", "ab", [("bold", "ab"), ("italic", "b")]),
        ("😀<b>x</b>", "😀x", [("bold", "x")]),
        ("<b>😀</b>", "😀", [("bold", "😀")]),
        ("<s>a</s><u>b</u>", "ab", [("strikethrough", "a"), ("underline", "b")]),
        ("<tg-spoiler>rahasia</tg-spoiler>", "rahasia", [("spoiler", "rahasia")]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", "a")]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", "a")]),
        ("<code>a&lt;b</code>", "a<b", [("code", "a<b")]),
        ("<pre><code class='language-sql'>x</code></pre>", "x", [("pre", "x")]),
        ('<a href="https://go.id/a">x</a>', "x", [("text_link", "x")]),
        ('<a href="bukan tautan">x</a>', "x", []),
        ("a & b &amp; c &nbsp; &#128512;", "a & b & c &nbsp; 😀", []),
        ("  <b> a </b>  ", "a", [("bold", "a")]),
        ("<b></b>a", "a", []),
        ("baris\r\n<b>dua</b>", "baris\ndua", [("bold", "dua")]),
        ("lihat /skp dan #tema", "lihat /skp dan #tema",
         [("bot_command", "/skp"), ("hashtag", "#tema")]),
        ("tulis ke @sari_w", "tulis ke @sari_w", [("mention", "@sari_w")]),
        ("a@b.go.id", "a@b.go.id", [("email", "a@b.go.id")]),
        ("https://bkn.go.id/x_y?z=1", "https://bkn.go.id/x_y?z=1",
         [("url", "https://bkn.go.id/x_y?z=1")]),
        ("<code>/skp</code>", "/skp", [("code", "/skp")]),
        ("1/2 dan 3/4", "1/2 dan 3/4", []),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities_as_in_telegram(source, text, found):
    assert read(source) == (text, found)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<div>a</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("3 < 4", 'Unsupported start tag "" at byte offset 2'),
        ("é<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>a</b></i>",
         'Unmatched end tag, expected "</i>", found "</b>" at byte offset 7'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a href="x>a</a>', "Unclosed start tag at byte offset 0"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<script>alert(1)</script>", 'Unsupported start tag "script" at byte offset 0'),
    ],
)  # fmt: skip
def test_html_telegram_cannot_parse_is_refused_with_the_place(source, reason):
    with pytest.raises(ApiError) as refused:
        formatted(source, "HTML")

    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_more_than_a_hundred_entities_are_dropped():
    assert len(formatted("<b>x</b> " * 130, "HTML").entities) == 100


def test_what_a_person_types_is_never_markup():
    said = plain("<b>x</b> &amp;")

    assert (said.text, said.entities) == ("<b>x</b> &amp;", [])


def test_length_is_counted_in_utf_16_units():
    assert (units("a"), units("é"), units("😀")) == (1, 1, 2)
