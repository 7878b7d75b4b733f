"""What a clerk sees of the marks of a text: the whole sentence of a doubt, a wave that is no hair line, live figures
that are not smudged where they are selected or stretched at a line's end, and the words that F8 leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, edit_of
from govdesk.session.session import Session
from tests.ui.conftest import FORM_ID
from tests.ui.driver import CELL
from ui.common.theme import current_colours
from ui.editing.editor import Editor
from ui.pages.text_page import TextPage

ON_REQUEST = "overview.on_request"
TOTAL = "〔表三·本年新收·总计〕"
DOUBTFUL = "予以公开7件，部分公开2件。"
Open = Callable[..., TextPage]


@pytest.fixture
def page(qtbot: QtBot, look: QApplication) -> Iterator[Open]:
    editors: list[Editor] = []

    def make(text: str, width: int = 860) -> TextPage:
        report = edit_of(cli.sample_report(), "", [(Layer.TEXTS, ON_REQUEST, text), (Layer.VALUES, CELL, Decimal(1))]
                         ).applied_to(cli.sample_report())
        editors.append(Editor(Session(form_reader.load_form(FORM_ID), report)))
        made = TextPage(editors[-1], ON_REQUEST)
        qtbot.addWidget(made)
        made.resize(width, 500)
        made.show()
        made.focus_first()
        qtbot.waitExposed(made)
        return made

    yield make
    for editor in editors:
        editor.deleteLater()


def whole(page: TextPage) -> bool:
    """Whether the bubble shows all of its sentence and of its ways, within the text's own area."""
    QApplication.processEvents()
    bubble = page.bubble
    sentence = bubble.findChildren(QLabel)[-1]
    ways = [way for way in bubble.findChildren(QPushButton) if way.isVisibleTo(bubble)]
    return (sentence.height() >= sentence.heightForWidth(sentence.width())
            and all(way.width() >= way.sizeHint().width() and bubble.rect().contains(way.geometry()) for way in ways)
            and bubble.rect().contains(sentence.geometry())
            and page.field.viewport().rect().contains(bubble.geometry()))


@pytest.mark.parametrize("width", [860, 520, 400])
def test_the_bubble_of_a_doubt_shows_its_whole_sentence(page: Open, width: int) -> None:
    shown = page(DOUBTFUL, width)
    shown.field.put_cursor(5)
    assert shown.bubble.isVisible() and whole(shown)
    shown.resize(380, 500)
    assert whole(shown)


def test_what_is_offered_at_the_cursor_and_the_bubble_never_lie_over_each_other(page: Open) -> None:
    shown = page("部分公开件。")
    shown.field.put_cursor(4)
    QTest.keyClicks(shown.field, "1")
    assert shown.completer.isVisible() and not shown.bubble.isVisible()
    QTest.keyClick(shown.field, Qt.Key.Key_Escape)
    assert shown.bubble.isVisible() and whole(shown)


def count_pixels(image: QImage, colour: QColor, box: QRect) -> int:
    return sum(_is_near(image.pixelColor(x, y), colour) for x in range(box.left(), box.right() + 1)
               for y in range(box.top(), box.bottom() + 1))


def _is_near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 60 for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


def boxes(page: TextPage, start: int, end: int) -> QRect:
    """From the left of one place of the text to that of another."""
    cursor = page.field.textCursor()
    cursor.setPosition(start)
    first = page.field.cursorRect(cursor)
    cursor.setPosition(end)
    return QRect(first.topLeft(), page.field.cursorRect(cursor).bottomLeft())


def test_a_wave_lies_under_all_that_is_said_and_is_no_hair_line(page: Open) -> None:
    shown = page("其他。" + DOUBTFUL)
    shown.field.put_cursor(0)
    colour, image = current_colours()["off_frame"], shown.field.viewport().grab().toImage()
    for at in (3, 7, 8):                     # “予”, “7”, “件”
        box = boxes(shown, at, at + 1)
        assert count_pixels(image, colour, box) >= box.width()
    assert count_pixels(image, colour, boxes(shown, 0, 2)) == 0


def test_a_selected_live_figure_is_seen_as_clearly_as_before(page: Open) -> None:
    """Qt draws selected letters in a colour of its own: those of the name must not be seen beside the figure."""
    shown = page(f"新收{TOTAL}件。")
    box = boxes(shown, 2 + len(TOTAL), 3 + len(TOTAL))
    colour = current_colours()["on_accent"]
    shown.field.selectAll()
    with_figure = count_pixels(shown.field.viewport().grab().toImage(), colour, box)
    plain = page("新收件。")
    at = boxes(plain, 2, 3)
    plain.field.selectAll()
    assert abs(with_figure - count_pixels(plain.field.viewport().grab().toImage(), colour, at)) < 8


def test_a_live_figure_at_a_lines_end_is_no_wider_than_its_digits(page: Open) -> None:
    for more in range(50):
        shown = page("字" * more + TOTAL + "件。", 400)
        (piece,) = shown.marks.chips.pieces
        box = shown.marks.chips._find_box(piece)
        assert box.width() < 40 and box.right() <= shown.field.viewport().width() - 17
        image, ground = shown.field.viewport().grab().toImage(), current_colours()["accent_ground"]
        coloured = [x for x in range(image.width()) if image.pixelColor(x, int(box.center().y() - 7)) == ground]
        assert len(coloured) < 40
        shown.close()


def test_f8_selects_the_words_that_a_finding_is_about(qtbot: QtBot, window: MainWindow) -> None:
    text = "全年工作有序开展。XX公众号发布信息。"
    window.adopt(edit_of(cli.sample_report(), "", [(Layer.TEXTS, "overview.platform", text)]
                         ).applied_to(cli.sample_report()))
    wizard = window.wizard
    assert wizard is not None
    QTest.keyClick(wizard, Qt.Key.Key_F8)
    for _ in range(10):
        if wizard.at[1].item == "overview.platform":
            break
        QTest.keyClick(wizard, Qt.Key.Key_F8)
    field = wizard.stack.current.text_field()
    assert field is not None
    assert field.textCursor().selectedText().startswith("XX")
