"""A pretend Telegram at the network's edge; it refuses what Telegram refuses."""

import html
import itertools
import json
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

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
    # A quiz as it was sent, with the number that Telegram gave it.
    poll: dict[str, Any] = field(default_factory=dict)

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
        # What was offered to words behind the bot's name, by the query's number.
        self.offers: dict[str, list[dict[str, Any]]] = {}
        self.files: dict[str, bytes] = {}
        self.blocked: set[int] = set()
        self.calls: list[tuple[str, dict[str, Any]]] = []
        # What the next calls get instead of an answer: "429 Too Many Requests: retry after 1".
        self.troubles: deque[str] = deque()
        self.away = False
        # Texts at which this Telegram breaks, each time.
        self.refused: set[str] = set()
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
        if self.away:
            raise NetworkError("away")
        if params.get("text") in self.refused:
            self.troubles.append("500 Internal Server Error")
        answer = self.troubles.popleft() if self.troubles else self.answer(name, params, files)
        if isinstance(answer, str):
            return int(answer[:3]), json.dumps(refusal(answer)).encode()
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
        if name == "sendPoll":
            return self.asked(params)
        if name in {"sendMessage", "sendPhoto", "sendDocument"}:
            return self.sent(name, params, files)
        return self.changed(name, params, files)

    def changed(self, name: str, params: dict[str, Any], files: dict[str, Any]) -> Any:
        if name == "answerInlineQuery":
            return self.offered(params)
        if name.startswith("editMessage"):
            return self.edited(name, params, files)
        return True

    def offered(self, params: dict[str, Any]) -> Any:
        results = params["results"]
        if len(results) > 50:
            return "400 Bad Request: too many inline query results specified"
        if len({one["id"] for one in results}) < len(results):
            return "400 Bad Request: RESULT_ID_DUPLICATE"
        for one in results:
            problem = refused(one["input_message_content"]["message_text"], None, caption=False)
            if problem:
                return problem
        self.offers[str(params["inline_query_id"])] = results
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

    def asked(self, params: dict[str, Any]) -> Any:
        chat = int(params["chat_id"])
        if chat in self.blocked:
            return "403 Forbidden: bot was blocked by the user"
        texts = [one["text"] for one in params["options"]]
        if len(params["question"]) > 300 or not 2 <= len(texts) <= 12:
            return "400 Bad Request: poll question or options"
        if any(not 1 <= len(one) <= 100 for one in texts) or len(params["explanation"]) > 200:
            return "400 Bad Request: poll options or explanation too long"
        message = Message(next(self._ids), chat, html.escape(params["question"]), kind="poll")
        message.poll = {**params, "id": f"p{message.id}"}
        self.messages[chat, message.id] = message
        return self.shape(message)

    def edited(self, name: str, params: dict[str, Any], files: dict[str, Any]) -> Any:
        message = self.messages.get((int(params["chat_id"]), int(params["message_id"])))
        if message is None:
            return "400 Bad Request: message to edit not found"
        if name == "editMessageMedia":
            params = params | decoded(params["media"])
        text = str(params.get("text", params.get("caption", message.html)))
        keyboard = keyboard_of(params.get("reply_markup"))
        problem = refused(text, params.get("reply_markup"), caption=name != "editMessageText")
        if problem:
            return problem
        content = next((one[1] for one in files.values()), message.content)
        now = (message.html, message.keyboard, message.content)
        if now == (text, keyboard, content):
            return "400 Bad Request: message is not modified"
        message.html, message.keyboard, message.edits = text, keyboard, message.edits + 1
        message.content = content
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
        elif message.kind == "poll":
            shape["poll"] = {"id": message.poll["id"], "question": message.text}
        elif message.kind == "document":
            shape["document"] = {"file_id": "d", "file_unique_id": "d"}
        else:
            shape["text"] = message.text
        return shape


def refusal(answer: str) -> dict[str, Any]:
    """Write a refusal as Telegram does; how long to wait stands in its words, too."""
    said: dict[str, Any] = {"ok": False, "error_code": int(answer[:3]), "description": answer[4:]}
    if found := re.search(r"retry after (\d+)", answer):
        said["parameters"] = {"retry_after": int(found[1])}
    return said


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
    if len(stripped.encode("utf-16-le")) // 2 > (1024 if caption else 4096):
        return "400 Bad Request: message is too long"
    if not caption and not stripped.strip():
        return "400 Bad Request: message text is empty"
    for button in (button for line in keyboard_of(markup) for button in line):
        if not button.get("text") or len(str(button.get("callback_data", "")).encode()) > 64:
            return "400 Bad Request: BUTTON_DATA_INVALID"
    return None
