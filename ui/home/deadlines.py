"""The deadlines on the home page: the law's for each kind of report, or one local day for all, set here."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from govdesk.drafts.new_report import year_due_next
from govdesk.form import deadline
from govdesk.form.form import Choice, Form
from ui.widgets.basics import add_act, make_button, make_card, make_label
from ui.widgets.combo import Combo

URGENT_DAYS = 31                             # days
SUGGESTED_DAYS = ("01-31", "03-31")          # the law's own days, for all
MAX_DAYS_IN_MONTH = 31


def form_in_force() -> Form:
    """The form of the reports that are due next: its deadlines are told."""
    from govdesk.formfile.form_choice import form_of_year

    return form_of_year(year_due_next(datetime.date.today()))


def format_month_day(day: str) -> str:
    """“01-20” → “1月20日”."""
    month, number = day.split("-")
    return f"{int(month)}月{int(number)}日"


def fill_menu(menu: QMenu, form: Form, in_force: str, take: Callable[[str], object], ask: Callable[[], object]) -> None:
    """What may be chosen, what is in force ticked. `take` is given the day (“”: the law's), `ask` asks for one."""
    kinds = [kind for kind in form.kinds if kind.deadline]
    law = "、".join(f"{kind.label.partition('（')[0]}{format_month_day(kind.deadline)}" for kind in kinds)
    days = [*SUGGESTED_DAYS, *([in_force] if in_force and in_force not in SUGGESTED_DAYS else [])]
    numbered = [(f"都按 {format_month_day(day)}", str(number), day) for number, day in enumerate(days, 1)]
    offered = [(f"按规定（{law}）", "L", ""), *numbered]
    for words, letter, day in offered:
        action = add_act(menu, words, letter, partial(take, day))
        action.setCheckable(True)
        action.setChecked(day == in_force)
    add_act(menu, "其他日期…", "O", ask)


def deadline_card(kind: Choice, general: str) -> QWidget:
    """One kind of report: its next deadline and how long it is till then."""
    today = datetime.date.today()
    due = deadline.next_day(general or kind.deadline, today)
    left = (due - today).days
    sheet, column = make_card(margins=(18, 12, 18, 12), spacing=2)
    law = f" · 规定为{format_month_day(kind.deadline)}" if general and general != kind.deadline else ""
    column.addWidget(make_label(f"{kind.label}{law}", "quiet"))
    row = QHBoxLayout()
    row.addWidget(make_label(f"{due.year}年{due.month}月{due.day}日", "heading"))
    row.addSpacing(8)
    row.addWidget(make_label(f"还有 {left} 天", "off" if left <= URGENT_DAYS else "quiet"))
    row.addStretch(1)
    column.addLayout(row)
    return sheet


class DayBar(QWidget):
    """A day of the year to be chosen, in one line; there is no 29 February in most years."""

    chosen = Signal(str)                     # MM-DD
    left = Signal()

    def __init__(self, day: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.month, self.day = Combo(), Combo()
        self.month.addItems([f"{n}月" for n in range(1, 13)])
        self.month.set_name("截止月份")
        self.day.set_name("截止日期")
        self.month.currentIndexChanged.connect(lambda _: self._days())
        month, number = (int(part) for part in (day or SUGGESTED_DAYS[0]).split("-"))
        self.month.setCurrentIndex(month - 1)
        self._days()
        self.day.setCurrentIndex(number - 1)
        row.addWidget(make_label("各单位统一的截止日期"))
        row.addWidget(self.month)
        row.addWidget(self.day)
        row.addWidget(make_button("就按这一天", self._take))
        row.addWidget(make_button("不改了", self.left.emit, "flat"))
        row.addStretch(1)

    def _days(self) -> None:
        """As many as the month has."""
        held, month = self.day.currentIndex(), self.month.currentIndex() + 1
        most = (datetime.date(2023 + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)).day
        self.day.clear()
        self.day.addItems([f"{n}日" for n in range(1, most + 1)])
        self.day.setCurrentIndex(max(0, min(held, most - 1)))

    def _take(self) -> None:
        self.chosen.emit(f"{self.month.currentIndex() + 1:02}-{self.day.currentIndex() + 1:02}")
