"""Figures in a text page: live ones that follow their cell, doubtful ones with their ways out, sentences on offer, and
what is still as it was last year. All by keys and clicks in the real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from govdesk import cli
from govdesk.document.document import Paragraph
from govdesk.formfile import form_reader
from govdesk.printing.compose import compose
from govdesk.report.report import Layer, edit_of
from govdesk.session.session import Session
from tests.ui.conftest import FORM_ID, say
from ui.editing.editor import Editor
from ui.pages.text_page import TextPage

ON_REQUEST = "overview.on_request"
TOTAL = "〔表三·本年新收·总计〕"
Open = Callable[..., TextPage]


@pytest.fixture
def page(qtbot: QtBot, look: QApplication) -> Iterator[Open]:
    editors: list[Editor] = []

    def make(text: str = "", *, text_id: str = ON_REQUEST, last: str = "", year: str = "2023") -> TextPage:
        wanted = [(Layer.TEXTS, text_id, text), (Layer.PREVIOUS_TEXTS, text_id, last), (Layer.COVER, "year", year)]
        report = edit_of(cli.sample_report(), "", wanted).applied_to(cli.sample_report())
        editors.append(Editor(Session(form_reader.load_form(FORM_ID), report)))
        made = TextPage(editors[-1], text_id)
        qtbot.addWidget(made)
        made.resize(860, 600)
        made.show()
        made.focus_first()
        qtbot.waitExposed(made)
        return made

    yield make
    for editor in editors:
        editor.deleteLater()


def stored(page: TextPage) -> str:
    return page._editor.now.report.text(page.text_id)


def printed(page: TextPage) -> str:
    return "\n".join(b.text for b in compose(page._editor.now).blocks if isinstance(b, Paragraph))


def waves(page: TextPage) -> list[str]:
    text = page.field.plain()
    return [text[slice(*page.marks.find_claim(doubt))] for doubt in page.marks.doubts]


def links(widget: QWidget) -> dict[str, QPushButton]:
    """The visible buttons by their words; of several alike the first."""
    QApplication.processEvents()
    return {b.text(): b for b in reversed(widget.findChildren(QPushButton)) if b.isVisibleTo(widget)}


def to_end(page: TextPage) -> None:
    page.field.put_cursor(len(page.field.plain()))


def new_requests(page: TextPage, value: int) -> None:
    cell = form_reader.load_form(FORM_ID).said["表三·本年新收·自然人"][0]
    page._editor.do(page._editor.session.edit("填入", [(Layer.VALUES, cell, Decimal(value))]))


def test_a_live_figure_follows_its_cell_on_paper_and_in_the_count(page: Open) -> None:
    shown = page(f"全年新收{TOTAL}件。")
    assert "全年新收15件。" in printed(shown)
    assert shown._count.text().startswith("8 字")
    new_requests(shown, 116)
    assert "全年新收116件。" in printed(shown)
    assert shown._count.text().startswith("9 字")
    assert shown.field.plain() == f"全年新收{TOTAL}件。"


def test_a_live_figure_is_painted_over_its_name(page: Open) -> None:
    shown = page(f"全年新收{TOTAL}件。")
    before = shown.field.viewport().grab().toImage()
    new_requests(shown, 888)
    assert shown.field.viewport().grab().toImage() != before


def test_a_copy_is_digits_elsewhere_and_live_here(page: Open) -> None:
    shown = page(f"新收{TOTAL}件。")
    shown.field.selectAll()
    QTest.keyClick(shown.field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "新收15件。"
    to_end(shown)
    shown.field.paste()
    assert stored(shown) == f"新收{TOTAL}件。" * 2
    shown._editor.stack.undo()
    assert stored(shown) == shown.field.plain() == f"新收{TOTAL}件。"


def test_after_the_bracket_a_name_is_offered(page: Open) -> None:
    shown = page()
    say(shown.field, "新收〔新收总")
    assert shown.completer.isVisible()
    assert "15　表三·本年新收·总计" in [shown.completer.item(i).text() for i in range(shown.completer.count())]
    while "本年新收·总计" not in shown.completer.currentItem().text():
        QTest.keyClick(shown.field, Qt.Key.Key_Down)
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    assert stored(shown) == f"新收{TOTAL}"
    assert not shown.completer.isVisible()
    say(shown.field, "件")
    assert stored(shown) == f"新收{TOTAL}件"
    shown._editor.stack.undo()
    shown._editor.stack.undo()
    assert stored(shown) == "新收〔新收总"


def test_behind_a_number_its_cells_are_offered_and_enter_stays_a_paragraph(page: Open) -> None:
    shown = page()
    say(shown.field, "全年新收")
    QTest.keyClicks(shown.field, "15")
    assert "本年新收" in shown.completer.item(0).text()
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    assert stored(shown) == "全年新收15\n"
    QTest.keyClick(shown.field, Qt.Key.Key_Backspace)
    QTest.keyClick(shown.field, Qt.Key.Key_Down)
    QTest.keyClick(shown.field, Qt.Key.Key_Return)
    assert stored(shown) == f"全年新收{TOTAL}"


def test_the_list_waits_while_a_word_is_composed(page: Open) -> None:
    shown = page(f"部分公开6件，新收{TOTAL}件。")
    to_end(shown)
    marked = waves(shown)
    QApplication.sendEvent(shown.field, QInputMethodEvent("xin", []))
    new_requests(shown, 16)
    assert shown.field.composing
    assert not shown.completer.isVisible()
    assert waves(shown) == marked == ["部分公开6件"]
    commit = QInputMethodEvent("", [])
    commit.setCommitString("新")
    QApplication.sendEvent(shown.field, commit)
    assert stored(shown).endswith("件。新")
    assert not shown.field.composing


def test_the_button_picks_from_the_tables(page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.text.insert_figure_menu import make_figure_menu

    shown = page("新收")
    to_end(shown)
    menu = make_figure_menu(shown._editor, shown._insert, shown)
    tables = {a.text()[:2]: a.menu() for a in menu.actions()}
    assert list(tables) == ["表二", "表三", "表四"]
    tables["表三"].aboutToShow.emit()
    row = next(a.menu() for a in tables["表三"].actions() if a.text() == "本年新收")
    action = next(a for a in row.actions() if a.text() == "总计　15")
    action.trigger()
    assert stored(shown) == f"新收{TOTAL}"
    shown._editor.stack.undo()
    assert stored(shown) == shown.field.plain() == "新收"


def test_enter_opens_the_first_table_without_a_mouse(qtbot: QtBot, page: Open) -> None:
    shown = page("新收")
    seen: list[str] = []

    def press() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        seen.append(menu.activeAction().text()[:2] if menu.activeAction() else "")
        QTest.keyClick(menu, Qt.Key.Key_Return)
        inner = QApplication.activePopupWidget()
        seen.append("" if inner is menu or inner is None else inner.activeAction().text()[:2])
        while popup := QApplication.activePopupWidget():
            popup.close()

    QTimer.singleShot(100, press)
    shown._choose_figure()
    assert seen[0] == "表二" and seen[1]


def test_a_doubtful_number_has_a_wave_and_two_ways_out(page: Open) -> None:
    shown = page("收到政府信息公开申请24件，部分公开6件。")
    assert waves(shown) == ["部分公开6件"]
    shown.field.put_cursor(len("收到政府信息公开申请24件，部分公开6"))
    assert shown.bubble.isVisible()
    press_f7(shown)
    assert shown.bubble.isAncestorOf(QApplication.focusWidget())
    ways = links(shown.bubble)
    assert list(reversed(ways)) == ["改为 5（部分公开，随表更新）", "这样写没错"]
    ways["改为 5（部分公开，随表更新）"].click()
    assert stored(shown) == "收到政府信息公开申请24件，部分公开〔表三·部分公开·总计〕件。"
    assert waves(shown) == []
    assert not shown.bubble.isVisible()
    shown._editor.stack.undo()
    assert waves(shown) == ["部分公开6件"]


def press_f7(shown: TextPage) -> None:
    """Where the cursor is; a key of the window needs a window that is in front."""
    shown.activateWindow()
    shown.field.setFocus()
    QApplication.processEvents()
    QTest.keyClick(shown.field, Qt.Key.Key_F7)


def test_f7_leads_to_the_next_doubtful_number_from_anywhere_in_the_text(page: Open) -> None:
    """Ctrl+. is the key of input methods for the signs of punctuation."""
    shown = page("收到政府信息公开申请24件，部分公开6件。另起一句。")
    to_end(shown)
    assert not shown.bubble.isVisible()
    QTest.keyClick(shown.field, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    assert not shown.bubble.isVisible()
    press_f7(shown)
    assert shown.bubble.isVisible() and shown.bubble.isAncestorOf(QApplication.focusWidget())


def test_what_is_right_is_remembered_until_sentence_or_figures_change(page: Open) -> None:
    shown = page("部分公开6件。")
    shown.field.put_cursor(5)
    links(shown.bubble)["这样写没错"].click()
    assert waves(shown) == []
    to_end(shown)
    say(shown.field, "另起一句。")
    assert waves(shown) == []
    shown.field.put_cursor(4)
    QTest.keyClicks(shown.field, "1")
    assert waves(shown) == ["部分公开16件"]


def test_sentences_that_fit_are_offered_and_taken_with_one_key(page: Open) -> None:
    shown = page()
    take = links(shown.offers)["采用"]
    take.setFocus()
    QTest.keyClick(take, Qt.Key.Key_Return)
    assert "合计24件" in printed(shown)
    assert "结转下年度继续办理0件" in printed(shown)
    assert waves(shown) == []
    assert QApplication.focusWidget() is shown.field
    shown._editor.stack.undo()
    assert stored(shown) == shown.field.plain() == ""


def test_the_preamble_is_made_of_the_cover(page: Open) -> None:
    shown = page(text_id="preamble")
    links(shown.offers)["采用"].click()
    assert "2023年1月1日至2023年12月31日" in stored(shown)
    assert "临江区滨河路1号" in stored(shown)
    assert not shown.offers.isVisible()


def test_last_years_text_begins_and_what_is_unchanged_is_marked(page: Open) -> None:
    last = "2022年制定了发布审核办法。本年举办培训两次。"
    shown = page(last=last, year="2023")
    links(shown.offers)["从上年的文字开始"].click()
    assert stored(shown) == last
    marked = [s.cursor.selectedText() for s in shown.field.extraSelections()]
    assert marked == ["2022年制定了发布审核办法。", "本年举办培训两次。", "2022"]
    shown.field.put_cursor(len(last) - 2)
    say(shown.field, "多")
    assert [s.cursor.selectedText() for s in shown.field.extraSelections()] == ["2022年制定了发布审核办法。", "2022"]
    links(shown.offers)["已核对，不再标出"].click()
    assert shown.field.extraSelections() == []
    shown._editor.stack.undo()
    assert len(shown.field.extraSelections()) == 2


def test_the_cursor_steps_over_a_live_figure_and_backspace_takes_all_of_it(page: Open) -> None:
    shown = page(f"新收{TOTAL}件")
    shown.field.put_cursor(2)
    QTest.keyClick(shown.field, Qt.Key.Key_Right)
    assert shown.field.textCursor().position() == 2 + len(TOTAL)
    QTest.keyClick(shown.field, Qt.Key.Key_Left)
    assert shown.field.textCursor().position() == 2
    QTest.keyClick(shown.field, Qt.Key.Key_Right)
    QTest.keyClick(shown.field, Qt.Key.Key_Backspace)
    assert stored(shown) == "新收件"
    shown._editor.stack.undo()
    assert stored(shown) == shown.field.plain() == f"新收{TOTAL}件"
    shown.field.put_cursor(2)
    QTest.keyClick(shown.field, Qt.Key.Key_Delete)
    assert stored(shown) == "新收件"


def test_a_live_figure_takes_no_more_room_than_its_digits(page: Open) -> None:
    shown = page(f"新收{TOTAL}件。")
    cursor = shown.field.textCursor()
    cursor.setPosition(2)
    left = shown.field.cursorRect(cursor).left()
    cursor.setPosition(2 + len(TOTAL))
    assert 15 < shown.field.cursorRect(cursor).left() - left < 60


def test_last_years_problems_are_no_beginning_for_this_years(page: Open) -> None:
    """The form says that this part is written anew each year."""
    shown = page(text_id="problems", last="一是公开内容不够全面。", year="2023")
    assert "从上年的文字开始" not in links(shown.offers)


def test_a_taken_sentence_whose_condition_is_gone_is_exchanged_with_one_click(page: Open) -> None:
    """The sample carries 9 over: the sentence that denies it was taken when there was nothing."""
    shown = page(f"我局依法办理。全年新收政府信息公开申请{TOTAL}件，没有上年结转的申请；"
                 "办结〔表三·办理结果总计·总计〕件，结转下年度继续办理〔表三·结转下年度·总计〕件。")
    assert "没有上年结转的申请" in printed(shown)
    links(shown.offers)["换成这句"].click()
    assert "没有上年结转" not in printed(shown) and "上年结转9件，合计24件" in printed(shown)
    assert "我局依法办理。全年新收" in printed(shown)
    assert "换成这句" not in links(shown.offers)
    shown._editor.stack.undo()
    assert "没有上年结转的申请" in printed(shown) and "换成这句" in links(shown.offers)
