"""The top of the wizard: whose report, the deadline, undo and redo by name, and the one blue button. How far the report
is stands in the status line."""

from __future__ import annotations

import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from govdesk.form import deadline
from govdesk.report.report import Layer
from ui.common.debounce import Debounced
from ui.common.shortcuts import add_shortcut
from ui.editing.editor import Editor
from ui.widgets.basics import ElidedLabel, add_act, escape_tooltip, make_button, set_styled_role
from ui.widgets.icons import make_menu_icon, make_undo_icon

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
    published_wanted = Signal()              # with what was published
    manual_wanted = Signal()

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        set_styled_role(self, "bar")
        self.setFixedHeight(44)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(make_button("‹ 全部年报", self.home_wanted.emit, "flat"))
        self._organ, self._about = ElidedLabel("heading"), ElidedLabel("quiet")
        row.addWidget(self._organ)
        row.addWidget(self._about)
        row.addStretch(1)
        self._general = ""
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
        self.more_button.setToolTip("另存数据文件（上报用）；拷到另一台电脑（含修改记录）；与文件对照合并；上网核对；帮助")
        row.addWidget(self.more_button)
        self._draw()
        self._follow(editor.stack)
        self._later = Debounced(self._write, self)
        editor.changed.connect(lambda *_: self._later())
        self._write()

    def _offer_more(self) -> None:
        self.menu().exec(self.more_button.mapToGlobal(self.more_button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        menu = QMenu(self)
        add_act(menu, "另存数据文件（上报用）…", "S", self.hand_over_wanted.emit)
        add_act(menu, "拷到另一台电脑（含修改记录）…", "T", self.carry_wanted.emit)
        menu.addSeparator()
        add_act(menu, "与文件对照合并…", "M", self.compare_wanted.emit)
        add_act(menu, "上网核对…", "P", self.published_wanted.emit)
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

    def _write(self) -> None:
        report = self._editor.now.report
        name = report.cover("organ.name") or "未填机关名称"
        self._organ.setText(name)
        self._organ.setToolTip(escape_tooltip(name))
        said = self._about_words()
        self._about.shorter = tuple(said[1:])
        self._about.setText(said[0])
        self._about.setToolTip(said[0])
        self._fit()

    def _fit(self) -> None:
        """The name has all the room that the year and the deadline leave it; where it is short these are said in fewer
        words first."""
        others = self._row.sizeHint().width() - self._organ.sizeHint().width() - self._about.sizeHint().width()
        room = max(0, self.width() - others)
        name, least = self._organ.sizeHint().width(), self._about.least_width()
        self._organ.setMaximumWidth(max(room - least, min(name, room // 2)))
        self._about.setMaximumWidth(max(least, room - min(name, self._organ.maximumWidth())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _about_words(self) -> list[str]:
        """The year, the form where it is no longer the one in force, and the deadline, the longest way first."""
        report, form, due = self._editor.now.report, self._editor.form, self.due()
        year = [f"{report.cover('year')} 年"] if report.year else []
        whole = [f"{words}度报告" for words in year]
        whole += [form.short] if form.short and form.years.last is not None else []
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
        """Where room is short 帮助 is in the menu alone."""
        self.help_button.setHidden(narrow)
        self._fit()
