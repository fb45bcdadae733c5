"""Photos, files, recordings and links: bukti dukung of an entry."""

from dataclasses import replace

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.actions import corrections, entries
from bot.actions.corrections import Grip
from bot.actions.evidence import Enclosure
from bot.actions.receipts import Receipt
from bot.context import Context
from bot.skp.entries import EvidenceKind
from bot.ui.evidence import added, too_large
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from db import entries as questions
from handlers.entries import CAPTION, WORDS, about, refresh, said, save, show, take, typed


async def enclosed(update: Update, context: Context) -> None:
    """Keep what came with a message: with words it is an entry, as a reply it proves one."""
    message = said(update)
    enclosure = enclosure_of(context, message)
    caption = (message.caption or "").strip()
    earlier = await entry_meant(context, message)
    if enclosure.too_large:
        await refuse_large(context, message, enclosure, earlier)
    elif earlier is not None:
        await add(context, message, earlier, enclosure)
    elif caption:
        await save(context, typed(context, message, message.caption or "", enclosure))
    else:
        await save_without_words(context, message, enclosure)


async def refuse_large(
    context: Context, message: Message, enclosure: Enclosure, earlier: int | None
) -> None:
    """Save the words without the file, and say why the file is not there."""
    safe = earlier
    if earlier is None and (message.caption or "").strip():
        shown = await save(context, typed(context, message, message.caption or ""))
        safe = shown.entry_id
    text, keyboard = too_large(context.t, enclosure.size or 0, text_is_safe=safe is not None)
    context.reply(text, keyboard, about=None if safe is None else f"entry:{safe}")


async def save_without_words(context: Context, message: Message, enclosure: Enclosure) -> None:
    """Save what has no words yet, and ask for one sentence."""
    days = context.agency.edit_days
    shown = await entries.record(
        context.session, context.employee, typed(context, message, "", enclosure), edit_days=days
    )
    await context.begin(CAPTION, entry=shown.entry_id)
    show(context, shown)


async def add(context: Context, message: Message, entry_id: int, enclosure: Enclosure) -> None:
    """Add a file to an entry that is already there."""
    grip = Grip(entry_id, None, context.now, context.agency.edit_days)
    caption = (message.caption or "").strip()
    named = replace(enclosure, name=caption or enclosure.name)
    shown = await corrections.attach(context.session, context.employee, grip, (named,))
    if caption and not shown.text:
        given = typed(context, message, message.caption or "")
        completed = await entries.complete(
            context.session, context.employee, entry_id, given, edit_days=grip.edit_days
        )
        shown = completed or shown
        if asked_about(context, entry_id):
            await context.end()
    await confirm(context, shown, aloud=message.reply_to_message is not None)


async def confirm(context: Context, shown: Receipt, *, aloud: bool) -> None:
    """Bring the receipt up to date; a reply is answered aloud, an album is not."""
    stands = await questions.receipt_at(context.session, context.chat_id, shown.entry_id)
    if aloud:
        context.reply(added(context.t, shown), about=about(shown))
    if stands is not None or not aloud:
        refresh(context, shown, stands)


async def link(update: Update, context: Context) -> None:
    """Add an address that replies to a receipt; elsewhere it is a sentence like any other."""
    message = said(update)
    address = (message.text or "").strip()
    entry_id = await entry_meant(context, message)
    if entry_id is None:
        await take(update, context, typed(context, message, message.text or ""))
        return
    grip = Grip(entry_id, None, context.now, context.agency.edit_days)
    shown = await corrections.attach(context.session, context.employee, grip, (), (address,))
    await confirm(context, shown, aloud=True)


async def entry_meant(context: Context, message: Message) -> int | None:
    """Find the entry a message belongs to: by its reply, its album, or an open question."""
    session, employee = context.session, context.employee
    reply = message.reply_to_message
    if reply is not None:
        found = await entry_at(context, reply.message_id)
        if found is not None:
            return found
    if message.media_group_id is not None:
        album = await questions.of_album(session, employee, message.media_group_id)
        if album is not None:
            return album.id
    draft = context.draft
    if draft is not None and draft.step == CAPTION and message.media_group_id is None:
        own = await questions.own(session, employee, int(draft.data["entry"]))
        return own.id if own and not own.text else None
    return None


def asked_about(context: Context, entry_id: int) -> bool:
    """Tell whether the open question asks for the words of this entry."""
    draft = context.draft
    return draft is not None and draft.step == CAPTION and draft.data["entry"] == entry_id


async def entry_at(context: Context, message_id: int) -> int | None:
    """Find one's own entry by a message: its receipt, or the message that made it."""
    session, employee, chat_id = context.session, context.employee, context.chat_id
    subject = await questions.about_at(session, chat_id, message_id) or ""
    noun, _, number = subject.partition(":")
    if noun == "entry" and number.isdecimal():
        found = await questions.own(session, employee, int(number))
    else:
        found = await questions.of_message(session, employee, chat_id, message_id)
    return found.id if found else None


def enclosure_of(context: Context, message: Message) -> Enclosure:
    """Take the file of a message as Telegram names it."""
    arrival_id = context.turn.arrival_id
    if message.photo:
        photo = message.photo[-1]
        return Enclosure(EvidenceKind.PHOTO, photo.file_id, photo.file_size, None, arrival_id)
    if message.voice:
        voice = message.voice
        return Enclosure(EvidenceKind.VOICE, voice.file_id, voice.file_size, None, arrival_id)
    file = message.document or message.video or message.audio or message.video_note
    if file is None:
        raise ValueError("a message without a file")
    name = getattr(file, "file_name", None)
    return Enclosure(EvidenceKind.FILE, file.file_id, file.file_size, name, arrival_id)


async def unknown(update: Update, context: Context) -> None:
    """Answer kindly what is neither words nor proof: a sticker, a place, a contact."""
    del update
    t = context.t
    context.reply(
        t.gettext(
            "I cannot read this. Write one sentence about your work, or send a photo or a file."
        ),
        inline(Button(t.gettext("Menu"), key("menu"))),
    )


SENT = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
FILES = (
    filters.PHOTO
    | filters.Document.ALL
    | filters.VOICE
    | filters.VIDEO
    | filters.AUDIO
    | filters.VIDEO_NOTE
)

handlers = [
    MessageHandler(SENT & FILES, enclosed),
    MessageHandler(WORDS & filters.REPLY & filters.Regex(r"^\s*https?://\S+\s*$"), link),
    MessageHandler(SENT & ~filters.TEXT & ~filters.StatusUpdate.ALL, unknown),
]
