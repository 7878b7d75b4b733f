"""Totals that come with a pasted block: kept as 原件合计 where they are evidence or the clerk wants them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.base.numerals import format_value
from govdesk.checks import Severity
from govdesk.form.form import Address
from govdesk.suggestions import Guess, find_likely
from tests.ui.grid.clerk import CONTROL, Clerk, Key
from tests.ui.walking import sample, settle
from ui.editing.editor import Editor
from ui.pages.grid_page import GridPage

ALT = Qt.KeyboardModifier.AltModifier
AGREE = "1\t0\t0\t0\t0\t2\t3\n4\t0\t0\t0\t0\t0\t4"
DIFFER = "1\t0\t0\t0\t0\t2\t9\n4\t0\t0\t0\t0\t0\t4"


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    made = Clerk(qtbot, editor)
    editor.do(editor.session.fill_blanks("requests"))
    return made


def papers(clerk: Clerk, *rows: str, column: str = "total") -> list[str]:
    return [format_value(clerk.editor.now.report.stated(clerk.at(row, column))) for row in rows]


def test_sums_of_the_same_cells_are_passed_over_unless_the_clerk_keeps_them(clerk: Clerk) -> None:
    """Kept unasked they would object to every correction of a table that was copied from last year's."""
    clerk.offer(AGREE)
    bar = clerk.page.paste_bar
    assert "合计 2 格不用填，跳过" in bar.words.text() and bar.totals.isVisible()
    clerk.press(Key.Key_Return)
    assert papers(clerk, "new_requests", "carried_over_in") == ["", ""]
    clerk.press(Key.Key_Z, modifiers=CONTROL).go("new_requests").offer(AGREE)
    QTest.mouseClick(bar.totals, Qt.MouseButton.LeftButton)
    assert "合计 2 格留作原件合计，只用来核对" in bar.words.text() and "跳过" not in bar.words.text()
    clerk.view.setFocus()
    clerk.press(Key.Key_Return)
    assert papers(clerk, "new_requests", "carried_over_in") == ["3", "4"]
    clerk.go("new_requests").offer(AGREE)    # the choice was for that block
    assert "合计 2 格不用填" in bar.words.text()


def test_totals_one_of_which_is_not_the_sum_are_kept_and_one_undo_takes_all_back(clerk: Clerk) -> None:
    steps = clerk.editor.stack.count()
    clerk.offer(DIFFER)
    bar = clerk.page.paste_bar
    assert "将填入 12 格" in bar.words.text() and "合计 2 格留作原件合计，只用来核对" in bar.words.text()
    assert "粘贴的是 9，各格相加为 3" in bar.doubts.text()
    assert papers(clerk, "new_requests") == [""]                 # nothing before it is taken
    clerk.press(Key.Key_Return)
    assert papers(clerk, "new_requests", "carried_over_in") == ["9", "4"]
    assert clerk.value("new_requests", "total") == "3"           # the total stays the sum
    assert clerk.refusals[-1].startswith("已填 12 格，原件合计 2 格；") and "粘贴的是 9" in clerk.refusals[-1]
    assert [f.message for f in clerk.editor.now.of_rule("N03") if f.state.value == "failed"] == [
        "表三 · 一、本年新收政府信息公开申请数量：原件“总计”写 9，各列相加为 3，相差 6"]
    assert clerk.editor.stack.count() == steps + 1
    clerk.press(Key.Key_Z, modifiers=CONTROL)
    assert papers(clerk, "new_requests", "carried_over_in") == ["", ""]
    assert clerk.value("new_requests") == "0"


def test_they_need_not_be_kept(qtbot: QtBot, clerk: Clerk) -> None:
    clerk.offer(DIFFER).press(Key.Key_J, modifiers=ALT)
    qtbot.waitUntil(lambda: "合计 2 格不用填，跳过" in clerk.page.paste_bar.words.text())
    clerk.press(Key.Key_Down).press(Key.Key_Up)                  # the choice goes with the block
    assert clerk.page.paste_bar.totals.text().startswith("留下合计")
    clerk.press(Key.Key_Return)
    assert papers(clerk, "new_requests", "carried_over_in") == ["", ""]
    assert "粘贴的是 9，各格相加为 3" in clerk.refusals[-1]


def test_a_column_of_totals_pasted_on_the_totals_is_what_the_paper_says(clerk: Clerk) -> None:
    clerk.go("new_requests", "total").offer("3\n4\n约2件\n1")
    bar = clerk.page.paste_bar
    assert bar.isVisible() and bar.words.text().startswith("只有合计") and not bar.totals.isVisible()
    assert "合计 3 格留作原件合计" in bar.words.text() and "“约2件”" in bar.doubts.text()
    clerk.press(Key.Key_Return)
    assert papers(clerk, "new_requests", "carried_over_in", "disclosed", "partially_disclosed") == ["3", "4", "", "1"]
    assert clerk.value("new_requests", "total") == "0"
    clerk.press(Key.Key_Z, modifiers=CONTROL)
    assert papers(clerk, "new_requests", "partially_disclosed") == ["", ""]


def test_a_block_without_totals_offers_no_such_choice(clerk: Clerk) -> None:
    clerk.offer("1\t2\n3\t4")
    assert clerk.page.paste_bar.isVisible() and not clerk.page.paste_bar.totals.isVisible()
    assert "合计" not in clerk.page.paste_bar.words.text()


def test_a_slip_in_a_pasted_table_is_found_by_the_totals_that_came_with_it(window: MainWindow) -> None:
    """The whole table as Word gives it, two figures in neighbouring rows exchanged: every column stays right."""
    wizard = sample(window)
    right, wrong = (Address("requests", row, "natural_person") for row in ("unable_not_held", "unable_needs_creation"))
    wizard.go_to(right)
    page = wizard.pages["requests"]
    assert isinstance(page, GridPage)
    page.view.setFocus()
    page.view.copy_table()
    held, lines = QMimeData(), [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    above, below = (next(line for line in lines if any(words in cell for cell in line))
                    for words in ("不掌握", "没有现成"))
    first = next(i for i, cell in enumerate(above) if cell.strip().isdigit())
    above[first], below[first] = below[first], above[first]
    assert (above[first], below[first]) == ("0", "3")
    held.setText("\n".join("\t".join(line) for line in lines))
    QGuiApplication.clipboard().setMimeData(held)
    QTest.keyClick(page.view, Key.Key_V, CONTROL)
    assert "留作原件合计" in page.paste_bar.words.text()
    QTest.keyClick(page.view, Key.Key_Return)
    settle()
    now = wizard.editor.now
    (cause,) = [cause for cause in now.causes if cause.severity is Severity.ERROR]
    assert {finding.rule for finding in cause.findings} == {"N03"}           # no sum of the form itself is off
    assert find_likely(now, cause.findings)[0] == Guess("next_row", right, Decimal(3), wrong, Decimal(0))
    wizard.top.undo_wanted.emit()
    assert wizard.editor.now.report == cli.sample_report()
