"""The wheel scrolls a page and changes no value on it."""

from __future__ import annotations

import ast

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from build_scripts.program_window import MainWindow
from tests.conftest import ROOT
from tests.ui.common.test_mnemonics import more_pages
from tests.ui.walking import pages, sample, settle
from ui.pages.cover_page import CoverPage

TURNED = (QComboBox, QAbstractSpinBox, QAbstractSlider, QLineEdit)      # what has a value that a wheel might change
TURNING = {"QComboBox", "QFontComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit",
           "QSlider", "QDial"}


def turn(widget: QWidget, notches: int) -> None:
    """Turn the wheel over a widget. As the window system tells it: an event that is sent is not handed on by Qt."""
    top = widget.window()
    at = widget.mapTo(top, widget.rect().center())
    QTest.wheelEvent(top.windowHandle(), QPointF(at), QPoint(0, 120 * notches))
    QApplication.processEvents()


def value(widget: QWidget) -> object:
    if isinstance(widget, QComboBox):
        return widget.currentIndex()
    return widget.text() if isinstance(widget, (QLineEdit, QAbstractSpinBox)) else widget.value()  # type: ignore[attr-defined]


def changed_by_wheel(root: QWidget) -> tuple[list[str], int]:
    """The names of what a wheel changes, unfocused or focused, and how many fields were looked at."""
    found, looked_at = [], 0
    for one in root.findChildren(QWidget):
        if not isinstance(one, TURNED) or isinstance(one, QScrollBar) or not one.isVisible():
            continue
        looked_at += 1
        for focused in (False, True):
            (one if focused else root).setFocus()
            before = value(one)
            for notches in (-1, -1, 1):
                turn(one, notches)
                if value(one) != before:
                    found.append(f"{one.accessibleName()} ({'focused' if focused else 'unfocused'})")
    return found, looked_at


def test_no_field_on_any_page_is_changed_by_the_wheel(window: MainWindow) -> None:
    changed, count = [], 0
    for part in (pages, more_pages):
        for where, root in part(window):
            found, looked_at = changed_by_wheel(root)
            changed += [(where, name) for name in found]
            count += looked_at
    assert changed == []
    assert count > 12


def test_the_wheel_over_a_choice_of_the_cover_scrolls_the_cover(window: MainWindow) -> None:
    window.resize(1366, 560)
    wizard = sample(window)
    page = wizard.enter("cover")
    assert isinstance(page, CoverPage)
    settle()
    box = page.fields["organ.level"]
    box.setFocus()
    turn(box, -1)
    assert page.findChild(QScrollArea).verticalScrollBar().value() > 0


@pytest.mark.parametrize("file", sorted((ROOT / "ui").rglob("*.py")), ids=lambda file: file.stem)
def test_only_the_programs_own_combo_box_is_made(file: object) -> None:
    """Also on pages that no test opens."""
    tree = ast.parse(file.read_text(encoding="utf-8"))                       # type: ignore[attr-defined]
    made = [node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    assert TURNING.isdisjoint(made)
