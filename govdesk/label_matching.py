"""Matches the labels of a table's figures with the rows and columns of the form.

Where the names of rows and of columns stand is decided for the whole table: a name is never taken for a row in one
place and for a column in another. What cannot be matched keeps its label and the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from govdesk.name_book import Meaning, TableNames
from govdesk.records import Record


class Fault(Enum):
    """Why a label names no line of the form."""

    UNKNOWN = "unknown"              # the table has no such name
    GROUP = "group"                  # the name of several lines together
    SUM = "sum"                      # a sum that is no line of the form
    DOUBLE = "double"                # several lines of the block have the name of one line
    UNLABELLED = "unlabelled"        # others have a label, this one has none
    UNFIT = "unfit"                  # no labels at that side, and not as many lines as the table has
    NO_CELL = "no cell"              # row and column are known, but have no cell in common


class Labels(Record):
    """The labels of one figure: beside it from left to right, above it from the top down, and the group that a heading
    between the rows names (“-”: one that the form has not)."""

    beside: tuple[str, ...]
    above: tuple[str, ...]
    heading: str = ""


class Side(Record):
    """What labels say of a figure's row, or of its column: the id of the line, or why there is none. `label` as it was
    written. No line and no fault: there is no label."""

    line: str = ""
    fault: Fault | None = None
    label: str = ""

    @property
    def is_absent(self) -> bool:
        return not self.line and self.fault is None


_Pair = tuple[Side, Side]


class LineMatcher:
    """Names of rows and of columns in one table; `has_names`: whether any label may be a name."""

    def __init__(self, names: TableNames, labelled: Sequence[Labels]) -> None:
        self._names = names
        beside, above = {label for one in labelled for label in one.beside}, {x for one in labelled for x in one.above}
        self.has_names = any(not names.is_frame(label) for label in beside | above)
        rows_beside, rows_above = self._count(beside, "rows"), self._count(above, "rows")
        columns_beside, columns_above = self._count(beside, "columns"), self._count(above, "columns")
        self._rows_beside = rows_beside >= rows_above and rows_beside > 0
        self._rows_above = rows_above > rows_beside
        self._columns_above = columns_above >= columns_beside and columns_above > 0
        self._columns_beside = columns_beside > columns_above and (
            not self._rows_beside or any(self._names_both(one.beside) for one in labelled))
        self._place_ambiguous(beside, above)
        self._group_before = ""              # the group of the row before, “-” where its name was not known

    def _count(self, labels: Iterable[str], kind: str) -> int:
        """How many labels can only be names of rows, or only of columns."""
        meanings = map(self._names.look_up, labels)
        return sum(m.is_of_rows if kind == "rows" else m.is_of_columns for m in meanings)

    def _names_both(self, labels: Iterable[str]) -> bool:
        meanings = [self._names.look_up(label) for label in labels]
        return any(m.is_of_rows for m in meanings) and any(m.is_of_columns for m in meanings)

    def _place_ambiguous(self, beside: Iterable[str], above: Iterable[str]) -> None:
        """Where only names such as 其他 stand at a side, they are what the form has there and the other side lacks."""
        def some(labels: Iterable[str], kind: str) -> bool:
            return any(getattr(self._names.look_up(label), kind) for label in labels)

        if not (self._rows_beside or self._rows_above):
            self._rows_above = self._columns_beside and some(above, "rows")
            self._rows_beside = not self._columns_beside and some(beside, "rows")
        if not (self._columns_beside or self._columns_above):
            self._columns_beside = self._rows_above and some(beside, "columns")
            self._columns_above = not self._rows_above and some(above, "columns")

    def match(self, labelled: Sequence[Labels], cells: Sequence[tuple[int, int]]) -> list[_Pair]:
        """The row and the column of each figure; `cells`: its place in the block."""
        pairs = [self._pair(one) for one in labelled]
        return _without_twins(_without_gaps(pairs, cells), cells)

    def _pair(self, labels: Labels) -> _Pair:
        beside = [label for label in labels.beside if not self._names.is_frame(label)]
        above = [label for label in labels.above if not self._names.is_frame(label)]
        rows = beside if self._rows_beside else above if self._rows_above else None
        columns = above if self._columns_above else beside if self._columns_beside else None
        if rows is None and columns is None:
            return self._unknown(beside), self._unknown(above)
        if rows is None:
            return self._unknown(beside if columns is above else above), self._column(columns or [])
        if columns is None:
            return self._row(rows, labels.heading), self._unknown(above if rows is beside else beside)
        if rows is columns:
            rows, columns = self._share(rows)
        return self._row(rows, labels.heading), self._column(columns)

    def _share(self, labels: Sequence[str]) -> tuple[list[str], list[str]]:
        """Names of rows and of columns that stand at one side."""
        rows: list[str] = []
        columns: list[str] = []
        for label in labels:
            found = self._names.look_up(label)
            both = found.rows and found.columns
            if found.is_of_rows or (both and not any(self._names.look_up(row).rows for row in rows)):
                rows.append(label)
            elif found.is_of_columns or both:
                columns.append(label)
            else:
                rows.append(label)
                columns.append(label)
        return rows, columns

    def _unknown(self, labels: Sequence[str]) -> Side:
        if not labels:
            return Side()
        return Side("", Fault.SUM if self._names.is_sum(labels[-1]) else Fault.UNKNOWN, labels[-1])

    def _row(self, labels: Sequence[str], heading: str) -> Side:
        """The last label is the row's name, those before it the groups that it lies in."""
        if not labels:
            self._group_before = "-"
            return Side()
        label, found = labels[-1], self._names.look_up(labels[-1])
        groups = {group for other in labels[:-1] for group in self._names.look_up(other).row_groups}
        rows = [row for row in found.rows if self._fits(row, groups, heading, label, found)]
        line = rows[0] if len(rows) == 1 else self._names.total_of(found.row_groups)
        self._group_before = self._names.row_group_of[line] if line else "-"
        return Side(line, None, label) if line else self._nameless(label, bool(found.row_groups))

    def _fits(self, row: str, groups: set[str], heading: str, label: str, found: Meaning) -> bool:
        """Whether a row lies in the groups that stand beside its name; 其他 needs one that says whose."""
        own = self._names.row_group_of[row]
        if groups or not self._names.is_generic(label):
            return all(_within(own, group) for group in groups)
        if heading:
            return _within(own, heading)
        return self._group_before == own or (found.numbered and not self._group_before)

    def _column(self, labels: Sequence[str]) -> Side:
        if not labels:
            return Side()
        label, found = labels[-1], self._names.look_up(labels[-1])
        groups = {group for other in labels[:-1] for group in self._names.look_up(other).column_groups}
        columns = [column for column in found.columns
                   if all(_within(self._names.column_group_of[column], group) for group in groups)]
        return Side(columns[0], None, label) if len(columns) == 1 else self._nameless(label, bool(found.column_groups))

    def _nameless(self, label: str, group: bool) -> Side:
        return Side("", Fault.GROUP if group else Fault.SUM if self._names.is_sum(label) else Fault.UNKNOWN, label)


def _within(own: str, group: str) -> bool:
    return own == group or own.startswith(f"{group}.")


def _without_gaps(pairs: Sequence[_Pair], cells: Sequence[tuple[int, int]]) -> list[_Pair]:
    """Where some figures have a name at a side, one without any is at fault: its place would be a guess."""
    rows = any(not by_row.is_absent for by_row, _ in pairs)
    columns = any(not by_column.is_absent for _, by_column in pairs)
    return [(Side("", Fault.UNLABELLED, f"第 {r + 1} 行") if rows and by_row.is_absent else by_row,
             Side("", Fault.UNLABELLED, f"第 {c + 1} 列") if columns and by_column.is_absent else by_column)
            for (by_row, by_column), (r, c) in zip(pairs, cells, strict=True)]


def _without_twins(pairs: Sequence[_Pair], cells: Sequence[tuple[int, int]]) -> list[_Pair]:
    """Where two lines of a block have the name of one line of the form, neither of them names it."""
    rows: dict[tuple[str, str, int], set[int]] = {}
    columns: dict[tuple[str, str, int], set[int]] = {}
    for (by_row, by_column), (r, c) in zip(pairs, cells, strict=True):
        rows.setdefault((by_row.line, by_column.line, c), set()).add(r)
        columns.setdefault((by_column.line, by_row.line, r), set()).add(c)
    found = []
    for (by_row, by_column), (r, c) in zip(pairs, cells, strict=True):
        if by_row.line and len(rows[by_row.line, by_column.line, c]) > 1:
            by_row = Side("", Fault.DOUBLE, by_row.label)
        elif by_column.line and len(columns[by_column.line, by_row.line, r]) > 1:
            by_column = Side("", Fault.DOUBLE, by_column.label)
        found.append((by_row, by_column))
    return found
