"""Write an article part by part; what is written so far is always one Markdown text."""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

import yaml

from bot.guidance.article import FRONT_MATTER, ArticleError, read_yaml, split_body
from bot.guidance.checking import LONGEST_ID, LONGEST_TEXT, YEAR
from bot.guidance.words import tokens
from bot.skp.manuscripts import Manuscript

PARTS = ("title", "title_en", "summary", "summary_en", "first", "details", "sources")
BEHIND = "Rinci"
"""The heading over details that were written without one; articles are in Indonesian."""
LIFE = dt.timedelta(days=365)
ADDRESS = re.compile(r"https?://\S+")
SIGNS = " \t-–—|,;:()"


def begin(theme: str, today: dt.date) -> str:
    """Begin an empty article of a theme, to be reviewed in a year."""
    matter = {
        "theme": theme,
        "status": "berlaku",
        "reviewed": today.isoformat(),
        "review_due": (today + LIFE).isoformat(),
    }
    return joined(matter, "", "")


def matter_of(text: str) -> dict[str, Any]:
    """Read what a text says of itself; refuse a text that says nothing."""
    found = FRONT_MATTER.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    if found is None:
        raise ArticleError("The article does not begin with front matter between two lines of ---.")
    return read_yaml(found[1])


def part_of(text: str, part: str) -> str:
    """Give one part as it was written."""
    matter, first, details = cut(text)
    if part == "first":
        return first
    if part == "details":
        return details
    if part == "sources":
        return "\n".join(map(source_line, matter.get("sources") or ()))
    return str(matter.get(part) or "")


def next_part(text: str) -> str | None:
    """Name the first part that is still to be written."""
    return next((part for part in PARTS if not part_of(text, part)), None)


def put(text: str, part: str, said: str, taken: Collection[str]) -> str:
    """Put what was said into its part; the first title also gives the id, one not yet taken."""
    matter, first, details = cut(text)
    if part == "first":
        first = said.strip()
    elif part == "details":
        details = said.strip() if said.lstrip().startswith("## ") else f"## {BEHIND}\n\n{said}"
    elif part == "sources":
        matter["sources"] = [source_of(line) for line in said.splitlines() if line.strip()]
    else:
        matter[part] = " ".join(said.split())
    if part == "title" and not matter.get("id"):
        matter = {"id": fresh_id(said, taken), **matter}
    if part in {"first", "details"}:
        year = newest_year(f"{first} {details}", str(matter.get("reviewed", "")))
        matter.pop("data_year", None)
        if year:
            matter["data_year"] = year
    return joined(matter, first, details)


def fill(text: str, parts: Mapping[str, str], taken: Collection[str]) -> str:
    """Put several parts into an article at once."""
    for part in PARTS:
        if part in parts:
            text = put(text, part, parts[part], taken)
    return text


def cut(text: str) -> tuple[dict[str, Any], str, str]:
    """Cut a text into what it says of itself, its first screen and what follows."""
    matter = matter_of(text)
    found = FRONT_MATTER.match(text.replace("\r\n", "\n").removeprefix("\ufeff"))
    first, details = split_body(found[2] if found else "")
    return matter, first, "\n\n".join(f"## {one.heading}\n\n{one.text}" for one in details)


def joined(matter: dict[str, Any], first: str, details: str) -> str:
    """Write an article as its file would stand in the library."""
    head = yaml.safe_dump(matter, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{head}---\n{first}\n\n{details}".rstrip() + "\n"


def newest_year(words: str, reviewed: str) -> str:
    """Find the newest year that a text speaks of, up to the year of its review."""
    return max((year for year in YEAR.findall(words) if year <= reviewed[:4]), default="")


def fresh_id(title: str, taken: Collection[str]) -> str:
    """Make an id of a title."""
    name = ""
    for word in tokens(title):
        longer = f"{name}-{word}" if name else word[: LONGEST_ID - 4]
        if len(longer) > LONGEST_ID - 4:
            break
        name = longer
    name = name or "panduan"
    more = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (name, *more) if one not in taken)


def source_of(line: str) -> dict[str, str]:
    """Read a source as people write it: a name and an address, or a regulation."""
    found = ADDRESS.search(line)
    if found is None:
        return {"name": line.strip()}
    name = f"{line[: found.start()]} {line[found.end() :]}".strip(SIGNS)
    name = name or found[0].split("/")[2]
    return {"name": name, "page": name, "url": found[0].rstrip(").,;")}


def source_line(entry: object) -> str:
    """Write a source as people write it."""
    if not isinstance(entry, dict):
        return str(entry)
    return " ".join(filter(None, (str(entry.get("name") or ""), str(entry.get("url") or ""))))


def manuscript_of(text: str) -> Manuscript:
    """Take from a text what it says of itself, as far as it does."""
    matter = matter_of(text)
    try:
        due = dt.date.fromisoformat(str(matter.get("review_due")))
    except ValueError:
        due = None
    return Manuscript(
        slug=str(matter.get("id") or ""),
        title=str(matter.get("title") or ""),
        theme=str(matter.get("theme") or ""),
        text=text,
        review_due=due,
    )


def read_file(content: bytes) -> str:
    """Read a file that somebody has sent as text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArticleError("The file is no text in UTF-8.") from error
    if len(text) > LONGEST_TEXT:
        raise ArticleError("The text is longer than {most} characters.", most=LONGEST_TEXT)
    if "\0" in text:
        raise ArticleError("The file is no text in UTF-8.")
    return text.replace("\r\n", "\n")


def fresh(text: str, today: dt.date) -> str:
    """Begin the revision of an article: reviewed today, due in a year."""
    matter, first, details = cut(text)
    matter["reviewed"], matter["review_due"] = today.isoformat(), (today + LIFE).isoformat()
    return joined(matter, first, details)
