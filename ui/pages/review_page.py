"""The review: where one stands in one line, what to do next, then the causes by severity, each a way to its cells."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from govdesk.base.numerals import format_value, shorten_text
from govdesk.checks import State
from govdesk.form.form import Address
from govdesk.printing import missing_glyphs
from govdesk.report.late_issue_date import describe_late_issue
from govdesk.session import progress
from govdesk.session.progress import OpenTask
from govdesk.session.session import Snapshot
from govdesk.session.understood import understood
from ui.common.in_sight import InSight
from ui.editing.editor import Editor
from ui.helper.balance_sums import BalanceSums
from ui.helper.cause_row import CauseRow, MissingRow, key_of_finding
from ui.helper.passed_list import PassedList
from ui.pages.page import Due, PageContext, WizardPage
from ui.widgets.basics import clear_layout, make_button, make_card, make_hair_line, make_label, set_role
from ui.widgets.linked_label import LabelPiece, make_linked_label

SHEET_WORDS = "{} 条规则逐条写明结果，随报告送审。"
FIRST_ACTS = {"改": "去改第一处", "填": "去填第一处", "说明": "去说明"}
MAX_UNREAD, UNREAD_CHARACTERS = 5, 40         # sentences that are shown, and so much of each
NEXT = 3                                     # of the tasks, the first stand in the verdict


class ReviewPage(WizardPage):
    """Written anew after every change while it is in sight; what was unfolded stays so."""

    sheet_wanted = Signal()                  # 自检单
    export_wanted = Signal()

    def __init__(self, editor: Editor, due: Due, parent: QWidget | None = None) -> None:
        """`due`: the day by which the report is to be published."""
        super().__init__(parent)
        self._editor, self._due = editor, due
        self._unfolded: set[str] = set()
        self.rows: list[CauseRow] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(make_label("核对", "title"))
        self._verdict, self._verdict_column = make_card(margins=(20, 14, 18, 14))
        column.addWidget(self._verdict)
        lower = QHBoxLayout()
        lower.setSpacing(14)
        self._list, self._list_column = _scrolled(lower, 5, "核对清单")
        _, self._side_column = _scrolled(lower, 2, "三张表一览")
        column.addLayout(lower, 1)
        editor.changed.connect(InSight(self._write, self).follow)
        editor.unfinished_changed.connect(InSight(lambda: self._write_verdict(editor.now), self).follow)

    def focus_first(self) -> None:
        self._write()
        self._list.setFocus()

    def go_to(self, _: Address | str) -> None:
        self._write()

    def _write(self) -> None:
        now = self._editor.now
        self._write_verdict(now)
        clear_layout(self._list_column)
        self._list_column.addWidget(make_label(_counts(now), "quiet"))
        lost = missing_glyphs.find_missing_in_report(now)
        for place, name, words in lost:
            self._list_column.addWidget(make_hair_line())
            self._list_column.addWidget(make_linked_label(
                ["△ ", (name, partial(self.place_wanted.emit, place, None)), f"：{words}。"], "off"))
        overdue = describe_late_issue(now.report, self._due())
        if overdue:
            go = partial(self.place_wanted.emit, "issued_on", None)
            self._list_column.addWidget(make_hair_line())
            self._list_column.addWidget(make_linked_label(["△ ", ("成文日期", go), f"{overdue}。"], "off"))
        self.rows = [self._row(CauseRow(self._editor, cause)) for cause in now.causes]
        broken = list(dict.fromkeys(finding.message for finding in progress.unchecked_findings(now)))
        for words in broken:
            self._list_column.addWidget(make_hair_line())
            self._list_column.addWidget(make_label(f"△ {words}。", "off", wrap=True))
        open_items = progress.list_missing(now)
        for task in open_items:
            self._list_column.addWidget(make_hair_line())
            row = MissingRow(task)
            row.place_wanted.connect(self.place_wanted)
            self._list_column.addWidget(row)
        unread = self._write_unread(now)
        if not (self.rows or open_items or lost or overdue or broken or self._editor.held):
            self._list_column.addWidget(make_hair_line())
            self._list_column.addWidget(make_label(f"✓ {'读懂的地方' if unread else ''}没有发现问题。", "agreed"))
            self._list_column.addWidget(PassedList(now))
        self._list_column.addStretch(1)
        self._write_tables(now)

    def _write_unread(self, now: Snapshot) -> bool:
        """Lists the sentences with numbers that were not held against the tables; whether there are any."""
        read = understood(now)
        if not read.unread:
            return False
        self._list_column.addWidget(make_hair_line())
        self._list_column.addWidget(make_label(f"{read.words}含数字的话，没有核对，请人工看一看：", "quiet", wrap=True))
        for one in read.unread[:MAX_UNREAD]:
            name, lead = now.form.texts[one.text_id].name, partial(self.place_wanted.emit, one.text_id)
            pieces: list[LabelPiece] = [(name, lead), f"：“{shorten_text(one.words, UNREAD_CHARACTERS)}”"]
            self._list_column.addWidget(make_linked_label(pieces, "quiet"))
        return True

    def _row(self, row: CauseRow) -> CauseRow:
        self._list_column.addWidget(make_hair_line())
        self._list_column.addWidget(row)
        row.place_wanted.connect(self.place_wanted)
        row.folded.connect(self._remember)
        row.answered.connect(self._settle)
        if row.key in self._unfolded:
            row.unfold(focus=False)
        return row

    def _remember(self, key: str, unfolded: bool) -> None:
        (self._unfolded.add if unfolded else self._unfolded.discard)(key)

    def _settle(self, key: str) -> None:
        """Fold what was just explained, and stay there with the keys."""
        for row in (r for r in self.rows if r.key == key):
            row.fold()
            row.toggle.setFocus()

    def _write_verdict(self, now: Snapshot) -> None:
        clear_layout(self._verdict_column)
        stands, todo = progress.compute_standing(now, self._editor.in_the_way), progress.list_tasks(now)
        row = QHBoxLayout()
        sentences = QVBoxLayout()
        sentences.addWidget(make_label(stands.line, "heading"))
        done = "勾稽关系全部相符，没有空白。" if stands.ready else "导出随时可以，不受影响。"
        sentences.addWidget(make_label(done, "quiet"))
        for i, task in enumerate(todo[:NEXT]):
            first = f"{'再' if i else '先'}{_verb(task)}："
            pieces: list[LabelPiece] = [first, (task.words, partial(self.explain, task))]
            sentences.addWidget(make_linked_label(pieces, "quiet"))
        row.addLayout(sentences, 1)
        self.sheet_button = make_button("生成自检单", self.sheet_wanted.emit)
        if stands.ready and not todo:
            row.addWidget(self.sheet_button, alignment=Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(make_button("导出 PDF…", self.export_wanted.emit, "primary"),
                          alignment=Qt.AlignmentFlag.AlignVCenter)
        elif todo:
            row.addWidget(make_button(FIRST_ACTS[_verb(todo[0])], lambda: self.explain(todo[0]), "primary"),
                          alignment=Qt.AlignmentFlag.AlignVCenter)
        self._verdict_column.addLayout(row)
        set_role(self._verdict, "ready" if stands.ready else "unready")

    def explain(self, task: OpenTask) -> None:
        """Unfold the row of a warning, to be explained there; else lead to the cell."""
        row = next((r for r in self.rows if task.cause and r.key == key_of_finding(task.cause.lead)), None)
        if row is not None and row.may_be_explained:
            row.unfold()
        else:
            self.place_wanted.emit(task.place, task.finding)

    def offers_export(self) -> bool:
        """Where the report is ready, its card has the button."""
        now = self._editor.now
        return progress.compute_standing(now, self._editor.in_the_way).ready and not progress.list_tasks(now)

    def _write_tables(self, now: Snapshot) -> None:
        clear_layout(self._side_column)
        if not self.offers_export():         # else the button stands in the verdict
            self._side_column.addWidget(make_label("自检单", "heading"))
            self._side_column.addWidget(make_label(SHEET_WORDS.format(len(now.form.checks)), "quiet", wrap=True))
            self._side_column.addWidget(self.sheet_button, alignment=Qt.AlignmentFlag.AlignLeft)
            self._side_column.addWidget(make_hair_line())
        self._side_column.addWidget(make_label("三张表一览", "heading"))
        for grid in now.form.grids.values():
            done = sum(now.figures[a] is not None for a in grid.inputs)
            said = make_label(f"{grid.name}　{done}/{len(grid.inputs)}")
            said.setAccessibleName(f"{grid.name}，{len(grid.inputs)} 格已填 {done}")
            self._side_column.addWidget(said)
        self._side_column.addWidget(make_hair_line())
        self._side_column.addWidget(make_label("勾稽关系", "heading"))
        self._side_column.addWidget(BalanceSums(now))
        compared = compare_with_last_year(now)
        if compared:
            self._side_column.addWidget(make_hair_line())
            self._side_column.addWidget(make_label("与上年相比", "heading"))
            for words in compared:
                self._side_column.addWidget(make_label(words, wrap=True))
        self._side_column.addStretch(1)


def make_review_page(context: PageContext, _item: str) -> ReviewPage:
    made = ReviewPage(context.editor, context.due)
    made.sheet_wanted.connect(context.sheet_wanted)
    made.export_wanted.connect(context.export_wanted)
    return made


def _verb(task: OpenTask) -> str:
    """What is to be done with it."""
    return "改" if task.is_error else "说明" if task.cause else "填"


def _counts(now: Snapshot) -> str:
    """“必须改正 1 处 · 请说明 2 处 · 提示 3 处 · 已说明 1 处 · 已通过 61 处”: places, where 自检单 counts rules."""
    from govdesk.checks import Severity

    unanswered = progress.open_causes(now)
    names = {Severity.ERROR: "必须改正", Severity.WARNING: "请说明", Severity.HINT: "提示"}
    counts = [f"{name} {sum(c.severity is severity for c in unanswered)} 处" for severity, name in names.items()]
    answered = len(now.causes) - len(unanswered)
    passed = sum(f.state is State.PASSED for f in now.findings)
    broken = progress.compute_standing(now).unchecked
    return " · ".join([*counts, *([f"已说明 {answered} 处"] if answered else []),
                       *([f"未能检查 {broken} 条规则"] if broken else []), f"已通过 {passed} 处"])


def compare_with_last_year(now: Snapshot) -> list[str]:
    """“本年新收 15（上年 11，+36.4%）”: the figures that the rule about jumps watches, where last year's are known and
    one of the two is not 0."""
    cells = [Address.parse(cell) for check in now.form.checks if check.kind == "jump" for cell in check.words("cells")]
    found = []
    for cell in cells:
        figure, last = now.figures[cell], now.report.previous(cell)
        if not isinstance(figure, Decimal) or not isinstance(last, Decimal) or not (figure or last):
            continue
        share = f"，{(figure - last) / last * 100:+.1f}%" if last else ""
        found.append(f"{_name(now, cell)} {format_value(figure)}（上年 {format_value(last)}{share}）")
    return found


def _name(now: Snapshot, cell: Address) -> str:
    """“本年新收”, “行政规范性文件 · 现行有效件数”."""
    grid = now.form.grids[cell.grid]
    row, column = grid.rows[cell.row], grid.columns[cell.column]
    name = row.token or row.name
    return name if column.is_total or len(grid.block_of(cell.row).columns) == 1 else f"{name} · {column.name}"


def _scrolled(row: QHBoxLayout, stretch: int, name: str) -> tuple[QScrollArea, QVBoxLayout]:
    area = QScrollArea()
    area.setAccessibleName(name)             # it takes the focus, so that the arrows scroll it
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    sheet, column = make_card(margins=(16, 12, 16, 12))
    area.setWidget(sheet)
    row.addWidget(area, stretch)
    return area, column
