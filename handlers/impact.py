"""Show how one's own work reaches a theme: the chain from the region's figure to the evidence."""

from collections.abc import Collection

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions.impact import position_of, standing_on, themes_of
from bot.actions.impact import propose as add_draft
from bot.context import Context, reads
from bot.guidance.asking import ImpactAsked
from bot.guidance.chains import Chain, fitting
from bot.refusal import Refusal
from bot.ui.impact import Screen, chain_screen, jobs_screen, proposed, themes_screen
from bot.ui.keyboards import Button
from bot.ui.keys import numbers, pattern, tapped, words


async def impact(update: Update, context: Context) -> None:
    """Show the themes, the chain for one's own job, or another job's."""
    theme, job, *_ = [*words(tapped(update)), "", ""]
    context.edit(*await screen(context, ImpactAsked(theme or None, job or None)))


async def jobs(update: Update, context: Context) -> None:
    """Show the jobs that a theme has a chain for, or others of them."""
    code, page, *_ = [*words(tapped(update)), "", ""]
    found = chains_of(context, code)
    shown = int(page) if page.isdecimal() else 0
    context.edit(*jobs_screen(context.t, name_of(context, code), found, page=shown))


async def themes(update: Update, context: Context) -> None:
    """Show other themes in the same message."""
    (page,) = numbers(tapped(update), 1)
    context.edit(*await offered(context, page=page))


async def show_impact(context: Context, asked: ImpactAsked, *buttons: Button) -> None:
    """Answer a question in words."""
    context.reply(*await screen(context, asked, *buttons))


async def screen(context: Context, asked: ImpactAsked, *others: Button) -> Screen:
    """Choose the screen: the themes, the jobs of one, or a chain."""
    if asked.theme is None:
        return await offered(context, *others)
    name, chains = name_of(context, asked.theme), chains_of(context, asked.theme)
    if asked.job is not None:
        found = next((one for one in chains if one.job == asked.job), None)
        if found is None:
            raise Refusal("This button no longer works.")
        return await card(context, name, found, *others)
    job = "" if context.newcomer else await own_position(context)
    own = fitting(chains, job)
    if own is None:
        return jobs_screen(context.t, name, chains, *others, job=job)
    return await card(context, name, own, *others)


async def propose(update: Update, context: Context) -> None:
    """Put the RHK of a chain into the own plan as a draft."""
    theme, job, *_ = [*words(tapped(update)), "", ""]
    chain = next((one for one in chains_of(context, theme) if one.job == job), None)
    if chain is None:
        raise Refusal("This button no longer works.")
    added = await add_draft(
        context.session, context.employee, chain.rhk, chain.theme, now=context.now
    )
    context.edit(*proposed(context.t, added))


async def offered(context: Context, *others: Button, page: int = 0) -> Screen:
    """Offer the themes that have chains, those of the person's own work first."""
    own = await own_themes(context)
    codes = sorted(context.agency.library.chains(), key=lambda code: code not in own)
    labels = {one.code: one.label_in(context.t.language) for one in context.agency.library.themes()}
    named = [(code, labels.get(code, code)) for code in codes]
    return themes_screen(context.t, named, *others, page=page)


async def own_themes(context: Context) -> Collection[str]:
    """Give the themes that a person looks after or has RHK for; a stranger has none."""
    if context.newcomer:
        return ()
    return await themes_of(context.session, context.employee, on=context.today())


async def card(context: Context, name: str, chain: Chain, *others: Button) -> Screen:
    """Write a chain, with where the person stands on it."""
    standing = None
    if not context.newcomer:
        standing = await standing_on(
            context.session,
            context.employee,
            chain.theme,
            f"{chain.rhk}; {chain.work}",
            on=context.today(),
        )
    return chain_screen(context.t, name, chain, standing, *others)


async def own_position(context: Context) -> str:
    """Give the asking person's position."""
    return await position_of(context.session, context.employee, on=context.today())


def chains_of(context: Context, code: str) -> tuple[Chain, ...]:
    """Give a theme's chains; refuse a theme that has none."""
    found = context.agency.library.chains().get(code)
    if not found:
        raise Refusal("This button no longer works.")
    return found


def name_of(context: Context, code: str) -> str:
    """Name a theme in the reader's language."""
    themes = context.agency.library.themes()
    language = context.t.language
    return next((one.name_in(language) for one in themes if one.code == code), code)


for look in (impact, jobs, themes):
    reads(look)

handlers = [
    CallbackQueryHandler(impact, pattern("impact")),
    CallbackQueryHandler(jobs, pattern("impact-jobs")),
    CallbackQueryHandler(themes, pattern("impact-themes")),
    CallbackQueryHandler(propose, pattern("impact-propose")),
]
