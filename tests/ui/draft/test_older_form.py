"""A draft of the form of 2019 in the window: begun by its year, typed in, followed by one of 2021, told in the list."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.drafts.new_report import begin_report_of
from govdesk.form.form import Address
from govdesk.report.report import Key, Layer, Report, edit_of
from govdesk.session.steps import PageKind
from tests.ui.common.test_mnemonics import entries
from tests.ui.driver import listed
from tests.ui.home.home_driver import deadlines_known, report_of
from ui.home import other_years
from ui.home.other_years import make_year_menu
from ui.pages.cover_page import CoverPage

CHANGE = Address.parse("proactive/administrative_penalty/change")
AMOUNT = Address.parse("proactive/central_procurement/amount_yuan")
OLD, NEW = "ogi-annual-report-2019", "ogi-annual-report-2021"


def of_2020() -> Report:
    report = begin_report_of(2020)
    facts: list[tuple[Layer, Key, str]] = [(Layer.COVER, "organ.name", "临江区教育局"),
                                           (Layer.COVER, "organ.level", "county")]
    figures = [(Layer.VALUES, cell, Decimal(2)) for cell in (
        Address.parse("requests/carried_forward_out/natural_person"), Address.parse("proactive/rules/made"))]
    return edit_of(report, "", [*facts, *figures]).applied_to(report)


def typed(window: MainWindow, cell: Address, text: str) -> None:
    assert window.wizard is not None
    window.wizard.go_to(cell)
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def labels(window: MainWindow) -> str:
    QApplication.processEvents()
    return "\n".join(w.text() for w in window.findChildren(QLabel) if w.isVisible())


def test_an_earlier_year_is_begun_by_its_form(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_years, "year_due_next", lambda _: 2023)
    menu = make_year_menu(window, window.home.new_of_year_wanted.emit)
    assert [action.text() for action in menu.actions()] == [
        "2022 年度(&1)", "2021 年度(&2)", "2020 年度（2019年试行格式）(&3)", "2019 年度（2019年试行格式）(&4)"]
    menu.actions()[2].trigger()
    assert window.wizard is not None
    assert window.wizard.editor.form.id == OLD
    assert window.wizard.editor.now.report.cover("year") == "2020"
    assert "2020 年度报告 · 2019年试行格式" in labels(window)


def test_every_page_of_such_a_draft_opens(window: MainWindow) -> None:
    window.adopt(of_2020())
    wizard = window.wizard
    assert wizard is not None
    for _, page in wizard.stack.order:
        shown = wizard.stack.enter_item(page.item) or wizard.stack.current
        QApplication.processEvents()
        assert shown.isVisible(), page
    assert {page.kind for _, page in wizard.stack.order} == set(PageKind)


def test_a_change_below_0_and_an_amount_in_yuan_are_typed(window: MainWindow) -> None:
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.adopt(of_2020())
    typed(window, CHANGE, "-18")
    typed(window, AMOUNT, "251000")
    assert window.wizard is not None
    report = window.wizard.editor.now.report
    assert (report.value(CHANGE), report.value(AMOUNT)) == (-18, 251000)
    window.wizard.go_to(AMOUNT)
    assert "单位：元" in labels(window)
    typed(window, Address.parse("requests/new_requests/natural_person"), "-1")
    assert report.value(Address.parse("requests/new_requests/natural_person")) is None


def test_the_next_year_has_the_next_form_and_what_has_no_place_is_said(window: MainWindow) -> None:
    window.program.new_draft.follow(of_2020())
    assert window.wizard is not None
    report = window.wizard.editor.now.report
    assert (report.form_id, report.cover("year")) == (NEW, "2021")
    assert report.value(Address.parse("requests/carried_over_in/natural_person")) == 2
    assert "没有带入：表二的规章" in labels(window)
    window.show_home()
    assert "没有带入：表二的规章" not in labels(window)


def test_last_year_of_another_form_is_brought_and_what_has_no_place_is_said(window: MainWindow) -> None:
    window.adopt(report_of("临江区教育局", "2021"))
    window.bring(of_2020)
    assert window.wizard is not None
    assert window.wizard.editor.now.report.previous(Address.parse("requests/carried_forward_out/natural_person")) == 2
    assert "已带入，按 Ctrl+Z 可以撤销。上年年报用的是2019年试行格式" in labels(window)


def test_a_form_that_does_not_lead_here_is_refused_and_not_offered(window: MainWindow) -> None:
    window.drafts.create(report_of("临江区教育局", "2019"))
    window.adopt(of_2020())
    assert entries(lambda: window.program.last_year.offer(window)) == [["从文件(&F)…"]]
    fitting = begin_report_of(2019)
    window.drafts.create(edit_of(fitting, "", [(Layer.COVER, "organ.name", "临江区教育局")]).applied_to(fitting))
    assert entries(lambda: window.program.last_year.offer(window)) == [["临江区教育局 2019 年", "从文件(&F)…"]]
    window.bring(lambda: report_of("临江区教育局", "2019"))
    assert "两种表式不衔接" in labels(window)
    assert window.wizard is not None
    assert not window.wizard.editor.now.report.entries(Layer.PREVIOUS)


def test_the_list_and_the_search_tell_the_form_and_the_deadline_is_its_own(window: MainWindow, qtbot: QtBot) -> None:
    window.drafts.create(of_2020())
    window.drafts.create(report_of("临江区教育局", "2020"))
    window.show_home()
    deadlines_known(qtbot, window)
    assert sorted(line[0] for line in listed(window)) == ["临江区教育局", "临江区教育局 · 2019年试行格式"]
    assert {line[3].split(" · ")[0] for line in listed(window)} == {"2021年1月31日"}
    window.home.search.setText("试行")
    assert [line[0] for line in listed(window)] == ["临江区教育局 · 2019年试行格式"]


def test_a_year_of_another_form_is_said_on_the_cover(window: MainWindow) -> None:
    window.home.new_button.click()
    assert window.wizard is not None
    editor = window.wizard.editor
    editor.do(editor.session.edit("填报告年度", [(Layer.COVER, "year", "2020")]))
    window.wizard.enter_item("cover")
    assert "用于2021年度起的年报；请核对年度" in labels(window)


def test_a_known_organ_brings_no_level_that_the_form_has_not(window: MainWindow) -> None:
    window.home.new_button.click()
    assert window.wizard is not None
    page = CoverPage(window.wizard.editor, lambda: [])
    page._choose({"organ.name": "临江区教育局", "organ.level": "village", "organ.kind": "organ_report"})
    report = window.wizard.editor.now.report
    assert [report.cover(f"organ.{key}") for key in ("name", "level", "kind")] == ["临江区教育局", "", "organ_report"]
