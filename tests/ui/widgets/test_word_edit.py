"""Double click, Ctrl with an arrow and Ctrl+Backspace take a word or a number, as in Word: never half a paragraph."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from build_scripts.program_window import MainWindow
from tests.ui.conftest import say
from tests.ui.walking import pages, sample, settle
from ui.editing.bound_fields import TextField
from ui.widgets import word_bounds
from ui.widgets.word_edit import PageWordsMixin, WordLineEdit

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

LINE = "2025年，本机关收到申请1,234.5件（增长３．５％），比上年-2%；don't  ABC-DEF。"


def word(line: str, inside: str) -> str:
    """The word at the first place of a piece of the line."""
    start, end = word_bounds.word_at(line, line.index(inside))
    return line[start:end]


@pytest.mark.parametrize(("at", "wanted"), [
    ("2025", "2025"), ("25年", "2025"), ("年", "年"), ("，", "，"), ("机关", "本机关收到申请"), ("234", "1,234.5"),
    ("件", "件"), ("５％", "３．５"), ("％", "％"), ("2%", "2"), ("don", "don't"), ("  ", "  "), ("DEF", "DEF"),
    ("。", "。")])
def test_a_word_or_a_number_without_its_unit(at: str, wanted: str) -> None:
    assert word(LINE, at) == wanted


@pytest.mark.parametrize(("line", "at", "wanted"), [
    ("收到12，345件不予", "12", "12"), ("１，２３４件", "２", "１，２３４"), ("共12，345,678元", "345", "345,678"),
    ("2024.1.18发布", "1.18", "2024.1.18"), ("他说……好", "……", "……"), ("𠮷野家2", "野", "𠮷野家"),
    ("⾏政复议。", "政", "⾏政复议"),
    ("葛\U000e0100飾区5", "飾", "葛\U000e0100飾区"), ("", "", ""), ("甲", "", "甲"), ("1234,567", "4", "1234")])
def test_of_doubtful_lines(line: str, at: str, wanted: str) -> None:
    assert word(line, at) == wanted


def test_a_live_figure_is_one_word() -> None:
    line = "收到〔表三·本年新收·总计〕件"
    whole = [(2, line.index("件"))]
    for position in range(2, line.index("件")):
        assert word_bounds.word_at(line, position, whole) == whole[0]
    assert word_bounds.next_word_start(line, 0, whole) == 2
    assert word_bounds.next_word_start(line, 2, whole) == line.index("件")
    assert word_bounds.last_word_start(line, line.index("件"), whole) == 2


def test_words_lie_side_by_side_and_steps_there_and_back_agree() -> None:
    found = word_bounds.split_words(LINE)
    assert "".join(LINE[start:end] for start, end in found) == LINE
    there = [0]
    while there[-1] < len(LINE):
        there.append(word_bounds.next_word_start(LINE, there[-1]))
    back = [len(LINE)]
    while back[-1]:
        back.append(word_bounds.last_word_start(LINE, back[-1]))
    assert there == back[::-1]


def test_a_million_characters_are_taken_in_one_go() -> None:
    assert len(word_bounds.split_words("政" * 1_000_000)) == 1
    assert len(word_bounds.split_words("1," * 100_000)) == 200_000


@pytest.fixture
def page(window: MainWindow) -> TextField:
    """The first text that is required, empty and with the focus."""
    wizard = sample(window)
    wizard.enter_item("problems")
    field = wizard.pages["problems"].field                       # type: ignore[attr-defined]
    assert isinstance(field, TextField)
    QTest.keyClick(field, Qt.Key.Key_A, CONTROL)
    return field


def write(field: TextField, text: str) -> None:
    say(field, text)
    settle()


def point(field: TextField, place: int) -> QPoint:
    """The middle of the character at a place of the document."""
    cursor = field.textCursor()
    ends = []
    for at in (place, place + 1):
        cursor.setPosition(at)
        ends.append(field.cursorRect(cursor).center())
    return QPoint((ends[0].x() + ends[1].x()) // 2, ends[0].y())


def double_click(field: TextField, place: int) -> str:
    QTest.mouseDClick(field.viewport(), Qt.MouseButton.LeftButton, pos=point(field, place))
    return field.textCursor().selectedText()


def test_typing_over_a_number_that_was_double_clicked_leaves_the_rest(page: TextField) -> None:
    write(page, "2025年，本机关收到申请1,234.5件，比上年-2%。")
    for place in range(4):
        assert double_click(page, place) == "2025"
    QTest.keyClicks(page, "2026")
    assert page.plain() == "2026年，本机关收到申请1,234.5件，比上年-2%。"
    assert double_click(page, page.plain().index("34.")) == "1,234.5"
    assert double_click(page, page.plain().index("机关")) == "本机关收到申请"


def test_a_third_click_takes_the_paragraph(page: TextField) -> None:
    write(page, "甲局2025年，收到12件；")
    double_click(page, 3)
    QTest.mousePress(page.viewport(), Qt.MouseButton.LeftButton, pos=point(page, 3))
    QTest.mouseRelease(page.viewport(), Qt.MouseButton.LeftButton, pos=point(page, 3))
    assert page.textCursor().selectedText() == page.plain()


def test_a_double_click_that_is_drawn_on_goes_on_by_words(page: TextField) -> None:
    text = "甲局2025年，收到12件；"
    write(page, text)
    page.mouseDoubleClickEvent(pressed(point(page, 3), QEvent.Type.MouseButtonDblClick))
    page.mouseMoveEvent(pressed(point(page, text.index("1")), QEvent.Type.MouseMove))
    assert page.textCursor().selectedText() == "2025年，收到12"
    page.mouseMoveEvent(pressed(point(page, 0), QEvent.Type.MouseMove))
    assert page.textCursor().selectedText() == "甲局2025"
    page.mouseReleaseEvent(pressed(point(page, 0), QEvent.Type.MouseButtonRelease))


def pressed(at: QPoint, kind: QEvent.Type) -> QMouseEvent:
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(kind, QPointF(at), QPointF(at), left, left, Qt.KeyboardModifier.NoModifier)


def test_ctrl_with_an_arrow_and_with_backspace_goes_by_words(page: TextField) -> None:
    write(page, "收到12件")
    QTest.keyClick(page, Qt.Key.Key_Left, CONTROL)
    QTest.keyClick(page, Qt.Key.Key_Left, CONTROL)
    assert page.textCursor().position() == 2
    QTest.keyClick(page, Qt.Key.Key_Right, CONTROL | SHIFT)
    assert page.textCursor().selectedText() == "12"
    QTest.keyClick(page, Qt.Key.Key_End)
    QTest.keyClick(page, Qt.Key.Key_Backspace, CONTROL)
    QTest.keyClick(page, Qt.Key.Key_Backspace, CONTROL)
    assert page.plain() == "收到"
    QTest.keyClick(page, Qt.Key.Key_Home)
    QTest.keyClick(page, Qt.Key.Key_Delete, CONTROL)
    assert page.plain() == ""


def test_words_end_with_the_paragraph(page: TextField) -> None:
    write(page, "甲\n乙")
    QTest.keyClick(page, Qt.Key.Key_Home, CONTROL)
    places = [page.textCursor().position()]
    for _ in range(4):
        QTest.keyClick(page, Qt.Key.Key_Right, CONTROL)
        places.append(page.textCursor().position())
    assert places == [0, 1, 2, 3, 3]


def test_a_live_figure_goes_whole(page: TextField) -> None:
    write(page, "𠮷收到〔表三·本年新收·总计〕件")
    token = page.plain().index("〔") + 1                          # 𠮷 counts two
    chosen = double_click(page, token)                           # its letters lie within the first one's room
    assert chosen.startswith("〔") and chosen.endswith("〕")
    QTest.keyClick(page, Qt.Key.Key_End)
    for _ in range(2):
        QTest.keyClick(page, Qt.Key.Key_Left, CONTROL)
    assert page.textCursor().position() == token
    QTest.keyClick(page, Qt.Key.Key_Right, CONTROL | SHIFT)
    QTest.keyClick(page, Qt.Key.Key_Delete)
    assert page.plain() == "𠮷收到件"


def test_a_line_of_the_cover_has_the_same_words(window: MainWindow) -> None:
    wizard = sample(window)
    field = wizard.enter("cover").fields["issued_on"]            # type: ignore[attr-defined]
    field.setFocus()
    field.setText("2024年1月18日")
    field.setCursorPosition(0)
    x = field.cursorRect().center().x() + 3
    QTest.mouseDClick(field, Qt.MouseButton.LeftButton, pos=QPoint(x, field.height() // 2))
    assert field.selectedText() == "2024"
    QTest.keyClicks(field, "2025")
    QTest.keyClick(field, Qt.Key.Key_Right, CONTROL)
    QTest.keyClick(field, Qt.Key.Key_Right, CONTROL | SHIFT)
    assert field.selectedText() == "1"
    QTest.keyClick(field, Qt.Key.Key_End)
    QTest.keyClick(field, Qt.Key.Key_Backspace, CONTROL)
    assert field.text() == "2025年1月18"


def test_every_field_has_words(window: MainWindow) -> None:
    """Also what another page brings later."""
    plain, count = [], 0
    for where, root in pages(window):
        for one in root.findChildren(QWidget):
            count += isinstance(one, (WordLineEdit, PageWordsMixin))
            if isinstance(one, (QLineEdit, QTextEdit, QPlainTextEdit)) and not isinstance(one, (WordLineEdit,
                                                                                                PageWordsMixin)):
                plain.append((where, one.accessibleName()))
    assert plain == []
    assert count > 20
