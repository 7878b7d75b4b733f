"""Where two reports differ, side by side: a row a cell or a stretch of sentences, each with a choice of one side."""

from __future__ import annotations

from collections.abc import Callable
from difflib import SequenceMatcher
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from govdesk.form.form import Form
from govdesk.report.report import NUMBER_LAYERS
from govdesk.report.three_way_merge import ChangedBy, Spot
from ui.common.labels import LAYER_NAMES, describe_entry, describe_entry_place
from ui.common.theme import current_colours
from ui.widgets.basics import clear_layout, make_bare_rows, make_button, make_hair_line, make_label, set_role

NAME_WIDTH = 340                             # pixels
AT_ONCE = 120                                # rows; the others are there on a click
LINE = 24                                    # height of the first line of a side
LEAD = 18                                    # characters of the sentence before that are shown
LONGEST = 1500                               # characters in which what differs is marked
ALIKE = 0.4                                  # share of two texts that is the same, from which the rest is marked
NOWHERE = "（没有这一句）"


class MergeList(QScrollArea):
    """Nothing is chosen here that was not shown: what has no row yet is not `complete`."""

    choice_changed = Signal()

    def __init__(self, form: Form, sides: tuple[str, str], parent: QWidget | None = None) -> None:
        """`sides`: what the left and the right one are called."""
        super().__init__(parent)
        self._form, self._sides = form, sides
        self._found: list[Spot] = []
        self._shown = 0
        self._theirs: dict[int, QRadioButton] = {}
        self._ours: dict[int, QRadioButton] = {}
        self._rows = make_bare_rows(self, "两边不同之处", 4)

    @property
    def complete(self) -> bool:
        return self._shown == len(self._found)

    @property
    def hidden(self) -> int:
        return len(self._found) - self._shown

    def show_spots(self, found: list[Spot]) -> None:
        """Write them; each begins with the side that changed it or alone has anything there, else with ours."""
        clear_layout(self._rows)
        self._found, self._shown, self._ours, self._theirs = found, 0, {}, {}
        self._wanted: Callable[[Spot], bool] = is_theirs_preselected
        self.show_more()

    def show_more(self) -> None:
        last = self._rows.count() - 1
        if self._shown and last >= 0:
            self._rows.takeAt(last)                      # the stretch
        end = min(len(self._found), self._shown + AT_ONCE)
        for number in range(self._shown, end):
            spot = self._found[number]
            if number == 0 or spot.layer is not self._found[number - 1].layer:
                self._rows.addWidget(make_label(LAYER_NAMES[spot.layer], "heading"))
            self._rows.addWidget(self._row(number, spot))
            self._rows.addWidget(make_hair_line())
        self._shown = end
        self._rows.addStretch(1)
        self.choice_changed.emit()

    def take(self, wanted: Callable[[Spot], bool]) -> None:
        """Choose for all rows, also those to come: theirs where it is wanted, else ours."""
        self._wanted = wanted
        for number, spot in enumerate(self._found[:self._shown]):
            (self._theirs if wanted(spot) else self._ours)[number].setChecked(True)

    def take_focus(self) -> None:
        """To what is chosen in the first row."""
        if self._ours:
            first = self._ours[0] if self._ours[0].isChecked() else self._theirs[0]
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def taken(self) -> list[Spot]:
        """The spots for which the right side is chosen."""
        return [spot for number, spot in enumerate(self._found[:self._shown]) if self._theirs[number].isChecked()]

    def _row(self, number: int, spot: Spot) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        name = describe_entry_place(self._form, spot.layer, spot.key)
        figures = spot.layer in NUMBER_LAYERS
        row.addWidget(self._head(spot, name), alignment=Qt.AlignmentFlag.AlignVCenter if figures
                      else Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(made)
        words = _both(self._form, spot)
        for side, radios in ((0, self._ours), (1, self._theirs)):
            shown = _Side(words[side], f"{name}，{self._sides[side]}：{_spoken(self._form, spot, side)}")
            radios[number] = shown.radio
            group.addButton(shown.radio)
            row.addWidget(shown, 1)
        (self._theirs if self._wanted(spot) else self._ours)[number].setChecked(True)
        self._theirs[number].toggled.connect(lambda _: self.choice_changed.emit())
        return made

    def _head(self, spot: Spot, name: str) -> QWidget:
        made = QWidget()
        made.setFixedWidth(NAME_WIDTH)
        words = describe_author(spot.by, self._sides)
        author = make_label(words, "off" if spot.by is ChangedBy.BOTH else "quiet", wrap=spot.part is not None)
        author.setVisible(bool(words))
        if spot.layer in NUMBER_LAYERS:      # a figure is a line of a list
            line = QHBoxLayout(made)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(make_label(name, wrap=True), 1)
            line.addWidget(author)
            return made
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(4)
        column.addWidget(make_label(name, wrap=True))
        if spot.lead:
            lead = spot.lead.strip()
            column.addWidget(make_label(f"在“{'…' if len(lead) > LEAD else ''}{lead[-LEAD:]}”之后", "quiet", wrap=True))
        column.addWidget(author)
        return made


class _Side(QFrame):
    """What one side has; a click anywhere on it chooses it."""

    def __init__(self, words: str, spoken: str) -> None:
        super().__init__()
        set_role(self, "side")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 10, 5)
        row.setSpacing(6)
        self.radio = QRadioButton()
        self.radio.setAccessibleName(spoken)
        self.radio.toggled.connect(lambda on: set_role(self, "side-chosen" if on else "side"))
        self.radio.setFixedHeight(LINE)
        row.addWidget(self.radio, alignment=Qt.AlignmentFlag.AlignTop)
        self.words = QLabel(words)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.radio.setChecked(True)
            self.radio.setFocus()
        super().mouseReleaseEvent(event)


def is_theirs_preselected(spot: Spot) -> bool:
    """Whether theirs is chosen until the clerk chooses: where only they changed it, or have anything there."""
    return spot.by in (ChangedBy.THEIRS, ChangedBy.ONLY_THEIRS)


def describe_author(by: ChangedBy, sides: tuple[str, str]) -> str:
    return {ChangedBy.OURS: f"只有{sides[0]}改过", ChangedBy.THEIRS: f"只有{sides[1]}改过",
            ChangedBy.BOTH: "△ 两边都改过",
            ChangedBy.ONLY_OURS: f"只有{sides[0]}有内容", ChangedBy.ONLY_THEIRS: f"只有{sides[1]}有内容"}.get(by, "")


def name_owner(side: str) -> str:
    """“本机” → “本机的”, “带回的文件” → “带回的”."""
    return side.removesuffix("文件") if side.endswith("的文件") else f"{side}的"


ButtonAct = tuple[str, Callable[[], object]]


def make_head_row(sides: tuple[str, str], when: tuple[str, str], first: ButtonAct | None,
                  at_once: list[ButtonAct]) -> QWidget:
    """Over the columns: what each is, when it is from, and all at once."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 18, 0)
    row.setSpacing(10)
    left = make_button(*first) if first else QWidget()
    left.setFixedWidth(NAME_WIDTH)
    row.addWidget(left)
    for name, moment, act in zip(sides, when, at_once, strict=True):
        cell = QHBoxLayout()
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(make_label(name, "heading"))
        title.addWidget(make_label(moment, "quiet", wrap=True))
        cell.addLayout(title, 1)
        cell.addWidget(make_button(*act))
        row.addLayout(cell, 1)
    return made


def _spoken(form: Form, spot: Spot, side: int) -> str:
    entry = (spot.ours, spot.theirs)[side]
    return describe_entry(form, spot.layer, spot.key, entry) or NOWHERE


def _both(form: Form, spot: Spot) -> tuple[str, str]:
    """The two sides as rich text, with what differs marked in longer ones."""
    ours, theirs = (describe_entry(form, spot.layer, spot.key, entry) for entry in (spot.ours, spot.theirs))
    if spot.part is None and max(len(ours), len(theirs)) < LEAD:
        return _plain(ours), _plain(theirs)
    if not ours or not theirs or len(ours) + len(theirs) > LONGEST:
        return _plain(ours or NOWHERE), _plain(theirs or NOWHERE)
    match = SequenceMatcher(None, ours, theirs, autojunk=False)
    if match.ratio() < ALIKE:                            # next to nothing would be left without a mark
        return _plain(ours), _plain(theirs)
    one, other = [], []
    for tag, a, b, c, d in match.get_opcodes():
        same = tag == "equal"
        one.append(_plain(ours[a:b]) if same else _marked(ours[a:b]))
        other.append(_plain(theirs[c:d]) if same else _marked(theirs[c:d]))
    return "".join(one), "".join(other)


def _plain(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _marked(text: str) -> str:
    """The same on both sides: neither is right or wrong yet."""
    return f'<u style="color:{current_colours().accent}">{_plain(text)}</u>' if text else ""
