"""The status line adds up the chosen cells, as Excel and WPS do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from build_scripts.program_window import MainWindow
from govdesk.base.numerals import NA
from govdesk.form.form import Address
from govdesk.report.report import Entry, Layer
from tests.ui.walking import sample, settle
from ui.grid import selection_sum
from ui.pages.grid_page import GridPage
from ui.wizard.wizard import Wizard

SHIFT = Qt.KeyboardModifier.ShiftModifier
CELLS = [Address("requests", "disclosed", column) for column in ("natural_person", "commercial_enterprise",
                                                                   "research_institution")]
FEE = Address("proactive", "administrative_fees", "amount_wan_yuan")
LICENCES = Address("proactive", "administrative_licensing", "decisions")


def put(wizard: Wizard, cell: Address, value: Entry | None) -> None:
    wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, cell, value)]))


def said(wizard: Wizard, cells: list[Address]) -> str:
    return selection_sum.describe_sum(wizard.editor.form.grids[cells[0].grid], wizard.editor.now.figures, cells)


@pytest.mark.parametrize(("values", "words"), [
    ([Decimal(1), Decimal(2), Decimal(3)], "已选 3 格 · 合计 6 · 非零 3"),
    ([Decimal(1), None, Decimal(4)], "已选 3 格 · 合计 5 · 非零 2 · 空白 1"),
    ([Decimal(0), NA, None], "已选 3 格 · 合计 0 · 非零 0 · 空白 1 · 不适用 1"),
    ([Decimal(0), Decimal(5), Decimal(0)], "已选 3 格 · 合计 5 · 非零 1"),
    ([None, None, NA], "已选 3 格 · 空白 2 · 不适用 1"),
    ([Decimal("9" * 40), Decimal(2), None], f"已选 3 格 · 合计 1{'0' * 39}1 · 非零 2 · 空白 1")])
def test_blank_and_unfit_are_no_numbers_and_no_digit_is_lost(window: MainWindow, values: list[Entry | None],
                                                             words: str) -> None:
    wizard = sample(window)
    for cell, value in zip(CELLS, values, strict=True):
        put(wizard, cell, value)
    assert said(wizard, CELLS) == words


def test_amounts_and_counts_are_not_added(window: MainWindow) -> None:
    wizard = sample(window)
    put(wizard, FEE, Decimal("2.50"))
    put(wizard, LICENCES, Decimal(30))
    assert said(wizard, [LICENCES, FEE]) == "已选 2 格 · 合计 30 件、2.50 万元（单位不同，不相加） · 非零 2"


def test_the_line_follows_the_selection_and_the_figures(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(CELLS[0])
    page = wizard.pages["requests"]
    assert isinstance(page, GridPage)
    for value, cell in enumerate(CELLS, 1):
        put(wizard, cell, Decimal(value))
    wizard.go_to(CELLS[0])
    assert not wizard.status.sum.isVisible()
    QTest.keyClick(page.view, Qt.Key.Key_Right, SHIFT)
    assert wizard.status.sum.text() == "已选 2 格 · 合计 3 · 非零 2"
    assert wizard.status.sum.isVisible()
    put(wizard, CELLS[1], Decimal(7))
    assert "合计 8" in wizard.status.sum.text()
    QTest.keyClick(page.view, Qt.Key.Key_Right)
    assert not wizard.status.sum.isVisible()
    QTest.keyClick(page.view, Qt.Key.Key_Right, SHIFT)
    assert wizard.status.sum.isVisible()
    wizard.enter("problems")
    assert not wizard.status.sum.isVisible()
    settle()


def test_a_sum_of_ninety_digits_does_not_widen_the_window(window: MainWindow) -> None:
    window.resize(911, 512)
    wizard = sample(window)
    for cell in CELLS:
        put(wizard, cell, Decimal("7" * 90))
    wizard.go_to(CELLS[0])
    QTest.keyClick(wizard.pages["requests"].view, Qt.Key.Key_Right, SHIFT)   # type: ignore[attr-defined]
    settle()
    assert wizard.status.sum.isVisible() and "1" + "5" * 89 + "4" in wizard.status.sum.toolTip()
    assert wizard.status.minimumSizeHint().width() < window.width() == 911


def test_a_total_among_its_parts_is_named(window: MainWindow) -> None:
    wizard = sample(window)
    total = Address("requests", "disclosed", "total")
    assert said(wizard, [*CELLS, total]).endswith(" · 含合计格")
    assert "含合计格" not in said(wizard, [total, Address("requests", "new_requests", "total")])


def test_cut_copies_and_clears(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(CELLS[0])
    put(wizard, CELLS[0], Decimal(8))
    QTest.keyClick(wizard.pages["requests"].view, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)   # type: ignore[attr-defined]
    assert wizard.editor.now.report.value(CELLS[0]) is None
    assert QApplication.clipboard().text().strip() == "8"
