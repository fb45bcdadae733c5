"""What people write to each other, as it is kept."""

from db.models.dealings import LONGEST_WORDS


def clipped(text: str | None) -> str | None:
    """Keep words as they were written, as far as there is room; nothing is nothing."""
    words = (text or "").strip()
    if not words:
        return None
    return words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…"
