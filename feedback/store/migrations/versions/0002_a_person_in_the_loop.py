"""a person in the loop: what people checked, edited, flagged and took out"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    person_in_the_loop()
    codebooks_of_their_own()
    what_to_read_first()
    personal_details()
    another_view()


def person_in_the_loop() -> None:
    """What people checked and decided about themes (loop_models.py)."""
    op.create_table(
        "comment_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("verdict", sa.String(length=10), nullable=False),
        sa.Column("theme_ids", sa.JSON(), nullable=False),
        sa.Column("random", sa.Boolean(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_comment_check_comment_id_comment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_comment_check_survey_id_survey"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_comment_check_user_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_comment_check"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_comment_check_comment_id", "comment_check", ["comment_id"])
    op.create_index("ix_comment_check_survey_id", "comment_check", ["survey_id"])
    op.create_table(
        "theme_edit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("merged_into", sa.String(length=80), nullable=True),
        sa.Column("not_a_theme", sa.Boolean(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_theme_edit_survey_id_survey"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_theme_edit_user_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_theme_edit"),
    )
    op.create_index("ix_theme_edit_survey_id_theme_id", "theme_edit", ["survey_id", "theme_id"])
    op.create_table(
        "edited_comment",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.String(length=80), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_edited_comment_comment_id_comment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_edited_comment_survey_id_survey"),
        sa.PrimaryKeyConstraint("survey_id", "theme_id", "comment_id", name="pk_edited_comment"),
    )
    op.create_index("ix_edited_comment_comment_id", "edited_comment", ["comment_id"])
    for table, columns in (
        ("to_check", (sa.Column("position", sa.Integer(), nullable=False), why(12))),
        (
            "moved",
            (
                sa.Column("before", sa.JSON(), nullable=False),
                sa.Column("after", sa.JSON(), nullable=False),
                why(24),
            ),
        ),
    ):
        op.create_table(
            table,
            sa.Column("run_id", sa.Integer(), nullable=False),
            sa.Column("comment_id", sa.String(length=32), nullable=False),
            *columns,
            sa.ForeignKeyConstraint(
                ["run_id"], ["run.id"], name=f"fk_{table}_run_id_run", ondelete="CASCADE"
            ),
            sa.ForeignKeyConstraint(
                ["comment_id"], ["comment.id"], name=f"fk_{table}_comment_id_comment", ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("run_id", "comment_id", name=f"pk_{table}"),
        )
        op.create_index(f"ix_{table}_comment_id", table, ["comment_id"])
    with op.batch_alter_table("coding") as coding:
        coding.add_column(sa.Column("by_person", sa.Boolean(), nullable=False, server_default=sa.false()))
        coding.add_column(sa.Column("near", sa.JSON(), nullable=True))


def why(length: int) -> sa.Column[str]:
    return sa.Column("why", sa.String(length=length), nullable=False)


def codebooks_of_their_own() -> None:
    """What owners made of a survey's codebook (codebook_models.py)."""
    op.create_table(
        "codebook_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *codebook_columns("codebook_version"),
        sa.PrimaryKeyConstraint("id", name="pk_codebook_version"),
        sa.UniqueConstraint("survey_id", "number", name="uq_codebook_version_survey_id_number"),
    )
    op.create_table(
        "codebook_proposal",
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("compared_with", sa.Integer(), nullable=False),
        *codebook_columns("codebook_proposal"),
        sa.PrimaryKeyConstraint("survey_id", name="pk_codebook_proposal"),
    )


def codebook_columns(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("document_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("document_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=f"fk_{table}_survey_id_survey"),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=f"fk_{table}_user_id_user", ondelete="SET NULL"
        ),
    ]


def what_to_read_first() -> None:
    """What runs flagged, and what people did about it (flag_models.py)."""
    op.create_table(
        "flag",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_flag_run_id_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_flag_comment_id_comment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "comment_id", "topic", name="pk_flag"),
    )
    op.create_index("ix_flag_comment_id", "flag", ["comment_id"])
    op.create_table(
        "flag_reading",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("survey_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name="fk_flag_reading_survey_id_survey"),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_flag_reading_comment_id_comment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_flag_reading_user_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_flag_reading"),
    )
    op.create_index("ix_flag_reading_comment_id", "flag_reading", ["comment_id"])
    op.create_index("ix_flag_reading_survey_id", "flag_reading", ["survey_id"])


def personal_details() -> None:
    """Who read a comment for personal details, and what they took out (redaction_models.py)."""
    op.create_table(
        "comment_read",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("text_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name="fk_comment_read_comment_id_comment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name="fk_comment_read_user_id_user", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("comment_id", name="pk_comment_read"),
    )
    op.create_table(
        "redaction",
        sa.Column("comment_id", sa.String(length=32), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comment_read.comment_id"],
            name="fk_redaction_comment_id_comment_read",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("comment_id", "start", name="pk_redaction"),
    )


def another_view() -> None:
    """The quote of a theme that says otherwise than most (models.py)."""
    with op.batch_alter_table("theme_quote") as quote:
        quote.add_column(sa.Column("other_view", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("theme_quote") as quote:  # another view
        quote.drop_column("other_view")
    for table in ("redaction", "comment_read"):  # personal details
        op.drop_table(table)
    for table in ("flag_reading", "flag"):  # what to read first
        op.drop_table(table)
    for table in ("codebook_proposal", "codebook_version"):  # codebooks of their own
        op.drop_table(table)
    without_a_person_in_the_loop()


def without_a_person_in_the_loop() -> None:
    with op.batch_alter_table("coding") as coding:
        coding.drop_column("near")
        coding.drop_column("by_person")
    for table in ("moved", "to_check", "edited_comment", "theme_edit", "comment_check"):
        op.drop_table(table)
