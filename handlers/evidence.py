"""Photos, files, recordings and links: bukti dukung of an entry."""

from collections.abc import Sequence
from dataclasses import replace

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from bot.actions import corrections, entries, retellings
from bot.actions.activities import subject, subjects
from bot.actions.corrections import Grip
from bot.actions.evidence import Enclosure
from bot.actions.receipts import Told
from bot.context import Context
from bot.skp.entries import EvidenceKind
from bot.ui.evidence import added, too_large
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from db import entries as questions
from db.models.entries import Entry
from handlers.entries import CAPTION, WORDS, refresh, said, save, show, take, typed

# Marks what is said of a file that is too large, before the entry that it was meant for.
LARGE = "large-"


async def enclosed(update: Update, context: Context) -> None:
    """Keep what came with a message: with words it is an entry, as a reply it proves one."""
    message = said(update)
    enclosure = enclosure_of(context, message)
    caption = (message.caption or "").strip()
    earlier = await entries_meant(context, message)
    if enclosure.too_large:
        await refuse_large(context, message, enclosure, earlier)
    elif earlier:
        await add(context, message, earlier, enclosure)
    elif caption:
        await save(context, typed(context, message, message.caption or "", enclosure))
    else:
        await save_without_words(context, message, enclosure)


async def refuse_large(
    context: Context, message: Message, enclosure: Enclosure, earlier: Sequence[Entry]
) -> None:
    """Save the words without the file, and say why the file is not there."""
    safe = None
    if (message.caption or "").strip():
        safe = subject(await save_words(context, message, earlier))
    elif any(one.text for one in earlier):
        safe = subject(await shown_now(context, earlier))
    text, keyboard = too_large(context.t, enclosure.size or 0, text_is_safe=safe is not None)
    # Not the receipt itself: what is added later brings that up to date, and must leave this.
    context.reply(text, keyboard, about=f"{LARGE}{safe}" if safe else None)


async def save_words(context: Context, message: Message, earlier: Sequence[Entry]) -> Told:
    """Give a caption to the one entry that waits for its words, else save it as an entry."""
    waiting = earlier[0] if len(earlier) == 1 and not earlier[0].text else None
    completed = await complete(context, message, waiting.id or 0) if waiting else None
    if completed is None:
        return await save(context, typed(context, message, message.caption or ""))
    stands = await questions.receipt_at(context.session, context.chat_id, subjects(completed))
    refresh(context, completed, stands)
    return completed


async def complete(context: Context, message: Message, entry_id: int) -> Told | None:
    """Let a caption be the words of an entry that has none yet; they are no longer asked for."""
    given = typed(context, message, message.caption or "")
    days = context.agency.edit_days
    completed = await retellings.complete(
        context.session, context.employee, entry_id, given, edit_days=days
    )
    if asked_about(context, entry_id):
        await context.end()
    return completed


async def save_without_words(context: Context, message: Message, enclosure: Enclosure) -> None:
    """Save what has no words yet, and ask for one sentence."""
    days = context.agency.edit_days
    shown = await entries.record(
        context.session, context.employee, typed(context, message, "", enclosure), edit_days=days
    )
    await context.begin(CAPTION, entry=shown.entry_id)
    show(context, Told((shown,)))


async def add(
    context: Context, message: Message, earlier: Sequence[Entry], enclosure: Enclosure
) -> None:
    """Add a file to entries that are already there."""
    caption = (message.caption or "").strip()
    named = replace(enclosure, name=caption or enclosure.name)
    shown = await attach(context, earlier, (named,))
    bare = shown.only
    if caption and bare is not None and not bare.text:
        shown = await complete(context, message, bare.entry_id) or shown
    await confirm(context, shown, aloud=message.reply_to_message is not None)


async def attach(
    context: Context,
    earlier: Sequence[Entry],
    enclosures: tuple[Enclosure, ...],
    links: tuple[str, ...] = (),
) -> Told:
    """Let something prove each of some entries."""
    return Told(
        tuple(
            [
                await corrections.attach(
                    context.session, context.employee, grip_of(context, one), enclosures, links
                )
                for one in earlier
            ]
        )
    )


async def shown_now(context: Context, earlier: Sequence[Entry]) -> Told:
    """Show some entries as they are."""
    session, employee = context.session, context.employee
    return Told(
        tuple([await corrections.look(session, employee, grip_of(context, one)) for one in earlier])
    )


def grip_of(context: Context, entry: Entry) -> Grip:
    """Take hold of an entry whatever its version is."""
    return Grip(entry.id or 0, None, context.now, context.agency.edit_days)


async def confirm(context: Context, shown: Told, *, aloud: bool) -> None:
    """Bring the receipt up to date; a reply is answered aloud, an album is not."""
    about = subjects(shown)
    stands = await questions.receipt_at(context.session, context.chat_id, about)
    if aloud:
        text, keyboard = added(context.t, shown)
        context.reply(text, keyboard, about=subject(shown))
    if stands is not None or not aloud:
        refresh(context, shown, stands)


async def link(update: Update, context: Context) -> None:
    """Add an address that replies to a receipt; elsewhere it is a sentence like any other."""
    message = said(update)
    address = (message.text or "").strip()
    earlier = await entries_meant(context, message)
    if not earlier:
        await take(update, context, typed(context, message, message.text or ""))
        return
    await confirm(context, await attach(context, earlier, (), (address,)), aloud=True)


async def entries_meant(context: Context, message: Message) -> list[Entry]:
    """Find the entries a message belongs to: by its reply, its album, or an open question."""
    session, employee = context.session, context.employee
    reply = message.reply_to_message
    if reply is not None:
        found = await entries_at(context, reply.message_id)
        if found:
            return found
    if message.media_group_id is not None:
        album = await questions.of_album(session, employee, message.media_group_id)
        if album:
            return album
    draft = context.draft
    if draft is not None and draft.step == CAPTION and message.media_group_id is None:
        own = await questions.own(session, employee, int(draft.data["entry"]))
        return [own] if own and not own.text else []
    return []


def asked_about(context: Context, entry_id: int) -> bool:
    """Tell whether the open question asks for the words of this entry."""
    draft = context.draft
    return draft is not None and draft.step == CAPTION and draft.data["entry"] == entry_id


async def entries_at(context: Context, message_id: int) -> list[Entry]:
    """Find one's own entries by a message: their receipt, or the message that made them."""
    session, employee, chat_id = context.session, context.employee, context.chat_id
    about = await questions.about_at(session, chat_id, message_id) or ""
    noun, _, number = about.removeprefix(LARGE).partition(":")
    if noun == "entry" and number.isdecimal():
        found = await questions.own(session, employee, int(number))
        return [found] if found else []
    if noun == "entries" and number.isdecimal():
        return await questions.of_arrival(session, employee, int(number))
    return await questions.of_message(session, employee, chat_id, message_id)


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
