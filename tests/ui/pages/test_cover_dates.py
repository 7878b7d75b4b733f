"""Dates and the year on the cover: what cannot be is said there, at the top and in the review, and in no file."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.findings import reasons
from govdesk.report.report import Layer
from tests.ui.driver import words
from tests.ui.home.home_driver import report_of
from tests.ui.pages.test_cover_and_last_year import cover_of
from tests.ui.walking import sample


def on_the_cover(window: MainWindow, **facts: str) -> None:
    editor = window.wizard.editor
    editor.do(editor.session.edit("填", [(Layer.COVER, key.replace("__", "."), fact) for key, fact in facts.items()]))


def test_a_date_before_the_year_has_ended_is_no_small_thing(qtbot: QtBot, window: MainWindow) -> None:
    """Said below the date, at the top and in the review, which leads there."""
    sample(window)
    assert window.wizard.status.standing.accessibleName() == "可以送审"
    on_the_cover(window, issued_on="2023-01-18")
    said = "成文日期为2023年1月18日，这时 2023 年还没有结束"
    assert said in cover_of(window).notes["issued_on"][0].text()
    assert window.wizard.status.standing.accessibleName() == "还不能送审：1 处对不上"
    review = window.wizard.enter("review")
    assert said in words(review)
    assert "封面与机关 · 依据：条例第四十九条" in words(review)
    next(b for b in review.findChildren(QAbstractButton) if b.accessibleName().startswith("去看：成文")).click()
    assert QApplication.focusWidget() is cover_of(window).fields["issued_on"]
    on_the_cover(window, issued_on="2024-01-18")
    assert window.wizard.status.standing.accessibleName() == "可以送审"
    assert said not in words(cover_of(window))


def test_a_reason_for_a_date_in_december_is_asked_again_when_the_date_changes(window: MainWindow) -> None:
    editor = sample(window).editor
    on_the_cover(window, issued_on="2023-12-29")
    found = next(f for f in editor.now.failed() if f.rule == "N27")
    editor.do(editor.session.edit("说明", [reasons.entry_for_reason(editor.now.report, editor.now.figures, found,
                                                                  "已核到年底")]))
    assert window.wizard.status.standing.accessibleName() == "可以送审"
    on_the_cover(window, issued_on="2023-12-28")
    assert window.wizard.status.standing.accessibleName() == "可以送审，还有 1 处最好写明理由"


@pytest.mark.parametrize("year", ["2203", "2007", "1023"])
def test_a_year_that_no_file_takes_is_never_ready(window: MainWindow, tmp_path: Path, year: str) -> None:
    wizard = sample(window)
    on_the_cover(window, year=year)
    assert "还不能送审" in wizard.status.standing.accessibleName()
    assert f"报告年度“{year}”不在 2008～2100 之间" in words(wizard.enter("review"))
    target = tmp_path / "年报.govdesk"
    export = wizard.enter("export")
    export.hand_over(target)                     # type: ignore[attr-defined]
    assert f"报告年度“{year}”不在 2008～2100 之间，请先在“封面与机关”改正" in words(export)
    window.carry_to(target)
    assert "请先在“封面与机关”改正" in words(wizard.status)
    assert not target.exists()


def test_the_deadline_is_in_the_year_after_the_report_s(window: MainWindow) -> None:
    editor = sample(window).editor
    note = cover_of(window).notes["deadline"][0]
    hint = note.text()
    for day, said in (("2023-01-20", True), ("2024-01-20", False), ("2025-01-20", True), ("", False)):
        editor.do(editor.session.edit("填", [(Layer.DESK, "deadline", day)]))
        assert ("截止日期不在报告年度的下一年" in note.text()) is said
    assert note.text() == hint


@pytest.mark.parametrize("typed", ["二○二四年一月十八日", "２０２４．１．１８", "二Ｏ二四年一月十八日", "2024。1。18"])
def test_both_dates_are_read_alike(window: MainWindow, typed: str) -> None:
    editor = sample(window).editor
    page = cover_of(window)
    for key in ("issued_on", "deadline"):
        field = page.fields[key]
        field.clear()
        field.insert(typed)
        field.textEdited.emit(typed)
    assert editor.now.report.cover("issued_on") == "2024-01-18"
    assert editor.now.report.entry(Layer.DESK, "deadline") == "2024-01-18"


def test_a_year_that_is_not_over_is_said_calmly_and_one_that_has_not_begun_is_doubted(window: MainWindow) -> None:
    this = datetime.date.today().year
    window.new_draft()
    cover = cover_of(window)
    note = cover.notes["year"][0]
    for year, said, role in ((this, f"{this} 年还没有结束：可以先填", "quiet"), (this - 1, "写哪一年的工作", "quiet"),
                             (this + 1, f"{this + 1} 年还没有开始，请核对报告年度", "off")):
        on_the_cover(window, year=str(year))
        assert note.text().startswith(said) and note.property("role") == role
        assert note.isVisibleTo(cover)


@pytest.mark.parametrize(("ago", "told"), [(0, True), (1, False)])
def test_whoever_goes_on_to_a_year_that_has_not_begun_is_told_and_not_held_up(window: MainWindow, ago: int, *,
                                                                              told: bool) -> None:
    year = datetime.date.today().year - ago
    draft = window.drafts.create(report_of("甲局", str(year)))
    window.show_home()
    window.home.next_wanted.emit(draft)
    assert window.wizard is not None and window.wizard.editor.now.report.year == year + 1
    assert (f"{year + 1} 年还没有开始" in words(window.notices)) is told
    window.show_home()
    assert "还没有开始" not in words(window.notices)
