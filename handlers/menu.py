"""The menu, the help, the language, and commands that are not there yet."""

from markupsafe import Markup
from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.context import Context, reads
from bot.i18n import LANGUAGES, Translator, translator
from bot.refusal import Refusal
from bot.ui.commands import PLANNED, Audience, commands
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key, pattern, tapped, words
from db import teams
from db.guidance import is_widyaiswara

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}
EVERYDAY = {Audience.EVERYONE, Audience.EMPLOYEE}
# The menu itself, and what its first line tells whom it concerns.
TOLD_ELSEWHERE = {"menu", "start"}
ROOM = 940
# How a language is named after /bahasa, in either language.
ASKED_AS = {
    "id": {"id", "indonesia", "bahasa indonesia", "indonesian"},
    "en": {"en", "english", "inggris", "bahasa inggris"},
}


async def menu(update: Update, context: Context) -> None:
    """Show what this person can do, a line each."""
    del update
    text, keyboard = await menu_screen(context)
    context.edit(text, keyboard)


async def menu_screen(context: Context) -> tuple[Markup, dict[str, object]]:
    """Write the menu for this person's roles."""
    t = context.t
    audiences = await audiences_of(context)
    lines = listed(t, audiences)
    whole = fits(lines)
    if not whole:
        lines = listed(t, audiences & EVERYDAY)
    head = (
        t.html("<b>Menu</b>\nSend /start to come in; guidance is open to everyone.")
        if context.newcomer
        else t.html("<b>Menu</b>\nJust write one sentence to log your work.")
    )
    buttons = [Button(t.gettext("Guidance"), key("themes")), Button(t.gettext("Help"), key("help"))]
    if not context.newcomer:
        buttons.insert(0, Button(t.gettext("My SKP"), key("skp", 0), style="success"))
    if not whole:
        buttons.append(Button(t.gettext("More duties"), key("menu-more")))
    return Markup("\n").join([head, *lines]), inline(*buttons)


async def more(update: Update, context: Context) -> None:
    """Show what the person's further roles bring, which has no room beside the everyday."""
    del update
    t = context.t
    lines = listed(t, await audiences_of(context) - EVERYDAY)
    head = t.html("<b>More duties</b>")
    keyboard = inline(Button(t.gettext("Menu"), key("menu")))
    context.edit(Markup("\n").join([head, *(lines or [t.html("There are none.")])]), keyboard)


def listed(t: Translator, audiences: set[Audience]) -> list[Markup]:
    """Write the commands of some audiences, a line each, but those that need no telling."""
    return [
        t.html("/{name} – {what}", name=name, what=what(t))
        for name, what in commands(audiences)
        if name not in TOLD_ELSEWHERE
    ]


def fits(lines: list[Markup]) -> bool:
    """Tell whether all lines find room on one screen, below its head."""
    return sum(len(line) + 1 for line in lines) <= ROOM


async def audiences_of(context: Context) -> set[Audience]:
    """Tell which menus are this person's."""
    found = {Audience.EVERYONE}
    if context.newcomer:
        return found
    found.add(Audience.EMPLOYEE)
    if "admin" in context.employee.roles:
        found.add(Audience.ADMIN)
    if is_widyaiswara(context.employee):
        found.add(Audience.WIDYAISWARA)
    if await teams.leads(context.session, context.employee, on=context.today()):
        found.add(Audience.LEADER)
    return found


async def help_(update: Update, context: Context) -> None:
    """Explain the bot on one screen."""
    del update
    t = context.t
    text = t.html(
        "<b>How I help</b>\n"
        "• Write what you did: <i>tadi pagi menimbang 6 balita di posyandu</i>. I save it at once,"
        " find the RHK, the number and the day, and one tap mends what I got wrong.\n"
        "• Send a photo or a file with a caption: it becomes evidence.\n"
        "• Ask: <i>apa itu RHK?</i> I look in the guidance.\n"
        "• Tell me: <i>cuti sampai Jumat</i>. I note it and keep still.\n\n"
        "<b>RHK</b> is a planned work result of your SKP; <b>IKI</b> is how it is measured."
        " The official record stays in e-Kinerja BKN."
    )
    keyboard = inline(
        Button(t.gettext("Menu"), key("menu")), Button(t.gettext("Guidance"), key("themes"))
    )
    context.edit(text, keyboard)


async def language(update: Update, context: Context) -> None:
    """Take the language that is named, or offer them; a newcomer is spoken to in Telegram's own."""
    del update
    if context.newcomer:
        raise Refusal(
            "Until you have come in I speak the language of your Telegram app. Send /start to"
            " begin; then you choose here."
        )
    asked = " ".join(context.args or []).casefold()
    code = next((one for one, names in ASKED_AS.items() if asked in names), None)
    if code is not None:
        context.reply(*spoken(context, code))
        return
    buttons = [Button(LANGUAGE_NAMES[code], key("language", code)) for code in LANGUAGES]
    context.reply(context.t.gettext("Which language do you read?"), inline(*buttons))


async def choose_language(update: Update, context: Context) -> None:
    """Speak the chosen language from now on."""
    code = (words(tapped(update)) or [""])[0]
    if code not in LANGUAGES:
        raise Refusal("This button no longer works.")
    context.edit(*spoken(context, code))


def spoken(context: Context, code: str) -> tuple[str, dict[str, object]]:
    """Speak a language from now on, and say so in it."""
    context.employee.language = code
    context.session.add(context.employee)
    t = translator(code)
    text = t.gettext("From now on I write in English.")
    return text, inline(Button(t.gettext("Menu"), key("menu")))


async def not_yet(update: Update, context: Context) -> None:
    """Say honestly that a command is still to come."""
    del update
    t = context.t
    context.reply(
        t.gettext("This is not there yet. The menu shows what already works."),
        inline(Button(t.gettext("Menu"), key("menu"))),
    )


async def unknown_command(update: Update, context: Context) -> None:
    """Point from an unknown command to the menu."""
    del update
    t = context.t
    context.reply(
        t.gettext("I do not know this command. The menu shows what works."),
        inline(Button(t.gettext("Menu"), key("menu"))),
    )


async def old_button(update: Update, context: Context) -> None:
    """Answer a button that no handler knows any more, and open the menu."""
    del update
    context.toast(context.t.gettext("This button no longer works."))
    context.reply(*await menu_screen(context))


for look in (menu, more, help_, not_yet, unknown_command, old_button):
    reads(look)

handlers = [
    CommandHandler("menu", menu),
    CommandHandler("bantuan", help_),
    CommandHandler("help", help_),
    CommandHandler("bahasa", language),
    CommandHandler(PLANNED, not_yet),
    CallbackQueryHandler(menu, pattern("menu")),
    CallbackQueryHandler(more, pattern("menu-more")),
    CallbackQueryHandler(help_, pattern("help")),
    CallbackQueryHandler(choose_language, pattern("language")),
]
last_handlers = [
    MessageHandler(filters.COMMAND, unknown_command),
    CallbackQueryHandler(old_button),
]
