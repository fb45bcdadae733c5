"""Every table in one place, for migrations and tests."""

from sqlmodel import SQLModel

from db.models import days, entries, messages, people, plans

TABLES = (days, entries, messages, people, plans)
metadata = SQLModel.metadata
