"""Matches the labels of a table's figures with the rows and columns of the form.

Where the names of rows and of columns stand is decided for the whole table: a name is never taken for a row in one
place and for a column in another. What cannot be matched keeps its label and the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from govdesk.paste.name_book import Meaning, TableNames, normalise_label

_YEAR = re.compile(r"(?:19|20)\d\d年度?")


class LabelFault(Enum):
    """Why a label names no line of the form."""

    UNKNOWN = "unknown"              # the table has no such name
    GROUP = "group"                  # the name of several lines together
    SUM = "sum"                      # a sum that is no line of the form
    DOUBLE = "double"                # several lines of the block have the name of one line
    UNLABELLED = "unlabelled"        # others have a label, this one has none
    UNFIT = "unfit"                  # no labels at that side, and not as many lines as the table has
    NO_CELL = "no cell"              # row and column are known, but have no cell in common
    SEVERAL = "several"              # the block holds the same lines for several units or years
    SPREAD = "spread"                # the figure's own cell reaches over several lines


class Labels(NamedTuple):
    """The labels of one figure: beside it from left to right, above it from the top down, and the group that a heading
    between the rows names.

    `heading`: the id of that group, “-” where the form has none of that name; `under`: the heading as written.

    `run`: the first of the columns in which the labels beside it stand; `heads`: the rows of those above. `spread`: how
    many rows and columns with labels of their own its cell covers."""

    beside: tuple[str, ...]
    above: tuple[str, ...]
    heading: str = ""
    under: str = ""
    run: int = -1
    heads: tuple[int, ...] = ()
    spread: tuple[int, int] = (1, 1)


class LineMatch(NamedTuple):
    """What labels say of a figure's row, or of its column: the id of the line, or why there is none. `label` as it was
    written. No line and no fault: there is no label."""

    line: str = ""
    fault: LabelFault | None = None
    label: str = ""

    @property
    def is_absent(self) -> bool:
        return not self.line and self.fault is None


class _RowBefore:
    """The row before in a run of labels: its group, “-” where its name was not known; the row that “其中” after it is
    a part of, where that is one row of the form."""

    def __init__(self) -> None:
        self.group = self.holds = ""


_Pair = tuple[LineMatch, LineMatch]
_Place = tuple[int, int]                     # row and column of a figure in the block


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
        self._is_unsure = not (rows_beside or rows_above or columns_beside or columns_above)   # 总计 alone: of which?
        self._place_ambiguous(beside, above)
        self._column_groups = {names.column_group_of[column] for label in beside | above if not names.is_generic(label)
                               for column in names.look_up(label).columns if not names.grid.columns[column].total_of}
        self._before: dict[int, _RowBefore] = {}     # in each run of labels
        self._known: dict[tuple[int, int], LineMatch] = {}

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

    def match(self, labelled: Sequence[Labels], cells: Sequence[_Place], *, has_rows: bool,
              has_columns: bool) -> list[_Pair]:
        """The row and the column of each figure; `cells`: its place in the block. `has_rows`, `has_columns`: whether
        names of rows, of columns stand anywhere in it."""
        pairs = [self._pair(one, r) for one, (r, _) in zip(labelled, cells, strict=True)]
        pairs = _without_gaps(pairs, cells, has_rows, has_columns)
        pairs = [_spread(pair, one) for pair, one in zip(pairs, labelled, strict=True)]
        return without_doubles(pairs, [self._origin(one) for one in labelled], labelled, cells)

    def _pair(self, labels: Labels, r: int) -> _Pair:
        beside = [label for label in labels.beside if not self._names.is_frame(label)]
        above = [label for label in labels.above if not self._names.is_frame(label)]
        rows = beside if self._rows_beside else above if self._rows_above else None
        columns = above if self._columns_above else beside if self._columns_beside else None
        if rows is None and columns is None:
            return self._unknown(beside), self._unknown(above)
        if rows is None:
            strange = self._strange(columns[:-1]) if columns and (columns is beside or self._is_unsure) else []
            return self._unknown((above if columns is beside else beside) or strange), self._column(columns or [])
        if columns is None:
            return self._row_at(r, rows, labels), self._unknown(above if rows is beside else beside)
        if rows is columns:
            rows, columns = self._share(rows)
        return self._row_at(r, rows, labels), self._column(columns)

    def _origin(self, labels: Labels) -> frozenset[str]:
        """What else is said of a figure than its row and column: names of units, of years, of a table."""
        words = [*labels.beside[:-1], *labels.above[:-1], labels.under]
        strange = {word for word in words if word and not self._names.is_frame(word)
                   and not self._names.look_up(word).is_known}
        return frozenset(strange | ({f"第 {labels.heads[0] + 1} 行起的表"} if labels.heads else set()))

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

    def _unknown(self, labels: Sequence[str]) -> LineMatch:
        if not labels:
            return LineMatch()
        return LineMatch("", LabelFault.SUM if self._names.is_sum(labels[-1]) else LabelFault.UNKNOWN, labels[-1])

    def _row_at(self, r: int, labels: Sequence[str], of: Labels) -> LineMatch:
        """The row of a figure in row `r` of the block. Names of rows beside are read from the top down, once for all
        their figures; names above from left to right."""
        if not self._rows_beside:
            before = self._before.get(r, _RowBefore())
            side, self._before = self._row(labels, of, before), {r: before}
            return side
        if (r, of.run) not in self._known:
            self._known[r, of.run] = self._row(labels, of, self._before.setdefault(of.run, _RowBefore()))
        return self._known[r, of.run]

    def _row(self, labels: Sequence[str], of: Labels, before: _RowBefore) -> LineMatch:
        """The last label is the row's name, those before it the groups that it lies in."""
        if not labels:
            before.group = "-"
            return LineMatch()
        label, found = labels[-1], self._names.look_up(labels[-1])
        if strange := self._astray(labels, of, found.rows, "rows") or self._other_sum(labels):
            before.group = "-"
            return LineMatch("", LabelFault.UNKNOWN, strange)
        groups = {group for other in labels[:-1] for group in self._names.look_up(other).row_groups}
        rows = [row for row in found.rows if self._fits(row, groups, of.heading, found, before.group)]
        line = rows[0] if len(rows) == 1 else self._names.total_of(found.row_groups)
        if line and before.holds and self._names.is_part(label) and before.holds != line:
            return LineMatch("", LabelFault.UNKNOWN, label)  # a part of a row that the form does not divide
        before.group = self._names.row_group_of[line] if line else "-"
        before.holds = line if line in found.rows and not self._names.grid.rows[line].total_of else ""
        return LineMatch(line, None, label) if line else self._nameless(label, bool(found.row_groups))

    def _fits(self, row: str, groups: set[str], heading: str, found: Meaning, before: str) -> bool:
        """Whether a row lies in the groups that stand beside its name; 其他 needs its own, which says whose."""
        own = self._names.row_group_of[row]
        if not found.generic:
            return all(_within(own, group) for group in groups)
        if groups:
            return own in groups and all(_within(own, group) for group in groups)
        if heading and not (_within(own, heading) and before == own):
            return own == heading
        return before == own or (found.numbered and not before)

    def _column(self, labels: Sequence[str]) -> LineMatch:
        if not labels:
            return LineMatch()
        label, found = labels[-1], self._names.look_up(labels[-1])
        if strange := self._astray(labels, None, found.columns, "columns"):
            return LineMatch("", LabelFault.UNKNOWN, strange)
        groups = {group for other in labels[:-1] for group in self._names.look_up(other).column_groups}
        columns = [column for column in found.columns if self._suits(column, groups, label)]
        return LineMatch(columns[0], None, label) if len(columns) == 1 else self._nameless(label,
                                                                                           bool(found.column_groups))

    def _suits(self, column: str, groups: set[str], label: str) -> bool:
        """Whether a column lies in the groups over its name; 其他 beside 自然人 alone may be all the others."""
        own = self._names.column_group_of[column]
        alone = self._column_groups and own not in self._column_groups | groups
        return not (self._names.is_generic(label) and alone) and all(_within(own, group) for group in groups)

    def _astray(self, labels: Sequence[str], of: Labels | None, lines: frozenset[str], kind: str) -> str:
        """The name, where one before the last says that the figure is not the line's own: it names another line
        (部分公开—国家秘密) or another year (上年同期); else “”."""
        for outer in [*labels[:-1], *([of.under] if of and of.under else [])]:
            found = self._names.look_up(outer)
            own, other = (found.rows, found.columns) if kind == "rows" else (found.columns, found.rows)
            is_line = bool(own or other) and not (found.row_groups or found.column_groups) and not own & lines
            if self._names.is_other_time(outer) or (is_line and outer in labels):
                return f"{outer}—{labels[-1]}"
        return ""

    def _other_sum(self, labels: Sequence[str]) -> str:
        """A name that the form does not have, before one that may be a row's or a column's (撤回—总计): the figure is
        the column's in a row that is not ours; else “”."""
        found = self._names.look_up(labels[-1])
        if not (found.rows and found.columns):
            return ""
        return next(iter(self._strange(labels[:-1])), "")

    def _strange(self, labels: Sequence[str]) -> list[str]:
        return [label for label in labels if not self._names.look_up(label).is_known
                and not self._names.is_passed_over(label) and not is_year(label)]

    def _nameless(self, label: str, group: bool) -> LineMatch:
        return LineMatch("", LabelFault.GROUP if group else LabelFault.SUM if self._names.is_sum(label)
                         else LabelFault.UNKNOWN, label)


def is_year(text: str) -> bool:
    return bool(_YEAR.fullmatch(normalise_label(text)))


def _within(own: str, group: str) -> bool:
    return own == group or own.startswith(f"{group}.")


def _without_gaps(pairs: Sequence[_Pair], cells: Sequence[_Place], has_rows: bool, has_columns: bool) -> list[_Pair]:
    """Where some figures have a name at a side, one without any is at fault: its place would be a guess. So are all
    where such names stand somewhere in the block, but at none of its figures."""
    rows = has_rows or any(not by_row.is_absent for by_row, _ in pairs)
    columns = has_columns or any(not by_column.is_absent for _, by_column in pairs)
    return [(LineMatch("", LabelFault.UNLABELLED, f"第 {r + 1} 行") if rows and by_row.is_absent else by_row,
             LineMatch("", LabelFault.UNLABELLED, f"第 {c + 1} 列") if columns and by_column.is_absent else by_column)
            for (by_row, by_column), (r, c) in zip(pairs, cells, strict=True)]


def _spread(pair: _Pair, labels: Labels) -> _Pair:
    """A figure whose cell reaches over several lines belongs to none of them alone."""
    by_row, by_column = pair
    rows, columns = labels.spread
    return (LineMatch("", LabelFault.SPREAD, by_row.label) if rows > 1 and by_row.line else by_row,
            LineMatch("", LabelFault.SPREAD, by_column.label) if columns > 1 and by_column.line else by_column)


def without_doubles(pairs: Sequence[_Pair], origins: Sequence[frozenset[str]], labelled: Sequence[Labels],
                    cells: Sequence[_Place]) -> list[_Pair]:
    """Where several lines of a block have the name of one line of the form, none of them names it. Where they come
    from several units, years or tables, nothing that comes from one of these is filled: it would be a mixture."""
    together: dict[tuple[str, str], list[int]] = {}
    for at, (by_row, by_column) in enumerate(pairs):
        if (by_row.line or by_column.line) and not (by_row.fault or by_column.fault):
            together.setdefault((by_row.line, by_column.line), []).append(at)
    doubled = {at: same for key, same in together.items()
               if len({_line_of(key, labelled[at], cells[at]) for at in same}) > 1 for at in same}
    years = {word for origin in origins for word in origin if is_year(word)}
    several = years if len(years) > 1 else set()
    for same in {id(same): same for same in doubled.values()}.values():
        found = [origins[at] for at in same]
        several |= frozenset.union(*found) - frozenset.intersection(*found)
    return [_doubled(pair, cells, doubled[at]) if at in doubled else _one_of_several(pair, origins[at] & several)
            for at, pair in enumerate(pairs)]


def _line_of(key: tuple[str, str], labels: Labels, cell: _Place) -> tuple[object, ...]:
    """What makes two figures of the same names two lines of the block; without names at a side its figures make one."""
    r, c = cell
    return (r, c) if all(key) else (r, labels.run) if key[0] else (c, labels.heads)


def _doubled(pair: _Pair, cells: Sequence[_Place], same: Sequence[int]) -> _Pair:
    by_row, by_column = pair
    if by_row.line and (not by_column.line or len({cells[at][0] for at in same}) > 1):
        return LineMatch("", LabelFault.DOUBLE, by_row.label), by_column
    return by_row, LineMatch("", LabelFault.DOUBLE, by_column.label)


def _one_of_several(pair: _Pair, origin: frozenset[str]) -> _Pair:
    by_row, by_column = pair
    if not origin or by_row.fault or by_column.fault:
        return pair
    return LineMatch("", LabelFault.SEVERAL, min(origin)), by_column
