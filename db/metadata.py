"""Every table in one place, for migrations and tests."""

from sqlmodel import SQLModel

from db.models import (
    approvals,
    days,
    dealings,
    entries,
    guidance,
    messages,
    pacts,
    people,
    plans,
    quiz,
)

TABLES = (
    approvals, days, dealings, entries, guidance, messages, pacts, people, plans, quiz,
)  # fmt: skip
metadata = SQLModel.metadata
