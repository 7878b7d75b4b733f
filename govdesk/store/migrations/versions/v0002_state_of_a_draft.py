"""Version 2: the list says how far a draft is and when it was exported, and a deleted draft can come back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    op.add_column("draft", sa.Column("blanks", sa.Integer))
    op.add_column("draft", sa.Column("problems", sa.Integer))
    op.add_column("draft", sa.Column("exported_at", sa.Text))
    op.add_column("draft", sa.Column("deleted_at", sa.Text))
