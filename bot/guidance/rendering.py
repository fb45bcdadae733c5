"""Turn an article's Markdown into messages that Telegram can show.

`render(text)` gives one or more pieces of HTML, each under 3,500 characters and complete in itself.
Only b, i, s, u, code, pre, blockquote and a are written; all else becomes plain text, escaped.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from bot.guidance.pieces import pack

LIMIT: Final = 3500
SCHEME: Final = "panduan:"
INLINE: Final = {"strong": "b", "em": "i", "s": "s"}

Linker: TypeAlias = Callable[[str], str | None]

_markdown = (
    MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": False})
    .enable(["table", "strikethrough"])
    .disable(["html_block", "html_inline", "image"])
)
# Our own scheme is not on the parser's list of harmless ones; what may be linked is decided below.
_markdown.validateLink = lambda url: url.startswith((SCHEME, "https://", "http://"))  # type: ignore[method-assign]  # The parser's own way to be told.


def render(text: str, link: Linker | None = None) -> tuple[Markup, ...]:
    """Render Markdown as pieces of Telegram HTML.

    `link` turns the id of another article into an address; without one its title stands in italics.
    """
    return pack(blocks(text, link), LIMIT)


def blocks(text: str, link: Linker | None = None) -> list[Markup]:
    """Render each block of the Markdown by itself, empty ones left out."""
    writer = _Writer(_markdown.parse(text), link or (lambda _: None))
    return [block for block in writer.all() if block.striptags().strip()]


@dataclass
class _Writer:
    tokens: list[Token]
    link: Linker
    place: int = 0
    depth: int = 0
    endings: list[str] = field(default_factory=list)

    def all(self) -> Iterator[Markup]:
        while self.place < len(self.tokens):
            yield from self._block()

    def _take(self) -> Token:
        self.place += 1
        return self.tokens[self.place - 1]

    def _until(self, closing: str) -> Iterator[Markup]:
        while self.tokens[self.place].type != closing:
            yield from self._block()
        self.place += 1

    def _block(self) -> Iterator[Markup]:
        token = self._take()
        match token.type:
            case "inline":
                yield self._inline(token.children or [])
            case "heading_open":
                yield Markup("<b>%s</b>") % Markup("").join(self._until("heading_close"))
            case "paragraph_open":
                yield Markup("").join(self._until("paragraph_close"))
            case "bullet_list_open" | "ordered_list_open":
                yield from self._items(token)
            case "blockquote_open":
                inner = Markup("\n").join(self._until("blockquote_close"))
                # Telegram does not nest quotations.
                bare = inner.replace("<blockquote>", "").replace("</blockquote>", "")
                yield Markup("<blockquote>%s</blockquote>") % bare
            case "fence" | "code_block":
                yield Markup("<pre>%s</pre>") % token.content.rstrip("\n")
            case "table_open":
                yield from self._table()

    def _items(self, opening: Token) -> Iterator[Markup]:
        number = int(opening.attrGet("start") or 1)
        indent = "   " * self.depth
        self.depth += 1
        closing = opening.type.replace("open", "close")
        while self.tokens[self.place].type != closing:
            self.place += 1
            parts = list(self._until("list_item_close"))
            mark = "•" if opening.type.startswith("bullet") else f"{number}."
            yield Markup("%s%s %s") % (indent, mark, Markup("\n").join(parts))
            number += 1
        self.place += 1
        self.depth -= 1

    def _table(self) -> Iterator[Markup]:
        rows = list(self._rows())
        heads = rows[0]
        for row in rows[1:]:
            named = [
                Markup("• %s: %s") % (head, cell)
                for head, cell in zip(heads[1:], row[1:], strict=False)
                if cell
            ]
            yield Markup("\n").join([Markup("<b>%s</b>") % row[0].striptags(), *named])

    def _rows(self) -> Iterator[list[Markup]]:
        row: list[Markup] = []
        while (token := self._take()).type != "table_close":
            match token.type:
                case "inline":
                    row.append(self._inline(token.children or []))
                case "tr_close":
                    yield row
                    row = []

    def _inline(self, tokens: list[Token]) -> Markup:
        return Markup("").join(self._piece(token) for token in tokens)

    def _piece(self, token: Token) -> Markup:
        kind, _, end = token.type.rpartition("_")
        if kind == "link":
            return self._anchor(token) if end == "open" else Markup(self.endings.pop())  # noqa: S704  # Our own tags.
        if kind in INLINE:
            tag = INLINE[kind]
            return Markup(f"<{tag}>" if end == "open" else f"</{tag}>")  # noqa: S704  # Our own tags.
        match token.type:
            case "code_inline":
                return Markup("<code>%s</code>") % token.content
            case "softbreak":
                return Markup(" ")
            case "hardbreak":
                return Markup("\n")
            case _:
                return escape(token.content)

    def _anchor(self, token: Token) -> Markup:
        target = str(token.attrGet("href") or "")
        url: str | None = target
        if target.startswith(SCHEME):
            url = self.link(target.removeprefix(SCHEME))
        self.endings.append("</a>" if url else "</i>")
        return Markup('<a href="%s">') % url if url else Markup("<i>")
