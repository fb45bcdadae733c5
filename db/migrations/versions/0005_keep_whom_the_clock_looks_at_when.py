"""Keep whom the clock looks at when, Ramadan, and what is meant to be done on a day."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "ramadan",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column(
            "confirmed_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["employee.id"], name=op.f("fk_ramadan_confirmed_by_employee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ramadan")),
        sa.UniqueConstraint("first", name=op.f("uq_ramadan_first")),
    )
    op.create_table(
        "plan_item",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "employee_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_plan_item_employee_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_plan_item_entry_id_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
        sa.UniqueConstraint(
            "employee_id", "day", "place", name=op.f("uq_plan_item_employee_id_day_place")
        ),
    )
    for column in (
        sa.Column(
            "look_at",
            sqlmodel.sql.sqltypes.AutoString(length=16),
            server_default="",
            nullable=False,
        ),
        sa.Column("reminders", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("learned_at", sa.Time(), nullable=True),
        sa.Column("paused_until", sa.Date(), nullable=True),
        sa.Column("still_since", sa.Date(), nullable=True),
    ):
        op.add_column("employee", column)
    reached = sa.text("telegram_id IS NOT NULL AND unreachable_since IS NULL")
    op.create_index(
        "ix_employee_zone_look_at",
        "employee",
        ["zone", "look_at"],
        sqlite_where=reached,
        postgresql_where=reached,
    )
    op.add_column(
        "holiday",
        sa.Column("estimated", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    number_absences_anew(sqlite_autoincrement=True)


def number_absences_anew(**settings: bool) -> None:
    """Make SQLite's table again, which is the only way to change how its keys are given out."""
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table("absence", recreate="always", table_kwargs=settings):
            pass


def downgrade() -> None:
    number_absences_anew()
    # Not in a batch: SQLite would copy tables to which others refer.
    op.drop_column("holiday", "estimated")
    op.drop_index("ix_employee_zone_look_at", table_name="employee")
    for name in ("still_since", "paused_until", "learned_at", "reminders", "look_at"):
        op.drop_column("employee", name)
    op.drop_table("plan_item")
    op.drop_table("ramadan")
