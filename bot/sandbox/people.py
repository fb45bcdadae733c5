from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Person:
    """Be somebody with a Telegram account; note, start and zone are for the page only."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    phone: str = ""
    note: str = ""
    start: str = ""
    zone: str = ""
    language_code: str = "id"
    started: bool = False
    blocked: bool = False

    def as_user(self) -> Json:
        """Give the Bot API's User."""
        user: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for key in ("last_name", "username", "language_code"):
            if value := getattr(self, key):
                user[key] = value
        return user


@dataclass
class Record:
    """Keep one message as the bot sees it, and what happened to it since."""

    message: Json
    deleted: bool = False
    silent: bool = False
    version: int = 0
    former: list[Json] = field(default_factory=list)
    reaction: str = ""


@dataclass
class Chat:
    """Be a private chat (id of its person) or a group (negative id)."""

    id: int
    type: str
    title: str = ""
    members: list[int] = field(default_factory=list)
    bot_status: str = "member"
    records: dict[int, Record] = field(default_factory=dict)
    keyboard: Json | None = None
    typing: tuple[str, float] = ("", 0.0)
    pinned: list[int] = field(default_factory=list)
    menu_button: Json | None = None
    taps: list[str] = field(default_factory=list)
    version: int = 0

    @property
    def private(self) -> bool:
        """Tell whether only one person is in it."""
        return self.type == "private"


def as_chat(chat: Chat, person: Person | None) -> Json:
    """Give the Bot API's Chat."""
    told: Json = {"id": chat.id, "type": chat.type}
    if person is None:
        return told | {"title": chat.title}
    for key in ("first_name", "last_name", "username"):
        if value := getattr(person, key):
            told[key] = value
    return told
