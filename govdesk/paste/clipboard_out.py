"""Writes rows for spreadsheets, word processors and web pages: tab-separated, and as an HTML table.

A text that a spreadsheet would take for a formula gets an apostrophe before it; figures never need one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from govdesk.base.cell_role import CellRole
from govdesk.form import grid_plan
from govdesk.form.form import Address, Grid
from govdesk.form.grid_plan import PlanCell

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
# one line between two cells: a border alone is drawn round each, by Word and WPS as double lines
_OPENING = '<table border="1" cellspacing="0" cellpadding="3" style="border-collapse:collapse">'
_FORMULA_SIGNS = "=+-@＝＋－＠\t\r"


def escape_formula(text: str) -> str:
    """A text that stays a text: “=cmd…” → “'=cmd…”. A negative number is one, and “—” alone is 不适用."""
    return f"'{text}" if text.startswith(tuple(_FORMULA_SIGNS)) and not _NUMBER.fullmatch(text) else text


def to_tabbed_text(rows: Iterable[Sequence[str]]) -> str:
    """Tab-separated lines; a text with a tab, a line break or a quote is quoted as spreadsheets do."""
    return "\n".join("\t".join(_quoted(escape_formula(text)) for text in row) for row in rows)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[\t\n\r"]', text) else text


def to_html_table(rows: Iterable[Sequence[str]]) -> str:
    """A plain table."""
    return _table("".join(f"<tr>{''.join(_cell(text) for text in row)}</tr>" for row in rows))


def _table(lines: str) -> str:
    return f'<html><head><meta charset="utf-8"></head><body>{_OPENING}{lines}</table></body></html>'


def _cell(text: str, spans: str = "", tag: str = "td") -> str:
    """Texts are marked as such for Excel, which else makes dates of them."""
    style = "" if _NUMBER.fullmatch(text) or not text else " style=\"mso-number-format:'\\@'\""
    return f"<{tag}{spans}{style}>{escape(escape_formula(text)).replace(chr(10), '<br>')}</{tag}>"


def copy_whole_grid(grid: Grid, figures: Mapping[Address, str]) -> tuple[list[list[str]], str]:
    """A table of the form with its labels: as rows (covered places empty) and as HTML with the form's spans."""
    laid = grid_plan.make_grid_plan(grid)
    rows = [[""] * laid.columns for _ in range(laid.rows)]
    lines: list[list[str]] = [[] for _ in range(laid.rows)]
    for cell in sorted(laid.cells, key=lambda c: (c.row, c.column)):
        text = figures[cell.address] if cell.address else cell.text
        rows[cell.row][cell.column] = text
        lines[cell.row].append(_cell(text, _spans(cell), "td" if cell.role is CellRole.FIGURE else "th"))
    return rows, _table("".join(f"<tr>{''.join(line)}</tr>" for line in lines))


def _spans(cell: PlanCell) -> str:
    columns = f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    return columns + (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "")
