"""The bare way: a plain table model of 30 × 8, all totals and 40 sums worked out again, its changed cells painted.

A line is a number of edits; answers with the median milliseconds from the edit to the painted cells, and the most.
"""

import statistics
import sys
import time

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView

ROWS, COLUMNS = 30, 8
SEEN = 15                            # rows that are edited: what is out of sight is not painted
DISPLAY, EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)


class Model(QAbstractTableModel):
    def __init__(self):
        super().__init__()
        self.values = [[0] * COLUMNS for _ in range(ROWS)]

    def rowCount(self, parent=None):
        return ROWS

    def columnCount(self, parent=None):
        return COLUMNS

    def data(self, index, role=DISPLAY):
        return self.values[index.row()][index.column()] if role in (DISPLAY, EDIT) else None

    def setData(self, index, value, role=EDIT):
        self.values[index.row()][index.column()] = int(value)
        for row, column in [(index.row(), index.column()), *self.totals()]:
            changed = self.index(row, column)
            self.dataChanged.emit(changed, changed)
        return True

    def totals(self):
        values, changed = self.values, []
        for row in range(ROWS - 1):
            total = sum(values[row][:COLUMNS - 1])
            if total != values[row][-1]:
                values[row][-1] = total
                changed.append((row, COLUMNS - 1))
        for column in range(COLUMNS):
            total = sum(values[row][column] for row in range(ROWS - 1))
            if total != values[-1][column]:
                values[-1][column] = total
                changed.append((ROWS - 1, column))
        self.wrong = [k for k in range(40) if sum(values[k % ROWS][:-1]) + sum(values[(2 * k) % ROWS][:3]) < 0]
        return changed


class View(QTableView):
    painted = 0

    def paintEvent(self, event):
        super().paintEvent(event)
        self.painted += 1


app = QApplication(sys.argv)
window, model, view = QMainWindow(), Model(), View()
view.setModel(model)
window.setCentralWidget(view)
window.resize(1366, 768)
window.show()
for _ in range(20):
    app.processEvents()
number = 0
for line in sys.stdin:
    times = []
    for _ in range(int(line)):
        number += 1
        before, start = view.painted, time.perf_counter()
        model.setData(model.index(number % SEEN, number % (COLUMNS - 1)), str(1000 + number))
        while view.painted == before:
            app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
    print(statistics.median(times), max(times), flush=True)
