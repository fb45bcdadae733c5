"""The bot is brought into a group, or taken out of it."""

from telegram import Chat, ChatMember, Update
from telegram.ext import ChatMemberHandler

from bot.actions import unit_groups
from bot.context import Context

THERE = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR)


async def moved(update: Update, context: Context) -> None:
    """Learn whose group it is, and say there once what is told in it."""
    member = update.my_chat_member
    if member is None or member.chat.type not in {Chat.GROUP, Chat.SUPERGROUP}:
        return
    if member.new_chat_member.status not in THERE:
        await unit_groups.forget(context.session, member.chat.id)
        return
    place = (member.chat.id, member.chat.title or "")
    leader = context.turn.employee
    found = await unit_groups.link(
        context.session, leader, place, now=context.now, today=context.today()
    )
    if found is not None and found.new:
        context.reply(
            context.t.html(
                "This group belongs to <b>{unit}</b> now. I tell totals here and put quizzes"
                " without names. What is said here I pass over, and I name nobody.",
                unit=found.unit,
            )
        )


handlers = [ChatMemberHandler(moved, ChatMemberHandler.MY_CHAT_MEMBER)]
