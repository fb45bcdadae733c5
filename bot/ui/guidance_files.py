"""What is said of a file in which a widyaiswara has sent an article."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.guidance.article import Flaw
from bot.guidance.writing import PARTS
from bot.i18n import Translator
from bot.refusal import Refusal
from bot.ui.guidance_drafts import flaw_words, part_name


def unreadable(t: Translator, name: str, flaw: Flaw) -> Markup:
    """Say why a file could not be taken in, and what a file needs."""
    return t.html(
        "“{name}” was not taken in: {why} A file begins like this:", name=name,
        why=flaw_words(t, flaw),
    ) + Markup("\n<pre>%s</pre>") % EXAMPLE  # fmt: skip


def word_taken(t: Translator, name: str, parts: Sequence[str], pictures: int) -> Markup:
    """Say which parts a Word file has filled, and what was left out of it."""
    if not parts:
        return t.html("I found no text in “{name}”.", name=name)
    names = ", ".join(part_name(t, one) for one in PARTS if one in parts)
    lines = [t.html("Taken from “{name}”: {parts}.", name=name, parts=names)]
    if pictures:
        lines.append(
            t.nhtml(
                "{count} picture was left out: guidance is text.",
                "{count} pictures were left out: guidance is text.",
                pictures,
                count=pictures,
            )
        )
    return Markup("\n").join(lines)


def word_refused(t: Translator, name: str, refusal: Refusal) -> Markup:
    """Say why a Word file could not be taken in, and that what is written stays."""
    return t.html(
        "“{name}” was not taken in: {why} What you have written so far is safe.",
        name=name,
        why=t.gettext(refusal.message, **refusal.values),
    )


EXAMPLE = """---
id: judul-singkat
title: "…"
title_en: "…"
summary: "…"
summary_en: "…"
theme: stunting
sources:
  - {name: "…", page: "…", url: "https://…"}
reviewed: 2026-11-24
review_due: 2027-11-24
---
…

## …"""
