"""The screen of the sentence coach: what is missing, why, and better wordings."""

from typing import Any

from markupsafe import Markup

from bot.actions.coaching import Advice
from bot.i18n import Translator
from bot.ui.keyboards import Button, rows
from bot.ui.keys import key
from bot.ui.receipts import cut
from bot.understanding.coach import Kind, Quality, Verdict
from bot.understanding.coach_flaws import Flaw

KINDS = (Kind.RESULT, Kind.INDICATOR, Kind.LOG)
SHOWN = 200
# What Telegram lets a button copy.
LONGEST_COPY = 256
EXPLAINED = "skp-rhk-berdampak"
Screen = tuple[Markup, dict[str, Any]]


def kind_name(t: Translator, kind: Kind) -> str:
    """Name a kind of sentence."""
    names = {
        Kind.RESULT: t.gettext("RHK"),
        Kind.INDICATOR: t.gettext("IKI"),
        Kind.LOG: t.gettext("Log entry"),
    }
    return names[kind]


def quality_name(t: Translator, quality: Quality) -> str:
    """Name a quality."""
    names = {
        Quality.RESULT: t.gettext("Result"),
        Quality.CONTROL: t.gettext("In your hands"),
        Quality.MEASURED: t.gettext("Measurable"),
        Quality.ALIGNED: t.gettext("Aligned"),
        Quality.PROVEN: t.gettext("Proven"),
    }
    return names[quality]


def advice_screen(t: Translator, advice: Advice, arrival_id: int) -> Screen:
    """Write what the coach found, the answer first."""
    judged = advice.judgement
    parts = [
        Markup("\n").join([headline(t, advice), quoted(t, advice)]),
        Markup("\n").join(
            [*(failing(t, judged.kind, one) for one in judged.fails), *standing(t, advice)]
        ),
    ]
    if offered(advice):
        parts.append(better(t, advice))
    return Markup("\n\n").join(parts), keyboard(t, advice, arrival_id)


def headline(t: Translator, advice: Advice) -> Markup:
    """Say in one line how many checks a sentence fails, and as what it was read."""
    judged, count = advice.judgement, len(advice.judgement.fails)
    kind = kind_name(t, judged.kind)
    if not count:
        return t.html("<b>Nothing is missing</b> – read as: {kind}", kind=kind)
    return t.nhtml(
        "<b>{count} of {all} checks to mend</b> – read as: {kind}",
        "<b>{count} of {all} checks to mend</b> – read as: {kind}",
        count,
        count=count,
        all=len(judged.verdicts),
        kind=kind,
    )


def quoted(t: Translator, advice: Advice) -> Markup:
    """Repeat the sentence."""
    return t.html("<i>{text}</i>", text=cut(advice.judgement.draft.text, SHOWN))


def failing(t: Translator, kind: Kind, verdict: Verdict) -> Markup:
    """Say in one line which quality is missing and why."""
    return t.html(
        "✗ <b>{quality}</b>: {why}",
        quality=quality_name(t, verdict.quality),
        why=reason(t, kind, verdict),
    )


def standing(t: Translator, advice: Advice) -> list[Markup]:
    """Name the qualities that are there, and those that another sentence shows."""
    judged = advice.judgement
    lines = [t.html("✓ {quality}", quality=quality_name(t, one.quality)) for one in judged.passes]
    seen = {one.quality for one in judged.verdicts}
    if Quality.ALIGNED not in seen:
        lines.append(elsewhere(t, judged.kind))
    return lines


def elsewhere(t: Translator, kind: Kind) -> Markup:
    """Say where alignment shows when the sentence alone does not tell."""
    if kind is Kind.LOG:
        return t.html("– Aligned: link the entry to one of your RHK.")
    return t.html("– Aligned: name the leader's RHK that it supports; I do not know it yet.")


def offered(advice: Advice) -> list[str]:
    """Give the wordings that a button can copy; what is longer is no sentence any more."""
    return [one for one in advice.wordings if len(one) <= LONGEST_COPY]


def better(t: Translator, advice: Advice) -> Markup:
    """Offer the better wordings."""
    lines = [t.html("<b>Two better wordings</b>")]
    lines += [
        t.html("{number}. <code>{wording}</code>", number=number, wording=wording)
        for number, wording in enumerate(offered(advice), 1)
    ]
    if advice.judgement.kind is Kind.LOG:
        lines.append(t.html("<i>Write only what really happened and can be shown.</i>"))
    elif advice.judgement.kind is Kind.INDICATOR:
        lines.append(
            t.html("<i>Numbers are examples: take yours from the unit's Perjanjian Kinerja.</i>")
        )
    return Markup("\n").join(lines)


def keyboard(t: Translator, advice: Advice, arrival_id: int) -> dict[str, Any]:
    """Lay out the buttons: copy, read as another kind, what the checks are."""
    copies = [
        Button(t.gettext("Copy {number}", number=number), copy=wording)
        for number, wording in enumerate(offered(advice), 1)
    ]
    others = [
        Button(kind_name(t, kind), key("coach-as", place, arrival_id))
        for place, kind in enumerate(KINDS)
        if kind is not advice.judgement.kind
    ]
    explained = [Button(t.gettext("The five checks"), key("article", EXPLAINED, 0))]
    return rows(*(line for line in (copies, others, explained) if line))


def reason(t: Translator, kind: Kind, verdict: Verdict) -> str:
    """Say why a quality is missing, with the words that show it."""
    words = cut(verdict.words, 60)
    if verdict.flaw in _ABOUT_RESULTS:
        return about_result(t, verdict.flaw, words)
    if verdict.flaw in _ABOUT_CONTROL:
        return about_control(t, verdict.flaw, words)
    if verdict.flaw in _ABOUT_MEASURE:
        return about_measure(t, verdict.flaw, words)
    if verdict.flaw is Flaw.ADRIFT and kind is Kind.LOG:
        return t.gettext("none of your RHK speaks of it; link it, or call it additional.")
    if verdict.flaw is Flaw.ADRIFT:
        return t.gettext("no RHK of your leader speaks of it yet; say which one it supports.")
    return about_proof(t, verdict.flaw, words)


_ABOUT_RESULTS = frozenset({Flaw.ACTIVITY, Flaw.CEREMONY, Flaw.PAPER, Flaw.TOPIC})
_ABOUT_CONTROL = frozenset({Flaw.REGIONAL, Flaw.OTHERS, Flaw.EVERYONE})
_ABOUT_MEASURE = frozenset({Flaw.VAGUE, Flaw.UNCOUNTED, Flaw.OBJECTLESS, Flaw.AMOUNTLESS})


def about_result(t: Translator, flaw: Flaw | None, words: str) -> str:
    """Say why a sentence names no result."""
    if flaw is Flaw.ACTIVITY:
        return t.gettext("“{words}” is an activity; say what is different afterwards.", words=words)
    if flaw is Flaw.CEREMONY:
        return t.gettext("“{words}” only says that it was held; say what came of it.", words=words)
    if flaw is Flaw.PAPER:
        return t.gettext("“{words}” is a paper; say who uses it, or by when.", words=words)
    return t.gettext("“{words}” is a subject; say which condition is reached.", words=words)


def about_control(t: Translator, flaw: Flaw | None, words: str) -> str:
    """Say why a result is beyond a position."""
    if flaw is Flaw.REGIONAL:
        return t.gettext("“{words}” is the region's figure and belongs to its head.", words=words)
    if flaw is Flaw.OTHERS:
        return t.gettext("“{words}” is for others to decide; name your own part.", words=words)
    return t.gettext("“{words}” hangs on everybody; name those whom you serve.", words=words)


def about_measure(t: Translator, flaw: Flaw | None, words: str) -> str:
    """Say why a sentence cannot be measured."""
    if flaw is Flaw.VAGUE:
        return t.gettext("“{words}” cannot be counted; give number, unit and source.", words=words)
    if flaw is Flaw.OBJECTLESS:
        return t.gettext("the number counts nothing yet; say of what, and of how many.")
    if flaw is Flaw.AMOUNTLESS:
        return t.gettext("no count; say how many and of what.")
    return t.gettext("neither a number nor a measure; say how many, or what share of what.")


def about_proof(t: Translator, flaw: Flaw | None, words: str) -> str:
    """Say why a log proves nothing, or not safely."""
    if flaw is Flaw.HOLLOW:
        return t.gettext("“{words}” shows presence, not what came of it.", words=words)
    if flaw is Flaw.PRIVATE:
        return t.gettext("it gives a person away; leave out names and NIK, counts are enough.")
    return t.gettext("no proof is named; say which record shows it and where it is kept.")
