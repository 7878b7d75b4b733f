"""A draft opened in the real window: from the click in the list to the painted page (less the time for which other
programs had all cores). The arguments are two folders of data with one draft each. A line is anything; answers with the
milliseconds of the first and of the second, and of opening the file, listing and reading it, without a window, of both.
"""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from build_scripts.program_window import MainWindow
from govdesk import settings
from govdesk.store.drafts import open_store
from ui.app.qt_application import application


class Paints(QObject):
    count = 0

    def eventFilter(self, _target, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


class StopWatch:
    """Milliseconds of work and waiting, less those for which this thread was ready and no core was free."""

    def __init__(self):
        self.start, self.waited = time.perf_counter(), seconds_queued()

    def taken(self):
        return (time.perf_counter() - self.start - (seconds_queued() - self.waited)) * 1000


def seconds_queued():
    try:
        return int(Path("/proc/thread-self/schedstat").read_text().split()[1]) / 1e9
    except OSError:
        return 0.0


def settle_window():
    app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def open_and_measure(window):
    window.show_home()
    settle_window()
    watch = StopWatch()
    window.home.draft_wanted.emit(1)
    window.wizard.installEventFilter(paints)
    before = paints.count
    while paints.count == before:
        app.processEvents()
    return watch.taken()


def read_draft(folder):
    watch = StopWatch()
    with open_store(folder) as store:
        store.list()
        store.load(1)
        return watch.taken()


app = application("light")
paints = Paints()
folders = [Path(word) for word in sys.argv[1:]]
windows = [MainWindow(open_store(folder), settings.Settings()) for folder in folders]
for window in windows:
    window.show()
    open_and_measure(window)
for _line in sys.stdin:
    print(*map(open_and_measure, windows), *map(read_draft, folders), flush=True)
