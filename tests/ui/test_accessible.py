"""What a screen reader is told: each control has a Chinese name and its role; a table can be walked cell by cell."""

from __future__ import annotations

import re
from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QTableView,
    QTextEdit,
    QWidget,
)

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from tests.ui.walking import everywhere, sample, settle
from ui.pages.grid_page import GridPage

ROLES: tuple[tuple[type[QWidget], set[QAccessible.Role]], ...] = (
    (QTableView, {QAccessible.Role.Table}),
    (QListView, {QAccessible.Role.List}),
    (QComboBox, {QAccessible.Role.ComboBox}),
    (QLineEdit, {QAccessible.Role.EditableText}),
    (QTextEdit, {QAccessible.Role.EditableText, QAccessible.Role.StaticText}),
    (QAbstractButton, {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.RadioButton}),
)
NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


def told(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, widget
    return found


def controls(root: QWidget) -> list[QWidget]:
    """What can take the focus or be pressed, and is in sight."""
    return [w for w in root.findChildren(QWidget) if w.isVisibleTo(root) and not w.objectName().startswith("qt_")
            and (w.focusPolicy() != Qt.FocusPolicy.NoFocus or isinstance(w, QAbstractButton))]


def spoken_name(control: QWidget) -> str:
    """What a screen reader says first: of a box with a choice its label (on Linux Qt gives the choice for the name)."""
    interface = told(control)
    if isinstance(control, QComboBox):
        labels = [other.text(NAME) for other, kind in interface.relations() if kind & QAccessible.RelationFlag.Label]
        return "".join(labels)
    return interface.text(NAME)


def test_a_choice_has_a_label(window: MainWindow) -> None:
    """Said through the relation: on Linux the name is what is chosen."""
    unlabelled = [(where, box.currentText()) for where, root in everywhere(window)
                  for box in root.findChildren(QComboBox) if box.isVisibleTo(root) and not spoken_name(box)]
    assert unlabelled == []


def test_every_control_has_a_name_and_its_role(window: MainWindow) -> None:
    nameless, wrong, seen = [], [], 0
    for where, root in everywhere(window):
        for control in controls(root):
            seen += 1
            interface = told(control)
            name = interface.text(NAME)
            if not re.search("[一-鿿]", name):
                nameless.append((where, type(control).__name__, name))
            for kind, roles in ROLES:
                if isinstance(control, kind) and interface.role() not in roles:
                    wrong.append((where, type(control).__name__, name, interface.role()))
                    break
    assert seen > 200
    assert (nameless, wrong) == ([], [])


def test_buttons_say_what_they_do(window: MainWindow) -> None:
    """No button is named by its sign alone (“…”, “‹”)."""
    for where, root in everywhere(window):
        for control in root.findChildren(QPushButton):
            if control.isVisibleTo(root):
                name = told(control).text(NAME)
                assert len(re.findall(r"\w", name)) >= 2, (where, name)


def test_no_two_controls_have_one_name(window: MainWindow) -> None:
    """Who hears the name and the role alone knows which one it is; what stands in a list is told by its place there."""
    twice = []
    for where, root in everywhere(window):
        names = Counter((told(control).role().name, spoken_name(control)) for control in controls(root)
                        if not isinstance(control, QScrollArea))
        twice += [(where, *name) for name, count in names.items() if count > 1]
    assert twice == []


def test_a_table_can_be_walked(window: MainWindow) -> None:
    """Every figure of table three as a child of the table, with row, column and figure in words; heads too."""
    wizard = sample(window)
    page = wizard.enter("requests", "requests")
    assert isinstance(page, GridPage)
    settle()
    table = told(page.view)
    assert table.role() is QAccessible.Role.Table
    assert table.text(NAME).startswith("表三")
    heads, cells = [], []
    for number in range(table.childCount()):
        child = table.child(number)
        assert child is not None
        if child.role() is QAccessible.Role.Cell:
            cells.append(child.text(NAME))
        elif child.role() in (QAccessible.Role.ColumnHeader, QAccessible.Role.RowHeader):
            heads.append(child.text(NAME))
    assert "自然人，一、本年新收政府信息公开申请数量，15" in cells
    grid = wizard.editor.form.grids["requests"]
    for row in grid.rows.values():
        assert row.label in heads
        for column in grid.columns.values():
            assert any(c.startswith(f"{column.label}，{row.label}，") for c in cells), (row.label, column.label)
    assert {column.label for column in grid.columns.values()} <= set(heads)


def test_a_cell_says_that_it_is_off(window: MainWindow) -> None:
    wizard = sample(window)
    page = wizard.enter("requests", "requests")
    assert isinstance(page, GridPage)
    cell = Address("requests", "new_requests", "natural_person")
    page.go_to(cell)
    page.view.clear()
    index = page.model.index_of(cell)
    assert page.model.data(index, int(Qt.ItemDataRole.AccessibleTextRole)).endswith("空白")


def test_views_are_named(window: MainWindow) -> None:
    for where, root in everywhere(window):
        for view in root.findChildren(QAbstractItemView):
            if view.isVisibleTo(root) and not isinstance(view, QHeaderView):
                assert told(view).text(NAME), (where, type(view).__name__)


def test_the_list_of_drafts_says_what_each_cell_is(window: MainWindow) -> None:
    """Also the heads, and the column of “…”."""
    sample(window)
    window.show_home()
    settle()
    table = told(window.home.table)
    parts = [part for number in range(table.childCount()) if (part := table.child(number)) is not None]
    said = [part.text(NAME) for part in parts
            if part.role() in (QAccessible.Role.Cell, QAccessible.Role.ColumnHeader, QAccessible.Role.RowHeader)]
    assert len(said) >= 12 and all(re.search(r"\w", name) for name in said), said
