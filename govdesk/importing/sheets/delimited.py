"""Reads lists in plain text: .csv as spreadsheets write it, and tables whose cells are set apart by tabs or bars. Lines
without a separator are paragraphs."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from govdesk.importing.files.decoding import decode
from govdesk.importing.files.source import (
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
)

MOST_LINES: Final = 20_000
_SEPARATORS: Final = (",", "\t", ";", "|", "，")
_LEAST_LINES: Final = 4              # lines with as many separators that make a text a list


def separator_of(text: str) -> str:
    """What sets the cells of a text apart; “” where it is no list."""
    lines = text.splitlines()[:400]
    best = ""
    most = 0
    for sign in _SEPARATORS[:4]:
        count = sum(1 for line in lines if line.count(sign) >= 2)
        if count > most and count >= _LEAST_LINES:
            best, most = sign, count
    return best


def read(data: bytes) -> Source:
    """The source of such a file. Raises UnreadableSourceError."""
    text = decode(data).replace("\0", "")
    separator = separator_of(text)
    if not separator:
        raise UnreadableSourceError("里面没有用逗号或制表符分开的表，请核对文件")
    csv.field_size_limit(2**31 - 1)
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return make_source("表格文件（CSV）" if separator == "," else "文本文件", _items(plain, separator))


def _items(text: str, separator: str) -> Iterator[Item]:
    rows: list[list[str]] = []
    count = 0
    lines = [line.split("|") for line in text.split("\n")] if separator == "|" else csv.reader(
        io.StringIO(text), delimiter=separator)
    for number, line in enumerate(lines):
        if number > MOST_LINES:
            raise UnreadableSourceError(f"里面的行数超过 {MOST_LINES}，不像一份年报，没有读取，请核对文件")
        if len(line) > MOST_COLUMNS:
            raise UnreadableSourceError(f"里面有一行的列数超过 {MOST_COLUMNS}，不像一份年报，没有读取，请核对文件")
        written = [cell.strip() for cell in line]
        if separator == "|" and len(written) > 2 and not written[0] and not written[-1]:
            written = written[1:-1]                  # a table as Markdown writes it
        if separator == "|" and written and all(re.fullmatch(r":?-{2,}:?", cell) for cell in written):
            continue
        if separator == "|" and len(line) == 1:
            if rows:
                count += 1
                yield _table(rows, count, even=False)
                rows = []
            if written[0]:
                yield SourceParagraph(written[0])
        else:
            rows.append(written)
    if any(any(row) for row in rows):
        yield _table(rows, count + 1, even=separator != "|")


def _table(rows: list[list[str]], count: int, *, even: bool = True) -> Table:
    """`even`: places that merged cells cover are there, empty; otherwise a row that has fewer than others lost them."""
    uneven = not even and len({len(row) for row in rows}) > 1
    marks = frozenset({Mark.RAGGED}) if uneven else frozenset[Mark]()
    width = Counter(len(row) for row in rows).most_common(1)[0][0]
    width = max(width, *(max((i + 1 for i, cell in enumerate(row) if cell), default=0) for row in rows))
    return Table(tuple(Cell(r, c, clipped(row[c] if c < len(row) else ""), marks=marks) for r, row in enumerate(rows)
                       for c in range(width)), f"第 {count} 张表")
