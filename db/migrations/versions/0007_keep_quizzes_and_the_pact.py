"""Keep what is asked in quizzes, the groups of units, and who has read the Pakta Integritas."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORDS = sqlmodel.sql.sqltypes.AutoString
WHEN = sqlmodel.sql.sqltypes.UTCDateTime


def to(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}")
    )


def upgrade() -> None:
    op.create_table(
        "unit_group",
        sa.Column("id", ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", ID, nullable=False),
        sa.Column("title", WORDS(length=200), nullable=False),
        sa.Column("added_by", ID, nullable=False),
        sa.Column("since", WHEN(), nullable=False),
        to("unit_group", "unit_id", "unit"),
        to("unit_group", "added_by", "employee"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_group")),
        sa.UniqueConstraint("chat_id", name=op.f("uq_unit_group_chat_id")),
    )
    with op.batch_alter_table("unit_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_group_unit_id"), ["unit_id"])
    op.create_table(
        "quiz_sending",
        sa.Column("id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("theme", WORDS(length=40), nullable=False),
        sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("unit_id", ID, nullable=True),
        sa.Column("group_id", ID, nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("created_at", WHEN(), nullable=False),
        sa.Column("sent_at", WHEN(), nullable=True),
        to("quiz_sending", "author_id", "employee"),
        to("quiz_sending", "unit_id", "unit"),
        to("quiz_sending", "group_id", "unit_group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_sending")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quiz_sending", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_sending_author_id"), ["author_id"])
    op.create_table(
        "quiz_group_poll",
        sa.Column("id", ID, nullable=False),
        sa.Column("sending_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("question", WORDS(length=60), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("poll_id", WORDS(length=64), nullable=True),
        sa.Column("chosen", sa.JSON(), nullable=False),
        to("quiz_group_poll", "sending_id", "quiz_sending"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_group_poll")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_quiz_group_poll_poll_id")),
        sa.UniqueConstraint(
            "sending_id", "place", name=op.f("uq_quiz_group_poll_sending_id_place")
        ),
    )
    op.create_table(
        "quiz_round",
        sa.Column("id", ID, nullable=False),
        sa.Column("employee_id", ID, nullable=False),
        sa.Column("sending_id", ID, nullable=True),
        sa.Column("started_at", WHEN(), nullable=False),
        to("quiz_round", "employee_id", "employee"),
        to("quiz_round", "sending_id", "quiz_sending"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_round")),
    )
    with op.batch_alter_table("quiz_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_round_employee_id"), ["employee_id"])
        batch_op.create_index(batch_op.f("ix_quiz_round_sending_id"), ["sending_id"])
    op.create_table(
        "quiz_asked",
        sa.Column("id", ID, nullable=False),
        sa.Column("round_id", ID, nullable=False),
        sa.Column("employee_id", ID, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("question", WORDS(length=60), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("poll_id", WORDS(length=64), nullable=True),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column("asked_at", WHEN(), nullable=True),
        sa.Column("answered_at", WHEN(), nullable=True),
        to("quiz_asked", "round_id", "quiz_round"),
        to("quiz_asked", "employee_id", "employee"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_asked")),
        sa.UniqueConstraint("poll_id", name=op.f("uq_quiz_asked_poll_id")),
        sa.UniqueConstraint("round_id", "place", name=op.f("uq_quiz_asked_round_id_place")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("quiz_asked", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quiz_asked_employee_id"), ["employee_id"])
    op.create_table(
        "quiz_card",
        sa.Column("id", ID, nullable=False),
        sa.Column("employee_id", ID, nullable=False),
        sa.Column("question", WORDS(length=60), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("answered_at", WHEN(), nullable=False),
        to("quiz_card", "employee_id", "employee"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quiz_card")),
        sa.UniqueConstraint(
            "employee_id", "question", name=op.f("uq_quiz_card_employee_id_question")
        ),
    )
    op.create_table(
        "pact_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", WORDS(), nullable=False),
        sa.Column("author_id", ID, nullable=False),
        sa.Column("created_at", WHEN(), nullable=False),
        sa.Column("published_at", WHEN(), nullable=True),
        to("pact_version", "author_id", "employee"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pact_version")),
        sa.UniqueConstraint("number", name=op.f("uq_pact_version_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("pact_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pact_version_author_id"), ["author_id"])
    op.create_table(
        "pact_reading",
        sa.Column("id", ID, nullable=False),
        sa.Column("employee_id", ID, nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.Column("read_at", WHEN(), nullable=False),
        to("pact_reading", "employee_id", "employee"),
        to("pact_reading", "version_id", "pact_version"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pact_reading")),
        sa.UniqueConstraint(
            "employee_id", "version_id", name=op.f("uq_pact_reading_employee_id_version_id")
        ),
    )
    with op.batch_alter_table("pact_reading", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pact_reading_version_id"), ["version_id"])


def downgrade() -> None:
    for table in (
        "pact_reading",
        "pact_version",
        "quiz_card",
        "quiz_asked",
        "quiz_round",
        "quiz_group_poll",
        "quiz_sending",
        "unit_group",
    ):
        op.drop_table(table)
