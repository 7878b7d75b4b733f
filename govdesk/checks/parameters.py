"""Defines the types of a check's parameters in the form file, so that every line, cell, text and pattern is verified
before the check runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from govdesk.base.errors import FormError
from govdesk.form.form import Address, Check, Form, Grid, GridLine, require
from govdesk.prose import lexicon
from govdesk.texts.cell_sums import in_columns, terms


class Parameter(NamedTuple):
    """`shape` refuses what is no text, list or number, as the type wants it; `fits` what the form does not have.
    Both raise FormError."""

    shape: Callable[[object, str], None]                     # (value, its key path)
    fits: Callable[[Form, Check, str, str], None]            # (form, check, path of the check, key)


def _text(value: object, path: str) -> None:
    require(isinstance(value, str), path, f"must be text, not {value!r}")


def _list_of_text(value: object, path: str) -> None:
    require(isinstance(value, list) and all(isinstance(v, str) for v in value), path, "must be a list of text")
    require(value, path, "is empty")


def _whole_number(value: object, path: str) -> None:
    require(isinstance(value, int) and not isinstance(value, bool), path, "must be a whole number")


def _tables(value: object, path: str) -> None:
    require(isinstance(value, list) and all(isinstance(v, Mapping) for v in value), path, "must be a list of tables")
    require(value, path, "needs at least 1")


def _grid(form: Form, check: Check, path: str, _key: str = "") -> Grid:
    """The grid of a check that speaks of lines."""
    grid = form.grids.get(check.word("grid"))
    require(grid, f"{path}.grid", f"grid {check.word('grid')!r} does not exist")
    assert grid is not None
    return grid


def _grid_exists(form: Form, check: Check, path: str, _key: str) -> None:
    _grid(form, check, path)


def _lines(lines: Callable[[Grid], Mapping[str, GridLine]], *, total: bool = False
           ) -> Callable[[Form, Check, str, str], None]:
    """Every word is a line of the grid, and a total where only totals are meant."""
    def fits(form: Form, check: Check, path: str, key: str) -> None:
        grid = _grid(form, check, path)
        known = lines(grid)
        for line in check.words(key):
            require(line in known, f"{path}.{key}", f"{line!r} is not a line of {grid.id!r}")
            require(not total or known[line].is_total, f"{path}.{key}", f"{line!r} is no total")
    return fits


def _rows_of(grid: Grid) -> Mapping[str, GridLine]:
    return grid.rows


def _columns_of(grid: Grid) -> Mapping[str, GridLine]:
    return grid.columns


def rows_parameter(*across: str, total: bool = False) -> Parameter:
    """Rows with a cell in each column that the keys `across` name; without such keys, in every column."""
    lines = _lines(_rows_of, total=total)

    def fits(form: Form, check: Check, path: str, key: str) -> None:
        lines(form, check, path, key)
        grid = _grid(form, check, path)
        known = set(grid.addresses)
        columns = [column for name in across for column in check.words(name)] or list(grid.columns)
        for row in check.words(key):
            for column in columns:
                address = Address(grid.id, row, column)           # a column that is none is refused by its own key
                require(address in known or column not in grid.columns, f"{path}.{key}", f"'{address}' is not a cell")
    return Parameter(_list_of_text, fits)


def _words(allowed: Callable[[Form], Collection[str]], what: str) -> Callable[[Form, Check, str, str], None]:
    """Every word is one of those that the form allows; `what` is said of one that is none."""
    def fits(form: Form, check: Check, path: str, key: str) -> None:
        known = allowed(form)
        for word in check.words(key):
            require(word in known, f"{path}.{key}", what.format(word))
    return fits


def _texts(form: Form) -> Collection[str]:
    return form.texts


def _levels(form: Form) -> Collection[str]:
    return [level.id for level in form.levels]


def _kinds(form: Form) -> Collection[str]:
    return [kind.id for kind in form.kinds]


def _makers(form: Form) -> Collection[str]:
    kinds = _kinds(form)
    return [*kinds, *(f"{level.id}/{kind}" for level in form.levels for kind in kinds)]


def _cells_exist(form: Form, check: Check, path: str, key: str) -> None:
    _cells(form, check.words(key), f"{path}.{key}")


def _cells(form: Form, cells: Iterable[str], path: str) -> None:
    for cell in cells:
        require(cell in form.cells_by_name, path, f"{cell!r} is not a cell")


def _patterns(*groups: str) -> Callable[[Form, Check, str, str], None]:
    """Every word is a regular expression that has these groups."""
    def fits(_form: Form, check: Check, path: str, key: str) -> None:
        for word in check.words(key):
            lacking = set(groups) - set(_compiled(word, f"{path}.{key}").groupindex)
            require(not lacking, f"{path}.{key}", f"has no group {', '.join(sorted(lacking))}")
    return fits


def _compiled(pattern: str, path: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise FormError(path, f"is no regular expression: {error}") from error


def _anything(_form: Form, _check: Check, _path: str, _key: str) -> None:
    pass


def _known_texts(entry: Mapping[str, object], known: Collection[str], texts: Iterable[str], path: str) -> None:
    """An entry of a list: no key but those known, and these of them are texts."""
    for key in entry:
        require(key in known, f"{path}.{key}", f"is not a key here, only {', '.join(known)}")
    for key in texts:
        require(isinstance(entry.get(key), str), f"{path}.{key}", "must be text")


_PART = ("name", "pattern")
_SUBJECT = ("id", "name", "cells")
_CLAIM = ("id", "readings", "group", "beside", "weak")
# the judge asks for them by name
_NEEDED = ("received", "handled", "carried_over", "disputes", "reconsideration", "litigation")


def _parts(_form: Form, check: Check, path: str, key: str) -> None:
    """Each part has the name by which it is told, and the pattern that finds it."""
    for i, part in enumerate(check.tables(key)):
        here = f"{path}.{key}[{i}]"
        _known_texts(part, _PART, _PART, here)
        _compiled(part["pattern"], f"{here}.pattern")


def _two_marks(_form: Form, check: Check, path: str, key: str) -> None:
    for pair in check.words(key):
        require(len(pair) == 2, f"{path}.{key}", f"{pair!r} is not two marks")


def _subjects(form: Form, check: Check, path: str, key: str) -> None:
    found: list[object] = []
    for i, subject in enumerate(check.tables(key)):
        here = f"{path}.{key}[{i}]"
        _known_texts(subject, _SUBJECT, ("id", "name"), here)
        _list_of_text(subject.get("cells"), f"{here}.cells")
        _cells(form, subject["cells"], f"{here}.cells")
        require(subject["id"] not in found, f"{path}.{key}", f"{subject['id']!r} stands twice")
        found.append(subject["id"])


def _claims(form: Form, check: Check, path: str, key: str) -> None:
    """Their readings are sums of cells with a name in texts; a group is a claim, too."""
    found = [claim.get("id") for claim in check.tables(key)]
    for i, claim in enumerate(check.tables(key)):
        here = f"{path}.{key}[{i}]"
        _known_texts({"group": "", **claim}, _CLAIM, ("id", "group"), here)
        _list_of_text(claim.get("readings"), f"{here}.readings")
        beside = claim.get("beside", [])
        require(isinstance(beside, list) and all(isinstance(b, Mapping) and b.get("claim") in found for b in beside),
                f"{here}.beside", "must be a list of tables, each with a claim of this list")
        for expression in (*claim["readings"], *claim.get("weak", ()), *(str(b.get("reading")) for b in beside)):
            require(_is_sum(form, expression), f"{here}.readings", f"{expression!r} is no sum of cells")
        require(not claim.get("group") or claim["group"] in found, f"{here}.group",
                f"{claim.get('group')!r} is no claim")
        require(found.count(claim["id"]) == 1, f"{path}.{key}", f"{claim['id']!r} stands twice")
    for needed in _NEEDED:
        require(needed in found, f"{path}.{key}", f"needs a claim {needed!r}")


def _sets_of_columns(form: Form, check: Check, path: str, key: str) -> None:
    """Every set of columns is one of some claim's table, each written “a + b”."""
    rows = [expression for claim in check.tables("claims") for expression in claim.get("readings", ())]
    for i, columns in enumerate(check.tables(key)):
        here = f"{path}.{key}[{i}]"
        _known_texts(columns, ("id", "readings"), ("id",), here)
        _list_of_text(columns.get("readings"), f"{here}.readings")
        for wanted in columns["readings"]:
            require(any(_is_sum(form, in_columns(row, wanted)) for row in rows), f"{here}.readings",
                    f"{wanted!r} are no columns of a table with claims")


def _limits(form: Form, check: Check, path: str, key: str) -> None:
    """Each has a level of the form, where it holds for one kind of report that, and a whole number."""
    for i, limit in enumerate(check.tables(key)):
        here = f"{path}.{key}[{i}]"
        _known_texts({"kind": "", **limit}, ("level", "kind", "amount"), ("level", "kind"), here)
        _whole_number(limit.get("amount"), f"{here}.amount")
        require(limit["level"] in _levels(form), f"{here}.level", f"{limit['level']!r} is no level of the form")
        require(not limit.get("kind") or limit["kind"] in _kinds(form), f"{here}.kind",
                f"{limit.get('kind')!r} is no kind of report of the form")


def _lexicon(_form: Form, check: Check, path: str, key: str) -> None:
    try:
        lexicon.load(check.word(key))
    except FormError as error:
        raise FormError(f"{path}.{key}", str(error)) from error


def _is_sum(form: Form, expression: str) -> bool:
    try:
        found = terms(form, expression)
    except (KeyError, ValueError):
        return False
    return bool(found) and all(term.cells in form.sayings for term in found)


def pattern_parameter(*groups: str) -> Parameter:
    """A regular expression with groups of these names."""
    return Parameter(_text, _patterns(*groups))


NUMBER = Parameter(_whole_number, _anything)
GRID = Parameter(_text, _grid_exists)
ROW = Parameter(_text, _lines(_rows_of))                     # lines are those of the check's `grid`
ANY_ROWS = Parameter(_list_of_text, _lines(_rows_of))
COLUMN = Parameter(_text, _lines(_columns_of))
COLUMNS = Parameter(_list_of_text, _lines(_columns_of))
TOTAL_COLUMNS = Parameter(_list_of_text, _lines(_columns_of, total=True))
CELL, CELLS = Parameter(_text, _cells_exist), Parameter(_list_of_text, _cells_exist)
_IS_TEXT = _words(_texts, "text {!r} does not exist")
TEXT, TEXTS = Parameter(_text, _IS_TEXT), Parameter(_list_of_text, _IS_TEXT)
LEVELS = Parameter(_list_of_text, _words(_levels, "{!r} is no level of the form"))
REPORT_KINDS = Parameter(_list_of_text, _words(_kinds, "{!r} is no kind of report of the form"))
MAKERS = Parameter(_list_of_text, _words(_makers, "{!r} is no kind of report of the form, nor level/kind"))
PATTERN, PATTERNS = pattern_parameter(), Parameter(_list_of_text, _patterns())
WORDS = Parameter(_text, _anything)                          # parted by blanks
MARK_PAIRS = Parameter(_list_of_text, _two_marks)            # “,，”: a mark of half width and the same of full width
PARTS = Parameter(_tables, _parts)
SUBJECTS = Parameter(_tables, _subjects)
CLAIMS = Parameter(_tables, _claims)
COLUMN_SETS = Parameter(_tables, _sets_of_columns)           # of the tables of the check's `claims`
LEXICON = Parameter(_text, _lexicon)
LIMITS = Parameter(_tables, _limits)                         # the most at a level, or for a kind of report there
