"""Choices that are turned through page by page."""

MOST = 5


async def choose(chat, label: str, more: str = "Lainnya") -> str:
    """Turn to a choice and tap it; no page holds more buttons than are taken in at a glance."""
    assert len(chat.last.labels) <= MOST
    for _ in range(20):
        if label in chat.last.labels:
            break
        await chat.tap(more)
        assert len(chat.last.labels) <= MOST
    return await chat.tap(label)


async def every_choice(chat, more: str = "Lainnya") -> list[str]:
    """Turn through all pages once; give what they offer, each once."""
    found: list[str] = []
    first = chat.last.labels
    while True:
        assert len(chat.last.labels) <= MOST
        found += [one for one in chat.last.labels if one not in found]
        if more not in chat.last.labels:
            return found
        await chat.tap(more)
        if chat.last.labels == first:
            return found
