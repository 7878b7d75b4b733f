"""Reads a block of cells as a table: which cells are labels and which figures, and which line of the form each label
names.

A figure belongs to the labels beside it and above it, wherever they stand: names of rows at the left and of columns
above, as the form has them; turned; all above (table 4); or both at the left (a list of one figure a row). A name that
is not known is kept with its figure, so that it can be listed; no figure is moved into the line of another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from govdesk.base.numerals import NumeralError
from govdesk.paste.clipboard_in import CellBlock, CoveredPlace
from govdesk.paste.label_matching import Labels, LineMatch, LineMatcher, is_year
from govdesk.paste.name_book import MAX_NAME_CHARACTERS, TableNames, normalise_label
from govdesk.report import typed_sums

_COUNTED = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿件个份项宗次元约多余共无有没暂]+")
_COLUMN_WORD = re.compile(r"[甲乙丙丁]|栏次|栏号|列次")
_LEAST_COUNTED = 5                   # columns that a row counts from 1 on to be no figures
_HAN_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}")
_BROKEN = re.compile(r"#(?:REF!|DIV/0!|N/A|VALUE!|NAME\?|NUM!|NULL!|#+$)")      # how a spreadsheet shows none


class LabelledFigure(NamedTuple):
    """A cell that holds a figure or is left blank for one: its text, its place in the block, its row and column."""

    text: str
    row: int
    column: int
    by_row: LineMatch
    by_column: LineMatch


class TableReading(NamedTuple):
    """A block as a table. `figures` row by row; `labels`: how many texts were taken for labels; `named`: whether any
    of them may be a name, so that placing the figures without regard to names would be a guess."""

    figures: tuple[LabelledFigure, ...]
    labels: int
    named: bool

    @property
    def rows(self) -> list[tuple[LabelledFigure, ...]]:
        found: dict[int, list[LabelledFigure]] = {}
        for figure in self.figures:
            found.setdefault(figure.row, []).append(figure)
        return [tuple(row) for row in found.values()]

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)


def is_label(names: TableNames, text: str) -> bool:
    """Whether a text is a name of this table, a numbering, a year, or words that are no attempt at a figure."""
    key = normalise_label(text)
    if not key or len(text) > MAX_NAME_CHARACTERS or _BROKEN.match(text) or _is_figure(text):
        return False
    if names.is_frame(text) or names.is_passed_over(text) or names.is_sum(text) or names.look_up(text).is_known:
        return True
    letters = re.sub(r"[\W\d_]", "", key)
    return is_year(key) or (not _COUNTED.fullmatch(key) and (len(letters) > 1 or not letters.isascii()))


def _is_figure(text: str) -> bool:
    if text.isascii() and text.isdigit():
        return True
    try:
        return typed_sums.parse_entry(text, whole=False, signed=True).value is not None
    except NumeralError:
        return False


def read_table(names: TableNames, block: CellBlock) -> TableReading:
    """The figures of a block with what their labels name."""
    return _Table(names, block).read()


class _Body(NamedTuple):
    """A row with figures, and what holds for it: the rows of heads above it, from the top down, and the group that a
    heading between the rows names, as it is written in `under`."""

    row: int
    heads: tuple[int, ...]
    heading: str
    under: str


_Column = tuple[tuple[int, ...], int]        # the rows of its heads, its place in the block
_Above = Mapping[_Column, list[str]]         # the labels over each


class _Table:
    """A block being read. Rows and columns are counted from 0."""

    def __init__(self, names: TableNames, block: CellBlock) -> None:
        self.names, self.block = names, block
        texts = {cell for row in block for cell in row if isinstance(cell, str)}
        known = {text: is_label(names, text) for text in texts}
        self._labels = [[isinstance(cell, str) and known[cell] for cell in row] for row in block]
        self._pass_over_remarks()
        self._pass_over_column_numbers()
        self._figures = [self._figures_in(r) for r in range(len(block))]
        self._stub = self._stub_columns()
        self._with_figures = {c for figures in self._figures for c in figures}
        self._runs: dict[int, list[tuple[int, ...]]] = {}
        self._take_sentences_for_figures()

    def read(self) -> TableReading:
        bodies = list(self._bodies())
        width = max(map(len, self.block), default=0)
        above = {(heads, c): self._above(heads, c) for heads in {body.heads for body in bodies} for c in range(width)}
        used = self._used(bodies)
        places = {body: self._places(body, used[body.heads], above) for body in bodies}
        passed = self._numbering(bodies, above) | {column for column, labels in above.items()
                                                   if labels and self.names.is_passed_over(labels[-1])}
        cells = [(body, c) for body in bodies for c in places[body] if (body.heads, c) not in passed]
        labelled = list(self._labelled(cells, above))
        matcher = LineMatcher(self.names, labelled)
        meanings = [self.names.look_up(self._text(r, c)) for r, row in enumerate(self._labels)
                    for c, label in enumerate(row) if label]
        rows, columns = any(one.is_of_rows for one in meanings), any(one.is_of_columns for one in meanings)
        sides = matcher.match(labelled, [(body.row, c) for body, c in cells], has_rows=rows, has_columns=columns)
        figures = tuple(LabelledFigure(self._text(body.row, c), body.row, c, by_row, by_column)
                        for (body, c), (by_row, by_column) in zip(cells, sides, strict=True))
        return TableReading(figures, sum(map(sum, self._labels)), rows or columns or matcher.has_names)

    def _used(self, bodies: Sequence[_Body]) -> dict[tuple[int, ...], set[int]]:
        """The columns with figures under each set of heads."""
        found: dict[tuple[int, ...], set[int]] = {}
        for body in bodies:
            found.setdefault(body.heads, set()).update(self._figures[body.row])
        return found

    def _labelled(self, cells: Sequence[tuple[_Body, int]], above: _Above) -> Iterator[Labels]:
        beside: dict[tuple[int, tuple[int, ...]], tuple[str, ...]] = {}
        covered = self._covered()
        for body, c in cells:
            run = self._run(body, c, bool(above[body.heads, c]))
            if (body.row, run) not in beside:
                beside[body.row, run] = tuple(self._beside(body.row, run))
            reach = covered.get((body.row, c), [])
            rows = {labels for r, _ in reach if (labels := tuple(self._beside(r, run)))}
            columns = {labels for _, k in reach if (labels := tuple(above[body.heads, k]))}
            yield Labels(beside[body.row, run], tuple(above[body.heads, c]), body.heading, body.under,
                         run[0] if run else -1, body.heads, (max(1, len(rows)), max(1, len(columns))))

    def _covered(self) -> dict[tuple[int, int], list[tuple[int, int]]]:
        """For each cell that reaches over others, its places."""
        found: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for r, row in enumerate(self.block):
            for c, cell in enumerate(row):
                if isinstance(cell, CoveredPlace):
                    found.setdefault((cell.row, cell.column), [(cell.row, cell.column)]).append((r, c))
        return found

    # -- rows

    def _figures_in(self, r: int) -> list[int]:
        return [c for c, cell in enumerate(self.block[r])
                if isinstance(cell, str) and cell.strip() and not self._labels[r][c] and (r, c) not in self._remarks]

    def _pass_over_remarks(self) -> None:
        """What stands under 备注 is neither a name nor a figure, down to the next name in that column."""
        self._remarks: set[tuple[int, int]] = set()
        passed: set[int] = set()
        for r, row in enumerate(self.block):
            for c in sorted(passed):
                if self.names.look_up(self._text(r, c)).is_known:
                    passed.remove(c)
                elif c < len(row) and isinstance(row[c], str):
                    self._labels[r][c] = False
                    self._remarks.add((r, c))
            heads = [c for c, label in enumerate(self._labels[r]) if label]
            if len(heads) > 1:
                passed |= {c for c in heads if self.names.is_passed_over(self._text(r, c))}

    def _pass_over_column_numbers(self) -> None:
        """A row below the heads that only counts the columns (1, 2, 3 … or 甲, 1, 2 …) holds no figure. Rows follow
        it: the last row is never taken for one."""
        for r, row in enumerate(self.block[:-1]):
            written = [c for c, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
            if _counts_columns([self._text(r, c) for c in written]):
                self._remarks |= {(r, c) for c in written}
                for c in written:
                    self._labels[r][c] = False

    def _take_sentences_for_figures(self) -> None:
        """Words in the place of a figure (“共收到申请3件”) are one that cannot be read, and no head of a column."""
        used = {c for figures in self._figures for c in figures}
        for r in range(len(self.block)):
            labels = [c for c, label in enumerate(self._labels[r]) if label]
            known = [c for c in labels if self.names.look_up(self._text(r, c)).is_known]
            if any(self.names.look_up(self._text(r, c)).rows for c in known) and self._stub.issuperset(known):
                for c in set(labels) & used - self._stub:
                    self._labels[r][c] = False
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
        stacking, heading, under = True, "", ""
        last = max((r for r, figures in enumerate(self._figures) if figures), default=-1)
        for r in range(len(self.block)):
            labels = [c for c, label in enumerate(self._labels[r]) if label]
            blank = not labels and not self._stub and r < last and not (heads and stacking)
            if self._figures[r] or blank or self._is_blank_body(r, labels):
                yield _Body(r, heads, heading, under)
                stacking = False
            elif labels and all(c in self._stub for c in labels):
                heading, under = self._group_named(r, labels) or heading, self._text(r, labels[-1])
            elif labels:
                heads = (*heads, r) if stacking else (r,)
                stacking, heading, under = True, "", ""

    def _is_blank_body(self, r: int, labels: Sequence[int]) -> bool:
        """Whether a row of labels is a line of the table all of whose figures are blank."""
        if not labels or any(c not in self._stub for c in labels) or len(self.block[r]) <= max(labels) + 1:
            return False
        found = self.names.look_up(self._text(r, labels[-1]))
        return bool(found.rows or found.columns) and CoveredPlace(r, labels[-1]) not in self.block[r]

    def _group_named(self, r: int, labels: Sequence[int]) -> str:
        """The group that a heading between rows names; “-” for a heading that is no group of this table."""
        text = self._text(r, labels[-1])
        return next(iter(self.names.look_up(text).row_groups), "" if self.names.is_frame(text) else "-")

    def _places(self, body: _Body, used: set[int], above: _Above) -> list[int]:
        """The columns of a row that hold a figure, or are left blank for one."""
        row, figures = self.block[body.row], set(self._figures[body.row])
        return [c for c in range(len(row)) if isinstance(row[c], str) and not self._labels[body.row][c]
                and (body.row, c) not in self._remarks
                and (c in figures or c not in self._stub)
                and (c in used or not self._stub or bool(above[body.heads, c]))]

    def _numbering(self, bodies: Sequence[_Body], above: _Above) -> set[_Column]:
        """Columns left of the labels that only count the rows: 5, 6, 7 or 一, 二, 三. One row is counted where it has
        figures behind its name as well."""
        found = set()
        for c in range(min(self._stub, default=0)):
            counted = [body for body in bodies if self._text(body.row, c).strip()]
            counted = [body for body in counted if not above[body.heads, c]]
            behind = all(max(self._figures[body.row]) > c for body in counted if self._figures[body.row])
            if counted and behind and _counts([self._text(body.row, c) for body in counted]):
                found |= {(body.heads, c) for body in counted}
        return found

    # -- labels

    def _text(self, r: int, c: int) -> str:
        cell = self.block[r][c] if c < len(self.block[r]) else ""
        return cell if isinstance(cell, str) else ""

    def _label_at(self, r: int, c: int) -> str:
        """The label that stands or reaches over a place; “” where there is none."""
        cell = self.block[r][c] if c < len(self.block[r]) else ""
        if isinstance(cell, CoveredPlace):
            r, c = cell
            cell = self.block[r][c]
        return cell if isinstance(cell, str) and c < len(self._labels[r]) and self._labels[r][c] else ""

    def _run(self, body: _Body, c: int, headed: bool) -> tuple[int, ...]:
        """The columns of a figure's row labels: the nearest run at its left, else at its right; not where that run has
        its figures behind it and nothing says what stands before it."""
        runs = self._runs_in(body.row)
        left = [run for run in runs if run[-1] < c]
        if left:
            return left[-1]
        run = next((run for run in runs if run[0] > c), ())
        return run if not run or headed or not any(k > run[-1] for k in self._figures[body.row]) else ()

    def _runs_in(self, r: int) -> list[tuple[int, ...]]:
        """The columns of labels in a row, together where none with figures lies between."""
        if r not in self._runs:
            labels = [c for c in self._stub if self._label_at(r, c) or c not in self._with_figures]
            self._runs[r] = _runs(labels, self._with_figures)
        return self._runs[r]

    def _beside(self, r: int, run: Sequence[int]) -> list[str]:
        """The labels in a row at a run of columns."""
        own = [self._label_at(r, k) for k in run]
        last = max((i for i, label in enumerate(own) if label), default=-1)
        return self._apart(label or (self._group_above(r, k) if i < last else "")
                           for i, (k, label) in enumerate(zip(run, own, strict=True)))

    def _group_above(self, r: int, c: int) -> str:
        """In text from a spreadsheet the name of a group stands in the first of its rows only."""
        while r > 0 and not self._text(r, c).strip():
            r -= 1
        label = self._label_at(r, c)
        # a name with another behind it in its row is what these rows are a part of; its own span is none behind it
        divided = any(self._label_at(r, k) for run in self._runs_in(r) if c in run for k in run
                      if k > c and not self._is_same_cell(r, k, c))
        return label if divided or self.names.look_up(label).row_groups else ""

    def _is_same_cell(self, r: int, k: int, c: int) -> bool:
        """Whether a place belongs to the same cell as one left of it."""
        cell = self.block[r][k]
        own = self.block[r][c]
        return isinstance(cell, CoveredPlace) and (cell == own or cell == CoveredPlace(r, c))

    def _above(self, heads: Sequence[int], c: int) -> list[str]:
        """The labels over a column, from the top down."""
        own = [self._label_at(r, c) for r in heads]
        last = max((i for i, label in enumerate(own) if label), default=-1)
        return self._apart(label or (self._group_left(heads[i:], c) if i < last else "")
                           for i, (r, label) in enumerate(zip(heads, own, strict=True)))

    def _group_left(self, heads: Sequence[int], c: int) -> str:
        """In text from a spreadsheet the name of a group stands over the first of its columns only; `heads`: its row
        and those below."""
        r = heads[0]
        if any(isinstance(cell, CoveredPlace) for cell in self.block[r]):
            return ""                            # where spans are known, a blank is a blank and no part of a name
        while c > 0 and not self._text(r, c).strip():
            c -= 1
        label = self._label_at(r, c)
        found = self.names.look_up(label)
        divided = any(self._label_at(below, c) for below in heads[1:])
        return label if divided or found.column_groups or found.is_of_rows else ""

    def _apart(self, labels: Iterable[str]) -> list[str]:
        """Labels that are not empty, each once where it stands several times in a row, joined names taken apart."""
        found: list[str] = []
        for label in labels:
            if label and (not found or found[-1] != label):
                found.append(label)
        return [part for label in found for part in self.names.take_apart(label)]


def _counts_columns(texts: Sequence[str]) -> bool:
    """Whether the texts of a row count its columns from 1 on; five of them, or three behind 甲 or 栏次."""
    plain = [normalise_label(text) for text in texts]
    words = [text for text in plain if _COLUMN_WORD.fullmatch(text)]
    numbers = plain[len(words):]
    if plain[:len(words)] != words or len(numbers) < (3 if words else _LEAST_COUNTED):
        return False
    return numbers == [str(i) for i in range(1, len(numbers) + 1)]


def _counts(texts: Sequence[str]) -> bool:
    """Whether texts count on by one, in digits of any kind, or are numbers in characters."""
    plain = [normalise_label(text) for text in texts]
    if all(_HAN_NUMBER.fullmatch(text) for text in plain):
        return True
    if not all(text.isascii() and text.isdigit() and len(text) < 4 for text in plain):
        return False
    return all(int(b) == int(a) + 1 for a, b in pairwise(plain))


def _runs(labels: Iterable[int], figures: set[int]) -> list[tuple[int, ...]]:
    """Columns of labels that no column of figures parts, together."""
    found: list[tuple[int, ...]] = []
    for c in sorted(labels):
        if found and not any(k in figures for k in range(found[-1][-1] + 1, c)):
            found[-1] = (*found[-1], c)
        else:
            found.append((c,))
    return found
