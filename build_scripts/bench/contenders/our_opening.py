"""A draft opened in the real window: from the click in the list to the painted page. The arguments are two folders of
data with one draft each. A line is anything; answers with the milliseconds of the first and of the second, and of
opening the file, listing and reading it, without a window, of both."""

import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from govdesk import settings
from govdesk.store.drafts import open_store
from ui.app import application
from ui.main_window import MainWindow


class Paints(QObject):
    count = 0

    def eventFilter(self, _target, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


def settle():
    app.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def shown(window):
    window.show_home()
    settle()
    start = time.perf_counter()
    window.home.draft_wanted.emit(1)
    window.wizard.installEventFilter(paints)
    before = paints.count
    while paints.count == before:
        app.processEvents()
    return (time.perf_counter() - start) * 1000


def read(folder):
    start = time.perf_counter()
    with open_store(folder) as store:
        store.list()
        store.load(1)
        return (time.perf_counter() - start) * 1000


app = application("light")
paints = Paints()
folders = [Path(word) for word in sys.argv[1:]]
windows = [MainWindow(open_store(folder), settings.Settings()) for folder in folders]
for window in windows:
    window.show()
    shown(window)
for _line in sys.stdin:
    print(*map(shown, windows), *map(read, folders), flush=True)
