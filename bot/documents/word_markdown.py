"""The HTML of a document as Markdown, in the parts of an article."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
MARKS = {"strong": "**", "em": "*", "s": "~~"}
# What would be read as a mark in Markdown.
MARKING = re.compile(r"([\\`*_\[\]<>~|])")
OPENING = re.compile(r"^(#{1,6}\s|[-+]\s|>|\d+[.)]\s|={3,}|-{3,})")
WEB = re.compile(r"https?://[^\s()<>]+")
# Sections that are parts of an article of their own.
NAMED = {
    "ringkasan": "summary",
    "ringkasan inggris": "summary_en",
    "english summary": "summary_en",
    "summary": "summary_en",
    "english title": "title_en",
    "judul inggris": "title_en",
    "daftar pustaka": "sources",
    "referensi": "sources",
    "rujukan": "sources",
    "sumber": "sources",
    "sumber rujukan": "sources",
}


@dataclass(frozen=True)
class Written:
    """What a document holds: parts of an article as Markdown, and how many pictures it lost."""

    parts: dict[str, str]
    pictures: int


@dataclass
class Block:
    """One paragraph, heading, item or table row; a heading's level counts from 1."""

    text: str = ""
    level: int = 0
    title: bool = False
    prefix: str = ""
    tight: bool = False


def written_in(html: str, *, pictures: int = 0) -> Written:
    """Read a document's HTML into the parts of an article."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    blocks = [one for one in reader.blocks if one.text.strip()]
    return Written(_parts(blocks), pictures)


def _parts(blocks: list[Block]) -> dict[str, str]:
    """Part a document at its headings: title, first screen, details, and what is named so."""
    parts: dict[str, str] = {}
    title = next((one for one in blocks if one.title), None)
    if title is None and blocks and blocks[0].level:
        title = blocks[0]
    if title is not None:
        parts["title"] = plain(title.text)
        blocks = [one for one in blocks if one is not title]
    top = min((one.level for one in blocks if one.level), default=1)
    sections: list[list[Block]] = [[]]
    for one in blocks:
        if one.level == top:
            sections.append([])
        sections[-1].append(one)
    rest = []
    for section in sections[1:]:
        part = NAMED.get(plain(section[0].text).strip(" :").casefold())
        if part is None or part in parts:
            rest.append(joined(section, top))
        elif said := named(part, section[1:]):
            parts[part] = said
    first, details = joined(sections[0], top), "\n\n".join(rest)
    parts |= {name: text for name, text in (("first", first), ("details", details)) if text}
    return parts


def named(part: str, blocks: list[Block]) -> str:
    """Write a part that is one line, or the sources with a line for each."""
    lines = [plain(one.text) for one in blocks]
    return "\n".join(lines) if part == "sources" else " ".join(lines)


def plain(text: str) -> str:
    """Give a text without the marks of Markdown; a link becomes its words and its address."""
    bare = re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\((\S+?)\)", _linked, text)
    bare = re.sub(r"(?<!\\)(?:\*\*|~~|\*)", "", bare)
    return " ".join(re.sub(r"\\(.)", r"\1", bare).split())


def _linked(found: re.Match[str]) -> str:
    words, address = found.groups()
    return words if address in words.replace("\\", "") else f"{words} {address}"


def joined(blocks: Iterable[Block], top: int) -> str:
    """Write blocks below each other; the items of a list and the rows of a table stay together."""
    text = ""
    for one in blocks:
        mark = "## " if one.level == top else "### " if one.level else one.prefix
        words = plain(one.text) if one.level == top else one.text
        gap = "\n" if one.tight and text else "\n\n" if text else ""
        text += f"{gap}{mark}{words}"
    return text


@dataclass
class _List:
    ordered: bool
    indent: str
    count: int = 0


@dataclass
class _Table:
    rows: list[list[str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Read the few elements that a document is turned into."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._block: Block | None = None
        self._lists: list[_List] = []
        self._tables: list[_Table] = []
        self._marks: list[tuple[str, int]] = []
        self._address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, an item, a cell or a mark."""
        given = dict(attrs)
        if tag in BLOCKS and not self._tables:
            self._begin(level=int(tag[1]) if tag != "p" else 0, title=given.get("class") == "title")
        elif tag in {"ul", "ol"} and not self._tables:
            self._open_list(ordered=tag == "ol")
        elif tag == "li" and self._lists:
            self._item()
        elif tag == "table":
            self._tables.append(_Table())
        elif tag == "tr" and len(self._tables) == 1:
            self._tables[0].rows.append([])
        elif tag in {"td", "th"} and len(self._tables) == 1 and self._tables[0].rows:
            empty = [""] * (min(int(given.get("colspan") or 1), 20) - 1)
            self._tables[0].rows[-1].extend([*empty, ""])
            self._block = Block()
        elif tag in MARKS or tag == "a":
            self._address = given.get("href") or "" if tag == "a" else self._address
            self._marks.append((tag, len(self._words())))
        elif tag == "br":
            self._add(" " if self._tables else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if tag in MARKS or tag == "a":
            self._mark(tag)
        elif tag in BLOCKS and not self._tables:
            self._block = None
        elif tag in BLOCKS:
            self._add(" ")
        elif tag in {"ul", "ol"} and self._lists and not self._tables:
            self._lists.pop()
            self._block = None
        elif tag in {"td", "th"} and len(self._tables) == 1 and self._block is not None:
            if self._tables[0].rows and self._tables[0].rows[-1]:
                self._tables[0].rows[-1][-1] = " ".join(self._block.text.split())
            self._block = None
        elif tag == "table" and self._tables:
            table = self._tables.pop()
            if not self._tables:
                self._lay_out(table)

    def handle_data(self, data: str) -> None:
        """Take words; what would be a mark in Markdown is written as itself."""
        if self._block is None and not data.strip():
            return
        words = re.sub(r"\s+", " ", data)
        self._add(words if WEB.fullmatch(words) else MARKING.sub(r"\\\1", words))

    def _words(self) -> str:
        return self._block.text if self._block else ""

    def _add(self, words: str) -> None:
        if self._block is None:
            self._begin()
        if self._block is not None:
            if not self._block.text:
                words = OPENING.sub(lambda found: f"\\{found[0]}", words.lstrip())
            self._block.text += words

    def _begin(self, *, level: int = 0, title: bool = False) -> None:
        """Begin a block; inside an item it goes on with the item."""
        if self._lists and self._block is not None:
            self._block.text += " " if self._block.text else ""
            return
        if self._lists:
            inner = self._lists[-1].indent + "  "
            self._block = Block(prefix=inner, tight=True)
        else:
            self._block = Block(level=level, title=title)
        self._marks.clear()
        self.blocks.append(self._block)

    def _open_list(self, *, ordered: bool) -> None:
        outer = self._lists[-1] if self._lists else None
        indent = outer.indent + (" " * 3 if outer.ordered else " " * 2) if outer else ""
        self._lists.append(_List(ordered, indent))

    def _item(self) -> None:
        held = self._lists[-1]
        held.count += 1
        sign = f"{held.count}. " if held.ordered else "- "
        begins = len(self._lists) == 1 and held.count == 1
        self._block = Block(prefix=held.indent + sign, tight=not begins)
        self._marks.clear()
        self.blocks.append(self._block)

    def _mark(self, tag: str) -> None:
        """Put a mark around the words since it began; spaces stay outside of it."""
        if not self._marks or self._block is None or self._marks[-1][0] != tag:
            return
        _, start = self._marks.pop()
        whole, text = self._block.text[start:], self._block.text[:start]
        words = whole.strip()
        before, after = (" " if whole[:1] == " " else ""), (" " if whole[-1:] == " " else "")
        if not words:
            self._block.text = text + whole
            return
        if tag != "a":
            words = f"{MARKS[tag]}{words}{MARKS[tag]}"
        elif WEB.fullmatch(self._address):
            words = f"[{words}]({self._address})"
        self._block.text = f"{text}{before}{words}{after}"

    def _lay_out(self, table: _Table) -> None:
        """Write a table as Markdown, every row as wide as the widest."""
        rows = [row for row in table.rows if any(row)]
        if not rows:
            return
        width = max(map(len, rows))
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        lines.insert(1, f"|{' --- |' * width}")
        self.blocks.extend(Block(line, tight=at > 0) for at, line in enumerate(lines))
        self._block = None
