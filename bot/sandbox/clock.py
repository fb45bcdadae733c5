import contextlib
import datetime as dt
import time
from pathlib import Path


class Clock:
    """Tell the pretended time: real time plus an offset that lives in a file, if one is named."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.offset = 0.0
        if path is not None and path.exists():
            with contextlib.suppress(ValueError):
                self.offset = float(path.read_text(encoding="utf-8").strip() or 0)

    def now(self) -> float:
        """Give the pretended time in seconds since 1970."""
        return time.time() + self.offset

    def move(self, offset: float) -> None:
        """Set the offset and write it whole, so that a reader never sees half a number."""
        self.offset = offset
        if self._path is not None:
            beside = self._path.with_name(self._path.name + ".new")
            beside.write_text(f"{offset:.3f}\n", encoding="utf-8")
            beside.replace(self._path)

    def move_to(self, instant: str) -> None:
        """Set the clock to an ISO instant that names its zone."""
        moment = dt.datetime.fromisoformat(instant)
        if moment.tzinfo is None:
            raise ValueError("An instant needs its zone.")
        self.move(moment.timestamp() - time.time())
