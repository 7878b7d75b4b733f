"""A report in Word, one figure of which has a revision that nobody accepted and one cell of which is blank."""

from __future__ import annotations

from typing import NamedTuple

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Report
from tests.importing.file_making import docx, run, word_cell
from tests.importing.made_reports import all_figures, laid_out, made_report

FORM = "ogi-annual-report-2021"
DOUBTED = Address("proactive", "rules", "issued")        # reads 15


class DoubtfulFile(NamedTuple):
    """The file and the report that it was made of."""

    form: Form
    report: Report
    data: bytes

    @property
    def blank(self) -> Address:
        return self.form.grids["disputes"].inputs[0]


def doubtful_word_file(seed: int = 51) -> DoubtfulFile:
    """The file; the cell in doubt reads 15."""
    form = form_reader.load_form(FORM)
    report = made_report(form, seed)
    known = all_figures(report)
    blank = form.grids["disputes"].inputs[0]
    shown = {DOUBTED: "@", blank: ""}
    data = docx(laid_out(form, report, shown=lambda a: shown.get(a, format_value(known.get(a)))),
                lambda place: f"<w:p><w:ins w:id='1'>{run('15')}</w:ins></w:p>" if place.text == "@"
                else word_cell(place))
    return DoubtfulFile(form, report, data)
