"""Figures typed into the real window, with its autosave, on a large data file: from the Enter that ends a figure to the
painted table (less the time for which other programs had all cores), while nothing else goes on and while a backup is
made, in turn.

The argument is the folder of data. A line is a number of figures; answers with milliseconds: 99th percentile and median
without a backup, the same during backups, and how long a backup took.
"""

import itertools
import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from watching import Paints, settle_events

from build_scripts.program_window import MainWindow
from govdesk import settings
from govdesk.store.drafts import open_store
from ui.app.qt_application import application


def type_figure():
    """One figure, and the pause that a hand makes; the milliseconds to the painted table."""
    number = next(numbers)
    if number % len(order) == 0:
        page.go_to(order[0])
    QTest.keyClicks(app.focusWidget(), str(number % 89))
    settle_events()
    before, start, waited = paints.count, time.perf_counter(), seconds_queued()
    QTest.keyClick(app.focusWidget(), Qt.Key.Key_Return)
    while paints.count == before:
        app.processEvents()
    took = (time.perf_counter() - start - (seconds_queued() - waited)) * 1000
    QTest.qWait(30)
    return took


def seconds_queued():
    """Seconds for which this thread was ready and no core was free: other programs' doing, not ours."""
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def percentile_99(times):
    return sorted(times)[int(len(times) * 0.99)]


app = application("light")
window = MainWindow(open_store(Path(sys.argv[1])), settings.Settings())
window.resize(1366, 1200)                        # all of the table in sight: scrolling is measured elsewhere
window.show()
wizard = window.open_draft(window.drafts.list()[-1].id)
window.activateWindow()
page = wizard.enter("requests")
order = [cell for cell in page.model.places.down if cell in page.model.places.inputs]
paints = Paints()
page.view.viewport().installEventFilter(paints)
numbers = itertools.count()
page.go_to(order[0])
settle_events()
for _ in range(40):
    type_figure()
made = []
window.scheduler.made.connect(made.append)
window.scheduler.failed.connect(sys.exit)
for line in sys.stdin:
    alone, during, lasted = [], [], []
    while len(alone) < int(line) or len(during) < int(line):
        alone += [type_figure() for _ in range(50)]
        start, before = time.perf_counter(), len(made)
        window.scheduler.make()
        while len(made) == before:
            during.append(type_figure())
        lasted.append(time.perf_counter() - start)
    print(percentile_99(alone), statistics.median(alone), percentile_99(during), statistics.median(during),
          statistics.median(lasted) * 1000, flush=True)
