"""Reads blocks of cells from the clipboard: tab-separated text, and the tables of an HTML page.

A block is rows of texts; `CoveredPlace` is a place that a cell to the left or above covers with its span. Reading takes
time in step with the length: clipboards hold broken pages and whole books.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from enum import Enum
from html.parser import HTMLParser
from typing import Final, NamedTuple


class CoveredPlace(NamedTuple):
    """A place that a cell covers with its span: the row and the column of that cell in the block."""

    row: int
    column: int


CellRow = tuple[str | CoveredPlace, ...]
CellBlock = tuple[CellRow, ...]

MAX_TEXT_CHARACTERS: Final = 1_000_000  # characters; the three tables of the form are some thousand
MAX_HTML_CHARACTERS: Final = 1_500_000  # word processors write ten times as much around the text
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 400, 100, 20_000
_KEPT: Final = 2_000                 # characters of a cell that are kept: enough to say what stood there

csv.field_size_limit(2**31 - 1)


class BlockError(ValueError):
    """No table can be read; the message is a sentence for the clerk."""


def block_from_text(text: str) -> CellBlock:
    """The rows of tab-separated text; quotes as a spreadsheet sets them."""
    if len(text) > MAX_TEXT_CHARACTERS:
        raise BlockError(_too_long(text))
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").rstrip("\n")
    lines = csv.reader(io.StringIO(plain), dialect="excel-tab")
    return _checked([tuple(cell[:_KEPT] for cell in line) or ("",) for line in lines]) if plain.strip("\n") else ()


def blocks_from_html(text: str) -> list[CellBlock]:
    """Every table of an HTML page or fragment, however broken, with its spans; an inner table is text of its cell."""
    if len(text) > MAX_HTML_CHARACTERS:
        raise BlockError(_too_long(text))
    reader = _Reader()
    reader.feed(_plain_tags(text))
    reader.close()
    reader.end_table()
    return [block for table in reader.tables if (block := _checked(_spread(table)))]


def _too_long(text: str) -> str:
    return f"剪贴板里有 {len(text) / 1_000_000:.1f} 百万字，不像一张表，没有填入。请只复制需要的那几格再粘贴"


def _checked(rows: Sequence[CellRow]) -> CellBlock:
    columns = max((len(row) for row in rows), default=0)
    if len(rows) > MOST_ROWS or columns > MOST_COLUMNS:
        raise BlockError(_TOO_LARGE)
    return tuple(rows)


_TOO_LARGE: Final = "剪贴板里的表比这一张大得多，没有填入。请只复制需要的那几格再粘贴"


def _plain_tags(text: str) -> str:
    """Only what lies within complete tags: comments and declarations out, among them those that HTMLParser refuses
    (Word's <![if …]>) or takes quadratic time for when they never end."""
    end = text.rfind(">") + 1
    pieces, at = [], 0
    while (start := text.find("<!--", at, end)) >= 0:
        pieces.append(text[at:start])
        close = text.find("-->", start + 4, end)
        at = close + 3 if close >= 0 else start + 4
        if close < 0:
            break                            # nor is there an end for a later one
    tail = text[end:]
    pieces += [text[at:end].replace("<!--", ""), tail if "<" not in tail else ""]
    return re.sub(r"<[!?][^>]*>", "", "".join(pieces))


class _Cell:
    """A cell being read: the pieces of its text, and how many columns and rows it covers."""

    def __init__(self, columns: int = 1, rows: int = 1) -> None:
        self.pieces: list[str] = []
        self.columns, self.rows = columns, rows

    @property
    def text(self) -> str:
        lines = "".join(self.pieces).replace("\u00a0", " ").split("\n")
        return "\n".join(line for line in (" ".join(part.split()) for part in lines) if line)[:_KEPT]


class _Apart(Enum):
    """Text within a cell that must not run together with its figure: 30 with a note “1” is not 301."""

    VOID = "void"                            # struck out, or never shown as it is written: left out
    RAISED = "raised"                        # the mark of a note: kept behind “^”


_VOID: Final = frozenset(("style", "script", "title", "del", "s", "strike", "select", "rt", "rp"))
_STRUCK: Final = re.compile(r"text-decoration[^;:]*:[^;]*line-through")
_RAISED: Final = re.compile(r"vertical-align\s*:\s*super")


def _set_apart(tag: str, attrs: dict[str, str | None]) -> _Apart | None:
    style = attrs.get("style") or ""
    if tag in _VOID or (tag != "td" and _STRUCK.search(style)):
        return _Apart.VOID
    return _Apart.RAISED if tag == "sup" or (tag != "td" and _RAISED.search(style)) else None


class _Reader(HTMLParser):
    """Collects tables as rows of cells. Ends that are left out are supplied as browsers do."""

    _BREAKS = frozenset(("br", "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "tr", "td", "th", "table", "caption",
                         "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[_Cell]]] = []
        self._table: list[list[_Cell]] | None = None
        self._cell: _Cell | None = None
        self._deep = self._cells = 0         # tables within the cell that is read; cells of the page
        self._set_apart: list[tuple[str, _Apart]] = []   # the elements that are open, the outer first

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        apart = _set_apart(tag, dict(attrs))
        if apart or (self._set_apart and self._set_apart[-1][0] == tag):
            self._set_apart.append((tag, apart or self._set_apart[-1][1]))
        if tag == "table" and self._cell is not None:
            self._deep += 1
        elif self._deep:
            self._break(tag)
        elif tag == "table":
            self.end_table()
            self._table = []
        elif tag == "tr":
            self._cell = None
            self._set_apart.clear()          # what nobody ended ends with the row
            self._table = [] if self._table is None else self._table
            self._table.append([])
        elif tag in ("td", "th"):
            self._begin_cell(dict(attrs))
        else:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._set_apart and self._set_apart[-1][0] == tag:
            self._set_apart.pop()
        if self._deep:
            self._deep -= tag == "table"
            self._break(tag)
        elif tag == "table":
            self.end_table()
        elif tag in ("td", "th", "tr"):
            self._cell = None
        else:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if self._cell is None or any(apart is _Apart.VOID for _, apart in self._set_apart):
            return
        plain = data.replace("\r", " ").replace("\n", " ")           # how the source is set means nothing
        self._cell.pieces.append(f"^{plain}" if self._set_apart and plain.strip() else plain)

    def end_table(self) -> None:
        if self._table:
            self.tables.append(self._table)
        self._table = self._cell = None

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        self._set_apart.clear()
        self._table = [] if self._table is None else self._table
        if not self._table:
            self._table.append([])
        self._cell = _Cell(_span(attrs.get("colspan"), MOST_COLUMNS), _span(attrs.get("rowspan"), MOST_ROWS))
        self._table[-1].append(self._cell)
        self._cells += 1
        if self._cells > MOST_CELLS or len(self._table[-1]) > MOST_COLUMNS:
            raise BlockError(_TOO_LARGE)

    def _break(self, tag: str) -> None:
        if self._cell is not None and tag in self._BREAKS:
            self._cell.pieces.append("\n")


def _span(written: str | None, most: int) -> int:
    digits = (written or "").strip()
    return max(1, min(int(digits), most)) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 1


def _spread(table: list[list[_Cell]]) -> list[CellRow]:
    """The places of a table, covered ones with the place of the cell that covers them. Rows without a place are out."""
    rows: list[dict[int, str | CoveredPlace]] = [{} for _ in table]
    for at, line in enumerate(table):
        column = 0
        for cell in line:
            while column in rows[at]:
                column += 1
            if column + cell.columns > MOST_COLUMNS:
                raise BlockError(_TOO_LARGE)
            for r in range(at, min(at + cell.rows, len(rows))):
                rows[r].update((column + i, CoveredPlace(at, column)) for i in range(cell.columns))
            rows[at][column] = cell.text
            column += cell.columns
    width = max((max(row, default=-1) + 1 for row in rows), default=0)
    kept = [at for at, row in enumerate(rows) if row]
    now = {at: i for i, at in enumerate(kept)}
    return [tuple(_moved(rows[at].get(column, ""), now) for column in range(width)) for at in kept]


def _moved(place: str | CoveredPlace, now: dict[int, int]) -> str | CoveredPlace:
    """A place whose rows are counted anew."""
    return CoveredPlace(now[place.row], place.column) if isinstance(place, CoveredPlace) else place
