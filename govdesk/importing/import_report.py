"""A report out of a source: its tables, texts and cover, with what is in doubt, missing and left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from govdesk.base.bounds import MAX_FOREIGN_DIGITS, MAX_NOTE, MAX_TEXT
from govdesk.base.numerals import Value, dump_value
from govdesk.form.form import Address, Form
from govdesk.formfile.form_choice import form_of_year
from govdesk.importing import cut_tables, locate, matching, paper_form, sections
from govdesk.importing.confidence import CellRead, CellSpot, judge
from govdesk.importing.cover import of_file_name
from govdesk.importing.files.source import Source, SourceParagraph, UnreadableSourceError
from govdesk.importing.locate import Located, Piece
from govdesk.paste import name_book
from govdesk.paste.name_book import NameBook
from govdesk.report.report import Entry, Key, Layer, Report, build_report
from govdesk.report.sources import IMPORT_DOUBT

_LEAST_PARTS: Final = 3                # of the six that a text without tables must have to be a report
_OF_PAGES: Final = ("PDF 文件", "OFD 文件")
_LEAST_NAMES: Final = 3                # lines that name rows of a table from which on it stands there without lines
_WITHOUT_FIGURES = re.compile(r"[\d\s.,/—－-]+")


class Imported(NamedTuple):
    """What was read: `form`: of the paper; `cells`: every cell with a figure, totals included; `missing`: input cells
    that have none; `left_over`: what has no cell, in words; `said`: what whoever imports it should know; `spots`: where
    in `source` each cell was found, also those without a figure; `source`: as the tables were matched, None for a file
    of ours."""

    form: str
    organ: str
    year: int | None
    cells: dict[Address, CellRead]
    missing: tuple[Address, ...]
    left_over: tuple[str, ...]
    said: tuple[str, ...]
    report: Report
    spots: Mapping[Address, CellSpot] = MappingProxyType({})
    source: Source | None = None

    @property
    def doubtful(self) -> list[Address]:
        return [address for address, cell in self.cells.items() if not cell.is_sure]

    @property
    def is_sure(self) -> bool:
        return not self.doubtful and not self.left_over


def import_report(source: Source, stem: str = "") -> Imported:
    """The report that a source holds; `stem`: of the file's name. Raises UnreadableSourceError where it holds none."""
    form = paper_form.find_form(source)
    found = _read(source, form or paper_form.newest_form(), stem)
    if form is None and (of_year := form_of_year(found.year)).id != found.form:
        return _read(source, of_year, stem)
    return found


def _read(source: Source, form: Form, stem: str) -> Imported:
    """The report as one of a form."""
    names = name_book.load_name_book(form.id)
    source = cut_tables.with_equal_columns(names, source)
    located = locate.find(form, names, source)
    unread = _tables_without_lines(names, source, located)
    prose = sections.share_out(source, located.rows, lambda text: _is_label(names, text), unread)
    if not located.reports and not _is_of_disclosure(prose):
        raise UnreadableSourceError(f"{source.kind}里没有找到年报的三张表，也没有年报的六个部分，请核对是不是这份文件")
    prose = prose._replace(cover=of_file_name(stem, prose.cover))
    pieces = [piece for pieces in (located.reports[0].values() if located.reports else ()) for piece in pieces]
    several = len(located.reports) > 1
    read = _figures(form, names, pieces, "文件里有几份年报的表，只读了第一份" if several else "")
    year = int(prose.cover.year) if prose.cover.year else None
    said = [*source.said, *prose.cover.said, *prose.said, *_of_tables(form, located, year)]
    if unread:
        said.append("有的表没有画出表格线，认不出哪个数在哪一格，没有读取，请向对方要 Word 或有表格线的文件。")
    cells = {address: read.cells[address] for grid in form.grids.values() for address in grid.addresses
             if address in read.cells}
    missing = tuple(address for grid in form.grids.values() for address in grid.inputs if address not in cells)
    return Imported(form.id, prose.cover.organ, year, cells, missing, tuple(read.left),
                    tuple(dict.fromkeys(said)), _report(form, cells, prose), read.spots, source)


def _is_of_disclosure(prose: sections.Prose) -> bool:
    """Whether prose without a table is that of a report on disclosure: other yearly reports have heads like ours."""
    own = {"proactive", "requests", "disputes"}.intersection(prose.parts)
    return len(prose.parts) >= _LEAST_PARTS and len(own) > 1 and any("公开" in text for text in prose.texts.values())


def _tables_without_lines(names: NameBook, source: Source, located: Located) -> set[str]:
    """The tables of a file of pages that were not found, where names of rows of one stand in its lines: cells on a page
    are known by the lines around them."""
    if source.kind not in _OF_PAGES:
        return set()
    found = {grid for report in located.reports for grid in report}
    lines = {_WITHOUT_FIGURES.sub("", item.text) for item in source.items if isinstance(item, SourceParagraph)}
    lost = {grid: table for grid, table in names.tables.items() if grid not in found}
    met = [sum(bool(line) and table.look_up(line).is_known for line in lines) for table in lost.values()]
    return set(lost) if max(met, default=0) >= _LEAST_NAMES else set()


def _is_label(names: NameBook, text: str) -> bool:
    return any(table.look_up(text).is_known or table.is_frame(text) for table in names.tables.values())


class _Figures(NamedTuple):
    cells: dict[Address, CellRead]
    left: list[str]
    spots: dict[Address, CellSpot]


def _figures(form: Form, names: NameBook, pieces: Sequence[Piece], also: str) -> _Figures:
    placed: list[matching.Placed] = []
    left: list[str] = []
    lone: list[tuple[str, str, str]] = []
    for piece in pieces:
        found = matching.match(names.of(piece.grid), piece)
        placed += found.placed
        left += found.left
        lone += found.lone_groups
    judged = judge(form, placed, lone, also)
    return _Figures(judged.cells, [*left, *judged.left], judged.spots)


def _of_tables(form: Form, located: Located, year: int | None) -> Iterator[str]:
    if len(located.reports) > 1:
        yield f"文件里有 {len(located.reports)} 份年报的表，只读了第一份，各格都请核对。"
    yield from paper_form.describe_form(form, year)
    found = {grid for report in located.reports for grid in report}
    if lacking := [grid.name for grid in form.grids.values() if grid.id not in found]:
        yield f"没有找到{'、'.join(lacking)}，这{'几张表' if len(lacking) > 1 else '张表'}空着。"


def _report(form: Form, cells: dict[Address, CellRead], prose: sections.Prose) -> Report:
    """The report as it can be kept: figures, totals as the paper states them, texts, cover, each doubt as a note."""
    cover = prose.cover
    facts: dict[Key, Entry] = {
        "organ.name": cover.organ, "year": cover.year, "issued_on": cover.issued_on, "contact.office": cover.office,
        "contact.address": cover.address, "contact.phone": cover.phone}
    kept = {address: cell for address, cell in cells.items() if _is_in_bounds(cell.value)}
    values: dict[Key, Entry] = {a: cell.value for a, cell in kept.items() if a in form.input_cells}
    stated: dict[Key, Entry] = {a: cell.value for a, cell in kept.items() if a not in form.input_cells}
    notes: dict[Key, Entry] = {a: f"{IMPORT_DOUBT}{cell.reason}（{cell.source}）"[:MAX_NOTE] for a, cell in kept.items()
                               if not cell.is_sure}
    texts: dict[Key, Entry] = {key: _plain(text)[:MAX_TEXT] for key, text in prose.texts.items()}
    return build_report(form.id, {Layer.COVER: facts, Layer.VALUES: values, Layer.STATED: stated, Layer.NOTES: notes,
                                  Layer.TEXTS: texts})


def _is_in_bounds(value: Value) -> bool:
    return not isinstance(value, Decimal) or len(dump_value(value)) <= MAX_FOREIGN_DIGITS


def _plain(text: str) -> str:
    """A text without control characters, and without the signs in which a live figure of ours is written."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
