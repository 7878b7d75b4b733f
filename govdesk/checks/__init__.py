"""Plain functions in one flat list (`kinds`); they return findings and never raise."""

from __future__ import annotations

from govdesk.checks.findings import Facts, Finding, Severity, Side, State
from govdesk.checks.kinds import KINDS
from govdesk.form import Form
from govdesk.report import Report
from govdesk.totals import Figures

__all__ = ["Facts", "Finding", "Severity", "Side", "State", "run"]


def run(form: Form, report: Report, figures: Figures) -> tuple[Finding, ...]:
    """All findings of all rules in the order of the form file: failed, pending and passed."""
    texts = {text_id: text for text_id in form.texts if (text := report.text(text_id).strip())}
    facts = Facts(form, report, figures, texts)
    return tuple(f for check in form.checks for f in KINDS[check.kind].judge(check, facts))
