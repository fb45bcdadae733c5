"""The screens with which a leader turns to the whole team, and the thanks."""

from markupsafe import Markup

from bot.actions.team_thanks import Thanked, Thanks
from bot.actions.team_views import View
from bot.i18n import Translator
from bot.ui.cards import Part
from bot.ui.keyboards import Button, inline
from bot.ui.keys import key
from bot.ui.receipts import cut
from bot.ui.team_words import UNIT, Screen, grip

EVERYONE, LOGGED = 0, 1


def whole_team(t: Translator, found: Thanks, view: View) -> Screen:
    """Show the thanks before they go out: the words, how many they reach, that they stay."""
    lines = [t.html("<b>For all of {unit}</b>", unit=cut(found.unit, UNIT))]
    buttons = []
    if found.before:
        lines.append(t.html("You have thanked this team this week already."))
    elif found.everyone:
        words, _ = letter(t, {"author": found.author, "unit": found.unit})
        lines.append(t.html("This is what each reads:"))
        lines.append(t.html("<blockquote>{words}</blockquote>", words=words))
        lines.append(t.html("One message to each, once a week. What is sent cannot be taken back."))
        buttons = choices(t, found, view)
    else:
        lines.append(t.html("There is nobody to be thanked yet."))
    share = Button(t.gettext("Send on"), key("team-share", *grip(view)))
    back = Button(t.gettext("Back"), key("team", *grip(view)))
    return Markup("\n").join(lines), inline(*buttons, share, back)


def choices(t: Translator, found: Thanks, view: View) -> list[Button]:
    """Offer to thank all, or those who logged this week where these are not all."""
    at, every, some = grip(view), len(found.everyone), len(found.logged)
    buttons = [
        Button(
            t.gettext("Thank all ({count})", count=every),
            key("team-thank", *at, EVERYONE),
            "success",
        )
    ]
    if 0 < some < every:
        label = t.gettext("Those who logged ({count})", count=some)
        buttons.append(Button(label, key("team-thank", *at, LOGGED)))
    return buttons


def thanked(t: Translator, done: Thanked, view: View) -> Screen:
    """Say how many are thanked, and offer to say it in the unit's group, too."""
    lines = [
        t.nhtml(
            "✓ Your thanks are on their way to {count} person.",
            "✓ Your thanks are on their way to {count} people.",
            done.people,
            count=done.people,
        )
    ]
    buttons = [Button(t.gettext("Back"), key("team-all", *grip(view)))]
    if done.group is not None:
        lines.append(
            t.html(
                "In the group “{group}” I can say it, too, without a name.",
                group=cut(done.group, UNIT),
            )
        )
        label = t.gettext("Thank in the group")
        buttons.insert(0, Button(label, key("team-thank-group", *grip(view)), "success"))
    return Markup(" ").join(lines), inline(*buttons)


def letter(t: Translator, data: dict[str, str]) -> Part:
    """Bring a leader's thanks to one of the team."""
    text = t.html("{author} thanks you for your work in {unit} this week.", **data)
    return text, []


def in_group(t: Translator, unit: str) -> Markup:
    """Thank a unit where others read along."""
    return t.html("Thank you to everyone in {unit} for the work of this week.", unit=unit)
