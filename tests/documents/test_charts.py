import io
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from PIL import Image

from bot.documents.charts import Bar, Count, TeamChart, team_chart

TRACK = (0xEF, 0xE6, 0xD8)
GOOD = (0x3C, 0x9A, 0x6C)
WARN = (0xE0, 0x8A, 0x3C)
INK = (0x2A, 0x24, 0x20)
COUNTS = (
    Count("tercatat", 9, "good"),
    Count("dinas atau cuti", 2, "calm"),
    Count("belum tercatat", 1, "warn"),
)


def bar(share, *, expected=None, label="Sari Wulandari", note="", tone="good"):
    return Bar(
        label=label,
        share=None if share is None else Decimal(share),
        expected=None if expected is None else Decimal(expected),
        note=note,
        tone=tone,
    )


def chart(*bars, counts=COUNTS, **words):
    said = {"title": "Seksi Gizi", "subtitle": "Selasa, 24 Nov 2026", "footer": "Bahan dialog"}
    return TeamChart(bars=bars, counts=counts, **(said | words))


def drawn(*bars, **words):
    image = Image.open(io.BytesIO(team_chart(chart(*bars, **words))))
    assert image.format == "PNG"
    return image.convert("RGB")


def pixels(image, colour):
    return sum(found for found, seen in image.getcolors(2**22) if seen == colour)


@pytest.mark.parametrize("people", [0, 1, 2, 12, 14, 15, 39, 40, 80])
def test_the_picture_is_1080_wide_and_one_that_telegram_shows(people):
    image = drawn(*[bar("0.5", expected="0.8", note="tercatat") for _ in range(people)])

    assert image.width == 1080
    assert image.width + image.height <= 10_000
    assert 1 / 20 <= image.width / image.height <= 20


def test_a_person_more_makes_the_picture_longer_until_there_are_two_columns():
    heights = [drawn(*[bar("0.5")] * people).height for people in (1, 2, 14, 15, 16, 17)]

    assert heights[0] < heights[1] < heights[2]
    assert heights[3] == heights[4] < heights[5]


@pytest.mark.parametrize(("share", "part"), [("0", 0), ("0.25", 0.25), ("0.5", 0.5), ("1", 1)])
def test_a_bar_is_as_long_as_its_share(share, part):
    image = drawn(bar(share))
    filled, left = pixels(image, GOOD), pixels(image, TRACK)

    assert filled / (filled + left) == pytest.approx(part, abs=0.02)


@pytest.mark.parametrize(("share", "same"), [("1.25", "1"), ("12345", "1"), ("-3", "0")])
def test_a_bar_ends_where_its_track_ends(share, same):
    assert pixels(drawn(bar(share)), GOOD) == pixels(drawn(bar(same)), GOOD)


def test_the_smallest_share_is_seen():
    assert pixels(drawn(bar("0.0001")), GOOD) > 0


def test_the_tone_is_the_colour_of_the_bar():
    image = drawn(bar("0.5", tone="warn"))

    assert pixels(image, WARN) > 0
    assert pixels(image, GOOD) == 0


def test_the_expected_pace_is_marked_where_it_lies():
    image = drawn(bar("0.5", expected="0.8"))
    row = next(y for y in range(image.height) if image.getpixel((500, y)) == GOOD) + 12
    line = [image.getpixel((x, row)) for x in range(1080)]
    first = line.index(GOOD)
    length = 1080 - line[::-1].index(TRACK) - first

    assert (line.index(INK, first) - first) / length == pytest.approx(0.8, abs=0.01)


def test_nothing_known_is_no_zero_and_is_held_against_no_pace():
    unknown = drawn(bar(None, expected="0.8"))

    assert unknown.tobytes() == drawn(bar(None)).tobytes()
    assert unknown.tobytes() != drawn(bar("0")).tobytes()


def test_the_mark_is_explained_only_where_there_is_one():
    legend = {"legend": "Laju yang diharapkan: 81%"}

    assert drawn(bar("0.5"), **legend).height == drawn(bar("0.5")).height
    assert drawn(bar("0.5", expected="0.8"), **legend).height > drawn(bar("0.5")).height


@pytest.mark.parametrize("word", ["title", "subtitle", "footer", "empty"])
def test_every_word_of_the_caller_is_drawn(word):
    assert team_chart(chart(**{word: "Kata lain"})) != team_chart(chart(**{word: "Kata dalam"}))


def test_the_percent_stands_beside_a_full_bar_too():
    assert team_chart(chart(bar("1.2"))) != team_chart(chart(bar("1.3")))
    assert team_chart(chart(bar("11"))) == team_chart(chart(bar("12")))


def test_notes_and_names_are_drawn_and_notes_leave_room_for_the_name():
    plain, noted = drawn(bar("1")), drawn(bar("1", note="belum ada catatan"))

    assert pixels(plain, GOOD) > pixels(noted, GOOD) > 0
    assert drawn(bar("1", label="Made")).tobytes() != plain.tobytes()


@pytest.mark.parametrize(
    "text",
    [
        '#panic() #set page(width: 1pt) #import "x.typ": *',
        "*tebal* _miring_ $x^2$ `kode` = judul\n- butir",
        "<b>Sari</b> & 'kutip' \"ganda\" \\ \\u{0} //",
        "😀 👩🏽\u200d⚕️ \u202eilA\u202c \0 王小明",
        "W" * 500,
        "M" * 40 + " " + "kata " * 200,
        "😀",
        "",
    ],
)
@pytest.mark.parametrize("people", [1, 20])
def test_what_people_type_is_drawn_as_typed_and_disturbs_nothing(text, people):
    bars = [bar("0.5", expected="0.8", label=text, note=text) for _ in range(people)]
    plain = [bar("0.5", expected="0.8", label="Sari", note="catatan") for _ in range(people)]
    counts = (Count(text, 7, "good"), Count("x", 10**6, "warn"))

    image = drawn(*bars, counts=counts)

    assert image.size == drawn(*plain, counts=COUNTS[:2]).size
    if text.strip("😀"):
        assert pixels(image, GOOD) == pixels(drawn(*plain, counts=COUNTS[:2]), GOOD)
    assert drawn(*bars, title=text, subtitle=text, footer=text, empty=text).width == 1080


def test_no_counts_are_needed():
    assert drawn(bar("0.5"), counts=()).height < drawn(bar("0.5")).height


def test_several_threads_draw_at_once():
    charts = [
        chart(*[bar(f"0.{n}", label=f"Orang {n}") for n in range(1, 9)], title=f"Tim {k}")
        for k in range(8)
    ]
    alone = [team_chart(one) for one in charts]

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(team_chart, charts)) == alone
