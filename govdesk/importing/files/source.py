"""The neutral source: what every reader makes of a file, tables as grids of spanned cells and paragraphs, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Final, NamedTuple

MOST_CELLS: Final = 30_000           # of a file; the three tables of the form have some 400
MOST_COLUMNS: Final = 120            # of a table
MOST_TABLES: Final = 400
MOST_TEXT: Final = 2_000_000         # characters of a file; a long report has 30,000
_CELL_TEXT: Final = 2_000            # characters of a cell that are kept beside a table


class UnreadableSourceError(Exception):
    """A file that cannot be read; the message says what is wrong and what to do, without the name of the file."""


class Mark(Enum):
    """What a reader met in a cell or a paragraph that leaves its text in doubt, in the words of the reason."""

    REVISED = "这里有未接受的修订，按接受修订后的内容读取"
    HIDDEN = "这里有隐藏的文字，没有读取"
    STRUCK = "这里有划去的文字，没有读取"
    TORN = "这里的数字被拆成了几段，是拼起来的"
    OVERLAP = "这一格和别的格重叠"
    RAGGED = "这一行的格数和别的行不一样"
    FORMULA = "这一格是公式，文件里没有保存它的结果"
    TWICE = "这里的字重叠着写了两遍"
    JOINED = "这张表跨页，续表没有表头"
    LOST = "这里有认不出的字"


class PageBox(NamedTuple):
    """A part of a page of the file, in points from the top left of the page as it is read (`Source.turns`)."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Cell(NamedTuple):
    """A cell at its first place in the grid, counted from 0, with its span. `box`: where it is drawn, in a file of
    pages."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    marks: frozenset[Mark] = frozenset()
    box: PageBox | None = None


class Table(NamedTuple):
    """A grid of cells. `place`: where it stands, in words. `exact`: whether the file itself says which cell is which;
    otherwise they were found by lines and positions on a page."""

    cells: tuple[Cell, ...]
    place: str
    exact: bool = True
    page: int = 0

    @property
    def height(self) -> int:
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((cell.column + cell.columns for cell in self.cells), default=0)


class SourceParagraph(NamedTuple):
    """A paragraph of text; `level`: of a heading, from 1, else 0; `number`: what automatic numbering puts before it."""

    text: str
    place: str = ""
    level: int = 0
    marks: frozenset[Mark] = frozenset()
    page: int = 0


Item = SourceParagraph | Table


class Source(NamedTuple):
    """A file as it was read. `kind`: what it is, in words; `said`: sentences for whoever imports it; `turns`: by how
    many quarters clockwise each page of a PDF was turned to be read."""

    kind: str
    items: tuple[Item, ...]
    said: tuple[str, ...] = ()
    title: str = ""
    turns: tuple[int, ...] = ()

    @property
    def tables(self) -> list[Table]:
        return [item for item in self.items if isinstance(item, Table)]


def check_size(items: Iterable[Item]) -> None:
    """Raises UnreadableSourceError where a file holds far more than a report."""
    tables = cells = text = 0
    for item in items:
        if isinstance(item, Table):
            tables += 1
            cells += len(item.cells)
            text += sum(len(cell.text) for cell in item.cells)
        else:
            text += len(item.text)
    if tables > MOST_TABLES or cells > MOST_CELLS or text > MOST_TEXT:
        raise UnreadableSourceError("里面的表或文字比一份年报多得多，没有读取，请只留下年报再试")


def make_source(kind: str, items: Iterable[Item], said: Iterable[str] = (), title: str = "",
                turns: tuple[int, ...] = ()) -> Source:
    """The source of what a reader found. Raises UnreadableSourceError where that is far more than a report."""
    found = tuple(items)
    check_size(found)
    return Source(kind, found, tuple(said), clipped(title), turns)


def say_marks(met: Counter[Mark], where: str) -> Iterator[str]:
    """Sentences on what a reader left out or took as accepted; `where`: 文件 or 网页."""
    for mark, what in _SAID.items():
        if met[mark]:
            yield f"{where}里有 {met[mark]} 处{what}。"


_SAID: Final = {Mark.REVISED: "修订痕迹没有接受，按接受修订后的内容读取", Mark.HIDDEN: "隐藏的文字，没有读取",
                Mark.STRUCK: "划去的文字，没有读取"}


def clipped(text: str) -> str:
    """A cell's text as far as it is kept."""
    return text[:_CELL_TEXT]


def without_slivers(cells: list[Cell], slivers: set[int]) -> list[Cell]:
    """The cells without columns that are too narrow to hold anything: programs that lay a table out anew leave them
    where edges were rounded apart. A column in which a text stands alone stays."""
    gone = sorted(slivers - {cell.column for cell in cells if cell.columns == 1 and cell.text})
    if not gone:
        return cells

    def before(column: int) -> int:
        return sum(1 for one in gone if one < column)

    found = []
    for cell in cells:
        within = sum(1 for one in gone if cell.column <= one < cell.column + cell.columns)
        if within < cell.columns:
            found.append(cell._replace(column=cell.column - before(cell.column), columns=cell.columns - within))
    return found


def with_ragged_rows(cells: list[Cell]) -> tuple[Cell, ...]:
    """The cells, those of rows that do not reach just as far as most rows marked."""
    covered: dict[int, int] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.rows):
            covered[row] = covered.get(row, 0) + cell.columns
    if not covered:
        return ()
    width = Counter(covered.values()).most_common(1)[0][0]
    return tuple(cell if covered[cell.row] == width else cell._replace(marks=cell.marks | {Mark.RAGGED})
                 for cell in cells)
