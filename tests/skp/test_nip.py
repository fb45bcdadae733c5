import datetime as dt

import pytest

from bot.skp.nip import NipProblem, mask, read_nip

PNS = "199003152015032015"


@pytest.mark.parametrize(
    "raw",
    [
        PNS,
        " 19900315 201503 2 015 ",
        "'199003152015032015",
        "’199003152015032015",
        "19900315.201503.2.015",
        "19900315\u00a0201503\u00a02\u00a0015",
        "\u200f199003152015032015\u202c",
        "\ufeff199003152015032015\n",
    ],
)
def test_a_nip_is_read_however_it_is_written(raw):
    nip = read_nip(raw)

    assert (nip.text, nip.born, nip.kind, nip.notes) == (PNS, dt.date(1990, 3, 15), "pns", ())


@pytest.mark.parametrize(
    ("month", "kind"),
    [("01", "pns"), ("12", "pns"), ("13", "pppk"), ("21", "pppk"), ("99", "pppk")],
)
def test_what_is_no_month_belongs_to_a_work_agreement(month, kind):
    assert read_nip(f"199003152024{month}2015").kind == kind


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "length"),
        (" ' ", "length"),
        ("19900315201503201", "length"),
        ("1990031520150320150", "length"),
        ("140123456", "length"),
        ("19900315201503201O", "digits"),
        ("1.99003E+17", "digits"),
        ("-99003152015032015", "digits"),
        ("١٩٩٠٠٣١٥٢٠١٥٠٣٢٠١٥", "digits"),
        ("19900315201503²015", "digits"),
        ("<b>0315201503201</b>", "digits"),
        ("199002302015032015", "birth"),
        ("199013152015032015", "birth"),
        ("000001012015032015", "birth"),
        ("199003151959032015", "start"),
        ("199003150000032015", "start"),
        ("199003152015002015", "month"),
        ("199003152015032000", "serial"),
    ],
)
def test_what_cannot_be_a_nip_is_refused_with_its_reason(raw, code):
    with pytest.raises(NipProblem) as refused:
        read_nip(raw)

    assert refused.value.code == code


@pytest.mark.parametrize(("start", "accepted"), [(1960, True), (2027, True), (2028, False)])
def test_service_may_begin_next_year_but_not_later(start, accepted):
    raw = f"19400315{start}032015"

    if accepted:
        assert read_nip(raw, this_year=2026).text == raw
    else:
        with pytest.raises(NipProblem, match="start"):
            read_nip(raw, this_year=2026)


def test_without_a_year_to_compare_a_later_start_passes():
    assert read_nip("199003152044032015").kind == "pns"


@pytest.mark.parametrize(
    ("raw", "notes"),
    [
        ("200003152015032015", ("age",)),
        ("199903152015032015", ()),
        ("195503152015032015", ()),
        ("195403152015032015", ("age",)),
        ("199003152015033015", ("sex",)),
        ("199003152015031015", ()),
        ("200003152015030015", ("age", "sex")),
    ],
)
def test_what_is_odd_is_noted_and_stops_nothing(raw, notes):
    assert read_nip(raw).notes == notes


@pytest.mark.parametrize(("nip", "shown"), [(PNS, "…2015"), ("140123456", "…3456"), ("", "…")])
def test_a_masked_nip_shows_its_last_four_digits(nip, shown):
    assert mask(nip) == shown
