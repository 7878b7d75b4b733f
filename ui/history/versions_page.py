"""The past of a draft: its versions, what differs, and going back; and every value the chosen cell had."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from govdesk.base import bounds
from govdesk.drafts.names import moment_words
from govdesk.export.formats import names_of_formats
from govdesk.form.form import Address
from govdesk.report.compare import describe_place
from govdesk.report.report import Layer, Report
from govdesk.store.sql.history import BEFORE, CARRIED, CLOSING, DAY, EXPORTED, JOINED, NAMED, RESTORED, Moment, Version
from ui.common.shortcuts import add_shortcut
from ui.editing.editor import Editor
from ui.history.difference_list import DifferenceList
from ui.widgets.basics import (
    clear_layout,
    fill_rows,
    fill_with_column,
    make_back_bar,
    make_bare,
    make_button,
    make_card,
    make_hair_line,
    make_label,
    put_beside,
    set_role,
    set_styled_role,
)
from ui.widgets.length_limit import LengthLimit
from ui.widgets.word_edit import WordLineEdit

KINDS = {NAMED: "自己留的版本", DAY: "打开时的样子", EXPORTED: f"导出 {names_of_formats()} 时",
         CLOSING: "离开草稿时", RESTORED: "恢复之前", CARRIED: "拷到另一台电脑时", JOINED: "带回的文件"}
MOMENTS = 60                                 # of a cell's values so many are shown


class Past(NamedTuple):
    """What the page reads from the drafts; each raises StoreError."""

    versions: Callable[[], list[Version]]
    report_at: Callable[[int], Report]
    moments: Callable[[Layer, object], list[Moment]]


class VersionsPage(QWidget):
    """Left the versions, right what differs between the chosen one and now."""

    back_wanted = Signal()
    keep_wanted = Signal(str)                # the name of a version to be made of what the report is now
    restore_wanted = Signal(object, str)     # differences to be undone: from now to the version; its name

    def __init__(self, editor: Editor, past: Past, place: Address | str | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self._past, self._place = editor, past, place
        self._chosen: Version | None = None
        self._then: Report | None = None
        set_styled_role(self, "ground")
        column = fill_with_column(self)
        column.addWidget(self._bar())
        column.addLayout(put_beside(self._left(), self._right()), 1)
        add_shortcut("back", self, self.back_wanted.emit)
        self.show_versions()

    def _bar(self) -> QWidget:
        top, row = make_back_bar("返回填报", self.back_wanted.emit, "历史")
        row.addWidget(make_label(self._editor.now.report.cover("organ.name"), "quiet"))
        row.addStretch(1)
        self.name = WordLineEdit()
        self.name.setAccessibleName("版本名")
        self.name.setPlaceholderText("版本名，如“送审稿”")
        LengthLimit(self.name, bounds.MAX_VERSION_NAME)
        self.name.setFixedWidth(250)
        self.name.returnPressed.connect(self._keep)
        row.addWidget(self.name)
        self.keep_button = make_button("保存版本", self._keep)
        row.addWidget(self.keep_button)
        return top

    def _left(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(300)
        column = fill_with_column(side)
        column.setSpacing(12)
        sheet, inside = make_card(margins=(8, 12, 8, 8))
        inside.addWidget(make_label("版本", "heading"))
        self.list = QListWidget()
        make_bare(self.list, "版本")
        self.list.currentItemChanged.connect(lambda item, _: self._choose(item))
        inside.addWidget(self.list, 1)
        column.addWidget(sheet, 3)
        if self._place is not None:
            column.addWidget(self._moments(self._place), 2)
        return side

    def _moments(self, place: Address | str) -> QWidget:
        """Every value of the entry at which the cursor stood."""
        sheet, inside = make_card(margins=(16, 12, 8, 8), spacing=4)
        layer = Layer.VALUES if isinstance(place, Address) else \
            Layer.TEXTS if place in self._editor.form.texts else Layer.COVER
        found = self._past.moments(layer, place)
        inside.addWidget(make_label("这一格填过的内容" if isinstance(place, Address) else "这一处填过的内容",
                                    "heading"))
        inside.addWidget(make_label(_place_name(self._editor, layer, place), "quiet", wrap=True))
        self.moments = QListWidget()
        make_bare(self.moments, "这一格填过的内容")
        for moment in found[:MOMENTS]:
            words = "空白" if moment.value is None else "不适用" if moment.value == "na" else moment.value
            short = words.replace("\n", " ")
            short = short if len(short) <= 14 else f"{short[:13]}…"
            item = QListWidgetItem(f"{short}　{moment.act} · {moment_words(moment.at)}")
            item.setToolTip(words[:800])
            self.moments.addItem(item)
        if not found:
            self.moments.addItem("一直是空白")
        inside.addWidget(self.moments, 1)
        return sheet

    def _right(self) -> QWidget:
        sheet, inside = make_card(margins=(20, 14, 16, 12), spacing=8)
        self._head = QVBoxLayout()
        inside.addLayout(self._head)
        inside.addWidget(make_hair_line())
        self.shown = DifferenceList(self._editor.form)
        inside.addWidget(self.shown, 1)
        row = QHBoxLayout()
        self.turn_button = make_button("左右对调", self._turn)
        row.addWidget(self.turn_button)
        row.addStretch(1)
        self.some_button = make_button("只恢复勾选的", lambda: self._restore(self.shown.chosen()))
        row.addWidget(self.some_button)
        self.all_button = make_button("恢复到这个版本", lambda: self._restore(self.shown.all()))
        row.addWidget(self.all_button)
        inside.addLayout(row)
        self.shown.choice_changed.connect(self._follow_choice)
        return sheet

    def _follow_choice(self, count: int) -> None:
        """What is ticked is what is meant: the act that undoes least is the one that stands out."""
        self.some_button.setEnabled(count > 0)
        set_role(self.some_button, "primary" if count else "")

    def show_versions(self, _: object = None) -> None:
        """Read them anew; the newest is chosen."""
        fill_rows(self.list, ((f"{moment_words(version.at)}\n{title(version)}", version, "")
                              for version in self._past.versions()))
        if not self.list.count():
            self._choose(None)

    def focus_first(self) -> None:
        self.list.setFocus()

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._chosen = item.data(Qt.ItemDataRole.UserRole) if item else None
        self._then = self._past.report_at(self._chosen.revision) if self._chosen else None
        self._write()

    def _write(self) -> None:
        clear_layout(self._head)
        for one in (self.turn_button, self.some_button, self.all_button):
            one.setEnabled(False)
        if self._chosen is None or self._then is None:
            self._head.addWidget(make_label("还没有版本", "heading"))
            self._head.addWidget(make_label("每次打开后第一次改动之前、导出时、大段粘贴之前和离开草稿时会自动留下版本；"
                                            "也可以在右上方写个版本名，点“保存版本”。", "quiet", wrap=True))
            self.shown.show_between(None, None)
            return
        count = self.shown.show_between(self._then, self._editor.now.report)
        self._head.addWidget(make_label(f"{title(self._chosen)}（{moment_words(self._chosen.at)}）", "heading",
                                        wrap=True))
        words = f"与现在有 {count} 处不同；左边是{self._sides()}。恢复后可以撤销。" if count else "与现在完全相同。"
        self._head.addWidget(make_label(words, "quiet", wrap=True))
        self.turn_button.setEnabled(count > 0)
        self.all_button.setEnabled(count > 0)

    def _sides(self) -> str:
        return "现在，右边是那时" if self.shown.turned else "那时，右边是现在"

    def _turn(self) -> None:
        self.shown.turned = not self.shown.turned
        self._write()

    def _keep(self) -> None:
        self.keep_wanted.emit(self.name.text().strip() or "未起名")
        self.name.clear()

    def _restore(self, chosen: object) -> None:
        if self._chosen:
            self.restore_wanted.emit(chosen, f"{title(self._chosen)}（{moment_words(self._chosen.at)}）")


def title(version: Version) -> str:
    if version.kind == NAMED:
        return f"“{version.name}”"
    if version.kind == BEFORE:
        return f"“{version.name}”之前"
    return KINDS.get(version.kind, version.name or "版本")


def _place_name(editor: Editor, layer: Layer, place: Address | str) -> str:
    from govdesk.report.compare import Difference

    return describe_place(editor.form, Difference(layer, place, None, None))
