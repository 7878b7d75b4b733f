"""What is known of a sheet before it is read: how far it reaches, and what is hidden in it."""

from __future__ import annotations

from typing import NamedTuple


class Sheet(NamedTuple):
    """What calamine does not tell of a sheet: how far it reaches, how many rows and columns are hidden, which formulas
    have no result."""

    rows: int
    columns: int
    hidden: int = 0
    unsolved: frozenset[tuple[int, int]] = frozenset()
