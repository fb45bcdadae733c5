"""Seek letters by what they speak of only where nobody's own letters are meant."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    sought = sa.text("kind IN ('broadcast', 'guidance-due', 'plan-submitted')")
    op.drop_index("ix_letter_kind_period_state", table_name="letter")
    op.create_index(
        "ix_letter_sought_kind_period_state",
        "letter",
        ["kind", "period", "state"],
        sqlite_where=sought,
        postgresql_where=sought,
    )


def downgrade() -> None:
    op.drop_index("ix_letter_sought_kind_period_state", table_name="letter")
    op.create_index("ix_letter_kind_period_state", "letter", ["kind", "period", "state"])
