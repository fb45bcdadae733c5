"""How fast is said what is said unasked: pure sums over seconds that are handed in.

At 29 a second a fan-out of 200 takes seven seconds, one of 20,000 eleven and a half minutes.
"""

import datetime as dt
from collections import deque
from collections.abc import Sequence

from db.letters import PER_SECOND

CHAT_SECONDS = 1.0
GROUP = (20, 60.0)
# So much of what was missed may be caught up, so that a claim's time costs no letter.
CREDIT_SECONDS = 0.1
# A second refusal within this time means that all of us are too fast, and not one chat.
REPEATED = dt.timedelta(seconds=1)
PATIENCE = 3
LONGEST_SILENCE = 60.0


class Pace:
    """Space pushes evenly into what answers leave of each second."""

    def __init__(self, per_second: int = PER_SECOND) -> None:
        self._most = per_second
        self._out: deque[float] = deque()
        self._answers: deque[float] = deque()
        self._chats: dict[int, deque[float]] = {}
        self._due = self._last = float("-inf")

    def note_answer(self, chat_id: int, at: float) -> None:
        """Count an answer, which went out without asking us."""
        self._answers.append(at)
        self._note(chat_id, at)

    def note_push(self, chat_id: int, at: float) -> None:
        """Count a push that goes out now."""
        self._due = max(self._due + self._interval(at), at - CREDIT_SECONDS)
        self._last = at
        self._note(chat_id, at)

    def wait(self, at: float) -> float:
        """Tell how many seconds the next push must wait, whoever it is for.

        However much is answered, one push a second still goes: nothing waits for ever.
        """
        interval = self._interval(at)
        due = max(self._due, at - CREDIT_SECONDS - interval) + interval
        ready = max(due, self._last + interval / 2)
        if len(self._out) >= self._most:
            free = self._out[-self._most] + 1.0
            ready = max(ready, min(free, self._last + 1.0))
        return max(0.0, ready - at)

    def wait_for(self, chat_id: int, at: float) -> float:
        """Tell how many seconds a chat must wait: its second, and a group's minute."""
        times = self._chats.get(chat_id)
        if not times:
            return 0.0
        ready = times[-1] + CHAT_SECONDS
        most, span = GROUP
        if chat_id < 0 and len(times) == most:
            ready = max(ready, times[0] + span)
        return max(0.0, ready - at)

    def next(self, chats: Sequence[int], at: float) -> tuple[int, float]:
        """Choose which of some chats is next, and the seconds until then."""
        waits = [self.wait_for(chat, at) for chat in chats]
        place = min(range(len(chats)), key=lambda one: waits[one])
        return place, max(waits[place], self.wait(at))

    def _interval(self, at: float) -> float:
        for times in (self._answers, self._out):
            while times and times[0] <= at - 1.0:
                times.popleft()
        return 1.0 / max(1, self._most - len(self._answers))

    def _note(self, chat_id: int, at: float) -> None:
        self._out.append(at)
        times = self._chats.pop(chat_id, None) or deque(maxlen=GROUP[0])
        times.append(at)
        self._chats[chat_id] = times
        # The chats stand in the order in which they were last written to.
        while (oldest := next(iter(self._chats))) and self._chats[oldest][-1] < at - GROUP[1]:
            del self._chats[oldest]


class Holds:
    """Know until when Telegram wants nothing of us.

    A 429 does not tell whether one chat is meant or the whole bot. We keep each chat's own second,
    so a single refusal is most likely one chat's own, and holding thousands for it would cost
    minutes: it waits alone. A second one within a second cannot be chance, and all wait for the
    longer of both. When nothing is heard at all, pushes rest for growing spans, so that an outage
    costs few letters their certainty.
    """

    def __init__(self) -> None:
        self._refused: tuple[dt.datetime, dt.datetime] | None = None
        self._span: tuple[dt.datetime, dt.datetime] | None = None
        self._silences = 0

    def refuse(self, now: dt.datetime, wait: dt.timedelta) -> dt.datetime:
        """Note a 429, and tell until when its letter waits."""
        until = now + wait
        if self._refused is not None and abs(now - self._refused[0]) <= REPEATED:
            self._hold(now, max(until, self._refused[1]))
        self._refused = (now, until)
        return until

    def hear(self) -> None:
        """Note that Telegram answers."""
        self._silences = 0

    def miss(self, now: dt.datetime) -> None:
        """Note that nothing was heard; after some times all rest, for longer and longer."""
        self._silences += 1
        if self._silences >= PATIENCE:
            seconds = min(LONGEST_SILENCE, 2.0 ** (self._silences - PATIENCE))
            self._hold(now, now + dt.timedelta(seconds=seconds))

    def holds(self, now: dt.datetime) -> bool:
        """Tell whether all wait; a clock that was put back waits no longer than was asked."""
        return self._span is not None and self._span[0] <= now < self._span[1]

    def _hold(self, now: dt.datetime, until: dt.datetime) -> None:
        if self.holds(now) and self._span is not None:
            until = max(until, self._span[1])
        self._span = (now, until)
