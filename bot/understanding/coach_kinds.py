"""Guess whether a sentence is a work result, an indicator or a log."""

import re

from bot.understanding.coach import Kind
from bot.understanding.coach_measures import log_flaw
from bot.understanding.coach_words import Draft, draft, found, pattern

_LABEL = re.compile(r"\W*(?P<label>rhk|iki|catatan|log)\b\W*(?:\d+\b\W*)?", re.IGNORECASE)
_LABELS = {"rhk": Kind.RESULT, "iki": Kind.INDICATOR, "catatan": Kind.LOG, "log": Kind.LOG}
_SHARE = re.compile(
    r"\d persen\b|^\D{0,40}\bpersen\b|\btarget\b|\bpaling (?:lama|banyak|sedikit) \d"
)
_STATE = re.compile(r"(?:ter|di|ke|me|ber)[a-z-]{3,}nya|[a-z]{4,}nya")
_FORMAL = re.compile(r"me(?:m|n|ng|ny)?[a-z]{4,}\b")


def guess(text: str) -> Kind:
    """Guess what a sentence is meant to be; a label such as `IKI:` settles it."""
    if label := _LABEL.match(text):
        return _LABELS[label["label"].lower()]
    one = draft(text)
    head = one.head
    if one.linked or found(head, "past", "kept"):
        return Kind.LOG
    if pattern("measures", "figures").match(head) or _SHARE.search(head):
        return Kind.INDICATOR
    if _STATE.fullmatch(head.split(" ", 1)[0]) or pattern("change").match(head):
        return Kind.RESULT
    return _by_form(one, formal=text[:1].isupper())


def _by_form(one: Draft, *, formal: bool) -> Kind:
    """Guess by what a sentence begins with, what it counts, and how carefully it is written."""
    head = one.head
    acts = pattern("verbs", "ceremony").match(head) or _FORMAL.match(head)
    counted = log_flaw(one) is None
    measured = not acts and (found(head, "vague") or (counted and formal))
    if head[:1].isdigit() or measured:
        return Kind.INDICATOR
    return Kind.RESULT if formal and not counted and (acts or " " in head) else Kind.LOG
