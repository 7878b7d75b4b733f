"""The page of one text: a quiet sheet, its length, and what the form asks for here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govdesk.form import Address, Section
from govdesk.report import Layer
from ui.bridge import Editor
from ui.fields import Binding, TextField
from ui.widgets import card, label, set_role

MAX_WIDTH = 760                              # 36–44 characters a line


class TextPage(QWidget):
    """One text of a section."""

    def __init__(self, editor: Editor, text_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self.text_id = editor, text_id
        self._section = editor.form.section_of(text_id)
        text = editor.form.texts[text_id]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(text.heading or self._section.heading or text.name, "title"))
        sheet, inside = card(margins=(1, 1, 1, 1))
        self.field = TextField(Binding(editor, Layer.TEXTS, text_id, f"编辑{text.name}"))
        self.field.setStyleSheet("QTextEdit { border: none; font-size: 15px; background: transparent; }")
        self.field.setAccessibleName(text.heading or text.name)
        self.field.setPlaceholderText("在这里写。回车另起一段，首行缩进由程序处理。")
        inside.addWidget(self.field)
        sheet.setMaximumWidth(MAX_WIDTH)
        row = QHBoxLayout()
        row.addWidget(sheet, 100)
        row.addStretch(1)
        column.addLayout(row, 1)
        self._count = label("", "quiet")
        column.addWidget(self._count)
        editor.changed.connect(lambda *_: self._write_count())
        self._write_count()

    def _write_count(self) -> None:
        report, section = self._editor.now.report, self._section
        words = f"{characters(report.text(self.text_id))} 字"
        whole = sum(characters(report.text(t.id)) for t in section.texts)
        if len(section.texts) > 1:
            words += f" · {heading_words(section)}共 {whole} 字"
            if section.limit:
                words += f"（建议不超过 {section.limit}）"
        over = bool(section.limit) and whole > section.limit
        self._count.setText(words)
        set_role(self._count, "off" if over else "quiet")

    def focus_first(self) -> None:
        self.field.setFocus()

    def go_to(self, _: Address | str) -> None:
        self.field.setFocus()


def characters(text: str) -> int:
    """What an office counts: everything but blanks and line ends."""
    return len("".join(text.split()))


def heading_words(section: Section) -> str:
    """“一、总体情况” → “总体情况”."""
    return section.heading.partition("、")[2] or section.short
