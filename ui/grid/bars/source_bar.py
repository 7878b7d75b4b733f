"""Under the table: where the figure at the cursor comes from (which office, which paper), and a note to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from govdesk.base import bounds
from govdesk.base.numerals import format_value
from govdesk.form.form import Address
from govdesk.report import sources
from govdesk.report.report import Layer
from ui.editing.bound_fields import Binding, LineField
from ui.editing.editor import Editor
from ui.grid import clipboard
from ui.widgets.basics import make_button, make_label
from ui.widgets.length_limit import LengthLimit

HINTS = {Layer.SOURCES: "哪个科室、哪份材料，如：办公室收文台账", Layer.NOTES: "给自己或接手的人看，不会印出来"}


class SourceBar(QFrame):
    """Opened by Ctrl+M for the cell at the cursor, and follows it. What is typed is kept at once, as in any field."""

    closed = Signal()                        # the focus goes back into the table

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self.address: Address | None = None
        self._chosen: list[Address] = []
        self.setProperty("role", "card")
        self.fields: dict[Layer, LineField] = {}
        self._build()
        self.hide()

    def _build(self) -> None:
        lines = QGridLayout(self)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setHorizontalSpacing(8)
        lines.setVerticalSpacing(6)
        self._name = make_label("", "quiet")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        self.all_button = make_button("", self._to_all)
        self.list_button = make_button("复制来源说明", self.copy_list)
        self.list_button.setToolTip("把写了来源或逐笔相加的数字列成一张表，放到剪贴板；备注不在里面")
        for one in (self.all_button, self.list_button, make_button("收起", self.leave)):
            one.setProperty("role", "flat")
            head.addWidget(one)
        lines.addLayout(head, 0, 0, 1, 4)
        for column, (layer, word) in enumerate(sources.LAYER_NAMES.items()):
            field = LineField(Binding(self._editor, layer, "", f"填写{word}"))
            field.setPlaceholderText(HINTS[layer])
            LengthLimit(field, bounds.MAX_NOTE)
            field.setAccessibleName(word)
            self.fields[layer] = field
            lines.addWidget(make_label(word), 1, 2 * column)
            lines.addWidget(field, 1, 2 * column + 1)
            lines.setColumnStretch(2 * column + 1, 1)

    def open(self, address: Address, chosen: list[Address]) -> None:
        self.show()
        self.speak_of(address, chosen)
        self.fields[Layer.SOURCES].setFocus(Qt.FocusReason.OtherFocusReason)

    def speak_of(self, address: Address | None, chosen: list[Address]) -> None:
        """Of another cell, while open. `chosen` are the selected ones."""
        if self.isHidden() or address is None:
            return
        self._editor.seal()
        self.address, self._chosen = address, chosen
        grid, now = self._editor.form.grids[address.grid], self._editor.now
        self._name.setText(f"{grid.cell_name(address)}　{format_value(now.figures[address])}")
        self.all_button.setText(f"同样用于选中的 {len(chosen)} 格")
        self.all_button.setVisible(len(chosen) > 1)
        for layer, field in self.fields.items():
            field.binding.key = address
            text = sources.read_note(now.report, layer, address)
            field.setMaxLength(max(bounds.MAX_NOTE, len(text)))  # a longer one from a file is not cut by a key
            field.setText(text)
            field.setCursorPosition(0)

    def _to_all(self) -> None:
        """The source and the note of this cell for all that are selected, as one step."""
        if self.address is not None:
            now = self._editor.now.report
            texts = {layer: sources.read_note(now, layer, self.address) for layer in self.fields}
            self._editor.do(self._editor.session.edit("填写来源", [
                (layer, cell, text) for cell in self._chosen for layer, text in texts.items()]))

    def copy_list(self) -> None:
        """数据来源说明 as a table for any spreadsheet or letter."""
        now = self._editor.now
        rows = sources.list_sources(self._editor.form, now.report, now.figures)
        if rows:
            clipboard.write_rows(rows)
        self._name.setText(f"已复制 {len(rows) - 1} 个数字的来源，可以粘贴到表格或文档里" if rows
                           else "还没有一个数字写了来源或逐笔相加")

    def leave(self) -> None:
        self._editor.seal()
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        """From the source to the note, from there back into the table; on a button its act."""
        focused = self.focusWidget()
        if focused is self.fields[Layer.SOURCES]:
            self.fields[Layer.NOTES].setFocus(Qt.FocusReason.TabFocusReason)
        elif focused is self.fields[Layer.NOTES]:
            self.leave()
        elif hasattr(focused, "click"):
            focused.click()
