"""Replies become rows: what a handler or a refusal says, as Telegram takes it."""

import datetime as dt
from dataclasses import dataclass, replace

from telegram import Update

from bot.context import Reply, Turn
from bot.i18n import Translator
from bot.refusal import Refusal
from bot.ui.keyboards import inline
from bot.ui.refusals import way_on
from bot.wire.fitting import LIMITS, fit, fit_plain
from db.arrivals import Outgoing
from db.models.messages import Arrival


@dataclass(frozen=True)
class Handled:
    """An arrival whose handler has come to its end."""

    turn: Turn
    arrival: Arrival
    update: Update
    # The private chat of who asked in a group, if the answer goes there.
    alone: int | None = None

    def answers(self) -> list[Outgoing]:
        """Give its answers as rows, a tap's own first."""
        query = self.update.callback_query
        replies = with_tap_answered(self.turn.answers, query.id if query else None)
        rows = [row(one, self.arrival, self.turn.now) for one in replies]
        if self.alone is None:
            return rows
        here = Reply("sendMessage", {"text": self.turn.t.gettext("I answer in our private chat.")})
        return [
            *(replace(one, chat_id=self.alone) for one in rows),
            row(here, self.arrival, self.turn.now),
        ]


def said(t: Translator, refusal: Refusal, update: Update) -> Reply:
    """Turn a refusal into an answer: over the chat after a tap, else as a message with a way on."""
    query = update.callback_query
    if query is None:
        text = t.html(refusal.message, **refusal.values)
        button = way_on(t, refusal.way)
        markup = {"reply_markup": inline(button)} if button else {}
        return Reply("sendMessage", {"text": str(text), **markup})
    plain = t.gettext(refusal.message, **refusal.values)
    return Reply(
        "answerCallbackQuery", {"callback_query_id": query.id, "text": plain, "show_alert": True}
    )


def row(reply: Reply, arrival: Arrival, now: dt.datetime) -> Outgoing:
    """Turn a reply into a row of its arrival, as long as Telegram takes it."""
    params = dict(reply.params)
    if reply.method == "answerCallbackQuery":
        if "text" in params:
            params["text"] = fit_plain(params["text"])
    else:
        fitted = {name: fit(params[name], most) for name, most in LIMITS.items() if name in params}
        params.update(fitted)
    return Outgoing(
        arrival_id=arrival.id or 0,
        chat_id=arrival.chat_id,
        method=reply.method,
        params=params,
        about=reply.about,
        created_at=now,
    )


def with_tap_answered(replies: list[Reply], query_id: str | None) -> list[Reply]:
    """Answer a tap first, so that its button stops turning at once."""
    if query_id is None:
        return replies
    taps = [reply for reply in replies if reply.method == "answerCallbackQuery"]
    others = [reply for reply in replies if reply.method != "answerCallbackQuery"]
    return [*(taps or [Reply("answerCallbackQuery", {"callback_query_id": query_id})]), *others]
