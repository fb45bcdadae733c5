import html
import re
from dataclasses import dataclass

from bot.sandbox.people import Json
from bot.sandbox.refusals import ApiError, bad

PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
KNOWN = {*PLAIN, "a", "span", "tg-emoji", "tg-time"}
MAX_ENTITIES = 100
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(#\d{1,8}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z]+);?")
_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]*)(\s*=\s*)?")
_BARE = re.compile(r"[a-zA-Z0-9.\-]+")


def units(text: str) -> int:
    """Count UTF-16 units, which is how Telegram counts."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)


def unescape(text: str) -> str:
    """Resolve the references Telegram knows; leave every other ampersand as it stands."""

    def resolve(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("#"):
            return html.unescape(f"&{name};")
        return NAMED.get(name, found[0])

    return _REFERENCE.sub(resolve, text)


@dataclass
class _Open:
    tag: str
    entity: Json
    at: int


class Parser:
    """Read Telegram's HTML: text and entities out, or the refusal Telegram gives."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._place = 0
        self._parts: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._done: list[Json] = []

    def parse(self) -> tuple[str, list[Json]]:
        """Read it all."""
        source = self._source
        while self._place < len(source):
            end = source.find("<", self._place)
            if end != self._place:
                self._add(unescape(source[self._place : end if end >= 0 else len(source)]))
                self._place = end if end >= 0 else len(source)
            elif source.startswith("</", self._place):
                self._close()
            else:
                self._begin()
        if self._open:
            tag = self._open[-1].tag
            raise self._wrong(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return "".join(self._parts), self._done

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += units(text)

    def _wrong(self, reason: str, at: int | None = None) -> ApiError:
        where = "" if at is None else f" at byte offset {len(self._source[:at].encode())}"
        return bad(f"can't parse entities: {reason}{where}")

    def _begin(self) -> None:
        start = self._place
        named = _NAME.match(self._source, start + 1)
        name = named[0].lower() if named else ""
        self._place = start + 1 + len(name)
        if name not in KNOWN:
            raise self._wrong(f'Unsupported start tag "{name}"', start)
        attributes = self._attributes(name, start)
        self._open.append(_Open(name, self._entity(name, attributes, start), start))

    def _attributes(self, tag: str, start: int) -> dict[str, str]:
        found: dict[str, str] = {}
        while True:
            rest = self._source[self._place :]
            if not rest.strip():
                raise self._wrong("Unclosed start tag", start)
            if rest.lstrip().startswith(">"):
                self._place += rest.index(">") + 1
                return found
            name, value = self._attribute(tag, start)
            found[name.lower()] = value

    def _attribute(self, tag: str, start: int) -> tuple[str, str]:
        matched = _ATTRIBUTE.match(self._source, self._place)
        name, equals = (matched[1], matched[2]) if matched else ("", None)
        if not name:
            raise self._wrong(f'Empty attribute name in the tag "{tag}"', start)
        self._place = matched.end() if matched and equals else self._place + len(name) + 1
        if not equals:
            return name, ""
        quote = self._source[self._place : self._place + 1]
        if quote in {'"', "'"}:
            end = self._source.find(quote, self._place + 1)
            if end < 0:
                raise self._wrong("Unclosed start tag", start)
            value = self._source[self._place + 1 : end]
            self._place = end + 1
            return name, unescape(value)
        bare = _BARE.match(self._source, self._place)
        if bare is None:
            raise self._wrong("Unexpected end of name token", self._place)
        self._place = bare.end()
        return name, bare[0].lower()

    def _entity(self, tag: str, given: dict[str, str], start: int) -> Json:
        entity: Json = {"offset": self._length, "length": 0, "type": PLAIN.get(tag, tag)}
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', start)
        if tag == "tg-emoji" and not given.get("emoji-id", "").isdigit():
            raise self._wrong("Invalid custom emoji identifier specified")
        if tag == "tg-time" and not given.get("unix", "").isdigit():
            raise self._wrong("Invalid unix time specified")
        return entity | _special(tag, given)

    def _close(self) -> None:
        start = self._place
        end = self._source.find(">", start)
        name = self._source[start + 2 : end if end >= 0 else len(self._source)].strip().lower()
        if not self._open:
            raise self._wrong("Unexpected end tag", start)
        opened = self._open.pop()
        if end < 0 or name not in {"", opened.tag}:
            raise self._wrong(
                f'Unmatched end tag, expected "</{opened.tag}>", found "</{name}>"', start
            )
        self._place = end + 1
        self._finish(opened)

    def _finish(self, opened: _Open) -> None:
        entity = opened.entity
        entity["length"] = self._length - entity["offset"]
        if entity["length"] == 0:
            return
        if entity["type"] == "text_link" and not entity["url"]:
            inner = "".join(self._parts).encode("utf-16-le")
            entity["url"] = inner[2 * entity["offset"] :].decode("utf-16-le")
        if entity["type"] == "text_link" and not (target := link(entity["url"])):
            return
        if entity["type"] == "text_link":
            entity["url"] = target
        if entity["type"] == "pre":
            self._merge_code(entity)
        elif entity["type"] == "code" and "language" in entity and not self._in_pre():
            del entity["language"]
        self._done.append(entity)

    def _in_pre(self) -> bool:
        return bool(self._open) and self._open[-1].tag == "pre"

    def _merge_code(self, pre: Json) -> None:
        for inner in self._done:
            same = (inner["offset"], inner["length"]) == (pre["offset"], pre["length"])
            if inner["type"] == "code" and same:
                self._done.remove(inner)
                if "language" in inner:
                    pre["language"] = inner["language"]
                return


def _special(tag: str, given: dict[str, str]) -> Json:
    """Give what a tag's attributes add to its entity."""
    if tag == "span":
        return {"type": "spoiler"}
    if tag == "a":
        return {"type": "text_link", "url": given.get("href", "")}
    if tag == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": given["emoji-id"]}
    if tag == "tg-time":
        shape = {"date_time_format": given["format"]} if "format" in given else {}
        return {"type": "date_time", "unix_time": int(given["unix"])} | shape
    if tag == "blockquote" and "expandable" in given:
        return {"type": "expandable_blockquote"}
    language = given.get("class", "") if tag == "code" else ""
    known = language.startswith("language-")
    return {"language": language.removeprefix("language-")} if known else {}


def link(url: str) -> str:
    """Give a link as Telegram keeps it, or nothing when it is not one."""
    if re.fullmatch(r"(https?|ftp)://[^\s/.]+(\.[^\s/.]+|:\d+)[^\s]*", url, re.IGNORECASE):
        return url
    if re.match(r"(tg|ton)://|mailto:|tel:", url, re.IGNORECASE):
        return url
    if re.fullmatch(r"[\w\-]+(\.[\w\-]+)*\.[a-zA-Z]{2,}(/\S*)?", url):
        return f"http://{url}"
    return ""
