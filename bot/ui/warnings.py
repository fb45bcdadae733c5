"""A word of warning about what had better not stand in an entry."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.understanding.sensitive import Mark


def warning(t: Translator, marks: Sequence[Mark]) -> list[Markup]:
    """Warn of the most delicate thing that was found; nothing is forbidden."""
    if not marks:
        return []
    sentences = {
        Mark.NIK: t.html(
            "⚠️ There seems to be a NIK here. It is better to leave people's numbers out."
        ),
        Mark.CHILD: t.html(
            "⚠️ This seems to name a child's health data. A count without names is enough."
        ),
        Mark.CONFIDENTIAL: t.html(
            "⚠️ This seems to concern a confidential document. It is better to leave its content"
            " out."
        ),
    }
    return [sentences[marks[0]]]
