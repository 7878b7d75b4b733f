"""Reads RTF, as older programs write it, often under the name .doc: paragraphs, and tables by the edges of their
cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from govdesk.importing.files.packages import TOO_MUCH
from govdesk.importing.files.source import (
    MOST_CELLS,
    MOST_COLUMNS,
    Cell,
    Item,
    Mark,
    Source,
    SourceParagraph,
    Table,
    UnreadableSourceError,
    clipped,
    make_source,
    say_marks,
    with_ragged_rows,
)

_TOKEN = re.compile(rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|"
                    rb"([^\\{}\r\n]+)|[\r\n]+")
_MOST_TOKENS: Final = 2_000_000
_LARGEST: Final = 16 << 20
_NEAR: Final = 60                    # twentieths of a point between edges that are one
_DEEPEST: Final = 400
_SKIPPED: Final = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "headerl", "headerr", "headerf", "footer", "footerl",
    "footerr", "footerf", "footnote", "annotation", "fldinst", "object", "objdata", "listtable", "listoverridetable",
    "revtbl", "rsidtbl", "generator", "themedata", "colorschememapping", "datastore", "latentstyles", "xmlnstbl",
    "mmathPr", "nonesttables", "bkmkstart", "bkmkend", "pnseclvl", "private", "template", "author", "title"))
_SIGNS: Final = {"tab": "\t", "line": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
                 "ldblquote": "“", "rdblquote": "”", "bullet": "·", "enspace": " ", "emspace": "\u3000"}


class _Look(NamedTuple):
    """What holds within a group."""

    skip: bool = False
    hidden: bool = False
    struck: bool = False
    revised: bool = False
    deleted: bool = False
    raised: bool = False
    number: bool = False             # the text of automatic numbering
    unicode_skip: int = 1


class _Edge(NamedTuple):
    """A cell of a row's definition: where it ends, and whether it goes on from above, or from the cell at its left."""

    right: int
    begins: bool = False
    goes_on: bool = False
    joined: bool = False


class _Row(NamedTuple):
    left: int
    edges: tuple[_Edge, ...]
    texts: tuple[tuple[str, frozenset[Mark]], ...]


def read(data: bytes) -> Source:
    """The source of an RTF file. Raises UnreadableSourceError."""
    if len(data) > _LARGEST:
        raise UnreadableSourceError(TOO_MUCH)
    walk = _Walk(_encoding(data))
    for count, token in enumerate(_TOKEN.finditer(data)):
        if count > _MOST_TOKENS:
            raise UnreadableSourceError(TOO_MUCH)
        walk.take(token)
    walk.end_paragraph(in_table=False)
    walk.end_table()
    return make_source("RTF 文件", walk.items, say_marks(walk.met, "文件"))


def _encoding(data: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d{3,5})", data[:2000])
    page = found[1].decode() if found else "936"
    return "gb18030" if page == "936" or b"\\fcharset134" in data else f"cp{page}"


class _Walk:
    """The walk over one file; `items` in order."""

    def __init__(self, encoding: str) -> None:
        self.items: list[Item] = []
        self._encoding = encoding
        self._look = _Look()
        self._groups: list[_Look] = []
        self._bytes = bytearray()
        self._text: list[str] = []
        self._marks: set[Mark] = set()
        self.met: Counter[Mark] = Counter()
        self._to_skip = 0
        self._in_table = self._starred = False
        self._left, self._edges, self._next = 0, list[_Edge](), _Edge(0)
        self._cells: list[tuple[str, frozenset[Mark]]] = []
        self._rows: list[_Row] = []
        self._inner_cells: list[tuple[str, frozenset[Mark]]] = []       # of a table within a cell
        self._inner_rows: list[_Row] = []
        self._tables = self._count = 0

    def take(self, token: re.Match[bytes]) -> None:
        word, number, byte, sign, brace, plain = token.groups()
        if brace:
            self._group(brace == b"{")
        elif word:
            self._word(word.decode("ascii"), int(number) if number else None)
        elif byte:
            self._put(bytes([int(byte, 16)]))
        elif sign:
            self._sign(sign)
        elif plain:
            self._put(plain)

    # -- text

    def _group(self, begins: bool) -> None:
        self._flush()
        self._starred = False
        if begins:
            if len(self._groups) > _DEEPEST:
                raise UnreadableSourceError(TOO_MUCH)
            self._groups.append(self._look)
        elif self._groups:
            self._look = self._groups.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif sign in b"\\{}":
            self._put(sign)
        elif sign == b"~":
            self._write(" ")
        elif sign in b"\r\n":
            self.end_paragraph(in_table=self._in_table)

    def _put(self, data: bytes) -> None:
        if self._to_skip:
            dropped = min(self._to_skip, len(data))
            self._to_skip -= dropped
            data = data[dropped:]
        self._starred = False
        if data and not self._look.skip:
            self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            text = self._bytes.decode(self._encoding, "replace")
            self._bytes.clear()
            self._write(text)

    def _write(self, text: str) -> None:
        look = self._look
        if look.skip or (look.number and self._in_table):
            return
        gone = (Mark.REVISED if look.deleted else Mark.HIDDEN if look.hidden else Mark.STRUCK if look.struck else None)
        if text.strip() and (gone or look.revised):
            self._marks.add(gone or Mark.REVISED)
            self.met[gone or Mark.REVISED] += 1
        if gone is None:
            self._text.append(f"^{text}" if look.raised and text.strip() else text)

    def _word(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._flush()
            self._write(chr(number % 65536) if not 0xD800 <= number % 65536 < 0xE000 else "\ufffd")
            self._to_skip = self._look.unicode_skip
            return
        self._flush()
        self._to_skip = 0
        if word in _SKIPPED or (self._starred and word not in ("shppict", "shpinst", "nesttableprops")):
            self._look = self._look._replace(skip=True)
        elif word == "shptxt":
            self._look = self._look._replace(skip=False)
        elif word in ("listtext", "pntext"):
            self._look = self._look._replace(number=True)
        elif word == "uc":
            self._look = self._look._replace(unicode_skip=min(max(number or 0, 0), 4))
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif not self._look_word(word, number != 0):
            self._table_word(word, number or 0)
        self._starred = False

    def _look_word(self, word: str, on: bool) -> bool:
        names = {"v": "hidden", "strike": "struck", "striked": "struck", "revised": "revised", "deleted": "deleted",
                 "super": "raised"}
        if word == "plain":
            self._look = self._look._replace(hidden=False, struck=False, revised=False, deleted=False, raised=False)
        elif word == "nosupersub":
            self._look = self._look._replace(raised=False)
        elif word in names:
            self._look = self._look._replace(**{names[word]: on})
        return word in names or word in ("plain", "nosupersub")

    # -- paragraphs and tables

    def _table_word(self, word: str, number: int) -> None:
        if self._look.skip:
            return
        if word in ("par", "sect", "page"):
            self.end_paragraph(in_table=self._in_table)
        elif word == "nestcell":
            self._inner_cells.append(self._end_cell())
        elif word == "nestrow":
            self._inner_rows.append(_Row(self._left, tuple(self._edges), tuple(self._inner_cells)))
            self._inner_cells = []
        elif word == "pard":
            self._in_table = False
        elif word == "intbl":
            self._in_table = True
        elif word == "trowd":
            self._left, self._edges, self._next = 0, [], _Edge(0)
        elif word == "trleft":
            self._left = number
        elif word in ("clvmgf", "clvmrg", "clmrg"):
            name = {"clvmgf": "begins", "clvmrg": "goes_on", "clmrg": "joined"}[word]
            self._next = self._next._replace(**{name: True})
        elif word == "cellx":
            self._edges.append(self._next._replace(right=number))
            self._next = _Edge(0)
            if len(self._edges) > MOST_COLUMNS:
                raise UnreadableSourceError(f"里面有一张表的列数超过 {MOST_COLUMNS}，没有读取，请核对文件")
        elif word == "cell":
            self._cells.append(self._end_cell())
            self._add_table(self._inner_rows)
            self._inner_rows = []
        elif word == "row":
            self._rows.append(_Row(self._left, tuple(self._edges), tuple(self._cells)))
            self._cells = []

    def _end_cell(self) -> tuple[str, frozenset[Mark]]:
        self._count += 1
        if self._count > MOST_CELLS:
            raise UnreadableSourceError(TOO_MUCH)
        found = self._taken(), frozenset(self._marks)
        self._marks.clear()
        return found

    def _taken(self) -> str:
        lines = ("".join(self._text)).replace("\u00a0", " ").split("\n")
        self._text.clear()
        return "\n".join(line.strip(" \t\u3000") for line in lines if line.strip(" \t\u3000"))

    def end_paragraph(self, *, in_table: bool) -> None:
        self._flush()
        if in_table:
            self._text.append("\n")
            return
        self.end_table()
        text = "".join(self._text)
        self._text.clear()
        if text.strip() or self._marks:
            self.items.append(SourceParagraph(text, marks=frozenset(self._marks)))
        self._marks.clear()

    def end_table(self) -> None:
        rows, self._rows = self._rows, []
        self._add_table(rows)

    def _add_table(self, rows: Sequence[_Row]) -> None:
        if rows:
            self._tables += 1
            if cells := _laid_out(rows):
                self.items.append(Table(with_ragged_rows(cells), f"第 {self._tables} 张表"))


def _laid_out(rows: Sequence[_Row]) -> list[Cell]:
    """The cells of a table by the edges of all its rows."""
    places: dict[int, int] = {}
    last: int | None = None
    count = -1
    for x in sorted({x for row in rows for x in (row.left, *(one.right for one in row.edges))}):
        if last is None or x - last > _NEAR:
            last, count = x, count + 1
        places[x] = count
    cells: list[Cell] = []
    open_: dict[tuple[int, int], int] = {}
    for r, row in enumerate(rows):
        left = row.left
        for edge, (text, marks) in zip(row.edges, row.texts, strict=False):
            column, columns = places[left], max(1, places[edge.right] - places[left])
            left = edge.right
            at = open_.get((column, columns))
            if edge.joined and cells and cells[-1].row == r:
                cells[-1] = cells[-1]._replace(columns=cells[-1].columns + columns)
            elif edge.goes_on and at is not None and cells[at].row + cells[at].rows == r:
                unseen = {Mark.HIDDEN} if text else set()
                cells[at] = cells[at]._replace(rows=cells[at].rows + 1, marks=cells[at].marks | unseen)
            else:
                cells.append(Cell(r, column, clipped(text), 1, columns, marks))
                open_[column, columns] = len(cells) - 1
    return cells
