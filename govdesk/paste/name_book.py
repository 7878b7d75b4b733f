"""Holds the names of a form's rows, columns and groups: the labels that the form prints and those that offices use,
from a file beside the form. Pasting and importing look names up only here.

What is written is compared without blanks, punctuation and numbering, and with compatibility characters narrowed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from govdesk.base.paths import resources_folder
from govdesk.base.plain_text import RADICALS
from govdesk.form.form import Form, Grid, require
from govdesk.formfile import form_reader
from govdesk.formfile.borrowing import add_entries, fill_keys, read_like
from govdesk.formfile.toml_node import Node, read_toml

_REMEMBERED = 5_000                          # texts; a large block has fewer labels
MAX_NAME_CHARACTERS = 120                    # characters; what is longer is prose

_NOISE = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"^[（(【\[]?[一二三四五六七八九十\d]{1,3}(?:[）)】\]、．.:：]|(?<=\d)(?=[^\W\d]))+\s*")
# What is set behind a name and is no part of it: the mark of a note (①, *, [1], ^1) and the unit of the count.
_BEHIND = re.compile(r"(?:[*＊※†‡①-⑳⑴-⒇¹²³⁴-⁹]|\^[^\s^]{1,4}|"
                     r"[\[［【〔(（]\s*(?:注?\s*\d{1,2}|注|件|宗|件次|单位[:：]\s*件)\s*[\])）】〕])+\s*$")
_UNSEEN = " \t\r\n\u00a0\u3000\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"     # at the ends of a name
_PARTS = re.compile(r"[-－—–/／>＞:：·|｜\n]+|(?<=[^\W\d])\s+(?=[^\W])")


def narrow_radicals(text: str) -> str:
    """A text with the radicals that browsers and PDF readers give narrowed to the characters that they stand for; only
    these: width and punctuation stay."""
    if not any("\u2e80" <= c <= "\u2fdf" for c in text):
        return text
    plain = text.translate(RADICALS)
    return "".join(unicodedata.normalize("NFKC", c) if "\u2e80" <= c <= "\u2fdf" else c for c in plain)


@lru_cache(maxsize=_REMEMBERED)
def normalise_label(text: str) -> str:
    """The text as names are compared: compatibility characters and radicals narrowed, blanks and punctuation out."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text.translate(RADICALS))).casefold()


@lru_cache(maxsize=_REMEMBERED)
def without_number(text: str) -> str:
    """“（一）予以公开” and “1、予以公开” → “予以公开”."""
    return _NUMBERING.sub("", unicodedata.normalize("NFKC", text.translate(RADICALS)).strip(_UNSEEN))


class CommonWords(NamedTuple):
    """Words of the names file that concern all tables, normalised."""

    endings: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    within_group: frozenset[str] = frozenset()
    neutral: frozenset[str] = frozenset()
    passed_over: frozenset[str] = frozenset()
    other_times: frozenset[str] = frozenset()
    sums: frozenset[str] = frozenset()


class Meaning(NamedTuple):
    """What a label may stand for in one table: ids of rows, row groups, columns and column groups. `numbered`: it was
    written just as the form prints it, number included, so that “3.其他” is not any 其他. `generic`: it means a line
    only within its group."""

    rows: frozenset[str] = frozenset()
    row_groups: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    column_groups: frozenset[str] = frozenset()
    numbered: bool = False
    generic: bool = False

    @property
    def is_known(self) -> bool:
        return bool(self.rows or self.row_groups or self.columns or self.column_groups)

    @property
    def is_of_rows(self) -> bool:
        """Whether it can only be the name of a row or of a group of rows."""
        return bool(self.rows or self.row_groups) and not (self.columns or self.column_groups)

    @property
    def is_of_columns(self) -> bool:
        return bool(self.columns or self.column_groups) and not (self.rows or self.row_groups)


_Names = Mapping[str, frozenset[str]]
_OtherNames = Mapping[str, Mapping[str, tuple[str, ...]]]        # kind of line → its id → its further names


class TableNames:
    """The names of one table."""

    def __init__(self, grid: Grid, other: _OtherNames, words: CommonWords) -> None:
        """`other`: for “row”, “row_group”, “column” and “column_group”, the further names of each id."""
        self.grid, self.words = grid, words
        rows, columns = grid.rows, grid.columns
        row_groups = {g.id: g for block in grid.blocks for g in block.row_groups.values()}
        column_groups = {g.id: g for block in grid.blocks for g in block.column_groups.values()}
        self.row_group_of = {row.id: row.group for row in rows.values()}
        self.column_group_of = {column.id: column.group for column in columns.values()}
        self._numbered = frozenset(normalise_label(line.label) for line in (*rows.values(), *columns.values()))
        self._rows = _named(((line.label, line.name, line.said), line.id, other.get("row", {}))
                            for line in rows.values())
        self._columns = _named(((line.label, line.name, line.said), line.id, other.get("column", {}))
                               for line in columns.values())
        self._row_groups = _named(((g.label, g.said), g.id, other.get("row_group", {})) for g in row_groups.values())
        self._column_groups = _named(((g.label, g.said), g.id, other.get("column_group", {}))
                                     for g in column_groups.values())
        self._look_up = lru_cache(maxsize=_REMEMBERED)(self._read)     # large blocks ask for each often
        self._frame = frozenset(normalise_label(word) for block in grid.blocks
                                for word in (block.band, block.stub, grid.name, grid.title)) - {""}

    def compare(self, other: TableNames) -> dict[str, tuple[_Names, _Names]]:
        """For each kind of line its names here and in `other`."""
        return {"row": (self._rows, other._rows), "column": (self._columns, other._columns),
                "row_group": (self._row_groups, other._row_groups),
                "column_group": (self._column_groups, other._column_groups)}

    def total_of(self, row_groups: Iterable[str]) -> str:
        """The row that adds up one of the groups, so that the group's name may stand for it; “” where none does."""
        return next((row.id for row in self.grid.rows.values() if row.total_of in set(row_groups)), "")

    def is_frame(self, text: str) -> bool:
        """Whether a text belongs to the table but names no line of it: its title, a band, “数量”."""
        key = normalise_label(text)
        return key in self._frame or key in self.words.neutral or not normalise_label(without_number(text))

    def is_passed_over(self, text: str) -> bool:
        """Whether a head says that its column holds no figure of the form: 序号, 备注."""
        return normalise_label(text) in self.words.passed_over

    def is_sum(self, text: str) -> bool:
        return normalise_label(text) in self.words.sums

    def is_other_time(self, text: str) -> bool:
        """Whether a label says that the figures are of another time than the report: 上年同期."""
        return normalise_label(text) in self.words.other_times

    def is_part(self, text: str) -> bool:
        """Whether a label says of itself that it is a part of the row before: “其中：国家秘密”."""
        return any(normalise_label(text).startswith(word) for word in self.words.beginnings)

    def look_up(self, text: str) -> Meaning:
        """What a label may stand for; nothing (`is_known` is False) for one that this table has not."""
        return self._look_up(text)

    def _read(self, text: str) -> Meaning:
        if len(text) > MAX_NAME_CHARACTERS:
            return Meaning()
        whole = normalise_label(text)
        numbered = whole in self._numbered and whole != normalise_label(without_number(text))
        for key in self._spellings(text):
            found = Meaning(self._rows.get(key, frozenset()), self._row_groups.get(key, frozenset()),
                            self._columns.get(key, frozenset()), self._column_groups.get(key, frozenset()), numbered,
                            normalise_label(without_number(key)) in self.words.within_group)
            if found.is_known:
                return found
        return Meaning()

    def take_apart(self, text: str) -> list[str]:
        """“不予公开—国家秘密” as its two names; the text itself where it is one name or no names."""
        if len(text) > MAX_NAME_CHARACTERS or self.look_up(text).is_known:
            return [text]
        parts = [part for part in _PARTS.split(text.strip()) if normalise_label(part)]
        known = [self.look_up(part).is_known or normalise_label(part) in self.words.beginnings or self.is_frame(part)
                 for part in parts]
        return parts if len(parts) > 1 and all(known) else [text]

    def is_generic(self, text: str) -> bool:
        """Whether a name means a line only within its group."""
        return self.look_up(text).generic

    def _spellings(self, text: str) -> Iterator[str]:
        """The ways in which a text is looked up, the most exact first."""
        plain = _BEHIND.sub("", text.strip(_UNSEEN))
        keys = dict.fromkeys(key for way in (text, plain) for key
                             in (normalise_label(way), normalise_label(without_number(way)))
                             if key)
        yield from keys
        for key in list(keys):
            for beginning in self.words.beginnings:
                if key.startswith(beginning) and len(key) > len(beginning):
                    yield key.removeprefix(beginning)
            for ending in self.words.endings:
                if key.endswith(ending) and len(key) > len(ending) + 1:
                    yield key.removesuffix(ending)


def _named(lines: Iterable[tuple[tuple[str, ...], str, Mapping[str, tuple[str, ...]]]]) -> _Names:
    found: dict[str, set[str]] = {}
    for labels, line, others in lines:
        for label in (*labels, *others.get(line, ())):
            for key in {normalise_label(label), normalise_label(without_number(label))} - {""}:
                found.setdefault(key, set()).add(line)
    return {key: frozenset(ids) for key, ids in found.items()}


class NameBook:
    """The names of all tables of a form."""

    def __init__(self, form: Form, other: Mapping[str, _OtherNames],
                 words: CommonWords) -> None:
        self.tables = {grid.id: TableNames(grid, other.get(grid.id, {}), words) for grid in form.grids.values()}

    def of(self, grid: Grid) -> TableNames:
        return self.tables[grid.id]


_KINDS: Mapping[str, Callable[[Grid], Iterable[str]]] = {
    "row": lambda grid: grid.rows,
    "column": lambda grid: grid.columns,
    "row_group": lambda grid: [g for block in grid.blocks for g in block.row_groups],
    "column_group": lambda grid: [g for block in grid.blocks for g in block.column_groups],
}


@cache
def load_name_book(form_id: str) -> NameBook:
    """The names of an installed form; only its own labels where it has no names file. InstallationError for what is
    wrong with that file."""
    form, file = form_reader.load_form(form_id), resources_folder() / "names" / f"{form_id}.toml"
    if not file.is_file():
        return NameBook(form, {}, CommonWords())
    with form_reader.reading_installed_file(file):
        return read_name_book(file, form)


def read_name_book(file: Path, form: Form) -> NameBook:
    """The names in a TOML file. Raises FormError."""
    return parse_name_book(read_toml(file), form)


def parse_name_book(table: Mapping[str, Any], form: Form) -> NameBook:
    """The names in a parsed TOML table, held against their form. Raises FormError with the key path."""
    root = Node(dict(table), "")
    form_id = root.text("form")
    require(form_id == form.id, "form", f"{form_id!r} is not {form.id!r}")
    if like := root.text("like", ""):
        base = read_like("names", like)
        fill_keys(root, base, CommonWords._fields)
        for kind, ids in _KINDS.items():
            add_entries(root, base, kind, {f"{grid.id}/{line}" for grid in form.grids.values() for line in ids(grid)})
    words = {key: tuple(normalise_label(word) for word in root.texts(key)) for key in CommonWords._fields}
    common = CommonWords(words["endings"], words["beginnings"],
                         *(frozenset(words[key]) for key in CommonWords._fields[2:]))
    other: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    for kind, ids in _KINDS.items():
        for node in root.nodes(kind):
            grid_id, line, names = _entry(node, kind, ids, form)
            lines = other.setdefault(grid_id, {}).setdefault(kind, {})
            require(line not in lines, node.at("at"), f"{grid_id}/{line} stands twice")
            lines[line] = names
    root.done()
    book = NameBook(form, other, common)
    _refuse_shared_names(book, form)
    return book


def _entry(node: Node, kind: str, ids: Callable[[Grid], Iterable[str]], form: Form) -> tuple[str, str, tuple[str, ...]]:
    at = node.text("at")
    grid_id, _, line = at.partition("/")
    grid = form.grids.get(grid_id)
    require(grid is not None and line in ids(grid), node.at("at"), f"the form has no {kind} {at!r}")
    names = node.texts("names")
    require(names, node.at("names"), "is empty")
    require(all(normalise_label(name) for name in names), node.at("names"), "holds a name without a letter")
    node.done()
    return grid_id, line, names


def _refuse_shared_names(book: NameBook, form: Form) -> None:
    """A name of two rows, or of two columns, would name neither."""
    own = NameBook(form, {}, CommonWords())
    for grid_id, table in book.tables.items():
        for kind, (mine, printed) in table.compare(own.tables[grid_id]).items():
            shared = next((key for key, ids in mine.items() if len(ids) > 1 and ids != printed.get(key)), "")
            require(not shared, f"{kind} {grid_id}", f"the name {shared!r} is that of {sorted(mine.get(shared, ()))}")
