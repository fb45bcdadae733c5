"""Every table in one place, for migrations and tests."""

from sqlmodel import SQLModel

from db.models import entries, messages, people, plans

TABLES = (entries, messages, people, plans)
metadata = SQLModel.metadata
