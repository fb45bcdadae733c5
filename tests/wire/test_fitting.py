import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from bot.wire.fitting import fit, fit_plain, units, visible

TAG = re.compile(r"<(/?)(\w+)[^>]*>")


def well_formed(text: str) -> bool:
    """Tell whether every tag is closed in its order and no entity is cut."""
    opened: list[str] = []
    for closing, name in TAG.findall(text):
        if not closing:
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened and not re.search(r"&(?!#?\w+;)|<|>", TAG.sub("", text))


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a", 1), ("é", 1), ("…", 1), ("😀", 2), ("👩‍⚕️", 5), ("a😀b", 4)],
)
def test_emoji_count_as_telegram_counts_them(text, count):
    assert units(text) == count
    assert visible(f"<b>{escape(text)}</b>") == count


def test_markup_and_entities_do_not_count_by_their_letters():
    assert visible('<a href="https://example.org">A &amp; B</a> &#34;') == 7


@pytest.mark.parametrize(
    ("text", "limit", "fitted"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("<b>abcd</b>", 3, "<b>ab…</b>"),
        ("<b>ab</b>cd", 3, "<b>ab</b>…"),
        ("<b>abc</b>", 3, "<b>abc</b>"),
        ("&lt;&lt;&lt;&lt;", 3, "&lt;&lt;…"),
        ("&lt;b&gt;", 3, "&lt;b&gt;"),
        ("😀😀", 4, "😀😀"),
        ("😀😀😀", 4, "😀…"),
        ("a<i>b<b>c</b></i>def", 4, "a<i>b<b>c</b></i>…"),
        ("a<i>b<b>cdef</b></i>", 4, "a<i>b<b>c…</b></i>"),
        ("<blockquote>a\nbcd</blockquote>", 3, "<blockquote>a\n…</blockquote>"),
        ("a & b", 5, "a & b"),
    ],
)
def test_what_is_too_long_is_cut_and_its_markup_closed(text, limit, fitted):
    assert fit(text, limit) == fitted


def test_a_long_message_full_of_markup_keeps_its_markup():
    line = "<b>Kegiatan &amp; hasil 😀</b>\n"
    fitted = fit(line * 1000, 4096)

    assert visible(fitted) <= 4096
    assert visible(fitted) > 4090
    assert fitted.startswith(line * 100)
    assert well_formed(fitted)


pieces = st.lists(
    st.one_of(
        st.text(st.characters(codec="utf-8"), max_size=8).map(lambda text: str(escape(text))),
        st.text(max_size=4).map(lambda text: f"<b>{escape(text)}</b>"),
        st.text(max_size=4).map(lambda text: f'<a href="x"><i>{escape(text)}</i></a>'),
    ),
    max_size=20,
).map("".join)


@given(pieces, st.integers(1, 60))
def test_whatever_is_fitted_fits_and_stays_well_formed(text, limit):
    fitted = fit(text, limit)

    assert visible(fitted) <= max(limit, 1)
    assert well_formed(fitted)
    if visible(text) <= limit:
        assert fitted == text
    else:
        plain = html.unescape(TAG.sub("", fitted))
        assert html.unescape(TAG.sub("", text)).startswith(plain.removesuffix("…"))


@pytest.mark.parametrize(
    ("text", "fitted"),
    [("a" * 200, "a" * 200), ("a" * 201, "a" * 199 + "…"), ("😀" * 101, "😀" * 99 + "…")],
)
def test_a_toast_is_cut_between_characters(text, fitted):
    assert fit_plain(text) == fitted
    assert units(fitted) <= 200
