"""The question before a draft is left whose last changes are not on the disk."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.common.program_title import PROGRAM_TITLE


def leave_unsaved(parent: QWidget) -> bool:
    """Asks, for what would be lost cannot be had back."""
    from PySide6.QtWidgets import QMessageBox

    from ui.widgets.basics import add_answer

    box = QMessageBox(QMessageBox.Icon.Warning, PROGRAM_TITLE, "最近的修改还没有保存到磁盘，现在离开会丢失。",
                      parent=parent)
    box.setInformativeText("可以先用导出页上的“拷到另一台电脑”存到别的位置，或腾出空间、恢复权限后等它自动保存；"
                           "另一个窗口也改过时，留下点“对照合并”。")
    stay = add_answer(box, "留下", QMessageBox.ButtonRole.RejectRole)
    leave = add_answer(box, "不保存，离开", QMessageBox.ButtonRole.DestructiveRole)
    box.setDefaultButton(stay)
    box.exec()
    return box.clickedButton() is leave
