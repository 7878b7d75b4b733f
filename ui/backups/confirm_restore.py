"""The question before all drafts are put back to what a copy holds: what would no longer be in the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMessageBox

from govdesk.store import backups
from govdesk.store.backups import Copy
from govdesk.store.drafts import Summaries
from ui.common.program_title import TITLE
from ui.home.draft_list import name_of
from ui.widgets.basics import answer

if TYPE_CHECKING:
    from ui.shell.main_window import MainWindow

NAMED = 5                                    # so many drafts are named


def sure(window: MainWindow, copy: Copy) -> bool:
    """Ask; the way to nothing is the default. Raises UserError where the copy or the drafts cannot be read."""
    here = [*window.drafts.list(), *window.drafts.list(deleted=True)]
    question = f"用 {copy.at:%Y-%m-%d %H:%M} 的备份换掉现在的全部草稿？"
    box = QMessageBox(QMessageBox.Icon.Warning, TITLE, question, parent=window)
    box.setInformativeText("\n".join([*lost(here, backups.inside(copy.file)),
                                      "现在的文件会改名留存，可以在“备份与恢复”里再换回来。"]))
    answer(box, "换回这份备份", QMessageBox.ButtonRole.DestructiveRole)
    cancel = answer(box, "取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    return box.clickedButton() is not None and box.clickedButton() is not cancel


def lost(here: Summaries, inside: Summaries) -> list[str]:
    """A sentence for the drafts that are not in the copy, one for those that are older there."""
    there = {draft.uid: draft for draft in inside}
    absent = [d for d in here if d.uid not in there]
    newer = [d for d in here if d.uid in there and d.saved_at > there[d.uid].saved_at]
    found = [f"本机有 {len(absent)} 份草稿不在这份备份里：{_names(absent)}。"] if absent else []
    return [*found, *([f"有 {len(newer)} 份草稿在备份之后改动过：{_names(newer)}。"] if newer else [])]


def _names(drafts: Summaries) -> str:
    names = "、".join(name_of(d) + ("（在回收站）" if d.deleted_at else "") for d in drafts[:NAMED])
    return names + (f" 等 {len(drafts)} 份" if len(drafts) > NAMED else "")
