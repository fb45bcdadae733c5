"""Patterns made of many words."""

from collections.abc import Iterator, Mapping, Sequence


def said(
    pieces: Sequence[str], phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
) -> Iterator[str]:
    """Put what phrases mean in their place; they are listed by first word, the longest first."""
    place = 0
    while place < len(pieces):
        for parts, meaning in phrases.get(pieces[place], ()):
            if tuple(pieces[place : place + len(parts)]) == parts:
                yield from meaning.split()
                place += len(parts)
                break
        else:
            yield pieces[place]
            place += 1


def either(spelled: str) -> str:
    """Make alternatives of words parted by spaces; an underscore stands for a space in one."""
    names = sorted(spelled.split(), key=len, reverse=True)
    return "(?:" + "|".join(name.replace("_", " ") for name in names) + ")"


def names(spelled: str) -> frozenset[str]:
    """Make a set of words parted by spaces."""
    return frozenset(spelled.split())


def blank(line: str, spans: list[tuple[int, int]] | tuple[tuple[int, int], ...]) -> str:
    """Put underscores where something has been understood already."""
    for first, last in spans:
        line = line[:first] + "_" * (last - first) + line[last:]
    return line
