"""Plays a clerk in a process that is killed: types, pastes, undoes, imports, exports and changes drafts through the
real window, and writes to a pipe what was typed and what the window called saved. More acts are in `clerk_actions`."""

from __future__ import annotations

import hashlib
import os
import random
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from govdesk.report.report import Layer, Report
from govdesk.store.sql.rows import rows_of

NUMBERS = 60                             # cells that the clerk fills


def report_digest(report: Report) -> str:
    return hashlib.sha256(repr(sorted(rows_of(report).items())).encode("utf-8", "surrogatepass")).hexdigest()[:20]


class Clerk:
    def __init__(self, folder: Path, pipe: int, seed: int) -> None:
        from build_scripts.program_window import MainWindow
        from govdesk import settings
        from govdesk.store.drafts import open_store
        from ui.app.qt_application import application

        self.app = application("light")
        self.pipe, self.chance, self.folder = pipe, random.Random(seed), folder
        self.window = MainWindow(open_store(folder), settings.Settings())
        self.window.show()

    def tell(self, *words: object) -> None:
        os.write(self.pipe, (" ".join(map(str, words)) + "\n").encode())

    def follow(self) -> None:
        """Tell of every edit and every “saved” of the draft that is open now."""
        saver, wizard = self.window.autosave, self.window.wizard
        assert saver is not None and wizard is not None
        draft = saver.draft_id
        self.count = 0
        self.tell("open", draft, report_digest(wizard.editor.now.report))
        wizard.editor.changed.connect(lambda now, _: self.tell("typed", draft, report_digest(now.report)))
        saver.saved.connect(lambda _: self.tell("saved", draft))

    def work(self) -> None:
        from PySide6.QtTest import QTest

        self.begin()
        self.tell("ready")
        acts = self.acts()
        while True:
            self.chance.choice(acts)()
            QTest.qWait(self.chance.choice((0, 5, 20, 60, 450)))

    def acts(self) -> list[Callable[[], None]]:
        return [self.type] * 8 + [self.paste, self.write, self.undo, self.undo, self.leave, self.export, self.bring]

    def begin(self) -> None:
        from govdesk import cli

        drafts = self.window.drafts.list()
        if len(drafts) < 3:
            self.window.adopt(cli.sample_report())
        else:
            self.window.open_draft(self.chance.choice(drafts).id)
        self.follow()

    def cell(self) -> object:
        wizard = self.window.wizard
        assert wizard is not None
        cells = sorted(wizard.editor.form.grids["requests"].inputs)[:NUMBERS]
        wizard.go_to(self.chance.choice(cells))
        return wizard.stack.currentWidget().view

    def type(self) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        view = self.cell()
        QTest.keyClicks(view, str(self.chance.randrange(1000)))
        QTest.keyClick(self.app.focusWidget() or view, Qt.Key.Key_Return)

    def paste(self) -> None:
        view = self.cell()
        rows = ["\t".join(str(self.chance.randrange(50)) for _ in range(4)) for _ in range(6)]
        self.app.clipboard().setText("\n".join(rows))
        view.paste()

    def write(self) -> None:
        editor = self.window.wizard.editor
        text = editor.now.report.text("problems")[-400:] + f"第{self.chance.random()}句。"
        editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", text)]))

    def undo(self) -> None:
        self.chance.choice((self.window.wizard.top.undo_wanted, self.window.wizard.top.redo_wanted)).emit()

    def leave(self) -> None:
        self.go_home()
        self.begin()

    def go_home(self) -> None:
        draft = self.window.autosave.draft_id
        self.window.show_home()
        if self.window.wizard is None:       # what was typed could be saved
            self.tell("saved", draft)

    def open_file(self, file: Path) -> None:
        """Home, and from there into the draft that the file leads to."""
        from PySide6.QtTest import QTest

        self.go_home()
        self.window.open_file(file)
        while self.window.jobs.busy:
            QTest.qWait(5)
        self.follow()

    def export(self) -> None:
        self.window.wizard.enter("export").export_to(self.folder / "out.pdf")

    def bring(self) -> None:
        """Another report from an exchange file."""
        from govdesk import cli
        from govdesk.base.files import write_whole
        from govdesk.exchange import report_file
        from govdesk.report.report import edit_of

        if len(self.window.drafts.list()) > 30:
            return
        report = cli.sample_report()
        cell = self.chance.choice(sorted(self.window.wizard.editor.form.input_cells))
        other = edit_of(report, "x", [(Layer.VALUES, cell, Decimal(self.chance.randrange(9999)))]).applied_to(report)
        target = self.folder / "came.govdesk"
        write_whole(target, report_file.dump_report(other))
        self.open_file(target)


def import_everything() -> None:
    """What every round imports, once, before the processes are forked; no QApplication yet."""
    import ui.draft.transfer
    import ui.history.history_controller  # noqa: F401


def run_clerk(folder: Path, pipe: int, seed: int) -> None:
    """Until killed. An exception is told, so that no round passes by mistake."""
    from clerk_actions import BusyClerk

    try:
        clerk = BusyClerk(folder, pipe, seed)
        clerk.work()
    except BaseException as error:
        import traceback

        os.write(pipe, f"broke {type(error).__name__} {error}\n".encode("utf-8", "replace"))
        traceback.print_exc(file=sys.stderr)
        os._exit(1)
