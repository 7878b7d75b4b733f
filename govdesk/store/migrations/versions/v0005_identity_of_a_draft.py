"""Version 5: a draft has an identity that goes with it into a file and comes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"


def upgrade() -> None:
    op.add_column("draft", sa.Column("uid", sa.Text, nullable=False, server_default=sa.text("''")))
    # Not by chance: the same draft in an older copy of the file becomes the same.
    digits = "replace(replace(replace(replace(created_at, '-', ''), ':', ''), '.', ''), '+', '')"
    op.execute(f"UPDATE draft SET uid = {digits} || '-' || id")
