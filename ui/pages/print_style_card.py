"""The choices of the printed page: what the law leaves to the office."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from govdesk.document.style import Style
from govdesk.form.form import Form
from ui.widgets.basics import make_card, make_label
from ui.widgets.combo import Combo

CHOICES = (
    ("pitch", "行距", (("国标：每页 22 行（29.6 磅）", "grid"), ("与 Word 一致（28.95 磅）", "word")),
     "国标为 GB/T 9704-2012 的版心；与 Word 文件对照时选后者"),
    ("seal", "落款", (("不加盖印章", False), ("加盖印章", True)), "加盖印章的，成文日期右空四字，为印章留位置"),
    ("run_in_heads", "二级标题", (("单独成行", False), ("与正文接排", True)), ""),
    ("faces", "字体", (("程序自带（各处一致）", "bundled"), ("优先用本机的仿宋、小标宋等", "system"),
      ("本机字体，正文只用一种仿宋", "whole")),
     "本机字体缺的字（如“硚”）由字全的仿宋补上"),
)


class PrintStyleCard(QWidget):
    """Emits the style whenever one of its choices changes."""

    changed = Signal(object)                 # Style

    def __init__(self, form: Form, style: Style, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.style_now = style
        sheet, inside = make_card(margins=(20, 16, 20, 16), spacing=10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sheet)
        inside.addWidget(make_label("版式", "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(2, 1)
        for row, (field, name, options, hint) in enumerate(CHOICES):
            grid.addWidget(make_label(name), row, 0)
            grid.addWidget(self._combo(field, name, options), row, 1)
            grid.addWidget(make_label(hint, "quiet", wrap=True), row, 2)
        for wide in (g for g in form.grids.values() if g.layout == "matrix"):
            self._landscape(grid, wide.id, f"{wide.name}的页面")
        inside.addLayout(grid)

    def _combo(self, field: str, name: str, options: tuple[tuple[str, object], ...]) -> Combo:
        values = [value for _, value in options]
        combo = _combo(name, [words for words, _ in options], values.index(getattr(self.style_now, field)))
        combo.activated.connect(lambda index: self._choose({field: values[index]}))
        return combo

    def _landscape(self, rows: QGridLayout, grid_id: str, name: str) -> None:
        combo = _combo(name, ["竖页", "横页"], int(grid_id in self.style_now.landscape))
        combo.activated.connect(lambda lying: self._choose(
            {"landscape": self.style_now.landscape | {grid_id} if lying else self.style_now.landscape - {grid_id}}))
        row = rows.rowCount()
        rows.addWidget(make_label(name), row, 0)
        rows.addWidget(combo, row, 1)
        rows.addWidget(make_label("数字很长、竖页太挤时用横页", "quiet", wrap=True), row, 2)

    def _choose(self, choice: dict[str, Any]) -> None:
        self.style_now = self.style_now._replace(**choice)
        self.changed.emit(self.style_now)


def _combo(name: str, words: list[str], chosen: int) -> Combo:
    combo = Combo()
    combo.set_name(name)
    combo.setMinimumWidth(220)
    combo.addItems(words)
    combo.setCurrentIndex(chosen)
    return combo
