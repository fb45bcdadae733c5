import re
import unicodedata

# Marks without a width, marks of direction, controls, half characters. A joiner stays inside emoji.
INVISIBLE = re.compile(
    r"[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]|\u200d(?![\u2190-\U0010ffff])"
)
CARRIAGE_RETURN = "_x000D_"


def clean(text: str) -> str:
    """Give a text as one line without what cannot be seen."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    elif not text.isprintable():
        text = INVISIBLE.sub("", text)
    if "_x" in text:
        text = text.replace(CARRIAGE_RETURN, " ")
    return " ".join(text.split())


def one_line(text: str, limit: int) -> str:
    """Give a text as one line that fits a field, cut between words where it must be cut."""
    line = clean(text)
    if len(line) <= limit:
        return line
    kept = line[: limit - 1]
    words, _, _ = kept.rpartition(" ")
    return (words if len(words) > limit // 2 else kept).rstrip() + "…"
