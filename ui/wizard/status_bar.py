"""The line at the foot of the wizard: how far the report is, when it was saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from govdesk.session.progress import compute_standing
from ui.common.debounce import Debounced
from ui.common.notice_level import NoticeLevel
from ui.editing.autosave import Autosave, SaveState
from ui.editing.editor import Editor
from ui.widgets.basics import ElidedLabel, escape_tooltip, make_button, make_label, set_role, set_styled_role

ENTER = {"down": "Enter 下一行", "right": "Enter 右边一格"}
STANDING_ROLES = {"!": "off", "": "pending", "?": "asked", "✓": "agreed"}
SAVING = "正在保存……"
READING_MS = 4000                            # a word stays as long, though the draft be saved meanwhile
KEYS = ("Ctrl+Z 撤销", "F8 下一处问题", "F1 帮助")


class StatusBar(QWidget):
    """How far the report is stands in sight on every page, once, and a click leads to what is next."""

    next_wanted = Signal()                   # to what is open: what is off first, then what is quickest done
    merge_wanted = Signal()                  # what is here with what another window has saved

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._promises = False               # whether 可以送审 is shown
        self._state: Callable[[], SaveState] = SaveState
        self._said: tuple[str, str, SaveState] | None = None         # words, their role, how it stood then
        self._held: dict[str, str] = {}      # what is typed and not in the report yet, by where; in words
        self._narrow = False
        set_styled_role(self, "status")
        self.setFixedHeight(30)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(16)
        self.standing = make_button("", self.next_wanted.emit, "balance-pending")
        self.standing.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self.standing)
        self.sum = ElidedLabel()
        self.sum.hide()
        row.addWidget(self.sum)
        row.addStretch(1)
        self.saved = ElidedLabel("quiet")
        row.addWidget(self.saved)
        self.merge_button = make_button("对照合并…", self.merge_wanted.emit, "link")
        self.merge_button.hide()
        row.addWidget(self.merge_button)
        self._keys = make_label("", "quiet")
        row.addWidget(self._keys)
        self._reading = QTimer(self, singleShot=True, interval=READING_MS)
        self._reading.timeout.connect(self.refresh)
        self._later = Debounced(self._write_standing, self)
        editor.changed.connect(self._follow_report)
        editor.changed.connect(self.refresh)
        editor.unfinished_changed.connect(self._follow_report)
        editor.unfinished_changed.connect(self.refresh)
        self._write_standing()
        self.show_keys()

    def show_keys(self, enter: str = "") -> None:
        """The keys of a page; `enter`: where it leads on a table, by the setting; “” on other pages."""
        self._keys.setText(" · ".join([*([ENTER[enter]] if enter in ENTER else []), *KEYS]))

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self._keys.setVisible(not narrow and self.sum.isHidden())

    def show_sum(self, words: str) -> None:
        """What the chosen cells come to, in place of the keys."""
        if words != self.sum.text():
            self.sum.setText(words)
            self.sum.setToolTip(escape_tooltip(words))
            self.sum.setVisible(bool(words))
            self.set_narrow(self._narrow)

    def _follow_report(self, *_: object) -> None:
        """可以送审 may not stand a moment longer than it is true; other words may lag."""
        (self._later.now if self._promises else self._later)()

    def _write_standing(self) -> None:
        stands = compute_standing(self._editor.now, self._editor.in_the_way)
        self._promises = stands.ready
        parts = [*stands.words, *stands.asked]
        words = " · ".join(parts) + " ›" if parts else "可以送审"
        self.standing.setText(f"{stands.sign} {words}" if stands.sign else words)
        self.standing.setAccessibleName(stands.line)
        self.standing.setToolTip(f"{stands.line}。点一下去做下一件事。")
        set_role(self.standing, f"balance-{STANDING_ROLES[stands.sign]}")

    def follow(self, saver: Autosave) -> None:
        """Say of an open draft what is on the disk and what is not."""
        self._state = lambda: saver.state
        for signal in (saver.saved, saver.failed, saver.looked):
            signal.connect(self.refresh)

    def hold(self, where: str, words: str) -> None:
        """Say `words` instead of “已自动保存” while something is typed that is not in the report: it would be lost with
        the power. “” when it is there or given up."""
        self._editor.hold(where, words)
        if self._held.get(where, "") != words:
            self._held[where] = words
            self.refresh()

    def say(self, severity: NoticeLevel, words: str) -> None:
        """Shows a word until the next save is told, and long enough to be read; a warning says that something is to be
        seen to, though what is saved is safe."""
        self._said = severity.signed(words), severity.role, self._state()
        self._reading.start()
        self.refresh()

    def show_warning(self, sentence: str) -> None:
        self.say(NoticeLevel.WARNING, sentence)

    def show_word(self, sentence: str) -> None:
        self.say(NoticeLevel.NOTE, sentence)

    def offer_merge(self) -> None:
        """Another window has saved the draft: the way out, beside the sentence that says so."""
        self.merge_button.show()

    def refresh(self, *_: object) -> None:
        """What is not saved comes before what went wrong; that before what is being typed, and what is saved last.
        “已自动保存” stands here only while the report in the window is the one on the disk."""
        state = self._state()
        if self._said and not self._reading.isActive() and _is_over(self._said[2], state):
            self._said = None
        if not state.warning:
            self.merge_button.hide()
        words, role = _save_words(state)
        if self._said and not state.warning:
            words, role, _ = self._said
        if role == "quiet":
            words = next(filter(None, (*self._held.values(), self._editor.composing)), words)
        if words != self.saved.text():
            self.saved.setText(words)
            self.saved.setToolTip(escape_tooltip(words))
        set_role(self.saved, role)


def _is_over(then: SaveState, now: SaveState) -> bool:
    """Whether a word is no longer of the draft as it is: saved since, or edited after all was saved."""
    return then.saved_at != now.saved_at or (now.pending and not then.pending)


def _save_words(state: SaveState) -> tuple[str, str]:
    if state.warning:
        return f"△ {state.warning}", "off"
    if state.pending:
        return SAVING, "quiet"
    return (f"{state.saved_at:%H:%M:%S} 已自动保存" if state.saved_at else ""), "quiet"
