"""Holds an open report. Only `Session.apply` changes it; everything else is derived from it in a `Snapshot`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from govdesk.base.errors import UserError
from govdesk.base.numerals import shorten_text
from govdesk.form.cover_keys import COVER_KEYS
from govdesk.form.form import Address, Form
from govdesk.report import typed_sums
from govdesk.report.report import WORK_KEYS, Edit, Entry, Key, Layer, Report, edit_of
from govdesk.report.totals import Figures, compute_figures, update_figures

if TYPE_CHECKING:                            # a print-out does without them
    from govdesk.checks import CheckMemory, Finding, Severity
    from govdesk.findings.causes import Cause
    from govdesk.session.steps import StepState


class Snapshot:
    """A report with all that follows from it, at one moment. Never changes, so a worker may read it."""

    def __init__(self, form: Form, report: Report, known: Figures | None = None, memory: CheckMemory
                 | None = None) -> None:
        """`known`: all figures, where they are worked out already; `memory`: what the rules said before an edit."""
        self.form, self.report, self._memory = form, report, memory
        self.figures: Figures = compute_figures(form, report) if known is None else known

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules say: failed, pending and passed."""
        from govdesk import checks

        return checks.run_checks(self.form, self.report, self.figures, self._memory)

    @cached_property
    def causes(self) -> tuple[Cause, ...]:
        """What failed, each cause with its echoes, the gravest first. Worked out when it is asked for."""
        from govdesk.findings import causes

        return causes.find_causes(self.form, self.findings)

    @cached_property
    def states(self) -> Mapping[str, StepState]:
        """How far the cover and each section have come."""
        from govdesk.findings.reasons import is_answered
        from govdesk.session import steps

        asked = [c.lead for c in self.causes if not is_answered(self.report, self.figures, c.lead)]
        return steps.compute_states(self.form, self.report, asked)

    @cached_property
    def blanks(self) -> int:
        """Input cells without a value."""
        return sum([self.figures[a] is None for a in self.form.input_cells])

    def failed(self, severity: Severity | None = None) -> tuple[Finding, ...]:
        from govdesk.checks import State

        return tuple(f for f in self.findings
                     if f.state is State.FAILED and (severity is None or f.severity is severity))

    def of_rule(self, rule: str) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.rule == rule)


Listener = Callable[[Snapshot, Edit], None]


def take_snapshot(form: Form, report: Report, known: Figures | None = None, memory: CheckMemory
                  | None = None) -> Snapshot:
    """Totals and findings of a report, worked out at once. The steps' states follow when they are asked for; printing
    takes a `Snapshot` as it is and never asks for findings."""
    found = Snapshot(form, report, known, memory)
    _ = found.findings
    return found


class Session:
    """A report being edited. UserError for one that holds what its form does not know."""

    def __init__(self, form: Form, report: Report) -> None:
        from govdesk.checks import CheckMemory

        _refuse_unknown(form, report)
        self.form = form
        self._memory = CheckMemory(form)
        self._now = take_snapshot(form, report, memory=self._memory)
        self._listeners: list[Listener] = []

    @property
    def now(self) -> Snapshot:
        return self._now

    def listen(self, listener: Listener) -> None:
        """`listener` is called after every change with the new snapshot and the edit that led to it."""
        self._listeners.append(listener)

    def unlisten(self, listener: Listener) -> None:
        self._listeners.remove(listener)

    def edit(self, name: str, wanted: Iterable[tuple[Layer, Key, Entry | None]]) -> Edit:
        """The edit that would bring the report to `wanted`; nothing is changed yet. Total cells and unknown
        addresses are refused with ValueError: no user action leads there."""
        wanted = typed_sums.drop_stale_tapes(wanted)
        for layer, key, _ in wanted:
            if layer is Layer.VALUES and key not in self.form.input_cells:
                raise ValueError(f"{key} is no input cell of {self.form.id}")
            if layer is Layer.STATED and (key not in self.form.cells or key in self.form.input_cells):
                raise ValueError(f"{key} is no total of {self.form.id}")
            if layer in (Layer.NOTES, Layer.SOURCES) and key not in self.form.cells:
                raise ValueError(f"{key} is no cell of {self.form.id}")
            if layer is Layer.TEXTS and key not in self.form.texts:
                raise ValueError(f"{key} is no text of {self.form.id}")
        return edit_of(self._now.report, name, wanted)

    def fill_blanks(self, *grid_ids: str) -> Edit:
        """The edit that puts 0 into every blank input cell of some tables, of all where none is named."""
        from decimal import Decimal

        blank = [a for grid in grid_ids or self.form.grids for a in self.form.grids[grid].inputs
                 if self._now.report.value(a) is None]
        return self.edit("空白填 0", [(Layer.VALUES, address, Decimal(0)) for address in blank])

    def apply(self, edit: Edit) -> None:
        """Carry out an edit and tell the listeners. An edit without changes does nothing. A listener that raises is
        reported as an error that nobody caught; the edit stands, and the others are told."""
        if not edit.changes:
            return
        report = edit.applied_to(self._now.report)
        changed = [change.key for change in edit.changes if change.layer is Layer.VALUES]
        self._now = take_snapshot(self.form, report, update_figures(self.form, report, self._now.figures, changed),
                                  self._memory)
        for listener in list(self._listeners):
            try:
                listener(self._now, edit)
            except Exception as error:
                sys.excepthook(type(error), error, error.__traceback__)


def _refuse_unknown(form: Form, report: Report) -> None:
    """What no page shows and no file takes would be lost unnoticed."""
    known: dict[Layer, Collection[Key]] = {
        Layer.VALUES: form.input_cells, Layer.STATED: form.cells, Layer.PREVIOUS: form.cells,
        Layer.TEXTS: form.texts, Layer.COVER: COVER_KEYS, Layer.TAPES: form.input_cells, Layer.NOTES: form.cells,
        Layer.SOURCES: form.cells, Layer.PREVIOUS_TEXTS: form.texts, Layer.DESK: WORK_KEYS}
    strange = next((f"{layer.value} → {key}" for layer, keys in known.items()
                    for key in report.entries(layer) if key not in keys), None)
    if strange is not None:
        raise UserError(f"这份年报中有程序不认识的内容（{shorten_text(strange, 80)}），没有打开，也没有改动。"
                        "它可能由较新版本的程序写出，请安装新版本后再试；若仍不行，请联系维护人员。")


def blanks_of(snap: Snapshot, grid_id: str) -> tuple[Address, ...]:
    return tuple(a for a in snap.form.grids[grid_id].inputs if snap.figures[a] is None)
