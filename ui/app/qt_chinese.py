"""Words of Qt's own dialogues that its Chinese translation has left in English."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

WORDS = {
    ("QFileDialog", "&Look in:"): "查找范围(&I)：",
    ("QFileDialog", "&File name:"): "文件名(&N)：",
    ("QFileDialog", "File Name:"): "文件名：",
    ("QFileDialog", "Files of &type:"): "文件类型(&T)：",
    ("QFileDialog", "&Directory:"): "文件夹(&D)：",
    ("QFileDialog", "Save"): "保存",
    ("QFileDialog", "Choose"): "选择",
    ("QFileDialog", "Cancel"): "取消",
    ("QFileSystemModel", "%1 bytes"): "%1 字节",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QAbstractFileIconProvider", "File"): "文件",
    ("QAbstractFileIconProvider", "%1 File"): "%1 文件",
    ("QPrintDialog", "Print all"): "全部打印",
    ("QPrintDialog", "Print range"): "打印范围",
    ("QMessageBox", "OK"): "确定",
    ("QMessageBox", "Close"): "关闭",
}


class Rest(QTranslator):
    """Asked before Qt's own translation, which would answer with the English words."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """None leaves the word to Qt's translation; "" would be a translation."""
        return WORDS.get((context, source))

    def isEmpty(self) -> bool:
        return False
