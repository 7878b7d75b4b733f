"""Defines the result of a check: a finding with its state, severity, sentence, and the cells and texts
that it names."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from govdesk.base.numerals import NA, Value
from govdesk.form.form import Address, Check, Form, Grid
from govdesk.report.report import Report
from govdesk.report.totals import Figures


class State(Enum):
    """failed: the rule is broken; pending: a blank stands in the way; passed: something was looked at, and it is right;
    unchecked: the rule itself broke off, so nobody knows. A rule that had nothing to look at says nothing at all."""

    FAILED = "failed"
    PENDING = "pending"
    PASSED = "passed"
    UNCHECKED = "unchecked"


class Severity(Enum):
    """error: must be put right before the report is handed in; warning: explain or put right; hint."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


_SEVERITIES = {severity.value: severity for severity in Severity}


class Side(NamedTuple):
    """One side of a formula: its words (“一＋二”), its value (None: a blank), its operands in order; and what else is
    added up there, a figure of last year's report or of the paper, with its words. Everything on a side is added."""

    words: str
    value: Decimal | None
    operands: tuple[Address, ...] = ()
    given: tuple[tuple[str, Decimal], ...] = ()


class Finding(NamedTuple):
    """One thing that a rule says about a report. `places` are the cells (Address) and texts (id) concerned;
    `line` is the row or column that a finding is about; `sides` are both sides of its formula, where it has one, and
    `sign` stands between them when it holds: ＝ ≤ ≥, or ≈ where two years are only set side by side. `either`: for a
    number in a text, each reading with the number: one of these pairs would have to be equal. `may_stand`: an error
    that a reason answers, because the figure may be right; every warning and hint may be answered. `unready`: until it
    is put right or answered, the report is not ready to be handed in."""

    rule: str
    severity: Severity
    state: State
    message: str
    places: tuple[Address | str, ...]
    line: str = ""
    sides: tuple[Side, ...] = ()
    sign: str = "＝"
    either: tuple[tuple[Side, Side], ...] = ()
    may_stand: bool = False
    unready: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(str(place) for place in self.places)


class Facts(NamedTuple):
    """What a check may look at. `texts` are those that are not empty, as they are printed; `unfit` as `unfit_cells`."""

    form: Form
    report: Report
    figures: Figures
    texts: Mapping[str, str]
    unfit: frozenset[Address] = frozenset()

    def typed(self, grid: Grid) -> list[tuple[Address, Value | None]]:
        """All input cells of a table with their values, in reading order."""
        return [(address, self.figures[address]) for address in grid.inputs]

    def number(self, address: Address) -> Decimal | None:
        """A cell in a sum: None is blank; 不适用 counts nothing."""
        return as_number(self.figures[address])

    def total(self, addresses: tuple[Address, ...]) -> Decimal | None:
        """The sum of cells; None where one is blank."""
        numbers = [self.number(address) for address in addresses]
        return None if None in numbers else sum((n for n in numbers if n is not None), Decimal(0))

    def side(self, operands: tuple[Address, ...], words: str = "", *given: tuple[str, Decimal]) -> Side:
        """One side of a formula; without `words` the operands' own names are joined."""
        known, others = self.total(operands), sum((figure for _, figure in given), Decimal(0))
        names = words or "＋".join([*(name for name, _ in given), *(self._name(a) for a in operands)])
        return Side(names, None if known is None else known + others, operands, given)

    def row_name(self, address: Address) -> str:
        return self.form.grids[address.grid].rows[address.row].name

    def _name(self, address: Address) -> str:
        grid = self.form.grids[address.grid]
        row = grid.rows[address.row]
        return row.mark or (row.name if grid.columns[address.column].is_total else grid.columns[address.column].name)


def unfit_cells(form: Form, figures: Figures) -> frozenset[Address]:
    """The cells in which 不适用 stands, and the totals over them: it counts nothing, so no sum over it is right."""
    cells = [address for address, value in figures.items() if value is NA]
    return frozenset(cells).union(*(form.grids[cell.grid].totals_over.get(cell, ()) for cell in cells))


def as_number(value: Value | None) -> Decimal | None:
    return Decimal(0) if value is NA else value


def make_finding(check: Check, state: State, message: str, places: tuple[Address | str, ...], *,
                 severity: str = "", line: str = "", sides: tuple[Side, ...] = (), sign: str = "＝") -> Finding:
    return Finding(check.id, _SEVERITIES[severity or check.severity], state, message, places, line, sides, sign,
                   may_stand=bool(check.reasons))


def make_unchecked(check: Check, error: Exception, line: object = None) -> Finding:
    """The rule broke off. Only the kind of the error is told: its words might quote the draft."""
    message = f"“{check.title}”未能检查：程序在这条规则上出错（{type(error).__name__}），请人工核对，并告诉维护人员"
    return make_finding(check, State.UNCHECKED, message, (), line=getattr(line, "id", ""))


def make_passed(check: Check, places: tuple[Address | str, ...], line: str = "", sides: tuple[Side, ...] = (),
                sign: str = "＝") -> Finding:
    return make_finding(check, State.PASSED, check.title, places, line=line, sides=sides, sign=sign)
