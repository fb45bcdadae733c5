from dataclasses import dataclass, field

KINDS = ("429", "500", "502", "slow", "cut", "lost")


@dataclass
class Fault:
    """Spoil some calls: refuse, delay, or cut them before (cut) or after (lost) they are done."""

    kind: str
    count: int = 1
    seconds: float = 1.0
    methods: list[str] = field(default_factory=list)
    chat: int | None = None

    def fits(self, method: str, chat: int | None) -> bool:
        """Tell whether this call is to be spoilt."""
        wanted = [name.lower() for name in self.methods]
        return (not wanted or method in wanted) and self.chat in (None, chat)


@dataclass
class Faults:
    """Hold the trouble to come, in order."""

    waiting: list[Fault] = field(default_factory=list)

    def take(self, method: str, chat: int | None) -> Fault | None:
        """Give the trouble this call meets and use it up."""
        for fault in self.waiting:
            if fault.fits(method, chat):
                if fault.count > 0:
                    fault.count -= 1
                if fault.count == 0:
                    self.waiting.remove(fault)
                return fault
        return None
