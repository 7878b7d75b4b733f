"""GovDesk's window on its home page, as `govdesk` opens it; prints the milliseconds from process start to its first
painted frame, and the most memory it took until then, in MiB."""

import gc
import os
import resource

gc.disable()                                     # as ui.launch does

from ui.launch import import_ahead_of_qt

import_ahead_of_qt(new=False)

from PySide6.QtCore import QTimer

from govdesk import settings
from govdesk.base import paths
from govdesk.store.drafts import open_store
from ui.app.composition import Program
from ui.app.qt_application import begun
from ui.shell.main_window import Shell


class Window(Shell):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, print_painted)      # when the whole frame is painted


def print_painted():
    from ui.app.first_paint import process_age_ms

    print(process_age_ms(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
    os._exit(0)


chosen = settings.load_settings()
app = begun("light")
drafts = open_store(paths.data_folder())
program = Program(drafts, chosen, shell=Window(str(drafts.file.parent), chosen.window_geometry))
program.shell.show()
app.exec()
