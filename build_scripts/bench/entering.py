"""Counts the keystrokes for the sample's figures, and the slips that are caught, in the window and in a Writer form.

    python3 dev.py bench entering            with --writer it asks an installed LibreOffice

Ours are counted by typing every figure of the three tables into the real window, key by key, as a clerk would who has
the paper beside the keyboard: digits, Enter, and Ctrl+0 for what is left at 0. The peer is the statutory form as a
table in a word processor: Tab from cell to cell, every total typed too, and nothing is checked. `--writer` asks an
installed LibreOffice how many Tabs its own cursor takes through the very table; without it the model counts one a cell.

Then slips are planted, one at a time: in each figure above 0 the five kinds of the fingerprints. Caught means that the
program says something at once, by itself; a word processor never does.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from govdesk import cli
from govdesk.base.numerals import NA, format_value
from govdesk.form.form import Address, Form, Grid
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, Report, build_report, edit_of
from govdesk.session.session import Session, Snapshot
from ui.app.qt_application import application
from ui.editing.editor import Editor
from ui.pages.grid_page import GridPage
from ui.wizard.wizard import Wizard


class KeyCount(NamedTuple):
    """Keys that put figures in, keys that move, and keys in all."""

    figures: int
    moves: int

    @property
    def all(self) -> int:
        return self.figures + self.moves


class Keyboard:
    """Presses keys in whatever has the focus, and counts them."""

    def __init__(self) -> None:
        self.figures = self.moves = 0

    def type(self, text: str) -> None:
        for character in text:
            QTest.keyClick(QApplication.focusWidget(), character)
            self.figures += 1

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget(), key, modifiers)
        QApplication.processEvents()
        self.moves += 1


def type_in_our_window(form: Form, report: Report) -> tuple[KeyCount, Report]:
    """Every table typed in the order of Enter; the zeros after the last figure of a table by Ctrl+0, one key.
    Gives what was counted, and the report that came of it."""
    editor, keyboard = Editor(Session(form, build_report(form.id, {}))), Keyboard()
    wizard = Wizard(editor)
    wizard.resize(1366, 768)
    wizard.show()
    wizard.activateWindow()
    QTest.qWaitForWindowActive(wizard)
    for grid in form.grids.values():
        page = wizard.enter(form.section_of(grid.inputs[0]).id, grid.id)
        assert isinstance(page, GridPage)
        _type_table(page, grid, report, keyboard)
        keyboard.press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    return KeyCount(keyboard.figures, keyboard.moves), editor.now.report


def _type_table(page: GridPage, grid: Grid, report: Report, keyboard: Keyboard) -> None:
    """A zero is left out by Enter, and all of them filled in at the end."""
    order = [cell for cell in page.model.places.down if cell in page.model.places.inputs]
    wanted = [cell for cell in order if report.value(cell) not in (None, Decimal(0))]
    while wanted:
        cell = page.view.cursor_address
        if cell == wanted[0]:
            keyboard.type(format_value(report.value(wanted.pop(0))))
        keyboard.press(Qt.Key.Key_Return)
    keyboard.press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)


def form_in_writer(form: Form, snap: Snapshot, tabs: dict[str, int] | None = None) -> KeyCount:
    """One Tab a cell from the first figure to the last, every figure typed, zeros and totals too. `tabs`: how many a
    word processor took through each table."""
    figures = moves = 0
    for grid in form.grids.values():
        figures += sum(len(format_value(snap.figures[cell])) for cell in grid.addresses)
        moves += (tabs or {}).get(grid.id) or _tabs(grid)
    return KeyCount(figures, moves)


def _tabs(grid: Grid) -> int:
    """From the first figure cell to the last, label cells between them included, in reading order."""
    from govdesk.form import grid_plan

    cells = sorted(grid_plan.make_grid_plan(grid).cells, key=lambda cell: (cell.row, cell.column))
    figures = [i for i, cell in enumerate(cells) if cell.address]
    return figures[-1] - figures[0]


def one_cell_slips(form: Form, report: Report) -> Iterator[tuple[str, Address, Report]]:
    """Every one-cell slip of five kinds in every figure above 0: its kind, where, and the report with it."""
    for grid in form.grids.values():
        for cell in grid.inputs:
            value = report.value(cell)
            if value is None or value is NA or value == 0:
                continue
            for kind, changes in _kinds(grid, cell, value, report):
                yield kind, cell, edit_of(report, "", [(Layer.VALUES, a, v) for a, v in changes]).applied_to(report)


def _kinds(grid: Grid, cell: Address, value: Decimal, report: Report) -> Iterator[
        tuple[str, list[tuple[Address, Decimal]]]]:
    zero, digits = Decimal(0), format_value(value)
    yield "left out", [(cell, zero)]
    if len(digits) > 1 and digits.isdigit() and digits[::-1] != digits:
        yield "digits swapped", [(cell, Decimal(digits[::-1]))]
    yield "typed twice", [(cell, value * 2)]
    for kind, other in (("next column", _beside(grid, cell, 0, 1)), ("next row", _beside(grid, cell, 1, 0))):
        held = report.value(other) if other else None
        if other and isinstance(held, Decimal):
            yield kind, [(cell, zero), (other, held + value)]


def _beside(grid: Grid, cell: Address, down: int, right: int) -> Address | None:
    block = grid.block_of(cell.row)
    rows, columns = [r.id for r in block.rows], [c.id for c in block.columns]
    row, column = rows.index(cell.row) + down, columns.index(cell.column) + right
    if row >= len(rows) or column >= len(columns):
        return None
    other = Address(grid.id, rows[row], columns[column])
    return None if grid.is_total(other) else other


def count_caught(form: Form, report: Report) -> dict[str, tuple[int, int]]:
    """By kind: how many slips something is said about that is not said of the right report, and of how many."""
    known = {(f.rule, f.message) for f in Snapshot(form, report).failed()}
    found: dict[str, tuple[int, int]] = {}
    for kind, _, wrong in one_cell_slips(form, report):
        said = any((f.rule, f.message) not in known for f in Snapshot(form, wrong).failed())
        seen, of = found.get(kind, (0, 0))
        found[kind] = seen + said, of + 1
    return found


def main(*arguments: str) -> int:
    application("light")
    report = cli.sample_report()
    form = form_reader.load_form(report.form_id)
    snap = Snapshot(form, report)
    mine, typed = type_in_our_window(form, report)
    assert typed.entries(Layer.VALUES) == report.entries(Layer.VALUES), "what was typed is not what the paper says"
    tabs = None
    if "--writer" in arguments:
        from writer_tabs import tabs_of

        tabs = {grid.id: tabs_of(grid) for grid in form.grids.values()}
    theirs = form_in_writer(form, snap, tabs)
    print("| | digits | keys that move | keys in all | slips caught |\n| --- | --- | --- | --- | --- |")
    kinds = count_caught(form, report)
    seen, of = (sum(each[i] for each in kinds.values()) for i in (0, 1))
    print(f"| GovDesk | {mine.figures} | {mine.moves} | {mine.all} | {seen} of {of} |")
    print(f"| Writer form | {theirs.figures} | {theirs.moves} | {theirs.all} | 0 of {of} |")
    print("\n".join(f"{kind}: {a} of {b}" for kind, (a, b) in kinds.items()))
    sys.stdout.flush()
    os._exit(0)                              # no tidying of windows that nobody sees


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
