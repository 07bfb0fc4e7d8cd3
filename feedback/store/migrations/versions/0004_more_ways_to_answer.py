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
    # how people get to a survey, and how a response came: open, invited, none for what was brought in
    op.add_column("response", sa.Column("came_by", sa.String(length=10), nullable=True))
    op.execute("UPDATE response SET came_by = 'open' WHERE import_id IS NULL")
    op.create_table(
        "short_link",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=100), nullable=True),
        sa.Column("language", sa.String(length=35), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_short_link_survey_id_survey")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_short_link")),
    )
    op.create_index(op.f("ix_short_link_survey_id"), "short_link", ["survey_id"])
    op.create_table(
        "invitation",
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=100), nullable=True),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_invitation_survey_id_survey")),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitation")),
    )
    op.create_index(op.f("ix_invitation_survey_id"), "invitation", ["survey_id"])
    op.create_table(
        "framing_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_framing_site_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framing_site")),
        sa.UniqueConstraint("survey_id", "origin", name=op.f("uq_framing_site_survey_id_origin")),
    )


def downgrade() -> None:
    op.drop_table("framing_site")
    op.drop_table("invitation")
    op.drop_table("short_link")
    op.drop_column("response", "came_by")
    op.drop_table("theme_status")
