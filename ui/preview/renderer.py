"""The very pages of the PDF as pictures: composed, laid out and rendered off the GUI thread, after the edits.

One worker does everything, under the lock of PDFium; what became stale meanwhile is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from govdesk.base.errors import UserError
from govdesk.base.pdfium import PDFIUM
from govdesk.document.style import Style
from govdesk.session.session import Snapshot
from ui.common.worker import Worker

if TYPE_CHECKING:
    from govdesk.document.document import Document
    from govdesk.form.form import Form
    from govdesk.typeset.page import Pages

DELAY = 400                                  # ms without an edit before the pages are made anew
POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PreviewPages:
    """A finished PDF: its bytes, the size of each page in points, the page on which each head or table begins, and how
    many characters of what is written under each head stand on which page."""

    data: bytes
    sizes: tuple[tuple[float, float], ...]
    begins: Mapping[str, int]
    under: Mapping[str, Mapping[int, int]]

    def page_of(self, anchor: str, share: float = 0.0) -> int | None:
        """Where a head begins, or where so much of what is written under it is behind."""
        counts = self.under.get(anchor, {})
        if not share or not counts:
            return self.begins.get(anchor)
        left = share * sum(counts.values())
        for page, count in counts.items():
            left -= count
            if left <= 0:
                return page
        return max(counts)


class PreviewMaker(QObject):
    """Makes the pages while somebody wants them, and again after each edit."""

    made = Signal(object)                    # PreviewPages
    failed = Signal(str)

    def __init__(self, now: Callable[[], Snapshot], style: Style, parent: QObject | None = None) -> None:
        """`now` gives the report as it is; whoever changes it calls `note_change`."""
        super().__init__(parent)
        self._now, self._style = now, style
        self.generation = 0
        self._worker = Worker("preview", self)
        self._open: Any = None               # the PdfDocument, for the worker only
        self._wanted_by: set[int] = set()    # ids of the widgets that show pages
        self._made: PreviewPages | None = None
        self._stale = self._closed = self._busy = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._make)

    def want(self, who: QObject, *, wanted: bool) -> PreviewPages | None:
        """Note whether `who` looks at pages: they are made only while somebody does. Gives those that are there, if
        they are as the report is now."""
        (self._wanted_by.add if wanted else self._wanted_by.discard)(id(who))
        if wanted and (self._stale or self._made is None):
            self._make()
            return None
        return self._made

    def set_style(self, style: Style) -> None:
        if style != self._style:
            self._style = style
            self.note_change()

    def note_change(self, *_: object) -> None:
        """Make the pages anew when the edits pause."""
        if self._closed:
            return
        self._stale = True
        if self._wanted_by:
            self._timer.start(DELAY)         # begins anew with every key, so typing is not held up

    def _make(self) -> None:
        if self._busy:
            self._timer.start(DELAY)
            return
        self._busy, self._stale = True, False
        snap, style = self._now(), self._style
        self._worker.run(lambda: make_preview_pages(snap, style), self._done, self._broke)

    def _done(self, made: PreviewPages) -> None:
        self._busy = False
        if self._closed:                     # the draft was left while its pages were being made
            return
        self.generation += 1
        self._made = made
        self._worker.run(lambda: self._open_document(made.data), lambda _: self.made.emit(made), self._broke)

    def _broke(self, error: BaseException) -> None:
        self._busy = False
        self.failed.emit(error.sentence if isinstance(error, UserError) else f"预览没有做成（{type(error).__name__}）")

    def _open_document(self, data: bytes) -> None:
        import pypdfium2

        with PDFIUM:
            if self._open is not None:
                self._open.close()
            self._open = pypdfium2.PdfDocument(data)

    def request_page(self, index: int, scale: float, show: Callable[[QImage], None]) -> None:
        """Have a page drawn at `scale` device pixels a point; `show` is given it unless the pages were made anew."""
        if self._closed:
            return
        generation = self.generation
        self._worker.run(lambda: render_page(self._open, index, scale) if generation == self.generation else None,
                         lambda image: self._rendered(generation, image, show), self._broke)

    def _rendered(self, generation: int, image: QImage | None, show: Callable[[QImage], None]) -> None:
        if image is not None and generation == self.generation and not self._closed:
            show(image)

    def close(self) -> None:
        self._timer.stop()
        self._closed = True
        self._worker.run(self._close_document, lambda _: None, lambda _: None)
        self._worker.wait()

    def _close_document(self) -> None:
        if self._open is not None:
            with PDFIUM:
                self._open.close()
            self._open = None


def make_preview_pages(snap: Snapshot, style: Style) -> PreviewPages:
    """The PDF of a report as bytes, by the same steps as an export."""
    from govdesk.base.paths import resources_folder
    from govdesk.document.document import GridBlock, Heading
    from govdesk.export.formats import PDF_FORMAT
    from govdesk.printing.compose import compose
    from govdesk.typeset.watch import UNWATCHED

    document = compose(snap, style)
    written = PDF_FORMAT.write(document, resources_folder() / "fonts", style, UNWATCHED)
    pages = written.laid_out
    assert pages is not None
    grids = (f"{grid_id}/table" for grid_id in snap.form.grids)
    names = {i: (block.anchor if isinstance(block, Heading) else next(grids))
             for i, block in enumerate(document.blocks) if isinstance(block, Heading | GridBlock)}
    begins: dict[str, int] = {}
    for index, page in enumerate(pages.pages):
        for piece in page.pieces:
            if piece.block in names:
                begins.setdefault(names[piece.block], index)
    return PreviewPages(written.data, measure_pages(written.data), begins, _under(snap.form, document, pages))


def _under(form: Form, document: Document, pages: Pages) -> dict[str, dict[int, int]]:
    """Characters by head and page. What is written before the first head belongs to the first section."""
    from govdesk.document.document import Heading, Paragraph

    at, heads = form.sections[0].id, {section.id for section in form.sections} | set(form.texts)
    head_of: dict[int, str] = {}
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading) and block.anchor in heads:
            at = block.anchor
        elif isinstance(block, Heading | Paragraph):
            head_of[number] = at
    found: dict[str, dict[int, int]] = {}
    for index, page in enumerate(pages.pages):
        for piece in page.pieces:
            if piece.block in head_of:
                counts = found.setdefault(head_of[piece.block], {})
                counts[index] = counts.get(index, 0) + sum(len("".join(run.text.split())) for run in piece.runs)
    return found


def measure_pages(data: bytes) -> tuple[tuple[float, float], ...]:
    """Width and height of every page in points, as it is looked at."""
    import pypdfium2

    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            return tuple(document.get_page_size(i) for i in range(len(document)))
        finally:
            document.close()


def render_page(document: Any, index: int, scale: float,
                crop: tuple[float, float, float, float] = (0, 0, 0, 0)) -> QImage:
    """Draw a page as a picture of its own; `crop` is what is left off (left, bottom, right, top) in points."""
    with PDFIUM:
        page = document[index]
        try:
            bitmap = page.render(scale=scale, crop=crop, rev_byteorder=False, prefer_bgrx=True)
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride,
                           QImage.Format.Format_RGB32)
            return image.copy()
        finally:
            page.close()
