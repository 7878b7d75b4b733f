"""What the tests of the store share."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from govdesk.form import Address
from govdesk.report import Layer, Report

FORM = "ogi-annual-report-2021"
FEES = Address("proactive", "administrative_fees", "amount_wan_yuan")
NEW = Address("requests", "new_requests", "natural_person")
ROOT = Path(__file__).parents[2]


def plain(report: Report) -> dict[tuple[str, str], str]:
    """A report as text, so that 1.5 and 1.50 are told apart."""
    return {(layer.value, repr(key)): repr(entry) for layer in Layer for key, entry in report.entries(layer).items()}


def python(*arguments: str) -> subprocess.Popen[str]:
    """Another process that can import the program."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen([sys.executable, *arguments], env=environment, text=True, encoding="utf-8",
                            stdout=subprocess.PIPE)
