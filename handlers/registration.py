"""Confirm who one is, choose a form of address, consent, and log."""

import datetime as dt
import re
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler

from bot.actions import invitations, registration
from bot.actions.entries import Typed
from bot.actions.registration import Arriving, Chosen
from bot.context import TURN, Context
from bot.refusal import Refusal
from bot.skp.addresses import LONGEST, forms_of_address
from bot.ui import registration as screens
from bot.ui.keyboards import Button, inline, no_keyboard
from bot.ui.keys import key, numbers, pattern, tapped
from db import people
from db.models.messages import AuditRecord, Draft
from db.models.people import Employee
from handlers.drafts import PAUSED, paused
from handlers.entries import take

WAY, CODE, IDENTITY, FORM, OWN_FORM, CONSENT = (
    f"start.{step}" for step in ("way", "code", "identity", "form", "own-form", "consent")
)
STEPS = (WAY, CODE, IDENTITY, FORM, OWN_FORM, CONSENT)


async def begin(context: Context, **data: Any) -> None:
    """Ask how to find out who somebody is."""
    await context.begin(WAY, **{"kept": kept_of(context.draft), **data})
    context.reply(*screens.welcome(context.t, context.bot.first_name))


async def greet(context: Context, code: str) -> None:
    """Greet somebody who is in; a code of somebody else needs another account."""
    employee, t = context.employee, context.t
    if code:
        tried = await invitations.attempt(
            context.session, code, telegram_id=context.user_id, now=context.now
        )
        if tried.employee is not None and tried.employee.id != employee.id:
            await registration.may_come_in(context.session, tried.employee, context.user_id)
    context.reply(
        t.html(
            "Welcome back, {address}. Write one sentence about today's work, or open the menu.",
            address=employee.address or employee.name,
        ),
        inline(
            Button(t.gettext("My SKP"), key("skp", 0), style="success"),
            Button(t.gettext("Menu"), key("menu")),
        ),
    )


def kept_of(draft: Draft | None) -> list[dict[str, Any]]:
    """Give what was typed before coming in, also in a dialogue that was left."""
    if draft is None:
        return []
    data = draft.data["data"] if draft.step == PAUSED else draft.data
    return list(data.get("kept", []))


def left_here(key: object) -> bool:
    """Tell whether a tap takes up coming in where it was left."""
    turn = TURN.get(None)
    draft = turn.draft if turn is not None else None
    return (
        re.match(pattern("resume"), str(key)) is not None
        and draft is not None
        and draft.step == PAUSED
        and draft.data["step"] in STEPS
    )


async def resume(update: Update, context: Context) -> None:
    """Take up coming in where it was left, and ask again."""
    left = paused(update, context)
    if left is None:
        context.toast(context.t.gettext("This button no longer works."))
    else:
        await context.begin(left["step"], **left["data"])
        context.edit(context.t.gettext("We go on where you left."))
    await show_step(context)


async def show_identity(context: Context, employee: Employee, code: str | None) -> None:
    """Show who the roster says this is."""
    await registration.may_come_in(context.session, employee, context.user_id)
    draft = await context.begin(
        IDENTITY, kept=kept_of(context.draft), employee=employee.id, code=code
    )
    known = await registration.identity(context.session, employee, on=context.today())
    context.reply(*screens.card(context.t, known, draft.version))


async def confirm(update: Update, context: Context) -> None:
    """Take the identity as right and ask for the form of address."""
    data = await expected(update, context, IDENTITY)
    if data is not None:
        await ask_form(context, data)


async def dispute_supervisor(update: Update, context: Context) -> None:
    """Note that the supervisor stands wrong, and go on."""
    data = await expected(update, context, IDENTITY)
    if data is not None:
        await ask_form(context, {**data, "disputed": True})


async def ask_form(context: Context, data: dict[str, Any]) -> None:
    """Ask for the form of address."""
    employee = await arriving_person(context, data)
    forms = list(forms_of_address(employee.name, employee.roster_address))
    draft = await context.begin(FORM, **{**data, "forms": forms})
    noted = bool(data.get("disputed"))
    context.edit(*screens.ask_address(context.t, forms, draft.version, noted=noted))


async def deny(update: Update, context: Context) -> None:
    """Let go of a wrong identity; the code is not used up."""
    data = await expected(update, context, IDENTITY)
    if data is None:
        return
    context.record(
        AuditRecord(at=context.now, action="identity.denied", subject_id=data["employee"])
    )
    t = context.t
    context.edit(
        t.gettext(
            "Thank you for saying so. Nothing was bound to this account. Please use your own code,"
            " or ask your personnel admin to correct the data."
        )
    )
    await begin(context, kept=data.get("kept", []))


async def choose_form(update: Update, context: Context) -> None:
    """Take one of the offered forms of address."""
    place, version = numbers(tapped(update), 2)
    data = await expected(update, context, FORM, version=version)
    if data is None:
        return
    forms = data["forms"]
    if not 0 <= place < len(forms):
        raise Refusal("This button no longer works.")
    await ask_consent(context, {**data, "address": forms[place]})


async def write_own_form(update: Update, context: Context) -> None:
    """Ask for a form of address in the person's own words."""
    data = await expected(update, context, FORM)
    if data is not None:
        await context.begin(OWN_FORM, **data)
        context.edit(screens.ask_own_address(context.t))


async def take_own_form(context: Context, data: dict[str, Any], text: str) -> None:
    """Take a form of address in the person's own words."""
    address = " ".join(text.split())
    if len(address) > LONGEST:
        raise Refusal(
            "That is too long for a form of address. Please write at most {limit} letters.",
            limit=LONGEST,
        )
    await ask_consent(context, {**data, "address": address})


async def ask_consent(context: Context, data: dict[str, Any]) -> None:
    """Ask for consent to the processing of data."""
    draft = await context.begin(CONSENT, **data)
    context.edit(*screens.consent(context.t, draft.version))


async def read_consent(update: Update, context: Context) -> None:
    """Show the whole notice."""
    data = await expected(update, context, CONSENT)
    if data is not None and context.draft is not None:
        context.edit(*screens.consent(context.t, context.draft.version, whole=True))


async def refuse_consent(update: Update, context: Context) -> None:
    """Keep nothing of whoever does not agree."""
    data = await expected(update, context, CONSENT)
    if data is not None:
        await context.end()
        context.edit(
            context.t.gettext(
                "All right. Nothing was kept. If you change your mind, send /start at any time."
            )
        )


async def agree(update: Update, context: Context) -> None:
    """Bind the account, record the consent, and ask for the first log."""
    data = await expected(update, context, CONSENT)
    if data is None:
        return
    employee = await registration.come_in(
        context.session,
        Arriving(data["employee"], context.user_id, data.get("code")),
        Chosen(data["address"], context.t.language),
        now=context.now,
    )
    if data.get("disputed"):
        context.record(
            AuditRecord(
                at=context.now,
                actor_id=employee.id,
                subject_id=employee.id,
                action="supervisor.disputed",
            )
        )
    await context.end()
    context.turn.employee = employee
    context.edit(context.t.gettext("You are in. Your consent is recorded."))
    example = await registration.example(context.session, employee, on=context.today())
    address = employee.address or employee.name
    context.reply(screens.thanks(context.t, address, example), no_keyboard())
    for one in data.get("kept", []):
        await take(update, context, kept_words(context, one))


def kept_words(context: Context, one: dict[str, Any]) -> Typed:
    """Give what was typed before coming in as if it were said now."""
    return Typed(
        text=one["text"],
        sent_at=dt.datetime.fromisoformat(one["sent_at"]),
        arrival_id=one["arrival_id"],
        chat_id=context.chat_id,
        message_id=one["message_id"],
    )


async def arriving_person(context: Context, data: dict[str, Any]) -> Employee:
    """Load the person who is coming in by this dialogue."""
    employee = await people.by_id(context.session, data["employee"])
    if employee is None:
        raise Refusal("This person is no longer in the roster. Send /start to begin again.")
    return employee


async def expected(
    update: Update, context: Context, step: str, *, version: int | None = None
) -> dict[str, Any] | None:
    """Give what is known at a step, if the tapped button belongs to it; else show what is asked."""
    if version is None:
        (version,) = numbers(tapped(update), 1)
    draft = context.draft
    if context.newcomer and draft and (draft.step, draft.version) == (step, version):
        return dict(draft.data)
    context.toast(context.t.gettext("This button no longer works."))
    if context.newcomer:
        await show_step(context)
    else:
        await greet(context, "")
    return None


async def show_step(context: Context) -> None:
    """Show again what is asked now."""
    draft, t = context.draft, context.t
    if draft is None or draft.step not in STEPS:
        await begin(context)
        return
    data = draft.data
    if draft.step == IDENTITY:
        employee = await arriving_person(context, data)
        known = await registration.identity(context.session, employee, on=context.today())
        context.reply(*screens.card(t, known, draft.version))
    elif draft.step == FORM:
        context.reply(*screens.ask_address(t, data["forms"], draft.version))
    elif draft.step == CONSENT:
        context.reply(*screens.consent(t, draft.version))
    elif draft.step == OWN_FORM:
        context.reply(screens.ask_own_address(t))
    elif draft.step == CODE:
        context.reply(screens.ask_code(t))
    else:
        context.reply(*screens.welcome(t, context.bot.first_name))


handlers = [
    CallbackQueryHandler(resume, left_here),
    CallbackQueryHandler(confirm, pattern("reg-yes")),
    CallbackQueryHandler(dispute_supervisor, pattern("reg-boss")),
    CallbackQueryHandler(deny, pattern("reg-no")),
    CallbackQueryHandler(choose_form, pattern("reg-form")),
    CallbackQueryHandler(write_own_form, pattern("reg-own")),
    CallbackQueryHandler(read_consent, pattern("reg-read")),
    CallbackQueryHandler(refuse_consent, pattern("reg-refuse")),
    CallbackQueryHandler(agree, pattern("reg-agree")),
]
