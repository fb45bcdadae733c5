import functools
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages import Message, pofile
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "locale" / "id" / "LC_MESSAGES" / "messages.po"
INDONESIAN = re.compile(
    r"\b(yang|untuk|dengan|dari|pada|belum|sudah|tidak|akan|atau|anda|bapak|silakan|hari ini)\b",
    re.IGNORECASE,
)
TAG = re.compile(r"</?(\w+)[^>]*>")
# What Telegram's HTML knows and we use.
TAGS = {"a", "b", "i", "u", "s", "code", "pre", "blockquote"}
# The field's own words that a reader of English meets as they are.
AS_THEY_ARE = re.compile(r"<[^>]*>|\{\w*\}|\([^)]*\)|\"[^\"]*\"|/\w+|“[^”]*”")


def keywords() -> dict:
    """Give the words that `make messages` looks for."""
    line = re.search(
        r"^KEYWORDS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    return DEFAULT_KEYWORDS | parse_keywords(line.group(1).split())


@functools.cache
def in_the_code() -> dict[str, tuple[str | tuple[str, ...], str]]:
    """Give every sentence of the code by its msgid, with the place where it stands."""
    return {
        message if isinstance(message, str) else message[0]: (message, f"{room}/{file}:{line}")
        for room in ("bot", "handlers")
        for file, line, message, _, _ in extract_from_dir(
            ROOT / room, [("**.py", "python")], keywords=keywords()
        )
    }


def translations() -> Iterator[tuple[Message, tuple[str, ...], tuple[str, ...]]]:
    """Give every message of the catalogue with its English and Indonesian forms as tuples."""
    for message in CATALOGUE_READ:
        if message.id:
            yield message, forms(message.id), forms(message.string)


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(*texts: str) -> set[str]:
    return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}


def told(problems: list[str]) -> str:
    return "\n".join([f"{len(problems)}:", *sorted(problems)])


with CATALOGUE.open("rb") as source:
    CATALOGUE_READ = pofile.read_po(source, locale="id", abort_invalid=True)


def test_the_code_speaks_at_all():
    assert len(in_the_code()) > 20


def test_every_sentence_of_the_code_has_its_indonesian():
    missing = []
    for key, (message, place) in in_the_code().items():
        found = CATALOGUE_READ.get(key)
        if found is None:
            missing.append(f"{place}: not in the catalogue: {message!r}")
        elif not all(forms(found.string)):
            missing.append(f"{place}: without words: {message!r}")
        elif found.fuzzy:
            missing.append(f"{place}: only guessed (fuzzy): {message!r}")
        elif forms(found.id) != forms(message):
            missing.append(f"{place}: counts in the code otherwise than in the catalogue: {key!r}")

    assert not missing, told(missing)


def test_the_catalogue_holds_nothing_that_nobody_says():
    left = [
        repr(message.id)
        for message, _, _ in translations()
        if forms(message.id)[0] not in in_the_code()
    ]
    left += [f"obsolete: {key!r}" for key in CATALOGUE_READ.obsolete]

    assert not left, told(left)


def test_indonesian_has_one_form_for_every_count():
    header = dict(CATALOGUE_READ.mime_headers)

    assert header["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [key for key, _, string in translations() if len(string) != 1] == []


def test_a_translation_keeps_the_values_of_its_sentence():
    odd = [
        f"{ids[-1]!r} → {strings!r}"
        for _, ids, strings in translations()
        if all(strings) and any(placeholders(text) != placeholders(*ids) for text in strings)
    ]

    assert not odd, told(odd)


@pytest.mark.parametrize("side", ["English", "Indonesian"])
def test_markup_is_closed_and_is_what_telegram_knows(side):
    odd = []
    for _, ids, strings in translations():
        for text in ids if side == "English" else strings:
            open_tags: list[str] = []
            for tag in TAG.finditer(text):
                if not tag.group().startswith("</"):
                    open_tags.append(tag.group(1))
                elif not open_tags or open_tags.pop() != tag.group(1):
                    odd.append(f"closes what is not open: {text!r}")
            if open_tags or not set(TAG.findall(text)) <= TAGS:
                odd.append(f"open or unknown: {text!r}")

    assert not odd, told(odd)


def test_a_translation_keeps_the_markup_of_its_sentence():
    odd = [
        f"{ids[-1]!r} → {strings[0]!r}"
        for _, ids, strings in translations()
        if strings[0] and sorted(TAG.findall(ids[-1])) != sorted(TAG.findall(strings[0]))
    ]

    assert not odd, told(odd)


def test_the_sentences_of_the_code_are_english():
    odd = [
        f"{place}: {text!r}"
        for message, place in in_the_code().values()
        for text in forms(message)
        if INDONESIAN.search(AS_THEY_ARE.sub(" ", text))
    ]

    assert not odd, told(odd)


def test_the_values_of_a_sentence_have_names():
    odd = [
        f"{place}: {text!r}"
        for message, place in in_the_code().values()
        for text in forms(message)
        if any(not name.isidentifier() for name in placeholders(text))
    ]

    assert not odd, told(odd)


def test_a_sentence_stands_free_of_its_surroundings():
    odd = [
        f"{place}: {text!r}"
        for message, place in in_the_code().values()
        for text in forms(message)
        if text != text.strip()
    ]

    assert not odd, told(odd)
