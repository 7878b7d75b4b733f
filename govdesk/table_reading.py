"""Reads a block of cells as a table: what is label and what is figure, and which line of the form each label names.

A figure belongs to the labels beside it and above it, wherever they stand: names of rows at the left and of columns
above, as the form has them; turned; all above (table 4); or both at the left (a list of one figure a row). A name that
is not known is kept with its figure, so that it can be listed; no figure is moved into the line of another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from govdesk import tapes
from govdesk.blocks import Block, Covered
from govdesk.label_matching import Labels, LineMatcher, Side
from govdesk.name_book import LONGEST_NAME, TableNames, normalise
from govdesk.numerals import NumeralError
from govdesk.records import Record

_COUNTED = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿件个份项宗次元约多余共无有没暂]+")
_YEAR = re.compile(r"(?:19|20)\d\d年度?")
_HAN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}")


class Figure(Record):
    """A cell that holds a figure or is left blank for one: its text, its place in the block, its row and column."""

    text: str
    row: int
    column: int
    by_row: Side
    by_column: Side


class Reading(Record):
    """A block as a table. `figures` row by row; `labels`: how many texts were taken for labels; `named`: whether any
    of them may be a name, so that placing the figures without regard to names would be a guess."""

    figures: tuple[Figure, ...]
    labels: int
    named: bool

    @property
    def rows(self) -> list[tuple[Figure, ...]]:
        found: dict[int, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.row, []).append(figure)
        return [tuple(row) for row in found.values()]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def is_label(names: TableNames, text: str) -> bool:
    """Whether a text is a name of this table, a numbering, a year, or words that are no attempt at a figure."""
    key = normalise(text)
    if not key or len(text) > LONGEST_NAME or _is_figure(text):
        return False
    if names.is_frame(text) or names.is_passed_over(text) or names.is_sum(text) or names.look_up(text).is_known:
        return True
    letters = re.sub(r"[\W\d_]", "", key)
    return bool(_YEAR.fullmatch(key)) or (not _COUNTED.fullmatch(key) and (len(letters) > 1 or not letters.isascii()))


def _is_figure(text: str) -> bool:
    try:
        return tapes.read(text, whole=False).value is not None
    except NumeralError:
        return False


def read_table(names: TableNames, block: Block) -> Reading:
    """The figures of a block with what their labels name."""
    return _Table(names, block).read()


class _Body(Record):
    """A row with figures, and what holds for it: the rows of heads above it, from the top down, and the group that a
    heading between the rows names."""

    row: int
    heads: tuple[int, ...]
    heading: str


class _Table:
    """A block being read. Rows and columns are counted from 0."""

    def __init__(self, names: TableNames, block: Block) -> None:
        self.names, self.block = names, block
        self._labels = [[isinstance(cell, str) and is_label(names, cell) for cell in row] for row in block]
        self._figures = [self._figures_in(r) for r in range(len(block))]
        self._stub = self._stub_columns()
        self._runs = _runs(self._stub)
        self._take_sentences_for_figures()

    def read(self) -> Reading:
        bodies = list(self._bodies())
        places = {body: self._places(body, bodies) for body in bodies}
        above = {(body.heads, c): self._above(body.heads, c) for body in bodies for c in places[body]}
        passed = self._numbering(bodies) | {c for (_, c), labels in above.items()
                                            if labels and self.names.is_passed_over(labels[-1])}
        cells = [(body, c) for body in bodies for c in places[body] if c not in passed]
        labelled = [Labels(tuple(self._beside(body, c)), tuple(above[body.heads, c]), body.heading)
                    for body, c in cells]
        matcher = LineMatcher(self.names, labelled)
        sides = matcher.match(labelled, cells=[(body.row, c) for body, c in cells])
        figures = tuple(Figure(self._text(body.row, c), body.row, c, by_row, by_column)
                        for (body, c), (by_row, by_column) in zip(cells, sides, strict=True))
        return Reading(figures, sum(map(sum, self._labels)), matcher.has_names)

    # -- rows

    def _figures_in(self, r: int) -> list[int]:
        return [c for c, cell in enumerate(self.block[r])
                if isinstance(cell, str) and cell.strip() and not self._labels[r][c]]

    def _take_sentences_for_figures(self) -> None:
        """Words in the place of a figure (“共收到申请3件”) are one that cannot be read, and no head of a column."""
        used = {c for figures in self._figures for c in figures}
        for r in range(len(self.block)):
            labels = [c for c, label in enumerate(self._labels[r]) if label]
            if any(c in self._stub and self.names.look_up(self._text(r, c)).rows for c in labels):
                for c in set(labels) & used - self._stub:
                    self._labels[r][c] = self.names.look_up(self._text(r, c)).is_known
                self._figures[r] = self._figures_in(r)

    def _stub_columns(self) -> frozenset[int]:
        """The columns in which rows with figures have their labels: left of a figure, else right of all."""
        found: set[int] = set()
        for r, figures in enumerate(self._figures):
            labels = [c for c, label in enumerate(self._labels[r]) if label]
            if figures:
                found.update([c for c in labels if c < max(figures)] or labels)
        return frozenset(found)

    def _bodies(self) -> Iterator[_Body]:
        heads: tuple[int, ...] = ()
        stacking, heading = True, ""
        last = max((r for r, figures in enumerate(self._figures) if figures), default=-1)
        for r in range(len(self.block)):
            labels = [c for c, label in enumerate(self._labels[r]) if label]
            blank = not labels and not self._stub and r < last and not (heads and stacking)
            if self._figures[r] or blank or self._is_blank_body(r, labels):
                yield _Body(r, heads, heading)
                stacking = False
            elif labels and all(c in self._stub for c in labels):
                heading = self._group_named(r, labels) or heading
            elif labels:
                heads = (*heads, r) if stacking else (r,)
                stacking, heading = True, ""

    def _is_blank_body(self, r: int, labels: Sequence[int]) -> bool:
        """Whether a row of labels is a line of the table all of whose figures are blank."""
        if not labels or any(c not in self._stub for c in labels) or len(self.block[r]) <= max(labels) + 1:
            return False
        found = self.names.look_up(self._text(r, labels[-1]))
        return bool(found.rows or found.columns) and Covered(r, labels[-1]) not in self.block[r]

    def _group_named(self, r: int, labels: Sequence[int]) -> str:
        """The group that a heading between rows names; “-” for a heading that is no group of this table."""
        text = self._text(r, labels[-1])
        return next(iter(self.names.look_up(text).row_groups), "" if self.names.is_frame(text) else "-")

    def _places(self, body: _Body, bodies: Sequence[_Body]) -> list[int]:
        """The columns of a row that hold a figure, or are left blank for one."""
        used = {c for other in bodies if other.heads == body.heads for c in self._figures[other.row]}
        row, figures = self.block[body.row], self._figures[body.row]
        return [c for c in range(len(row)) if isinstance(row[c], str) and not self._labels[body.row][c]
                and (c in figures or c not in self._stub)
                and (c in used or not self._stub or bool(self._above(body.heads, c)))]

    def _numbering(self, bodies: Sequence[_Body]) -> set[int]:
        """Columns left of the labels that only count the rows: 1, 2, 3 or 一, 二, 三."""
        found = set()
        for c in range(min(self._stub, default=0)):
            texts = [text for body in bodies if (text := self._text(body.row, c).strip().rstrip(".．、"))]
            if len(texts) > 1 and (texts == [str(i) for i in range(1, len(texts) + 1)]
                                   or all(_HAN_NUMBER.fullmatch(text) for text in texts)):
                found.add(c)
        return found

    # -- labels

    def _text(self, r: int, c: int) -> str:
        cell = self.block[r][c] if c < len(self.block[r]) else ""
        return cell if isinstance(cell, str) else ""

    def _label_at(self, r: int, c: int) -> str:
        """The label that stands or reaches over a place; “” where there is none."""
        cell = self.block[r][c] if c < len(self.block[r]) else ""
        if isinstance(cell, Covered):
            r, c = cell
            cell = self.block[r][c]
        return cell if isinstance(cell, str) and c < len(self._labels[r]) and self._labels[r][c] else ""

    def _beside(self, body: _Body, c: int) -> list[str]:
        """The labels of a figure's row: those of the nearest run of label columns at its left, else at its right."""
        left = [run for run in self._runs if run[-1] < c]
        run = left[-1] if left else next((run for run in self._runs if run[0] > c), ())
        own = [self._label_at(body.row, k) for k in run]
        last = max((i for i, label in enumerate(own) if label), default=-1)
        return self._apart(label or (self._group_above(body.row, k) if i < last else "")
                           for i, (k, label) in enumerate(zip(run, own, strict=True)))

    def _group_above(self, r: int, c: int) -> str:
        """In text from a spreadsheet the name of a group stands in the first of its rows only."""
        while r > 0 and not self._text(r, c).strip():
            r -= 1
        label = self._label_at(r, c)
        return label if self.names.look_up(label).row_groups else ""

    def _above(self, heads: Sequence[int], c: int) -> list[str]:
        """The labels over a column, from the top down."""
        own = [self._label_at(r, c) for r in heads]
        last = max((i for i, label in enumerate(own) if label), default=-1)
        return self._apart(label or (self._group_left(r, c) if i < last else "")
                           for i, (r, label) in enumerate(zip(heads, own, strict=True)))

    def _group_left(self, r: int, c: int) -> str:
        """In text from a spreadsheet the name of a group stands over the first of its columns only."""
        while c > 0 and not self._text(r, c).strip():
            c -= 1
        label = self._label_at(r, c)
        found = self.names.look_up(label)
        return label if found.column_groups or found.is_of_rows else ""

    def _apart(self, labels: Iterable[str]) -> list[str]:
        """Labels that are not empty, each once where it stands several times in a row, joined names taken apart."""
        found: list[str] = []
        for label in labels:
            if label and (not found or found[-1] != label):
                found.append(label)
        return [part for label in found for part in self.names.take_apart(label)]


def _runs(columns: Iterable[int]) -> list[tuple[int, ...]]:
    """Columns that stand side by side, together: 0, 1, 4 → (0, 1), (4,)."""
    found: list[tuple[int, ...]] = []
    for c in sorted(columns):
        if found and found[-1][-1] == c - 1:
            found[-1] = (*found[-1], c)
        else:
            found.append((c,))
    return found
