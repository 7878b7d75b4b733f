"""The finished PDF measured with pdfium: every character with its place, size and face, in millimetres of the paper."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from govdesk.document.document import Document
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.export.pdf import render
from govdesk.fonts.font_set import FontSet
from govdesk.typeset.layout import lay_out
from tests.export.export_reading import FONTS

MM = 72 / 25.4
HALF = 1.0                           # mm below which two base lines are one line


@dataclass(frozen=True)
class Char:
    """`x`, `y`: origin on the base line; `box`: ink (left, top, right, bottom). From the top left corner, in mm."""

    char: str
    x: float
    y: float
    size: float                      # points
    font: str
    box: tuple[float, float, float, float]


def styled(document: Document, style: Style = PLAIN_STYLE) -> bytes:
    return render(lay_out(document, FontSet.of(FONTS, style), style), document)


def measured(data: bytes) -> list[list[Char]]:
    """The characters of each page in the order of reading, without blanks."""
    return [_page(page) for page in pypdfium2.PdfDocument(data)]


def _page(page: pypdfium2.PdfPage) -> list[Char]:
    text, height = page.get_textpage(), page.get_height()
    found = []
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if code <= 32 or 0xD800 <= code < 0xDC00 or pdfium.FPDFText_IsGenerated(text, i) == 1:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        left, bottom, right, top = text.get_charbox(i)
        box = (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)
        found.append(Char(chr(code), x.value / MM, (height - y.value) / MM,
                          pdfium.FPDFText_GetFontSize(text, i), _font(text, i), box))
    return found


def _font(text: pypdfium2.PdfTextPage, i: int) -> str:
    buffer = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, i, buffer, 128, ctypes.c_int())
    return buffer.value.decode().partition("+")[2] or buffer.value.decode()


def lines(chars: list[Char]) -> list[list[Char]]:
    """Characters by base line, top to bottom, each from left to right. The faces of one line have base lines that
    differ by a little."""
    found: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: c.y):
        if not found or char.y - found[-1][0].y > HALF:
            found.append([])
        found[-1].append(char)
    return [sorted(line, key=lambda c: c.x) for line in found]


def said(line: list[Char]) -> str:
    return "".join(char.char for char in line)


def find(chars: list[Char], text: str) -> list[Char]:
    """The characters of the first place where `text` is read."""
    at = said(chars).find(text)
    assert at >= 0, text
    return chars[at:at + len(text)]
