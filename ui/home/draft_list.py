"""The drafts as the lines of a table, grouped by organ: what each says of its draft. `draft_table` shows them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from govdesk.drafts.names import UNNAMED_WORDS, name_on_one_line, title_of_draft
from govdesk.store.draft_summary import DraftSummary
from ui.widgets.basics import escape_tooltip

if TYPE_CHECKING:
    from govdesk.form.form import Form  # the list is painted before the form is read

COLUMN_HEADS = ("机关", "年度", "状态", "截止", "上次保存", "", "")
NAME, YEAR, STATE, DUE, SAVED, ACT, MORE = range(7)
URGENT_DAYS = 31                             # days
UNCOUNTED_WORDS = "还没有核对"               # of a draft that nobody has counted what is open
DISPLAY, EDIT = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole
ACTS_SIGN, ACTS_SPOKEN = "…", "全部操作"       # of the last column
TIP, SPOKEN = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
Index = QModelIndex | QPersistentModelIndex


class DraftModel(QAbstractTableModel):
    """Lines of the store as a table; `renamed` (draft, label) asks for another name."""

    renamed = Signal(int, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown: list[DraftSummary] = []
        self.form: Form | None = None        # in force now; deadlines and other forms are said when it is known
        self.general = ""                    # MM-DD: the local deadline for all

    def show(self, drafts: list[DraftSummary]) -> None:
        self.beginResetModel()
        self.shown = drafts
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMN_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if role == SPOKEN and orientation == Qt.Orientation.Vertical:
            return self.words(self.shown[section])[NAME]
        if role == SPOKEN and not COLUMN_HEADS[section]:
            return ACTS_SPOKEN
        if role != DISPLAY or orientation != Qt.Orientation.Horizontal:
            return None
        binned = section == SAVED and any(draft.deleted_at for draft in self.shown)
        return "删除时间" if binned else COLUMN_HEADS[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        draft = self.shown[index.row()]
        if role == DISPLAY:
            return self.words(draft)[index.column()]
        if role == EDIT:
            return draft.label
        if role == TIP and index.column() == NAME:
            return escape_tooltip(title_of_draft(draft))
        if role == SPOKEN:
            words = self.words(draft)[index.column()]
            return self.spoken(draft) if index.column() == NAME else words.replace(ACTS_SIGN, ACTS_SPOKEN)
        return None

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        draft, label = self.shown[index.row()], " ".join(str(value).split())
        if label != draft.label:             # when the editor is closed: the list is written anew then
            QTimer.singleShot(0, self, lambda: self.renamed.emit(draft.id, label))
        return True

    def words(self, draft: DraftSummary) -> tuple[str, ...]:
        """What stands in each column."""
        name = name_on_one_line(draft.organ_name) or UNNAMED_WORDS
        day = self.due(draft)
        left = days_words(draft, day)
        year = f"{day.year}年" if day and day.year < datetime.date.today().year else ""
        due = f"{year}{day.month}月{day.day}日" + (f" · {left}" if left else "") if day else ""
        form = self.form_words(draft)
        marks = "".join(f" · {mark}" for mark in (draft.label, form) if mark)
        return (name + marks, f"{draft.year} 年" if draft.year else "—",
                state_words(draft)[0], due, moment_words(draft.deleted_at or draft.saved_at),
                "恢复 ›" if draft.deleted_at else "继续填报 ›", ACTS_SIGN)

    def due(self, draft: DraftSummary) -> datetime.date | None:
        return due_of(draft, self._form_of(draft), self.general)

    def form_words(self, draft: DraftSummary) -> str:
        """What tells a draft's form from the one in force, where it has another."""
        form = self._form_of(draft)
        return form.short or form.name if form is not None and form is not self.form else ""

    def _form_of(self, draft: DraftSummary) -> Form | None:
        """Its own form; None as long as no form is read, and where the program has it not."""
        if self.form is None or draft.form_id == self.form.id:
            return self.form
        from govdesk.base.errors import FormError, InstallationError
        from govdesk.formfile.form_reader import load_form

        try:
            return load_form(draft.form_id)
        except (FormError, InstallationError):
            return None                      # said when the draft is opened

    def spoken(self, draft: DraftSummary) -> str:
        name, year, state, due, saved, *_ = self.words(draft)
        act = "删除" if draft.deleted_at else "保存"
        return f"{name}，{year}，{state}，" + (f"截止 {due}，" if due else "") + f"{saved}{act}"

    def urgent(self, draft: DraftSummary) -> bool:
        """Of what was due in an earlier year nobody waits any more."""
        day, today = self.due(draft), datetime.date.today()
        return bool(day and days_words(draft, day) and (day - today).days <= URGENT_DAYS and day.year >= today.year)


def group_by_organ(drafts: list[DraftSummary]) -> list[DraftSummary]:
    """An organ's drafts stand together, the newest year first; the organ that was saved last comes first."""
    order: dict[str, int] = {}
    for draft in drafts:                     # they come last saved first
        order.setdefault(draft.organ_name, len(order))
    return sorted(drafts, key=lambda d: (order[d.organ_name], -(d.year or 0)))


def find_drafts(drafts: list[DraftSummary], wanted: str, form_words: Callable[[DraftSummary], str]
                = lambda _: "") -> list[DraftSummary]:
    """The drafts in whose name, year, form or state all the words stand; width and case are alike, as in the texts."""
    if not wanted.strip():
        return drafts
    from govdesk.texts.text_search import fold_text  # the list is painted before anything is looked for

    words = fold_text(wanted).split()
    return [d for d in drafts if all(
        w in fold_text(f"{title_of_draft(d)} {form_words(d)} {state_words(d)[0]}") for w in words)]


def due_of(draft: DraftSummary, form: Form | None, general: str = "") -> datetime.date | None:
    if form is None:
        return None
    from govdesk.form.deadline import find_due_date

    return find_due_date(form, draft.kind, draft.year, draft.deadline, general)


def days_words(draft: DraftSummary, day: datetime.date | None) -> str:
    """What is left until the day; nothing where the report is done."""
    if day is None or is_done(draft):
        return ""
    from govdesk.form.deadline import describe_days_left

    return describe_days_left(day, datetime.date.today())


def is_done(draft: DraftSummary) -> bool:
    """Whether nothing is open and what was exported is as the draft is now."""
    lacks = draft.outstanding
    whole = lacks.blanks == 0 and not lacks.problems and not lacks.unfilled
    return whole and draft.exported_at is not None and not draft.changed


def state_words(draft: DraftSummary) -> tuple[str, str]:
    """What the chip of a draft says, and its role in the style sheet."""
    open_ = draft.outstanding
    if open_.problems:
        return f"! {open_.problems} 处对不上" + (f" · {open_.blanks} 格空白" if open_.blanks else ""), "chip-off"
    if open_.blanks:
        return f"还有 {open_.blanks} 格空白", "chip"
    if open_.unfilled:
        asked = f" · {open_.unexplained} 处待说明" if open_.unexplained else ""
        return f"还有 {open_.unfilled} 处没填好{asked}", "chip"
    if open_.blanks is None:
        return UNCOUNTED_WORDS, "chip"
    if draft.exported_at and draft.changed:
        return "导出后有修改", "chip"
    if draft.exported_at:
        day = draft.exported_at.astimezone()
        return f"✓ 已导出 {day.year}年{day.month}月{day.day}日", "chip-agreed"
    if open_.unexplained:
        return f"? {open_.unexplained} 处待说明", "chip-asked"
    return "✓ 数字已填完", "chip-agreed"


def moment_words(moment: datetime.datetime) -> str:
    local = moment.astimezone()
    days = (datetime.date.today() - local.date()).days
    if days in (0, 1):
        return f"{'昨天' if days else '今天'} {local:%H:%M}"
    return f"{local:%Y-%m-%d}"
