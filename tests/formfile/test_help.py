"""The help beside the form: nothing that a clerk can stand on is without its sentence, and every walk through a
decision path ends in a row of the form. What is wrong in such a file is refused with its key path."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govdesk.base.errors import FormError, InstallationError
from govdesk.base.paths import resources_folder
from govdesk.form.cover_keys import COVER_KEYS
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader, help_reader
from govdesk.formfile.help_reader import DecisionPath, Help
from tests.formfile.page_examples import EXAMPLES, PAGE

FORMS = sorted(file.stem for file in (resources_folder() / "forms").glob("*.toml"))
SOURCE = resources_folder() / "help" / "ogi-annual-report-2021.toml"
REAL: dict[str, Any] = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
CONFUSED = (("requests/not_processed_petition_complaint", "requests/other_misc"),
            ("requests/unable_not_held", "requests/unable_needs_creation"),
            ("requests/not_processed_duplicate", "requests/not_processed_excessive_repeated"))


@pytest.fixture(scope="module")
def the_help(form: Form) -> Help:
    return help_reader.load_help(form.id)


@pytest.mark.parametrize("form_id", FORMS)
def test_everything_has_its_sentence(form_id: str) -> None:
    form, found = form_reader.load_form(form_id), help_reader.load_help(form_id)
    rows = {f"{grid.id}/{row}" for grid in form.grids.values() for row in grid.rows}
    columns = {f"{grid.id}/{column}" for grid in form.grids.values() for column in grid.columns}
    assert {"rows": rows - set(found.rows), "columns": columns - set(found.columns),
            "texts": set(form.texts) - set(found.texts), "facts": set(COVER_KEYS) - set(found.facts),
            "checks": {check.id for check in form.checks} - set(found.checks),
            } == {"rows": set(), "columns": set(), "texts": set(), "facts": set(), "checks": set()}


def test_sentences_are_short_and_cite_where_they_come_from(the_help: Help) -> None:
    for advice in (*the_help.rows.values(), *the_help.columns.values(), *the_help.texts.values(),
                   *the_help.facts.values()):
        assert len(advice.says) + len(advice.leaves_out) <= 130, advice.says
        assert re.search("条例|格式|法》|国办|GB/T", advice.article), advice
    for advice in the_help.checks.values():
        assert advice.cure
        assert not re.search(r"N\d\d|Z\d|错误代码", advice.says + advice.cure)


def walks(path: DecisionPath, number: int = 1, asked: int = 1) -> Iterator[tuple[str, int]]:
    """Where every way of answering ends, and after how many questions."""
    for answer in path.questions[number - 1].answers:
        if answer.to:
            yield answer.to, asked
        else:
            yield from walks(path, answer.then, asked + 1)


def test_every_answer_ends_in_a_row_after_at_most_three_questions(form: Form, the_help: Help) -> None:
    rows = {f"{grid.id}/{row}": grid.rows[row] for grid in form.grids.values() for row in grid.rows}
    for path in the_help.paths:
        assert len(path.questions) == 3, path.id
        ends = list(walks(path))
        assert all(asked <= 3 for _, asked in ends)
        assert all(not rows[row].is_total for row, _ in ends)
        assert set(path.rows) <= {row for row, _ in ends}, f"{path.id}: a row that it is about is never reached"
        assert {2, 3} == {a.then for q in path.questions for a in q.answers if a.then}


@pytest.mark.parametrize("pair", CONFUSED)
def test_the_confused_rows_have_one_path_between_them(the_help: Help, pair: tuple[str, str]) -> None:
    first, second = (the_help.path_at(Address(*row.split("/"), "natural_person")) for row in pair)
    assert first is not None and first is second
    assert "条例第" in "".join(question.clause for question in first.questions)


def change(path: str, value: object) -> dict[str, Any]:
    table = copy.deepcopy(REAL)
    *steps, last = [int(s) if s.isdigit() else s for s in path.split("/")]
    node: Any = table
    for step in steps:
        node = node[step]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return table


@pytest.mark.parametrize(("path", "value", "said"), [
    ("form", "another", "form: 'another' is not"),
    ("row/0/at", "proactive/ruls", "row[0].at: the form has no row 'proactive/ruls'"),
    ("row/1/at", "proactive/rules", "row[1].at: 'proactive/rules' stands twice"),
    ("row/0/says", None, "row[0].says: is missing"),
    ("row/0/says", " ", "row[0].says: is empty"),
    ("row/0/hint", "x", "row[0].hint: is not a key"),
    ("column/0/article", 3, "column[0].article: must be text"),
    ("text/0/at", "preambel", "text[0].at: the form has no text"),
    ("fact/0/at", "organ", "fact[0].at: the form has no fact"),
    ("check/0/at", "N99", "check[0].at: the form has no check"),
    ("check/0/cure", None, "check[0].cure: is missing"),
    ("path/0/rows", [], "path[0].rows: must be a list"),
    ("path/0/rows", ["requests/x"], "path[0].rows: the form has no row"),
    ("path/1/rows", ["requests/other_misc"], "row 'requests/other_misc': stands twice"),
    ("path/1/id", "petition", "path 'petition': stands twice"),
    ("path/0/question/0/clause", "", "path[0].question[0].clause: is empty"),
    ("path/0/question/0/answers/0/then", 1, "path[0].question[0].answers[0].then: must be a later question"),
    ("path/0/question/0/answers/0/then", 9, "path[0].question[0].answers[0].then: must be a later question"),
    ("path/0/question/0/answers/0/to", "requests/disclosed", "path[0].question[0].answers[0]: needs either"),
    ("path/0/question/1/answers/0/to", "requests/x", "path[0].question[1].answers[0].to: the form has no row"),
    ("pat", [], "pat: is not a key"),
])
def test_a_mistake_is_refused_with_its_key_path(form: Form, path: str, value: object, said: str) -> None:
    with pytest.raises(FormError) as refused:
        help_reader.parse_help(change(path, value), form)
    assert said in str(refused.value)


def test_a_file_that_is_no_toml_is_refused(form: Form, tmp_path: Path) -> None:
    file = tmp_path / "help.toml"
    for content in (b"form = ", "form = '条例'".encode("gbk")):
        file.write_bytes(content)
        with pytest.raises(FormError):
            help_reader.read_help(file, form)


def test_a_damaged_help_of_the_program_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "help").mkdir()
    (tmp_path / "help" / SOURCE.name).write_text("form = 'x'", encoding="utf-8")
    monkeypatch.setattr(help_reader, "resources_folder", lambda: tmp_path)
    with pytest.raises(InstallationError, match="请重新安装程序"):
        help_reader.load_help.__wrapped__(SOURCE.stem)
    assert help_reader.load_help.__wrapped__("a-form-without-help") == Help()


def test_the_example_on_the_page_belongs_to_the_example_form() -> None:
    form = form_reader.parse_form(tomllib.loads("\n".join(EXAMPLES)))
    [example] = re.findall(r"^```toml help\n(.*?)^```", PAGE, re.M | re.S)
    found = help_reader.parse_help(tomllib.loads(example), form)
    assert set(found.rows) == {"requests/disclosed"}
    assert [row for row, _ in walks(found.paths[0])] == ["requests/disclosed", "requests/refused",
                                                          "requests/new_requests"]
