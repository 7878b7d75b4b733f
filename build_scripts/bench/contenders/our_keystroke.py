"""One figure of table 3 in the real wizard, from the edit to the painted table: totals, checks, rail, chips, helper.

A line is a number of edits; answers with their median milliseconds and the longest.
"""

import statistics
import sys
import time

from PySide6.QtCore import QEvent, QObject

from govdesk import cli, formfile
from govdesk.session import Session
from ui.app import application
from ui.bridge import Editor
from ui.wizard import Wizard


class Paints(QObject):
    count = 0

    def eventFilter(self, _target, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


app = application("light")
report = cli.sample_report()
wizard = Wizard(Editor(Session(formfile.load(report.form_id), report)))
wizard.resize(1366, 768)
wizard.show()
page = wizard.enter("requests")
model, paints = page.model, Paints()
page.view.viewport().installEventFilter(paints)
cells = model.grid.inputs[:28]             # of the first rows: what is scrolled out of sight is not painted
for _ in range(40):
    app.processEvents()
number = 0
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        number += 1
        before, start = paints.count, time.perf_counter()
        model.setData(model.index_of(cells[number % len(cells)]), str(1000 + number))
        while paints.count == before:
            app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    print(statistics.median(times), max(times), flush=True)
