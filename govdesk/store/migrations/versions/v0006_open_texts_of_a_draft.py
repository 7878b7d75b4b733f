"""Version 6: the list also says how many texts of a draft are not filled in, and how many findings want a reason."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "6"
down_revision = "5"


def upgrade() -> None:
    op.add_column("draft", sa.Column("unfilled", sa.Integer))
    op.add_column("draft", sa.Column("unexplained", sa.Integer))
