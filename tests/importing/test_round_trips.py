"""Reports made at random and written in every format come back whole: figures in their cells, texts in their parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdesk.base.paths import resources_folder
from govdesk.form.form import Form
from govdesk.formfile import form_reader
from tests.importing import file_making, page_making
from tests.importing.made_reports import Part, laid_out, made_report
from tests.importing.reading import check_whole

FORM_2019 = form_reader.load_form("ogi-annual-report-2019")
FORM = form_reader.load_form("ogi-annual-report-2021")
FONT = str(resources_folder() / "fonts" / "GwSong.ttf")
Write = Callable[[list[Part]], bytes]
QUICK: dict[str, Write] = {
    "docx": file_making.docx,
    "docx without a grid": lambda parts: file_making.docx(parts, grid=False),
    "rtf": file_making.rtf,
    "html": lambda parts: file_making.html_text(parts).encode(),
    "html in GBK": lambda parts: file_making.html_text(parts, "gb2312").encode("gb18030"),
    "mht": file_making.mht,
    "xlsx": file_making.xlsx,
    "xls": file_making.xls,
    "xls that is XML": file_making.sheet_xml,
    "xls that is a page": lambda parts: file_making.html_text(parts).replace("<!DOCTYPE html>", "").encode("gb18030"),
    "csv": lambda parts: file_making.csv_text(parts).encode("utf-8-sig"),
    "csv in GBK": lambda parts: file_making.csv_text(parts).encode("gb18030"),
    "ofd": page_making.ofd,
}
PAGES: dict[str, Write] = {
    "pdf": lambda parts: page_making.pdf(parts, FONT),
    "pdf, bold by printing twice": lambda parts: page_making.pdf(parts, FONT, bold=True),
    "pdf, turned a quarter": lambda parts: page_making.pdf(parts, FONT, turn=1),
    "pdf, upside down": lambda parts: page_making.pdf(parts, FONT, turn=2),
    "pdf, turned three quarters": lambda parts: page_making.pdf(parts, FONT, turn=3),
    "pdf of small pages": lambda parts: page_making.pdf(parts, FONT, room=130),
}


@pytest.mark.parametrize("write", QUICK.values(), ids=QUICK)
@pytest.mark.parametrize("below", [True, False], ids=["heads run in", "heads alone"])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_report_comes_back_whole(form: Form, write: Write, seed: int, below: bool) -> None:
    report = made_report(form, seed)
    check_whole(write(list(laid_out(form, report, below=below))), report)


@pytest.mark.parametrize("write", {**QUICK, **PAGES}.values(), ids={**QUICK, **PAGES})
def test_a_report_of_2019_comes_back_whole(write: Write) -> None:
    """Five bands of three and two columns, changes below 0, an amount with its unit, （六）其他处理 as one row."""
    report = made_report(FORM_2019, 5)
    found = check_whole(write(list(laid_out(FORM_2019, report))), report)
    assert found.form == found.report.form_id == FORM_2019.id


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), name=st.sampled_from(sorted(QUICK)), below=st.booleans())
def test_any_report_of_2019_comes_back_whole(seed: int, name: str, below: bool) -> None:
    report = made_report(FORM_2019, seed)
    check_whole(QUICK[name](list(laid_out(FORM_2019, report, below=below))), report)


@pytest.mark.parametrize("write", PAGES.values(), ids=PAGES)
def test_a_report_on_pages_comes_back_whole(form: Form, write: Write) -> None:
    report = made_report(form, 3)
    check_whole(write(list(laid_out(form, report))), report)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), name=st.sampled_from(sorted(QUICK)), below=st.booleans())
def test_any_report_comes_back_whole(seed: int, name: str, below: bool) -> None:
    report = made_report(FORM, seed)
    check_whole(QUICK[name](list(laid_out(FORM, report, below=below))), report)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10**6), room=st.integers(90, 257))
def test_no_page_end_shifts_a_figure(seed: int, room: int) -> None:
    """Wherever the pages end, each figure that is read is right or in doubt."""
    report = made_report(FORM, seed)
    check_whole(page_making.pdf(laid_out(FORM, report), FONT, room=room), report, sure=False)
