"""What must hold of any finished PDF: read back equal by its tags, nothing on top of anything, every rule whole."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from govdesk.document.document import Document, GridBlock, Heading, PageBreak, Paragraph, SignatureBlock, Title
from govdesk.export import pdf_canvas
from govdesk.export.pdf import render
from govdesk.fonts.characters import clean_text
from govdesk.typeset.page import Pages
from tests.export.export_measuring import MM, Char, measured
from tests.export.export_reading import SCALE, elements, picture_of, reader

OVER = 0.3                           # mm of ink on ink, both ways, that an eye would see
DARK = 160


def squeezed(text: str) -> str:
    return "".join(clean_text(text).split())


def expected(document: Document) -> list[str]:
    """The texts of a document in the order of reading, one an element; blank ones are left out."""
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, GridBlock):
            found += [cell.text for row in block.rows for cell in row]
        elif isinstance(block, SignatureBlock):
            found += [block.organ, block.date]
        elif isinstance(block, Title | Heading | Paragraph):
            found.append(block.text)
        else:
            assert isinstance(block, PageBreak)
    return [text for text in map(squeezed, found) if text]


def read_back(data: bytes) -> list[str]:
    """The text of each element of the structure tree, in its order, as pdfium reads the marked content."""
    marks = dict(_marked_texts(data))
    numbers = {page.indirect_reference.idnum: i for i, page in enumerate(reader(data).pages)}
    found = []
    for element in elements(data):
        text = "".join(marks.get(place, "") for place in _marks_of(element, numbers))
        if text:
            found.append("".join(text.split()))
    return found


def _marks_of(element: Any, numbers: dict[int, int]) -> Iterator[tuple[int, int]]:
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            yield numbers[element.raw_get("/Pg").idnum], int(kid)
        elif isinstance(kid, dict) and "/MCID" in kid:
            yield numbers[kid.raw_get("/Pg").idnum], int(kid["/MCID"])


def _marked_texts(data: bytes) -> Iterator[tuple[tuple[int, int], str]]:
    for number, page in enumerate(pypdfium2.PdfDocument(data)):
        texts: dict[int, str] = {}
        read = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
            if mark >= 0:
                texts[mark] = texts.get(mark, "") + _text(item.raw, read.raw)
        yield from (((number, mark), text) for mark, text in texts.items())


def _text(item: Any, page: Any) -> str:
    length = pdfium.FPDFTextObj_GetText(item, page, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(item, page, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[:length].decode("utf-16-le").rstrip("\0")


def bare(pages: Pages, document: Document) -> bytes:
    """The file without texts that stand for what is drawn, so that every character is where it is drawn."""
    kept = pdf_canvas.TaggedCanvas.read_as
    pdf_canvas.TaggedCanvas.read_as = lambda _self, _text: nullcontext()
    try:
        return render(pages, document)
    finally:
        pdf_canvas.TaggedCanvas.read_as = kept


def overlaps(pages: Pages, document: Document) -> list[str]:
    """Characters whose ink lies on other ink: another character's or a rule's."""
    data = bare(pages, document)
    found: list[str] = []
    for number, (chars, rules) in enumerate(zip(measured(data), drawn_rules(data), strict=True), 1):
        found += [f"page {number}: {said}" for said in (*_on_characters(chars), *_on_rules(chars, rules))]
    return found


def _on_characters(chars: list[Char]) -> Iterator[str]:
    chars = sorted((c for c in chars if c.box[2] > c.box[0]), key=lambda c: c.box[1])
    for i, one in enumerate(chars):
        for other in chars[i + 1:]:
            if other.box[1] > one.box[3] - OVER:
                break
            wide = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
            high = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
            if wide > OVER and high > OVER:
                yield f"{one.char} {other.char} at {one.box} {other.box}"


def _on_rules(chars: list[Char], rules: list[tuple[float, float, float, float]]) -> Iterator[str]:
    for left, top, right, bottom in rules:
        for char in chars:
            a, b, c, d = char.box
            if a < right - 0.02 and c > left + 0.02 and b < bottom - 0.02 and d > top + 0.02:
                yield f"{char.char} at {char.box} on the rule {left, top, right, bottom}"


def drawn_rules(data: bytes) -> list[list[tuple[float, float, float, float]]]:
    """Left, top, right, bottom in mm of every stroke of each page."""
    found = []
    for page in pypdfium2.PdfDocument(data):
        height = page.get_height()
        boxes = [item.get_bounds() for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH])]
        found.append([(a / MM, (height - d) / MM, c / MM, (height - b) / MM) for a, b, c, d in boxes])
    return found


def torn_rules(pages: Pages, data: bytes) -> list[str]:
    """Rules of the layout that are not ink from end to end on the picture, and tables that are open on a side."""
    found = []
    file = pypdfium2.PdfDocument(data)
    assert len(file) == len(pages.pages)
    for page in (page for page in pages.pages if page.rules):
        dark = picture_of(file[page.number - 1]).point(lambda value: 255 if value < DARK else 0)
        for rule in page.rules:
            box = [round(v * SCALE) for v in (rule.x0, rule.y0, rule.x1, rule.y1)]
            if rule.x0 == rule.x1:
                strip = dark.crop((box[0] - 2, box[1], box[0] + 3, max(box[3], box[1] + 1)))
                projected = strip.resize((1, strip.height), 4)
            else:
                strip = dark.crop((box[0], box[1] - 2, max(box[2], box[0] + 1), box[1] + 3))
                projected = strip.resize((strip.width, 1), 4)
            if projected.getextrema()[0] == 0:
                found.append(f"page {page.number}: {rule}")
        found += [f"page {page.number}: {said}" for said in _open_sides(page.rules)]
    return found


def _open_sides(rules: list[Any]) -> Iterator[str]:
    """Each table on a page is closed all round: what begins or ends a column or a row of rules is a whole side."""
    for table in _tables(rules):
        left, right = min(r.x0 for r in table), max(r.x1 for r in table)
        top, bottom = min(r.y0 for r in table), max(r.y1 for r in table)
        for side in ((left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom),
                     (right, top, right, bottom)):
            drawn = [(rule.x0, rule.y0, rule.x1, rule.y1) for rule in table]
            if not any(all(abs(a - b) < 0.1 for a, b in zip(side, ends, strict=True)) for ends in drawn):
                yield f"no side {side}"


def _tables(rules: list[Any]) -> Iterator[list[Any]]:
    """Rules of one table each: tables of a page lie one below the other, with a gap between."""
    ordered = sorted(rules, key=lambda r: r.y0)
    table, foot = [ordered[0]], ordered[0].y1
    for rule in ordered[1:]:
        if rule.y0 > foot + 0.5:
            yield table
            table = []
        table.append(rule)
        foot = max(foot, rule.y1)
    yield table
