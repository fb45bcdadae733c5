"""Keep whether advice may follow a log, when it did, and what was seen lately."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("tips_on", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("tipped_on", sa.Date(), nullable=True),
        sa.Column("articles_seen", sa.JSON(), server_default="{}", nullable=False),
    ):
        op.add_column("employee", column)


def downgrade() -> None:
    # Not in a batch: SQLite would copy a table to which others refer.
    for name in ("articles_seen", "tipped_on", "tips_on"):
        op.drop_column("employee", name)
