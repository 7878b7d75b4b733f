"""Words a guess as the form file says it."""

from __future__ import annotations

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.report.report import Report
from govdesk.suggestions.candidates import Guess, typed_figures


def describe_guess(form: Form, report: Report, guess: Guess) -> str:
    """“自然人 · （一）予以公开可能漏填 3”, with last year's figure where there is one."""
    slip = next(s for s in form.slips if s.id == guess.kind)
    message = slip.exchanged if guess.other and guess.other_right else slip.message
    typed = typed_figures(form, report)[guess.cell]
    said = message.format(cell=describe_cell(form, guess.cell), typed=format_value(typed),
                          right=format_value(guess.right),
                          other=describe_cell(form, guess.other) if guess.other else "")
    last = report.previous(guess.cell)
    return said if last is None else f"{said}（上年数字 {format_value(last)}）"


def describe_cell(form: Form, cell: Address) -> str:
    grid = form.grids[cell.grid]
    return f"“{grid.columns[cell.column].name} · {grid.rows[cell.row].name}”"
