"""Defines what a cell of a table is to its reader; the form, the screen, the clipboard and paper share it."""

from __future__ import annotations

from enum import Enum


class CellRole(Enum):
    HEAD = "head"                    # column head
    LABEL = "label"                  # row label
    BAND = "band"                    # a line across the table that opens a block
    FIGURE = "figure"                # a number, blank, or 不适用

    __hash__ = object.__hash__       # in C: a cell is remembered with its lines
