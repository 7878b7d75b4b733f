"""Form and snapshot → document: the only place that knows the order of the printed report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from govdesk.base import dates
from govdesk.base.cell_role import CellRole
from govdesk.base.numerals import format_value
from govdesk.document.document import (
    Document,
    DocumentBlock,
    GridBlock,
    GridCell,
    Heading,
    Paragraph,
    SignatureBlock,
    Title,
)
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.form.form import Address, Form, Grid, Section
from govdesk.form.grid_plan import PlanCell, make_grid_plan
from govdesk.report.report import Report
from govdesk.report.totals import Figures
from govdesk.session.session import Snapshot
from govdesk.texts.tokens import text_with_figures

# A clerk's own heads of level 2: “（一）存在的问题”, and “（一）加强领导。” with text after it. A sentence with figures
# is no head but the first of a list.
_STANDING_HEAD = r"（[一二三四五六七八九十]{1,3}）[^。；：，！？\d]{2,23}"
_RUNNING_HEAD = r"（[一二三四五六七八九十]{1,3}）[^。；：！？\d]{1,30}。(?=\s*\S)"
MAX_REMEMBERED_GRIDS = 16


def compose(snap: Snapshot, style: Style = PLAIN_STYLE) -> Document:
    """The printed report: title, preamble, sections with head, texts and table, signature."""
    report, form = snap.report, snap.form
    title = title_of(form, report)
    blocks: list[DocumentBlock] = [Title(title)]
    blocks += [block for section in form.sections for block in _section(section, snap, style)]
    blocks.append(SignatureBlock(signer_of(report), dates.format_date(report.cover("issued_on"))))
    return Document(title, report.cover("organ.name"), report.year or 0, report.cover("issued_on"), tuple(blocks))


def title_of(form: Form, report: Report) -> str:
    """“{机关名称}{年}年政府信息公开工作年度报告”, with a visible gap where a name or year is not given yet."""
    organ = report.cover("organ.name").strip() or "（机关名称）"
    return form.title.format(organ=organ, year=report.cover("year") or "××××")


def signer_of(report: Report) -> str:
    """Who signs: the full name. A short name in the signature is a slip that reviewers send back."""
    return report.cover("organ.name").strip()


def _section(section: Section, snap: Snapshot, style: Style) -> Iterator[DocumentBlock]:
    if section.heading:
        yield Heading(1, section.heading, section.id)
    headed = _headed(section, snap.report)
    for text in section.texts:
        body = list(split_paragraphs(text_with_figures(snap.form, snap.figures, snap.report.text(text.id)), text.id))
        if text.id in headed:
            text_follows = bool(body) and isinstance(body[0], Paragraph)
            yield _head(text.heading, text.id, run_in=style.run_in_heads and text_follows)
        yield from body
    if section.grid:
        yield grid_block(section.grid, snap.figures, landscape=section.grid.id in style.landscape)


def _headed(section: Section, report: Report) -> frozenset[str]:
    """The texts whose head is printed: those that the form demands or that are filled; none where of several parts only
    one has words, which then were not divided."""
    heads = [text.id for text in section.texts if text.heading and (text.required or report.text(text.id).strip())]
    undivided = len(heads) == 1 < sum(bool(text.heading) for text in section.texts)
    return frozenset(() if undivided else heads)


def _head(text: str, anchor: str, *, run_in: bool) -> Heading:
    """A head on a line of its own has no full stop; one with text running on ends with it."""
    return Heading(2, text if not run_in or text[-1] in "。！？" else f"{text}。", anchor, run_in)


def split_paragraphs(text: str, anchor: str = "") -> Iterator[Heading | Paragraph]:
    """The lines of a text that are not blank, without the blanks a clerk indents them with; “（一）…” is a head."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, 1):
        begun = line.startswith("（")                         # few reports have such a line
        running = re.match(_RUNNING_HEAD, line) if begun else None
        if running:
            yield Heading(2, running[0], f"{anchor}.{number}", run_in=True)
            yield Paragraph(line[running.end():].strip())
        elif begun and number < len(lines) and re.fullmatch(_STANDING_HEAD, line):
            yield Heading(2, line, f"{anchor}.{number}")
        else:
            yield Paragraph(line)


def grid_block(grid: Grid, figures: Figures, *, landscape: bool = False) -> GridBlock:
    """A table with its figures."""
    laid = _laid(grid)
    return GridBlock(grid.title, grid.widths, laid.head_rows, tuple([
        tuple([cell if isinstance(cell, GridCell) else
               GridCell(print_figure(grid, figures, cell.address), CellRole.FIGURE, cell.row_span, cell.column_span)
               for cell in row])
        for row in laid.rows
    ]), landscape)


def print_figure(grid: Grid, figures: Figures, address: Address) -> str:
    """A figure as it is printed: with its unit where the head names none (251000元)."""
    value = figures[address]
    column = grid.columns[address.column]
    return format_value(value) + (column.unit if column.unit_printed and isinstance(value, Decimal) else "")


class _Figure(NamedTuple):
    """A place for a figure."""

    address: Address
    row_span: int
    column_span: int


class _Laid(NamedTuple):
    """A table with its labels as they are printed. Kept from one print-out to the next, for a grid is never changed."""

    grid: Grid
    head_rows: int
    rows: list[list[GridCell | _Figure]]


_known: dict[int, _Laid] = {}        # by the identity of the grid


def _laid(grid: Grid) -> _Laid:
    known = _known.get(id(grid))
    if known is None or known.grid is not grid:
        if len(_known) >= MAX_REMEMBERED_GRIDS:
            _known.clear()
        known = _known[id(grid)] = _lay(grid)
    return known


def _lay(grid: Grid) -> _Laid:
    laid = make_grid_plan(grid)
    rows: list[list[GridCell | _Figure]] = [[] for _ in range(laid.rows)]
    for cell in laid.cells:
        rows[cell.row].append(_Figure(cell.address, cell.row_span, cell.column_span) if cell.address else _label(cell))
    return _Laid(grid, laid.head_rows, rows)


def _label(cell: PlanCell) -> GridCell:
    # “社会／公益／组织”, never “社会公／益组织”
    torn = cell.role is CellRole.HEAD and cell.column_span == 1 and bool(cell.breaks)
    return GridCell(cell.text, cell.role, cell.row_span, cell.column_span, cell.breaks, must_break=torn)
