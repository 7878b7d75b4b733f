"""What a reader gets of a PDF: text, page pictures, structure. Only with libraries that come with the tests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
from PIL import Image

from govdesk.document.document import Document
from govdesk.export.pdf import render
from govdesk.fonts.font_set import FontSet
from govdesk.typeset.layout import lay_out
from govdesk.typeset.page import Pages
from tests.export.export_sheets import report

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
SCALE = 4                            # pixels a point


def fonts() -> FontSet:
    return FontSet.bundled(FONTS)


def pages_of(document: Document) -> Pages:
    return lay_out(document, fonts())


def pdf_of(document: Document) -> bytes:
    return render(pages_of(document), document)


@cache
def report_pdf() -> bytes:
    return pdf_of(report())


def page_texts(data: bytes) -> list[str]:
    """Text of each page in the order in which it is drawn."""
    file = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in file]


def flat(data: bytes) -> str:
    """All text without blanks and line ends, without page numbers."""
    return "".join("".join(text.split()) for text in page_texts(data))


def pictures(data: bytes) -> Iterator[Image.Image]:
    yield from map(picture_of, pypdfium2.PdfDocument(data))


def picture_of(page: pypdfium2.PdfPage) -> Image.Image:
    return page.render(scale=SCALE, grayscale=True).to_pil()


def ink(picture: Image.Image, left: float, top: float, right: float, bottom: float) -> bool:
    """Whether anything is drawn in a box, in millimetres from the top left corner of the paper."""
    mm = SCALE * 72 / 25.4
    box = picture.crop(tuple(round(value * mm) for value in (left, top, right, bottom)))
    return box.getextrema()[0] < 128


def reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(data))


def elements(data: bytes) -> list[Any]:
    """Structure elements in reading order."""
    found: list[Any] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if not isinstance(node, dict) or "/S" not in node:
            return
        found.append(node)
        kids = node.get("/K", ())
        for kid in kids if isinstance(kids, list) else ():    # else it is marked content
            walk(kid)

    for kid in reader(data).trailer["/Root"]["/StructTreeRoot"]["/K"]:
        walk(kid)
    return found


def tags(data: bytes) -> list[str]:
    return [str(element["/S"])[1:] for element in elements(data)]


def lines_of(document: Document) -> list[str]:
    """The lines of a document's text blocks as they stand on paper, top to bottom."""
    found: dict[tuple[int, int], list[tuple[float, str]]] = {}
    for page in pages_of(document).pages:
        for piece in page.pieces:
            for run in piece.runs:
                if piece.block >= 0:
                    found.setdefault((page.number, round(run.y / 5)), []).append((run.x, run.text))
    return ["".join(text for _, text in sorted(runs)) for _, runs in sorted(found.items())]
