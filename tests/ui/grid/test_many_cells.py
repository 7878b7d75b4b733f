"""Many cells at once: clear, copy, paste, fill. Each is one step back."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from govdesk.base.numerals import NA
from govdesk.form.form import Address
from govdesk.paste import clipboard_in
from govdesk.report.typed_sums import EnteredValue
from tests.ui.driver import words
from tests.ui.grid.clerk import CONTROL, SHIFT, Clerk, Key
from ui.editing.editor import Editor
from ui.grid.menu import make_menu


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    return Clerk(qtbot, editor)


def undone(clerk: Clerk, act: str) -> None:
    """The last act was one step of that name, and undo and redo lead back and forth."""
    after, count = clerk.values, clerk.editor.stack.count()
    assert clerk.editor.stack.undoText() == act
    clerk.press(Key.Key_Z, modifiers=CONTROL)
    assert clerk.values != after
    clerk.press(Key.Key_Y, modifiers=CONTROL)
    assert clerk.values == after
    assert clerk.editor.stack.count() == count


def test_delete_clears_a_selection_as_one_step_and_spares_totals(clerk: Clerk) -> None:
    clerk.fill()
    clerk.go("new_requests", "legal_services_institution")
    clerk.press(Key.Key_Right, Key.Key_Right, Key.Key_Down, modifiers=SHIFT)
    clerk.press(Key.Key_Delete)
    blank = {a for a in clerk.model.places.inputs if clerk.values[a] is None}
    assert blank == {clerk.at(r, c) for r in ("new_requests", "carried_over_in")
                     for c in ("legal_services_institution", "other_org")}
    undone(clerk, "清空")


def test_backspace_clears_one(clerk: Clerk) -> None:
    clerk.enter("4").go("new_requests").press(Key.Key_Backspace)
    assert clerk.value("new_requests") is None


def test_a_block_goes_out_and_in_again(clerk: Clerk) -> None:
    clerk.enter("1", "2", "3").go("new_requests", "commercial_enterprise").enter("4", "5", "6")
    clerk.go("new_requests").press(Key.Key_Down, Key.Key_Down, Key.Key_Right, modifiers=SHIFT)
    assert clerk.copied() == "1\t4\n2\t5\n3\t6"
    clerk.go("refused_state_secret", "research_institution").press(Key.Key_V, modifiers=CONTROL).press(Key.Key_Return)
    assert clerk.value("refused_security_stability", "public_interest_org") == "6"
    undone(clerk, "粘贴")


def test_a_blank_in_a_copied_block_is_empty_and_na_a_dash(clerk: Clerk) -> None:
    clerk.editor.do(clerk.editor.session.edit("填入", []))
    clerk.model.write("填入", [(clerk.at("new_requests"), EnteredValue(NA))])
    clerk.press(Key.Key_Right, modifiers=SHIFT)
    assert clerk.copied() == "—\t"


def test_a_pasted_block_has_its_totals_in_place_and_leaves_them(clerk: Clerk) -> None:
    clerk.paste("1\t0\t0\t0\t0\t2\t3\r\n4\t0\t0\t0\t0\t0\t4\r\n")
    assert clerk.value("new_requests", "total") == "3"
    assert clerk.value("carried_over_in") == "4"
    assert clerk.refusals == []


def test_a_pasted_total_that_differs_from_its_parts_is_said(clerk: Clerk) -> None:
    clerk.paste("1\t0\t0\t0\t0\t2\t9")
    assert clerk.value("new_requests", "total") == "3"
    assert "9" in clerk.refusals[0] and "3" in clerk.refusals[0]


def test_a_column_copied_with_its_total_row_fits(clerk: Clerk) -> None:
    figures = ["15", "7", *["1"] * 21, "21", "1"]
    clerk.paste("\n".join(figures))
    assert (clerk.value("results_total"), clerk.value("carried_forward_out")) == ("21", "1")
    assert clerk.refusals == []


def test_a_column_copied_without_its_total_row_fits_too(clerk: Clerk) -> None:
    clerk.paste("\n".join(["15", "7", *["1"] * 21, "1"]))
    assert (clerk.value("results_total"), clerk.value("carried_forward_out")) == ("21", "1")


def test_table_four_takes_fifteen_figures_or_the_twelve_without_totals(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, "disputes")
    clerk.paste("1\t2\t3\t4\t10\t0\t0\t0\t0\t0\t5\t0\t0\t0\t5")
    assert clerk.value("litigation_after_reconsideration", "upheld") == "5"
    assert clerk.refusals == []
    clerk.go("reconsideration", "upheld").paste("\t".join("123456789") + "\t1\t1\t8")
    assert clerk.value("litigation_direct", "upheld") == "5"
    assert clerk.value("litigation_after_reconsideration", "pending") == "8"


def test_table_two_pastes_over_bands(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, "proactive")
    clerk.paste("1\t2\t3\n4\t5\t6\n7\n8\n9\n1.25")
    assert clerk.value("normative_documents", "in_force") == "6"
    assert clerk.value("administrative_licensing", "decisions") == "7"
    assert clerk.value("administrative_fees", "amount_wan_yuan") == "1.25"
    assert clerk.refusals == []


def test_what_cannot_be_read_is_named_and_left_alone(clerk: Clerk) -> None:
    clerk.enter("4").go("new_requests").paste("两件\t2.5\t3")
    assert clerk.value("new_requests") == "4"
    assert clerk.value("new_requests", "commercial_enterprise") is None
    assert clerk.value("new_requests", "research_institution") == "3"
    assert "两件" in clerk.refusals[0] and "2.5" in clerk.refusals[0] and "自然人" in clerk.refusals[0]
    assert clerk.view.bubble.isVisible()
    undone(clerk, "粘贴")


@pytest.mark.parametrize("cell", ["字" * 200_000, "1" * 200_000, '"' + "a\n" * 100_000, "1," * 100_000, "1 " * 100_000],
                         ids=["text", "digits", "open quote", "commas", "blanks"])
def test_a_whole_page_in_one_cell_is_refused_in_words(clerk: Clerk, cell: str) -> None:
    clerk.enter("4").go("new_requests").paste(f"{cell}")
    assert clerk.value("new_requests") == "4"
    assert "自然人" in clerk.refusals[0]
    assert len(clerk.refusals[0]) < 200


def test_a_paste_over_the_edge_is_cut_and_said(clerk: Clerk) -> None:
    clerk.go("carried_forward_out", "other_org").paste("1\t1\t9\n8\t8")
    assert clerk.value("carried_forward_out", "other_org") == "1"
    assert "超出表格的 3 个数" in clerk.refusals[0]


def test_one_figure_fills_a_selection(clerk: Clerk) -> None:
    clerk.press(Key.Key_Down, Key.Key_Right, modifiers=SHIFT)
    clerk.paste("0")
    assert sum(v == 0 for v in clerk.values.values()) == 4
    undone(clerk, "粘贴")


def test_full_width_digits_and_quotes_of_a_spreadsheet() -> None:
    assert clipboard_in.block_from_text('"1\n2"\t３\r\n\t5\r\n') == (("1\n2", "３"), ("", "5"))
    assert clipboard_in.block_from_text("") == ()


def test_control_0_fills_what_is_blank(clerk: Clerk) -> None:
    clerk.enter("15").press(Key.Key_0, modifiers=CONTROL)
    assert clerk.value("new_requests") == "15"
    assert clerk.values[clerk.at("results_total", "total")] == Decimal(0)
    undone(clerk, "空白填 0")
    assert not clerk.page.fill_button.isEnabled()


def test_filling_keeps_what_is_being_typed(clerk: Clerk) -> None:
    clerk.type("15").press(Key.Key_0, modifiers=CONTROL)
    assert clerk.value("new_requests") == "15"
    assert clerk.value("disclosed") == "0"


def test_the_heading_counts_blanks(clerk: Clerk) -> None:
    assert "144" in words(clerk.page)
    clerk.enter("1")
    assert "143" in words(clerk.page)


def said(action: QAction) -> str:
    """An entry of a menu without its letter and its key."""
    return re.sub(r"\(&.\)", "", action.text().partition("\t")[0])


def test_the_menu_is_chinese_and_does_what_it_says(clerk: Clerk) -> None:
    clerk.press(Key.Key_Down, modifiers=SHIFT)
    actions = {said(a): a for a in make_menu(clerk.view).actions() if not a.isSeparator()}
    assert list(actions) == ["复制", "复制整张表", "粘贴", "清空", "填 0", "不适用", "来源和备注…",
                             "这一格填过的内容…"]
    actions["填 0"].trigger()
    assert (clerk.value("new_requests"), clerk.value("carried_over_in")) == ("0", "0")
    actions["不适用"].trigger()
    assert clerk.value("new_requests") == "—"
    actions["清空"].trigger()
    assert clerk.value("new_requests") is None


@pytest.mark.parametrize(("held", "more"), [("7", {"粘贴"}), ("", set())])
def test_on_a_total_alone_the_menu_only_copies(clerk: Clerk, held: str, more: set[str]) -> None:
    QApplication.clipboard().clear()
    if held:
        QApplication.clipboard().setText(held)
    clerk.go("results_total")
    enabled = {said(a) for a in make_menu(clerk.view).actions() if a.isEnabled() and a.text()}
    assert enabled == {"复制", "复制整张表", "来源和备注…", "填写原件合计…"} | more


def test_copy_before_anything_is_selected(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor)
    clerk.view.clearSelection()
    clerk.enter("3")
    clerk.go("new_requests")
    clerk.view.clearSelection()
    assert clerk.copied() == "3"
    assert QApplication.clipboard().text() == "3"


def test_labels_are_never_selected(clerk: Clerk) -> None:
    clerk.press(Key.Key_A, modifiers=CONTROL)
    assert len(clerk.view.chosen()) == 175
    assert all(isinstance(a, Address) for a in clerk.view.chosen())
    label = clerk.model.index(0, 0)
    assert clerk.model.flags(label) == Qt.ItemFlag.NoItemFlags


def test_shift_enter_selects_no_range(clerk: Clerk) -> None:
    clerk.go("disclosed").press(Key.Key_Return, modifiers=SHIFT)
    assert clerk.view.chosen() == [clerk.at("carried_over_in")]
