"""What waits until it is needed: each of these costs a start of the program, or an export, more than it is worth."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from govdesk.store.drafts import open_store

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "samples" / "sample-2023.govdesk"
LOADED = "; import json, sys; print(); print(json.dumps(list(sys.modules)))"
COMMAND = "from ui.launch import main; main({arguments!r})" + LOADED

EXPORT = ["export", str(SAMPLE), "-o", "out.pdf"]

NEVER_BY_COMMAND = {
    "PySide6", "shiboken6", "sqlalchemy", "alembic", "platformdirs", "PIL", "pypdfium2", "dataclasses", "inspect",
    "secrets", "difflib", "urllib.request", "http", "email", "xml", "tempfile", "govdesk.store", "govdesk.settings",
    "ui.app.application",
}
OF_REPORTLAB = {"PIL", "inspect", "tempfile"}              # what it imports itself
NOT_BEFORE_REPORTLAB = NEVER_BY_COMMAND | {"shutil", "bz2", "hashlib"}
NEVER_BY_EXPORT = (NEVER_BY_COMMAND - OF_REPORTLAB) | {
    "govdesk.checks", "govdesk.session.steps", "reportlab.platypus", "reportlab.graphics", "reportlab.lib.pdfencrypt",
    "PIL.ImageFont", "uharfbuzz", "lxml", "numpy",
}
NEVER_BY_CHECK = (NEVER_BY_COMMAND - {"difflib"}) | {      # a lost character of a heading is looked for
    "reportlab", "govdesk.typeset", "govdesk.export", "govdesk.printing.compose",
}
NEVER_BY_WINDOW = {
    "sqlalchemy",
    "alembic",
    "platformdirs",                                        # where a folder is named for all
    "reportlab",
    "PIL",
    "pypdfium2",
    "PySide6.QtPrintSupport",
    "ui.wizard.wizard",
    "govdesk.typeset",
    "govdesk.export.pdf",
    "govdesk.cli",
    "govdesk.report.report",
    "govdesk.checks",
    "govdesk.session.session",
    "ui.widgets.combo",
    "ui.editing.autosave",
}
WINDOW = """
import sys
from pathlib import Path
from govdesk import settings
from govdesk.store.drafts import open_store
from ui.app.qt_application import application
from ui.app.composition import Program
from ui.app.first_paint import FirstPaint
app = application("light")
window = Program(open_store(Path(sys.argv[1])), settings.load_settings()).shell
paint = FirstPaint(window)
window.show()
while paint.after_ms is None:
    app.processEvents()
"""


def loaded(code: str, folder: Path) -> list[str]:
    """The modules that a fresh interpreter has loaded at the end of `code`, in the order in which they came."""
    settings = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "GOVDESK_DATA": str(folder)}
    ran = subprocess.run([sys.executable, "-c", code, str(folder / "drafts")], cwd=folder, env=os.environ | settings,
                         capture_output=True, text=True, encoding="utf-8", check=True)
    return list(json.loads(ran.stdout.splitlines()[-1]))


@pytest.mark.parametrize(("arguments", "never"), [
    (EXPORT, NEVER_BY_EXPORT),
    (["check", str(SAMPLE)], NEVER_BY_CHECK),
], ids=["export", "check"])
def test_a_command_loads_only_what_it_uses(arguments, never, tmp_path):
    assert not never.intersection(loaded(COMMAND.format(arguments=arguments), tmp_path))


def test_the_list_of_drafts_is_painted_before_anything_heavy_is_loaded(tmp_path):
    open_store(tmp_path / "drafts").close()  # the very first start makes the tables, with SQLAlchemy
    assert not NEVER_BY_WINDOW.intersection(loaded(WINDOW + LOADED.removeprefix("; "), tmp_path))


def test_what_goes_before_the_drawing_loads_only_what_it_uses(tmp_path):
    command = loaded(COMMAND.format(arguments=EXPORT), tmp_path)
    before = command[:command.index("reportlab")]
    layout = loaded("import govdesk.printing.compose, govdesk.typeset.layout" + LOADED, tmp_path)
    assert "govdesk.printing.compose" in before and "reportlab" not in layout
    assert not NOT_BEFORE_REPORTLAB.intersection(before + layout)


def test_the_window_starts_without_the_command_line_and_with_its_plain_modules_before_qt(tmp_path):
    open_store(tmp_path / "drafts").close()
    code = "from ui.launch import import_ahead_of_qt as ahead; ahead(new=False); import ui.app.application"
    order = loaded(code + LOADED, tmp_path)
    assert not {"govdesk.cli", "govdesk.exchange", "sqlalchemy"}.intersection(order)
    assert order.index("govdesk.store.drafts") < order.index("PySide6")
