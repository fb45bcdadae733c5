"""Talk to the real application; only the network's edge is pretended."""

import copy
import datetime as dt
import functools
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
from tests.edge import Edge, Message

TOKEN = "1:test"  # A pretended token.


@functools.cache
def library() -> Library:
    """Read and index the library once; what is laid over it by chatting belongs to a copy."""
    found = Library.load(LOCALE / "id" / "guidance")
    found.search("skp")
    return found


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
            library=copy.copy(library()),
        )
        self._ids = itertools.count(1)
        self.begin()

    def begin(self) -> None:
        """Make what begins anew with each process; the database and Telegram stay."""
        bot, database = self.application.bot, self.database
        self.delivery = Delivery(bot, database, self.clock, self.agency.data_dir)
        self.worker = Worker(self.application, database, self.delivery, self.agency, self.clock)
        self.inbox = Inbox(database, self.clock, self.worker.forward)
        self.downloads = Downloads(bot, database, self.agency, self.clock, self.worker.wake)

    def clock(self) -> dt.datetime:
        return self.now

    async def open(self) -> None:
        await self.application.initialize()

    async def close(self) -> None:
        await self.worker.stop()
        await self.application.shutdown()

    async def restart(self) -> None:
        """End as an operator ends the process, and take up what it left."""
        await self.worker.stop()
        await self.delivery.settle()
        self.begin()
        await self.worker.resume()
        await self.settle()

    def chat(self, telegram_id: int, *, language: str = "id") -> "Chat":
        return Chat(self, telegram_id, language)

    async def take(self, *updates: dict[str, Any]) -> None:
        """Deliver updates and wait until everything they cause is done."""
        await self.inbox.take(updates)
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
        content = self.words(text)
        if reply_to is not None:
            content["reply_to_message"] = self.frame(text="x") | {"message_id": reply_to}
        new = await self.send(**content)
        return new[-1].text if new else ""

    def words(self, text: str) -> dict[str, Any]:
        """Write a message's words, with the command marked as Telegram marks it."""
        if not text.startswith("/"):
            return {"text": text}
        command = {"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}
        return {"text": text, "entities": [command]}

    def saying(self, text: str) -> dict[str, Any]:
        """Write the update of a message."""
        message = self.frame(**self.words(text))
        return {"update_id": self.agora.update_id(), "message": message}

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
        """Press a button by its key, also one that is not there; give the toast.

        A private chat has one person, so somebody else's key is pressed in one's own chat.
        """
        update = self.pressing(key, message)
        query = update["callback_query"]["id"]
        await self.agora.take(update)
        return next((text for one, text in self.agora.edge.toasts if one == query), "")

    def pressing(self, key: str, message: Message) -> dict[str, Any]:
        """Write the update of a press."""
        return {
            "update_id": self.agora.update_id(),
            "callback_query": {
                "id": str(self.agora.update_id()),
                "from": self.user,
                "chat_instance": "1",
                "data": key,
                "message": self.agora.edge.shape(message)
                | {
                    "from": {"id": 1, "is_bot": True, "first_name": "Asisten ASN"},
                    "chat": {"id": self.id, "type": "private", "first_name": "A"},
                },
            },
        }

    async def inline(self, words: str) -> list[dict[str, Any]]:
        """Type words behind the bot's name in some chat; give the cards that are offered."""
        query = str(self.agora.update_id())
        content = {"id": query, "from": self.user, "query": words, "offset": ""}
        await self.agora.take({"update_id": self.agora.update_id(), "inline_query": content})
        return self.agora.edge.offers.get(query, [])

    async def edit(self, message_id: int, text: str) -> None:
        """Edit an earlier message of one's own."""
        frame = self.frame(text=text) | {"message_id": message_id, "edit_date": 1}
        await self.agora.take({"update_id": self.agora.update_id(), "edited_message": frame})

    @property
    def toasts(self) -> Sequence[str]:
        return [text for _, text in self.agora.edge.toasts]
