"""Write guidance as a widyaiswara: step by step or from a file, with a preview: /tulis."""

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters
from telegram.ext.filters import UpdateFilter

from bot.actions import guidance as desk
from bot.actions import guidance_uses
from bot.actions.guidance import PART, Version, widyaiswara_only
from bot.context import TURN, Answering, Context, reads
from bot.guidance.checking import check_text
from bot.guidance.library import Library
from bot.guidance.writing import PARTS, begin, fresh, manuscript_of, next_part, put
from bot.refusal import Refusal
from bot.ui import guidance_drafts as screens
from bot.ui.guidance import pages_of
from bot.ui.keyboards import inline
from bot.ui.keys import numbers, page_in, pattern, tapped, words
from bot.ui.rosters import received
from db.guidance import is_widyaiswara
from handlers.entries import WORDS, said
from handlers.rosters import PRIVATE, checked

# Those of old or with macros are refused with a sentence that says what to send.
OF_WORD = (".docx", ".doc", ".docm")


class AManuscript(UpdateFilter):
    """Match a Markdown file from a widyaiswara, and a Word file while an article is asked for.

    As a reply a file is evidence, and so is a Word file at any other time.
    """

    def filter(self, update: Update) -> bool:
        """Tell whether the message brings an article."""
        message, turn = update.effective_message, TURN.get(None)
        if message is None or message.document is None or message.reply_to_message is not None:
            return False
        if turn is None or turn.employee is None or not is_widyaiswara(turn.employee):
            return False
        name = (message.document.file_name or "").lower()
        asked = turn.draft is not None and turn.draft.step == PART
        return name.endswith(".md") or (asked and name.endswith(OF_WORD))


async def write(update: Update, context: Context) -> None:
    """Show what a widyaiswara writes, and how to begin."""
    del update
    screen = screens.home(context.t, await desk.own_list(context.session, context.employee))
    context.edit(*screen)


async def choose_theme(update: Update, context: Context) -> None:
    """Ask for the theme of a new article, the person's own themes first."""
    widyaiswara_only(context.employee)
    own, known = context.employee.themes, (await context.library()).themes()
    ordered = sorted(known, key=lambda one: one.code not in own)
    context.edit(*screens.choose_theme(context.t, ordered, page_in(tapped(update))))


async def begin_one(update: Update, context: Context) -> None:
    """Begin an article of a theme, and ask for its first part."""
    code = (words(tapped(update)) or [""])[0]
    widyaiswara_only(context.employee)
    if (await context.library()).theme_code(code) != code:
        raise Refusal("This button no longer works.")
    written = manuscript_of(begin(code, context.today()))
    version = await desk.begin(context.session, context.employee, written, now=context.now)
    await ask(context, version.id, PARTS[0])


async def ask(context: Context, version_id: int, part: str) -> None:
    """Ask for a part of an article."""
    await context.begin(PART, version=version_id, part=part)
    context.reply(screens.ask(context.t, part))


async def take_part(update: Update, context: Context) -> None:
    """Take the part that was asked for, and ask for the next that is missing."""
    draft = context.draft
    if draft is None:
        raise Refusal("This button no longer works.")
    version_id, part = int(draft.data["version"]), str(draft.data["part"])
    version = await desk.own_one(context.session, context.employee, version_id)
    taken = {one.id for one in (await context.library()).articles()}
    text = put(version.text, part, said(update).text or "", taken)
    await context.end()
    version = await desk.rewrite(context.session, context.employee, version_id, manuscript_of(text))
    following = next_part(version.text)
    if following is not None:
        await ask(context, version.id, following)
    else:
        context.reply(*await overview(context, version))


async def overview(context: Context, version: Version) -> tuple[str, dict[str, object]]:
    """Check an article, and show where it stands."""
    article, flaws = check_text(version.text, await context.library(), context.today())
    return screens.overview(context.t, version, article, flaws)


async def open_one(update: Update, context: Context) -> None:
    """Show where one of the own articles stands."""
    context.edit(*await overview(context, await own(update, context)))


async def own(update: Update, context: Context) -> Version:
    """Load the own article that a button names."""
    (version_id,) = numbers(tapped(update), 1)
    return await desk.own_one(context.session, context.employee, version_id)


async def preview(update: Update, context: Context) -> None:
    """Show an own article page by page, exactly as readers will see it."""
    version_id, page = numbers(tapped(update), 2)
    version = await desk.own_one(context.session, context.employee, version_id)
    article, _ = check_text(version.text, await context.library(), context.today())
    if article is None or page < 0:
        raise Refusal("This button no longer works.")
    pages = pages_of(article, context.t, context.today())
    page = min(page, len(pages) - 1)
    context.edit(pages[page], inline(*screens.page_keys(context.t, version, page, len(pages))))


async def list_parts(update: Update, context: Context) -> None:
    """Ask which part is to be written anew."""
    context.edit(*screens.parts_screen(context.t, await own(update, context)))


async def change_part(update: Update, context: Context) -> None:
    """Ask for one part anew."""
    version_id, at = numbers(tapped(update), 2)
    version = await desk.own_one(context.session, context.employee, version_id)
    if not 0 <= at < len(PARTS):
        raise Refusal("This button no longer works.")
    await ask(context, version.id, PARTS[at])


async def hand_in(update: Update, context: Context) -> None:
    """Send an article to review, if nothing is to be mended."""
    version = await own(update, context)
    article, flaws = check_text(version.text, await context.library(), context.today())
    if article is None or flaws:
        context.edit(*await overview(context, version))
        return
    version, told = await desk.hand_in(
        context.session, context.employee, version.id, now=context.now
    )
    context.edit(*screens.handed_in(context.t, version, told))


async def take_back(update: Update, context: Context) -> None:
    """Take an article back from review."""
    (version_id,) = numbers(tapped(update), 1)
    version = await desk.take_back(context.session, context.employee, version_id)
    context.edit(*await overview(context, version))


async def confirm_delete(update: Update, context: Context) -> None:
    """Ask before a draft is deleted."""
    context.edit(*screens.confirm_delete(context.t, await own(update, context)))


async def delete(update: Update, context: Context) -> None:
    """Delete a draft."""
    (version_id,) = numbers(tapped(update), 1)
    await desk.delete(context.session, context.employee, version_id)
    await write(update, context)


async def live(update: Update, context: Context) -> None:
    """List the agency's published articles."""
    (page,) = numbers(tapped(update), 1)
    found = await desk.standing(context.session, context.employee)
    context.edit(*screens.live(context.t, found, max(0, page)))


async def open_live(update: Update, context: Context) -> None:
    """Show a published article with its versions and its use."""
    (version_id,) = numbers(tapped(update), 1)
    await show_live(context, version_id)


async def show_live(context: Context, version_id: int) -> None:
    """Show a published article in the same message."""
    session, employee, today = context.session, context.employee, context.today()
    version, past = await desk.history(session, employee, version_id)
    used = await guidance_uses.used_of(session, employee, version.slug, today=today)
    context.edit(*screens.standing(context.t, version, past, used))


async def revise(update: Update, context: Context) -> None:
    """Begin a new version of a published article."""
    (version_id,) = numbers(tapped(update), 1)
    session, employee = context.session, context.employee
    version, _ = await desk.history(session, employee, version_id)
    written = manuscript_of(fresh(version.text, context.today()))
    version = await desk.begin(session, employee, written, now=context.now)
    context.edit(*await overview(context, version))


async def withdraw(update: Update, context: Context) -> None:
    """Take an article out of the library."""
    (version_id,) = numbers(tapped(update), 1)
    version = await desk.withdraw(context.session, context.employee, version_id, now=context.now)
    context.edit(*screens.withdrawn(context.t, version))


async def bring_back(update: Update, context: Context) -> None:
    """Undo a withdrawal."""
    (version_id,) = numbers(tapped(update), 1)
    await desk.bring_back(context.session, context.employee, version_id, now=context.now)
    await show_live(context, version_id)


async def show_uses(update: Update, context: Context) -> None:
    """Show how the library is used."""
    del update
    used = await guidance_uses.used(context.session, context.employee, today=context.today())
    library = await context.library()
    titles = [title_in(library, one.slug, context.t.language) for one in used.articles]
    context.edit(*screens.used_screen(context.t, used, titles))


def title_in(library: Library, slug: str, language: str) -> str:
    """Give an article's title; its id when it is no longer there."""
    found = library.article(slug)
    return found.title_in(language) if found else slug


async def take_file(update: Update, context: Context) -> None:
    """Acknowledge a file at once; it is read after the commit, and what came of it follows."""
    document = checked(update)
    name = document.file_name or "panduan.md"
    data = {"file_id": document.file_id, "name": name, "arrival": context.turn.arrival_id}
    if name.lower().endswith(OF_WORD) and context.draft is not None:
        data["version"] = context.draft.data["version"]
    await context.begin(desk.SENT, **data)
    context.reply(received(context.t, name))


TAPS = {
    "desk": write,
    "desk-new": choose_theme,
    "desk-theme": begin_one,
    "desk-open": open_one,
    "desk-page": preview,
    "desk-parts": list_parts,
    "desk-part": change_part,
    "desk-send": hand_in,
    "desk-back": take_back,
    "desk-drop": confirm_delete,
    "desk-drop-now": delete,
    "desk-live": live,
    "desk-live-open": open_live,
    "desk-revise": revise,
    "desk-withdraw": withdraw,
    "desk-restore": bring_back,
    "desk-used": show_uses,
}

for look in (write, choose_theme, open_one, preview, list_parts, confirm_delete, live, open_live):
    reads(look)
reads(show_uses)

handlers = [
    CommandHandler("tulis", write, filters.ChatType.PRIVATE),
    *(CallbackQueryHandler(tap, pattern(verb)) for verb, tap in TAPS.items()),
    MessageHandler(PRIVATE & AManuscript(), take_file),
    MessageHandler(Answering(PART) & WORDS, take_part),
]
