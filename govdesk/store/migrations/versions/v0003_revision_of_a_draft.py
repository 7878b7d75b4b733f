"""Version 3: a draft counts its saves, so that one program notices what another has saved meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    op.add_column("draft", sa.Column("revision", sa.Integer, nullable=False, server_default=sa.text("0")))
