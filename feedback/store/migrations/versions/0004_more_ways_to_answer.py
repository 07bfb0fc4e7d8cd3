"""more ways to answer, and to see what came of it"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # when a speaker read a translation
    op.add_column("text_edition", sa.Column("reviewed_on", sa.Date(), nullable=True))
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
    # what people said instead of writing it, what was written down of it, and questions read aloud
    op.create_table(
        "recording",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft_key_hash", sa.LargeBinary(length=32), nullable=True),
        sa.Column("response_id", sa.String(length=32), nullable=True),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("media", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("audio_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_key_hash"], ["draft.key_hash"],
            name=op.f("fk_recording_draft_key_hash_draft"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"],
            name=op.f("fk_recording_response_id_response"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recording")),
        sa.UniqueConstraint("draft_key_hash", "question", name=op.f("uq_recording_draft_key_hash_question")),
        sa.UniqueConstraint("response_id", "question", name=op.f("uq_recording_response_id_question")),
    )  # fmt: skip
    op.create_table(
        "transcript",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("recording_id", sa.String(length=32), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"],
            name=op.f("fk_transcript_comment_id_comment"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"],
            name=op.f("fk_transcript_recording_id_recording"), ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_transcript_user_id_user"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_transcript")),
        sa.UniqueConstraint("recording_id", name=op.f("uq_transcript_recording_id")),
    )  # fmt: skip
    op.create_table(
        "spoken_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("words_hash", sa.String(length=64), nullable=False),
        sa.Column("media", sa.String(length=20), nullable=False),
        sa.Column("audio", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_spoken_question_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spoken_question")),
        sa.UniqueConstraint(
            "survey_id", "question", "language", name=op.f("uq_spoken_question_survey_id_question_language")
        ),
    )


def downgrade() -> None:
    op.drop_column("text_edition", "reviewed_on")
    op.drop_table("spoken_question")
    op.drop_table("transcript")
    op.drop_table("recording")
    op.drop_table("framing_site")
    op.drop_table("invitation")
    op.drop_table("short_link")
    op.drop_column("response", "came_by")
    op.drop_table("theme_status")
