"""The home page: the drafts with their state, the deadlines, and four ways to begin."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from govdesk.drafts.names import title_of_draft
from govdesk.store.draft_summary import DraftSummary
from ui.common.debounce import AFTER_FRAME_MS
from ui.common.mnemonics import mark_letter
from ui.common.notice_level import NoticeLevel
from ui.common.shortcuts import add_shortcut
from ui.home.draft_foot import DraftFoot, Undo
from ui.home.draft_list import find_drafts, group_by_organ
from ui.home.draft_table import DraftTable
from ui.home.empty_list import EmptyList
from ui.home.settings_menu import SettingsMenu
from ui.widgets.basics import (
    add_act,
    clear_layout,
    escape_tooltip,
    make_bar,
    make_button,
    make_card,
    make_hair_line,
    make_label,
    set_styled_role,
)
from ui.widgets.main_page import MainPage
from ui.widgets.word_edit import WordLineEdit

if TYPE_CHECKING:
    from ui.home.due_first import DueFirstCard

NARROW, SLIM = 1200, 1000                    # widths from which there is room
SIDE, SLIM_SIDE = 292, 236
CARDS_HEIGHT = 74                            # height of the cards with the deadlines
OFFERED = 16                                 # reports to follow; any other by the menu of its line
BEFORE_FIRST = 4                             # place of the shelf: after the three buttons and the link
TALL_HEIGHT = 640                            # from this height there is room for both cards beside the list
KEPT_IN_BIN_WORDS = " · 一直留在这里，不会自动清除；按 Enter 恢复"
SAMPLE_ORGAN = "临江区人民政府办公室"        # the sample is read only when it is opened
SAMPLE_WORDS = "打开一份填好的样例：看一遍六个部分、三张表和勾稽关系，再导出一次 PDF。"


class HomePage(MainPage):
    """What is wanted is a signal; others do it."""

    new_wanted = Signal()
    new_of_year_wanted = Signal(int)
    open_wanted = Signal()
    next_wanted = Signal(int)                # the draft of the year before
    next_from_file_wanted = Signal()
    sample_wanted = Signal()
    draft_wanted = Signal(int)
    copy_wanted = Signal(list)               # drafts
    delete_wanted = Signal(list)
    restore_wanted = Signal(list)
    bin_wanted = Signal(bool)                # to see the deleted drafts, or the others again
    renamed = Signal(int, str)
    setting_wanted = Signal(str, str)        # a field of Settings, its value
    folder_wanted = Signal()
    copies_wanted = Signal()
    manual_wanted = Signal()

    def __init__(self, version: str, folder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_styled_role(self, "ground")
        self._drafts: list[DraftSummary] = []
        self.in_bin = False
        self._last: Callable[[], object] = lambda: None
        self._painted = False
        self._shelf: DueFirstCard | None = None
        self.in_force: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar())
        self._middle = middle = QHBoxLayout()
        middle.setSpacing(26)
        middle.addLayout(self._left(), 1)
        middle.addWidget(self._right())
        column.addLayout(middle, 1)
        column.addWidget(self._foot(version, folder))
        for key, act in (("new", self.new_wanted.emit), ("open", self.open_wanted.emit), ("search", self.search_again),
                         ("home_undo", self.foot.take_back)):
            add_shortcut(key, self, act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        width = event.size().width()
        sides = 60 if width >= NARROW else 24
        self._middle.setContentsMargins(sides, 26, sides, 12)
        self._side.setFixedWidth(SIDE if width >= SLIM else SLIM_SIDE)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(AFTER_FRAME_MS, self, self._tell_deadlines)

    def _bar(self) -> QWidget:
        top = make_bar("bar", 44)
        row = QHBoxLayout(top)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(make_label("政府信息公开年报", "heading"))
        row.addStretch(1)
        self.bin_button = make_button("回收站", lambda: self.bin_wanted.emit(not self.in_bin), "flat")
        row.addWidget(self.bin_button)
        row.addWidget(make_button("备份与恢复", self.copies_wanted.emit, "flat"))
        more = make_button("设置", lambda: self._choose(more), "flat")
        row.addWidget(more)
        row.addWidget(make_button("帮助 F1", self.manual_wanted.emit, "flat"))
        return top

    def _choose(self, at: QWidget) -> None:
        self.settings_menu().exec(at.mapToGlobal(at.rect().bottomLeft()))

    def settings_menu(self) -> SettingsMenu:
        """The few settings there are, with what is in force."""
        menu = SettingsMenu(self.in_force, self)
        menu.setting_wanted.connect(self.setting_wanted)
        menu.deadline_wanted.connect(self.ask_deadline)
        menu.folder_wanted.connect(self.folder_wanted)
        menu.sample_wanted.connect(self.sample_wanted)
        return menu

    def ask_deadline(self) -> None:
        """A local day for all reports, in one line below the drafts."""
        from ui.home.deadlines import DayBar

        bar = DayBar(self.in_force.get("deadline", ""))
        bar.chosen.connect(lambda day: self.setting_wanted.emit("deadline", day))
        bar.chosen.connect(lambda _: self.foot.say(""))
        bar.left.connect(lambda: self.foot.say(""))
        self.foot.ask(bar)
        bar.month.setFocus()

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(14)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(14)
        holder = QWidget()
        holder.setFixedHeight(CARDS_HEIGHT)
        holder.setLayout(self._cards)
        self._cards.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)
        heads = QHBoxLayout()
        self._title = make_label("草稿", "title")
        heads.addWidget(self._title)
        self._count = make_label("", "quiet")
        heads.addWidget(self._count)
        self.last_button = make_button("接着上次填 ›", lambda: self._last(), "link")   # noqa: PLW0108
        self.last_button.hide()
        heads.addWidget(self.last_button)
        heads.addStretch(1)
        self.search = WordLineEdit()
        self.search.setPlaceholderText("搜索机关、年度或状态")
        self.search.setAccessibleName("搜索草稿")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        self.search.textChanged.connect(lambda _: self._write())
        self.search.returnPressed.connect(lambda: self.table.setFocus(Qt.FocusReason.TabFocusReason))
        add_shortcut("search_leave", self.search, self._leave_search, Qt.ShortcutContext.WidgetShortcut)
        heads.addWidget(self.search)
        column.addLayout(heads)
        sheet, inside = make_card(margins=(1, 1, 1, 1), spacing=0)
        self.table: DraftTable = DraftTable()
        self._empty: EmptyList = EmptyList()
        self.foot: DraftFoot = DraftFoot()
        inside.addWidget(self.table, 1)
        inside.addWidget(self._empty, 1)
        inside.addWidget(make_hair_line())
        inside.addWidget(self.foot)
        self.table.opened.connect(self._opened)
        self.table.chosen_changed.connect(self._count_drafts)
        self.foot.open_wanted.connect(self._open_chosen)
        self.table.deleted.connect(self._but_in_bin(self.delete_wanted.emit))
        self.table.copied.connect(self._but_in_bin(self.copy_wanted.emit))
        self.table.menu_wanted.connect(self._menu)
        # after the line's field is closed: the list is written anew
        self.table.rows.renamed.connect(self.renamed, Qt.ConnectionType.QueuedConnection)
        column.addWidget(sheet, 1)
        return column

    def _opened(self, draft_id: int) -> None:
        """A draft is opened; in the bin all that are chosen are had back."""
        if self.in_bin:
            self.restore_wanted.emit(self._chosen(draft_id))
        else:
            self.draft_wanted.emit(draft_id)

    def _open_chosen(self) -> None:
        self.table.setFocus()
        self.table.open()

    def _chosen(self, draft_id: int) -> list[int]:
        """The drafts that are chosen, if this one is among them; else it alone."""
        chosen = [draft.id for draft in self.table.chosen()]
        return chosen if draft_id in chosen else [draft_id]

    def _but_in_bin(self, act: Callable[[Any], object]) -> Callable[[Any], object]:
        return lambda drafts: None if self.in_bin else act(drafts)

    def search_again(self) -> None:
        """The field with what stands in it chosen, so that other words can be typed at once."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _leave_search(self) -> None:
        self.search.clear()
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _tell_deadlines(self) -> None:
        from ui.home.deadlines import form_in_force

        self.table.rows.form = form_in_force()
        self.show_deadlines()

    def show_deadlines(self) -> None:
        """The cards and the column, after the setting."""
        form, general = self.table.rows.form, self.in_force.get("deadline", "")
        if form is None:
            return                           # they follow the first frame
        from ui.home.deadlines import deadline_card

        clear_layout(self._cards)
        for kind in form.kinds:
            if kind.deadline:
                self._cards.addWidget(deadline_card(kind, general))
        self.table.rows.general = general
        self.table.viewport().update()
        self._write_shelf()

    def _write_shelf(self) -> None:
        """What is due first; whoever has drafts need not be told how to begin."""
        if self.table.rows.form is None:
            return                           # follows the first frame, as the deadlines do
        if self._shelf is None:
            from ui.home.due_first import DueFirstCard

            self._shelf = DueFirstCard()
            self._shelf.draft_wanted.connect(self.draft_wanted)
            self._beside.insertWidget(BEFORE_FIRST, self._shelf)
        self._shelf.show_first([] if self.in_bin else self._drafts, self.table.rows.due)
        own = any(draft.organ_name != SAMPLE_ORGAN for draft in self._drafts)
        self._first.setVisible(not own and (self._shelf.isHidden() or self.height() >= TALL_HEIGHT))

    def _right(self) -> QWidget:
        side = self._side = QWidget()
        column = QVBoxLayout(side)
        self._beside: QVBoxLayout = column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.new_button = make_button("新建年报", self.new_wanted.emit, "primary")
        self.new_button.setFixedHeight(44)
        self.next_button = make_button("从上年年报续填", self._offer_last_years)
        self.next_button.setFixedHeight(40)
        open_button = make_button("打开文件…", self.open_wanted.emit)
        open_button.setFixedHeight(40)
        column.addWidget(self.new_button)
        self.years_button = make_button("其他年度…", self._offer_years, "link")
        column.addWidget(self.years_button)
        column.addWidget(self.next_button)
        column.addWidget(open_button)
        sheet, inside = make_card()
        self._first: QWidget = sheet
        inside.addWidget(make_label("第一次使用？", "heading"))
        inside.addWidget(make_label(SAMPLE_WORDS, "quiet", wrap=True))
        self.sample_button = make_button("打开样例 ›", self.sample_wanted.emit, "link")
        inside.addWidget(self.sample_button)
        column.addWidget(sheet)
        column.addStretch(1)
        return side

    def _foot(self, version: str, folder: str) -> QWidget:
        foot = make_bar("status", 30)
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 0, 16, 0)
        self._folder = make_label("", "quiet")
        self.show_folder(folder)
        row.addWidget(self._folder)
        row.addStretch(1)
        row.addWidget(make_label(f"版本 {version}", "quiet"))
        return foot

    def say(self, severity: NoticeLevel, words: str, undo: Undo | None = None) -> None:
        """A line below the drafts: what went wrong, or what can be taken back."""
        self.foot.say(severity.signed(words), severity.role, undo)

    def take_focus(self) -> None:
        self.new_button.setFocus()

    def offer_last(self, name: str, act: Callable[[], object]) -> None:
        """Back to where the last draft was left."""
        self._last = act
        self.last_button.setToolTip(escape_tooltip(name))
        self.last_button.setAccessibleName(f"接着上次填：{name}")
        self.last_button.show()

    def show_folder(self, folder: str) -> None:
        self._folder.setText(f"数据只保存在本机：{folder}")

    def show_drafts(self, drafts: list[DraftSummary], *, in_bin: bool = False) -> None:
        """The drafts, or with `in_bin` the deleted ones."""
        self._drafts, self.in_bin = drafts if in_bin else group_by_organ(drafts), in_bin
        self._title.setText("回收站" if in_bin else "草稿")
        self.bin_button.setText("返回草稿" if in_bin else "回收站")
        self._write()
        self._write_shelf()

    def choose(self, *drafts: int) -> None:
        """The cursor on the line of the first of these drafts, all of them chosen."""
        self.table.choose(*drafts)

    def _count_drafts(self) -> None:
        """How many there are, and how many of them are found and chosen."""
        shown, chosen = len(self.table.rows.shown), len(self.table.chosen())
        count = f"{len(self._drafts)} 份" if shown == len(self._drafts) else f"{len(self._drafts)} 份中的 {shown} 份"
        count += f"，已选 {chosen} 份" if chosen > 1 else ""
        self._count.setText(count + (KEPT_IN_BIN_WORDS if self.in_bin and self._drafts else ""))
        self.foot.set_place(in_bin=self.in_bin, usable=chosen > 0)

    def _write(self) -> None:
        shown = find_drafts(self._drafts, self.search.text(), self.table.rows.form_words)
        self.table.show_drafts(shown)
        self._count_drafts()
        self.table.setVisible(bool(shown))
        if shown:
            self._empty.say("", [])
        elif self._drafts:
            self._empty.say("没有符合的草稿", [("清除搜索", self.search.clear)])
        elif self.in_bin:
            self._empty.say("回收站是空的", [("返回草稿列表", lambda: self.bin_wanted.emit(False))])
        else:
            self._empty.say("还没有草稿", [("新建一份年报", self.new_wanted.emit),
                                          ("先看看样例", self.sample_wanted.emit)])

    def _offer_years(self) -> None:
        from ui.home.other_years import offer_years

        offer_years(self.years_button, self.new_of_year_wanted.emit)

    def _offer_last_years(self) -> None:
        """The reports that another year may follow, and a file from elsewhere; at once, where there is only that."""
        menu, current = QMenu(self), self.table.current()
        offered = [d for d in (*([current] if current else []), *self._drafts) if d.year and not d.deleted_at]
        if not offered:
            self.next_from_file_wanted.emit()
            return
        for draft in dict.fromkeys(offered[:OFFERED]):
            self._offer_last_year(menu, draft)
        menu.addSeparator()
        add_act(menu, "从文件…", "F", self.next_from_file_wanted.emit)
        menu.exec(self.next_button.mapToGlobal(self.next_button.rect().bottomLeft()))

    def _offer_last_year(self, menu: QMenu, draft: DraftSummary) -> None:
        words = f"{title_of_draft(draft)} → {draft.year + 1} 年" if draft.year else ""
        menu.addAction(mark_letter(words, ""), lambda: self.next_wanted.emit(draft.id))

    def _menu(self, draft_id: int, at: QPoint) -> None:
        menu, chosen = QMenu(self), self._chosen(draft_id)
        several = f"选中的 {len(chosen)} 份" if len(chosen) > 1 else ""
        if self.in_bin:
            add_act(menu, f"恢复{several}\tEnter", "R", lambda: self.restore_wanted.emit(chosen))
        elif several:
            add_act(menu, f"复制{several}\tCtrl+D", "C", lambda: self.copy_wanted.emit(chosen))
            add_act(menu, f"删除{several}\tDelete", "D", lambda: self.delete_wanted.emit(chosen))
        else:
            add_act(menu, "继续填报\tEnter", "O", lambda: self.draft_wanted.emit(draft_id))
            add_act(menu, "续填下一年", "N", lambda: self.next_wanted.emit(draft_id))
            add_act(menu, "复制一份\tCtrl+D", "C", lambda: self.copy_wanted.emit(chosen))
            add_act(menu, "重命名\tF2", "M", self.table.rename)
            menu.addSeparator()
            add_act(menu, "删除\tDelete", "D", lambda: self.delete_wanted.emit(chosen))
        menu.exec(at)
