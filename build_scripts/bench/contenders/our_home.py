"""GovDesk's window on its home page, as `govdesk` opens it; prints the milliseconds from process start to its first
painted frame, and the most memory it took until then, in MiB."""

import os
import resource

from govdesk import paths, settings
from govdesk.store.drafts import open_store
from ui.app import application
from ui.main_window import MainWindow
from ui.paint_clock import FirstPaint


def tell(after_ms):
    print(after_ms, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
    os._exit(0)


app = application("light")
window = MainWindow(open_store(paths.data_folder()), settings.Settings())
paint = FirstPaint(window, tell)
window.show()
app.exec()
