"""What a form file says to a check, held against the form: every line, cell, text, pattern and message is right
before the check ever runs, so that checks never raise."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from govdesk.base.errors import FormError
from govdesk.checks.claims import filled
from govdesk.checks.readings import terms
from govdesk.checks.registry import KINDS
from govdesk.form.form import Address, Check, Form, Grid, fills, require

_ROWS = ("left", "right", "rows", "row", "last_row")
_COLUMNS, _COLUMN = ("columns", "total", "pending_column"), ("issued", "repealed", "in_force")
_CELL, _CELLS = ("cell", "fees", "against"), ("requests", "disputes", "cells")
_PATTERN, _PATTERNS = ("nothing", "processing_fee", "not_collected", "not_charged", "processing_only", "subject",
                       "unless", "yuan", "mentioned", "collected", "elsewhere", "part_of", "whole", "rate", "channel",
                       "rest", "gap", "beside", "leader_changed"), ("patterns",)
_NAMED = {"called": ("name", "year"), "period": ("year",), "counted": ("year",),
          "leader": ("offices", "name")}       # patterns with groups of these names
_LISTS = ("left", "right", "rows", "columns", *_CELLS, *_PATTERNS, "texts", "home", "never", "makers", "of_many",
          "divided")
_SUBJECT = ("id", "name", "words", "cells")
_CLAIM = ("id", "words", "readings", "unless", "texts", "nonzero", "after")


def examine(form: Form, check: Check, path: str) -> None:
    """Raises FormError with the key path of the first thing that is wrong."""
    for key, value in check.params.items():
        _shape(key, value, f"{path}.{key}")
    for key, words in KINDS[check.kind].messages.items():
        fills(check.word(key), words, f"{path}.{key}")
    if "grid" in check.params:
        grid = form.grids.get(check.word("grid"))
        require(grid, f"{path}.grid", f"grid {check.word('grid')!r} does not exist")
        assert grid is not None
        _lines(grid, check, path)
    for key, known, what in (("text", form.texts, "text {!r} does not exist"),
                             ("texts", form.texts, "text {!r} does not exist"),
                             ("home", form.texts, "text {!r} does not exist"),
                             ("of_many", [c.id for c in form.kinds], "{!r} is no kind of report of the form"),
                             ("never", [c.id for c in form.levels], "{!r} is no level of the form"),
                             ("makers", _makers(form), "{!r} is no kind of report of the form, nor level/kind")):
        for word in check.words(key):
            require(word in known, f"{path}.{key}", what.format(word))
    for key in (*_CELL, *_CELLS):
        _cells(form, check.words(key), f"{path}.{key}")
    for key in (*_PATTERN, *_PATTERNS):
        for pattern in check.words(key):
            _compiles(pattern, f"{path}.{key}")
    for key, groups in _NAMED.items():
        for pattern in check.words(key):
            _compiles(pattern, f"{path}.{key}")
            lacking = set(groups) - set(re.compile(pattern).groupindex)
            require(not lacking, f"{path}.{key}", f"has no group {', '.join(sorted(lacking))}")
    _subjects(form, check, f"{path}.subjects")
    _claims(form, check, f"{path}.claims")


def _shape(key: str, value: object, path: str) -> None:
    """Lists are lists of text and not empty, a year is a number, all else is text."""
    if key in ("subjects", "claims"):
        tables = isinstance(value, list) and all(isinstance(v, Mapping) for v in value)
        require(tables, path, "must be a list of tables")
        require(value, path, "needs at least 1")
    elif key in ("since", "factor", "least"):
        require(isinstance(value, int) and not isinstance(value, bool), path, "must be a whole number")
    elif key in _LISTS:
        _list_of_text(value, path)
    else:
        require(isinstance(value, str), path, f"must be text, not {value!r}")


def _list_of_text(value: object, path: str) -> None:
    require(isinstance(value, list) and all(isinstance(v, str) for v in value), path, "must be a list of text")
    require(value, path, "is empty")


def _lines(grid: Grid, check: Check, path: str) -> None:
    for keys, lines in ((_ROWS, grid.rows), ((*_COLUMNS, *_COLUMN), grid.columns)):
        for key in keys:
            for line in check.words(key):
                require(line in lines, f"{path}.{key}", f"{line!r} is not a line of {grid.id!r}")
                stated = check.kind.startswith("stated_")
                require(not stated or lines[line].is_total, f"{path}.{key}", f"{line!r} is no total")
    known = set(grid.addresses)
    crossed = [check.word(key) for key in _COLUMN if key in check.params] or list(grid.columns)
    if check.kind in ("balance", "stock", "stated_row_total"):
        for key in _ROWS:
            for row in check.words(key):
                for column in crossed:
                    address = Address(grid.id, row, column)
                    require(address in known, f"{path}.{key}", f"'{address}' is not a cell")


def _makers(form: Form) -> list[str]:
    kinds = [kind.id for kind in form.kinds]
    return kinds + [f"{level.id}/{kind}" for level in form.levels for kind in kinds]


def _cells(form: Form, cells: Iterable[str], path: str) -> None:
    for cell in cells:
        require(cell in form.cells_by_name, path, f"{cell!r} is not a cell")


def _known_texts(entry: Mapping[str, object], known: Collection[str], texts: Iterable[str], path: str) -> None:
    """An entry of a list: no key but those known, and these of them are texts."""
    for key in entry:
        require(key in known, f"{path}.{key}", f"is not a key here, only {', '.join(known)}")
    for key in texts:
        require(isinstance(entry.get(key), str), f"{path}.{key}", "must be text")


def _subjects(form: Form, check: Check, path: str) -> None:
    found: list[object] = []
    for i, subject in enumerate(check.tables("subjects")):
        here = f"{path}[{i}]"
        _known_texts(subject, _SUBJECT, ("id", "name", "words"), here)
        _list_of_text(subject.get("cells"), f"{here}.cells")
        _cells(form, subject["cells"], f"{here}.cells")
        _compiles(subject["words"], f"{here}.words")
        require(subject["id"] not in found, path, f"{subject['id']!r} stands twice")
        found.append(subject["id"])


def _claims(form: Form, check: Check, path: str) -> None:
    """The claims of a `claims` rule: their words are patterns, their readings sums of cells with a name in texts."""
    found: list[object] = []
    for i, claim in enumerate(check.tables("claims")):
        here = f"{path}[{i}]"
        _known_texts({"unless": "", **claim}, _CLAIM, ("id", "unless"), here)
        for key in ("words", "readings"):
            _list_of_text(claim.get(key), f"{here}.{key}")
        for text_id in (*claim.get("texts", ()), *claim.get("nonzero", ())):
            require(text_id in form.texts, here, f"text {text_id!r} does not exist")
        for pattern in (*claim["words"], claim.get("unless", "")):
            _compiles(pattern, f"{here}.words")
        for expression in claim["readings"]:
            require(_is_sum(form, expression), f"{here}.readings", f"{expression!r} is no sum of cells")
        for owner in claim.get("after", ()):
            require(owner in found, f"{here}.after", f"{owner!r} is no claim before this one")
        require(claim["id"] not in found, path, f"{claim['id']!r} stands twice")
        found.append(claim["id"])
    require(not found or "received" in found, path, "needs a claim 'received'")
    for owner in check.words("divided"):
        require(owner in found, path.replace("claims", "divided"), f"{owner!r} is no claim")


def _is_sum(form: Form, expression: str) -> bool:
    try:
        found = terms(form, expression)
    except (KeyError, ValueError):
        return False
    return bool(found) and all(term.cells in form.sayings for term in found)


def _compiles(pattern: str, path: str) -> None:
    try:
        re.compile(filled(pattern))
    except re.error as error:
        raise FormError(path, f"is no regular expression: {error}") from error
