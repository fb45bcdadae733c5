import itertools
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.clock import Clock
from bot.sandbox.faults import Faults
from bot.sandbox.files import Files
from bot.sandbox.limits import Limits
from bot.sandbox.people import Chat, Json, Person, Record, as_chat
from bot.sandbox.pulse import Pulse
from bot.sandbox.refusals import ControlError, bad, forbidden
from bot.sandbox.updates import Queue

KEPT_CALLS = 20_000
KEPT_MESSAGES = 3_000
"""The most that is remembered; a long trial must not eat the machine."""


@dataclass
class Call:
    """Remember one call of the bot and what it was answered."""

    number: int
    at: float
    method: str
    parameters: Json
    ok: bool = False
    error_code: int | None = None
    description: str = ""


@dataclass
class Callback:
    """Remember one tap and what the bot said to it."""

    id: str
    person: int
    made: float
    answer: Json | None = None


@dataclass
class Hook:
    """Hold where updates are to be sent, and how that went."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    error_at: int = 0
    error: str = ""


@dataclass
class World:
    """Be the pretended Telegram of one bot: people, chats, messages, files, time and trouble."""

    token: str
    title: str = "Asisten"
    clock: Clock = field(default_factory=Clock)
    limits: Limits = field(default_factory=Limits)
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: Files = field(default_factory=Files)
    faults: Faults = field(default_factory=Faults)
    pulse: Pulse = field(default_factory=Pulse)
    hook: Hook = field(default_factory=Hook)
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=KEPT_CALLS))
    callbacks: dict[str, Callback] = field(default_factory=dict)
    inline_queries: dict[str, Callback] = field(default_factory=dict)
    polls: dict[str, Json] = field(default_factory=dict)
    votes: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    last_offset: str = ""
    menu_button: Json = field(default_factory=lambda: {"type": "commands"})

    def __post_init__(self) -> None:
        self.updates = Queue(self.clock)
        self.message_ids = itertools.count(1)
        self.call_numbers = itertools.count(1)
        self.ids = itertools.count(int(self.clock.now()) * 1_000)

    def reset(self) -> None:
        """Forget everything but the token, the title and whether limits hold."""
        self.updates.closing = True
        self.updates.wake()
        self.clock.move(0)
        limits = Limits(enabled=self.limits.enabled)
        fresh = World(self.token, self.title, self.clock, limits, pulse=self.pulse)
        vars(self).update(vars(fresh))
        self.pulse.changed()

    @property
    def bot(self) -> Json:
        """Give the bot's own User."""
        head = self.token.split(":", maxsplit=1)[0]
        return {
            "id": int(head) if head.isdigit() else 4_242,
            "is_bot": True,
            "first_name": self.title,
            "username": "asisten_coba_bot",
        }

    def add_person(self, person: Person) -> Chat:
        """Let somebody in, with a private chat ready for the first word."""
        self.people[person.id] = person
        chat = self.chats.setdefault(person.id, Chat(person.id, "private"))
        self.pulse.changed()
        return chat

    def chat_json(self, chat: Chat) -> Json:
        """Give the Bot API's Chat."""
        return as_chat(chat, self.people.get(chat.id) if chat.private else None)

    def chat(self, chat_id: Any) -> Chat:
        """Find a chat for the control side."""
        found = self.chats.get(int(chat_id))
        if found is None:
            raise ControlError(f"There is no chat {chat_id}.")
        return found

    def person(self, person_id: Any) -> Person:
        """Find a person for the control side."""
        found = self.people.get(int(person_id))
        if found is None:
            raise ControlError(f"There is no person {person_id}.")
        return found

    def known(self, chat_id: int) -> Chat:
        """Find a chat the bot names, or refuse."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad("chat not found")
        return chat

    def open(self, chat_id: int) -> Chat:
        """Find a chat the bot may write to, or refuse."""
        chat = self.known(chat_id)
        if not chat.private:
            if chat.bot_status in {"left", "kicked"}:
                raise forbidden("bot was kicked from the group chat")
            return chat
        person = self.people[chat.id]
        if person.blocked:
            raise forbidden("bot was blocked by the user")
        if not person.started:
            raise forbidden("bot can't initiate conversation with a user")
        return chat

    def record(self, chat: Chat, message_id: int) -> Record | None:
        """Find a message that is still there."""
        record = chat.records.get(message_id)
        return None if record is None or record.deleted else record

    def keep(self, chat: Chat, message: Json, *, silent: bool = False) -> Record:
        """Put a new message into its chat."""
        record = Record(message, silent=silent)
        chat.records[message["message_id"]] = record
        if len(chat.records) > KEPT_MESSAGES:
            del chat.records[next(iter(chat.records))]
        self.touch(chat, record)
        return record

    def touch(self, chat: Chat, record: Record | None = None) -> None:
        """Note that a chat, and one of its messages, looks different now."""
        self.pulse.changed(chat.id)
        chat.version = self.pulse.version
        if record is not None:
            record.version = self.pulse.version
