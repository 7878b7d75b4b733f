"""Reads the help beside a form file: what counts in each row, column, text and fact, what a check means, and the
decision paths for rows that are easily confused. A bad file is refused with its key path."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from govdesk.base.paths import resources_folder
from govdesk.form.cover_keys import COVER_KEYS
from govdesk.form.form import Address, Form, require
from govdesk.formfile import form_reader
from govdesk.formfile.borrowing import add_entries, read_like
from govdesk.formfile.toml_node import Node, read_toml


class Advice(NamedTuple):
    """Sentences about one thing: what counts, what does not, where that stands; for a check what to do (`cure`)."""

    says: str = ""
    leaves_out: str = ""
    article: str = ""
    cure: str = ""


class PathAnswer(NamedTuple):
    """`to` is the row it leads to, as “grid/row”; `then` the number of the next question; one of the two."""

    words: str
    to: str = ""
    then: int = 0


class PathQuestion(NamedTuple):
    ask: str
    clause: str
    answers: tuple[PathAnswer, ...]


class DecisionPath(NamedTuple):
    """Questions that lead to the right row; the first is where one begins, `rows` are those it is offered at."""

    id: str
    title: str
    rows: tuple[str, ...]
    questions: tuple[PathQuestion, ...]


class Help(NamedTuple):
    """Rows and columns by “grid/line”, the rest by id. What has no sentence is simply absent."""

    rows: Mapping[str, Advice] = MappingProxyType({})
    columns: Mapping[str, Advice] = MappingProxyType({})
    texts: Mapping[str, Advice] = MappingProxyType({})
    facts: Mapping[str, Advice] = MappingProxyType({})
    checks: Mapping[str, Advice] = MappingProxyType({})
    paths: tuple[DecisionPath, ...] = ()

    def of_row(self, cell: Address) -> Advice:
        return self.rows.get(f"{cell.grid}/{cell.row}", Advice())

    def of_column(self, cell: Address) -> Advice:
        return self.columns.get(f"{cell.grid}/{cell.column}", Advice())

    def path_at(self, cell: Address) -> DecisionPath | None:
        """The path that is offered in a cell's row."""
        return next((path for path in self.paths if f"{cell.grid}/{cell.row}" in path.rows), None)


# A table of the help file and the keys of its entries beside `at`, with those that may not be missing first.
_COUNTED = ("says", "article", "leaves_out")
_KEYS = {"row": _COUNTED, "column": _COUNTED, "text": _COUNTED, "fact": _COUNTED, "check": ("says", "cure")}


@cache
def load_help(form_id: str) -> Help:
    """The help of an installed form; nothing where its file is absent. InstallationError for what is wrong with it."""
    file = resources_folder() / "help" / f"{form_id}.toml"
    if not file.is_file():
        return Help()
    with form_reader.reading_installed_file(file):
        return read_help(file, form_reader.load_form(form_id))


def read_help(file: Path, form: Form) -> Help:
    """The help in a TOML file. Raises FormError."""
    return parse_help(read_toml(file), form)


def parse_help(table: Mapping[str, Any], form: Form) -> Help:
    """The help in a parsed TOML table, held against its form. Raises FormError."""
    root = Node(dict(table), "")
    form_id = root.text("form")
    require(form_id == form.id, "form", f"{form_id!r} is not {form.id!r}")
    rows = {f"{grid.id}/{row}" for grid in form.grids.values() for row in grid.rows}
    columns = {f"{grid.id}/{column}" for grid in form.grids.values() for column in grid.columns}
    known: dict[str, Collection[str]] = {"row": rows, "column": columns, "text": form.texts, "fact": COVER_KEYS,
                                         "check": {check.id for check in form.checks}}
    if like := root.text("like", ""):
        base = read_like("help", like)
        for key, ids in known.items():
            add_entries(root, base, key, ids)
        _add_paths(root, base, rows)
    said = {key: _advice(root, key, ids) for key, ids in known.items()}
    found = Help(said["row"], said["column"], said["text"], said["fact"], said["check"],
                 tuple(_path(node, rows) for node in root.nodes("path")))
    root.done()
    _once([(path.id, f"path {path.id!r}") for path in found.paths])
    _once([(row, f"path {path.id!r}, row {row!r}") for path in found.paths for row in path.rows])
    return found


def _add_paths(root: Node, base: Mapping[str, Any], rows: Collection[str]) -> None:
    """Adds the paths of another form's help that lead only to rows which this form has."""
    def leads_here(path: Mapping[str, Any]) -> bool:
        answers = [answer for question in path["question"] for answer in question["answers"]]
        return set(path["rows"]) <= set(rows) and all(answer.get("to", path["rows"][0]) in rows for answer in answers)

    root.rest["path"] = [*root.rest.get("path", []), *filter(leads_here, base.get("path", ()))]


def _advice(root: Node, key: str, known: Collection[str]) -> Mapping[str, Advice]:
    found: dict[str, Advice] = {}
    for node in root.nodes(key):
        at = node.text("at")
        require(at in known, node.at("at"), f"the form has no {key} {at!r}")
        require(at not in found, node.at("at"), f"{at!r} stands twice")
        needed = _KEYS[key][:2]
        words = {name: node.text(name, None if name in needed else "") for name in _KEYS[key]}
        for name in needed:
            require(words[name].strip(), node.at(name), "is empty")
        node.done()
        found[at] = Advice(**words)
    return MappingProxyType(found)


def _path(node: Node, rows: Collection[str]) -> DecisionPath:
    named = node.rest.pop("rows", [])
    require(isinstance(named, list) and named, node.at("rows"), "must be a list of rows")
    for row in named:
        require(row in rows, node.at("rows"), f"the form has no row {row!r}")
    inner = node.nodes("question", least=1)
    path = DecisionPath(node.id(), node.text("title"), tuple(named),
                        tuple(_question(n, number, len(inner), rows) for number, n in enumerate(inner, 1)))
    node.done()
    return path


def _question(node: Node, number: int, count: int, rows: Collection[str]) -> PathQuestion:
    question = PathQuestion(node.text("ask"), node.text("clause"),
                            tuple(_answer(n, number, count, rows) for n in node.nodes("answers", least=2)))
    require(question.clause.strip(), node.at("clause"), "is empty: a question cites where it comes from")
    node.done()
    return question


def _answer(node: Node, number: int, count: int, rows: Collection[str]) -> PathAnswer:
    """An answer leads on, never back, so every walk ends in a row."""
    answer = PathAnswer(node.text("words"), node.text("to", ""), node.number("then"))
    require(bool(answer.to) != bool(answer.then), node.path, "needs either `to` or `then`")
    require(not answer.to or answer.to in rows, node.at("to"), f"the form has no row {answer.to!r}")
    require(not answer.then or number < answer.then <= count, node.at("then"),
            f"must be a later question of the {count}")
    node.done()
    return answer


def _once(named: list[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for key, path in named:
        require(key not in seen, path, "stands twice")
        seen.add(key)
