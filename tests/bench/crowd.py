"""Who writes what in a load, and what became of every message."""

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

FIRST_CHAT = 500_000
SENTENCES = (
    "kunjungan rumah {n} balita di desa Contoh",
    "tadi pagi dampingi {n} balita di posyandu Melati",
    "menimbang {n} balita bersama kader",
    "pendampingan keluarga {n} balita berisiko stunting",
    "input laporan {n} balita ke aplikasi",
)
NUMBERED = re.compile(r"(\d+) balita")
Json = dict[str, Any]


@dataclass
class Crowd:
    """Count messages and answers; a chat numbers its messages, and the answer holds the number."""

    next_update: int = 700_000_000
    next_message: int = 1
    made: dict[tuple[int, int], float] = field(default_factory=dict)
    answered: dict[tuple[int, int], float] = field(default_factory=dict)
    numbers: Counter[int] = field(default_factory=Counter)
    doubled: int = 0
    disordered: int = 0
    unasked: Counter[int] = field(default_factory=Counter)
    first_unasked: float = 0.0
    last_unasked: float = 0.0
    last: dict[int, int] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    # Each message that came unasked: the chat and its number.
    said: list[tuple[int, int]] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    turned_away: Counter[int] = field(default_factory=Counter)

    def write(self, chat: int) -> Json:
        """Let a chat write its next message; give the update."""
        self.numbers[chat] += 1
        number = self.numbers[chat]
        now = time.time()
        self.made[chat, number] = now
        self.next_update += 1
        self.next_message += 1
        text = SENTENCES[(chat + number) % len(SENTENCES)].format(n=number)
        return {
            "update_id": self.next_update,
            "message": {
                "message_id": self.next_message,
                "from": {
                    "id": chat,
                    "is_bot": False,
                    "first_name": "Orang",
                    "last_name": f"Contoh {chat}",
                    "language_code": "id",
                },
                "chat": {"id": chat, "type": "private", "first_name": "Orang"},
                "date": int(now),
                "text": text,
            },
        }

    def hear(self, chat: int, text: str) -> Json:
        """Note what the bot sent; give the message."""
        now = time.time()
        self.next_message += 1
        found = NUMBERED.search(text)
        if found is None:
            self.first_unasked = self.first_unasked or now
            self.last_unasked = now
            self.unasked[chat] += 1
            self.said.append((chat, self.next_message))
        else:
            self._answered(chat, int(found[1]), now)
        return {
            "message_id": self.next_message,
            "from": {"id": 4242424242, "is_bot": True, "first_name": "Asisten"},
            "chat": {"id": chat, "type": "private", "first_name": "Orang"},
            "date": int(now),
            "text": text,
        }

    def _answered(self, chat: int, number: int, now: float) -> None:
        if (chat, number) in self.answered:
            self.doubled += 1
            return
        self.answered[chat, number] = now
        if self.last.get(chat, 0) > number:
            self.disordered += 1
        self.last[chat] = max(number, self.last.get(chat, 0))

    def report(self) -> Json:
        """Tell what became of all that was written since the last `forget`."""
        waits = sorted(at - self.made[key] for key, at in self.answered.items() if key in self.made)
        begun = min(self.made.values(), default=0.0)
        ended = max(self.answered.values(), default=0.0)
        return {
            "messages": len(self.made),
            "answered": len(waits),
            "doubled": self.doubled,
            "disordered": self.disordered,
            "seconds": max(0.0, ended - begun),
            "p50_ms": share(waits, 0.50) * 1000,
            "p99_ms": share(waits, 0.99) * 1000,
            "calls": dict(self.calls),
            "refused": self.refused,
            "unasked": sum(self.unasked.values()),
            "unasked_doubled": sum(n - 1 for n in self.unasked.values()),
            "unasked_people": len(self.unasked),
            "unasked_seconds": self.last_unasked - self.first_unasked,
            "answered_meanwhile": sum(
                self.first_unasked <= at <= self.last_unasked for at in self.answered.values()
            ),
        }

    def forget(self) -> None:
        """Begin to count anew; the numbers of messages go on."""
        fresh = Crowd(self.next_update, self.next_message, numbers=self.numbers)
        self.__dict__.update(fresh.__dict__)


def share(ordered: list[float], part: float) -> float:
    """Give the value below which a part of the ordered values lies."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0
