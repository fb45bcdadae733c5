"""A leader's word on entries, and what comes back: /tanggapi."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler

from bot.actions import feedback
from bot.actions.feedback import ASKED, Given, Word
from bot.actions.histories import opened_entry
from bot.actions.leading import Led, teams_led
from bot.actions.team_views import Scale, View
from bot.context import Answering, Context, ReplyingTo, reads
from bot.refusal import Refusal
from bot.skp.dealings import PHRASES, FeedbackKind
from bot.ui import feedback as screens
from bot.ui.histories import entry_screen
from bot.ui.keys import numbers, pattern, tapped
from bot.understanding.feedback import tone_of
from db.models.messages import AuditRecord
from handlers.entries import WORDS, said

OWN_WORDS, ANSWER = "feedback.words", "feedback.reply"


@reads
async def respond(update: Update, context: Context) -> None:
    """Show the newest entry that waits for a word, in a message of its own."""
    del update
    led = await teams_led(context.session, context.employee, on=context.today())
    if not led:
        raise Refusal("This is for leaders: nobody works under you in the roster.")
    shown = await feedback.next_card(context.session, context.employee, today=context.today())
    if shown is None:
        context.reply(*screens.nothing(context.t, view=today_of(context, led)))
        return
    looked(context, shown.employee_id)
    context.reply(*screens.card(context.t, shown), about=f"card:{shown.entry_id}")


@reads
async def respond_to(update: Update, context: Context) -> None:
    """Show one entry to say a word on, in a message of its own."""
    (entry_id,) = numbers(tapped(update), 1)
    session, leader, today = context.session, context.employee, context.today()
    waiting = len(await feedback.queue(session, leader, today=today))
    shown = await feedback.card(session, leader, entry_id, waiting=waiting, today=today)
    looked(context, shown.employee_id)
    context.reply(*screens.card(context.t, shown), about=f"card:{entry_id}")


@reads
async def skip(update: Update, context: Context) -> None:
    """Go on to the next older entry, or begin anew where none was passed."""
    (before,) = numbers(tapped(update), 1)
    await go_on(context, before=before or None)


async def go_on(context: Context, *, before: int | None = None, given: Given | None = None) -> None:
    """Show the next entry that waits in the same message, below what was said last."""
    session, today = context.session, context.today()
    shown = await feedback.next_card(
        session, context.employee, before=before, again=given is not None, today=today
    )
    if shown is None:
        skipped = len(await feedback.queue(session, context.employee, today=today))
        led = [] if skipped else await teams_led(session, context.employee, on=today)
        view = today_of(context, led)
        context.edit(*screens.nothing(context.t, given, skipped, view))
        return
    looked(context, shown.employee_id)
    context.edit(*screens.card(context.t, shown, given), about=f"card:{shown.entry_id}")


def today_of(context: Context, led: Sequence[Led]) -> View | None:
    """Give the day of the first team that a person leads."""
    return View(Scale.DAY, context.today(), led[0].of) if led else None


def looked(context: Context, employee_id: int) -> None:
    """Keep that a leader has looked at somebody's entry; the person can see it."""
    context.record(
        AuditRecord(
            at=context.now,
            actor_id=context.employee.id,
            action="looked",
            subject_id=employee_id,
        )
    )


@reads
async def back(update: Update, context: Context) -> None:
    """Go back to an entry, leaving the words aside."""
    (entry_id,) = numbers(tapped(update), 1)
    await show(context, entry_id)


async def show(context: Context, entry_id: int) -> None:
    """Show one entry in the message that was tapped."""
    session, leader, today = context.session, context.employee, context.today()
    waiting = len(await feedback.queue(session, leader, today=today))
    shown = await feedback.card(session, leader, entry_id, waiting=waiting, today=today)
    context.edit(*screens.card(context.t, shown), about=f"card:{entry_id}")


async def say(update: Update, context: Context) -> None:
    """Send an appreciation at once; for guidance and a request ask for the words."""
    entry_id, place = numbers(tapped(update), 2)
    kind = kind_at(place)
    if not PHRASES[kind]:
        await give(context, entry_id, Word(kind))
        return
    session, today = context.session, context.today()
    shown = await feedback.card(session, context.employee, entry_id, waiting=0, today=today)
    await context.begin(OWN_WORDS, entry=entry_id, kind=kind.value)
    context.edit(*screens.choose_words(context.t, shown, kind), about=f"card:{entry_id}")


async def say_usual(update: Update, context: Context) -> None:
    """Send one of the usual words."""
    entry_id, place, number = numbers(tapped(update), 3)
    kind = kind_at(place)
    if not 0 <= number < len(PHRASES[kind]):
        raise Refusal("This button no longer works.")
    await close_words(context)
    await give(context, entry_id, Word(kind, phrase=PHRASES[kind][number]))


async def close_words(context: Context) -> None:
    """End the question for words, if it is open."""
    if context.draft is not None and context.draft.step == OWN_WORDS:
        await context.end()


async def give(context: Context, entry_id: int, word: Word) -> None:
    """Say something of an entry and go on to the next."""
    given = await feedback.give(context.session, context.employee, entry_id, word, now=context.now)
    await go_on(context, before=entry_id, given=given)


async def take_words(update: Update, context: Context) -> None:
    """Send the words that were typed for an entry."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    entry_id, kind = int(draft.data["entry"]), FeedbackKind(draft.data["kind"])
    await context.end()
    await give(context, entry_id, Word(kind, text=said(update).text))


async def take_reply(update: Update, context: Context) -> None:
    """Send the words with which a leader replies to an entry that is shown."""
    text = said(update).text or ""
    kind = FeedbackKind(tone_of(text).value)
    await close_words(context)
    await give(context, context.subject_id, Word(kind, text=text))


async def undo(update: Update, context: Context) -> None:
    """Take a word back and show its entry again."""
    (feedback_id,) = numbers(tapped(update), 1)
    entry_id = await feedback.take_back(
        context.session, context.employee, feedback_id, now=context.now
    )
    await show(context, entry_id)


def kind_at(place: int) -> FeedbackKind:
    """Give the kind a button stands for."""
    if not 0 <= place < len(screens.KINDS):
        raise Refusal("This button no longer works.")
    return screens.KINDS[place]


async def thank(update: Update, context: Context) -> None:
    """Thank for a word."""
    (feedback_id,) = numbers(tapped(update), 1)
    await feedback.thank(context.session, context.employee, feedback_id, now=context.now)
    context.toast(context.t.gettext("Your thanks are kept with it."))
    await told(context, feedback_id)


async def told(context: Context, feedback_id: int) -> None:
    """Show what was said, as it stands now."""
    found = await feedback.said(context.session, context.employee, feedback_id)
    context.edit(*screens.told(context.t, found), about=f"feedback:{feedback_id}")


async def ask_reply(update: Update, context: Context) -> None:
    """Ask for an answer to a word."""
    (feedback_id,) = numbers(tapped(update), 1)
    found = await feedback.said(context.session, context.employee, feedback_id)
    await context.begin(ANSWER, feedback=feedback_id)
    context.reply(context.t.html("Write your answer to {author}.", author=found.author))


async def answer(context: Context, feedback_id: int, text: str) -> None:
    """Carry an answer to the leader."""
    name = await feedback.reply(
        context.session, context.employee, feedback_id, text, now=context.now
    )
    context.reply(context.t.html("✓ Your answer is on its way to {name}.", name=name))


async def take_answer(update: Update, context: Context) -> None:
    """Carry the answer that was asked for."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    feedback_id = int(draft.data["feedback"])
    await context.end()
    await answer(context, feedback_id, said(update).text or "")


async def take_direct_answer(update: Update, context: Context) -> None:
    """Carry words that reply to a letter with feedback."""
    if context.draft is not None and context.draft.step == ANSWER:
        await context.end()
    await answer(context, context.subject_id, said(update).text or "")


@reads
async def see_entry(update: Update, context: Context) -> None:
    """Show the entry a word is about, in a message of its own."""
    (feedback_id,) = numbers(tapped(update), 1)
    found = await feedback.said(context.session, context.employee, feedback_id)
    shown = await opened_entry(
        context.session,
        context.employee,
        found.entry_id,
        today=context.today(),
        edit_days=context.agency.edit_days,
    )
    if shown is None:
        raise Refusal("This entry is no longer there.")
    context.reply(*entry_screen(context.t, shown, 0), about=f"entry:{found.entry_id}")


TAPS = {
    "respond": respond,
    "respond-new": respond_to,
    "respond-next": skip,
    "respond-card": back,
    "respond-say": say,
    "respond-words": say_usual,
    "respond-undo": undo,
    "feedback-thank": thank,
    "feedback-reply": ask_reply,
    "feedback-entry": see_entry,
}

handlers = [
    CommandHandler("tanggapi", respond),
    *(CallbackQueryHandler(tap, pattern(verb)) for verb, tap in TAPS.items()),
    MessageHandler(ReplyingTo("card", ASKED) & WORDS, take_reply),
    MessageHandler(ReplyingTo("feedback") & WORDS, take_direct_answer),
    MessageHandler(Answering(OWN_WORDS) & WORDS, take_words),
    MessageHandler(Answering(ANSWER) & WORDS, take_answer),
]
