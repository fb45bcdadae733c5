"""Come in by code or by one's own number; what a stranger types is kept for later."""

import re

from telegram import Message, Update
from telegram.ext import CommandHandler, MessageHandler, filters
from telegram.ext.filters import UpdateFilter

from bot.actions import invitations, registration
from bot.context import TURN, Context
from bot.refusal import Refusal
from bot.ui import registration as screens
from bot.ui.keyboards import no_keyboard
from bot.understanding.proposal import Intent, Profile
from bot.understanding.sentence import understand
from handlers import guidance
from handlers.entries import typed
from handlers.registration import (
    CODE,
    OWN_FORM,
    STEPS,
    begin,
    greet,
    kept_of,
    show_identity,
    show_step,
    take_own_form,
)

# A code may end with a hyphen, after which no word ends.
LINK = re.compile(r"(?:t\.me|telegram\.me)/\w+\?start=([A-Za-z0-9_-]{6,64})(?![A-Za-z0-9_-])")
# No sentence about work is one word of this length.
SECRET = re.compile(r"[A-Za-z0-9_-]{20,64}")
# How much is kept of what somebody types before coming in.
KEPT = 10


class FromStranger(UpdateFilter):
    """Match what comes from an account that belongs to nobody yet."""

    def filter(self, update: Update) -> bool:
        """Tell whether the sender has not come in."""
        del update
        turn = TURN.get(None)
        return turn is not None and turn.employee is None


async def start(update: Update, context: Context) -> None:
    """Begin coming in, with or without a code; greet whoever is in already."""
    del update
    code = (context.args or [""])[0]
    if not context.newcomer:
        await greet(context, code)
    elif code:
        await try_code(context, code)
    else:
        await begin(context)


async def try_code(context: Context, code: str) -> None:
    """Open the door with a code, or say kindly why it stays shut."""
    tried = await invitations.attempt(
        context.session, code, telegram_id=context.user_id, now=context.now
    )
    if tried.employee is not None:
        await show_identity(context, tried.employee, code)
        return
    if tried.denial is None:
        raise Refusal("This code does not work. Please ask your personnel admin for a new one.")
    await context.begin(CODE, kept=kept_of(context.draft))
    context.reply(
        screens.denied(context.t, tried.denial, tried.wait_until, str(context.zone)),
        screens.welcome(context.t, "")[1],
    )


async def share_contact(update: Update, context: Context) -> None:
    """Find a person by the number they share, which must be their own."""
    contact = message_of(update).contact
    if not context.newcomer:
        await greet(context, "")
        return
    if contact is None or contact.user_id != context.user_id:
        raise Refusal(
            "That is somebody else's contact. Please share your own number with the button, or use"
            " an invitation code."
        )
    employee = await registration.by_own_phone(context.session, contact.phone_number)
    await show_identity(context, employee, None)


async def take_words(update: Update, context: Context) -> None:
    """Take what a stranger types: a code, a form of address, or work to be logged later."""
    message = message_of(update)
    text = (message.text or message.caption or "").strip()
    step = context.draft.step if context.draft else None
    code = LINK.search(text) or (None if step == OWN_FORM else SECRET.fullmatch(text))
    if screens.wants_code(text):
        await context.begin(CODE, kept=kept_of(context.draft))
        context.reply(screens.ask_code(context.t), no_keyboard())
    elif code is not None:
        await try_code(context, code[code.lastindex or 0])
    elif step == CODE and invitations.CODE.fullmatch(text):
        await try_code(context, text)
    elif step == OWN_FORM and context.draft is not None and text:
        await take_own_form(context, context.draft.data, text)
    else:
        await hear(context, message, text)


async def hear(context: Context, message: Message, text: str) -> None:
    """Answer a question with guidance; of everything else keep what can be logged later."""
    heard = understand(text, context.local_now(), Profile("", ())) if text else None
    if heard and heard.intent is Intent.QUESTION and heard.about == "theme":
        await guidance.answer(context, text)
        return
    worth = heard is not None and heard.intent in {Intent.LOG, Intent.ABSENCE}
    await keep(context, message, text if worth else "")


async def keep(context: Context, message: Message, text: str) -> None:
    """Keep what was typed for after the consent, and say what is needed first."""
    draft, t = context.draft, context.t
    kept = kept_of(draft)
    if message.effective_attachment is not None:
        context.reply(
            t.gettext("Photos and files can be kept once you are in; please send them again then.")
        )
    said_before = any(one["text"] == text for one in kept)
    if text and not said_before and len(kept) < KEPT:
        one = typed(context, message, text)
        kept.append(
            {
                "text": text,
                "sent_at": one.sent_at.isoformat(),
                "arrival_id": one.arrival_id,
                "message_id": one.message_id,
            }
        )
    if text and text in [one["text"] for one in kept]:
        context.reply(t.gettext("I keep this sentence for a day and log it as soon as you are in."))
    if draft is None or draft.step not in STEPS:
        await begin(context, kept=kept)
        return
    await context.begin(draft.step, **{**draft.data, "kept": kept})
    await show_step(context)


def message_of(update: Update) -> Message:
    """Give the message that was sent."""
    message = update.effective_message
    if message is None:
        raise Refusal("This button no longer works.")
    return message


PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE

handlers = [
    CommandHandler("start", start, filters.ChatType.PRIVATE),
    MessageHandler(PRIVATE & filters.CONTACT, share_contact),
    MessageHandler(PRIVATE & FromStranger() & ~filters.COMMAND, take_words),
]
