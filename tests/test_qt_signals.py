"""The installed PySide6 survives many signals. 6.12.0 does not on CPython 3.11: every emit from Python drops one
reference to True, and after some 570 the interpreter aborts (docs/decisions/0002-dependencies.md)."""

from __future__ import annotations

import subprocess
import sys

EMIT = """
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Source(QObject):
    anything = Signal(object)
    truth = Signal(bool)

app = QCoreApplication([])
source, seen = Source(), [0]
def count(value):
    seen[0] += 1
source.anything.connect(count)
source.truth.connect(count)
for number in range(50_000):
    source.anything.emit(number)
    source.truth.emit(True)
print(seen[0])
"""


def test_a_hundred_thousand_signals_are_survived():
    done = subprocess.run([sys.executable, "-c", EMIT], capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "100000"), done.stderr[-500:]
