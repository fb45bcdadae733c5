"""Send a quiz to a unit or to the people of a theme; totals come back: /kirimkuis."""

from collections.abc import Sequence

from telegram import Update
from telegram.ext import (
    CallbackQueryHandler,
    CommandHandler,
    MessageHandler,
    PollHandler,
    filters,
)

from bot.actions import quiz_sendings as sendings
from bot.actions.guidance import widyaiswara_only
from bot.context import Answering, Context, reads
from bot.guidance.library import Theme
from bot.guidance.quiz import offers, questions_of, standing
from bot.guidance.search import Reader
from bot.refusal import Refusal
from bot.skp.quiz import Offer
from bot.ui import quiz_sendings as screens
from bot.ui.keys import numbers, pattern, tapped, words
from handlers.entries import WORDS, said
from handlers.quiz import go_on

UNIT = "quizsend.unit"


@reads
async def begin(update: Update, context: Context) -> None:
    """Ask for the theme, and show what was sent last."""
    page = numbers(tapped(update), 1)[0] if context.tapped else 0
    sent = await sendings.recent(context.session, context.employee)
    themes = await themes_of(context)
    context.edit(*screens.home(context.t, themes, sent, page, context.zone))


async def themes_of(context: Context) -> Sequence[Theme]:
    """List the themes there are questions about, those looked after first."""
    library = await context.library()
    asked = {one.theme for one in standing(library, context.today())}
    own = set(context.employee.themes)
    themes = [one for one in library.themes() if one.code in asked]
    return sorted(themes, key=lambda one: one.code not in own)


async def choose_theme(update: Update, context: Context) -> None:
    """Begin a quiz about a theme."""
    code = (words(tapped(update)) or [""])[0]
    widyaiswara_only(context.employee)
    library = await context.library()
    some = [one.id for one in standing(library, context.today(), code)]
    if library.theme_code(code) != code:
        raise Refusal("This button no longer works.")
    one = await sendings.begin(context.session, context.employee, code, some, now=context.now)
    context.edit(*screens.chosen(context.t, one, questions_of(library)))


async def other_questions(update: Update, context: Context) -> None:
    """Take the theme's next questions."""
    (number,) = numbers(tapped(update), 1)
    library, today = await context.library(), context.today()
    some: dict[str, list[str]] = {}
    for one in standing(library, today):
        some.setdefault(one.theme, []).append(one.id)
    found = await sendings.other_questions(context.session, context.employee, number, some)
    context.edit(*screens.chosen(context.t, found, questions_of(library)))


async def ask_unit(update: Update, context: Context) -> None:
    """Ask for a unit by its name."""
    (number,) = numbers(tapped(update), 1)
    widyaiswara_only(context.employee)
    await context.begin(UNIT, sending=number)
    context.reply(screens.ask_unit(context.t))


async def take_unit(update: Update, context: Context) -> None:
    """Offer the units that fit what was written."""
    draft, text = context.draft, (said(update).text or "").strip()
    if draft is None:
        raise Refusal("This button no longer works.")
    units = await sendings.places(context.session, context.employee, text)
    context.reply(*screens.found_units(context.t, int(draft.data["sending"]), units, text))


async def address(update: Update, context: Context) -> None:
    """Choose whom a quiz goes to, and show what would go out."""
    number, unit_id = numbers(tapped(update), 2)
    session, employee = context.session, context.employee
    one = await sendings.address(session, employee, number, unit_id or None, today=context.today())
    await leave(context)
    known = questions_of(await context.library())
    context.edit(*screens.preview(context.t, one, known, await themes_of(context)))


async def leave(context: Context) -> None:
    """End the question for a unit, if it is open."""
    if context.draft is not None and context.draft.step == UNIT:
        await context.end()


async def send(update: Update, context: Context) -> None:
    """Put a quiz into the post."""
    (number,) = numbers(tapped(update), 1)
    known = await offered(context)
    one = await sendings.send(context.session, context.employee, number, known, now=context.now)
    await leave(context)
    context.edit(*screens.sent(context.t, one, await themes_of(context)))


async def offered(context: Context) -> dict[str, Offer]:
    """Give every question that may be asked today by its id."""
    found = offers(await context.library(), Reader(), context.today())
    return {one.id: one for one in found}


async def drop(update: Update, context: Context) -> None:
    """Let a draft go."""
    (number,) = numbers(tapped(update), 1)
    await sendings.drop(context.session, context.employee, number)
    await leave(context)
    context.edit(context.t.gettext("Cancelled. Nothing was sent."))


@reads
async def view(update: Update, context: Context) -> None:
    """Show what came back, as totals."""
    (number,) = numbers(tapped(update), 1)
    found = await sendings.totals(context.session, context.employee, number)
    known = questions_of(await context.library())
    context.edit(*screens.totals(context.t, found, known, await themes_of(context)))


async def start(update: Update, context: Context) -> None:
    """Begin a quiz that was offered."""
    (number,) = numbers(tapped(update), 1)
    known = await offered(context)
    first = await sendings.start(context.session, context.employee, number, known, now=context.now)
    await go_on(context, first)


async def counted(update: Update, context: Context) -> None:
    """Keep how a question in a group stands; nobody is named in it."""
    poll = update.poll
    if poll is not None and poll.is_anonymous:
        chosen = [option.voter_count for option in poll.options]
        await sendings.counted(context.session, poll.id, chosen)


TAPS = {
    "quizsend": begin,
    "quizsend-theme": choose_theme,
    "quizsend-other": other_questions,
    "quizsend-unit": ask_unit,
    "quizsend-to": address,
    "quizsend-go": send,
    "quizsend-drop": drop,
    "quizsend-view": view,
    "quiz-from": start,
}

handlers = [
    CommandHandler("kirimkuis", begin, filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE),
    *(CallbackQueryHandler(tap, pattern(verb)) for verb, tap in TAPS.items()),
    MessageHandler(Answering(UNIT) & WORDS, take_unit),
    PollHandler(counted),
]
