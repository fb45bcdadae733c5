"""What a test says to the sandbox process: speak as people, look at what the bot did."""

import asyncio
import base64
import time
from typing import Any, Self

import aiohttp

from tests.sandbox.process import Process


class Message(dict[str, Any]):
    """Be one message of a chat in the Bot API's shape, with shortcuts for tests."""

    @property
    def id(self) -> int:
        return int(self["message_id"])

    @property
    def text(self) -> str:
        """Give the text or the caption."""
        return str(self.get("text") or self.get("caption") or "")

    @property
    def from_bot(self) -> bool:
        return bool(self.get("from", {}).get("is_bot"))

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """Give the inline keyboard's rows."""
        return list(self.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[str]:
        """Give the labels of the inline keyboard, row by row."""
        return [button["text"] for row in self.rows for button in row]

    def data(self, label: str) -> str:
        """Give the callback data behind a label, else behind the first that contains it."""
        flat = [button for row in self.rows for button in row]
        for button in flat:
            if button["text"] == label:
                return str(button["callback_data"])
        for button in flat:
            if label in button["text"]:
                return str(button["callback_data"])
        raise LookupError(f"No button {label!r} in {self.buttons}")

    @property
    def file_ids(self) -> list[str]:
        """Give the file ids the message carries (a photo's largest size)."""
        found = [self["photo"][-1]["file_id"]] if "photo" in self else []
        return found + [self[k]["file_id"] for k in ("document", "voice", "video") if k in self]


class World:
    """Act in a sandbox process: an own one, or one that already runs.

    `async with World() as world:` starts one (its keywords are those of `Process`);
    `async with World(process) as world:` joins one and first makes it forget everything.
    The bot under test gets `world.url` as BOT_API_URL and `world.token` as BOT_TOKEN.
    A private chat's id is the person's id; a group's is negative.
    """

    def __init__(self, process: Process | None = None, **settings: Any) -> None:
        self._joined = process is not None
        self.process = process or Process(**settings)
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        if not self._joined:
            await asyncio.to_thread(self.process.__enter__)
        self.url, self.token, self.page = self.process.url, self.process.token, self.process.page
        self._http = aiohttp.ClientSession()
        if self._joined:
            await self.control("reset")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.close()
        if not self._joined:
            await asyncio.to_thread(self.process.__exit__)

    @property
    def http(self) -> aiohttp.ClientSession:
        assert self._http is not None, "use it inside `async with`"
        return self._http

    async def control(self, verb: str, /, **body: Any) -> Any:
        """Call one control verb and give its JSON; raise AssertionError when it is refused."""
        filled = {key: value for key, value in body.items() if value is not None}
        async with self.http.post(f"{self.url}/control/{verb}", json=filled) as answer:
            said = await answer.json()
            assert answer.status == 200, f"{verb}: {said}"
            return said

    async def look(self, path: str, /, **query: Any) -> Any:
        """Read from the control API."""
        asked = {key: str(value) for key, value in query.items() if value is not None}
        async with self.http.get(f"{self.url}/control/{path}", params=asked) as answer:
            said = await answer.json()
            assert answer.status == 200, f"{path}: {said}"
            return said

    async def api(self, method: str, /, **parameters: Any) -> dict[str, Any]:
        """Call a Bot API method as a bot would and give the whole answer, refusals included."""
        async with self.http.post(f"{self.url}/bot{self.token}/{method}", json=parameters) as got:
            answer: dict[str, Any] = await got.json()
            return answer

    # --- people and what they do -----------------------------------------------------------

    async def add_person(self, id: int, first_name: str, **more: Any) -> dict[str, Any]:  # noqa: A002 - Telegram's own word.
        """Add a person: last_name, username, phone, note, start, language_code, started=True."""
        added = await self.control("people", id=id, first_name=first_name, **more)
        return dict(added)

    async def add_group(self, id: int, title: str, members: list[int]) -> dict[str, Any]:  # noqa: A002 - the same.
        """Add a group (negative id) with the bot and these people in it."""
        return dict(await self.control("groups", id=id, title=title, members=members))

    async def say(
        self, chat: int, text: str, *, person: int | None = None, reply_to: int | None = None
    ) -> dict[str, Any]:
        """Write a text, in pieces beyond 4096; give {"message_id", "update_id", "all"}."""
        return dict(
            await self.control("say", chat=chat, person=person, text=text, reply_to=reply_to)
        )

    async def start(self, person: int, payload: str = "") -> dict[str, Any]:
        """Follow a deep link: press START with its payload."""
        return dict(await self.control("start", person=person, payload=payload))

    async def edit(self, chat: int, message_id: int, text: str) -> dict[str, Any]:
        """Edit a person's own message (its caption when it has one)."""
        return dict(await self.control("edit", chat=chat, message_id=message_id, text=text))

    async def photo(self, chat: int, *contents: bytes, **more: Any) -> dict[str, Any]:
        """Send one photo, or an album; more: caption, person, reply_to."""
        return await self._media(chat, "photo", contents, **more)

    async def document(
        self, chat: int, content: bytes, name: str = "berkas.txt", **more: Any
    ) -> dict[str, Any]:
        """Send a file; more: caption, person, reply_to, mime, size (a pretended size)."""
        return await self._media(chat, "document", (content,), name=name, **more)

    async def voice(self, chat: int, content: bytes, **more: Any) -> dict[str, Any]:
        """Send a voice note."""
        return await self._media(chat, "voice", (content,), **more)

    async def _media(
        self, chat: int, kind: str, contents: tuple[bytes, ...], **more: Any
    ) -> dict[str, Any]:
        about = {key: more.pop(key) for key in ("name", "mime", "size") if key in more}
        files = [{"data": base64.b64encode(one).decode(), **about} for one in contents]
        return dict(await self.control("media", chat=chat, kind=kind, files=files, **more))

    async def contact(self, chat: int, *, of: int | dict[str, Any] | None = None) -> dict[str, Any]:
        """Share one's own contact, another known person's (id) or any (phone_number, ...)."""
        return dict(await self.control("contact", chat=chat, of=of))

    async def tap(
        self,
        chat: int,
        message: int | Message,
        data: str,
        *,
        person: int | None = None,
        wait: float = 0,
    ) -> dict[str, Any]:
        """Tap a button by its callback data, or send any data at all to this message.

        Give {"callback_id", "update_id"}, and after `wait` seconds at most also "answer":
        {"text", "show_alert", "url"} or None while the bot has not answered.
        """
        number = message.id if isinstance(message, Message) else message
        return dict(
            await self.control(
                "tap", chat=chat, person=person, message_id=number, data=data, wait=wait
            )
        )

    async def press(
        self, chat: int, label: str, *, wait: float = 5, within: float = 20, **more: Any
    ) -> dict[str, Any]:
        """Tap the newest button with this label (or containing it), once the chat shows one."""
        deadline = time.monotonic() + within
        version = 0
        while True:
            view = await self.look(f"chats/{chat}", since=version, wait=1)
            version = view["version"]
            there = [Message(one) for one in view["messages"] if not one.get("deleted")]
            for message in reversed(there):
                if any(label in text for text in message.buttons):
                    return await self.tap(chat, message, message.data(label), wait=wait, **more)
            if time.monotonic() >= deadline:
                raise LookupError(f"No button {label!r} in chat {chat}")

    async def vote(self, chat: int, message_id: int, *options: int, **more: Any) -> dict[str, Any]:
        """Vote in a poll or answer a quiz."""
        return dict(
            await self.control(
                "vote", chat=chat, message_id=message_id, options=list(options), **more
            )
        )

    async def block(self, person: int) -> None:
        """Let a person block the bot."""
        await self.control("block", person=person)

    async def unblock(self, person: int) -> None:
        """Let a person unblock the bot."""
        await self.control("unblock", person=person)

    # --- looking ---------------------------------------------------------------------------

    async def messages(self, chat: int) -> list[Message]:
        """Give the chat's messages that are still there, oldest first."""
        view = await self.look(f"chats/{chat}")
        return [Message(one) for one in view["messages"] if not one.get("deleted")]

    async def view(self, chat: int) -> dict[str, Any]:
        """Give a chat: messages (deleted ones marked), keyboard, commands, typing, pinned."""
        return dict(await self.look(f"chats/{chat}"))

    async def answers(
        self, chat: int, *, after: int = 0, count: int = 1, within: float = 10
    ) -> list[Message]:
        """Wait until the bot has sent at least `count` messages with an id above `after`."""
        deadline = time.monotonic() + within
        version = 0
        while True:
            left = max(0.0, deadline - time.monotonic())
            view = await self.look(f"chats/{chat}", since=version, wait=min(left, 5))
            version = view["version"]
            said = [Message(one) for one in view["messages"] if not one.get("deleted")]
            got = [one for one in said if one.from_bot and one.id > after]
            if len(got) >= count:
                return got
            if left <= 0:
                raise TimeoutError(f"{len(got)} of {count} answers in chat {chat}: {got}")

    async def ask(self, chat: int, text: str, **more: Any) -> Message:
        """Say something and give the bot's first new message after it."""
        sent = await self.say(chat, text, **more)
        return (await self.answers(chat, after=sent["message_id"]))[0]

    async def calls(self, method: str | None = None, *, since: int = 0) -> list[dict[str, Any]]:
        """Give the API calls received: number, at, method, parameters, ok, error_code."""
        return list((await self.look("calls", method=method, since=since))["calls"])

    async def updates(self) -> list[dict[str, Any]]:
        """Give all updates made: {"update", "acknowledged", "deliveries"}."""
        return list((await self.look("updates"))["updates"])

    async def pending(self) -> int:
        """Give how many updates the bot has not acknowledged."""
        return int((await self.look("updates"))["pending"])

    async def settled(self, within: float = 10) -> None:
        """Wait until every update is acknowledged."""
        deadline = time.monotonic() + within
        while await self.pending():
            if time.monotonic() > deadline:
                raise TimeoutError("updates are still pending")
            await asyncio.sleep(0.02)

    async def file(self, file_id: str) -> bytes:
        """Give a file's bytes, whoever sent it."""
        async with self.http.get(f"{self.url}/control/files/{file_id}") as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    # --- trouble and time ------------------------------------------------------------------

    async def redeliver(self, update_id: int) -> None:
        """Deliver an update again under the same id."""
        await self.control("redeliver", update_id=update_id)

    async def update(self, update: dict[str, Any]) -> int:
        """Put any update into the queue; give its id."""
        return int((await self.control("update", update=update))["update_id"])

    async def faults(self, kind: str, count: int = 1, **more: Any) -> None:
        """Spoil the next `count` calls (-1: all): 429, 500, 502, slow, cut, lost.

        `cut` does not carry the call out, `lost` does and loses the answer; `slow` waits and then
        works. more: seconds, methods (a list), chat.
        """
        await self.control("faults", kind=kind, count=count, **more)

    async def no_faults(self) -> None:
        """Let everything work again."""
        await self.control("faults", clear=True)

    async def clock(self, *, add: float | None = None, offset: float | None = None) -> float:
        """Move the clock (also written to the clock file); give the offset in seconds."""
        return float((await self.control("clock", add=add, offset=offset))["offset"])
