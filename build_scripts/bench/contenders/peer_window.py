"""A bare PySide6 window with one label; prints the milliseconds from process start to its first painted
frame, and the most memory it took until then, in MiB."""

import os
import resource
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow


class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, print_painted)      # when the whole frame is painted


def print_painted():
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    age = (time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")) * 1000
    print(age, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, flush=True)
    os._exit(0)


app = QApplication(sys.argv)
window = Window()
window.setCentralWidget(QLabel("年度报告"))
window.resize(1366, 768)
window.show()
app.exec()
