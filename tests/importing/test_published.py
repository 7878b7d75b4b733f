"""A draft against the published report: what differs, what could not be examined, and “全部” only where all was."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.base.numerals import format_value
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.importing.importer import import_bytes
from govdesk.importing.published import PublishedCheck, compare_published, describe_check
from govdesk.report.report import Layer, Report, edit_of
from govdesk.report.totals import compute_figures
from tests.importing.doubtful_files import DOUBTED, doubtful_word_file
from tests.importing.file_making import docx, html_text
from tests.importing.made_reports import laid_out, made_report

FORM = "ogi-annual-report-2021"
CELL = Address("requests", "new_requests", "natural_person")


@pytest.fixture(scope="module")
def form() -> Form:
    return form_reader.load_form(FORM)


@pytest.fixture(scope="module")
def report(form: Form) -> Report:
    return made_report(form, 8)


def compared(form: Form, report: Report, data: bytes) -> PublishedCheck:
    texts = {str(key): str(text) for key, text in report.entries(Layer.TEXTS).items()}
    facts = {key: report.cover(key) for key in ("organ.name", "year", "issued_on")}
    return compare_published(form, compute_figures(form, report), texts, facts, import_bytes(data, "网页.html"))


def changed(report: Report, *wanted: tuple[Layer, Address | str, Decimal | str | None]) -> Report:
    return edit_of(report, "", list(wanted)).applied_to(report)


def test_the_same_report_is_the_same(form: Form, report: Report) -> None:
    check = compared(form, report, html_text(laid_out(form, report)).encode())
    assert check.is_all_the_same
    count = sum(len(grid.addresses) for grid in form.grids.values())
    assert describe_check(check) == f"全部 {count} 个数字相同。{check.same_texts} 段文字全部相同。"


def test_what_differs_is_named(form: Form, report: Report) -> None:
    ours = changed(report, (Layer.VALUES, CELL, Decimal(77777)), (Layer.TEXTS, "problems", "另一句。"),
                   (Layer.COVER, "issued_on", "2024-01-02"))
    check = compared(form, ours, html_text(laid_out(form, report)).encode())
    told = {(one.address, one.here, one.there) for one in check.figures}
    assert (CELL, Decimal(77777), report.value(CELL)) in told
    assert all(one.row == CELL.row for one, *_ in told), "the totals of that row alone"
    assert [(one.text_id, one.here) for one in check.texts] == [("problems", "另一句。")]
    assert [one.key for one in check.facts] == ["issued_on"]
    assert "全部" not in describe_check(check) and not check.is_all_the_same


def test_a_table_that_is_not_published_is_not_called_the_same(form: Form, report: Report) -> None:
    parts = [part for part in laid_out(form, report) if isinstance(part, str) or part.grid != "disputes"]
    check = compared(form, report, docx(parts))
    assert {one.address.grid for one in check.unread} == {"disputes"} and not check.figures
    assert "没有核成" in describe_check(check) and "全部" not in describe_check(check).split("。")[0]


def test_a_figure_in_doubt_is_not_called_the_same(form: Form) -> None:
    file = doubtful_word_file()
    ours = changed(file.report, (Layer.VALUES, DOUBTED, Decimal(15)), (Layer.VALUES, file.blank, None))
    check = compared(form, ours, file.data)
    assert DOUBTED in {one.address for one in check.unread}
    assert check.blank >= 1 and not check.is_all_the_same
    other = compared(form, changed(ours, (Layer.VALUES, DOUBTED, Decimal(16))), file.data)
    (one,) = [one for one in other.figures if one.address == DOUBTED]
    assert "修订" in one.doubt


def test_blank_and_zero_are_not_the_same(form: Form, report: Report) -> None:
    blank = html_text(laid_out(form, report, shown=lambda a: "" if a == CELL else
                          format_value(compute_figures(form, report)[a]))).encode()
    check = compared(form, report, blank)
    (one,) = [one for one in check.figures if one.address == CELL]
    assert one.there is None and one.here == report.value(CELL)


def test_nothing_that_could_be_read_is_not_all_right(form: Form, report: Report) -> None:
    texts_alone = docx([part for part in laid_out(form, report) if isinstance(part, str)])
    check = compared(form, report, texts_alone)
    assert not check.same and "相同" not in describe_check(check).split("。")[0]
