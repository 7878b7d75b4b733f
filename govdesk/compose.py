"""Form and snapshot → document: the only place that knows the order of the printed report."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from govdesk.document import (
    Block,
    Document,
    GridBlock,
    GridCell,
    Heading,
    Paragraph,
    SignatureBlock,
    Title,
)
from govdesk.form import Form, Grid, Section
from govdesk.gridplan import PlanCell, plan
from govdesk.numerals import show
from govdesk.report import Report
from govdesk.session import Snapshot
from govdesk.style import PLAIN, Style
from govdesk.totals import Figures

_LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def compose(snap: Snapshot, style: Style = PLAIN) -> Document:
    """The printed report: title, preamble, sections with head, texts and table, signature."""
    report, form = snap.report, snap.form
    title = title_of(form, report)
    blocks: list[Block] = [Title(title)]
    blocks += [block for section in form.sections for block in _section(section, snap)]
    blocks.append(SignatureBlock(signer(report), chinese_date(report.cover("issued_on"))))
    return Document(title, report.cover("organ.name"), report.year or 0, report.cover("issued_on"), tuple(blocks))


def title_of(form: Form, report: Report) -> str:
    """“{机关名称}{年}年政府信息公开工作年度报告”, with a visible gap where a name or year is not given yet."""
    organ = report.cover("organ.name").strip() or "（机关名称）"
    return form.title.format(organ=organ, year=report.cover("year") or "××××")


def signer(report: Report) -> str:
    """Who signs: the full name. A short name in the signature is a slip that reviewers send back (§4.4, 23)."""
    return report.cover("organ.name").strip()


def chinese_date(iso: str) -> str:
    """“2024年1月18日”: Arabic digits without leading zeros (GB/T 9704-2012 7.3.5.4). “” where there is none."""
    try:
        date = datetime.date.fromisoformat(iso)
    except ValueError:
        return ""
    return f"{date.year}年{date.month}月{date.day}日"


def _section(section: Section, snap: Snapshot) -> Iterator[Block]:
    if section.heading:
        yield Heading(1, section.heading, section.id)
    for text in section.texts:
        if text.heading:
            yield Heading(2, text.heading, text.id)
        yield from paragraphs(snap.report.text(text.id))
    if section.grid:
        yield grid_block(section.grid, snap.figures)


def paragraphs(text: str) -> Iterator[Paragraph]:
    """The lines of a text that are not blank, without the blanks a clerk indents them with."""
    for line in _LINE_ENDS.split(text):
        if line.strip():
            yield Paragraph(line.strip())


def grid_block(grid: Grid, figures: Figures) -> GridBlock:
    """A table with its figures."""
    laid = plan(grid)
    rows: list[list[GridCell]] = [[] for _ in range(laid.rows)]
    for cell in laid.cells:
        text = show(figures[cell.address]) if cell.address else cell.text
        rows[cell.row].append(_cell(cell, text))
    return GridBlock(grid.title, grid.widths, laid.head_rows, tuple(tuple(row) for row in rows))


def _cell(cell: PlanCell, text: str) -> GridCell:
    return GridCell(text, cell.role, cell.row_span, cell.column_span, cell.breaks)
