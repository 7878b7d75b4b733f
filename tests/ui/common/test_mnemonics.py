"""Alt and a letter: every button of every page has one, none is given twice where both are in sight, and each works."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcutEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget

from build_scripts.program_window import MainWindow
from govdesk.exchange import report_file
from govdesk.form.form import Address
from govdesk.report.report import Layer, edit_of
from tests.ui.walking import pages, sample, settle
from ui.common import mnemonics
from ui.grid.menu import make_menu
from ui.widgets.basics import Button

# Words that come and go with what they speak of, or stand there several times.
WITHOUT = {"去看这几格", "记下理由", "知道了", "提\n示", "×", "‹", "›"}


def lettered(root: QWidget) -> dict[str, list[QPushButton]]:
    found: dict[str, list[QPushButton]] = {}
    for one in root.findChildren(QPushButton):
        if one.isVisible() and not one.shortcut().isEmpty():
            found.setdefault(one.shortcut().toString(), []).append(one)
    return found


def clashes(root: QWidget) -> list[str]:
    return [f"{key}: {'、'.join(b.text() for b in held)}" for key, held in lettered(root).items() if len(held) > 1]


def bare_buttons(root: QWidget) -> list[str]:
    """Real buttons without a letter; links and counted sentences need none."""
    return [one.text() for one in root.findChildren(Button)
            if one.isVisible() and one.shortcut().isEmpty() and one.text() and one.text() not in WITHOUT
            and not str(one.property("role") or "").startswith(("link", "balance", "fold"))]


class Caught(QObject):
    """Takes a button's letter before it acts: what it would do is not of interest here."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Shortcut and isinstance(event, QShortcutEvent):
            if not event.isAmbiguous():
                self.heard.append(watched)
            return True
        return False


def deaf(window: MainWindow, root: QWidget) -> list[str]:
    """Buttons that Alt and their letter do not reach."""
    caught, silent = Caught(), []
    for key, held in lettered(root).items():
        one = held[0]
        if not one.isEnabled():
            continue
        one.installEventFilter(caught)
        letter = QKeySequence(key)[0].key()
        QTest.keyClick(QApplication.focusWidget() or window, letter, Qt.KeyboardModifier.AltModifier)
        silent += [] if caught.heard[-1:] == [one] else [f"{one.text()} {key}"]
        one.removeEventFilter(caught)
    return silent


def more_pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """What opens over a page or beside it."""
    wizard = window.wizard
    assert wizard is not None
    wizard.go_to(Address("requests", "not_processed_duplicate", "natural_person"))
    page = wizard.pages["requests"]
    page.open_evidence()                     # type: ignore[attr-defined]
    QApplication.clipboard().setText("1\t2\n3\t4")
    page.view.paste()                        # type: ignore[attr-defined]
    settle()
    yield "paste and evidence", window
    page.view.pasting.leave()                 # type: ignore[attr-defined]
    wizard.toggle_preview()
    settle()
    yield "preview", window
    wizard.toggle_preview()
    window.show_past()
    settle()
    yield "versions", window
    window.stack.currentWidget().back_wanted.emit()          # type: ignore[attr-defined]
    wizard.sheet_wanted.emit()
    settle()
    yield "self-check", window
    window.stack.currentWidget().back_wanted.emit()          # type: ignore[attr-defined]
    file = window.drafts.file.with_name("x.govdesk")
    file.write_bytes(report_file.dump_report(edit_of(wizard.editor.now.report, "x", [
        (Layer.VALUES, cell, Decimal(7)) for cell in wizard.editor.form.input_cells]).applied_to(
            wizard.editor.now.report)))
    window.compare_with(file)
    while window.jobs.busy:
        settle()
    yield "merge", window
    window.stack.currentWidget().back_wanted.emit()          # type: ignore[attr-defined]
    window.show_home()
    window.home.ask_deadline()
    settle()
    yield "deadline", window
    window.show_copies()
    settle()
    yield "copies", window


@pytest.mark.parametrize("width", [1366, 911])
def test_on_every_page_each_letter_is_given_once_and_works(window: MainWindow, width: int) -> None:
    window.resize(width, 768)
    wrong = []
    seen = set()
    for part in (pages, more_pages):
        for where, root in part(window):
            wrong += [(where, words) for words in (*clashes(root), *bare_buttons(root), *deaf(window, root))]
            seen |= {b.text() for held in lettered(root).values() for b in held}
    assert wrong == []
    assert len(seen) > 30


def test_letters_are_seen_while_alt_is_held_and_move_nothing(window: MainWindow) -> None:
    wizard = sample(window)
    settle()
    export = next(b for b in wizard.top.findChildren(Button) if b.text() == "导出 PDF")
    place, before = export.geometry(), export.grab().toImage()
    focus = QApplication.focusWidget()
    QTest.keyPress(focus, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    assert export.grab().toImage() != before and export.geometry() == place
    QTest.keyRelease(focus, Qt.Key.Key_Alt)
    assert export.grab().toImage() == before
    QTest.keyPress(focus, Qt.Key.Key_Alt, Qt.KeyboardModifier.AltModifier)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowDeactivate))       # Alt+Tab: its release is not heard here
    assert export.grab().toImage() == before


def test_words_that_a_clerk_typed_stand_on_a_button_as_they_are(window: MainWindow) -> None:
    assert mnemonics.mark_letter("张&王", "") == "张&&王"
    made = Button("张&王")
    assert made.text() == "张&王" and made.shortcut().isEmpty()


def entries(act: Callable[[], object]) -> list[list[str]]:
    """What stands in the menu that an act opens, and in those within it."""
    found: list[list[str]] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        inner = [action.menu() for action in menu.actions() if action.menu()]
        found.extend([action.text() for action in one.actions() if action.text()] for one in (menu, *inner))
        menu.close()

    QTimer.singleShot(50, look)
    act()
    return found


def test_the_entries_of_a_menu_have_letters_of_their_own(window: MainWindow) -> None:
    wizard = sample(window)
    wizard.go_to(Address("requests", "disclosed", "total"))
    page = wizard.pages["requests"]
    menus = [[action.text() for action in menu.actions() if action.text()]
             for menu in (make_menu(page.view), wizard.top.menu())]            # type: ignore[attr-defined]
    window.show_home()
    home = window.home
    for act in (lambda: home._choose(home), lambda: home._menu(window.drafts.list()[0].id, QPoint(0, 0)),
                home._offer_last_years):
        menus += entries(act)
    assert len(menus) >= 8
    for words in menus:
        named = [text for text in words if "样例" not in text and "→" not in text]     # drafts are called as they are
        letters = [QKeySequence.mnemonic(text).toString() for text in named]
        assert "" not in letters and len(set(letters)) == len(letters), words


def test_alt_and_a_digit_lead_to_a_step(window: MainWindow) -> None:
    wizard = sample(window)
    for digit, step in (("1", "cover"), ("5", "requests"), ("9", "review"), ("0", "export"), ("2", "preamble")):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key(ord(digit)), Qt.KeyboardModifier.AltModifier)
        assert wizard.at[0].id == step
