"""Contrast, reckoned: text 4.5 : 1, frames and marks 3 : 1, in every set of colours; the system's own wins."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPalette, QTransform
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ui.common import theme
from ui.common.theme import CONTRAST, DARK, LIGHT, Colours, contrast_ratio
from ui.editing.editor import Editor
from ui.widgets.basics import make_button
from ui.widgets.tick_box import TickBox
from ui.wizard.top_bar import TopBar

GROUNDS = ("ground", "card", "accent_ground", "agreed_ground", "off_ground", "total_ground", "head_ground")
TEXTS = ("text", "quiet", "accent", "agreed", "off")
FRAMES = ("accent", "off_frame", "agreed", "faint")


def black_on_white() -> Colours:
    """A system's high-contrast palette."""
    palette = QPalette()
    role = QPalette.ColorRole
    for which, colour in ((role.Window, "#ffffff"), (role.WindowText, "#000000"), (role.Highlight, "#ffff00"),
                          (role.HighlightedText, "#000000")):
        palette.setColor(which, QColor(colour))
    return theme.colours_from_palette(palette)


@pytest.fixture(params=["light", "dark", "contrast", "system"])
def a_set(request: pytest.FixtureRequest, look: QApplication) -> Colours:
    return {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}.get(request.param) or black_on_white()


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert round(contrast_ratio("#000000", "#ffffff"), 2) == 21
    assert round(contrast_ratio("#777777", "#ffffff"), 2) == 4.48


def test_text_can_be_read(a_set: Colours) -> None:
    low = {(t, g): round(contrast_ratio(getattr(a_set, t), getattr(a_set, g)), 2) for t in TEXTS for g in GROUNDS
           if contrast_ratio(getattr(a_set, t), getattr(a_set, g)) < 4.5}
    assert low == {}
    assert contrast_ratio(a_set.on_accent, a_set.accent) >= 4.5
    assert contrast_ratio(a_set.zero, a_set.card) >= 4.5                       # a typed 0 is paler than other figures


def test_frames_and_marks_can_be_seen(a_set: Colours) -> None:
    low = {(f, g): round(contrast_ratio(getattr(a_set, f), getattr(a_set, g)), 2) for f in FRAMES for g
           in ("ground", "card")
           if contrast_ratio(getattr(a_set, f), getattr(a_set, g)) < 3}
    assert low == {}


def test_the_system_that_asks_for_high_contrast_wins(look: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(theme, "is_high_contrast", lambda: True)
    system = QApplication.style().standardPalette()
    theme.apply_theme(look, "dark")
    try:
        assert theme.current_colours() not in (LIGHT, DARK, CONTRAST)
        assert theme.current_colours().ground == system.color(QPalette.ColorRole.Window).name()
        assert theme.current_colours().text == system.color(QPalette.ColorRole.WindowText).name()
    finally:
        monkeypatch.undo()
        theme.apply_theme(look, "light")


def test_high_contrast_can_be_chosen(look: QApplication) -> None:
    theme.apply_theme(look, "contrast")
    try:
        assert theme.current_colours() is CONTRAST
        assert look.palette().color(QPalette.ColorRole.Window).name() == "#000000"
    finally:
        theme.apply_theme(look, "light")


@pytest.mark.parametrize("wish", ["light", "dark", "contrast"])
def test_a_button_without_a_frame_that_does_nothing_is_told_from_one_that_does(
        look: QApplication, qtbot: QtBot, wish: str) -> None:
    """By a fainter ink; where there is none, by a dashed frame in the same room."""
    theme.apply_theme(look, wish)
    try:
        shown = []
        for enabled in (True, False):
            made = make_button("重做", lambda: None, "flat")
            qtbot.addWidget(made)
            made.setEnabled(enabled)
            made.show()
            image = made.grab().toImage()
            rim = {image.pixelColor(x, 0).name() for x in range(6, image.width() - 6)}
            inside = {image.pixelColor(x, y).name() for x in range(3, image.width() - 3)
                      for y in range(3, image.height() - 3)}
            shown.append((made.size(), rim, inside))
        (size, rim, inside), (same, other_rim, other_inside) = shown
        assert size == same
        assert len(rim) == 1
        if wish == "contrast":
            assert theme.current_colours().line in other_rim and len(other_rim) > 1
        else:
            assert theme.current_colours().text in inside and theme.current_colours().text not in other_inside
    finally:
        theme.apply_theme(look, "light")


@pytest.mark.parametrize("wish", ["light", "dark", "contrast"])
def test_the_arrows_of_undo_and_redo_are_painted_in_the_colour_in_force(
        look: QApplication, editor: Editor, qtbot: QtBot, wish: str) -> None:
    """No face need have the characters; a theme that changes changes them too."""
    top = TopBar(editor)
    qtbot.addWidget(top)
    top.show()
    theme.apply_theme(look, wish)
    try:
        undo, redo = (next(b for b in top.findChildren(QPushButton) if b.text() == words) for words in ("撤销", "重做"))
        for mode, role in ((QIcon.Mode.Normal, "text"), (QIcon.Mode.Disabled, "faint")):
            one, other = (_image(button, mode) for button in (undo, redo))
            full = {one.pixelColor(x, y).name() for x, y in _ink(one) if one.pixelColor(x, y).alpha() == 255}
            assert full == {theme.current_colours()[role].name()}
            assert len(_ink(one)) > 20
            assert _ink(one) != _ink(other)
            assert _ink(other) == _ink(one.transformed(QTransform().scale(-1, 1)))
    finally:
        theme.apply_theme(look, "light")


def _image(button: QPushButton, mode: QIcon.Mode) -> QImage:
    return button.icon().pixmap(QSize(16, 16), mode).toImage()


def _ink(image: QImage) -> set[tuple[int, int]]:
    return {(x, y) for x in range(16) for y in range(16) if image.pixelColor(x, y).alpha() > 100}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_box_to_tick_is_seen_and_so_is_its_tick(qtbot: QtBot, look: QApplication, name: str) -> None:
    theme.apply_theme(look, name)
    box = TickBox("表三 · 自然人")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    ground = theme.current_colours().card
    empty = box.grab().toImage()
    box.setChecked(True)
    ticked = box.grab().toImage()
    side = [contrast_ratio(empty.pixelColor(3, y).name(), ground) for y in range(7, 14)]
    assert min(side) >= 3, side                                                # its frame on the card
    inside = {ticked.pixelColor(x, y).name() for x in range(5, 15) for y in range(5, 15)}
    assert max(contrast_ratio(one, other) for one in inside for other in inside) >= 3
    assert len({empty.pixelColor(x, y).name() for x in range(6, 14) for y in range(6, 14)}) == 1
