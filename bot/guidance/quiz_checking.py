"""Check the questions of the quiz as the build does: `check_quiz(library, today)`."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from bot.guidance.article import ArticleError
from bot.guidance.checking import ID, LONG_NUMBER, STATISTIC, YEAR, unconfirmed
from bot.guidance.library import Library, Problem
from bot.guidance.quiz import FOLDER, Question, read_questions

# What Telegram takes of a quiz: 300, 100 and 200 characters. Before the question stands its place
# in the round, and behind the reason its source and year.
LONGEST_QUESTION = 280
LONGEST_OPTION = 100
LONGEST_REASON = 170
OPTIONS = range(2, 11)
LONGEST_ID = 60


def check_quiz(library: Library, today: dt.date) -> tuple[Problem, ...]:
    """List everything wrong with the questions, an empty tuple when all is well."""
    found = []
    ids: Counter[str] = Counter()
    for path in sorted((library.folder / FOLDER).glob("*.yaml")):
        try:
            some = read_questions(path.read_text(encoding="utf-8"))
        except (ArticleError, UnicodeDecodeError) as error:
            found.append(Problem(path.name, str(error)))
            continue
        ids.update(one.id for one in some)
        texts = [text for one in some for text in _flaws(one, library, today)]
        if any(one.theme != path.stem for one in some):
            texts.append("The theme is not the file's name.")
        found.extend(Problem(path.name, text) for text in texts)
    twice = [name for name, times in ids.items() if times > 1]
    found.extend(Problem(FOLDER, f"{name}: the id stands twice.") for name in twice)
    return tuple(found)


def _flaws(one: Question, library: Library, today: dt.date) -> Iterator[str]:
    for text in (*_shape(one), *_backing(one, library), *_facts(one), *_review(one, today)):
        yield f"{one.id}: {text}"


def _shape(one: Question) -> Iterator[str]:
    if not ID.fullmatch(one.id) or len(one.id) > LONGEST_ID:
        yield f"the id is not made of at most {LONGEST_ID} small letters, digits and hyphens."
    if len(one.question) > LONGEST_QUESTION:
        yield f"the question is longer than {LONGEST_QUESTION} characters."
    if len(one.options) not in OPTIONS:
        yield "it has fewer than 2 or more than 10 answers."
    if any(not option or len(option) > LONGEST_OPTION for option in one.options):
        yield f"an answer is empty or longer than {LONGEST_OPTION} characters."
    if len({option.casefold() for option in one.options}) < len(one.options):
        yield "an answer stands twice."
    if not 0 <= one.right < len(one.options):
        yield "the right answer is none of the answers."
    if len(one.why) + len(one.cite) > LONGEST_REASON:
        yield f"reason and source are longer than {LONGEST_REASON} characters."


def _backing(one: Question, library: Library) -> Iterator[str]:
    if library.theme_code(one.theme) != one.theme:
        yield f"the theme {one.theme} is not in the list of themes."
    if one.source not in library.sources():
        yield f"the source {one.source} is not in the register of sources."
    if library.article(one.article) is None:
        yield f"the article {one.article} is not there."


def _facts(one: Question) -> Iterator[str]:
    words = "\n".join([one.question, *one.options, one.why])
    if STATISTIC.search("\n".join([one.question, *one.options])) and not YEAR.search(one.question):
        yield "it asks for a figure without its year."
    if LONG_NUMBER.search(words):
        yield "it holds what looks like a NIK or NIP."
    for pattern, why in unconfirmed():
        if found := pattern.search(words):
            yield f"“{found[0]}” is not confirmed: {why}"


def _review(one: Question, today: dt.date) -> Iterator[str]:
    if one.reviewed > today:
        yield "it was reviewed in the future."
    if one.review_due <= one.reviewed or one.review_due < today:
        yield "its review date has passed, or is not after the last one."
