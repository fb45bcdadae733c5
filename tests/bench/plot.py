"""How a bot is to be killed, and what the reckoning found."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Plot:
    """How much of everything, and the seed of all that is random."""

    database: str
    receive: str
    kills: int
    seed: int
    writers: int = 16
    silent: int = 30
    longest_life: float = 4.0
    trouble: bool = True


@dataclass
class Outcome:
    """What the reckoning found; `faults` holds a sentence for everything that must not be."""

    database: str
    receive: str
    seed: int
    kills: int = 0
    messages: int = 0
    taps: int = 0
    answered_amid: int = 0
    reminders: int = 0
    doubled: int = 0
    in_flight: int = 0
    answers_lost_on_the_way: int = 0
    reminders_doubled: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)
