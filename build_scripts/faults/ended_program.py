"""Runs the real program for `endings` with simulated input. It writes to a file what was shown, and is ended from
outside; by a word on its standard input its window is closed, or Qt is asked as the session manager asks it."""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)             # as the program does before it has a window

import os
import random
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

PAUSES = (0, 0, 5, 20, 60, 300, 500)     # milliseconds between two acts
SAVED_WORDS = "已自动保存"


class Hands:
    """Acts by a timer in the program's own event loop, as keys do."""

    def __init__(self, window: Any, log: int, seed: int) -> None:
        from PySide6.QtCore import QSocketNotifier, QTimer

        self.window, self.log, self.chance, self.count = window, log, random.Random(seed), 0
        self.timer = QTimer(window)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self.act)
        self.words = QSocketNotifier(0, QSocketNotifier.Type.Read, window)
        self.words.activated.connect(self.obey)
        self.followed: object = None
        self.pages: list[Any] = []           # of which the end of an export is told

    def tell(self, *words: object) -> None:
        os.write(self.log, (" ".join(map(str, words)) + "\n").encode())

    def begin(self) -> None:
        from govdesk import cli

        self.window.adopt(cli.sample_report())
        self.follow()
        self.tell("ready")
        self.timer.start(0)

    def follow(self) -> None:
        """Tell of each edit and of each moment in which the status line makes its promise."""
        from clerk import report_digest

        window, wizard, saver = self.window, self.window.wizard, self.window.autosave
        if wizard is None or wizard is self.followed:
            return
        self.followed, draft, editor = wizard, saver.draft_id, wizard.editor
        self.tell("open", draft, report_digest(editor.now.report))

        def look() -> None:
            if window.wizard is wizard and SAVED_WORDS in wizard.status.saved.text():
                self.tell("promised", draft, report_digest(editor.now.report))


        editor.session._listeners.insert(0, lambda now, _: self.tell("typed", draft, report_digest(now.report)))
        editor.changed.connect(lambda *_: look())
        for word in (saver.saved, saver.failed, saver.looked):
            word.connect(lambda *_: look())

    def act(self) -> None:
        if self.window.workspace.is_ending or self.window.workspace.is_leaving:
            return
        self.tell("acts")
        self.timer.start(self.chance.choice(PAUSES))
        rare: list[Callable[[], None]] = [self.write, self.undo, self.export, self.leave, self.another]
        self.chance.choice([self.type] * 8 + rare)()

    def type(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        wizard = self.window.wizard
        wizard.go_to(self.chance.choice(sorted(wizard.editor.form.grids["requests"].inputs)[:60]))
        view = wizard.stack.currentWidget().view
        QTest.keyClicks(view, str(self.chance.randrange(1000)))
        if self.chance.random() < 0.8:       # else it stands in the open cell when the end comes
            QTest.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_Return)

    def write(self) -> None:
        from govdesk.report.report import Layer

        editor = self.window.wizard.editor
        text = editor.now.report.text("problems")[-400:] + f"第{self.chance.random()}句。"
        editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", text)]))

    def undo(self) -> None:
        self.chance.choice((self.window.wizard.top.undo_wanted, self.window.wizard.top.redo_wanted)).emit()

    def export(self) -> None:
        self.count += 1
        target = self.window.drafts.file.parent / f"out-{self.count}.pdf"
        page = self.window.wizard.enter("export")
        if page not in self.pages:
            self.pages.append(page)
            page.exported.connect(lambda path: self.tell("over", path))
        if page.export_button.isEnabled():       # a second one at the same time is refused in words
            self.tell("export", target)
            page.export_to(target)

    def leave(self) -> None:
        draft = self.window.autosave.draft_id
        self.window.show_home()
        if self.window.wizard is None and not self.window.workspace.is_leaving:
            self.window.open_draft(draft)
            self.follow()

    def another(self) -> None:
        """Another window keeps a version of the draft: this one's next save is refused, and goes on by itself."""
        from govdesk.store.drafts import open_store
        from govdesk.store.sql.errors import ChangedElsewhereError
        from govdesk.store.sql.history import NAMED, VersionMark

        draft = self.window.autosave.draft_id
        with open_store(self.window.drafts.file.parent) as store, suppress(ChangedElsewhereError):
            store.load(draft)                # the window may save between these two, as between two programs
            store.save(draft, [VersionMark(NAMED, "另一窗口")])
        self.tell("another")

    # -- ended from outside

    def obey(self) -> None:
        word = os.read(0, 100)
        if not word:                         # whoever held the other end is gone
            self.words.setEnabled(False)
        elif word.startswith(b"close"):
            self.window.close()
        elif word.startswith(b"log-off"):
            self.timer.stop()
            ask_by_session()
            self.tell("answered")


def ask_by_session() -> None:
    """What Qt does when the session manager asks; it alone can make the object that the program is handed."""
    import ctypes

    import PySide6

    qt = ctypes.CDLL(str(Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"))
    ask = qt._ZN22QGuiApplicationPrivate10commitDataEv
    ask(ctypes.c_void_p.in_dll(qt, "_ZN22QGuiApplicationPrivate4selfE"))


def main() -> int:
    log, seed = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND | os.O_CREAT), int(sys.argv[2])
    from build_scripts.program_window import MainWindow
    from ui.app import application, signals
    from ui.app.session_end import SessionEnd

    settle, watch = application._settle, SessionEnd.watch

    def watched(end: SessionEnd, heard: signals.Signals) -> None:
        watch(end, heard)
        os.write(log, b"hears\n")

    def settled(program: Any, *rest: Any) -> None:
        settle(program, *rest)
        if not program.workspace.is_leaving and not program.workspace.is_ending:
            program.hands = Hands(program.shell, log, seed)
            program.hands.begin()

    def ask(box: Any) -> int:
        print("asked:", box.text(), file=sys.stderr, flush=True)     # nobody is there to answer
        return 0

    from PySide6.QtWidgets import QMessageBox

    QMessageBox.exec = ask
    QMessageBox.warning = lambda _window, title, words: print("said:", words, file=sys.stderr, flush=True)
    application._settle, SessionEnd.watch = settled, watched
    application.Program = lambda *parts: MainWindow(*parts).program
    return application.run()


if __name__ == "__main__":
    sys.exit(main())
