"""The kind question about a figure that is hardly meant."""

from decimal import Decimal

from markupsafe import Markup

from bot.i18n import Translator
from bot.skp.plausible import Oddity


def doubt_of(t: Translator, odd: Oddity | None, what: str, target: Decimal | None) -> Markup:
    """Ask whether a figure is right; `what` is the amount as it is kept, or as it was said."""
    if odd is Oddity.FAR and target is not None:
        return t.html(
            "🔎 Is <b>{what}</b> correct? The whole target is {target}.",
            what=what,
            target=t.number(target),
        )
    return t.html("🔎 Is <b>{what}</b> correct? It is usually counted in whole numbers.", what=what)


def copied_line(t: Translator, *, copied: bool) -> list[Markup]:
    """Say that a figure was taken over from another day."""
    if not copied:
        return []
    return [t.html("The figure is copied from before; change it if today's is different.")]
