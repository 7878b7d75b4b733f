"""Two states of one draft side by side, and one made of both by choice. Nothing is replaced before it was shown."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from govdesk.report import three_way_merge
from govdesk.report.report import Report
from govdesk.report.three_way_merge import ChangedBy, Spot
from ui.common.shortcuts import add_shortcut
from ui.draft.merge_list import MergeList, is_theirs_preselected, make_head_row, name_owner
from ui.editing.editor import Editor
from ui.widgets.basics import (
    fill_with_column,
    make_back_bar,
    make_button,
    make_card,
    make_hair_line,
    make_label,
    set_styled_role,
)


class Meeting(NamedTuple):
    """What meets: the report from elsewhere, what both come from where that is known, and how the sides are called."""

    theirs: Report
    base: Report | None
    sides: tuple[str, str]               # “本机”, “带回的文件”
    when: tuple[str, str]                # of which moment each is
    title: str
    words: str                           # what happened, in a sentence


class MergePage(QWidget):
    """The chosen spots are told; who made the page makes one edit of them."""

    back_wanted = Signal()
    merge_wanted = Signal(object)            # the spots taken from the other side

    def __init__(self, editor: Editor, meeting: Meeting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor, self.meeting = editor, meeting
        self.ours = editor.now.report
        self.spots = three_way_merge.find_spots(editor.form, self.ours, meeting.theirs, meeting.base)
        set_styled_role(self, "ground")
        column = fill_with_column(self)
        top, row = make_back_bar("先不合并", self.back_wanted.emit, meeting.title)
        row.addWidget(make_label(self.ours.cover("organ.name"), "quiet"))
        row.addStretch(1)
        column.addWidget(top)
        body = QVBoxLayout()
        body.setContentsMargins(18, 14, 18, 14)
        body.addWidget(self._sheet())
        column.addLayout(body, 1)
        add_shortcut("back", self, self.back_wanted.emit)
        self.list.show_spots(self.spots)

    def _sheet(self) -> QWidget:
        sheet, inside = make_card(margins=(20, 14, 12, 12), spacing=8)
        inside.addWidget(make_label(self.meeting.words, "heading", wrap=True))
        inside.addWidget(make_label(describe_differences(self.spots, self.meeting.sides), "quiet", wrap=True))
        self.said = make_label("", "off", wrap=True)
        self.said.hide()
        inside.addWidget(self.said)
        inside.addWidget(make_hair_line())
        self.list = MergeList(self.editor.form, self.meeting.sides)
        ours, theirs = map(name_owner, self.meeting.sides)
        rule = "选有内容的一边" if self.meeting.base is None else "自动选改过的一方"
        by_who = (rule, lambda: self.list.take(is_theirs_preselected))
        inside.addWidget(make_head_row(self.meeting.sides, self.meeting.when, by_who, [
            (f"全部用{ours}", lambda: self.list.take(lambda _: False)),
            (f"全部用{theirs}", lambda: self.list.take(lambda _: True))]))
        inside.addWidget(make_hair_line())
        inside.addWidget(self.list, 1)
        inside.addWidget(make_hair_line())
        row = QHBoxLayout()
        kept = "合并之前两边的内容都会留作版本（Ctrl+Shift+H 可看）；合并是一步操作，Ctrl+Z 可以退回。"
        row.addWidget(make_label(kept, "quiet", wrap=True), 1)
        self.more_button = make_button("", self.list.show_more)
        row.addWidget(self.more_button)
        self.merge_button = make_button("", lambda: self.merge_wanted.emit(self.list.taken()), "primary")
        row.addWidget(self.merge_button)
        inside.addLayout(row)
        self.list.choice_changed.connect(self._write)
        return sheet

    def _write(self) -> None:
        taken = len(self.list.taken())
        ours, theirs = map(name_owner, self.meeting.sides)
        self.more_button.setText(f"显示其余（{self.list.hidden} 处）")
        self.more_button.setVisible(not self.list.complete)
        self.merge_button.setText(f"合并（采用{theirs} {taken} 处）" if taken else f"全部保留{ours}")
        self.merge_button.setEnabled(self.list.complete)
        self.merge_button.setToolTip("" if self.list.complete else "请先看过所有不同之处")

    def say(self, sentence: str) -> None:
        self.said.setText(f"△ {sentence}")
        self.said.show()

    def set_busy(self, busy: bool) -> None:
        """What was chosen is being written: nothing more is chosen, and the page is not left."""
        self.setEnabled(not busy)

    def refuse(self, sentence: str) -> None:
        """It was not written."""
        self.set_busy(False)
        self.say(sentence)

    def focus_first(self) -> None:
        """Not the button: a key that was still on its way merges nothing."""
        self.list.take_focus()


def describe_differences(spots: list[Spot], sides: tuple[str, str]) -> str:
    """How many differences there are, by who made them, and what is chosen so far."""
    ours, theirs = sides
    number = {by: sum(spot.by is by for spot in spots) for by in ChangedBy}
    if number[ChangedBy.OURS] + number[ChangedBy.THEIRS] + number[ChangedBy.BOTH] == 0:
        return f"共 {len(spots)} 处不同。找不到两边共同的起点，看不出是谁改的。" + _alone(number, sides)
    if number[ChangedBy.THEIRS] == len(spots):
        return f"共 {len(spots)} 处不同，都是{theirs}改的，已经选好。"
    told = ((ChangedBy.OURS, f"只有{ours}改过"), (ChangedBy.THEIRS, f"只有{theirs}改过"),
            (ChangedBy.BOTH, "两边都改过"))
    parts = [f"{words} {number[by]} 处" for by, words in told if number[by]]
    both = f"两边都改过的先选了{name_owner(ours)}，请逐处核对。" if number[ChangedBy.BOTH] else ""
    return f"共 {len(spots)} 处不同：{'，'.join(parts)}。已经按谁改过选好。{both}"


def _alone(number: dict[ChangedBy, int], sides: tuple[str, str]) -> str:
    """What is chosen so far where nobody knows who changed it."""
    alone = zip((ChangedBy.ONLY_OURS, ChangedBy.ONLY_THEIRS), sides, strict=True)
    told = [f"只有{side}有内容的 {number[by]} 处" for by, side in alone if number[by]]
    chosen = f"{'、'.join(told)}已经选好。" if told else ""
    left = f"{'其余 ' if told else ''}{number[ChangedBy.UNKNOWN]} 处先选了{name_owner(sides[0])}，请逐处核对。"
    return chosen + (left if number[ChangedBy.UNKNOWN] else "")
