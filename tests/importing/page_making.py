"""Writes a report that is laid out as paragraphs and tables onto pages: as OFD, and as PDF by drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

from tests.importing.file_making import zipped
from tests.importing.made_reports import Layout, Part, Place

WIDE, HIGH, MARGIN = 210.0, 297.0, 20.0       # millimetres
LINE, TYPE = 7.0, 4.2


class Text(NamedTuple):
    x: float
    y: float
    text: str
    size: float = TYPE


class Line(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float


Mark = Text | Line


def pages(parts: Iterable[Part], room: float = HIGH - 2 * MARGIN) -> list[list[Mark]]:
    """Texts and lines page by page; tables are broken over page ends between rows."""
    found: list[list[Mark]] = [[]]
    y = MARGIN

    def next_page() -> None:
        nonlocal y
        found[-1].append(Text(WIDE / 2, HIGH - 12, f"- {len(found)} -"))
        found.append([])
        y = MARGIN

    for part in parts:
        if isinstance(part, str):
            for line in _lines(part):
                if y + LINE > MARGIN + room:
                    next_page()
                found[-1].append(Text(line.x, y + LINE - 2, line.text))
                y += LINE
            continue
        heights = _heights(part)
        cuts = _cuts(heights, MARGIN + room - y, room)
        for first, last in pairwise(cuts):
            if first == last:
                next_page()
                continue
            found[-1] += _piece(part, (first, last), heights, y, cuts)
            y += sum(heights[first:last])
            if last < part.rows:
                next_page()
        y += 3
    found[-1].append(Text(WIDE / 2, HIGH - 12, f"- {len(found)} -"))
    return found


def _cuts(heights: list[float], left: float, room: float) -> list[int]:
    """The rows before which a page ends, with the first and the last; twice 0 where no row has room on the first."""
    cuts = [0]
    while cuts[-1] < len(heights):
        last = cuts[-1]
        while last < len(heights) and sum(heights[cuts[-1]:last + 1]) <= left:
            last += 1
        cuts.append(last)
        left = room
    return cuts


def _parts(place: Place, cuts: list[int]) -> list[tuple[int, int]]:
    """The runs of rows on one page that a cell covers."""
    return [(max(place.row, first), min(place.row + place.rows, last)) for first, last in pairwise(cuts)
            if max(place.row, first) < min(place.row + place.rows, last)]


def _lines(text: str) -> Iterator[Text]:
    x, line = MARGIN + 2 * TYPE, ""
    for sign in text:
        if x + _wide(line + sign, TYPE) > WIDE - MARGIN:
            yield Text(x, 0, line)
            x, line = MARGIN, ""
        line += sign
    yield Text(x, 0, line)


def _wide(text: str, size: float) -> float:
    return sum(size * (0.5 if c.isascii() else 1) for c in text)


def _widths(table: Layout) -> list[float]:
    whole = WIDE - 2 * MARGIN
    if table.columns == 10:
        return [10.0, 18.0, 44.0, *[(whole - 72) / 7] * 7]
    return [whole / table.columns] * table.columns


def _fitted(text: str, width: float, size: float) -> list[str]:
    most = max(1, int((width - 1) / size))
    lines: list[str] = []
    for line in text.split("\n"):
        if line.isascii():
            lines.append(line)
        else:
            lines += [line[at:at + most] for at in range(0, len(line), most)] or [""]
    return lines


SMALL = 3.0


def _heights(table: Layout) -> list[float]:
    widths = _widths(table)
    heights = [6.0] * table.rows
    for place in table.places:
        if place.rows == 1:
            lines = _fitted(place.text, sum(widths[place.column:place.column + place.columns]), SMALL)
            heights[place.row] = max(heights[place.row], len(lines) * (SMALL + 0.6) + 2)
    return heights


def _piece(table: Layout, rows: tuple[int, int], heights: list[float], top: float, cuts: list[int]) -> Iterator[Mark]:
    first, last = rows
    widths = _widths(table)
    xs = [MARGIN + sum(widths[:i]) for i in range(table.columns + 1)]
    ys = {r: top + sum(heights[first:r]) for r in range(first, last + 1)}
    for place in table.places:
        begin, end = max(place.row, first), min(place.row + place.rows, last)
        if begin >= end:
            continue
        x0, x1, y0, y1 = xs[place.column], xs[place.column + place.columns], ys[begin], ys[end]
        yield from (Line(x0, y0, x1, y0), Line(x0, y1, x1, y1), Line(x0, y0, x0, y1), Line(x1, y0, x1, y1))
        lines = _fitted(place.text, x1 - x0, SMALL)
        if end - begin < place.rows:                     # the text stands in the tallest part
            tallest = max((sum(heights[a:b]), -a) for a, b in _parts(place, cuts))
            if -tallest[1] != begin:
                continue
        middle = (y0 + y1) / 2 - len(lines) * (SMALL + 0.6) / 2
        for i, line in enumerate(lines):
            wide = _wide(line, SMALL)
            begin_x = (x0 + x1 - wide) / 2 if place.figure else x0 + 0.8
            yield Text(begin_x, middle + (i + 1) * (SMALL + 0.6) - 0.9, line, SMALL)


def ofd(parts: Iterable[Part]) -> bytes:
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    made = pages(parts)
    files: dict[str, str | bytes] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {space} Version="1.0"><ofd:DocBody><ofd:DocInfo/>'
                   "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {WIDE} {HIGH}'
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>" + "".join(
            f'<ofd:Page ID="{i + 1}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(made)))
        + "</ofd:Pages></ofd:Document>"}
    for i, page in enumerate(made):
        objects = "".join(map(_object, page))
        files[f"Doc_0/Pages/Page_{i}/Content.xml"] = (
            f'<ofd:Page {space}><ofd:Content><ofd:Layer ID="9">{objects}</ofd:Layer></ofd:Content></ofd:Page>')
    return zipped(files)


def _object(mark: Mark) -> str:
    if isinstance(mark, Line):
        wide, high = mark.x1 - mark.x0, mark.y1 - mark.y0
        return (f'<ofd:PathObject ID="1" Boundary="{mark.x0} {mark.y0} {wide} {high}" LineWidth="0.2">'
                f"<ofd:AbbreviatedData>M 0 0 L {wide} {high}</ofd:AbbreviatedData></ofd:PathObject>")
    steps = " ".join(str(mark.size * (0.5 if c.isascii() else 1)) for c in mark.text[:-1])
    across = f' DeltaX="{steps}"' if steps else ""
    box = f"{mark.x} {mark.y - mark.size} {len(mark.text) * mark.size} {mark.size * 1.2}"
    return (f'<ofd:TextObject ID="2" Boundary="{box}" Font="1" Size="{mark.size}">'
            f'<ofd:TextCode X="0" Y="{mark.size}"{across}>'
            f"{escape(mark.text)}</ofd:TextCode></ofd:TextObject>")


def pdf(parts: Iterable[Part], font: str, *, turn: int = 0, bold: bool = False, room: float = HIGH - 2 * MARGIN,
        draw: Callable[[object, Mark], bool] | None = None) -> bytes:
    """`font`: a TrueType file with Chinese. `turn`: quarters by which each page is stored turned and told to be shown
    upright; `bold`: every text is printed twice, a little apart; `draw` may draw a mark itself."""
    import io

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("T", font))
    point = 72 / 25.4
    out = io.BytesIO()
    size = (WIDE * point, HIGH * point)
    canvas = Canvas(out, pagesize=size)          # reportlab turns it itself
    for page in pages(parts, room):
        if turn:
            canvas.setPageRotation(turn * 90)
            turns = {1: (0, 1, -1, 0, size[1], 0), 2: (-1, 0, 0, -1, *size), 3: (0, -1, 1, 0, 0, size[0])}
            canvas.transform(*turns[turn])
        for mark in page:
            if draw and draw(canvas, mark):
                continue
            if isinstance(mark, Line):
                canvas.setLineWidth(0.5)
                canvas.line(mark.x0 * point, (HIGH - mark.y0) * point, mark.x1 * point, (HIGH - mark.y1) * point)
            else:
                canvas.setFont("T", mark.size * point)
                for shift in (0, 0.25) if bold else (0,):
                    canvas.drawString(mark.x * point + shift, (HIGH - mark.y) * point, mark.text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
