"""Measures a newcomer's walk: last year's Word file → this year's draft → PDF, by keys in the real window, beside the
keys that typing last year's report anew would take: python build_scripts/measure_import_walk.py [SEED]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from build_scripts.film import wait_painted
from build_scripts.program_window import MainWindow
from govdesk import settings
from govdesk.base.numerals import format_value
from govdesk.report.report import Layer, Report
from govdesk.store.drafts import open_store
from tests.importing.doubtful_files import DoubtfulFile, doubtful_word_file
from ui.app.qt_application import application
from ui.importing.import_page import ImportPage

ALT, CONTROL, NONE = (Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier,
                      Qt.KeyboardModifier.NoModifier)
PATIENCE_S = 60
BUTTON_MS = 130                              # Qt shows a button pressed so long before it acts
CHOOSING_A_FILE = 2                          # keys or clicks in the system's dialogue: the file, then Enter
LOOKING_S = 6.0                              # a clerk's look from the frame in the original to the figure
KEYS_A_SECOND = 2.5                          # of a clerk who types figures and Chinese


class Walk:
    """Counts the keys that are pressed."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.keys = window, 0

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.keys += 1
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        wait_painted(BUTTON_MS)

    def wait(self, there: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not there():
            if time.monotonic() > end:
                raise SystemExit("it never came")
            wait_painted(20)


def walk(made: DoubtfulFile, folder: Path) -> str:
    """Drives the window, and says what it took."""
    word, target = folder / "去年.docx", folder / "今年.pdf"
    word.write_bytes(made.data)
    QFileDialog.getOpenFileName = staticmethod(lambda *_: (str(word), ""))       # type: ignore[assignment]
    QFileDialog.getSaveFileName = staticmethod(lambda *_, **__: (str(target), ""))         # type: ignore[assignment]
    window = MainWindow(open_store(folder / "data"), settings.Settings())
    window.show()
    window.activateWindow()
    wait_painted(300)
    one, begun = Walk(window), time.monotonic()
    one.press(Qt.Key.Key_L, ALT)                                     # 从上年年报续填
    one.keys += CHOOSING_A_FILE
    one.wait(lambda: isinstance(window.stack.currentWidget(), ImportPage))
    page = window.stack.currentWidget()
    assert isinstance(page, ImportPage)
    read = time.monotonic() - begun
    doubts = len(page.found.doubtful)
    for _ in range(doubts):
        one.press(Qt.Key.Key_A, ALT)                                 # 采用; the next comes by itself
    assert "都看过了" in page.count.text(), page.count.text()
    one.press(Qt.Key.Key_Return)                                     # 续填下一年 has the keys
    one.wait(lambda: window.wizard is not None and window.stack.currentWidget() is window.wizard)
    draft = one.keys
    one.press(Qt.Key.Key_E, CONTROL)
    one.keys += CHOOSING_A_FILE
    one.wait(target.is_file)
    took = time.monotonic() - begun
    clerk = took + doubts * LOOKING_S + one.keys / KEYS_A_SECOND
    last = page.found.report
    cells, texts = count_retyping(last)
    window.close()
    return (f"{one.keys} keys and clicks ({draft} to the draft, {doubts} of them decide on a doubt); the program's "
            f"own time {took:.1f} s (read and shown {read:.1f} s); with {LOOKING_S:.0f} s a doubt about "
            f"{clerk / 60:.1f} min\n"
            f"retyping: {len(list(_figures(last)))} figures with {cells} keys, "
            f"{len(last.entries(Layer.TEXTS))} texts with {texts} characters, about "
            f"{(cells + texts) / KEYS_A_SECOND / 60:.0f} min")


def _figures(report: Report) -> list[str]:
    return [format_value(value) for value in report.entries(Layer.VALUES).values()       # type: ignore[arg-type]
            if not isinstance(value, str)]


def count_retyping(report: Report) -> tuple[int, int]:
    """Keys for the figures, Enter after each, and characters of the texts."""
    return (sum(len(figure) + 1 for figure in _figures(report)),
            sum(len(str(text)) for text in report.entries(Layer.TEXTS).values()))


def main() -> int:
    application("light")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["GOVDESK_DATA"] = folder
        print(walk(doubtful_word_file(int(sys.argv[1]) if len(sys.argv) > 1 else 51), Path(folder)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
