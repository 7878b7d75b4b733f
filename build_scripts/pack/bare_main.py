"""Shows the smallest PySide6 window, frozen in the same way, for comparing size and start."""

import sys

from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("空白程序")
window.setCentralWidget(QLabel("空白程序"))
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
