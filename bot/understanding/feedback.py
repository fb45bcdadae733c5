"""What a leader's own words on an entry are: praise, guidance, or a request to mend it."""

import enum
import re


class Tone(enum.StrEnum):
    """How words on an entry are meant."""

    PRAISE = "apresiasi"
    GUIDANCE = "arahan"
    MEND = "perbaikan"


MEND = re.compile(
    r"\b(perbaik\w*|lengkapi|revisi|direvisi|ralat|koreksi|dikoreksi|kurang|salah|keliru|ulangi"
    r"|tambahkan|cantumkan|sertakan|fix|correct|revise|wrong|missing|complete|add)\b"
)
PRAISE = re.compile(
    r"\b(bagus|hebat|mantap|mantab|keren|luar biasa|terima kasih|terimakasih|makasih|apresiasi"
    r"|salut|top|good|great|thanks?|thank you|well done|excellent)\b"
)
NOT = re.compile(r"\b(tidak|belum|kurang|not?)\s+\w+\b")


def tone_of(words: str) -> Tone:
    """Tell how a leader means some words; a wish to mend outweighs praise beside it."""
    plain = " ".join(words.casefold().split())
    if MEND.search(plain):
        return Tone.MEND
    if PRAISE.search(NOT.sub(" ", plain)):
        return Tone.PRAISE
    return Tone.GUIDANCE
