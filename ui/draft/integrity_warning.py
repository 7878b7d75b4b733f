"""Entries of the open draft that a disk changed unnoticed: told until answered, looked at, put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from govdesk.base.errors import UserError
from govdesk.form.form import Address, Form
from govdesk.report.compare import Difference, differences, where
from govdesk.report.report import BY_CELL, Change, Edit, Layer, Report, edit_of
from ui.common.labels import FACTS, LAYERS
from ui.compare.difference_list import DifferenceList
from ui.widgets.basics import button, label
from ui.widgets.notification_bar import drop, notices_of

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

SUBJECT = "damage"
NEWEST = 2**62                               # no revision is higher
NAMED = 3


def tell(window: MainWindow, places: list[tuple[str, str]]) -> None:
    """`places`: layer and key of each, as in the file."""
    wizard = window.wizard
    if wizard is None or not places:
        return
    names = "、".join(dict.fromkeys(_name(wizard.editor.form, *place) for place in places[:NAMED]))
    several = " 等" if len(places) > NAMED else ""
    notices_of(window).say(
        SUBJECT, f"{names}{several}，共 {len(places)} 处与保存时的记录不一致，可能是磁盘损坏，请核对。",
        [("查看有哪些", lambda: _look(window)), ("看留下的版本", window.show_past)])


def forget(window: MainWindow) -> None:
    """The draft is left; it is looked at anew when it is opened."""
    drop(window, SUBJECT)


def _name(form: Form, layer: str, key: str) -> str:
    kind = Layer(layer)
    place = Address.parse(key) if kind in BY_CELL else key
    if place in form.cells or place in form.texts:
        return where(form, Difference(kind, place, None, None))
    return FACTS.get(key, LAYERS[kind])


class DamagedPlaces(QDialog):
    """What was saved beside what the file holds now; the one or the other is taken."""

    def __init__(self, window: MainWindow, recorded: Report) -> None:
        super().__init__(window)
        assert window.wizard is not None
        self._window, self._recorded = window, recorded
        self._editor = window.wizard.editor
        self.setWindowTitle("与保存时的记录不一致")
        self.resize(760, 460)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        self._words = label("", wrap=True)
        column.addWidget(self._words)
        self.shown = DifferenceList(self._editor.form)
        column.addWidget(self.shown, 1)
        row = QHBoxLayout()
        self.keep_button = button("都以现在的为准", self._keep)
        row.addWidget(self.keep_button)
        row.addStretch(1)
        self.some_button = button("改回勾选的", lambda: self._take_back(self.shown.chosen()))
        row.addWidget(self.some_button)
        self.all_button = button("全部改回", lambda: self._take_back(self.shown.all()), "primary")
        row.addWidget(self.all_button)
        row.addWidget(button("关闭", self.reject))
        column.addLayout(row)
        self.shown.choice_changed.connect(lambda count: self.some_button.setEnabled(count > 0))
        self._write()

    def _write(self) -> None:
        count = self.shown.show_between(self._recorded, self._editor.now.report)
        self._words.setText(f"有 {count} 处不一致：左边是保存时的记录，右边是现在的。请对照原始材料；改回后可以撤销。"
                            if count else "没有不一致的地方了。")
        for one in (self.keep_button, self.all_button):
            one.setEnabled(count > 0)
        if not count:
            forget(self._window)

    def _take_back(self, chosen: list[Difference]) -> None:
        """One step, which can be undone."""
        self._editor.do(edit_of(self._editor.now.report, "改回保存时的记录",
                                [(found.layer, found.key, found.before) for found in chosen]))
        self._write()

    def _keep(self) -> None:
        """What the window shows is written once more, so that the record agrees with it."""
        found = differences(self._recorded, self._editor.now.report)
        again = Edit("以现在的为准", tuple(Change(d.layer, d.key, d.after, d.after) for d in found))
        if self._window.autosave is not None:
            self._window.autosave.write_again(again)
        forget(self._window)
        self.accept()


def _look(window: MainWindow) -> None:
    saver = window.autosave
    if window.wizard is None or saver is None:
        return
    window.wizard.commit()
    try:
        recorded = window.drafts.report_at(saver.draft_id, NEWEST)
    except UserError as error:
        window.wizard.status.show_warning(error.sentence)
        return
    DamagedPlaces(window, recorded).exec()
