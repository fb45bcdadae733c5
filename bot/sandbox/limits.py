import math
import time
from collections import deque
from dataclasses import dataclass, field

from bot.sandbox.refusals import too_many

OVERALL = (30, 1.0)
PRIVATE = (4, 4.0)
"""One message a second to a person, with a burst of four."""
GROUP = (20, 60.0)


@dataclass
class Limits:
    """Refuse what comes faster than Telegram lets a bot send."""

    enabled: bool = True
    _sent: deque[float] = field(default_factory=deque)
    _by_chat: dict[int, deque[float]] = field(default_factory=dict)

    def admit(self, chat_id: int, messages: int = 1) -> None:
        """Count messages to a chat, or refuse them all with the seconds to wait."""
        if not self.enabled:
            return
        now = time.monotonic()
        mine = self._by_chat.setdefault(chat_id, deque())
        rate, span = PRIVATE if chat_id > 0 else GROUP
        wait = max(
            _wait(self._sent, now, *OVERALL, messages),
            _wait(mine, now, rate, span, messages),
        )
        if wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._sent.extend([now] * messages)
        mine.extend([now] * messages)


def _wait(sent: deque[float], now: float, rate: int, span: float, messages: int) -> float:
    """Tell how long to wait until so many more fit into the sliding span."""
    while sent and sent[0] <= now - span:
        sent.popleft()
    over = len(sent) + min(messages, rate) - rate
    return sent[over - 1] + span - now if over > 0 else 0.0
