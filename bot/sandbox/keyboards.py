import re
from typing import Any

from bot.sandbox.entities import link, units
from bot.sandbox.people import Chat, Json
from bot.sandbox.refusals import bad

ACTIONS = (
    "url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text",
    "switch_inline_query_current_chat", "switch_inline_query_chosen_chat", "callback_game", "pay",
)  # fmt: skip
STYLES = {"danger", "success", "primary"}
REPLY_ASKS = ("request_contact", "request_location", "request_poll", "request_users")


def checked(markup: Any, chat: Chat, *, inline_only: bool = False) -> Json | None:
    """Let a reply_markup pass as Telegram keeps it, or refuse it."""
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = _rows(markup["inline_keyboard"], most=100, wide=8)
        return {"inline_keyboard": [[_inline(one) for one in row] for row in rows]}
    if inline_only:
        raise bad("inline keyboard expected")
    if "keyboard" in markup:
        rows = _rows(markup["keyboard"], most=300, wide=12)
        if not rows:
            raise bad("reply keyboard is empty")
        return markup | {"keyboard": [[_reply(one, chat) for one in row] for row in rows]}
    if markup.get("remove_keyboard") or markup.get("force_reply"):
        return markup
    return None


def _rows(rows: Any, *, most: int, wide: int) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad('field "inline_keyboard" must be of type Array of Arrays')
    kept = [row for row in rows if row]
    if any(len(row) > wide for row in kept) or sum(map(len, kept)) > most:
        raise bad("reply markup is too long")
    return kept


def _inline(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: expected an Object")
    text = str(button.get("text") or "").strip()
    if not text:
        raise bad("can't parse inline keyboard button: button text must be non-empty")
    actions = [name for name in ACTIONS if button.get(name) is not None]
    if len(actions) > 1:
        raise bad("can't parse inline keyboard button: exactly one action is allowed")
    if not actions:
        raise bad("Text buttons are unallowed in the inline keyboard")
    kept: Json = {"text": text, actions[0]: button[actions[0]]}
    _check_action(actions[0], button[actions[0]])
    return kept | _looks(button)


def _check_action(action: str, value: Any) -> None:
    if action == "callback_data" and not 1 <= len(str(value).encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    if action == "url" and not link(str(value)):
        raise bad(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not (
        isinstance(value, dict) and 1 <= units(str(value.get("text", ""))) <= 256
    ):
        raise bad("BUTTON_COPY_TEXT_INVALID")


def _looks(button: Json) -> Json:
    style = button.get("style")
    if style is None:
        return {}
    if style not in STYLES:
        raise bad("invalid button style specified")
    return {"style": style}


def _reply(button: Any, chat: Chat) -> Json:
    if isinstance(button, str):
        button = {"text": button}
    if not isinstance(button, dict) or not str(button.get("text") or "").strip():
        raise bad("can't parse keyboard button: button text must be non-empty")
    asks = [name for name in REPLY_ASKS if button.get(name)]
    if len(asks) > 1:
        raise bad("can't parse keyboard button: at most one optional field is allowed")
    if asks and not chat.private:
        what = {"request_contact": "phone number", "request_location": "location"}
        raise bad(f"{what.get(asks[0], 'it')} can be requested in private chats only")
    kept: Json = {"text": str(button["text"])}
    return kept | {name: button[name] for name in asks} | _looks(button)


def callback_exists(message: Json, data: str) -> bool:
    """Tell whether a message shows a button with this callback data."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return any(button.get("callback_data") == data for row in rows for button in row)


def command_name(name: str) -> bool:
    """Tell whether a menu may hold a command of this name."""
    return re.fullmatch(r"[a-z0-9_]{1,32}", name) is not None
