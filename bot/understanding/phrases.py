"""Patterns made of many words."""


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
