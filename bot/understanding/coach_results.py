"""Does a sentence name a result, or only an activity?"""

import re

from bot.understanding.coach_flaws import Finding, Flaw
from bot.understanding.coach_words import Draft, found, pattern

_ACTIVE = re.compile(r"(?:me(?:m|n|ng|ny|l|r)?[a-z]{3,}|ber[a-z]{4,})")
_STATE = re.compile(r"[a-z-]{3,}nya")
# How far behind a result's word the thing stands that it is said of.
_NEAR = 4


def result_flaw(one: Draft) -> Finding | None:
    """Tell why a sentence names no result; nothing when it does."""
    head = one.head
    first = head.split(" ", 1)[0]
    if _starts(head, "change"):
        return _counted_activity(head)
    if _STATE.fullmatch(first) or _starts(head, "done", "made"):
        return _dressed(head, first)
    if found(head, "outcome") and (_ACTIVE.fullmatch(first) or _starts(head, "verbs")):
        return None
    if _ACTIVE.fullmatch(first) or _starts(head, "verbs"):
        return Finding(Flaw.ACTIVITY, " ".join(head.split()[:2]))
    return _named(head)


def _starts(head: str, *lists: str) -> str:
    hit = pattern(*lists).match(head)
    return hit[0] if hit else ""


def _counted_activity(head: str) -> Finding | None:
    """Refuse `meningkatnya jumlah kegiatan sosialisasi`: more of the same is no result."""
    hit = re.match(
        r"\S+ (?:jumlah|frekuensi|pelaksanaan|intensitas) (?:kegiatan |pelaksanaan )?", head
    )
    if hit and pattern("ceremony").match(head[hit.end() :]) and not found(head, "outcome"):
        return Finding(Flaw.CEREMONY, head[: hit.end()].strip())
    return None


def _dressed(head: str, first: str) -> Finding | None:
    """Look behind words such as `terlaksananya` and `tersusunnya`."""
    held = _starts(head, "done")
    near = " ".join(head.split()[1 : 1 + _NEAR])
    if held and (ceremony := pattern("ceremony").search(near)):
        if found(head, "outcome"):
            return None
        return Finding(Flaw.CEREMONY, _up_to(head, ceremony[0]))
    if held and (activity := pattern("activity").match(near)):
        if found(head, "outcome", "quality"):
            return None
        return Finding(Flaw.CEREMONY, _up_to(head, activity[0]))
    made = _starts(head, "made")
    if made and (paper := pattern("paper").match(near)) and not found(head, "outcome", "quality"):
        return Finding(Flaw.PAPER, f"{first} {paper[0]}")
    return None


def _up_to(head: str, words: str) -> str:
    return head[: head.index(words) + len(words)]


def _named(head: str) -> Finding | None:
    """Judge a sentence that begins with a noun: it needs a condition further on."""
    if found(head, "state", "outcome", "quality", "change"):
        return None
    words = " ".join(head.split()[:3])
    known = _starts(head, "ceremony", "activity")
    return Finding(Flaw.ACTIVITY if known else Flaw.TOPIC, known or words)
