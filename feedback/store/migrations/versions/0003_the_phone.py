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


def downgrade() -> None:
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_receipt_hash"))
        batch_op.drop_column("key_sealed")
        batch_op.drop_column("receipt_hash")
