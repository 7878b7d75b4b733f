"""Last year's figures beside this year's in a table: a small figure in the corner of each cell, and a word where the
figure itself came from last year."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from govdesk.base.numerals import format_value
from govdesk.form.form import Address
from govdesk.report.report import Edit, Layer
from govdesk.session import previous_year
from govdesk.session.session import Snapshot
from ui.common import theme

CARRIED, CARRIED_SHORT = "上年带入", "带入"
SIZE, LEFT = 10, 3                           # px of the small figure, and left of it
CHANGES = frozenset({Layer.PREVIOUS, Layer.DESK})


class LastYear(NamedTuple):
    """What a cell shows of last year: its figure there, and whether this year's came from it."""

    figure: str = ""
    carried: bool = False


NO_LAST_YEAR = LastYear()


def find_last_year(snap: Snapshot, address: Address, carried: frozenset[Address]) -> LastYear:
    return LastYear(format_value(snap.report.previous(address)), address in carried)


def touches_last_year(edit: Edit) -> bool:
    """Whether an edit may change what any cell shows of last year."""
    return any(change.layer in CHANGES for change in edit.changes)


def draw_last_year(painter: QPainter, rect: QRect, last: LastYear, font: QFont, *, shown: bool, free: float) -> None:
    """In the lower left corner: “上年带入” in blue, or “带入”; else last year's figure where wanted. Nothing where it
    would lie under this year's, which leaves `free` pixels: tooltip and helper say it."""
    small, c = QFont(font), theme.current_colours()
    small.setPixelSize(SIZE)
    metrics = QFontMetricsF(small)
    words = (CARRIED, CARRIED_SHORT) if last.carried else (last.figure,) if shown else ()
    text = next((one for one in words if metrics.horizontalAdvance(one) <= free - LEFT), "")
    if not text:
        return
    painter.setFont(small)
    painter.setPen(c["accent" if last.carried else "quiet"])
    painter.drawText(rect.adjusted(LEFT, 0, -LEFT, -1), _CORNER, text)


def describe_last_year(snap: Snapshot, address: Address, carried: frozenset[Address]) -> list[str]:
    """Where a figure comes from, or what it was last year, in words."""
    report = snap.report
    source = report.entry(Layer.DESK, previous_year.SOURCE_KEY) or "上年年报"
    if address in carried:
        there = previous_year.find_origins(snap.form)[address]
        name = "" if there == address else f"“{snap.form.grids[there.grid].rows[there.row].name}”"
        return [f"上年带入：与{source}{name}的 {format_value(report.previous(there))} 相同"]
    last = report.previous(address)
    return [] if last is None else [f"上年 {format_value(last)}（{source}）"]


_CORNER = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextSingleLine
