"""Every kind of sentence over one faultless report: silent where it is right, said where a number is changed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, Final

import pytest

from govdesk.base.numerals import load_value
from govdesk.form.form import Address, Form
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import take_snapshot
from tests.checks.sentence_files import HERE

FILE: Final = tomllib.loads((HERE / "t01-kinds.toml").read_text(encoding="utf-8"))
MARK: Final = re.compile(r"\{([^{}|]*)\|([^{}|]*)\}")
MORE: Final = tomllib.loads((HERE / "t01-offices.toml").read_text(encoding="utf-8"))
CASES: Final = [*FILE["sentence"], *MORE["sentence"]]
BUREAU: Final = {"organ.name": "清河区住房和城乡建设局", "organ.short_name": "区住建局"}
GOVERNMENT: Final = {"organ.name": "清河区人民政府", "organ.kind": "government_report"}
# silent in a government's report only where they do not tell of its own office or of its area
OF_ANOTHER: Final = re.compile("政府办公室|全区")


def right(says: str) -> str:
    return MARK.sub(r"\1", says)


def variants(case: dict[str, Any]) -> Iterator[str]:
    """The sentence with one of its marks wrong, mark by mark."""
    says = case["says"]
    for wrong in MARK.finditer(says):
        yield right(says[:wrong.start()]) + wrong[2] + right(says[wrong.end():])


def rules(form: Form, make_report, case: dict[str, Any], says: str,
          cover: dict[str, str]) -> set[str]:
    zero = case.get("zero", False)
    report: Report = make_report({} if zero else FILE["table"], texts={case["text"]: says}, cover=cover)
    last = {str(address): "0" for address in form.input_cells} | ({} if zero else FILE["previous"])
    previous = [(Layer.PREVIOUS, Address.parse(cell), load_value(value)) for cell, value in last.items()]
    report = edit_of(report, "", previous).applied_to(report)
    return {f.rule for f in take_snapshot(form, report).failed()} & {"T01", "N16", "N17", "N21"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"][:40])
def test_a_right_sentence_is_left_alone(form: Form, make_report, case) -> None:
    assert rules(form, make_report, case, right(case["says"]), BUREAU) == set()


@pytest.mark.parametrize("case", [c for c in CASES if not OF_ANOTHER.search(c["says"])], ids=lambda c: c["says"][:40])
def test_a_right_sentence_of_a_government_is_left_alone(form: Form, make_report, case) -> None:
    assert rules(form, make_report, case, right(case["says"]), GOVERNMENT) == set()


@pytest.mark.parametrize("case", [c for c in CASES if MARK.search(c["says"])], ids=lambda case: case["says"][:40])
def test_a_changed_number_is_said(form: Form, make_report, case) -> None:
    assert [says for says in variants(case) if not rules(form, make_report, case, says, BUREAU)] == []
