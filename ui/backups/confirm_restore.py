"""The question before all drafts are put back to what a copy holds: what would no longer be in the list."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget

from govdesk.drafts.restore import describe_loss
from govdesk.store import backups
from govdesk.store.backups import BackupCopy
from govdesk.store.drafts import Drafts
from ui.common.program_title import PROGRAM_TITLE
from ui.widgets.basics import add_answer


def confirm_restore(parent: QWidget, drafts: Drafts, copy: BackupCopy) -> bool:
    """Asks; the way to nothing is the default. Raises UserError where the copy or the drafts cannot be read."""
    here = [*drafts.list(), *drafts.list(deleted=True)]
    question = f"用 {copy.at:%Y-%m-%d %H:%M} 的备份换掉现在的全部草稿？"
    box = QMessageBox(QMessageBox.Icon.Warning, PROGRAM_TITLE, question, parent=parent)
    box.setInformativeText("\n".join([*describe_loss(here, backups.list_drafts_in_backup(copy.file)),
                                      "现在的文件会改名留存，可以在“备份与恢复”里再换回来。"]))
    add_answer(box, "换回这份备份", QMessageBox.ButtonRole.DestructiveRole)
    cancel = add_answer(box, "取消", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    return box.clickedButton() is not None and box.clickedButton() is not cancel
