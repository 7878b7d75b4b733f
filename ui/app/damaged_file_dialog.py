"""The data file is damaged: what could be read of it, the newest good copy, and the choice between them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtWidgets import QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from govdesk.base.errors import UserError
from govdesk.report.report import Report, year_in
from govdesk.store import backups, salvage
from govdesk.store.backups import BackupCopy
from govdesk.store.drafts import Drafts, open_store, set_aside_and_start_new
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.salvage import SalvagedDraft
from ui.widgets.basics import make_button, make_card, make_label

PADDING = 20                                 # pixels
LISTED = 8                                   # drafts that are named; the rest are counted


class DamageDialog(QDialog):
    """What there is to go on with; the bad file is kept whatever is chosen."""

    def __init__(self, error: UserError, found: list[SalvagedDraft], copy: tuple[BackupCopy, list[Report]] | None,
                 parent: QWidget | None = None, *, there: bool = True) -> None:
        """`there`: there is a file that holds anything."""
        super().__init__(parent)
        self.setWindowTitle("草稿文件损坏")
        self.setMinimumWidth(640)
        column = QVBoxLayout(self)
        column.setContentsMargins(PADDING, PADDING, PADDING, PADDING)
        column.setSpacing(10)
        wrong = "草稿文件损坏了，读不全" if there else "草稿文件不见了，或者是空的"
        column.addWidget(make_label(f"{wrong}。请选择用什么继续。", "title", wrap=True))
        column.addWidget(make_label(error.sentence, "quiet", wrap=True))
        if there:
            column.addWidget(make_label("无论选哪一项，损坏的文件都会改名留存，不会删除。", "quiet", wrap=True))
        self.salvaged = self._option(column, *_salvaged_words(found))
        self.copied = self._option(column, *_copied_words(copy, found))
        self.anew = self._option(column, "留存原文件，从空白开始" if there else "从空白开始", "")
        self.salvaged.setEnabled(bool(found))
        self.copied.setEnabled(copy is not None)
        whole = bool(found) and all(s.whole for s in found)
        first = self.salvaged if whole or (found and copy is None) else self.copied if copy else self.anew
        first.setChecked(True)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(make_button("退出，什么也不改", self.reject))
        row.addWidget(make_button("继续", self.accept, "primary"))
        column.addLayout(row)

    def _option(self, column: QVBoxLayout, words: str, more: str) -> QRadioButton:
        sheet, inside = make_card(margins=(14, 10, 14, 10), spacing=4)
        made = QRadioButton(words.replace("&", "&&"))
        inside.addWidget(made)
        if more:
            inside.addWidget(make_label(more, "quiet", wrap=True))
        made.setAutoExclusive(False)
        made.toggled.connect(lambda on: self._only(made) if on else None)
        column.addWidget(sheet)
        return made

    def _only(self, chosen: QRadioButton) -> None:
        for other in self.findChildren(QRadioButton):
            if other is not chosen:
                other.setChecked(False)


def ask_how_to_go_on(folder: Path, error: UserError, second: Path | None = None) -> tuple[Drafts, str] | None:
    """Drafts to go on with, and what is to be said of them; None: the clerk leaves, and nothing was changed. Raises
    StoreError where the choice could not be carried out. `second`: the other place of copies, if there is one."""
    file = folder / FILE_NAME
    found, copy = salvage.read_damaged_file(file, _find_form), _newest_good(file, second)
    there = file.exists() and file.stat().st_size > 0
    dialog = DamageDialog(error, found, copy, there=there)
    if not dialog.exec():
        return None
    if dialog.copied.isChecked() and copy:
        kept = backups.restore_backup(file, copy[0].file)
        return open_store(folder), f"已换用 {copy[0].at:%Y-%m-%d %H:%M} 的备份{_kept(kept)}。"
    if dialog.salvaged.isChecked() and found:
        drafts, kept = salvage.start_from_salvaged(folder, found)
        return drafts, f"已取出 {len(found)} 份草稿{_kept(kept)}。"
    drafts, kept = set_aside_and_start_new(folder)
    return drafts, f"已从空白开始{_kept(kept)}。"


def _kept(file: Path) -> str:
    return f"，损坏的文件留存为 {file.name}" if file.exists() else ""


def _newest_good(file: Path, second: Path | None) -> tuple[BackupCopy, list[Report]] | None:
    for copy in backups.list_backups(file, second):
        if copy.what:
            continue
        try:
            with backups.open_backup(copy.file) as inside:
                return copy, [inside.load(draft.id) for draft in inside.list()]
        except UserError:
            continue
    return None


def _find_form(cells: Collection[str], year: str) -> str:
    from govdesk.formfile.form_choice import form_with_cells

    return form_with_cells(cells, year_in(year)).id


def _salvaged_words(found: list[SalvagedDraft]) -> tuple[str, str]:
    if not found:
        return "损坏的文件里没有能读出的草稿", ""
    partly = sum(not s.whole for s in found)
    more = f"其中 {partly} 份可能不全，请打开后核对。" if partly else "每一份都完整。"
    return f"用从损坏的文件里读出的 {len(found)} 份草稿", more + _names([s.report for s in found])


def _copied_words(copy: tuple[BackupCopy, list[Report]] | None, found: list[SalvagedDraft]) -> tuple[str, str]:
    if copy is None:
        return "没有找到备份", ""
    held = copy[1]
    same = sum(s.report in held for s in found)
    more = f"与读出的草稿相比，{same} 份相同，{len(held) - same} 份不同或读不出来。" if found else ""
    return f"换用 {copy[0].at:%Y-%m-%d %H:%M} 的备份，有 {len(held)} 份草稿", more + _names(held)


def _names(reports: list[Report]) -> str:
    names = [f"{r.cover('organ.name') or '（未填机关名称）'} {r.cover('year')}".strip() for r in reports]
    more = f"等 {len(names)} 份" if len(names) > LISTED else ""
    return "　" + "、".join(names[:LISTED]) + more if names else ""
