"""Entries of the open draft that a disk changed unnoticed: told until answered, looked at, put right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from govdesk.base.errors import UserError
from govdesk.form.form import Address, Form
from govdesk.report.compare import Difference, describe_place, find_differences
from govdesk.report.report import CELL_LAYERS, Change, Edit, Layer, Report, edit_of
from ui.common.labels import FACT_NAMES, LAYER_NAMES
from ui.common.notice_level import NoticeLevel
from ui.editing.workspace import OpenDraft, Workspace
from ui.history.difference_list import DifferenceList
from ui.shell.main_window import Shell
from ui.widgets.basics import make_button, make_label

SUBJECT = "damage"
NEWEST = 2**62                               # no revision is higher
NAMED = 3


class IntegrityWarning:
    """Tells of the damage, and shows it when it is asked for."""

    def __init__(self, workspace: Workspace, shell: Shell, show_history: Callable[[], object]) -> None:
        self._workspace, self._shell, self._show_history = workspace, shell, show_history
        workspace.closed.connect(lambda _: self.forget())

    def tell(self, places: list[tuple[str, str]]) -> None:
        """Names the first of the places; `places`: layer and key of each, as in the file."""
        draft = self._workspace.open
        if draft is None or not places:
            return
        names = "、".join(dict.fromkeys(_name(draft.editor.form, *place) for place in places[:NAMED]))
        several = " 等" if len(places) > NAMED else ""
        self._shell.notify(
            SUBJECT, f"{names}{several}，共 {len(places)} 处与保存时的记录不一致，可能是磁盘损坏，请核对。",
            [("查看有哪些", self._look), ("看留下的版本", self._show_history)])

    def forget(self) -> None:
        """Takes the notice away: all is right again, or the draft is left and looked at anew when it is opened."""
        self._shell.drop_notice(SUBJECT)

    def _look(self) -> None:
        draft = self._workspace.open
        if draft is None:
            return
        draft.view.commit()
        try:
            recorded = self._workspace.drafts.report_at(draft.draft_id, NEWEST)
        except UserError as error:
            self._shell.say(NoticeLevel.WARNING, error.sentence)
            return
        dialog = DamagedPlaces(draft, recorded, self._shell)
        dialog.settled.connect(self.forget)
        dialog.show_places()
        dialog.exec()


def _name(form: Form, layer: str, key: str) -> str:
    kind = Layer(layer)
    place = Address.parse(key) if kind in CELL_LAYERS else key
    if place in form.cells or place in form.texts:
        return describe_place(form, Difference(kind, place, None, None))
    return FACT_NAMES.get(key, LAYER_NAMES[kind])


class DamagedPlaces(QDialog):
    """What was saved beside what the file holds now; the one or the other is taken."""

    settled = Signal()                       # nothing differs any more

    def __init__(self, draft: OpenDraft, recorded: Report, parent: QWidget) -> None:
        super().__init__(parent)
        self._draft, self._recorded = draft, recorded
        self._editor = draft.editor
        self.setWindowTitle("与保存时的记录不一致")
        self.resize(760, 460)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        self._words = make_label("", wrap=True)
        column.addWidget(self._words)
        self.shown = DifferenceList(self._editor.form)
        column.addWidget(self.shown, 1)
        row = QHBoxLayout()
        self.keep_button = make_button("都以现在的为准", self._keep)
        row.addWidget(self.keep_button)
        row.addStretch(1)
        self.some_button = make_button("改回勾选的", lambda: self._take_back(self.shown.chosen()))
        row.addWidget(self.some_button)
        self.all_button = make_button("全部改回", lambda: self._take_back(self.shown.all()), "primary")
        row.addWidget(self.all_button)
        row.addWidget(make_button("关闭", self.reject))
        column.addLayout(row)
        self.shown.choice_changed.connect(lambda count: self.some_button.setEnabled(count > 0))

    def show_places(self) -> None:
        """Shows what differs still; says so where nothing does."""
        count = self.shown.show_between(self._recorded, self._editor.now.report)
        self._words.setText(f"有 {count} 处不一致：左边是保存时的记录，右边是现在的。请对照原始材料；改回后可以撤销。"
                            if count else "没有不一致的地方了。")
        for one in (self.keep_button, self.all_button):
            one.setEnabled(count > 0)
        if not count:
            self.settled.emit()

    def _take_back(self, chosen: list[Difference]) -> None:
        """One step, which can be undone."""
        self._editor.do(edit_of(self._editor.now.report, "改回保存时的记录",
                                [(found.layer, found.key, found.before) for found in chosen]))
        self.show_places()

    def _keep(self) -> None:
        """What the window shows is written once more, so that the record agrees with it."""
        found = find_differences(self._recorded, self._editor.now.report)
        again = Edit("以现在的为准", tuple(Change(d.layer, d.key, d.after, d.after) for d in found))
        self._draft.autosave.write_again(again)
        self.settled.emit()
        self.accept()
