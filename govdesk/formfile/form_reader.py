"""Reads a form from its TOML file; a bad file is refused in English with its key path and the reason."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from govdesk.base.errors import FormError, InstallationError
from govdesk.base.numerals import shorten_text
from govdesk.base.paths import resources_folder
from govdesk.form.form import (
    BareReason,
    Check,
    Choice,
    Form,
    Grid,
    GridLine,
    Group,
    ReadySentence,
    RowBlock,
    Section,
    SlipWords,
    Text,
    lines_in_group,
    require,
    require_known_words,
)

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_NAMES = r"(?:(?<=〔)|(?<=[＋－]))[^〔〕＋－·]+·[^〔〕＋－]+(?=[＋－〕])"      # in the tokens of a sentence
_LAYOUTS = ("blocks", "matrix", "strip")
_SEVERITIES = ("error", "warning", "hint")


class Node:
    """A TOML table with its key path: takes keys by type and refuses what is left over."""

    def __init__(self, table: object, path: str) -> None:
        require(isinstance(table, dict), path, "must be a table")
        assert isinstance(table, dict)
        self.path = path
        self.rest: dict[str, Any] = dict(table)

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def text(self, key: str, default: str | None = None) -> str:
        value = self.rest.pop(key, default)
        require(value is not None, self.at(key), "is missing")
        require(isinstance(value, str), self.at(key), f"must be text, not {value!r}")
        return str(value)

    def id(self, key: str = "id") -> str:
        value = self.text(key)
        require(_ID.fullmatch(value), self.at(key), f"{value!r} is no id (small letters, digits, _ and dots)")
        return value

    def flag(self, key: str) -> bool:
        value = self.rest.pop(key, False)
        require(isinstance(value, bool), self.at(key), "must be true or false")
        return bool(value)

    def number(self, key: str, default: int = 0) -> int:
        value = self.rest.pop(key, default)
        require(isinstance(value, int) and not isinstance(value, bool), self.at(key), "must be a whole number")
        return int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.rest.pop(key, [])
        require(isinstance(value, list) and all(isinstance(v, str) and v for v in value), self.at(key),
                "must be a list of text")
        return tuple(value)

    def nodes(self, key: str, *, least: int = 0) -> list[Node]:
        value = self.rest.pop(key, [])
        require(isinstance(value, list), self.at(key), "must be a list of tables")
        require(len(value) >= least, self.at(key), f"needs at least {least}")
        return [Node(item, f"{self.at(key)}[{i}]") for i, item in enumerate(value)]

    def done(self) -> None:
        for key in self.rest:
            raise FormError(self.at(key), "is not a key of the form file here")


def read_form(path: Path) -> Form:
    """The form in a TOML file. Raises FormError; for a mistake in the checks when these are first asked for."""
    return _form(read_toml(path))


def read_toml(path: Path) -> dict[str, Any]:
    """The table in a TOML file, of a form or beside one. Raises FormError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormError(path.name, f"cannot be read: {error.strerror}") from error
    except ValueError as error:                               # no TOML, or not UTF-8
        raise FormError(path.name, str(error)) from error


@cache
def load_form(form_id: str) -> Form:
    """A form of the program, by its id. FormError where there is none; InstallationError for what is wrong with it."""
    folder = resources_folder() / "forms"
    with reading_installed_file(folder):
        files = {path.stem: path for path in folder.iterdir() if path.suffix == ".toml"}
        require(files, folder.name, "has no form")
    require(form_id in files, "form", f"{shorten_text(form_id)!r} is not known")
    with reading_installed_file(file := files[form_id]):
        form = read_form(file)
        require(form.id == form_id, "id", f"{form.id!r} differs from the file's name")
    return form._replace(read_checks=partial(_installed_checks, form, file))


def _installed_checks(form: Form, file: Path, _: Form) -> tuple[Check, ...]:
    with reading_installed_file(file):
        return form.checks


@contextmanager
def reading_installed_file(file: Path) -> Iterator[None]:
    """What is wrong with a file of the program is an InstallationError that names it."""
    try:
        yield
    except (FormError, OSError) as error:
        raise InstallationError(file, error) from error


def parse_form(table: Mapping[str, Any]) -> Form:
    """The form in a parsed TOML table. Raises FormError, for a mistake in the checks too."""
    form = _form(table)
    _ = form.checks
    return form


def _form(table: Mapping[str, Any]) -> Form:
    root = Node(dict(table), "")
    grids = _grids(root.nodes("grid", least=1))
    sections = tuple(_section(node, grids) for node in root.nodes("section", least=1))
    title = _title(root)
    form = Form(
        id=root.text("id"), name=root.text("name"), source=root.text("source"), title=title,
        levels=tuple(_choice(n) for n in root.nodes("level", least=1)),
        kinds=tuple(_choice(n) for n in root.nodes("kind", least=1)),
        sections=sections, read_checks=partial(_checks, root.rest.pop("check", [])),
        slips=tuple(_slip(n) for n in root.nodes("slip")),
        bare_reason=_bare_reason(root.rest.pop("bare_reason", None)),
    )
    root.done()
    for section_id, (_, path) in grids.items():
        require(section_id in {s.id for s in sections}, path, f"section {section_id!r} does not exist")
    _unique([s.id for s in sections], "section")
    _unique([t.id for s in sections for t in s.texts], "section.text")
    _unique([c.id for c in form.levels], "level")
    _unique([c.id for c in form.kinds], "kind")
    _unique([s.id for s in form.slips], "slip")
    return form


def _title(root: Node) -> str:
    title = root.text("title")
    require("{organ}" in title and "{year}" in title, "title", "must hold {organ} and {year}")
    try:
        title.format(organ="", year="")
    except (LookupError, ValueError):
        require_known_words(title, ("organ", "year"), "title")  # says what is wrong
        raise
    return title


def _slip(node: Node) -> SlipWords:
    slip = SlipWords(node.id(), node.text("title"), node.text("message"), node.text("exchanged", ""))
    node.done()
    return slip


def _bare_reason(table: object) -> BareReason | None:
    if table is None:
        return None
    node = Node(table, "bare_reason")
    found = BareReason(node.text("says_nothing"), node.text("ask"), node.texts("grounds"))
    require(found.grounds, node.at("grounds"), "is empty")
    node.done()
    return found


def _choice(node: Node) -> Choice:
    choice = Choice(node.id(), node.text("label"), node.text("deadline", ""))
    require(not choice.deadline or _is_day(choice.deadline), node.at("deadline"), "must be MM-DD")
    node.done()
    return choice


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d\d-\d\d", text)) and bool(datetime.date.fromisoformat(f"2023-{text}"))
    except ValueError:
        return False


def _section(node: Node, grids: Mapping[str, tuple[Grid, str]]) -> Section:
    section_id = node.id()
    texts = tuple(_text(n) for n in node.nodes("text"))
    grid = grids[section_id][0] if section_id in grids else None
    require(texts or grid, node.path, "has neither a text nor a grid")
    section = Section(section_id, node.text("heading"), node.text("short"), texts, grid, node.number("limit"))
    require(section.limit >= 0, node.at("limit"), "must not be negative")
    node.done()
    return section


def _text(node: Node) -> Text:
    text = Text(node.id(), node.text("name"), node.text("heading", ""), node.flag("required"), node.text("hint", ""),
                tuple(_sentence(n) for n in node.nodes("sentence")), node.flag("fresh"))
    node.done()
    return text


def _sentence(node: Node) -> ReadySentence:
    sentence = ReadySentence(node.text("words"), node.texts("zero"), node.texts("positive"), node.text("unless", ""))
    node.done()
    return sentence


def _examine_words(form: Form) -> None:
    """Sentences, slips and a question fill in only what is known there; patterns are patterns. A print-out asks for
    none of them, so they are held against this with the checks."""
    if form.bare_reason:
        require_known_words(form.bare_reason.ask, ("reason",), "bare_reason.ask")
        _compiles(form.bare_reason.says_nothing, "bare_reason.says_nothing")
    for i, slip in enumerate(form.slips):
        require_known_words(slip.message, ("cell", "typed", "right", "other"), f"slip[{i}].message")
        require_known_words(slip.exchanged, ("cell", "typed", "right", "other"), f"slip[{i}].exchanged")
    for i, section in enumerate(form.sections):
        for j, text in enumerate(section.texts):
            for k, sentence in enumerate(text.sentences):
                path = f"section[{i}].text[{j}].sentence[{k}]"
                require_known_words(sentence.words, ("organ", "year", "office", "address", "phone"), f"{path}.words")
                _compiles(sentence.unless, f"{path}.unless")


def _compiles(pattern: str, path: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise FormError(path, f"is no regular expression: {error}") from error


def _grids(nodes: list[Node]) -> dict[str, tuple[Grid, str]]:
    """Grids by the section they stand in, each with its path."""
    grids: dict[str, tuple[Grid, str]] = {}
    for node in nodes:
        section_id = node.id("section")
        require(section_id not in grids, node.at("section"), f"section {section_id!r} has a grid already")
        grids[section_id] = _grid(node), node.path
    _unique([grid.id for grid, _ in grids.values()], "grid")
    return grids


def _grid(node: Node) -> Grid:
    widths = node.rest.pop("widths", [])
    require(isinstance(widths, list) and widths and all(isinstance(w, (int, float)) for w in widths),
            node.at("widths"), "must be a list of millimetres")
    require(all(w > 0 for w in widths), node.at("widths"), "must all be above 0")
    require(abs(sum(widths) - 156) < 0.01, node.at("widths"), f"must add up to 156 mm, not {sum(widths):g}")
    grid = Grid(node.id(), node.text("name"), node.text("title"), node.text("unit"), node.text("layout"),
                tuple(float(w) for w in widths), tuple(_block(n) for n in node.nodes("block", least=1)))
    require(grid.layout in _LAYOUTS, node.at("layout"), f"{grid.layout!r} is not one of {', '.join(_LAYOUTS)}")
    _unique([row.id for block in grid.blocks for row in block.rows], node.at("block.rows"))
    _check_layout(grid, node)
    _check_width(grid, node.at("widths"))
    node.done()
    return grid


def _check_layout(grid: Grid, node: Node) -> None:
    """Nothing in the file that this layout would silently leave out."""
    require(grid.layout == "blocks" or len(grid.blocks) == 1, node.at("block"),
            f"a {grid.layout!r} table holds one block")
    unprinted = {"blocks": ("row_groups", "column_groups"), "matrix": ("band",),
                 "strip": ("band", "stub", "column_groups")}[grid.layout]
    for i, block in enumerate(grid.blocks):
        for key in unprinted:
            require(not getattr(block, key), node.at(f"block[{i}].{key}"), f"is not printed in a {grid.layout!r} table")
        for column in block.columns:
            require(column == next(c for b in grid.blocks for c in b.columns if c.id == column.id),
                    node.at(f"block[{i}].columns"), f"{column.id!r} differs from the one in another block")


def _check_width(grid: Grid, path: str) -> None:
    block = grid.blocks[0]
    depth = 1 + max((g.count(".") + 1 if g else 0) for g in (row.group for row in block.rows))
    printed = {"blocks": 1 + max(len(b.columns) for b in grid.blocks), "matrix": depth + len(block.columns),
               "strip": len(block.rows) * len(block.columns)}[grid.layout]
    require(len(grid.widths) == printed, path, f"the table has {printed} printed columns, not {len(grid.widths)}")


def _block(node: Node) -> RowBlock:
    row_groups, column_groups = _groups(node, "row_groups"), _groups(node, "column_groups")
    rows = tuple(_line(n, row_groups) for n in node.nodes("rows", least=1))
    columns = tuple(_line(n, column_groups) for n in node.nodes("columns", least=1))
    _unique([c.id for c in columns], node.at("columns"))
    for lines, key in ((rows, "rows"), (columns, "columns")):
        for i, line in enumerate(lines):
            require(not line.is_total or any(lines_in_group(lines, line.total_of)), f"{node.at(key)}[{i}].total_of",
                    f"no input line is in {line.total_of!r}")
    block = RowBlock(rows, columns, MappingProxyType(row_groups), MappingProxyType(column_groups),
                     node.text("band", ""), _label(node.text("stub", ""))[0])
    node.done()
    return block


def _groups(node: Node, key: str) -> dict[str, Group]:
    groups = [_group(n) for n in node.nodes(key)]
    _unique([group.id for group in groups], node.at(key))
    return {group.id: group for group in groups}


def _group(node: Node) -> Group:
    label, breaks = _label(node.text("label"))
    group = Group(node.id(), label, breaks, node.text("token", ""))
    node.done()
    return group


def _line(node: Node, groups: Mapping[str, Group]) -> GridLine:
    label, breaks = _label(node.text("label"))
    require(label, node.at("label"), "is empty")
    line = GridLine(node.id(), label, node.text("group", ""), breaks, node.text("total_of", ""),
                    node.text("mark", ""), node.text("short", ""), node.flag("amount"), node.text("token", ""),
                    node.flag("seldom"))
    group = line.group
    while group:
        require(group in groups, node.at("group"), f"group {group!r} does not exist")
        group = group.rpartition(".")[0]
    node.done()
    return line


def _label(text: str) -> tuple[str, tuple[int, ...]]:
    """A label and the places where it may break: “商业|企业” → (“商业企业”, (2,))."""
    parts = text.split("|")
    breaks, length = [], 0
    for part in parts[:-1]:
        length += len(part)
        breaks.append(length)
    return "".join(parts), tuple(breaks)


def _checks(tables: object, form: Form) -> tuple[Check, ...]:
    from govdesk.formfile import check_schema  # the functions know the form; the form only their names

    _examine_words(form)
    unnamed = next((cell for cell in form.cells if (cell,) not in form.sayings), None)
    require(unnamed is None, "grid", f"'{unnamed}' is called what another cell is called in a text: give it a `token`")
    for text in form.texts.values():
        for name in (n for s in text.sentences for n in (*s.zero, *s.positive, *re.findall(_NAMES, s.words))):
            require(name in form.said, f"text {text.id}", f"{name!r} is the name of no cell")
    checks = tuple(_check(node) for node in Node({"check": tables}, "").nodes("check"))
    _unique([check.id for check in checks], "check")
    for i, check in enumerate(checks):
        check_schema.examine_check(form, check, f"check[{i}]")
    return checks


def _check(node: Node) -> Check:
    from govdesk.checks.registry import KINDS

    reasons = node.texts("reasons")
    check = Check(node.text("id"), node.text("kind"), node.text("severity"), node.text("title"), node.text("source"),
                  MappingProxyType(node.rest), reasons)
    require(check.id, node.at("id"), "is empty")
    require(check.kind in KINDS, node.at("kind"), f"{check.kind!r} is no kind of check")
    require(check.severity in _SEVERITIES, node.at("severity"), f"must be one of {', '.join(_SEVERITIES)}")
    require(check.source, node.at("source"), "is empty: a rule cites where it comes from")
    needed = KINDS[check.kind].needs
    for key in sorted(needed):
        require(key in check.params, node.at(key), "is missing")
    for key in check.params:
        require(key in needed, node.at(key), f"is not a key of a {check.kind!r} check")
    return check


def _unique(ids: list[str], path: str) -> None:
    seen: set[str] = set()
    for item in ids:
        require(item not in seen, path, f"{item!r} stands twice")
        seen.add(item)
