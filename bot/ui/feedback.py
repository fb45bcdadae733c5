"""The screens of feedback: what waits for a word, the words, and what their reader sees."""

from collections import Counter
from typing import Any

from markupsafe import Markup

from bot.actions.feedback import Card, Given, Said
from bot.actions.team_views import View
from bot.i18n import Translator
from bot.skp.dealings import PHRASES, FeedbackKind, Phrase
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipt_lines import counted
from bot.ui.receipts import cut
from bot.ui.team_words import grip

Screen = tuple[Markup, dict[str, Any]]

KINDS = tuple(FeedbackKind)
ENTRY_TEXT = 300
QUOTED = 120


def card(t: Translator, shown: Card, given: Given | None = None) -> Screen:
    """Show one entry that waits for a word, below what was said last."""
    lines = [sent(t, given)] if given is not None else []
    lines.append(
        t.nhtml(
            "<b>{count} entry waits for your word</b>",
            "<b>{count} entries wait for your word</b>",
            shown.waiting,
            count=shown.waiting,
        )
    )
    if shown.asked:
        lines.append(t.html("<b>Your word was asked for:</b>"))
    lines += entry_lines(t, shown)
    buttons = word_buttons(t, shown)
    buttons.append(Button(t.gettext("Skip"), key("respond-next", shown.entry_id)))
    if given is not None:
        buttons.append(Button(t.gettext("Undo"), key("respond-undo", given.id)))
    return Markup("\n").join(lines), inline(*buttons)


def entry_lines(t: Translator, shown: Card) -> list[Markup]:
    """Write whose entry it is, its words, and what else is known of it."""
    words = cut(shown.text, ENTRY_TEXT) or t.gettext("(no words yet)")
    day = t.day_short(shown.day)
    lines = [t.html("{name}, {day}: “{text}”", name=shown.name, day=day, text=words)]
    facts = details(t, shown)
    return [*lines, Markup(" · ").join(facts)] if facts else lines


def word_buttons(t: Translator, shown: Card) -> list[Button]:
    """Offer the three kinds of words on an entry."""
    return [
        Button(label, key("respond-say", shown.entry_id, place), style)
        for place, (label, style) in enumerate(kind_buttons(t))
    ]


def asked_for(t: Translator, shown: Card) -> Screen:
    """Tell a leader that somebody asks for a word on an entry."""
    lines = [t.html("<b>{name} asks for your word on an entry.</b>", name=shown.name)]
    lines += entry_lines(t, shown)
    return Markup("\n").join(lines), inline(*word_buttons(t, shown))


def kind_buttons(t: Translator) -> tuple[tuple[str, Any], ...]:
    """Label the three kinds, in their order."""
    return (
        (t.gettext("Appreciate"), "success"),
        (t.gettext("Give guidance"), None),
        (t.gettext("Ask to mend"), None),
    )


def details(t: Translator, shown: Card) -> list[str]:
    """Write what else is known of an entry: the RHK, the amount, the proof, the late mark."""
    facts = []
    if shown.number is not None:
        facts.append(f"RHK {shown.number}")
    if shown.quantity is not None:
        facts.append(f"{t.number(shown.quantity)} {shown.unit or ''}".strip())
    if shown.percent is not None:
        facts.append(t.percent(shown.percent / 100))
    if shown.evidence:
        facts.append(t.gettext("evidence: {kinds}", kinds=proof(t, shown)))
    if shown.late:
        facts.append(t.gettext("late entry"))
    return facts


def proof(t: Translator, shown: Card) -> str:
    """Count what proves an entry, kind by kind."""
    counts = Counter(shown.evidence)
    return ", ".join(counted(t, kind, count) for kind, count in counts.items())


def sent(t: Translator, given: Given) -> Markup:
    """Say what was said to whom."""
    sentences = {
        FeedbackKind.PRAISE: t.html("✓ Appreciation sent to {name}.", name=given.name),
        FeedbackKind.GUIDANCE: t.html("✓ Guidance sent to {name}.", name=given.name),
        FeedbackKind.MEND: t.html("✓ Request to mend sent to {name}.", name=given.name),
    }
    return sentences[given.kind]


def nothing(
    t: Translator, given: Given | None = None, skipped: int = 0, view: View | None = None
) -> Screen:
    """Say that nothing waits any more, or that only what was skipped does.

    The whole team of a view may be thanked when all have had their word.
    """
    lines = [sent(t, given)] if given is not None else []
    buttons = [Button(t.gettext("Menu"), key("menu"))]
    if skipped:
        lines.append(
            t.nhtml(
                "That was all. <b>{count} entry</b> was skipped and still waits for your word.",
                "That was all. <b>{count} entries</b> were skipped and still wait for your word.",
                skipped,
                count=skipped,
            )
        )
        buttons.insert(0, Button(t.gettext("See them again"), key("respond-next", 0), "success"))
    else:
        lines.append(t.html("No entry waits for your word."))
    if given is not None:
        buttons.insert(0, Button(t.gettext("Undo"), key("respond-undo", given.id)))
    if view is not None:
        buttons.insert(0, Button(t.gettext("For the whole team"), key("team-all", *grip(view))))
    return Markup("\n").join(lines), inline(*buttons)


def choose_words(t: Translator, shown: Card, kind: FeedbackKind) -> Screen:
    """Ask for the words of guidance or of a request; the usual ones take one tap."""
    quoted = cut(shown.text, QUOTED)
    if kind is FeedbackKind.MEND:
        text = t.html(
            "What should {name} mend in “{text}”? Tap, or write it yourself.",
            name=shown.name,
            text=quoted,
        )
    else:
        text = t.html(
            "What would you like to tell {name} about “{text}”? Tap, or write it yourself.",
            name=shown.name,
            text=quoted,
        )
    place = KINDS.index(kind)
    buttons = [
        Button(short(t, phrase), key("respond-words", shown.entry_id, place, n))
        for n, phrase in enumerate(PHRASES[kind])
    ]
    buttons.append(Button(t.gettext("Back"), key("respond-card", shown.entry_id)))
    return text, inline(*buttons)


def short(t: Translator, phrase: Phrase) -> str:
    """Label a usual word."""
    labels = {
        Phrase.GO_ON: t.gettext("Go on"),
        Phrase.TALK: t.gettext("Talk first"),
        Phrase.EVIDENCE: t.gettext("Add evidence"),
        Phrase.FIGURE: t.gettext("Add the amount"),
        Phrase.LINK: t.gettext("Link an RHK"),
    }
    return labels[phrase]


def long(t: Translator, phrase: Phrase) -> str:
    """Write a usual word as a sentence."""
    sentences = {
        Phrase.GO_ON: t.gettext("Please go on, and tell me the result."),
        Phrase.TALK: t.gettext("Let us talk about it first."),
        Phrase.EVIDENCE: t.gettext("Please add evidence."),
        Phrase.FIGURE: t.gettext("Please add the amount."),
        Phrase.LINK: t.gettext("Please link it to one of your RHK."),
    }
    return sentences[phrase]


def told(t: Translator, said: Said) -> Screen:
    """Tell a person what was said of an entry, with the ways to answer."""
    lines = [heading(t, said)]
    words = words_of(t, said)
    if words:
        lines.append(t.html("<blockquote>{words}</blockquote>", words=words))
    if said.reply:
        lines.append(t.html("You answered: “{words}”", words=said.reply))
    buttons = [] if said.thanked else [
        Button(t.gettext("Thank you"), key("feedback-thank", said.id), "success")
    ]  # fmt: skip
    if not said.reply:
        buttons.append(Button(t.gettext("Reply"), key("feedback-reply", said.id)))
    buttons.append(Button(t.gettext("See the entry"), key("feedback-entry", said.id)))
    return Markup("\n").join(lines), inline(*buttons)


def heading(t: Translator, said: Said) -> Markup:
    """Say who said what kind of thing of which entry."""
    values = {
        "author": said.author,
        "day": t.day_short(said.day),
        "entry": cut(said.entry_text, QUOTED),
    }
    heads = {
        FeedbackKind.PRAISE: t.html(
            "{author} appreciates your entry of {day}, “{entry}”.", **values
        ),
        FeedbackKind.GUIDANCE: t.html(
            "{author} has guidance on your entry of {day}, “{entry}”.", **values
        ),
        FeedbackKind.MEND: t.html(
            "{author} asks you to mend your entry of {day}, “{entry}”.", **values
        ),
    }
    return heads[said.kind]


def words_of(t: Translator, said: Said) -> str | None:
    """Give the words that were said, the usual ones in the reader's language."""
    return said.text or (long(t, said.phrase) if said.phrase else None)


def replied(t: Translator, said: Said, name: str) -> Markup:
    """Tell a leader what came back to a word."""
    return t.html(
        "{name} answers about “{entry}”: “{words}”",
        name=name,
        entry=cut(said.entry_text, QUOTED),
        words=said.reply or "",
    )


def withdrawn(t: Translator, said: Said) -> Markup:
    """Tell a person that a word was taken back."""
    return t.html(
        "{author} has taken back what was said of “{entry}”.",
        author=said.author,
        entry=cut(said.entry_text, QUOTED),
    )
