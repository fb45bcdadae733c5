"""Every table in one place, for migrations and tests."""

from sqlmodel import SQLModel

from db.models import approvals, days, dealings, entries, guidance, messages, people, plans

TABLES = (approvals, days, dealings, entries, guidance, messages, people, plans)
metadata = SQLModel.metadata
