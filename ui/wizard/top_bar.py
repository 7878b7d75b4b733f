"""The top of the wizard: whose report, the deadline, undo and redo by name, and the one blue button."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from govdesk.form import deadline
from govdesk.report.report import Layer
from govdesk.session.progress import compute_standing
from ui.common.debounce import Debounced
from ui.common.shortcuts import add_shortcut
from ui.editing.editor import Editor
from ui.widgets.basics import ElidedLabel, add_act, make_button, make_label, set_role, set_styled_role
from ui.widgets.icons import make_menu_icon, make_undo_icon

NAME_WIDTH, NARROW_NAME = 300, 104
_REDRAW = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.DevicePixelRatioChange)


class TopBar(QWidget):
    """Undo and redo are emitted, not done here: the wizard leads to what they changed."""

    home_wanted = Signal()
    export_wanted = Signal()
    preview_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    past_wanted = Signal()
    hand_over_wanted = Signal()              # an exchange file for another office
    carry_wanted = Signal()                  # the draft with its past, for another computer
    compare_wanted = Signal()                # with a file
    manual_wanted = Signal()
    next_wanted = Signal()                   # to what is open and quickest done

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        set_styled_role(self, "bar")
        self.setFixedHeight(44)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(8)
        home = make_button("‹ 全部年报", self.home_wanted.emit, "flat")
        self._lettered = [home]
        row.addWidget(home)
        self._organ = make_label("", "heading")
        self._organ.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._about = ElidedLabel("quiet")
        row.addWidget(self._organ)
        row.addWidget(self._about)
        row.addStretch(1)
        self._narrow, self._general = False, ""
        self._promises = False               # whether 可以送审 is shown
        self.standing = make_button("", self.next_wanted.emit, "balance-pending")
        row.addWidget(self.standing)
        self._undo = make_button("撤销", self.undo_wanted.emit, "flat")
        self._redo = make_button("重做", self.redo_wanted.emit, "flat")
        row.addWidget(self._undo)
        row.addWidget(self._redo)
        self.past_button = make_button("历史", self.past_wanted.emit, "flat")
        self.past_button.setToolTip("这份草稿留下的版本，这一格填过的数（Ctrl+Shift+H）")
        row.addWidget(self.past_button)
        self.preview_button = make_button("预览", self.preview_wanted.emit)
        self.preview_button.setCheckable(True)
        row.addWidget(self.preview_button)
        self.export_button = make_button("导出 PDF", self.export_wanted.emit, "primary")
        row.addWidget(self.export_button)
        self.help_button = make_button("帮助", self.manual_wanted.emit, "flat")
        self.help_button.setToolTip("打开手册，翻到正在做的事（F1）")
        row.addWidget(self.help_button)
        self.more_button = make_button("", self._offer_more, "more")
        self.more_button.setAccessibleName("另存、拷出、对照、帮助")
        self.more_button.setToolTip("另存数据文件（上报用）；拷到另一台电脑（含修改记录）；与文件对照合并；帮助")
        row.addWidget(self.more_button)
        self._lettered += [self._undo, self._redo, self.past_button, self.preview_button, self.export_button]
        self._draw()
        self._follow(editor.stack)
        self._later = Debounced(self._write, self)
        editor.changed.connect(self._follow_report)
        editor.unfinished_changed.connect(self._follow_report)
        self._write()

    def _offer_more(self) -> None:
        self.menu().exec(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        menu = QMenu(self)
        add_act(menu, "另存数据文件（上报用）…", "S", self.hand_over_wanted.emit)
        add_act(menu, "拷到另一台电脑（含修改记录）…", "T", self.carry_wanted.emit)
        menu.addSeparator()
        add_act(menu, "与文件对照合并…", "M", self.compare_wanted.emit)
        menu.addSeparator()
        add_act(menu, "帮助\tF1", "H", self.manual_wanted.emit)
        return menu

    def _draw(self) -> None:
        self.more_button.setIcon(make_menu_icon(self.devicePixelRatioF()))
        for one, back in ((self._undo, True), (self._redo, False)):
            one.setIcon(make_undo_icon(back=back, ratio=self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        """Another theme, another screen: the arrows anew."""
        super().changeEvent(event)
        if event.type() in _REDRAW and self.isVisible():
            self._draw()

    def _follow(self, stack: QUndoStack) -> None:
        """Undo and redo say what they would do. Either may be gone before the other, and a
        stack speaks once more as it goes: methods of ours are forgotten with us, and none asks the stack."""
        stack.canUndoChanged.connect(self._undo.setEnabled)
        stack.canRedoChanged.connect(self._redo.setEnabled)
        stack.undoTextChanged.connect(self._name_undo)
        stack.redoTextChanged.connect(self._name_redo)
        self._undo.setEnabled(stack.canUndo())
        self._redo.setEnabled(stack.canRedo())
        self._shortcuts()

    def _name_undo(self, act: str) -> None:
        self._undo.setToolTip(f"撤销 {act}（Ctrl+Z）")

    def _name_redo(self, act: str) -> None:
        self._redo.setToolTip(f"重做 {act}（Ctrl+Y）")

    def _shortcuts(self) -> None:
        for key, signal in (("undo", self.undo_wanted), ("redo", self.redo_wanted)):
            add_shortcut(key, self, signal.emit)

    def _follow_report(self, *_: object) -> None:
        """可以送审 may not stand a moment longer than it is true; other words may lag."""
        (self._later.now if self._promises else self._later)()

    def _write(self) -> None:
        report = self._editor.now.report
        name = report.cover("organ.name") or "未填机关名称"
        self._organ.setText(self._organ.fontMetrics().elidedText(
            name, Qt.TextElideMode.ElideRight, NARROW_NAME if self._narrow else NAME_WIDTH))
        self._organ.setToolTip(name)
        said = self._about_words()
        first = 1 if self._narrow else 0
        self._about.shorter = tuple(said[first + 1:])
        self._about.setText(said[first])
        self._about.setToolTip(said[0])
        self._write_standing()

    def _about_words(self) -> list[str]:
        """The year and the deadline, the longest way first."""
        report, due = self._editor.now.report, self.due()
        year = [f"{report.cover('year')} 年"] if report.year else []
        whole = [f"{words}度报告" for words in year]
        if not due:
            return [" · ".join(whole), " · ".join(year)]
        left = deadline.describe_days_left(due, datetime.date.today())
        day, more = f"{due.month}月{due.day}日", f"，{left}" if left else ""
        return [" · ".join(parts) for parts in ([*whole, f"截止 {due.year}年{day}{more}"], [*year, f"截止 {day}{more}"],
                                                [*year, f"截止 {day}"], year)]

    def due(self) -> datetime.date | None:
        """The day by which this report is to be published."""
        report = self._editor.now.report
        local = str(report.entry(Layer.DESK, "deadline") or "")
        return deadline.find_due_date(self._editor.form, report.cover("organ.kind"), report.year, local, self._general)

    def set_deadline(self, general: str) -> None:
        """The local deadline for all reports (MM-DD), where the draft has none of its own."""
        self._general = general
        self._write()

    def set_narrow(self, narrow: bool) -> None:
        """Where room is short only the first of what is open is counted, the name is cut sooner, the deadline has no
        year and the buttons do not show their letters."""
        self._narrow = narrow
        self.help_button.setHidden(narrow)       # it is in the menu too
        for one in self._lettered:
            one.set_slim(narrow)
        self._write()

    def _write_standing(self) -> None:
        """Where one stands; a click leads to what is quickest done."""
        stands = compute_standing(self._editor.now, self._editor.in_the_way)
        asked = [f"{stands.unexplained} 处待说明"] if stands.unexplained else []
        parts = [*stands.words, *asked] or ["可以送审"]
        self._promises = stands.ready
        mark = "✓ " if stands.ready else "△ " if stands.off else ""
        more = " ›" if parts != ["可以送审"] else ""
        self.standing.setText(mark + " · ".join(parts[:1] if self._narrow else parts) + more)
        self.standing.setAccessibleName(stands.line)
        self.standing.setToolTip(f"{stands.line}。点一下去做下一件事。")
        role = "off" if stands.off else "agreed" if stands.ready else "pending"
        set_role(self.standing, f"balance-{role}")
