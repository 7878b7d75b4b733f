"""The copies of the data file: what is inside each, one draft taken back, or the whole put back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QScrollArea, QVBoxLayout, QWidget

from govdesk.base.errors import UserError
from govdesk.base.files import is_folder
from govdesk.drafts.names import moment_words
from govdesk.store import backups
from govdesk.store.backups import BackupCopy
from govdesk.store.draft_summary import DraftSummary
from govdesk.store.drafts import Summaries
from ui.common.notice_level import NoticeLevel
from ui.common.shortcuts import add_shortcut
from ui.common.worker import Worker
from ui.widgets.basics import (
    clear_layout,
    fill_rows,
    fill_with_column,
    make_back_bar,
    make_bare,
    make_bare_rows,
    make_button,
    make_card,
    make_hair_line,
    make_label,
    put_beside,
    set_role,
    set_styled_role,
)


class RestorePage(QWidget):
    """Left the copies, right the drafts in the chosen one. Looking in changes nothing."""

    back_wanted = Signal()
    make_wanted = Signal()
    second_wanted = Signal()
    take_wanted = Signal(object, int)        # Copy, a draft's id in it
    replace_wanted = Signal(object)          # Copy

    def __init__(self, copies: Callable[[], list[BackupCopy]], now: Callable[[], Summaries],
                 places: tuple[Path, Path | None],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copies, self._now = copies, now
        self._chosen: BackupCopy | None = None
        self._worker = Worker("look into a copy", self)
        set_styled_role(self, "ground")
        column = fill_with_column(self)
        column.addWidget(self._bar())
        self.said = make_label("", "off", wrap=True)
        self.said.setContentsMargins(18, 10, 18, 0)
        self.said.hide()
        column.addWidget(self.said)
        column.addLayout(put_beside(self._left(places), self._right()), 1)
        add_shortcut("back", self, self.back_wanted.emit)
        self.show_copies()

    def _bar(self) -> QWidget:
        top, row = make_back_bar("全部年报", self.back_wanted.emit, "备份与恢复")
        row.addStretch(1)
        row.addWidget(make_button("再备一份到 U 盘…", self.second_wanted.emit))
        self.make_button = make_button("现在备份", self.make_wanted.emit)
        row.addWidget(self.make_button)
        return top

    def _left(self, places: tuple[Path, Path | None]) -> QWidget:
        sheet, inside = make_card(margins=(12, 12, 12, 12))
        sheet.setFixedWidth(320)
        inside.addWidget(make_label("备份", "heading"))
        self.list = QListWidget()
        make_bare(self.list, "备份")
        self.list.currentItemChanged.connect(lambda item, _: self._choose(item))
        inside.addWidget(self.list, 1)
        inside.addWidget(make_hair_line())
        own, second = places
        inside.addWidget(make_label(f"存放在 {own.parent / backups.BACKUP_FOLDER}", "quiet", wrap=True))
        there = "" if second is None or is_folder(second) else "（现在不在，接上后自动备份过去）"
        words = f"第二处：{second}{there}" if second else "还没有第二处备份；可以选 U 盘或另一块硬盘上的文件夹。"
        inside.addWidget(make_label(words, "quiet", wrap=True))
        return sheet

    def _right(self) -> QWidget:
        sheet, inside = make_card(margins=(20, 14, 16, 12), spacing=8)
        self._head = QVBoxLayout()
        inside.addLayout(self._head)
        inside.addWidget(make_hair_line())
        area = QScrollArea()
        self._rows = make_bare_rows(area, "备份中的草稿")
        inside.addWidget(area, 1)
        row = QHBoxLayout()
        row.addWidget(make_label("现在的文件会改名留存，也列在左边，随时可以再换回来。", "quiet", wrap=True), 1)
        self.replace_button = make_button("整个换回这份备份", lambda: self.replace_wanted.emit(self._chosen))
        row.addWidget(self.replace_button)
        inside.addLayout(row)
        return sheet

    def say(self, severity: NoticeLevel, words: str) -> None:
        """Shows what came of an act, above the copies."""
        self.said.setText(severity.signed(words))
        set_role(self.said, "agreed" if severity is NoticeLevel.DONE else severity.role)
        self.said.setVisible(bool(words))

    def show_copies(self, _: object = None) -> None:
        """Find them anew; the newest is chosen."""
        fill_rows(self.list,
                  ((f"{moment_words(copy.at)}\n{copy.what or '备份'} · {size_words(copy.file.stat().st_size)}",
                               copy, str(copy.file)) for copy in self._copies()))
        if not self.list.count():
            self._choose(None)

    def focus_first(self) -> None:
        self.list.setFocus()

    def close_worker(self) -> None:
        self._worker.wait()

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._chosen = item.data(Qt.ItemDataRole.UserRole) if item else None
        clear_layout(self._head)
        clear_layout(self._rows)
        self.replace_button.setEnabled(False)
        if self._chosen is None:
            self._head.addWidget(make_label("还没有备份", "heading"))
            self._head.addWidget(make_label("工作时每半小时自动备份一次，退出时也备份；也可以点“现在备份”。", "quiet",
                                            wrap=True))
            return
        copy = self._chosen
        self._head.addWidget(make_label(_title(copy), "heading", wrap=True))
        self._head.addWidget(make_label("正在查看里面的草稿……", "quiet"))
        self._worker.run(lambda: backups.list_drafts_in_backup(copy.file), lambda found: self._show(copy, found),
                         lambda error: self._failed(copy, error))

    def _show(self, copy: BackupCopy, found: Summaries) -> None:
        if copy != self._chosen:
            return
        self._head_words(f"里面有 {len(found)} 份草稿。“取回”会另存为一份新草稿，连同历史，现有的草稿不动。")
        with suppress(UserError):            # the window may have closed meanwhile
            self._list(copy, found, {d.uid: d for d in reversed(self._now())})

    def _list(self, copy: BackupCopy, found: Summaries, now: dict[str, DraftSummary]) -> None:
        """`now`: the drafts of today by their identity; of several with one the one saved last."""
        for draft in found:
            self._rows.addLayout(self._row(copy, draft, now.get(draft.uid)))
            self._rows.addWidget(make_hair_line())
        self._rows.addStretch(1)
        self.replace_button.setEnabled(True)

    def _failed(self, copy: BackupCopy, error: BaseException) -> None:
        if copy == self._chosen:
            said = error.sentence if isinstance(error, UserError) else "这份备份读不出来，请选另一份。"
            self._head_words(f"△ {said}")

    def _head_words(self, words: str) -> None:
        clear_layout(self._head)
        assert self._chosen
        self._head.addWidget(make_label(_title(self._chosen), "heading", wrap=True))
        self._head.addWidget(make_label(words, "quiet", wrap=True))

    def _row(self, copy: BackupCopy, draft: DraftSummary, now: DraftSummary | None) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(make_label(f"{draft.organ_name or '（未填机关名称）'}　{draft.year or ''}", wrap=True))
        saved = moment_words(draft.saved_at)
        binned = "在回收站 · " if draft.deleted_at else ""
        words.addWidget(make_label(f"{binned}{saved} 保存 · {_beside(draft, now)}", "quiet", wrap=True))
        row.addLayout(words, 1)
        take = make_button("取回", lambda: self.take_wanted.emit(copy, draft.id), "link")
        take.setAccessibleName(f"取回 {draft.organ_name} {draft.year or ''}")
        row.addWidget(take)
        return row


def _title(copy: BackupCopy) -> str:
    return f"{moment_words(copy.at)} 的{copy.what or '备份'}"


def _beside(draft: DraftSummary, now: DraftSummary | None) -> str:
    if now is None:
        return "现在的列表里没有"
    if now.saved_at == draft.saved_at:
        return "与现在的相同"
    return "现在的更新" if now.saved_at > draft.saved_at else "比现在的更新"


def size_words(size: int) -> str:
    """“96 KB”, “1.2 MB”."""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(1, round(size / 1024))} KB"

