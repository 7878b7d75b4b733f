"""Writes the table of rules in docs/checks.md from the form file, the help file and the functions that judge.

    PYTHONPATH=. .venv/bin/python build_scripts/write_checks_page.py

The table stands between two marks; everything else on the page is written by hand and is left as it is.
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Final

from govdesk.checks.registry import KINDS
from govdesk.form.form import Check, Form
from govdesk.formfile import form_reader, help_reader

PAGE: Final = Path(__file__).resolve().parents[1] / "docs" / "checks.md"
FORM_ID: Final = "ogi-annual-report-2021"
BEGIN: Final = "<!-- rules: written by build_scripts/write_checks_page.py -->"
END: Final = "<!-- rules: end -->"
HEAD: Final = ("| 规则 | 级别 | 要求 | 意思 | 怎么改 | 依据 |", "| --- | --- | --- | --- | --- | --- |")
EXAMINED_HEAD: Final = ("| 规则 | kind | examines |", "| --- | --- | --- |")
SEVERITIES: Final = {"error": "必须改正", "warning": "请说明", "hint": "提示"}


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(with_rules(page, form_reader.load_form(FORM_ID)), encoding="utf-8")


def with_rules(page: str, form: Form) -> str:
    """The page with its table of rules as the form has them now. Raises ValueError where a mark is not there."""
    before, after = page.index(BEGIN), page.index(END)
    return f"{page[:before]}{BEGIN}\n\n{rules_of(form)}\n\n{page[after:]}"


def rules_of(form: Form) -> str:
    """Two tables: each rule in the words of the form and of the help; and what its function examines."""
    said = help_reader.load_help(form.id).checks
    rules = [f"| {c.id} | {SEVERITIES[c.severity]} | {c.title} | {said[c.id].says} | {said[c.id].cure} | {c.source} |"
             for c in form.checks]
    examined = [f"| {c.id} | `{c.kind}` | {examines(c)} |" for c in form.checks]
    return "\n".join((*HEAD, *rules, "", *EXAMINED_HEAD, *examined))


def examines(check: Check) -> str:
    """What the function of a rule's kind says of itself in its first paragraph."""
    words = inspect.getdoc(KINDS[check.kind].judge) or ""
    return " ".join(words.partition("\n\n")[0].split()).replace("|", "\\|")


if __name__ == "__main__":
    main()
