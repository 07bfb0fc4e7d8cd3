"""the phone: what answering kindly, offline and in one's own voice needs kept"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # save and return
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("receipt_hash", sa.LargeBinary(length=32), nullable=True))
        batch_op.add_column(sa.Column("key_sealed", sa.LargeBinary(), nullable=True))
        batch_op.create_index(batch_op.f("ix_draft_receipt_hash"), ["receipt_hash"], unique=False)
    # changes to what was sent
    op.create_table(
        "amendment",
        sa.Column("key_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("response_id", sa.String(length=32), nullable=False),
        sa.Column("receipt_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_amendment_response_id_response"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_amendment")),
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_amendment_response_id"), ["response_id"], unique=False)
    # guesses at receipt codes
    op.create_table(
        "missed_guesses",
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("box", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "box", name=op.f("pk_missed_guesses")),
    )


def downgrade() -> None:
    op.drop_table("missed_guesses")
    op.drop_table("amendment")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_receipt_hash"))
        batch_op.drop_column("key_sealed")
        batch_op.drop_column("receipt_hash")
