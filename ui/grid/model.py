"""The table as Qt sees it. It stores no value: every figure is read from the snapshot and written by one Edit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from govdesk.base import numerals
from govdesk.base.numerals import NA, NumeralError, Value
from govdesk.checks import Finding, Severity, State
from govdesk.form import grid_plan
from govdesk.form.form import Address, Grid
from govdesk.form.grid_plan import PlanCell
from govdesk.paste.placement import CellEntry
from govdesk.report import paper_totals, sources, typed_sums
from govdesk.report.report import Edit, Entry, Key, Layer
from govdesk.report.totals import Figures
from govdesk.report.typed_sums import EnteredValue
from govdesk.session import previous_year
from govdesk.session.progress import open_findings
from govdesk.session.session import Snapshot
from ui.editing.editor import Editor
from ui.grid.navigation import CellPlaces
from ui.grid.painting import last_year
from ui.grid.painting.figures import CellLook

# looked up once: an enum attribute in data() costs two to three times a repaint
DISPLAY, EDIT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole)
ACCESSIBLE_TEXT = int(Qt.ItemDataRole.AccessibleTextRole)
ACCESSIBLE_DESCRIPTION = int(Qt.ItemDataRole.AccessibleDescriptionRole)
# a total takes what the paper says of it
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable
GridIndex = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractTableModel):
    """Body of one table: labels and figures at the places of the plan."""

    heads_changed = Signal()                 # other lines are warned of
    refused = Signal(object, str)            # Address, why what was typed is kept out
    understood = Signal(object, str)         # Address, what was made of it where that is not plain to see

    def __init__(self, editor: Editor, grid: Grid, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.editor, self.grid = editor, grid
        self.places = CellPlaces(grid_plan.make_grid_plan(grid))
        self.lit: frozenset[Address] = frozenset()
        self.warned: frozenset[str] = frozenset()
        self.pending: Mapping[Address, CellEntry] = {}  # what a paste would bring, while it is offered
        self._looks: dict[Address, CellLook] = {}
        self._figures: Figures | None = None     # those that were looked at last
        self._failed: frozenset[Address] = frozenset()
        self.last_year_shown = True
        self.carried: frozenset[Address] = frozenset()       # what came from last year
        self._look_at(editor.now)
        editor.changed.connect(self._follow)

    # ------------------------------------------------------------------------------------------------ for Qt
    def rowCount(self, parent: GridIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.places.rows

    def columnCount(self, parent: GridIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.places.columns

    def index(self, row: int, column: int, _parent: GridIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Asked for each cell at every painting; Qt's own asks for both counts each time."""
        inside = 0 <= row < self.places.rows and 0 <= column < self.places.columns
        return self.createIndex(row, column) if inside else QModelIndex()

    def flags(self, index: GridIndex) -> Qt.ItemFlag:
        return _FLAGS if (index.row(), index.column()) in self.places.figures else Qt.ItemFlag.NoItemFlags

    def data(self, index: GridIndex, role: int = DISPLAY) -> Any:
        if role in (DISPLAY, EDIT):
            cell = self.cell(index)
            if cell is None or cell.address is None:
                return cell.text if cell else None
            look = self._looks[cell.address]
            if role == EDIT and look.total:
                return look.paper.figure
            return typed_sums.tape_of(self.editor.now.report,
                                      cell.address) if role == EDIT and look.taped else look.text
        if role == ACCESSIBLE_TEXT:
            return self._describe_aloud(index)
        if role == ACCESSIBLE_DESCRIPTION:
            return self._describe_more(index)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role not in (DISPLAY, ACCESSIBLE_TEXT):
            return None
        rows = orientation == Qt.Orientation.Vertical
        for address, (row, column) in self.places.at.items():
            if (row if rows else column) == section:
                return self._row_name(address) if rows else self._column_name(address)
        return ""

    def setData(self, index: GridIndex, value: Any, role: int = EDIT) -> bool:
        """What was typed becomes an Edit; False, with the reason in `refused`, where it is no number."""
        address = self.address(index)
        if role != EDIT or address is None:
            return False
        try:
            entered = self.read(address, str(value))
        except NumeralError as error:
            self.refused.emit(address, str(error))
            return False
        if address not in self.places.inputs:
            self.write_paper_totals([(address, entered.value)])
            words = paper_totals.describe_paper_total(self.editor.now.report, self.editor.now.figures, address)
            if words:
                self.understood.emit(address, words)
            return True
        self.write("填入", [(address, entered)])
        words = typed_sums.describe_understood(str(value), entered)
        if words:
            self.understood.emit(address, words)
        return True

    # ------------------------------------------------------------------------------------- for view and delegate
    def cell(self, index: GridIndex) -> PlanCell | None:
        return self.places.cell(index.row(), index.column())

    def address(self, index: GridIndex) -> Address | None:
        return self.places.address(index.row(), index.column())

    def index_of(self, address: Address | None) -> QModelIndex:
        place = self.places.at.get(address) if address else None
        return self.index(*place) if place else QModelIndex()

    def look(self, address: Address) -> CellLook:
        return self._looks[address]

    def read(self, address: Address, text: str) -> EnteredValue:
        """NumeralError with the reason where the text is neither a number for this cell nor a sum of such."""
        return typed_sums.parse_entry(text, **self.grid.accepts(address))

    def write(self, name: str, wanted: Iterable[tuple[Address, EnteredValue]],
              paper: Iterable[tuple[Address, Value]] = ()) -> None:
        """One Edit, so one undo step; `paper`: what is said of totals with it."""
        entries: list[tuple[Layer, Key, Entry | None]] = []
        for address, entered in wanted:
            entries += [(Layer.VALUES, address, entered.value), (Layer.TAPES, address, entered.tape)]
        entries += [(Layer.STATED, *one) for one in paper]
        self.editor.do(self.editor.session.edit(name, entries))

    def write_paper_totals(self, wanted: Iterable[tuple[Address, Value | None]]) -> None:
        """What the paper says of totals, as one step."""
        self.editor.do(self.editor.session.edit(paper_totals.FILL_ACT, [(Layer.STATED, *one) for one in wanted]))

    def fill(self, act: str, cells: Iterable[Address], entered: EnteredValue) -> bool:
        """The same into all of these that are typed; where none is, None clears what the paper says of them. False
        where there was nothing to do."""
        chosen = list(cells)
        if inputs := [cell for cell in chosen if cell in self.places.inputs]:
            self.write(act, [(cell, entered) for cell in inputs])
            return True
        stated = [cell for cell in chosen if self.look(cell).paper.figure]
        if stated and entered.value is None:
            self.write_paper_totals([(cell, None) for cell in stated])
            return True
        return False

    def light(self, addresses: Iterable[object]) -> None:
        """Mark cells with a stronger ground; what is no cell of this table is left out."""
        lit = frozenset(a for a in addresses if isinstance(a, Address) and a in self.places.at)
        changed, self.lit = lit ^ self.lit, lit
        for address in changed:
            self._repaint(address)

    def show_last_year(self, shown: bool) -> None:
        self.last_year_shown = shown
        self.dataChanged.emit(self.index(0, 0), self.index(self.places.rows - 1, self.places.columns - 1))

    def show_pending(self, pending: Mapping[Address, CellEntry]) -> None:
        """Show what a paste would bring; nothing is written."""
        changed, self.pending = {*self.pending, *pending}, pending
        for address in changed:
            self._repaint(address)

    # ------------------------------------------------------------------------------------------------- inside
    def _look_at(self, snap: Snapshot, touched: Collection[Key] = ()) -> list[Address]:
        """CellLook at a snapshot after an edit of the entries `touched`; gives the figures that look otherwise."""
        failed, self.warned = find_concerns(self.grid, open_findings(snap))
        before, self._figures = self._figures, snap.figures
        same_signs, self._failed = failed == self._failed, failed
        if before is not None and same_signs and not any(key in self.places.at for key in touched):
            return []                        # another table was typed in
        self.carried = previous_year.find_carried_cells(snap)
        changed = []
        for address in self.grid.addresses:
            same = before is not None and before[address] is snap.figures[address]
            if same and self._looks[address].failed == (address in failed) and address not in touched:
                continue                     # nearly all cells after an edit
            look = CellLook(numerals.format_value(snap.figures[address]), address not in self.places.inputs, address
                            in failed,
                        last_year.find_last_year(snap, address, self.carried),
                        bool(typed_sums.tape_of(snap.report, address)), sources.has_source(snap.report, address),
                        paper_totals.paper_total_of(snap.report, snap.figures, address))
            if look != self._looks.get(address):
                self._looks[address] = look
                changed.append(address)
        return changed

    def _follow(self, snap: Snapshot, edit: Edit) -> None:
        before = self.warned
        if last_year.touches_last_year(edit):
            self._figures = None             # every cell is looked at anew
        for address in self._look_at(snap, {change.key for change in edit.changes}):
            self._repaint(address)
        if self.warned != before:
            self._repaint_labels(self.warned ^ before)

    def _repaint(self, address: Address) -> None:
        index = self.index_of(address)
        self.dataChanged.emit(index, index)

    def _repaint_labels(self, lines: frozenset[str]) -> None:
        for cell in self.places.labels:
            if cell.line in lines:
                index = self.index(cell.row - self.places.plan.head_rows, cell.column)
                self.dataChanged.emit(index, index)
        self.heads_changed.emit()

    def _describe_aloud(self, index: GridIndex) -> str:
        cell = self.cell(index)
        if cell is None or cell.address is None:
            return cell.text if cell else ""
        value = self.editor.now.figures[cell.address]
        words = "空白" if value is None else "不适用" if value is NA else numerals.format_value(value)
        return f"{self._column_name(cell.address)}，{self._row_name(cell.address)}，{words}"

    def _describe_more(self, index: GridIndex) -> str:
        address = self.address(index)
        if address is None:
            return ""
        look = self._looks[address]
        parts = (["合计，由各格相加得出"] if look.total else []) + (["对不上，需核对"] if look.failed else [])
        paper = paper_totals.describe_paper_total(self.editor.now.report, self.editor.now.figures, address)
        return "；".join([*parts, *([paper] if paper else []),
                         *last_year.describe_last_year(self.editor.now, address, self.carried),
                         *sources.describe_sources(self.editor.now.report, address)])

    def _row_name(self, address: Address) -> str:
        return self.grid.rows[address.row].label

    def _column_name(self, address: Address) -> str:
        return self.grid.columns[address.column].label


def find_concerns(grid: Grid, findings: Iterable[Finding]) -> tuple[frozenset[Address], frozenset[str]]:
    """The cells to frame and the rows, columns or groups to warn of. A hint is no failure; where a total is concerned
    together with its own parts, the total alone is framed."""
    cells: set[Address] = set()
    lines: set[str] = set()
    for finding in findings:
        if finding.state is not State.FAILED or finding.severity is Severity.HINT:
            continue
        here = [p for p in finding.places if isinstance(p, Address) and p.grid == grid.id]
        parts = {part for p in here for part in grid.parts.get(p, ())}
        cells.update(p for p in here if p not in parts)
        if not here:                         # “total” is a column of other tables too
            continue
        lines.update([finding.line] if finding.line in _line_ids(grid) else [p.row for p in here])
    return frozenset(cells), frozenset(lines)


def _line_ids(grid: Grid) -> frozenset[str]:
    groups = (g for block in grid.blocks for g in (*block.row_groups, *block.column_groups))
    return frozenset((*grid.rows, *grid.columns, *groups))
