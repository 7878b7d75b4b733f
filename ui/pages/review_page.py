"""The review: where one stands in one sentence, then the findings by severity, each a way to its cells."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from govdesk.checks import Finding, Severity, State, balances
from govdesk.form import Address
from govdesk.numerals import shorten
from govdesk.session import Snapshot
from govdesk.steps import cover_missing
from ui.bridge import Editor
from ui.widgets import button, card, clear, hair_line, label, set_role

SEVERITY_NAMES = {Severity.ERROR: "必须改正", Severity.WARNING: "请说明", Severity.HINT: "提示"}
SEVERITY_MARKS = {Severity.ERROR: "!", Severity.WARNING: "?", Severity.HINT: "i"}
BLANK_WORDS = "没有发生的请填 0；可以用“空白填 0”一次填完"
COVER_NAMES = {"organ.name": "机关全称", "organ.level": "机关层级", "organ.kind": "年报种类", "year": "报告年度",
               "issued_on": "成文日期"}


class ReviewPage(QWidget):
    """Written anew after every change while it is in sight."""

    place_wanted = Signal(object, object)    # Address, text id or cover id; the finding or None

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label("核对", "title"))
        self._verdict, self._verdict_column = card(margins=(20, 14, 18, 14))
        column.addWidget(self._verdict)
        lower = QHBoxLayout()
        lower.setSpacing(14)
        self._list_column = _scrolled(lower, 5)
        self._side_column = _scrolled(lower, 2)
        column.addLayout(lower, 1)
        editor.changed.connect(lambda *_: self._write() if self.isVisible() else None)

    def focus_first(self) -> None:
        self._write()
        self.setFocus()

    def go_to(self, _: Address | str) -> None:
        self._write()

    def _write(self) -> None:
        now = self._editor.now
        self._write_verdict(now)
        clear(self._list_column)
        failed = sorted(now.failed(), key=lambda f: list(Severity).index(f.severity))
        counts = [f"{SEVERITY_NAMES[s]} {len(now.failed(s))}" for s in Severity]
        passed = sum(f.state is State.PASSED for f in now.findings)
        self._list_column.addWidget(label(" · ".join([*counts, f"已通过 {passed}"]), "quiet"))
        for finding in failed:
            mark, place = SEVERITY_MARKS[finding.severity], finding.places[0]
            self._row(mark, finding.message, self._where(finding), place, finding)
        for place, words, where in missing(now):
            self._row("…", words, where, place)
        if not failed and self._list_column.count() == 1:
            self._list_column.addWidget(hair_line())
            self._list_column.addWidget(label("✓ 没有发现问题。", "agreed"))
        self._list_column.addStretch(1)
        self._write_tables(now)

    def _write_verdict(self, now: Snapshot) -> None:
        clear(self._verdict_column)
        words = open_words(now)
        ready = not words
        row = QHBoxLayout()
        sentences = QVBoxLayout()
        sentences.addWidget(label("可以送审" if ready else f"还不能送审：{'，'.join(words)}", "heading"))
        asked = len(now.failed(Severity.WARNING))
        doubts = f"另有 {asked} 处请核实或说明。" if asked else ""
        where = "勾稽关系全部相符，没有空白。" if ready else "导出随时可以，不受影响。"
        sentences.addWidget(label(where + doubts, "quiet"))
        row.addLayout(sentences, 1)
        first = self._first(now)
        if first:
            row.addWidget(button("去改第一处", lambda: self.place_wanted.emit(*first), "primary"),
                          alignment=Qt.AlignmentFlag.AlignVCenter)
        self._verdict_column.addLayout(row)
        set_role(self._verdict, "ready" if ready else "unready")

    def _first(self, now: Snapshot) -> tuple[Address | str, Finding | None] | None:
        errors = now.failed(Severity.ERROR)
        if errors:
            return errors[0].places[0], errors[0]
        open_items = missing(now)
        return (open_items[0][0], None) if open_items else None

    def _where(self, finding: Finding) -> str:
        form, place = self._editor.form, finding.places[0]
        check = next(c for c in form.checks if c.id == finding.rule)
        return f"{form.section_of(place).short} · 依据：{check.source}"

    def _row(self, mark: str, words: str, where: str, place: Address | str, finding: Finding | None = None) -> None:
        act = "去看 ›" if finding else "去填 ›"
        self._list_column.addWidget(hair_line())
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 6)
        row.setSpacing(12)
        row.addWidget(_mark(mark), alignment=Qt.AlignmentFlag.AlignTop)
        sentences = QVBoxLayout()
        sentences.setSpacing(2)
        sentences.addWidget(label(words, wrap=True))
        sentences.addWidget(label(where, "quiet", wrap=True))
        row.addLayout(sentences, 1)
        link = button(act, lambda: self.place_wanted.emit(place, finding), "link")
        link.setAccessibleName(f"{act.rstrip(' ›')}：{words}")
        row.addWidget(link)
        self._list_column.addLayout(row)

    def _write_tables(self, now: Snapshot) -> None:
        clear(self._side_column)
        self._side_column.addWidget(label("三张表一览", "heading"))
        for grid in now.form.grids.values():
            wanted = len(grid.inputs)
            done = sum(now.figures[a] is not None for a in grid.inputs)
            role = "agreed" if done == wanted else "off"
            self._side_column.addWidget(label(f"{grid.name}　{wanted} 格　已填 {done}", role))
        self._side_column.addWidget(hair_line())
        self._side_column.addWidget(label("勾稽关系", "heading"))
        for finding in balances(now.form, now.findings):
            role = {State.PASSED: "agreed", State.FAILED: "off"}.get(finding.state, "quiet")
            self._side_column.addWidget(label(_balance_words(now, finding), role))
        self._side_column.addStretch(1)


def _balance_words(now: Snapshot, finding: Finding) -> str:
    grid = now.form.grids[finding.sides[0].operands[0].grid]
    name = grid.columns[finding.line].name
    left, right = (side.value for side in finding.sides)
    if finding.state is State.PENDING:
        return f"… {name}　待填"
    return f"✓ {name}　{left}＝{right}" if finding.state is State.PASSED else f"⚠ {name}　{left}≠{right}"


def open_words(now: Snapshot) -> list[str]:
    """What still stands between a report and handing it in, in counted words; the same wherever it is said."""
    errors, rest = len(now.failed(Severity.ERROR)), [item for item in missing(now) if not isinstance(item[0], Address)]
    counts = ((errors, "处对不上"), (now.blanks, "处空白"), (len(rest), "处待填"))
    return [f"{count} {words}" for count, words in counts if count]


def missing(now: Snapshot) -> list[tuple[Address | str, str, str]]:
    """What is not filled in yet: facts of the cover, required texts, blanks of each table; each with a place."""
    report, form = now.report, now.form
    found: list[tuple[Address | str, str, str]] = [
        (key, f"{COVER_NAMES[key]}“{shorten(text)}”看不懂" if text else f"{COVER_NAMES[key]}尚未填写", "封面与机关")
        for key, text in cover_missing(report).items()]
    for section in form.sections:
        found += [(t.id, f"{t.name}尚未填写", t.hint) for t in section.texts
                  if t.required and not report.text(t.id).strip()]
        blanks = [a for a in section.grid.inputs if now.figures[a] is None] if section.grid else []
        if blanks and section.grid:
            found.append((blanks[0], f"{section.grid.name}还有 {len(blanks)} 处空白", BLANK_WORDS))
    return found


def _mark(mark: str) -> QLabel:
    made = label(mark)
    made.setFixedSize(20, 20)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setProperty("role", {"!": "mark-error", "?": "mark-warning"}.get(mark, "mark-hint"))
    return made


def _scrolled(row: QHBoxLayout, stretch: int) -> QVBoxLayout:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    sheet, column = card(margins=(16, 12, 16, 12))
    area.setWidget(sheet)
    row.addWidget(area, stretch)
    return column
