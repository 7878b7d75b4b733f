"""What becomes of a report that was read: its kind, last year's, what was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdesk import cli
from govdesk.base.errors import Stopped
from govdesk.drafts.imported import (
    check_published,
    complete_cover,
    explain_no_last_year,
    explain_no_next_year,
    read_foreign,
)
from govdesk.formfile import form_reader
from govdesk.importing.importer import import_bytes
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import take_snapshot
from tests.importing import page_making
from tests.importing.file_making import html_text
from tests.importing.made_reports import laid_out, made_report
from tests.importing.test_pdf_pictures import FONT

FORM_ID = "ogi-annual-report-2021"


def changed(report: Report, **cover: str) -> Report:
    return edit_of(report, "", [(Layer.COVER, key.replace("_", ".", 1), value) for key, value in cover.items()]
                   ).applied_to(report)


def test_the_kind_follows_the_name_where_that_decides() -> None:
    form = form_reader.load_form(FORM_ID)
    bureau = changed(made_report(form, 3), organ_name="青石县审计局")
    assert complete_cover(bureau).cover("organ.kind") == "organ_report"
    office = changed(bureau, organ_name="临江区人民政府办公室")
    assert complete_cover(office).cover("organ.kind") == ""
    chosen = changed(bureau, organ_kind="government_report")
    assert complete_cover(chosen) is chosen


def test_last_year_must_fit() -> None:
    now = cli.sample_report()
    last = edit_of(now, "", [(Layer.COVER, "year", str(now.year - 1))]).applied_to(now)
    assert explain_no_last_year(now, last) == ("", "")
    assert "不是" in explain_no_last_year(now, edit_of(now, "", [(Layer.COVER, "year", "2019")]).applied_to(now))[0]
    reason, doubt = explain_no_last_year(now, changed(last, organ_name="青石县审计局"))
    assert reason == "" and "青石县审计局" in doubt
    assert explain_no_next_year(last) == ""
    assert "年度" in explain_no_next_year(edit_of(now, "", [(Layer.COVER, "year", None)]).applied_to(now))


def test_the_draft_is_held_against_what_is_printed() -> None:
    """A live figure of a text is compared as the figure that it prints."""
    form = form_reader.load_form(FORM_ID)
    report = made_report(form, 9)
    cell = next(a for a in form.grids["requests"].addresses if a in form.input_cells)
    token = "〔表三·本年新收·自然人〕"
    live = edit_of(report, "", [(Layer.TEXTS, "problems", f"新收{token}件。")]).applied_to(report)
    printed = edit_of(report, "", [(Layer.TEXTS, "problems", f"新收{report.value(cell)}件。")]).applied_to(report)
    found = import_bytes(html_text(laid_out(form, printed)).encode(), "网页.html")
    assert check_published(take_snapshot(form, live), found).is_all_the_same


@pytest.mark.parametrize("suffix", ["pdf", "ofd"])
def test_a_long_read_tells_its_pages_and_can_be_stopped(tmp_path: Path, suffix: str) -> None:
    form = form_reader.load_form(FORM_ID)
    parts = list(laid_out(form, made_report(form, 9)))
    path = tmp_path / f"去年.{suffix}"
    path.write_bytes(page_making.pdf(parts, FONT) if suffix == "pdf" else page_making.ofd(parts))
    told: list[tuple[int, int]] = []
    assert read_foreign(path, lambda page, count: told.append((page, count))) is not None
    count = told[-1][1]
    assert count > 1 and told == [(page, count) for page in range(1, count + 1)]

    def stop(page: int, _: int) -> None:
        if page == 2:
            raise Stopped

    with pytest.raises(Stopped):
        read_foreign(path, stop)
    assert read_foreign(path) is not None, "what was stopped leaves nothing behind"
