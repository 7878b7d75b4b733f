"""A table's page: its heading, the table, and the row of the cross-check where the form has one for it."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govdesk.checks import Finding
from govdesk.form.form import Address
from govdesk.report.report import Layer
from govdesk.session.session import Snapshot, blanks_of
from ui.common.debounce import Debounced
from ui.common.in_sight import InSight
from ui.common.shortcuts import add_shortcut
from ui.editing.editor import Editor
from ui.grid.bars.check_row import HEIGHT, CheckRow, find_balance
from ui.grid.bars.paste_bar import PasteBar
from ui.grid.bars.source_bar import SourceBar
from ui.grid.layout import AUTO
from ui.grid.menu import show_menu
from ui.grid.model import GridModel
from ui.grid.span_table import SCROLL_BAR
from ui.grid.view import GridView
from ui.pages.page import PageContext, WizardPage
from ui.widgets.basics import Button, ElidedLabel, make_button
from ui.widgets.step_bar import StepBar

TYPING = "正在填写，按回车记入"
FILL = "空白填 0"
GAP = 4                                      # between heading and table


class GridPage(WizardPage):
    """One table of the form with what belongs to it."""

    refused = Signal(str)                    # why what was typed is kept out
    has_help = holds_steps = True

    def __init__(self, editor: Editor, grid_id: str, parent: QWidget | None = None, *,
                 enter_moves: str = "down", row_height: str = AUTO) -> None:
        super().__init__(parent)
        self.editor, self.grid_id, self.enter_moves = editor, grid_id, enter_moves
        grid = editor.form.grids[grid_id]
        self.model = GridModel(editor, grid, self)
        self.view = GridView(self.model, self, enter_moves=enter_moves, row_height=row_height)
        check = find_balance(editor.form, grid_id)
        self.check_row = CheckRow(editor, check, self.view, self) if check else None
        self.paste_bar = PasteBar(self.view.pasting, self)
        self.source_bar = SourceBar(editor, self)
        self._make()
        self.setFocusProxy(self.view)
        self.view.cursor_moved.connect(self.cursor_moved)
        self.view.refused.connect(self.refused)
        self.view.menu_wanted.connect(lambda at: show_menu(self.view, at))
        self.view.editing.typing.connect(lambda on: self.held.emit(TYPING if on else ""))
        if self.check_row is not None:
            self.view.editing.typing.connect(self._show_typing)
        self._later = Debounced(lambda: self._count(editor.now), self)
        editor.changed.connect(InSight(lambda: self._later() if self.fill_button.isEnabled() else self._later.now(),
                                       self).follow)
        self._count(editor.now)

    def _make(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._make_heading())
        table = QVBoxLayout()
        table.setSpacing(0)
        table.addWidget(self.view, 1)
        if self.check_row is not None:
            self.check_row.place_wanted.connect(self.go_to)
            self.check_row.chosen.connect(self._light_finding)
            table.addWidget(self.check_row)
        column.addLayout(table, 1000)
        column.addWidget(self.paste_bar)
        column.addWidget(self.source_bar)
        column.addStretch(1)                 # the bars stay at the table where it is lower than the page
        add_shortcut("zero", self, self.fill_blanks, _HERE)
        add_shortcut("evidence", self, self.open_evidence, _HERE)
        self.view.evidence_wanted.connect(self.open_evidence)
        self.view.cursor_moved.connect(lambda address: self.source_bar.speak_of(address, self.view.chosen()))
        for closed in (self.source_bar.closed, self.paste_bar.closed):
            closed.connect(lambda: self.view.setFocus(Qt.FocusReason.OtherFocusReason))
        self._order_tabs()

    def _make_heading(self) -> QWidget:
        section = self.editor.form.section_of(self.model.grid.addresses[0])
        self._title = ElidedLabel("title")
        self._title.setText(section.heading)
        self._title.shorter = (section.short,)
        self._title.setToolTip(section.heading)
        self.fill_button = self._make_button(FILL, self.fill_blanks)
        self.fill_button.setToolTip("把这张表余下的空白都填 0（Ctrl+0），一步可以撤销")
        self.paste_button = self._make_button("粘贴表格", self.view.paste)
        self.paste_button.setToolTip("从表格软件、文档或网页复制后，粘贴到光标处（Ctrl+V），先预览再填入")
        self.last_year_button = self._make_button("上年数字", self._toggle_last_year)
        self.last_year_button.setToolTip("在每一格左下角显示或收起上年的数字")
        self.last_year_button.setCheckable(True)
        self.last_year_button.setChecked(True)
        heading = QWidget()
        self._heading = QHBoxLayout(heading)
        self._heading.setContentsMargins(0, 0, 0, 0)
        self._heading.setSpacing(8)
        self._heading.addWidget(self._title, 1)
        for one in (self.last_year_button, self.fill_button, self.paste_button):
            self._heading.addWidget(one)
        return heading

    def _make_button(self, words: str, act: Callable[[], object]) -> Button:
        made = make_button(words, act, "low")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return made

    def _order_tabs(self) -> None:
        bar = self.paste_bar
        cells = list(self.check_row.cells.values()) if self.check_row else []
        for one, other in itertools.pairwise((self.view, bar.take, bar.other, bar.quit, *cells, self.last_year_button,
                                              self.fill_button, self.paste_button)):
            QWidget.setTabOrder(one, other)

    def resizeEvent(self, event: QResizeEvent) -> None:
        below = HEIGHT if self.check_row is not None else 0
        self.view.fit_into(self.height() - self.view.y() - below)
        edge = min(self.view.horizontalHeader().length(), self.width() - SCROLL_BAR)
        self._heading.setContentsMargins(0, 0, self.width() - edge, 0)       # its buttons end where the table does
        super().resizeEvent(event)

    # -- what the wizard asks

    def go_to(self, place: Address | str) -> None:
        if isinstance(place, Address):
            self.view.go_to(place)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def place(self) -> Address | None:
        return self.view.cursor_address

    def anchor(self) -> str:
        return f"{self.grid_id}/table"

    def take_steps(self, bar: StepBar) -> None:
        self._heading.addWidget(bar)

    def light(self, cells: Iterable[object]) -> None:
        self.view.light(cells)

    def focus_first(self) -> None:
        """To the first blank in the order of Enter, or the first cell where none is blank."""
        blanks = set(blanks_of(self.editor.now, self.grid_id))
        order = [a for a in self.model.places.down if a in self.model.places.inputs]
        self.go_to(next((a for a in order if a in blanks), order[0]))

    def commit(self) -> bool:
        return self.view.commit_open_editor()

    def fill_blanks(self) -> None:
        """0 into every blank of the table, as one step."""
        self.view.commit_open_editor()
        self.editor.do(self.editor.session.fill_blanks(self.grid_id))

    def open_evidence(self) -> None:
        """Where the figure at the cursor comes from, and a note to it."""
        if self.view.commit_open_editor() and self.view.cursor_address is not None:
            self.source_bar.open(self.view.cursor_address, self.view.chosen())

    # -- inside

    def _toggle_last_year(self) -> None:
        self.model.show_last_year(self.last_year_button.isChecked())

    def _show_typing(self, on: bool) -> None:
        """No column agrees while a figure of it is being typed; nor do the totals."""
        at = self.view.cursor_address
        if self.check_row is not None:
            self.check_row.show_typing(at.column if on and at is not None else "")

    def _light_finding(self, finding: Finding) -> None:
        self.light(finding.places)

    def _count(self, snap: Snapshot) -> None:
        count = len(blanks_of(snap, self.grid_id))
        self.fill_button.setText(f"{FILL}（{count}）" if count else FILL)
        self.fill_button.setEnabled(count > 0)
        self.last_year_button.setVisible(bool(snap.report.entries(Layer.PREVIOUS)))


def make_grid_page(context: PageContext, grid_id: str) -> GridPage:
    made = GridPage(context.editor, grid_id, enter_moves=context.enter_moves,
                    row_height=context.row_height)
    made.view.past_wanted.connect(context.history_wanted)
    made.view.sum_changed.connect(context.sum_changed)
    return made


_HERE = Qt.ShortcutContext.WidgetWithChildrenShortcut
