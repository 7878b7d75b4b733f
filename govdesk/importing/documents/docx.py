"""Reads a Word document (.docx): walks its paragraphs and tables with a cursor over the columns, as Word lays them out,
also where WPS or a converter wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from govdesk.importing.documents.docx_numbering import Numbering, Styles, child, children_by_name, number_of
from govdesk.importing.documents.docx_text import TextReader, chosen
from govdesk.importing.files.packages import TOO_MUCH, Package, attribute, local, parse_xml
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
    without_slivers,
)

_THROUGH = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "sect", "sub-section"))
_FRAME: Final = 4                    # cells of an inner table from which on the outer one is a frame around it
_SLIVER: Final = 60                  # twentieths of a point: three points
_LONG: Final = 200                   # characters of the only cell of a table that is a frame around prose


def read(data: bytes, kind: str = "Word 文件") -> Source:
    """The source of a .docx file. Raises UnreadableSourceError."""
    package = Package(data)
    main = _main_part(package)
    root = package.xml(main)
    folder = main.rpartition("/")[0]
    walk = _Walk(Styles(_part(package, f"{folder}/styles.xml")), Numbering(_part(package, f"{folder}/numbering.xml")))
    body = child(root, "body")
    if body is None:
        raise UnreadableSourceError("里面没有正文，不是一份 Word 文件，请核对文件")
    return make_source(kind, tuple(walk.blocks(body)), _said(walk, package.names))


def read_xml(data: bytes, kind: str = "Word 文件（XML）") -> Source:
    """The source of a Word document that is one XML file (2003, or “flat”)."""
    root = parse_xml(data)
    found = next((one for one in root.iter() if local(one) == "body"), None)
    parts = {name: next((one for one in root.iter() if local(one) == name), None) for name in ("styles", "numbering")}
    if found is None:
        raise UnreadableSourceError("里面没有正文，不是一份 Word 文件，请核对文件")
    walk = _Walk(Styles(parts["styles"]), Numbering(parts["numbering"]))
    return make_source(kind, tuple(walk.blocks(found)), _said(walk, ()))


def _main_part(package: Package) -> str:
    if package.has("_rels/.rels"):
        for relation in package.xml("_rels/.rels"):
            target = (attribute(relation, "Target") or "").lstrip("/")
            if (attribute(relation, "Type") or "").endswith("/officeDocument") and package.has(target):
                return target
    return "word/document.xml"


def _part(package: Package, name: str) -> Any:
    """The root of a part that may be absent or damaged: without it only styles and numbers are lost."""
    if not package.has(name):
        return None
    try:
        return package.xml(name)
    except UnreadableSourceError:
        return None


def _said(walk: _Walk, parts: Iterable[str]) -> Iterator[str]:
    yield from say_marks(walk.text.met, "文件")
    if walk.embedded:
        yield "文件里嵌着别的文件，没有读取。"
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        yield "文件里有宏，没有运行。"


class _Row(NamedTuple):
    """A row of a table: its cells with their first columns, and whether it was inserted by a revision or is hidden."""

    cells: tuple[tuple[int, int, Any], ...]
    revised: bool
    hidden: bool


class _Walk:
    """The walk over one document."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.text = TextReader(styles, numbering)
        self.embedded = 0
        self._tables = 0

    def blocks(self, parent: Any, *, in_cell: bool = False) -> Iterator[Item]:
        """The paragraphs and tables below an element, in order."""
        for element in parent:
            name = local(element)
            if name == "p":
                yield from self._paragraph(element, in_cell)
            elif name == "tbl":
                yield from self._table(element)
            elif name in _THROUGH:
                yield from self.blocks(element, in_cell=in_cell)
            elif name == "AlternateContent":
                yield from self.blocks(chosen(element), in_cell=in_cell)
            elif name == "altChunk":
                self.embedded += 1

    def _paragraph(self, element: Any, in_cell: bool) -> Iterator[Item]:
        paragraph, boxes = self.text.paragraph(element, in_cell=in_cell)
        if paragraph.text.strip() or paragraph.marks:
            yield paragraph
        for box in boxes:
            yield from self.blocks(box, in_cell=in_cell)

    def _table(self, element: Any) -> Iterator[Item]:
        self._tables += 1
        place = f"第 {self._tables} 张表"
        rows = _aligned(list(self._rows(element)))
        placed: list[tuple[int, int, int, list[Item], set[Mark]]] = []
        cells: list[Cell] = []
        open_: dict[int, int] = {}               # column → the cell that may reach down from there
        frame = False
        for r, row in enumerate(rows):
            for column, columns, cell in row.cells:
                properties = children_by_name(child(cell, "tcPr"))
                items = list(self.blocks(cell, in_cell=True))
                merge = _merge(properties)
                if merge == "continue" and self._reaches(cells, open_.get(column), r, columns):
                    self._lengthen(cells, open_[column], items)
                    continue
                inner = [item for item in items if isinstance(item, Table)]
                frame = frame or any(len(table.cells) >= _FRAME for table in inner)
                marks = _marks(items, row, properties)
                text = "" if row.hidden else _text(items)
                if row.hidden and _text(items).strip():
                    marks.add(Mark.HIDDEN)
                    self.text.met[Mark.HIDDEN] += 1
                if len(cells) > MOST_CELLS:
                    raise UnreadableSourceError(TOO_MUCH)
                placed.append((r, column, columns, items, marks))
                cells.append(Cell(r, column, clipped(text), 1, columns, frozenset(marks)))
                for covered in range(column, column + columns):
                    open_.pop(covered, None)
                if merge:
                    open_[column] = len(cells) - 1
        if frame or (len(cells) == 1 and len(cells[0].text) > _LONG):
            for *_, items, _ in placed:
                yield from items
        elif cells:
            yield Table(with_ragged_rows(without_slivers(cells, _slivers(element))), place)

    def _reaches(self, cells: Sequence[Cell], at: int | None, row: int, columns: int) -> bool:
        return at is not None and cells[at].row + cells[at].rows == row and cells[at].columns == columns

    def _lengthen(self, cells: list[Cell], at: int, items: Sequence[Item]) -> None:
        """A cell reaches one row further down; what is written below it Word does not show."""
        unseen = {Mark.HIDDEN} if _text(items).strip() else set()
        cells[at] = cells[at]._replace(rows=cells[at].rows + 1, marks=cells[at].marks | unseen)

    def _rows(self, table: Any, revised: bool = False) -> Iterator[_Row]:
        for element in table:
            name = local(element)
            if name in _THROUGH or name == "AlternateContent":
                inner = chosen(element) if name == "AlternateContent" else element
                yield from self._rows(inner, revised or name in ("ins", "moveTo"))
            elif name == "tr":
                properties = child(element, "trPr")
                if child(properties, "del") is not None:
                    self.text.met[Mark.REVISED] += 1
                    continue
                added = child(properties, "ins") is not None
                self.text.met[Mark.REVISED] += added
                yield _Row(tuple(self._cells(element, properties)), revised or added, _is_hidden_row(properties))

    def _cells(self, row: Any, properties: Any) -> Iterator[tuple[int, int, Any]]:
        column = max(0, number_of(child(properties, "gridBefore"))) if properties is not None else 0
        found: list[tuple[int, int, Any]] = []
        for cell in _cells_in(row):
            own = children_by_name(child(cell, "tcPr"))
            columns = min(max(1, number_of(own["gridSpan"], 1)), MOST_COLUMNS) if "gridSpan" in own else 1
            merge = own.get("hMerge")
            if merge is not None and attribute(merge, "val") != "restart" and found:
                at, wide, first = found[-1]
                found[-1] = (at, wide + columns, first)
            else:
                found.append((column, columns, cell))
            column += columns
            if column > MOST_COLUMNS:
                raise UnreadableSourceError(f"里面有一张表的列数超过 {MOST_COLUMNS}，没有读取，请核对文件")
        yield from found


def _cells_in(row: Any) -> Iterator[Any]:
    for element in row:
        name = local(element)
        if name == "tc":
            if child(child(element, "tcPr"), "cellDel") is None:
                yield element
        elif name in _THROUGH:
            yield from _cells_in(element)
        elif name == "AlternateContent":
            yield from _cells_in(chosen(element))


def _is_hidden_row(properties: Any) -> bool:
    found = child(properties, "hidden")
    return found is not None and (attribute(found, "val") or "true") not in ("0", "false", "off")


def _merge(properties: Mapping[str, Any]) -> str:
    """“restart” for the first cell of those that are merged downwards, “continue” for the others, “” for none."""
    found = properties.get("vMerge", properties.get("vmerge"))           # the latter: so Word 2003 writes it
    if found is None:
        return ""
    return "restart" if attribute(found, "val") == "restart" else "continue"


def _marks(items: Iterable[Item], row: _Row, properties: Mapping[str, Any]) -> set[Mark]:
    marks = {mark for item in items if isinstance(item, SourceParagraph) for mark in item.marks}
    inserted = "cellIns" in properties or "cellMerge" in properties
    return marks | ({Mark.REVISED} if row.revised or inserted else set())


def _text(items: Sequence[Item]) -> str:
    if len(items) == 1 and isinstance(items[0], SourceParagraph) and items[0].text.isalnum():
        return items[0].text                     # most cells hold a figure and nothing else
    pieces = [item.text if isinstance(item, SourceParagraph) else "\n".join(cell.text for cell in item.cells)
              for item in items]
    lines = (" ".join(line.split(" ")).strip(" \t\u3000") for piece in pieces for line in piece.split("\n"))
    return "\n".join(line for line in lines if line)


def _slivers(table: Any) -> set[int]:
    """The columns of a table that are narrower than a digit."""
    found = set()
    for i, column in enumerate(one for one in _inner(child(table, "tblGrid")) if local(one) == "gridCol"):
        width = attribute(column, "w") or ""
        if width.isascii() and width.isdigit() and int(width) < _SLIVER:
            found.add(i)
    return found


def _aligned(rows: list[_Row]) -> list[_Row]:
    """Rows whose spans do not come to the same width have their columns by the widths of their cells, where all state
    one: so Word shows them."""
    ends = {row.cells[-1][0] + row.cells[-1][1] for row in rows if row.cells}
    if len(ends) < 2:
        return rows
    edges = [_edges(row) for row in rows]
    if any(not one for one in edges):
        return rows
    near = _together([x for one in edges for x in one])
    if len({near[one[-1]] for one in edges}) > 1 or len({near[one[0]] for one in edges}) > 1:
        return rows
    return [row._replace(cells=tuple((near[one[i]], max(1, near[one[i + 1]] - near[one[i]]), cell)
                                     for i, (_, _, cell) in enumerate(row.cells)))
            for row, one in zip(rows, edges, strict=True)]


def _edges(row: _Row) -> list[int]:
    """Where the cells of a row begin, and where the last ends; empty where a cell states no width."""
    if not row.cells or row.cells[0][0] > 0:
        return []
    found = [0]
    for _, _, cell in row.cells:
        width = child(child(cell, "tcPr"), "tcW")
        if width is None or attribute(width, "type") not in ("dxa", None):
            return []
        try:
            found.append(found[-1] + max(1, int(float(attribute(width, "w") or ""))))
        except (ValueError, OverflowError):
            return []
    return found


def _together(edges: list[int]) -> dict[int, int]:
    """Edges numbered from left to right; those within a tenth of an inch are one."""
    found: dict[int, int] = {}
    number, last = -1, None
    for x in sorted(set(edges)):
        if last is None or x - last > 140:
            number, last = number + 1, x
        found[x] = number
    return found




def _inner(element: Any) -> Iterable[Any]:
    return () if element is None else element
