"""Cut blocks of Telegram HTML into messages that are each complete."""

import re
from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

TAG = re.compile(r"<[^<>]*>")
TIGHT = re.compile(r"\A *(?:•|\d+\.) ")


def pack(blocks: Iterable[Markup], limit: int) -> tuple[Markup, ...]:
    """Fill pieces with whole blocks; a block longer than a piece is cut, and loses its tags.

    What is counted is what a person sees, so a link weighs its words and not its address.
    """
    pieces: list[Markup] = []
    current = last = Markup("")
    for block in _fitting(blocks, limit):
        joined = current + _gap(last, block) + block if current else block
        if _seen(joined) > limit:
            pieces.append(current)
            joined = block
        current, last = joined, block
    return tuple([*pieces, current] if current else pieces)


def _seen(text: Markup) -> int:
    return len(TAG.sub("", text))


def _gap(above: Markup, block: Markup) -> Markup:
    """Keep a list together, with the line that announces it, and give all else a line of air."""
    # A heading may stand with its first item in one block.
    led = (
        TIGHT.match(above)
        or TIGHT.match(above.rpartition("\n")[2])
        or above.striptags().endswith(":")
    )
    return Markup("\n") if led and TIGHT.match(block) else Markup("\n\n")


def _fitting(blocks: Iterable[Markup], limit: int) -> Iterator[Markup]:
    for block in blocks:
        if _seen(block) <= limit:
            yield block
        else:
            yield from _cut(block.striptags(), limit)


def _cut(text: str, limit: int) -> Iterator[Markup]:
    part = Markup("")
    for word in re.findall(r"\S+\s*", text):
        for bit in _bits(word, limit):
            if len(part) + len(bit) > limit:
                yield part
                part = Markup("")
            part += bit
    if part:
        yield part


def _bits(word: str, limit: int) -> Iterator[Markup]:
    whole = escape(word)
    if len(whole) <= limit:
        yield whole
    else:
        # The longest escape, `&quot;` or the like, has six signs.
        step = limit // 6
        yield from (escape(word[start : start + step]) for start in range(0, len(word), step))
