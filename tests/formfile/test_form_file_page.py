"""docs/form-file.md: its examples are one form that loads, and it names every key that a form file may have."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from govdesk.base.errors import FormError
from govdesk.base.paths import resources_folder
from govdesk.checks import State
from govdesk.checks.registry import KINDS
from govdesk.form.form import Form
from govdesk.form.grid_plan import make_grid_plan
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, build_report
from govdesk.session.session import Session
from tests.formfile.page_examples import EXAMPLES, PAGE


@pytest.fixture(scope="module")
def example() -> Form:
    return form_reader.parse_form(tomllib.loads("\n".join(EXAMPLES)))


def test_the_examples_are_one_form(example: Form) -> None:
    assert len(EXAMPLES) == 4
    assert (example.id, list(example.grids), [c.id for c in example.checks]) == (
        "example-form", ["documents", "requests"], ["N01", "N06"])
    for grid in example.grids.values():
        assert set(make_grid_plan(grid).figures()) == set(grid.addresses)


def test_the_example_can_be_filled_in(example: Form) -> None:
    """A form that no line of code knows: totals, checks and steps follow from the file."""
    session = Session(example, build_report(example.id, {}))
    for grid_id in example.grids:
        session.apply(session.fill_blanks(grid_id))
    assert session.now.blanks == 0
    assert {f.state for f in session.now.findings} == {State.PASSED}
    cell = next(a for a in example.input_cells if str(a) == "requests/refused/organisation")
    session.apply(session.edit("填入", [(Layer.VALUES, cell, Decimal(2))]))
    assert [f.message for f in session.now.failed()] == [
        "表二 · 法人或其他组织列：一＝0，二（三）＝2，相差 2", "表二 · 总计列：一＝0，二（三）＝2，相差 2"]
    assert list(session.now.states) == ["cover", "overview", "requests"]


def test_the_refusal_that_the_page_quotes() -> None:
    table = tomllib.loads((resources_folder() / "forms" / "ogi-annual-report-2021.toml").read_text(encoding="utf-8"))
    table["grid"][1]["block"][0]["rows"][4]["group"] = "reslts"
    with pytest.raises(FormError) as refused:
        form_reader.parse_form(table)
    assert str(refused.value) in PAGE


def keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from keys(value)
    elif isinstance(node, list):
        for value in node:
            yield from keys(value)


def documented() -> set[str]:
    """Every word in code marks in a table of the page."""
    rows = "\n".join(line for line in PAGE.splitlines() if line.startswith("|"))
    return {word.strip("[]").split(".")[-1] for word in re.findall(r"`([^`]+)`", rows)}


def test_every_key_stands_on_the_page() -> None:
    real = tomllib.loads((resources_folder() / "forms" / "ogi-annual-report-2021.toml").read_text(encoding="utf-8"))
    example = tomllib.loads("\n".join(EXAMPLES))
    assert (set(keys(real)) | set(keys(example)) | {"block"}) - documented() == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_check_stands_on_the_page(kind: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` "))
    named = set(re.findall(r"`(\w+)`", row))
    assert KINDS[kind].needs <= named
    for message, words in KINDS[kind].messages.items():
        said = re.search(rf"`{message}`(?:, `\w+`)*: ([^;|]*)", row)
        assert said, message
        if "as above" not in said[1] and "and before" not in said[1]:
            assert set(said[1].split()) == words


def test_no_kind_on_the_page_is_unknown() -> None:
    table = PAGE[PAGE.index("| kind |"):].partition("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.M)) == set(KINDS)
