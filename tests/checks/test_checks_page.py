"""docs/checks.md: every check and every fingerprint of the form file stands there as it is; a missing line is named."""

from __future__ import annotations

from pathlib import Path

from build_scripts.write_checks_page import examines, with_rules
from govdesk.findings.reasons import MAX_REASON
from govdesk.form.form import Form
from govdesk.suggestions.scoring import SETTLED, UPSET, USUAL, WORSE
from govdesk.suggestions.text_evidence import BORNE_OUT, DENIED
from ui.helper.finding_card import PATIENCE

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")


def test_the_tables_of_rules_are_up_to_date(form: Form) -> None:
    """Run build_scripts/write_checks_page.py where this fails."""
    assert with_rules(PAGE, form) == PAGE


def test_every_rule_says_what_it_examines(form: Form) -> None:
    assert [check.id for check in form.checks if len(examines(check)) < 20] == []


def test_no_check_on_the_page_is_unknown(form: Form) -> None:
    ids = {line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith(("| N", "| T"))}
    assert ids == {check.id for check in form.checks}


def test_every_fingerprint_stands_on_the_page(form: Form) -> None:
    rows = [f"| `{s.id}` | {s.title} | {s.message}{f'；{s.exchanged}' if s.exchanged else ''} | {USUAL[s.id]:+.1f} |"
            for s in form.slips]
    assert [row for row in rows if row not in PAGE] == []


def test_its_numbers_are_those_of_the_program() -> None:
    assert f"+{SETTLED:.0f} for every sum" in PAGE
    assert f"−{UPSET:.0f} for every sum" in PAGE
    assert f"−{WORSE:.0f} for one that would be further off" in PAGE
    assert f"+{BORNE_OUT:.0f} for one that becomes right, −{DENIED:.0f} for one that was" in PAGE
    assert f"at most {MAX_REASON} characters" in PAGE
    assert f"a pause of {PATIENCE} ms" in PAGE
