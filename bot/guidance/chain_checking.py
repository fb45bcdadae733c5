"""Check the chains as the build does: `check_chains(library)` lists what is wrong."""

import re
from collections.abc import Iterator

from bot.guidance.article import ArticleError
from bot.guidance.chains import FOLDER, Chain, read_chains
from bot.guidance.checking import EXAMPLE, ID, LONG_NUMBER
from bot.guidance.library import Library, Problem
from bot.understanding.coach import Kind, judge

JOBS_AT_LEAST = 8
LONGEST_JOB = 22
LONGEST_LABEL = 22
LONGEST_TEXT = 160
QUOTED = "Contoh rantai kinerja"
NUMBER = re.compile(r"\d")


def check_chains(library: Library) -> tuple[Problem, ...]:
    """List everything wrong with the chains, an empty tuple when all is well."""
    found = list(_unreadable(library))
    for theme, chains in library.chains().items():
        texts = [text for chain in chains for text in _chain(chain, library)]
        if len({chain.job for chain in chains}) < max(JOBS_AT_LEAST, len(chains)):
            texts.append(f"It speaks to fewer than {JOBS_AT_LEAST} jobs, or to one twice.")
        if library.theme_code(theme) != theme or any(one.theme != theme for one in chains):
            texts.append(f"The theme {theme} is not in the list of themes.")
        found.extend(Problem(f"{theme}.yaml", text) for text in texts)
    return tuple(found)


def _unreadable(library: Library) -> Iterator[Problem]:
    for path in sorted((library.folder / FOLDER).glob("*.yaml")):
        try:
            read_chains(path.read_text(encoding="utf-8"))
        except (ArticleError, UnicodeDecodeError) as error:
            yield Problem(path.name, str(error))


def _chain(chain: Chain, library: Library) -> Iterator[str]:
    where = f"{chain.job}:"
    if not ID.fullmatch(chain.job) or len(chain.job) > LONGEST_JOB:
        yield f"{where} the key is not made of at most {LONGEST_JOB} letters and hyphens."
    if len(chain.title) > LONGEST_LABEL:
        yield f"{where} the title is longer than a button."
    for text in (chain.unit, chain.rhk, chain.work, chain.evidence, *chain.iki):
        if len(text) > LONGEST_TEXT:
            yield f"{where} longer than {LONGEST_TEXT} characters: {text[:40]}"
        if LONG_NUMBER.search(text):
            yield f"{where} {text[:40]} holds what looks like a NIK or NIP."
    for one in chain.iki:
        if NUMBER.search(one) and not EXAMPLE.search(one):
            yield f"{where} a target that is not marked as an example: {one}"
    yield from _personal(chain, where)
    yield from _backed(chain, library, where)


def _personal(chain: Chain, where: str) -> Iterator[str]:
    """Ask the coach whether RHK and IKI are within a person's reach and measurable."""
    sentences = [(Kind.RESULT, chain.rhk), *((Kind.INDICATOR, one) for one in chain.iki)]
    for kind, text in sentences:
        for verdict in judge(kind, text, job=chain.title).fails:
            yield f"{where} “{text}” lacks: {verdict.quality} ({verdict.words})"


def _backed(chain: Chain, library: Library, where: str) -> Iterator[str]:
    """Ask whether the article is there, and says the same where it shows the chain."""
    if not chain.article:
        return
    article = library.article(chain.article)
    if article is None:
        yield f"{where} the article {chain.article} is not there."
        return
    quotes = any(part.heading.startswith(QUOTED) for part in article.details)
    if quotes and chain.rhk not in article.body():
        yield f"{where} the article {chain.article} has another RHK."
