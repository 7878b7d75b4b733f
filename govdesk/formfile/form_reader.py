"""Reads a form from its TOML file; a bad file is refused in English with its key path and the reason."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any, NoReturn

from govdesk.base.errors import FormError, InstallationError
from govdesk.base.numerals import shorten_text
from govdesk.base.paths import resources_folder
from govdesk.form.form import (
    BareReason,
    Check,
    Choice,
    Form,
    Grid,
    ReadySentence,
    Section,
    SlipWords,
    Text,
    require,
    require_known_words,
)
from govdesk.form.years import EVERY_YEAR, Follows, Years
from govdesk.formfile.borrowing import BORROWED_FOR_FORMS, fill_checks, fill_keys, read_like
from govdesk.formfile.grid_reader import read_grids
from govdesk.formfile.toml_node import Node, read_toml, require_unique

_NAMES = r"(?:(?<=〔)|(?<=[＋－]))[^〔〕＋－·]+·[^〔〕＋－]+(?=[＋－〕])"      # in the tokens of a sentence
_SEVERITIES = ("error", "warning", "hint")


def read_form(path: Path) -> Form:
    """The form in a TOML file. Raises FormError; for a mistake in the checks when these are first asked for."""
    return _form(read_toml(path))


@cache
def load_form(form_id: str) -> Form:
    """A form of the program, by its id. FormError where there is none; InstallationError for what is wrong with it."""
    folder = resources_folder() / "forms"
    with reading_installed_file(folder):
        files = {path.stem: path for path in folder.iterdir() if path.suffix == ".toml"}
        require(files, folder.name, "has no form")
    if form_id not in files:
        _refuse_missing(form_id, files)
    with reading_installed_file(file := files[form_id]):
        form = read_form(file)
        require(form.id == form_id, "id", f"{form.id!r} differs from the file's name")
    return form._replace(read_checks=partial(_installed_checks, form, file))


def _refuse_missing(form_id: str, files: Mapping[str, Path]) -> NoReturn:
    """Raises InstallationError where a file that is there names the form as one of the program's, else FormError."""
    for file in files.values():
        with reading_installed_file(file):
            table = read_toml(file)
        if form_id in (table.get("like"), dict(table.get("follows", {})).get("form")):
            gone = file.with_name(f"{form_id}.toml")
            raise InstallationError(gone, FormError(gone.name, "is not there"))
    raise FormError("form", f"{shorten_text(form_id)!r} is not known")


def list_form_ids() -> tuple[str, ...]:
    """The ids of the installed forms, the last by name first: of one kind of report that is the newest. Raises
    InstallationError."""
    folder = resources_folder() / "forms"
    with reading_installed_file(folder):
        found = sorted((path.stem for path in folder.iterdir() if path.suffix == ".toml"), reverse=True)
        require(found, folder.name, "has no form")
    return tuple(found)


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
    if like := root.text("like", ""):
        base = read_like("forms", like)
        fill_keys(root, base, BORROWED_FOR_FORMS)
        fill_checks(root, base)
    grids = read_grids(root.nodes("grid", least=1))
    sections = tuple(_section(node, grids) for node in root.nodes("section", least=1))
    title = _title(root)
    form = Form(
        id=root.text("id"), name=root.text("name"), source=root.text("source"), title=title,
        short=root.text("short", ""),
        levels=tuple(_choice(n) for n in root.nodes("level", least=1)),
        kinds=tuple(_choice(n) for n in root.nodes("kind", least=1)),
        sections=sections, read_checks=partial(_checks, root.rest.pop("check", [])),
        slips=tuple(_slip(n) for n in root.nodes("slip")),
        bare_reason=_bare_reason(root.rest.pop("bare_reason", None)),
        years=_years(root), follows=_follows(root.rest.pop("follows", None)),
    )
    root.done()
    for section_id, (_, path) in grids.items():
        require(section_id in {s.id for s in sections}, path, f"section {section_id!r} does not exist")
    for here in form.follows.places if form.follows else ():
        require(any(f"{cell}/".startswith(f"{here}/") for cell in form.cells), "follows.cells",
                f"the form has no table, row or cell {here!r}")
    require_unique([s.id for s in sections], "section")
    require_unique([t.id for s in sections for t in s.texts], "section.text")
    require_unique([c.id for c in form.levels], "level")
    require_unique([c.id for c in form.kinds], "kind")
    require_unique([s.id for s in form.slips], "slip")
    return form


def _years(root: Node) -> Years:
    """“[2019, 2020]”: from the first to the last; “[2021]”: from then on."""
    found = root.rest.pop("years", None)
    if found is None:
        return EVERY_YEAR
    require(isinstance(found, list) and 1 <= len(found) <= 2 and all(type(year) is int for year in found), "years",
            "must be the first year, or the first and the last")
    require(found == sorted(found), "years", "must not end before they begin")
    return Years(found[0], found[1] if len(found) == 2 else None)


def _follows(table: object) -> Follows | None:
    if table is None:
        return None
    node = Node(table, "follows")
    form_id, places = node.text("form"), dict[str, str]()
    for cells in node.nodes("cells", least=1):
        here = cells.text("here")
        there = cells.text("there", here)
        require(here.count("/") == there.count("/") <= 2, cells.at("there"), f"{there!r} is not a place like {here!r}")
        require(here not in places, cells.at("here"), f"{here!r} stands twice")
        places[here] = there
        cells.done()
    node.done()
    return Follows(form_id, MappingProxyType(places))


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


def _checks(tables: object, form: Form) -> tuple[Check, ...]:
    from govdesk.formfile import check_schema  # the functions know the form; the form only their names

    _examine_words(form)
    unnamed = next((cell for cell in form.cells if (cell,) not in form.sayings), None)
    require(unnamed is None, "grid", f"'{unnamed}' is called what another cell is called in a text: give it a `token`")
    for text in form.texts.values():
        for name in (n for s in text.sentences for n in (*s.zero, *s.positive, *re.findall(_NAMES, s.words))):
            require(name in form.said, f"text {text.id}", f"{name!r} is the name of no cell")
    checks = tuple(_check(node) for node in Node({"check": tables}, "").nodes("check"))
    require_unique([check.id for check in checks], "check")
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
