"""先做这几件: of all drafts the three that are due first, each with what is open; a click opens it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from govdesk.drafts.names import UNNAMED_WORDS, name_on_one_line
from govdesk.store.draft_summary import DraftSummary
from ui.home.draft_list import UNCOUNTED_WORDS, days_words
from ui.widgets.basics import clear_layout, make_label
from ui.widgets.linked_label import make_linked_label

MAX_SHOWN = 3
Due = Callable[[DraftSummary], datetime.date | None]


def first_due(drafts: Sequence[DraftSummary], due: Due) -> list[DraftSummary]:
    """The unfinished ones by the day they are due, of one day that with the least to do; without a day at the end."""
    open_drafts = [d for d in drafts if not d.deleted_at and not _is_done(d)]
    return sorted(open_drafts, key=lambda d: (due(d) or datetime.date.max, _open(d)))[:MAX_SHOWN]


def _open(draft: DraftSummary) -> int:
    lacks = draft.outstanding
    return (lacks.blanks or 0) + (lacks.problems or 0) + (lacks.unfilled or 0)


def _is_done(draft: DraftSummary) -> bool:
    counted = draft.outstanding.blanks is not None
    return bool(draft.exported_at) and counted and not draft.changed and not _open(draft)


def describe_work(draft: DraftSummary) -> str:
    """What is to be done with it."""
    lacks = draft.outstanding
    counts = ((lacks.problems, "处对不上"), (lacks.blanks, "格空白"), (lacks.unfilled, "处没填好"),
              (lacks.unexplained, "处待说明"))
    if lacks.blanks is None and not lacks.problems:
        return UNCOUNTED_WORDS
    done = "导出后有修改，请再导出一次" if draft.changed else "数字已填完，可以核对、导出"
    return "，".join(f"{count} {said}" for count, said in counts if count) or done


class DueFirstCard(QFrame):
    """A card; hidden where nothing is to be done."""

    draft_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName("先做这几件")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 14)
        self._column.setSpacing(4)
        self.hide()

    def show_first(self, drafts: Sequence[DraftSummary], due: Due) -> None:
        clear_layout(self._column)
        found = first_due(drafts, due)
        if found:
            self._column.addWidget(make_label("先做这几件", "heading"))
        for draft in found:
            name = f"{name_on_one_line(draft.organ_name) or UNNAMED_WORDS} {draft.year or '—'} 年"
            act = lambda draft=draft: self.draft_wanted.emit(draft.id)      # noqa: E731  # each line opens its own
            left = days_words(draft, due(draft)).replace("已过", "截止日已过")
            still = f"\n{describe_work(draft)}" + (f"（{left}）" if left else "")
            self._column.addWidget(make_linked_label([(name, act), still], "quiet"))
        self.setVisible(bool(found))
