"""The only place from which the product learns what time it is."""

import datetime as dt
from pathlib import Path


class Clock:
    """Tell the time; for trials a file may hold seconds that are added to it."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._last = 0.0

    def now(self) -> dt.datetime:
        """Give the present moment in UTC."""
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=self._added())

    def _added(self) -> float:
        """Read the seconds; while the file is being written, the last ones stand."""
        if self._path is not None:
            try:
                self._last = float(self._path.read_text())
            except (OSError, ValueError):
                return self._last
        return self._last
