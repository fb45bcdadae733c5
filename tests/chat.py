"""Talk to the real application; only the network's edge is pretended."""

import asyncio
import datetime as dt
import html
import itertools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.app import build_application
from bot.config import Settings
from bot.context import Agency
from bot.guidance.library import Library
from bot.i18n import LOCALE
from bot.wire.delivery import Delivery
from bot.wire.downloads import Downloads
from bot.wire.inbox import Inbox
from bot.wire.worker import Worker
from db.engine import Database

TOKEN = "1:test"  # noqa: S105  # A pretended token.
TAG = re.compile(r"</?(?:b|i|u|s|code|pre|a|blockquote|tg-spoiler)(?: [^<>]*)?>")


@dataclass
class Message:
    """One message of the bot as a person sees it."""

    id: int
    chat_id: int
    html: str
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)
    kind: str = "text"
    content: bytes = b""
    filename: str = ""
    edits: int = 0

    @property
    def text(self) -> str:
        return html.unescape(TAG.sub("", self.html))

    @property
    def labels(self) -> list[str]:
        return [button["text"] for line in self.keyboard for button in line]

    def key(self, label: str) -> str:
        for line in self.keyboard:
            for button in line:
                if button["text"] == label:
                    return button["callback_data"]
        raise AssertionError(f"no button {label!r} among {self.labels}")


class Edge(BaseRequest):
    """A pretend Telegram: it keeps what it is told and refuses what Telegram refuses."""

    def __init__(self) -> None:
        self.messages: dict[tuple[int, int], Message] = {}
        self.toasts: list[tuple[str, str]] = []
        self.files: dict[str, bytes] = {}
        self.blocked: set[int] = set()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self._ids = itertools.count(1000)

    @property
    def read_timeout(self) -> float:
        return 5

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, **_: Any
    ) -> tuple[int, bytes]:  # type: ignore[override]  # The time-outs do not matter here.
        del method
        if "/file/" in url:
            return 200, self.files[url.rsplit("/", 1)[1]]
        name = url.rsplit("/", 1)[1]
        raw = request_data.json_parameters if request_data else {}
        files = request_data.multipart_data if request_data and request_data.contains_files else {}
        params = {key: decoded(value) for key, value in raw.items()}
        self.calls.append((name, params))
        answer = self.answer(name, params, files)
        if isinstance(answer, str):
            code = int(answer[:3])
            return code, json.dumps(
                {"ok": False, "error_code": code, "description": answer[4:]}
            ).encode()
        return 200, json.dumps({"ok": True, "result": answer}).encode()

    def answer(self, name: str, params: dict[str, Any], files: dict[str, Any]) -> Any:
        if name == "getMe":
            return {
                "id": 1,
                "is_bot": True,
                "first_name": "Asisten ASN",
                "username": "asisten_asn_bot",
            }
        if name == "getFile":
            return {
                "file_id": params["file_id"],
                "file_unique_id": "u",
                "file_path": params["file_id"],
            }
        if name == "answerCallbackQuery":
            self.toasts.append((str(params["callback_query_id"]), str(params.get("text", ""))))
            return True
        if name in {"sendMessage", "sendPhoto", "sendDocument"}:
            return self.sent(name, params, files)
        if name.startswith("editMessage"):
            return self.edited(name, params)
        return True

    def sent(self, name: str, params: dict[str, Any], files: dict[str, Any]) -> Any:
        chat = int(params["chat_id"])
        if chat in self.blocked:
            return "403 Forbidden: bot was blocked by the user"
        text = str(params.get("text", params.get("caption", "")))
        problem = refused(text, params.get("reply_markup"), caption=name != "sendMessage")
        if problem:
            return problem
        message = Message(next(self._ids), chat, text)
        message.kind = {"sendMessage": "text", "sendPhoto": "photo", "sendDocument": "document"}[
            name
        ]
        for filename, content, _kind in files.values():
            message.content, message.filename = content, filename
        message.keyboard = keyboard_of(params.get("reply_markup"))
        self.messages[chat, message.id] = message
        return self.shape(message)

    def edited(self, name: str, params: dict[str, Any]) -> Any:
        message = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if message is None:
            return "400 Bad Request: message to edit not found"
        text = str(params.get("text", params.get("caption", message.html)))
        keyboard = keyboard_of(params.get("reply_markup"))
        problem = refused(text, params.get("reply_markup"), caption=name == "editMessageCaption")
        if problem:
            return problem
        if (message.html, message.keyboard) == (text, keyboard):
            return "400 Bad Request: message is not modified"
        message.html, message.keyboard, message.edits = text, keyboard, message.edits + 1
        return self.shape(message)

    def shape(self, message: Message) -> dict[str, Any]:
        shape: dict[str, Any] = {
            "message_id": message.id,
            "date": 1_700_000_000,
            "chat": {"id": message.chat_id, "type": "private"},
        }
        if message.kind == "photo":
            shape["photo"] = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
            shape["caption"] = message.text
        elif message.kind == "document":
            shape["document"] = {"file_id": "d", "file_unique_id": "d"}
        else:
            shape["text"] = message.text
        return shape


def decoded(value: Any) -> Any:
    try:
        return json.loads(value)
    except (TypeError, ValueError):
        return value


def keyboard_of(markup: Any) -> list[list[dict[str, Any]]]:
    if not isinstance(markup, dict):
        return []
    lines = markup.get("inline_keyboard", markup.get("keyboard", []))
    return [list(line) for line in lines if line]


def refused(text: str, markup: Any, *, caption: bool) -> str | None:
    stripped = html.unescape(TAG.sub("", text))
    if re.search(r"[<>]|&(?!(?:lt|gt|amp|quot|#\d+);)", TAG.sub("", text)):
        return "400 Bad Request: can't parse entities"
    if len(stripped) > (1024 if caption else 4096):
        return "400 Bad Request: message is too long"
    if not caption and not stripped.strip():
        return "400 Bad Request: message text is empty"
    for button in (button for line in keyboard_of(markup) for button in line):
        if not button.get("text") or len(str(button.get("callback_data", "")).encode()) > 64:
            return "400 Bad Request: BUTTON_DATA_INVALID"
    return None


class Agora:
    """The bot, its database and the people who talk to it."""

    def __init__(self, database: Database, folder: Path, *, now: dt.datetime) -> None:
        self.database = database
        self.now = now
        self.edge = Edge()
        settings = Settings(bot_token=TOKEN, data_dir=folder, _env_file=None)
        self.application = build_application(settings, self.edge, self.edge)
        self.agency = Agency(
            zone="Asia/Jakarta",
            data_dir=folder,
            edit_days=5,
            library=Library.load(LOCALE / "id" / "guidance"),
        )
        self.delivery = Delivery(self.application.bot, database, self.clock)
        self.worker = Worker(self.application, database, self.delivery, self.agency, self.clock)
        self.inbox = Inbox(database, self.clock, self.worker.forward)
        self.downloads = Downloads(
            self.application.bot, database, self.agency, self.clock, self.worker.wake
        )
        self._ids = itertools.count(1)

    def clock(self) -> dt.datetime:
        return self.now

    async def open(self) -> None:
        await self.application.initialize()

    async def close(self) -> None:
        await self.worker.stop()
        await self.application.shutdown()

    def chat(self, telegram_id: int, *, language: str = "id") -> "Chat":
        return Chat(self, telegram_id, language)

    async def take(self, update: dict[str, Any]) -> None:
        """Deliver one update and wait until everything it causes is done."""
        await self.inbox.take([update])
        await self.settle()

    async def settle(self) -> None:
        await self.worker.lanes.idle()
        await self.delivery.settle()

    def update_id(self) -> int:
        return next(self._ids)


class Chat:
    """One person's private chat with the bot."""

    def __init__(self, agora: Agora, telegram_id: int, language: str) -> None:
        self.agora = agora
        self.id = telegram_id
        self.user = {
            "id": telegram_id,
            "is_bot": False,
            "first_name": "A",
            "language_code": language,
        }

    @property
    def messages(self) -> list[Message]:
        found = [m for (chat, _), m in self.agora.edge.messages.items() if chat == self.id]
        return sorted(found, key=lambda message: message.id)

    @property
    def last(self) -> Message:
        return self.messages[-1]

    def frame(self, **content: Any) -> dict[str, Any]:
        message_id = self.agora.update_id()
        return {
            "message_id": message_id,
            "date": int(self.agora.now.timestamp()),
            "chat": {"id": self.id, "type": "private", "first_name": "A"},
            "from": self.user,
            **content,
        }

    async def send(self, **content: Any) -> list[Message]:
        """Send a message of any content; give the bot's new messages."""
        before = {message.id for message in self.messages}
        await self.agora.take(
            {"update_id": self.agora.update_id(), "message": self.frame(**content)}
        )
        return [message for message in self.messages if message.id not in before]

    async def say(self, text: str, *, reply_to: int | None = None) -> str:
        """Say something; give the text of the bot's last new message."""
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if reply_to is not None:
            content["reply_to_message"] = self.frame(text="x") | {"message_id": reply_to}
        new = await self.send(**content)
        return new[-1].text if new else ""

    async def photo(
        self, caption: str | None = None, content: bytes = b"\xff\xd8\xff\xe0jpeg", **more: Any
    ) -> list[Message]:
        file_id = f"photo{self.agora.update_id()}"
        self.agora.edge.files[file_id] = content
        size = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "width": 9,
            "height": 9,
            "file_size": len(content),
        }
        return await self.send(photo=[size], **({"caption": caption} if caption else {}), **more)

    async def document(self, content: bytes, name: str, **more: Any) -> list[Message]:
        file_id = f"file{self.agora.update_id()}"
        self.agora.edge.files[file_id] = content
        document = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(content),
        }
        return await self.send(document=document, **more)

    async def contact(self, phone: str, *, user_id: int | None = None) -> list[Message]:
        contact = {"phone_number": phone, "first_name": "A", "user_id": user_id or self.id}
        return await self.send(contact=contact)

    async def tap(self, label: str, message: Message | None = None) -> str:
        """Tap a button of a message, the last one by default; give that message's text after."""
        target = message or next(m for m in reversed(self.messages) if label in m.labels)
        await self.press(target.key(label), target)
        return target.text

    async def press(self, key: str, message: Message) -> str:
        """Press a button by its key, also one that is not there; give the toast."""
        query = str(self.agora.update_id())
        await self.agora.take(
            {
                "update_id": self.agora.update_id(),
                "callback_query": {
                    "id": query,
                    "from": self.user,
                    "chat_instance": "1",
                    "data": key,
                    "message": self.agora.edge.shape(message)
                    | {"from": {"id": 1, "is_bot": True, "first_name": "Asisten ASN"}},
                },
            }
        )
        return next((text for one, text in self.agora.edge.toasts if one == query), "")

    async def edit(self, message_id: int, text: str) -> None:
        """Edit an earlier message of one's own."""
        frame = self.frame(text=text) | {"message_id": message_id, "edit_date": 1}
        await self.agora.take({"update_id": self.agora.update_id(), "edited_message": frame})

    @property
    def toasts(self) -> Sequence[str]:
        return [text for _, text in self.agora.edge.toasts]
