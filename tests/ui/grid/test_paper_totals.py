"""原件合计: the paper's totals typed on the totals, held against the sums, kept, undone, and never printed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.base.numerals import format_value
from govdesk.document.document import GridBlock
from govdesk.exchange import report_file
from govdesk.form.form import Address
from govdesk.printing.compose import compose
from govdesk.report.report import Layer
from govdesk.session import previous_year
from tests.ui.grid.clerk import CONTROL, Clerk, Key, colours_in
from tests.ui.walking import sample, settle
from ui.common import theme
from ui.editing.editor import Editor
from ui.grid.cell_delegate import CellEditor
from ui.grid.menu import make_menu
from ui.grid.model import ACCESSIBLE_DESCRIPTION
from ui.helper.helper_cards import FindingsCard, PaperTotalCard, SumCard
from ui.pages.grid_page import GridPage


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    made = Clerk(qtbot, editor)
    editor.do(editor.session.fill_blanks("requests"))
    return made


def paper(clerk: Clerk, row: str, column: str = "total") -> str:
    return format_value(clerk.editor.now.report.stated(clerk.at(row, column)))


def described(clerk: Clerk, row: str, column: str = "total") -> str:
    return str(clerk.model.data(clerk.model.index_of(clerk.at(row, column)), ACCESSIBLE_DESCRIPTION))


def test_it_is_typed_on_the_total_and_the_total_stays_computed(clerk: Clerk) -> None:
    clerk.go("new_requests").enter("15").go("new_requests", "total").type("1")
    assert "原件上写的合计" in clerk.view.bubble.text() and clerk.view.bubble.isVisible()
    clerk.type("6").press(Key.Key_Return)
    assert (paper(clerk, "new_requests"), clerk.value("new_requests", "total")) == ("16", "15")
    assert clerk.view.bubble.text() == "原件合计 16，各格相加为 15，相差 1"
    assert "原件合计 16" in described(clerk, "new_requests")
    assert [f.message for f in clerk.editor.now.of_rule("N03") if f.state.value == "failed"] == [
        "表三 · 一、本年新收政府信息公开申请数量：原件“总计”写 16，各列相加为 15，相差 1"]


def test_enter_goes_down_the_totals_one_after_another(clerk: Clerk) -> None:
    clerk.go("new_requests", "total").enter("0", "0", "0")
    assert clerk.view.cursor_address == clerk.at("partially_disclosed", "total")
    assert [paper(clerk, row) for row in ("new_requests", "carried_over_in", "disclosed")] == ["0", "0", "0"]
    clerk.go("results_total", "natural_person").enter("0")
    assert clerk.view.cursor_address == clerk.at("results_total", "commercial_enterprise")
    assert paper(clerk, "results_total", "natural_person") == "0"


def test_f2_changes_it_delete_clears_it_and_each_is_one_step(clerk: Clerk) -> None:
    clerk.go("disclosed", "total").enter("7").go("disclosed", "total").press(Key.Key_F2)
    field = QApplication.focusWidget()
    assert isinstance(field, CellEditor) and field.text() == "7"
    clerk.press(Key.Key_Escape, Key.Key_Delete)
    assert paper(clerk, "disclosed") == ""
    clerk.press(Key.Key_Z, modifiers=CONTROL)
    assert paper(clerk, "disclosed") == "7"
    clerk.press(Key.Key_Z, modifiers=CONTROL)
    assert paper(clerk, "disclosed") == ""
    clerk.press(Key.Key_Y, modifiers=CONTROL)
    assert paper(clerk, "disclosed") == "7" and clerk.editor.stack.undoText() == "填写原件合计"
    assert clerk.editor.now.figures[clerk.at("disclosed", "total")] == 0


@pytest.mark.parametrize("typed", ["abc", "-3", "1.5"])
def test_what_is_no_count_is_kept_out(clerk: Clerk, typed: str) -> None:
    clerk.go("disclosed", "total").enter(typed)
    assert paper(clerk, "disclosed") == "" and clerk.refusals


def test_its_sign_tells_agreement_from_difference(clerk: Clerk) -> None:
    def colours(figure: str) -> list[QColor]:
        clerk.go("disclosed", "total").enter(figure).go("new_requests")
        clerk.view.bubble.hide()
        return [QColor(name) for name in colours_in(clerk.picture("disclosed", "total"))]

    frame = QColor(theme.current_colours().off_frame)
    same, other = colours("0"), colours("3")
    assert any(c.green() > c.red() + 25 for c in same) and frame not in same
    assert not any(c.green() > c.red() + 25 for c in other) and frame in other


def test_the_menu_offers_it_on_a_total_only(clerk: Clerk) -> None:
    clerk.go("disclosed", "total")
    assert any("填写原件合计" in action.text() for action in make_menu(clerk.view).actions())
    clerk.go("disclosed")
    assert not any("填写原件合计" in action.text() for action in make_menu(clerk.view).actions())


def test_the_helper_says_how_it_stands_and_that_one_can(window: MainWindow) -> None:
    wizard = sample(window)
    cell = Address("requests", "disclosed", "total")
    wizard.go_to(cell)
    settle()

    def said() -> str:
        card = wizard.helper.section(SumCard).card
        return "".join(w.text() for w in card.findChildren(object) if hasattr(w, "text"))

    assert "手上有纸质原件的" in said()
    page = wizard.pages["requests"]
    assert isinstance(page, GridPage)
    page.model.write_paper_totals([(cell, None)])
    page.model.setData(page.model.index_of(cell), "1")
    settle()
    assert "✓ 原件合计 1，与各格相加相符" in said()


def test_it_is_exchanged_but_neither_printed_nor_carried_into_the_next_year(window: MainWindow) -> None:
    wizard = sample(window)
    session, cell = wizard.editor.session, Address("requests", "disclosed", "total")
    wizard.editor.do(session.edit("填写原件合计", [(Layer.STATED, cell, 987)]))     # type: ignore[list-item]
    again = report_file.load_report(report_file.dump_report(session.now.report), "x")
    assert again.stated(cell) == 987
    printed = [c.text for block in compose(session.now).blocks if isinstance(block, GridBlock)
               for row in block.rows for c in row]
    assert "987" not in "".join(printed)
    assert previous_year.begin_next_year(session.now).entries(Layer.STATED) == {}
    draft = window.autosave.draft_id                                        # type: ignore[union-attr]
    window.show_home()
    assert window.drafts.load(draft).stated(cell) == 987


def test_undo_leads_back_to_it(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(Address("disputes", "reconsideration", "total"))
    page = wizard.pages["disputes"]
    assert isinstance(page, GridPage)
    page.model.setData(page.model.index_of(Address("disputes", "reconsideration", "total")), "2")
    assert "原件“总计”写 2" in wizard.editor.now.failed()[0].message
    wizard.enter("review")
    wizard.top.undo_wanted.emit()
    assert wizard.place() == Address("disputes", "reconsideration", "total")
    assert wizard.editor.now.failed() == ()


def test_where_a_total_is_another_on_the_paper_the_helper_says_so_first(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(Address("requests", "new_requests", "total"))
    page = wizard.pages["requests"]
    assert isinstance(page, GridPage)
    typed = Address("requests", "new_requests", "natural_person")
    page.model.setData(page.model.index_of(typed), "99")
    page.model.setData(page.model.index_of(Address("requests", "new_requests", "total")), "15")
    settle()
    shown = [type(section.card) for section in wizard.helper.sections if section.isVisibleTo(wizard.helper)]
    assert shown.index(PaperTotalCard) < shown.index(FindingsCard) < shown.index(SumCard)
