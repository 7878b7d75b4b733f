"""The program in a process of its own, for tests that end it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.conftest import ROOT

# The program itself, with `act` called once its window has settled.
PROGRAM = """
import json, os, sys
from decimal import Decimal
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton
from build_scripts.program_window import MainWindow
from ui.app import application, last_position
from ui.widgets.notification_bar import NotificationBar
from ui.error_reports.error_dialog import ErrorDialog

settle = application._settle
ErrorDialog.exec = lambda dialog: 0
last_position.LOOK = 100

def settled(program, *rest):
    settle(program, *rest)
    QTimer.singleShot(0, lambda: act(program.shell))

def said(window):
    bar = window.findChild(NotificationBar)
    return [w.text() for kind in (QLabel, QPushButton) for w in bar.findChildren(kind)] if bar else []

def tell(window):
    wizard = window.wizard
    print(json.dumps({"said": said(window), "place": str(wizard.place()) if wizard else None,
                      "offered": window.home.last_button.isVisibleTo(window.home),
                      "value": str(wizard.editor.now.report.value(wizard.place())) if wizard else None}), flush=True)

application._settle = settled
application.Program = lambda *parts: MainWindow(*parts).program
"""


LOOK = PROGRAM + """
def act(window):
    QTimer.singleShot(400, lambda: (tell(window), window.close()))
sys.exit(application.run())
"""


def run(program: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    settings = {"PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", "GOVDESK_DATA": str(folder), **more}
    return subprocess.run([sys.executable, "-c", program], env=os.environ | settings, capture_output=True, text=True,
                          encoding="utf-8", timeout=60, check=False)


def start(folder: Path) -> dict[str, Any]:
    ran = run(LOOK, folder)
    assert ran.returncode == 0, ran.stderr
    told: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return told
