"""Table 3 of the sample typed into the real wizard, cell by cell: from the Enter that ends a figure to the painted
table, with all totals, all checks, the editor closed, the cursor moved, rail, chips and status line.

The argument is the height of the window: at 1200 the whole table is in sight, at 768 it scrolls as the cursor goes
down. A line is a number of figures; answers with the milliseconds from the key to the painted table: median, most, 95th
percentile; and the median of processor time. What follows a moment later (the helper, the rail) falls within some.
"""

import statistics
import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from watching import Paints, settle_events

from govdesk import cli
from govdesk.base.numerals import format_value
from govdesk.formfile import form_reader
from govdesk.report.report import Layer
from govdesk.session.session import Session
from ui.app.qt_application import application
from ui.editing.editor import Editor
from ui.wizard.wizard import Wizard


def begin_anew():
    """The table blank, the cursor in its first cell."""
    editor.do(editor.session.edit("清空", [(Layer.VALUES, cell, None) for cell in order]))
    page.go_to(order[0])
    settle_events()


app = application("light")
report = cli.sample_report()
editor = Editor(Session(form_reader.load_form(report.form_id), report))
wizard = Wizard(editor)
wizard.resize(1366, int(sys.argv[1]))
wizard.show()
wizard.activateWindow()
page = wizard.enter("requests")
order = [cell for cell in page.model.places.down if cell in page.model.places.inputs]
figures = {cell: format_value(report.value(cell)) for cell in order}
paints = Paints()
page.view.viewport().installEventFilter(paints)
settle_events()
begin_anew()
number = 0
for line in sys.stdin:
    times, work = [], []
    for _ in range(int(line)):
        cell = order[number % len(order)]
        number += 1
        QTest.keyClicks(app.focusWidget(), figures[cell])
        settle_events()
        typing, before, start, used = app.focusWidget(), paints.count, time.perf_counter(), time.thread_time()
        QTest.keyClick(typing, Qt.Key.Key_Return)
        while paints.count == before:
            app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
        work.append((time.thread_time() - used) * 1000)
        if number % len(order) == 0:
            begin_anew()
    times.sort()
    print(statistics.median(times), times[-1], times[int(len(times) * 0.95)], statistics.median(work), flush=True)
