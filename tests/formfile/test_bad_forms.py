"""Every kind of mistake in a form file is refused with its key path and the reason, before anything is shown."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from govdesk.base.errors import FormError, InstallationError
from govdesk.base.paths import resources_folder
from govdesk.formfile import form_reader

Table = dict[str, Any]
SOURCE = resources_folder() / "forms" / "ogi-annual-report-2021.toml"
REAL: Table = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
RULES = {check["id"]: i for i, check in enumerate(REAL["check"])}


def at(table: Table, steps: list[str]) -> Any:
    node: Any = table
    for step in steps:
        node = node[RULES[step] if step in RULES else int(step) if step.isdigit() else step]
    return node


def put(path: str, value: object) -> Callable[[Table], None]:
    """Set `value` at a path like "grid/1/block/0/rows/3/id"; a rule's id stands for its place."""
    def change(table: Table) -> None:
        *steps, last = path.split("/")
        node = at(table, steps)
        node[int(last) if isinstance(node, list) else last] = value
    return change


def drop(path: str) -> Callable[[Table], None]:
    def change(table: Table) -> None:
        *steps, last = path.split("/")
        node = at(table, steps)
        del node[int(last) if isinstance(node, list) else last]
    return change


def twice(path: str) -> Callable[[Table], None]:
    """Repeat the first entry of a list."""
    def change(table: Table) -> None:
        node = at(table, path.split("/"))
        node.append(copy.deepcopy(node[0]))
    return change


def another_block(table: Table) -> None:
    block = copy.deepcopy(table["grid"][2]["block"][0])
    block["rows"] = [{"id": "more", "label": "x"}]
    table["grid"][2]["block"].append(block)


def check_path(rule_id: str, key: str) -> str:
    return f"check[{RULES[rule_id]}].{key}"


MISTAKES: list[tuple[str, Callable[[Table], None], str, str]] = [
    # what is wrong                    the change                             key path            part of the reason
    ("no id", drop("id"), "id", "is missing"),
    ("no name", drop("name"), "name", "is missing"),
    ("no source", drop("source"), "source", "is missing"),
    ("id is a number", put("id", 2021), "id", "must be text, not 2021"),
    ("unknown key at the top", put("vresion", "1"), "vresion", "is not a key"),
    ("unknown key in a section", put("section/1/headng", "x"), "section[1].headng", "is not a key"),
    ("unknown key in a text", put("section/1/text/0/requierd", True), "section[1].text[0].requierd", "is not a key"),
    ("unknown key in a grid", put("grid/1/colour", "red"), "grid[1].colour", "is not a key"),
    ("unknown key in a block", put("grid/1/block/0/foot", "x"), "grid[1].block[0].foot", "is not a key"),
    ("unknown key in a row", put("grid/1/block/0/rows/4/hint", "x"), "grid[1].block[0].rows[4].hint", "is not a key"),
    ("unknown key in a group", put("grid/1/block/0/row_groups/0/short", "x"), "grid[1].block[0].row_groups[0].short",
     "is not a key"),
    ("a lexicon that is none", put("check/T01/lexicon", "no-such-words"), check_path("T01", "lexicon"),
     "cannot be read"),
    ("a group of a claim that is none", put("check/T01/claims/20/group", "disclose"),
     check_path("T01", "claims[20].group"), "'disclose' is no claim"),
    ("columns that no table with claims has", put("check/T01/columns/0/readings", ["no_column"]),
     check_path("T01", "columns[0].readings"), "are no columns"),
    ("bare reason is text", put("bare_reason", "x"), "bare_reason", "must be a table"),
    ("bare reason without grounds", put("bare_reason/grounds", []), "bare_reason.grounds", "is empty"),
    ("bare reason, no pattern", put("bare_reason/says_nothing", "("), "bare_reason.says_nothing",
     "is no regular expression"),
    ("bare reason, unknown word", put("bare_reason/ask", "{why}"), "bare_reason.ask", "{why} is not filled in"),
    ("unknown key in a bare reason", put("bare_reason/more", "x"), "bare_reason.more", "is not a key"),
    ("unknown key in a level", put("level/0/name", "x"), "level[0].name", "is not a key"),
    ("unknown key in a check", put("check/N01/messages", "x"), check_path("N01", "messages"), "is not a key"),
    ("title without the year", put("title", "{organ}政府信息公开工作年度报告"), "title",
     "must hold {organ} and {year}"),
    ("title with another word", put("title", "{organ}{year}年{level}报告"), "title", "{level}"),
    ("title with a stray brace", put("title", "{organ}{year}年}报告"), "title", "brace"),
    ("no section", put("section", []), "section", "needs at least 1"),
    ("no grid", put("grid", []), "grid", "needs at least 1"),
    ("no level", drop("level"), "level", "needs at least 1"),
    ("sections no list", put("section", "x"), "section", "must be a list of tables"),
    ("a section no table", put("section/0", "x"), "section[0]", "must be a table"),
    ("two sections of one id", twice("section"), "section", "'preamble' stands twice"),
    ("two texts of one id", twice("section/1/text"), "section.text", "'overview.proactive' stands twice"),
    ("two levels of one id", twice("level"), "level", "'national' stands twice"),
    ("two kinds of one id", twice("kind"), "kind", "'organ_report' stands twice"),
    ("two grids of one id", put("grid/2/id", "requests"), "grid", "'requests' stands twice"),
    ("two checks of one id", put("check/N02/id", "N01"), "check", "'N01' stands twice"),
    ("two rows of one id", put("grid/1/block/0/rows/1/id", "new_requests"), "grid[1].block.rows", "stands twice"),
    ("one row id in two blocks", put("grid/0/block/1/rows/0/id", "rules"), "grid[0].block.rows", "stands twice"),
    ("two columns of one id", put("grid/1/block/0/columns/1/id", "natural_person"), "grid[1].block[0].columns",
     "stands twice"),
    ("two groups of one id", twice("grid/1/block/0/row_groups"), "grid[1].block[0].row_groups",
     "'results' stands twice"),
    ("a section with nothing in it", put("section/0/text", []), "section[0]", "neither a text nor a grid"),
    ("a limit below 0", put("section/1/limit", -1), "section[1].limit", "must not be negative"),
    ("a limit in words", put("section/1/limit", "1000"), "section[1].limit", "must be a whole number"),
    ("required in words", put("section/1/text/0/required", "yes"), "section[1].text[0].required", "true or false"),
    ("an id with a capital", put("grid/1/block/0/rows/0/id", "New"), "grid[1].block[0].rows[0].id", "is no id"),
    ("an id with a slash", put("grid/1/id", "a/b"), "grid[1].id", "is no id"),
    ("an id in Chinese", put("section/0/text/0/id", "前言"), "section[0].text[0].id", "is no id"),
    ("a deadline in words", put("kind/0/deadline", "1月31日"), "kind[0].deadline", "must be MM-DD"),
    ("a deadline that is no day", put("kind/0/deadline", "02-31"), "kind[0].deadline", "must be MM-DD"),
    ("a grid in no section", put("grid/1/section", "request"), "grid[1]", "section 'request' does not exist"),
    ("two grids in one section", put("grid/2/section", "requests"), "grid[2].section", "has a grid already"),
    ("a layout that is none", put("grid/1/layout", "table"), "grid[1].layout", "'table' is not one of blocks, matrix"),
    ("widths that miss the page", put("grid/0/widths", [66, 30, 30, 31]), "grid[0].widths",
     "add up to 156 mm, not 157"),
    ("widths in words", put("grid/0/widths", ["66", "30", "30", "30"]), "grid[0].widths", "list of millimetres"),
    ("no widths", drop("grid/0/widths"), "grid[0].widths", "list of millimetres"),
    ("a width of less than nothing", put("grid/0/widths", [186, -30, -30, 30]), "grid[0].widths", "above 0"),
    ("too few widths", put("grid/0/widths", [66, 45, 45]), "grid[0].widths", "has 4 printed columns, not 3"),
    ("a grid without blocks", put("grid/1/block", []), "grid[1].block", "needs at least 1"),
    ("a strip of two blocks", another_block, "grid[2].block", "holds one block"),
    ("a block without rows", put("grid/0/block/1/rows", []), "grid[0].block[1].rows", "needs at least 1"),
    ("a block without columns", put("grid/0/block/1/columns", []), "grid[0].block[1].columns", "needs at least 1"),
    ("row groups where none are printed", put("grid/0/block/0/row_groups", [{"id": "g", "label": "x"}]),
     "grid[0].block[0].row_groups", "not printed in a 'blocks' table"),
    ("column groups where none are printed", put("grid/2/block/0/column_groups", [{"id": "g", "label": "x"}]),
     "grid[2].block[0].column_groups", "not printed in a 'strip' table"),
    ("a band where none is printed", put("grid/1/block/0/band", "x"), "grid[1].block[0].band", "not printed"),
    ("one column of two meanings", put("grid/0/block/2/columns/0/amount", True), "grid[0].block[2].columns",
     "'decisions' differs from the one in another block"),
    ("a row without a label", put("grid/1/block/0/rows/2/label", ""), "grid[1].block[0].rows[2].label", "is empty"),
    ("a row in no group", put("grid/1/block/0/rows/2/group", "reslts"), "grid[1].block[0].rows[2].group",
     "group 'reslts' does not exist"),
    ("a group without its parent", put("grid/1/block/0/rows/4/group", "outcome.refused"),
     "grid[1].block[0].rows[4].group", "group 'outcome.refused' does not exist"),
    ("a total of nothing", put("grid/1/block/0/rows/23/total_of", "result"), "grid[1].block[0].rows[23].total_of",
     "no input line is in 'result'"),
    ("an amount in words", put("grid/0/block/3/columns/0/amount", 1), "grid[0].block[3].columns[0].amount",
     "true or false"),
    ("a check of no kind", put("check/N01/kind", "equation"), check_path("N01", "kind"), "'equation' is no kind"),
    ("a check of no severity", put("check/N01/severity", "fatal"), check_path("N01", "severity"),
     "must be one of error"),
    ("a check without a source", put("check/N01/source", ""), check_path("N01", "source"), "cites where it comes from"),
    ("a check without an id", put("check/N01/id", ""), check_path("N01", "id"), "is empty"),
    ("a check without its words", drop("check/N01/message"), check_path("N01", "message"), "is missing"),
    ("a check of no grid", put("check/N01/grid", "request"), check_path("N01", "grid"),
     "grid 'request' does not exist"),
    ("a check of no row", put("check/N01/left", ["new_requests", "carried_in"]), check_path("N01", "left"),
     "'carried_in' is not a line of 'requests'"),
    ("a check of no rows", put("check/N01/right", []), check_path("N01", "right"), "is empty"),
    ("rows that are no list", put("check/N01/left", "new_requests"), check_path("N01", "left"),
     "must be a list of text"),
    ("rows that are numbers", put("check/N01/left", [1, 2]), check_path("N01", "left"), "must be a list of text"),
    ("a message that is no text", put("check/N01/message", 5), check_path("N01", "message"), "must be text"),
    ("a message with a misspelt word", put("check/N01/message", "{colum}列不平"), check_path("N01", "message"),
     "{colum}"),
    ("a message with an open brace", put("check/N01/message", "{column列不平"), check_path("N01", "message"), "brace"),
    ("a message with a bare place", put("check/N01/message", "{}列不平"), check_path("N01", "message"), "{}"),
    ("a stated total of an input row", put("check/N02/rows", ["disclosed"]), check_path("N02", "rows"),
     "'disclosed' is no total"),
    ("a stated total of an input column", put("check/N03/columns", ["natural_person"]), check_path("N03", "columns"),
     "'natural_person' is no total"),
    ("a balance over a table of blocks", put("check/N01/grid", "proactive"), check_path("N01", "left"),
     "is not a line of 'proactive'"),
    ("a stock of a row without these columns", put("check/N11/rows", ["administrative_licensing"]),
     check_path("N11", "rows"), "'proactive/administrative_licensing/issued' is not a cell"),
    ("a stock of no column", put("check/N11/issued", "issue"), check_path("N11", "issued"), "'issue' is not a line"),
    ("a stock since last year of a row without these columns", put("check/N10/rows", ["administrative_licensing"]),
     check_path("N10", "rows"), "'proactive/administrative_licensing/issued' is not a cell"),
    ("a level that is none", put("check/N12/never", ["conty"]), check_path("N12", "never"), "'conty' is no level"),
    ("a kind of report that is none", put("check/N12/makers", ["report"]), check_path("N12", "makers"),
     "'report' is no kind"),
    ("a check of no text", put("check/N16/text", "other"), check_path("N16", "text"), "text 'other' does not exist"),
    ("a check of no cell", put("check/N16/fees", "proactive/fees/amount"), check_path("N16", "fees"), "is not a cell"),
    ("a pattern that is none", put("check/N16/nothing", "(无"), check_path("N16", "nothing"),
     "is no regular expression"),
    ("a pattern in a list that is none", put("check/T03/gaps", ["XX", "[办结"]), check_path("T03", "gaps"),
     "is no regular expression"),
    ("a pattern of what silences that is none", put("check/T03/masked", "*"), check_path("T03", "masked"),
     "is no regular expression"),
    ("words of fees that are not there", put("check/N14/fee_lexicon", "dues"), check_path("N14", "fee_lexicon"),
     "'dues' cannot be read"),
    ("a limit at no level", put("check/N13/most/0/level", "village"), check_path("N13", "most[0].level"),
     "'village' is no level"),
    ("a limit for no kind of report", put("check/N13/most/1/kind", "budget"), check_path("N13", "most[1].kind"),
     "'budget' is no kind"),
    ("a limit in words", put("check/N13/most/0/amount", "much"), check_path("N13", "most[0].amount"),
     "must be a whole number"),
    ("a leader without a name", put("check/T03/leader", "(?P<offices>局长)"), check_path("T03", "leader"),
     "has no group name"),
    ("a year in words", put("check/N20/since", "2024"), check_path("N20", "since"), "must be a whole number"),
    ("subjects that are no list", put("check/N21/subjects", {}), check_path("N21", "subjects"),
     "must be a list of tables"),
    ("no subject", put("check/N21/subjects", []), check_path("N21", "subjects"), "needs at least 1"),
    ("a subject without cells", drop("check/N21/subjects/0/cells"), check_path("N21", "subjects[0].cells"),
     "must be a list of text"),
    ("a subject of no cell", put("check/N21/subjects/0/cells", ["disputes/x/total"]),
     check_path("N21", "subjects[0].cells"), "'disputes/x/total' is not a cell"),
    ("a subject with an unknown key", put("check/N21/subjects/1/rows", []), check_path("N21", "subjects[1].rows"),
     "is not a key"),
    ("two subjects of one id", twice("check/N21/subjects"), check_path("N21", "subjects"), "stands twice"),
]


@pytest.mark.parametrize(("change", "path", "reason"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_refused(change: Callable[[Table], None], path: str, reason: str) -> None:
    table = copy.deepcopy(REAL)
    change(table)
    with pytest.raises(FormError) as refused:
        form_reader.parse_form(table)
    assert refused.value.path == path
    assert reason in refused.value.reason


def test_the_unchanged_table_is_taken() -> None:
    assert form_reader.parse_form(copy.deepcopy(REAL)).id == "ogi-annual-report-2021"


@pytest.mark.parametrize(("data", "reason"), [
    (b"id = ", "Invalid value"), (b"[[grid]\n", "Expected"), ("name = '表'".encode("gb18030"), "codec can't decode"),
    (b"id = 'a'\nid = 'b'\n", "Cannot overwrite")])
def test_a_file_that_is_no_toml(tmp_path: Path, data: bytes, reason: str) -> None:
    file = tmp_path / "form.toml"
    file.write_bytes(data)
    with pytest.raises(FormError, match=reason) as refused:
        form_reader.read_form(file)
    assert refused.value.path == "form.toml"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="cannot be read"):
        form_reader.read_form(tmp_path / "none.toml")


@pytest.mark.parametrize("form_id", ["ogi-annual-report-2019", "", "../forms/ogi-annual-report-2021",
     "x/y", "Ogi", "a.b"])
def test_a_form_that_does_not_come_with_the_program(form_id: str) -> None:
    with pytest.raises(FormError, match="is not known"):
        form_reader.load_form(form_id)


def test_a_file_whose_id_is_not_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "other-form.toml").write_bytes(SOURCE.read_bytes())
    monkeypatch.setattr(form_reader, "resources_folder", lambda: tmp_path)
    with pytest.raises(InstallationError, match="differs from the file's name"):
        form_reader.load_form("other-form")
