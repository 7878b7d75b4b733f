"""`--self-test FILE`: the real window on the sample, its first painted page, the PDF; what was found goes to FILE.

The status is JSON: versions, `first_paint_ms` from process start to the first painted page of the sample,
`pdf` (path), `pages`, `cross_check` (both sides of every column), `failed` findings, `ok`. Exit code 0 when ok.
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QTimer, qVersion
from PySide6.QtWidgets import QApplication

from govdesk import __version__, cli, settings
from govdesk.base import paths
from govdesk.base.errors import UserError
from govdesk.base.files import write_whole
from govdesk.checks import select_balance_findings
from govdesk.export.formats import PDF_FORMAT
from govdesk.session.session import Snapshot
from govdesk.store.drafts import open_store
from ui.app.composition import Program
from ui.app.first_paint import FirstPaint
from ui.app.qt_application import application
from ui.common.cycle_collector import start_cycle_collector

PATIENCE = 120_000                           # ms after which the test gives up


def run(status: Path) -> int:
    """Do the test; returns the exit code."""
    started = {"govdesk": __version__, "python": platform.python_version(), "pyside6": pyside_version,
               "qt": qVersion(), "system": platform.platform()}
    try:
        write_whole(status, b"{}\n")         # a place that cannot be written is known before, not after
    except UserError as error:
        print(f"govdesk：{error.sentence}", file=sys.stderr)
        return error.exit_code
    found: dict[str, Any] = {"versions": started, "ok": False}
    try:
        _test(status, found)
    except Exception as error:
        found["problem"] = f"{type(error).__name__}: {error}"
    write_whole(status, json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")
    return 0 if found["ok"] else 1


def _test(status: Path, found: dict[str, Any]) -> None:
    app = application("light")
    with tempfile.TemporaryDirectory(prefix="govdesk-self-test-") as folder:
        target = status.resolve().with_name(f"{status.stem}-self-test{PDF_FORMAT.suffix}")
        test = _Test(app, Path(folder), target, found)
        QTimer.singleShot(0, test.begin)
        QTimer.singleShot(PATIENCE, lambda: test.end("没有在限定的时间内完成"))
        app.exec()
        test.tidy_up()


class _Test:
    def __init__(self, app: QApplication, folder: Path, pdf: Path, found: dict[str, Any]) -> None:
        self.app, self.pdf, self.found = app, pdf, found
        self.program = Program(open_store(folder), settings.Settings())
        self._ended = False

    def begin(self) -> None:
        try:
            self.program.shell.show()
            wizard = self.program.new_draft.adopt(cli.sample_report())
            paint = FirstPaint(wizard)
            wizard.enter("requests")
        except Exception as error:
            self.end(f"{type(error).__name__}: {error}")
            return

        def look() -> None:
            if paint.after_ms is None:
                QTimer.singleShot(5, look)
                return
            start_cycle_collector()
            self.found["first_paint_ms"] = round(paint.after_ms)
            self.found["cross_check"] = cross_check(wizard.editor.now)
            self.found["failed"] = [f.message for f in wizard.editor.now.failed()]
            wizard.broke.connect(lambda error: self.end(f"{type(error).__name__}: {error}"))
            wizard.exported.connect(self._exported)
            page = wizard.enter("export")
            page.refused.connect(self.end)       # type: ignore[attr-defined]
            page.export_to(self.pdf)             # type: ignore[attr-defined]

        look()

    def _exported(self, path: str) -> None:
        data = Path(path).read_bytes()
        self.found["pdf"], self.found["pdf_bytes"] = path, len(data)
        self.found["resources"] = str(paths.resources_folder())
        balanced = all(column["left"] == column["right"] for column in self.found["cross_check"].values())
        self.found["ok"] = data.startswith(b"%PDF-") and balanced and not self.found["failed"]
        self.end(None)

    def end(self, problem: str | None) -> None:
        if self._ended:
            return
        self._ended = True
        if problem:
            self.found["problem"] = problem
        self.app.quit()

    def tidy_up(self) -> None:
        self.program.go_home()
        self.program.workspace.drafts.close()
        self.program.shell.hide()


def cross_check(now: Snapshot) -> dict[str, dict[str, str | None]]:
    """Both sides of the balance in every column, by column id."""
    return {f.line: {"left": _text(f.sides[0].value), "right": _text(f.sides[1].value), "state": f.state.value}
            for f in select_balance_findings(now.form, now.findings)}


def _text(value: object) -> str | None:
    return None if value is None else str(value)
