import datetime as dt
import re

import pytest
from sqlmodel import select

from bot.actions import invitations
from bot.actions.invitations import Denial
from bot.refusal import Refusal
from db import invitations as kept
from db.models.people import Employee, Invitation
from tests.factories import employee

NOW = dt.datetime(2026, 11, 24, 2, tzinfo=dt.UTC)


async def people(session, count: int = 1, **more) -> list[Employee]:
    made = [employee(n, **({"telegram_id": None} | more)) for n in range(count)]
    session.add_all(made)
    await session.flush()
    return made


async def test_codes_are_long_fit_a_link_and_hold_no_nip(database):
    async with database.writing() as session:
        made = await invitations.invite(session, await people(session, 300), now=NOW)

    codes = [one.code for one in made]
    assert len(set(codes)) == 300
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22,64}", code) for code in codes)
    assert all(one.nip not in one.code for one in made)


async def test_only_the_digest_is_kept_for_fourteen_days(database):
    async with database.writing() as session:
        (made,) = await invitations.invite(session, await people(session), now=NOW)
    async with database.reading() as session:
        (invitation,) = await session.exec(select(Invitation))

    assert invitation.expires_at == NOW + dt.timedelta(days=14)
    assert made.code not in str(invitation.model_dump())


async def test_a_new_code_replaces_the_old_one(database):
    async with database.writing() as session:
        invited = await people(session)
        (old,) = await invitations.invite(session, invited, now=NOW)
        (new,) = await invitations.invite(session, invited, now=NOW)
        first = await invitations.attempt(session, old.code, telegram_id=9, now=NOW)
        second = await invitations.attempt(session, new.code, telegram_id=9, now=NOW)

    assert first.denial is Denial.UNKNOWN
    assert second.employee is not None


async def test_whoever_is_in_needs_no_code(database):
    async with database.writing() as session:
        inside = await people(session, telegram_id=5)
        with pytest.raises(Refusal, match="already in"):
            await invitations.invite(session, inside, now=NOW)


async def test_looking_does_not_use_a_code_up(database):
    async with database.writing() as session:
        (made,) = await invitations.invite(session, await people(session), now=NOW)
        tried = [
            await invitations.attempt(session, made.code, telegram_id=account, now=NOW)
            for account in (9, 9, 10)
        ]

    assert all(one.employee is not None for one in tried)


@pytest.mark.parametrize("code", ["", "a b", "x" * 65, "kode'--", "é" * 10, "12345"])
async def test_what_cannot_be_a_code_is_a_wrong_one(database, code):
    async with database.writing() as session:
        tried = await invitations.attempt(session, code, telegram_id=9, now=NOW)

    assert tried.denial is Denial.UNKNOWN


async def test_everybody_without_an_account_is_still_to_come(database):
    async with database.writing() as session:
        await people(session, 2)
        session.add(employee(7, telegram_id=77))
        await session.flush()
        waiting = await kept.not_yet_in(session)

    assert [one.name for one in waiting] == ["Orang Contoh 0", "Orang Contoh 1"]
