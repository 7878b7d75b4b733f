"""Defines a version of the statutory form: sections, texts, grids, lines, checks. Its records are frozen; `formfile`
reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from govdesk.base.errors import FormError
from govdesk.base.numerals import Accepted
from govdesk.form.years import EVERY_YEAR, Follows, Years

_NUMBERED = r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.)"


@cache
def _unnumbered(label: str) -> str:
    return re.sub(_NUMBERED, "", label)


class Address(NamedTuple):
    """A cell: `grid/row/column`, all three ids of the form file (docs/form-file.md)."""

    grid: str
    row: str
    column: str

    def __str__(self) -> str:
        return f"{self.grid}/{self.row}/{self.column}"

    @classmethod
    @lru_cache(maxsize=1024)
    def parse(cls, text: str) -> Address:
        """Raises ValueError where the text is not three ids joined by slashes."""
        grid, row, column = text.split("/")
        if not (grid and row and column):
            raise ValueError(text)
        return cls(grid, row, column)


class Group(NamedTuple):
    """A label over several lines; `id` is dotted, so its parent is what stands before the last dot."""

    id: str
    label: str
    breaks: tuple[int, ...] = ()
    token: str = ""

    @property
    def parent(self) -> str:
        return self.id.rpartition(".")[0]

    @property
    def said(self) -> str:
        """What a sentence calls it: the label without its number."""
        return self.token or _unnumbered(self.label)


class GridLine(NamedTuple):
    """A row or a column. `total_of` names the group whose input lines it adds up (“” for an input line).

    `mark` is how a sum calls it (“三（七）”), `short` how a chip or message does (“自然人”), `token` how a text does.
    """

    id: str
    label: str
    group: str = ""
    breaks: tuple[int, ...] = ()
    total_of: str = ""
    mark: str = ""
    short: str = ""
    amount: bool = False             # an exact decimal (万元), not a whole count
    token: str = ""
    seldom: bool = False             # most organs have nothing to report here: no likely place for a forgotten figure
    unit: str = ""                   # of a column; else 万元 for an amount and the table's own for a count
    unit_printed: bool = False       # the unit stands behind each figure, for the head names none (251000元)
    signed: bool = False             # a figure below 0 is lawful (本年增/减)

    @property
    def is_total(self) -> bool:
        return bool(self.total_of)

    @property
    def name(self) -> str:
        return self.short or self.label

    @property
    def said(self) -> str:
        """What a sentence calls it: the name without its number."""
        return self.token or _unnumbered(self.name)


class RowBlock(NamedTuple):
    """Rows that share their columns; `band` is a line across the table, `stub` the head over the row labels."""

    rows: tuple[GridLine, ...]
    columns: tuple[GridLine, ...]
    row_groups: Mapping[str, Group]
    column_groups: Mapping[str, Group]
    band: str = ""
    stub: str = ""


class GridFields(NamedTuple):
    """What the form file says of a table. `layout`: "blocks" (bands with heads of their own), "matrix" (stub and
    heads) or "strip" (all rows of the form side by side in one printed row). `widths` are millimetres of 156, one a
    printed column."""

    id: str
    name: str
    title: str
    unit: str
    layout: str
    widths: tuple[float, ...]
    blocks: tuple[RowBlock, ...]


class Grid(GridFields):
    """A table, with what follows from its fields; each is worked out once."""

    @cached_property
    def rows(self) -> dict[str, GridLine]:
        return {row.id: row for block in self.blocks for row in block.rows}

    @cached_property
    def columns(self) -> dict[str, GridLine]:
        return {column.id: column for block in self.blocks for column in block.columns}

    @cached_property
    def addresses(self) -> tuple[Address, ...]:
        """Every cell, totals included, in reading order."""
        return tuple(Address(self.id, row.id, column.id)
                     for block in self.blocks for row in block.rows for column in block.columns)

    @cached_property
    def inputs(self) -> tuple[Address, ...]:
        return tuple(a for a in self.addresses if not self.is_total(a))

    @cached_property
    def parts(self) -> dict[Address, tuple[Address, ...]]:
        """The input cells below every total cell."""
        return {Address(self.id, row.id, column.id): _leaves(self.id, block, row, column)
                for block in self.blocks for row in block.rows for column in block.columns
                if row.is_total or column.is_total}

    @cached_property
    def totals_over(self) -> dict[Address, tuple[Address, ...]]:
        """The total cells above every input cell."""
        over: dict[Address, list[Address]] = {address: [] for address in self.inputs}
        for total, parts in self.parts.items():
            for part in parts:
                over[part].append(total)
        return {address: tuple(totals) for address, totals in over.items()}

    def is_total(self, address: Address) -> bool:
        return address in self.parts

    def is_amount(self, address: Address) -> bool:
        return self.columns[address.column].amount

    def accepts(self, address: Address) -> Accepted:
        """What may be typed into a cell, as `numerals.parse_value` is told it."""
        column = self.columns[address.column]
        return {"whole": not column.amount, "signed": column.signed, "unit": self.unit_of(address)}

    def unit_of(self, address: Address) -> str:
        column = self.columns[address.column]
        return column.unit or ("万元" if column.amount else self.unit)

    def block_of(self, row_id: str) -> RowBlock:
        return next(block for block in self.blocks if row_id in {row.id for row in block.rows})

    def cell_name(self, address: Address) -> str:
        """The cell in the words of the form: “6.属于四类过程性信息 · 自然人”."""
        return f"{self.rows[address.row].label} · {self.columns[address.column].name}"


class ReadySentence(NamedTuple):
    """A ready-made sentence: `words` with {facts of the cover} and live figures. It fits where the cells called `zero`
    (`Form.said`) are 0 and those called `positive` are not; a text that `unless` finds something in has it already."""

    words: str
    zero: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    unless: str = ""


class Text(NamedTuple):
    """A free text. `heading` is printed above it where it has one. `fresh`: written anew each year, so last year's is
    no beginning."""

    id: str
    name: str
    heading: str = ""
    required: bool = False
    hint: str = ""
    sentences: tuple[ReadySentence, ...] = ()
    fresh: bool = False


class Section(NamedTuple):
    """One part of the report in order: its head (none: the preamble), its texts, then its grid."""

    id: str
    heading: str
    short: str
    texts: tuple[Text, ...]
    grid: Grid | None = None
    limit: int = 0                   # advised length of all its texts in characters; 0: none


class Choice(NamedTuple):
    """One of the values a fact of the cover may take. `deadline` is MM-DD of the year after the report year."""

    id: str
    label: str
    deadline: str = ""


class Check(NamedTuple):
    """A rule: `kind` names the function that judges it (govdesk.checks), `params` are that function's words.
    `reasons` are answers that offices give where the figures are right."""

    id: str
    kind: str
    severity: str                    # "error", "warning", "hint"
    title: str
    source: str
    params: Mapping[str, object]
    reasons: tuple[str, ...] = ()

    def words(self, name: str) -> tuple[str, ...]:
        """A parameter that is a list of strings; absent is empty."""
        value = self.params.get(name, ())
        return tuple(str(v) for v in value) if isinstance(value, (list, tuple)) else (str(value),)

    def word(self, name: str) -> str:
        return str(self.params.get(name, ""))

    def number(self, name: str) -> int:
        """A parameter that is a whole number; absent is 0."""
        value = self.params.get(name, 0)
        return value if isinstance(value, int) else 0

    def tables(self, name: str) -> tuple[Mapping[str, Any], ...]:
        """A parameter that is a list of tables; absent is empty."""
        value = self.params.get(name, ())
        return tuple(v for v in value if isinstance(v, Mapping)) if isinstance(value, (list, tuple)) else ()


class SlipWords(NamedTuple):
    """How a slip of the pen is named: `id` is a kind of `govdesk.suggestions`, `exchanged`: said of two figures."""

    id: str
    title: str
    message: str
    exchanged: str = ""


class BareReason(NamedTuple):
    """Reasons that say nothing (`says_nothing`: a pattern of the whole), what is asked then, what they may rest on."""

    says_nothing: str
    ask: str                         # with {reason}
    grounds: tuple[str, ...]


class FormFields(NamedTuple):
    """What the form file says."""

    id: str
    name: str
    source: str
    title: str                       # with {organ} and {year}
    short: str                       # what tells it from other forms in a list: “2019年试行格式”
    levels: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    sections: tuple[Section, ...]
    read_checks: Callable[[Form], tuple[Check, ...]]
    slips: tuple[SlipWords, ...] = ()
    bare_reason: BareReason | None = None
    years: Years = EVERY_YEAR
    follows: Follows | None = None   # the form before it


class Form(FormFields):
    """One version of the statutory form, with what follows from its fields; each is worked out once."""

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The rules, read and held against the form when they are first asked for: printing needs none of them."""
        return self.read_checks(self)

    @cached_property
    def grids(self) -> dict[str, Grid]:
        return {s.grid.id: s.grid for s in self.sections if s.grid}

    @cached_property
    def texts(self) -> dict[str, Text]:
        return {text.id: text for section in self.sections for text in section.texts}

    @cached_property
    def cells(self) -> frozenset[Address]:
        return frozenset(a for grid in self.grids.values() for a in grid.addresses)

    @cached_property
    def cells_by_name(self) -> dict[str, Address]:
        return {str(address): address for grid in self.grids.values() for address in grid.addresses}

    @cached_property
    def input_cells(self) -> frozenset[Address]:
        return frozenset(a for grid in self.grids.values() for a in grid.inputs)

    @cached_property
    def said(self) -> dict[str, tuple[Address, ...]]:
        """The cells that a name in a sentence stands for: “表三·本年新收·总计” is one, a group (“表三·不予公开·总计”)
        the sum of its rows. Cells first, in reading order; a group never takes a cell's name."""
        named = [(f"{grid.name}·{row}·{column}", cells) for grid in self.grids.values() for block in grid.blocks
                 for row, rows in _said(block.rows, block.row_groups)
                 for column, columns in _said(block.columns, block.column_groups)
                 if (cells := tuple(Address(grid.id, r, c) for r in rows for c in columns))]
        named.sort(key=lambda item: len(item[1]) > 1)
        found: dict[str, tuple[Address, ...]] = {}
        for name, cells in named:
            found.setdefault(name, cells)
        return found

    @cached_property
    def sayings(self) -> dict[tuple[Address, ...], str]:
        """The inverse of `said`."""
        return {cells: name for name, cells in reversed(self.said.items())}

    @cached_property
    def kept(self) -> dict[str, Any]:
        """Room for what the rules make of their own words again and again, by these words."""
        return {}

    def section_of(self, item: Address | str) -> Section:
        """The section that holds a cell or a text; KeyError where none does."""
        for section in self.sections:
            if isinstance(item, Address):
                if section.grid and section.grid.id == item.grid:
                    return section
            elif any(text.id == item for text in section.texts):
                return section
        raise KeyError(item)

    def name_of(self, item: Address | str) -> str:
        """A cell or a text in words, with its table: “表三 · 一、本年新收… · 自然人”."""
        if isinstance(item, Address):
            grid = self.grids[item.grid]
            return f"{grid.name} · {grid.cell_name(item)}"
        return self.texts[item].name

    def choice(self, which: str, choice_id: str) -> Choice | None:
        options = {"level": self.levels, "kind": self.kinds}[which]
        return next((option for option in options if option.id == choice_id), None)


def lines_in_group(lines: tuple[GridLine, ...], group: str) -> Iterator[GridLine]:
    """The input lines in a group or in a group below it; “*” is every input line."""
    for line in lines:
        if not line.is_total and (group in ("*", line.group) or line.group.startswith(group + ".")):
            yield line


def _said(lines: tuple[GridLine, ...], groups: Mapping[str, Group]) -> list[tuple[str, tuple[str, ...]]]:
    """The names of lines and groups with the lines they stand for. A group that a total line adds up is that line."""
    added = {line.total_of for line in lines}
    found = [(line.said, (line.id,)) for line in lines]
    return found + [(group.said, tuple(line.id for line in lines_in_group(lines, group.id)))
                    for group in groups.values() if group.id not in added]


def _leaves(grid_id: str, block: RowBlock, row: GridLine, column: GridLine) -> tuple[Address, ...]:
    rows = list(lines_in_group(block.rows, row.total_of)) if row.is_total else [row]
    columns = list(lines_in_group(block.columns, column.total_of)) if column.is_total else [column]
    return tuple(Address(grid_id, r.id, c.id) for r in rows for c in columns)


def require_known_words(message: str, words: Iterable[str], path: str) -> None:
    """A message's {places} are among the words that are filled in."""
    from string import Formatter

    try:
        places = [(place, spec, conversion) for _, place, spec, conversion in Formatter().parse(message)]
    except ValueError as error:
        raise FormError(path, f"has a stray brace: {error}") from error
    for place, spec, conversion in places:
        if place is not None:
            require(place in words and not spec and not conversion, path,
                    f"{{{place}}} is not filled in here, only {', '.join(sorted(words))}")


def require(condition: object, path: str, reason: str) -> None:
    """FormError unless the condition holds."""
    if not condition:
        raise FormError(path, reason)
