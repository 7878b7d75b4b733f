"""A bare Qt grid, as plain as one can be written: a model of 30 × 8 over lists, a QLineEdit whose every key becomes an
undo command, all totals and 40 sums worked out again, the changed cells painted. No labels, no spans, no words.

The argument is “usual”: the enums of Qt looked up where they are needed, as everybody writes them; or “tuned”: looked
up as little as can be, which is worth a half.

A line is a number of keys; answers with the milliseconds from a key to the painted table: median, most, 95th
percentile; and the median of processor time.
"""

import statistics
import sys
import time

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QUndoCommand, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QTableView

ROWS, COLUMNS = 30, 8


class Model(QAbstractTableModel):
    def __init__(self):
        super().__init__()
        self.values = [[0] * COLUMNS for _ in range(ROWS)]

    def rowCount(self, parent=QModelIndex()):  # noqa: B008
        return ROWS

    def columnCount(self, parent=QModelIndex()):  # noqa: B008
        return COLUMNS

    def data(self, index, role):
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.values[index.row()][index.column()]
        return Qt.AlignmentFlag.AlignCenter if role == Qt.ItemDataRole.TextAlignmentRole else None

    def put(self, row, column, value):
        self.values[row][column] = value
        for place in [(row, column), *recompute_totals(self.values)]:
            changed = self.index(*place)
            self.dataChanged.emit(changed, changed, [Qt.ItemDataRole.DisplayRole])


def recompute_totals(values):
    """Row totals in the last column, column totals in the last row, then 40 sums of ten cells against another."""
    changed = []
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
    for k in range(40):
        row = k % ROWS
        _ = sum(values[row][:COLUMNS - 1]) + sum(values[(row + k) % ROWS][:3]) < values[row][-1]
    return changed


class UsualModel(Model):
    def data(self, index, role):
        if role == Qt.DisplayRole or role == Qt.EditRole:  # noqa: PLR1714 - as it is usually written
            return self.values[index.row()][index.column()]
        if role == Qt.TextAlignmentRole:
            return Qt.AlignCenter
        return None

    def put(self, row, column, value):
        self.values[row][column] = value
        for place in [(row, column), *recompute_totals(self.values)]:
            changed = self.index(*place)
            self.dataChanged.emit(changed, changed, [Qt.DisplayRole])


class Command(QUndoCommand):
    def __init__(self, row, column, value):
        super().__init__("改")
        self.place, self.after, self.before = (row, column), value, model.values[row][column]

    def redo(self):
        model.put(*self.place, self.after)

    def undo(self):
        model.put(*self.place, self.before)


class View(QTableView):
    painted = 0

    def paintEvent(self, event):
        super().paintEvent(event)
        self.painted += 1


app = QApplication(sys.argv)
window, model, view, stack = QMainWindow(), {"usual": UsualModel, "tuned": Model}[sys.argv[1]](), View(), QUndoStack()
view.setModel(model)
window.setCentralWidget(view)
window.resize(1000, 1000)
window.show()
line = QLineEdit(window)
line.show()
line.textChanged.connect(lambda text: stack.push(Command(3, 3, int(text[-4:] or 0))))
for _ in range(20):
    app.processEvents()
number = 0
for asked in sys.stdin:
    times, work = [], []
    for _ in range(int(asked)):
        number += 1
        before, start, used = view.painted, time.perf_counter(), time.thread_time()
        QTest.keyClick(line, str(number % 9 + 1))
        while view.painted == before:
            app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
        work.append((time.thread_time() - used) * 1000)
    times.sort()
    print(statistics.median(times), times[-1], times[int(len(times) * 0.95)], statistics.median(work), flush=True)
