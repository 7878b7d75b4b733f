"""The facts of the cover that a file states or leaves out: organ, year and kind of report, to be put right here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.base.bounds import MAX_ORGAN_NAME
from govdesk.report.report import Layer
from ui.editing.editor import Editor
from ui.widgets.basics import make_label, set_role
from ui.widgets.combo import Combo
from ui.widgets.length_limit import LengthLimit
from ui.widgets.word_edit import WordLineEdit

NOT_READ = "没有读出"
TO_FILL = "（待填）"


class CoverRow(QWidget):
    """Each field writes into the report when it is left."""

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.organ = self._line("机关全称", "organ.name")
        LengthLimit(self.organ, MAX_ORGAN_NAME)
        self.year = self._line("报告年度", "year")
        self.year.setMaxLength(4)
        self.year.setFixedWidth(76)
        self.kind = Combo()
        self.kind.set_name("年报种类")
        self.kind.addItem(TO_FILL, "")
        for choice in editor.form.kinds:
            self.kind.addItem(choice.label, choice.id)
        self.kind.activated.connect(lambda _: self._write("organ.kind", str(self.kind.currentData())))
        for name, field in (("机关", self.organ), ("年度", self.year), ("种类", self.kind)):
            words = make_label(name, "quiet")
            words.setBuddy(field)
            row.addWidget(words)
            row.addWidget(field, 1 if field is self.organ else 0)
        self.missing = make_label("", "off")
        row.addWidget(self.missing)
        editor.changed.connect(lambda *_: self._show())
        self._show()

    def _line(self, name: str, key: str) -> WordLineEdit:
        made = WordLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(NOT_READ)
        made.editingFinished.connect(lambda: self._write(key, made.text().strip()))
        return made

    def _write(self, key: str, entry: str) -> None:
        if entry != self._editor.now.report.cover(key):
            self._editor.do(self._editor.session.edit("填写封面", [(Layer.COVER, key, entry or None)]))

    def commit(self) -> None:
        """Takes over what is being typed."""
        self._write("organ.name", self.organ.text().strip())
        self._write("year", self.year.text().strip())

    def _show(self) -> None:
        report = self._editor.now.report
        for field, key in ((self.organ, "organ.name"), (self.year, "year")):
            if field.text().strip() != report.cover(key):
                field.setText(report.cover(key))
        self.organ.setToolTip(report.cover("organ.name"))
        self.kind.setCurrentIndex(max(0, self.kind.findData(report.cover("organ.kind"))))
        lacking = [name for name, key in (("机关", "organ.name"), ("年度", "year")) if not report.cover(key)]
        if report.cover("year") and report.year is None:
            lacking.append("年度（应是四位数字）")
        self.missing.setText(f"△ 请填{'、'.join(lacking)}" if lacking else "")
        self.missing.setVisible(bool(lacking))
        set_role(self.missing, "off")
