"""more ways to answer, and to see what came of it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # what became of a theme
    op.create_table(
        "theme_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_theme_status_survey_id_survey")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_theme_status_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_status")),
    )
    op.create_index("ix_theme_status_survey_id_theme_id", "theme_status", ["survey_id", "theme_id"])


def downgrade() -> None:
    op.drop_table("theme_status")
