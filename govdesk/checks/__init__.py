"""Runs all checks of a form (`checks/registry`) and returns their findings. A check that raises is a
finding too: 未能检查."""

from __future__ import annotations

from collections.abc import Iterable

from govdesk.checks.findings import Facts, Finding, Severity, Side, State, unfit_cells
from govdesk.checks.incremental import CheckMemory
from govdesk.checks.registry import KINDS
from govdesk.form.form import Form
from govdesk.report.report import Report
from govdesk.report.totals import Figures
from govdesk.texts.tokens import text_with_figures

__all__ = ["CheckMemory", "Facts", "Finding", "Severity", "Side", "State", "run_checks", "select_balance_findings"]


def run_checks(form: Form, report: Report, figures: Figures, memory: CheckMemory | None = None) -> tuple[Finding, ...]:
    """All findings of all rules in the order of the form file: failed, pending and passed. A `memory` of the report as
    it was before an edit asks only the rules that are concerned."""
    texts = {text_id: text for text_id in form.texts
             if (text := text_with_figures(form, figures, report.text(text_id)).strip())}
    facts = Facts(form, report, figures, texts, unfit_cells(form, figures))
    if memory:
        return memory.findings(facts)
    return tuple(f for check in form.checks for unit in KINDS[check.kind].units(check, form) for f in unit(facts))


def select_balance_findings(form: Form, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those of the cross-check that the form itself prints (勾稽关系), a finding a column; one that could not be
    checked has no sides."""
    rules = {check.id for check in form.checks if check.kind == "balance"}
    return tuple(f for f in findings if f.rule in rules)
