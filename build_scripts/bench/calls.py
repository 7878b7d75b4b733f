"""How much Python a key in table 3 costs: calls of functions, ours and Qt's, which no busy machine can change.

    python3 dev.py bench calls

Every figure of the table is typed into the real window, once with no other page made and once after all pages have been
looked at: what lies out of sight should cost next to nothing. What follows a moment later (helper, counts) is left out.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from govdesk import cli
from govdesk.base.numerals import format_value
from govdesk.formfile import form_reader
from govdesk.report.report import Layer
from govdesk.session.session import Session
from ui.app.qt_application import application
from ui.common import debounce
from ui.editing.editor import Editor
from ui.pages.grid_page import GridPage
from ui.wizard.wizard import Wizard


class Cost(NamedTuple):
    """Of one key."""

    calls: float
    milliseconds: float                      # of the processor


class Meter:
    """Counts the calls and the processor time of what it is given to do, in turn: counting takes time itself."""

    def __init__(self) -> None:
        self.calls = self.counted = self.timed = 0
        self.seconds = 0.0

    def measure(self, act: Callable[[], None]) -> None:
        if self.counted > self.timed:
            start = time.thread_time()
            act()
            self.seconds += time.thread_time() - start
            self.timed += 1
            return
        sys.setprofile(self._note)
        act()
        sys.setprofile(None)
        self.counted += 1

    def _note(self, _frame: FrameType, event: str, _what: Any) -> None:
        self.calls += event in ("call", "c_call")

    @property
    def cost(self) -> Cost:
        return Cost(self.calls / self.counted, self.seconds / self.timed * 1000)


def type_table(*, all_pages: bool) -> tuple[Cost, Cost]:
    """What a letter costs and what the Enter after a figure costs."""
    report = cli.sample_report()
    wizard = Wizard(Editor(Session(form_reader.load_form(report.form_id), report)))
    wizard.resize(1366, 768)
    wizard.show()
    wizard.activateWindow()
    for step in wizard.steps if all_pages else ():
        for page in step.pages:
            wizard.enter(step.id, page.item)
            QApplication.processEvents()
    table = wizard.enter("requests")
    assert isinstance(table, GridPage)
    order = [cell for cell in table.model.places.down if cell in table.model.places.inputs]
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, cell, None) for cell in order]))
    table.go_to(order[0])
    QApplication.processEvents()
    letters, enters = Meter(), Meter()
    for cell in order:
        for letter in format_value(report.value(cell)):
            letters.measure(lambda letter=letter: press(letter))
        enters.measure(lambda: press(Qt.Key.Key_Return))
    wizard.close()
    return letters.cost, enters.cost


def press(key: str | Qt.Key) -> None:
    """A key, and the painting that follows it."""
    QTest.keyClick(QApplication.focusWidget(), key)
    for _ in range(3):
        QApplication.processEvents()


def main() -> int:
    debounce.PAUSE_MS = debounce.MAX_DELAY_MS = 10**8
    application("light")
    print("| | calls, a letter | calls, Enter | processor, a letter | processor, Enter |")
    print("| --- | --- | --- | --- | --- |")
    for words, all_pages in (("no other page made", False), ("all pages looked at", True)):
        letter, enter = type_table(all_pages=all_pages)
        print(f"| {words} | {letter.calls:.0f} | {enter.calls:.0f} | {letter.milliseconds:.2f} ms | "
              f"{enter.milliseconds:.2f} ms |")
    sys.stdout.flush()
    os._exit(0)                              # no tidying of windows that nobody sees


if __name__ == "__main__":
    sys.exit(main())
