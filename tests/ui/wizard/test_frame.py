"""The frame round a page: the organ's name in the room that there is, the folded helper that has something to say, the
helper that keeps its width, and a wide window without a hole."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QWidget

from build_scripts.program_window import MainWindow
from tests.ui.driver import CELL, put, sample_wizard
from tests.ui.helper.findings_driver import card_in
from tests.ui.walking import settle
from ui.common.theme import current_colours
from ui.widgets.basics import Button, ElidedLabel, make_label
from ui.wizard.wizard import Wizard


@pytest.fixture
def wizard(window: MainWindow) -> Wizard:
    return sample_wizard(window)


def test_the_organ_has_all_the_room_that_there_is_for_its_name(window: MainWindow, wizard: Wizard) -> None:
    for width in (1366, 1093):
        window.resize(width, 614)
        settle(50)
        name = next(label for label in wizard.top.findChildren(ElidedLabel) if "临江区人民政府办公室" in label.text())
        assert name.width() >= name.fontMetrics().horizontalAdvance(name.text())


def test_a_long_name_leaves_the_deadline_in_sight(window: MainWindow, wizard: Wizard) -> None:
    from govdesk.report.report import Layer

    wizard.editor.do(wizard.editor.session.edit("改名", [(Layer.COVER, "organ.name", "临江区" * 60 + "局")]))
    window.resize(1093, 614)
    settle(50)
    name, about = wizard.top.findChildren(ElidedLabel)
    assert about.width() >= about.least_width() and name.geometry().right() <= about.geometry().left()
    assert window.width() == 1093


def test_the_folded_helper_tells_that_it_has_a_finding(window: MainWindow, wizard: Wizard) -> None:
    window.resize(1093, 614)
    wizard.go_to(CELL)
    settle()
    assert wizard.strip.isVisible() and not wizard.strip.dot.isVisible()
    put(wizard, CELL, Decimal(0))
    settle()
    assert wizard.strip.dot.isVisible() and wizard.strip.button.accessibleName() == "填报提示，有要看的"
    put(wizard, CELL, Decimal(1))
    settle()
    assert not wizard.strip.dot.isVisible()


def test_the_helper_breaks_no_line_elsewhere_when_it_begins_to_scroll(window: MainWindow, wizard: Wizard) -> None:
    window.resize(1366, 560)
    put(wizard, CELL, Decimal(0))
    widths = {}
    for place in (CELL, "other_matters"):
        wizard.go_to(place)
        if place is CELL:
            card_in(wizard.helper)           # with its likely slips
        settle(100)
        widths[wizard.helper.verticalScrollBar().maximum() > 0] = wizard.helper.widget().width()
    assert set(widths) == {True, False} and widths[True] == widths[False]


def test_in_a_wide_window_the_helper_stands_beside_the_text(window: MainWindow, wizard: Wizard) -> None:
    window.resize(1920, 900)
    wizard.enter_item("problems")
    settle(50)
    if window.width() < 1900:
        pytest.skip("the screen is smaller")
    sheet = wizard.pages["problems"].text_field()
    assert sheet is not None
    gap = left_of(wizard.helper, wizard) - left_of(sheet, wizard) - sheet.width()
    assert 0 < gap < 60 and wizard.helper.width() == 360


def left_of(widget: QWidget, root: QWidget) -> int:
    return widget.mapTo(root, QPoint(0, 0)).x()


def test_a_sign_before_words_is_drawn_and_its_words_stay_where_they_are(look: object) -> None:
    labels = make_label("△ 请看"), make_label("\u3000 请看"), QLabel("△ 请看")
    for one in labels:
        one.resize(120, 24)
    drawn, bare, of_font = (one.grab().toImage() for one in labels)
    assert drawn not in (bare, of_font)
    words = (20, 0, 100, 24)
    assert drawn.copy(*words) == bare.copy(*words)
    made = Button("! 1 处对不上")
    assert made.text() == "! 1 处对不上" and not made.icon().isNull()
    ink = made.icon().pixmap(QSize(17, 14)).toImage()
    assert any(QColor(ink.pixelColor(x, 7)).alpha() > 200 for x in range(ink.width()))
    assert current_colours()["edge"] != current_colours()["line"]


def test_a_word_with_a_sign_has_room_for_its_last_character(look: object) -> None:
    """The sign is drawn wider than it is written."""
    for made in (make_label("✓ 已全部保存", "quiet"), ElidedLabel("quiet")):
        made.setText("✓ 已全部保存")
        assert made.sizeHint().width() >= made.fontMetrics().horizontalAdvance("\u3000 已全部保存")
