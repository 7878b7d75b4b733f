"""Holds what a writer of a format returns."""

from __future__ import annotations

from typing import NamedTuple

from govdesk.typeset.page import FaceUse, MissingGlyph, Pages


class RenderedFile(NamedTuple):
    """A document in a file format, not yet in a file. Formats without pages of their own say 0; `laid_out` is what
    was drawn, where the document was laid out."""

    data: bytes
    pages: int = 0
    doubts: tuple[MissingGlyph, ...] = ()
    faces: tuple[FaceUse, ...] = ()
    laid_out: Pages | None = None
    layout: str = ""
