"""Draws the pages of a PDF as they were read, so that a cell of the source can be framed on its page."""

from __future__ import annotations

from typing import Any, NamedTuple

from govdesk.base.pdfium import PDFIUM

_LARGEST_SIDE = 6000                 # pixels of a picture


class PagePicture(NamedTuple):
    """A page in pixels of four bytes (blue, green, red, unused); `scale`: pixels a point."""

    width: int
    height: int
    stride: int
    data: bytes
    scale: float


class PdfPictures:
    """A PDF of which pages are drawn. `turns`: as the source tells them."""

    def __init__(self, data: bytes, turns: tuple[int, ...]) -> None:
        self._data, self._turns = data, turns
        self._document: Any = None
        self._closed = False

    def draw(self, number: int, width: int) -> PagePicture:
        """Page `number`, counted from 1, as wide as so many pixels. Raises ValueError where the file has no such
        page, or is closed."""
        import pypdfium2

        with PDFIUM:
            if self._closed:
                raise ValueError("closed")
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._data)
            if not 0 < number <= len(self._document):
                raise ValueError(number)
            page = self._document[number - 1]
            try:
                return _draw(page, self._turns[number - 1] if number <= len(self._turns) else 0, width)
            finally:
                page.close()

    def close(self) -> None:
        """Lets go of the file."""
        with PDFIUM:
            self._closed = True
            if self._document is not None:
                self._document.close()
                self._document = None


def _draw(page: Any, quarter: int, width: int) -> PagePicture:
    """All of the paper, whatever part of it a viewer would show: the reader counts from its edges."""
    box = page.get_mediabox()
    page.set_cropbox(*box)
    wide, high = box[2] - box[0], box[3] - box[1]
    wide, high = (wide, high) if quarter % 2 == 0 else (high, wide)
    scale = min(width, _LARGEST_SIDE) / wide
    scale = min(scale, _LARGEST_SIDE / high)
    page.set_rotation(quarter * 90 % 360)
    bitmap = page.render(scale=scale, rev_byteorder=False, prefer_bgrx=True)
    return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), scale)
