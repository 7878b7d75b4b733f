"""What of a pasted block is label and what is figure, and which rows and columns of a table its labels name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from govdesk import tapes
from govdesk.blocks import Block, Row
from govdesk.form import Grid
from govdesk.numerals import NumeralError
from govdesk.records import Record

_NOISE = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"^[（(【]?[一二三四五六七八九十\d]{1,3}[）)】.、．]\s*")
_COUNTED = re.compile(r"[\d零〇一二两三四五六七八九十百千万亿件个份项宗次元约多余共无有没暂]+")
_LONGEST_LABEL = 120                         # characters; what is longer is prose


class BodyRow(Record):
    """A row with figures: the row of the table that its label names (“” where none does), its figures, and the column
    of the block that each stands in."""

    name: str
    figures: tuple[str, ...]
    columns: tuple[int, ...]


class Body(Record):
    """The figures of a block. `heads`: column of the block → column of the table, “” for a head that this table has
    not."""

    rows: tuple[BodyRow, ...]
    heads: Mapping[int, str]
    labels: int                              # texts that were taken for labels

    @property
    def named(self) -> bool:
        return 2 * sum(bool(row.name) for row in self.rows) >= len(self.rows) > 0

    @property
    def width(self) -> int:
        return max((len(row.figures) for row in self.rows), default=0)

    def headed(self, row: BodyRow) -> bool:
        """Whether the heads say of every figure of a row where it belongs."""
        written = [c for c, text in zip(row.columns, row.figures, strict=True) if text.strip()]
        named = [head for c in written if (head := self.heads.get(c))]
        return (len(set(self.heads.values()) - {""}) > 1 and all(c in self.heads for c in written)
                and len(set(named)) == len(named))


class Names:
    """The labels of a table, spelled so that blanks, numbering and punctuation make no difference."""

    def __init__(self, grid: Grid) -> None:
        self.rows = _spelled((label, row.id) for row in grid.rows.values() for label in (row.label, row.name))
        self.columns = _spelled((label, column.id) for column in grid.columns.values()
                                for label in (column.label, column.name))
        groups = (group.label for block in grid.blocks for group in (*block.row_groups.values(),
                                                                     *block.column_groups.values()))
        frame = (word for block in grid.blocks for word in (block.band, block.stub))
        self._others = _spelled((word, word) for word in (*groups, *frame, grid.name, grid.title))

    def is_label(self, text: str) -> bool:
        """A label of this table, or words that are no attempt at a figure."""
        key = _spell(text)
        if not key or len(text) > _LONGEST_LABEL:
            return False
        if any(key in known or _spell(_unnumbered(text)) in known for known in (self.rows, self.columns, self._others)):
            return True
        return not _COUNTED.fullmatch(key) and len(re.sub(r"[\W\d_]", "", key)) > 1 and not _is_figure(text)

    def row(self, text: str) -> str:
        return _look_up(self.rows, text)

    def column(self, text: str) -> str:
        return _look_up(self.columns, text)


def _spell(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _unnumbered(text: str) -> str:
    return _NUMBERING.sub("", text.strip())


def _spelled(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By whole label and by label without its number; what would mean two lines means none."""
    found: dict[str, str] = {}
    for label, line in labels:
        for key in {_spell(label), _spell(_unnumbered(label))} - {""}:
            found[key] = line if found.get(key, line) == line else ""
    return {key: line for key, line in found.items() if line}


def _look_up(known: Mapping[str, str], text: str) -> str:
    if len(text) > _LONGEST_LABEL:
        return ""
    return known.get(_spell(text)) or known.get(_spell(_unnumbered(text)), "")


def _is_figure(text: str) -> bool:
    try:
        return tapes.read(text, whole=False).value is not None
    except NumeralError:
        return False


def body_of(names: Names, block: Block) -> Body:
    """Takes a block apart. Rows of heads give the columns their names; blank rows at the end are none."""
    rows: list[BodyRow] = []
    heads: dict[int, str] = {}
    labels = 0
    for line in _without_end(block):
        edge, name = _stub(names, line)
        texts = [(i, text) for i, text in enumerate(line) if text is not None and i >= edge]
        written = [text for _, text in texts if text.strip()]
        words = sum(bool(text and text.strip()) for text in line[:edge])
        labels += words
        if words and not written and (words > 1 or not name):        # a row of heads
            for i, text in enumerate(line):
                if text and (names.column(text) or not heads.get(i)):
                    heads[i] = names.column(text)
            continue
        rows.append(BodyRow(name, tuple(text for _, text in texts), tuple(i for i, _ in texts)))
    return Body(tuple(rows), heads, labels)


def _stub(names: Names, line: Row) -> tuple[int, str]:
    """Where the figures of a row begin, right of its labels and of what they cover; and the row that these name."""
    edge, name = 0, ""
    for i, text in enumerate(line):
        if text is None or not text.strip():
            if text is None and edge == i:
                edge = i + 1                 # covered by the label before it
            continue
        if not names.is_label(text):
            break
        name, edge = names.row(text) or name, i + 1
    return edge, name


def _without_end(block: Block) -> Block:
    end = len(block)
    while end and not any(text and text.strip() for text in block[end - 1]):
        end -= 1
    return block[:end]
