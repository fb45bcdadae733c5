"""Does a log name a proof that others can check, and that is safe?"""

import re

from bot.understanding.coach_flaws import Finding, Flaw
from bot.understanding.coach_measures import log_flaw
from bot.understanding.coach_words import Draft, found, pattern

_NIK = re.compile(r"(?<!\d)\d{16}(?!\d)")
_PARTS = re.compile(r" [,;+(:&] | - | dan | dengan | serta | ada | disertai | beserta | bukti ")
_NUMBERED = re.compile(r"\b(?:nomor|no) \S*\d")


def proof_flaw(one: Draft) -> Finding | None:
    """Tell why a log proves nothing to others; nothing when it does."""
    line = one.head
    if words := found(line, "private"):
        return Finding(Flaw.PRIVATE, words)
    if _NIK.search(one.text):
        return Finding(Flaw.PRIVATE)
    if words := found(line, "unproven"):
        return Finding(Flaw.UNPROVEN, words)
    if one.linked or _shown(line) or _made(one, line):
        return None
    hollow = found(line, "hollow")
    return Finding(Flaw.HOLLOW, hollow) if hollow else Finding(Flaw.UNPROVEN)


def _shown(line: str) -> bool:
    """Tell whether a proof is said to be kept, or stands behind the deed itself."""
    deed, *rest = _PARTS.split(line)
    if any(map(_proves, rest)):
        return True
    solid = pattern("hollow").sub(" ", deed)
    papers = found(solid, "proof")
    return bool(
        found(solid, "kept") or (papers and (found(solid, "sent") or _NUMBERED.search(solid)))
    )


def _proves(part: str) -> bool:
    """Tell whether what stands behind the deed is a proof; a photo of a banner is none."""
    solid = pattern("hollow").sub(" ", part)
    return bool(found(solid, "proof") or (solid == part and found(part, "kept", "stated")))


def _made(one: Draft, line: str) -> bool:
    """Tell whether the work itself is papers, and how many: they are there to be read."""
    makes = pattern("makes").match(line)
    return bool(makes and pattern("proof").search(line) and log_flaw(one) is None)
