"""The line at the foot of the wizard: the cross-check, what is blank, when it was saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from govdesk.base.numerals import shorten_text
from govdesk.checks import Finding, State, select_balance_findings
from govdesk.session.session import Snapshot
from ui.common.debounce import Debounced
from ui.common.severity import Severity
from ui.editing.autosave import Autosave, SaveState
from ui.editing.editor import Editor
from ui.widgets.basics import ElidedLabel, escape_tooltip, make_button, make_label, set_role, set_styled_role

ENTER = {"down": "Enter 下一行", "right": "Enter 右边一格"}
SAVING = "正在保存……"
READING_MS = 4000                            # a word stays as long, though the draft be saved meanwhile
KEYS = ("Ctrl+Z 撤销", "F8 下一处问题", "F1 帮助")


class StatusBar(QWidget):
    """The cross-check is a place: always in sight, and a click leads there."""

    balance_wanted = Signal(object)          # the Finding to look at, or None
    merge_wanted = Signal()                  # what is here with what another window has saved

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._finding: Finding | None = None
        self._state: Callable[[], SaveState] = SaveState
        self._said: tuple[str, str, SaveState] | None = None         # words, their role, how it stood then
        self._held: dict[str, str] = {}      # what is typed and not in the report yet, by where; in words
        self._narrow = False
        set_styled_role(self, "status")
        self.setFixedHeight(30)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 16, 0)
        row.setSpacing(16)
        self.balance = make_button("", lambda: self.balance_wanted.emit(self._finding), "balance-pending")
        self.balance.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(self.balance)
        self.blanks = make_label("", "quiet")
        row.addWidget(self.blanks)
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
        self._later = Debounced(self._count, self)
        editor.changed.connect(lambda now, _: self._write(now))
        editor.changed.connect(lambda *_: self._later() if self._blank_cells else self._later.now())
        editor.changed.connect(self.refresh)
        editor.unfinished_changed.connect(lambda: self._write(editor.now))
        editor.unfinished_changed.connect(self.refresh)
        self._write(editor.now)
        self._count()
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

    def _write(self, now: Snapshot) -> None:
        words, role, self._finding = describe_balance(now)
        if role == "balance-agreed" and self._editor.held:
            words, role = "… 勾稽关系：正在填写，记入后核对", "balance-pending"
        if words != self.balance.text():
            self.balance.setText(words)
            self.balance.setAccessibleName(words)
        set_role(self.balance, role)

    def _count(self) -> None:
        blanks = self._blank_cells = self._editor.now.blanks
        self.blanks.setText(f"还有 {blanks} 处空白" if blanks else "没有空白")

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

    def say(self, severity: Severity, words: str) -> None:
        """Shows a word until the next save is told, and long enough to be read; a warning says that something is to be
        seen to, though what is saved is safe."""
        self._said = severity.signed(words), severity.role, self._state()
        self._reading.start()
        self.refresh()

    def show_warning(self, sentence: str) -> None:
        self.say(Severity.WARNING, sentence)

    def show_word(self, sentence: str) -> None:
        self.say(Severity.NOTE, sentence)

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


def describe_balance(now: Snapshot) -> tuple[str, str, Finding | None]:
    """What the indicator says, its role in the style sheet, and the finding that a click leads to."""
    checked = select_balance_findings(now.form, now.findings)
    failed = [f for f in checked if f.state is State.FAILED]
    pending = [f for f in checked if f.state is State.PENDING]
    if any(f.state is State.UNCHECKED for f in checked):
        return "△ 勾稽关系：未能检查", "balance-off", None
    if failed:
        first = failed[0]
        grid = now.form.grids[first.sides[0].operands[0].grid]
        left, right = (side.value for side in first.sides)
        assert left is not None and right is not None
        more = f"，共 {len(failed)} 列不符" if len(failed) > 1 else ""
        gap = shorten_text(format(abs(left - right), "f"))
        return f"△ 勾稽关系：{grid.columns[first.line].name}列相差 {gap}{more}", "balance-off", first
    if pending:
        agreed = len(checked) - len(pending)
        return f"… 勾稽关系：待填（{agreed}/{len(checked)} 列相符）", "balance-pending", pending[0]
    if not checked:
        return "勾稽关系：没有可核对的列", "balance-pending", None
    return f"✓ 勾稽关系：{len(checked)} 列全部相符", "balance-agreed", checked[0]
