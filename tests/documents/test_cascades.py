import io
from decimal import Decimal

import pytest
from PIL import Image

from bot.documents.cascades import (
    HealthChart,
    HealthLine,
    MatrixChart,
    Part,
    TreeChart,
    TreeLine,
    health_chart,
    matrix_chart,
    tree_chart,
)

GOOD, CALM, WARN = (0x3C, 0x9A, 0x6C), (0x6F, 0x93, 0xB3), (0xE0, 0x8A, 0x3C)
INK = (0x2A, 0x24, 0x20)
LONG = "Wulandari-Kusumaningtyas <b>&amp;</b> 😀 " * 9


def pixels(image: Image.Image, colour: tuple[int, int, int]) -> int:
    found = image.getcolors(2**22) or []
    return sum(count for count, seen in found if seen == colour)


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    assert (image.format, image.width) == ("PNG", 1080)
    assert image.width + image.height <= 10_000
    return image.convert("RGB")


def line(share, *, depth=0, expected=None, tone="good", label="Sasaran", measured=True):
    return TreeLine(
        depth=depth,
        label=label,
        note="24 dari 40 balita",
        share=None if share is None else Decimal(share),
        expected=None if expected is None else Decimal(expected),
        tone=tone,
        measured=measured,
    )


def tree(*lines: TreeLine) -> Image.Image:
    return opened(tree_chart(TreeChart("Cascading", "24 Nov", lines, "harapan", "catatan")))


@pytest.mark.parametrize("count", [0, 1, 12, 40])
def test_a_tree_of_any_size_can_be_drawn(count):
    lines = [line("0.5", depth=n % 3, label=LONG, expected="0.9") for n in range(count)]

    assert tree(*lines).height > 150


def test_a_bar_is_as_long_as_its_share_and_never_longer_than_all():
    half, whole, more = (pixels(tree(line(share)), GOOD) for share in ("0.5", "1", "4"))

    assert half < whole == more
    assert half == pytest.approx(whole / 2, rel=0.1)


def test_without_a_figure_there_is_no_bar_and_no_mark_of_what_was_expected():
    known, unknown = tree(line("0", expected="0.9")), tree(line(None, expected="0.9"))

    assert pixels(unknown, GOOD) == 0
    assert pixels(unknown, INK) < pixels(known, INK)


def health(*lines: HealthLine) -> Image.Image:
    legend = (("mendukung", "good"), ("tanpa", None))
    chart = HealthChart("Kesehatan", "November", "Catatan", "RHK", legend, lines, "kaki")
    return opened(health_chart(chart))


def test_the_health_map_shows_each_part_by_its_number_and_hides_small_units():
    told = HealthLine(
        "Seksi Gizi", "12 orang", (Part(3, "good"), Part(1, "calm"), Part(0, "warn")),
        (Part(4, "good"), Part(1, None)),
    )  # fmt: skip
    image, untold = health(told), health(HealthLine(LONG, "2 orang, tanpa angka", (), ()))

    # The legend shows a little of the first colour.
    assert pixels(image, GOOD) > pixels(image, CALM) > 1000
    assert pixels(image, WARN) == 0
    assert pixels(untold, GOOD) < 1000


@pytest.mark.parametrize(("columns", "rows"), [(0, 0), (1, 1), (5, 14)])
def test_a_matrix_of_any_size_can_be_drawn(columns, rows):
    chart = MatrixChart(
        "Matriks Peran Hasil",
        LONG,
        (LONG,) * columns,
        tuple((LONG, (LONG,) * columns) for _ in range(rows)),
        "",
    )

    assert opened(matrix_chart(chart)).height > 100


def test_the_mark_of_the_pace_is_explained_only_where_it_is_drawn():
    known, unknown = tree(line("0.5", expected="0.9")), tree(line(None, expected="0.9"))

    assert known.height > unknown.height
