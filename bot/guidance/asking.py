"""Does a question ask how one's own work matters for a theme, and for which?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bot.guidance.chains import Chains, fitting
from bot.guidance.index import Index, stems
from bot.guidance.query import read_question
from bot.guidance.themes import theme_names
from bot.guidance.words import lines, stem, tokens


@dataclass(frozen=True)
class ImpactAsked:
    """Which theme and which job's chain is asked for, as far as the question names them."""

    theme: str | None
    job: str | None


def impact_asked(question: str, index: Index, chains: Chains) -> ImpactAsked | None:
    """Tell what is asked for; nothing when the question is another one."""
    row = tokens(question)
    words = frozenset(row)
    said = frozenset[str]().union(*read_question(question, index).wordings)
    theme = _theme(said, chains)
    if theme is None:
        mine = words & _words("saya") and words & _words("milik") and words & _words("dampak")
        return ImpactAsked(None, None) if mine else None
    named = fitting(chains[theme], question)
    owned = words & _words("milik") and words & _words("dampak")
    role = words & _words("peran") and (named or words & _words("saya"))
    if not (owned or role) or _of_theme(row, theme):
        return None
    return ImpactAsked(theme, named.job if named else None)


def _of_theme(row: Sequence[str], theme: str) -> bool:
    """Tell `dampak stunting` from `dampak pada stunting`: it asks what the theme brings about."""
    ours = frozenset().union(*_names(theme))
    behind = (after for word, after in pairwise(row) if word in _words("akibat"))
    return any(stem(after) in ours for after in behind)


def _theme(said: frozenset[str], chains: Iterable[str]) -> str | None:
    """Find the theme that is named with the most words."""
    found = [(len(name), code) for code in chains for name in _names(code) if name <= said]
    return max(found)[1] if found else None


@cache
def _names(code: str) -> tuple[frozenset[str], ...]:
    names = theme_names().get(code)
    spellings = (*names.spellings(code), *names.claims) if names else (code,)
    return tuple(filter(None, (frozenset(stems(one.replace("-", " "))) for one in spellings)))


@cache
def _words(group: str) -> frozenset[str]:
    """Give the words of a group of the data file."""
    table = dict(line.split(":", 1) for line in lines("impact.txt"))
    return frozenset(word.strip() for word in table[group].split(","))
