import datetime as dt
import itertools
from decimal import Decimal

import pytest

from bot.actions.receipts import Receipt, ResultLine, Told
from bot.actions.standings import Stand
from bot.i18n import LANGUAGES, translator
from bot.skp.entries import EntryState, EvidenceKind
from bot.skp.plans import Aggregation, Aspect
from bot.skp.plausible import Oddity
from bot.ui.activities import merged, told
from bot.ui.receipts import receipt
from bot.understanding.sensitive import Mark
from bot.wire.fitting import visible

MOST_LETTERS = 600
LONG = "menyusun <b>laporan</b> & rekap pelaksanaan kegiatan pendampingan keluarga " * 40
RESULT = ResultLine(7, 12, "Terlaksananya <pendampingan> keluarga berisiko stunting & lain " * 9)
NEAR = tuple(ResultLine(n, n, RESULT.text) for n in (101, 102, 103))
UNIT = "dokumen pertanggungjawaban keuangan & administrasi perkantoran"[:60]
TODAY = dt.date(2026, 11, 24)
HISTORY = 3
GROUP = -123456789


def stand(done: str, target: str, unit: str) -> Stand:
    text, aspect, total = "Jumlah", Aspect.QUANTITY, Aggregation.SUM
    return Stand(text, aspect, unit, total, Decimal(done), Decimal(target), Decimal("0.1"))


def shown(**more) -> Receipt:
    plain = {
        "entry_id": 123456789,
        "version": 12,
        "state": EntryState.KEPT,
        "text": LONG,
        "day": dt.date(2025, 11, 20),
        "last_day": None,
        "start": None,
        "end": None,
        "quantity": None,
        "unit": None,
        "percent": None,
        "result": None,
        "stand": None,
        "additional": False,
        "late": True,
        "nearest": (),
        "planned": True,
        "evidence": tuple((kind, 12) for kind in EvidenceKind),
        "closes": dt.date(2026, 12, 1),
        "zone": "Asia/Makassar",
        "today": TODAY,
    }
    return Receipt(**{**plain, **more})


AMOUNTS = (
    {},
    {"quantity": Decimal("123456789012.1234"), "unit": UNIT, "percent": Decimal("33.3333")},
    {"quantity": Decimal(6), "unit": "balita", "marks": tuple(Mark), "minutes": 1439},
    {"quantity": Decimal("1.5"), "unit": UNIT, "odd": Oddity.FRACTION},
    {"quantity": Decimal(999999999999), "unit": "balita", "odd": Oddity.FAR},
    {"marks": (Mark.CHILD,), "start": dt.time(8), "end": dt.time(16, 30), "minutes": 510},
)
LINKS = (
    {"nearest": NEAR},
    {"nearest": NEAR[:1]},
    {"planned": False},
    {"additional": True},
    {"result": RESULT, "stand": stand("123456789012", "999999999999", UNIT)},
    {"result": RESULT, "stand": stand("0", "5", "balita")},
)
STATES = ({}, {"state": EntryState.UNDONE}, {"closes": TODAY}, {"text": ""})
ALL = [
    (shown(**amount, **link, **state), origin)
    for amount, link, state in itertools.product(AMOUNTS, LINKS, STATES)
    for origin in (0, HISTORY, GROUP)
]
SEVERAL = [
    Told(
        tuple(
            shown(arrival_id=123456789, part=part, day=TODAY - dt.timedelta(days=part), **values)
            for part in range(1, count + 1)
        )
    )
    for count in range(2, 11)
    for values in ({**AMOUNTS[1], **LINKS[4]}, *AMOUNTS[3:], {}, *STATES[1:3])
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_receipt_fits_one_screen_and_its_buttons_keep_the_rules(language):
    t = translator(language)
    wrong = []
    for one, origin in ALL:
        text, keyboard = receipt(t, one, origin)
        wrong += [f"{problem}: {text}" for problem in problems(t, text, keyboard)]

    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_of_several_activities_keeps_the_rules_too(language):
    t = translator(language)
    screens = [told(t, one) for one in SEVERAL] + [merged(t, one) for one, _ in ALL if one.text]
    wrong = [f"{problem}: {text}" for text, keys in screens for problem in problems(t, text, keys)]

    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize(("one", "origin"), [(one, origin) for one, origin in ALL if one.marks])
def test_whoever_is_warned_can_change_the_entry_at_once(one, origin):
    text, keyboard = receipt(translator("id"), one, origin)
    labels = [button["text"] for line in keyboard["inline_keyboard"] for button in line]

    assert ("⚠️" in text) is not one.undone
    assert ("Ubah" in labels) is (one.changeable and not one.undone)


def problems(t, text, keyboard):
    lines = keyboard["inline_keyboard"]
    buttons = [button for line in lines for button in line]
    if visible(text) > MOST_LETTERS:
        yield f"{visible(text)} letters"
    if len(buttons) > 5 or any(len(line) > 2 for line in lines):
        yield "too many buttons"
    if any(len(button["text"]) > 22 for button in buttons):
        yield "a long label"
    delete = t.gettext("Delete")
    if any((button["text"] == delete) != (button.get("style") == "danger") for button in buttons):
        yield "red is for deleting"
    if any({t.gettext("Undo"), delete} <= {button["text"] for button in line} for line in lines):
        yield "undoing and deleting stand side by side"


@pytest.mark.parametrize("amount", [{"quantity": Decimal(6)}, {"percent": Decimal(75)}])
@pytest.mark.parametrize("link", [*LINKS])
def test_a_receipt_with_an_amount_repeats_the_sentence(amount, link):
    words = "dampingi <b>6 & 7</b>, lalu " + "x " * 90
    text, _ = receipt(translator("id"), shown(text=words, **amount, **link))
    (repeated,) = [line for line in text.split("\n") if line.startswith("<i>dampingi")]

    assert repeated.startswith("<i>dampingi &lt;b&gt;6 &amp; 7&lt;/b&gt;, lalu x x")
    assert visible(repeated) <= 80


def test_a_receipt_without_an_amount_says_the_words_once():
    text, _ = receipt(translator("id"), shown(text="rapat gizi", result=RESULT))

    assert text.count("rapat gizi") == 1


def test_a_figure_in_another_unit_is_named_so_that_english_reads_well():
    other = {"quantity": Decimal(2), "unit": "rapat", "result": RESULT}
    text, _ = receipt(translator("en"), shown(**other, stand=stand("6", "40", "balita")))

    assert "Not added to this figure, whose unit is “balita”." in text
