"""Keep the guidance that widyaiswara write, what they are asked, and what is read."""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "guidance_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("theme", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("review_due", sa.Date(), nullable=True),
        sa.Column("author_id", ID, nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                "returned",
                "published",
                "replaced",
                "withdrawn",
                name="versionstate",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reviewer_id", ID, nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("submitted_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("decided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["author_id"], ["employee.id"], name=op.f("fk_guidance_version_author_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["reviewer_id"], ["employee.id"], name=op.f("fk_guidance_version_reviewer_id_employee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_version")),
        sa.UniqueConstraint("slug", "number", name=op.f("uq_guidance_version_slug_number")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("guidance_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guidance_version_author_id"), ["author_id"])
        batch_op.create_index("ix_guidance_version_state_id", ["state", "id"])
        batch_op.create_index(
            "uq_guidance_version_slug_published",
            ["slug"],
            unique=True,
            sqlite_where=sa.text("state = 'published'"),
            postgresql_where=sa.text("state = 'published'"),
        )
    op.create_table(
        "guidance_edition",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_edition")),
    )
    op.create_table(
        "guidance_question",
        sa.Column("id", ID, nullable=False),
        sa.Column("employee_id", ID, nullable=False),
        sa.Column("theme", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
        sa.Column("created_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("answerer_id", ID, nullable=True),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(length=3000), nullable=True),
        sa.Column("answered_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answerer_id"], ["employee.id"], name=op.f("fk_guidance_question_answerer_id_employee")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["employee.id"], name=op.f("fk_guidance_question_employee_id_employee")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_question")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("guidance_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guidance_question_employee_id"), ["employee_id"])
        batch_op.create_index(
            "ix_guidance_question_open_id",
            ["id"],
            sqlite_where=sa.text("answered_at IS NULL"),
            postgresql_where=sa.text("answered_at IS NULL"),
        )
    op.create_table(
        "guidance_use",
        sa.Column("id", ID, nullable=False),
        sa.Column("article", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "read",
                "helpful",
                "unhelpful",
                "found",
                "missed",
                name="use",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guidance_use")),
        sa.UniqueConstraint(
            "article", "kind", "day", name=op.f("uq_guidance_use_article_kind_day")
        ),
    )
    with op.batch_alter_table("guidance_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guidance_use_day"), ["day"])


def downgrade() -> None:
    op.drop_table("guidance_use")
    op.drop_table("guidance_question")
    op.drop_table("guidance_edition")
    op.drop_table("guidance_version")
