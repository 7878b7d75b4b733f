"""Shows the pages of a PDF as they are, and frames the cell that is spoken of; pages are drawn by a worker."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from govdesk.importing.confidence import CellSpot
from govdesk.importing.files.source import PageBox
from govdesk.importing.pages.pdf_pictures import PagePicture, PdfPictures
from govdesk.importing.review import FileReading
from ui.common.shortcuts import add_shortcuts
from ui.common.theme import current_colours
from ui.common.worker import Worker
from ui.widgets.basics import fill_with_column, make_button, make_label

REDRAW_MS = 150                              # after the last change of size
LARGE = 1.7                                  # times the width of the pane, when enlarged
AROUND = 3                                   # pixels between a cell and its frame
SCROLL_BAR = 12


class PageCanvas(QWidget):
    """One page with a frame on it; white paper until its picture is there."""

    def __init__(self) -> None:
        super().__init__()
        self.picture: QImage | None = None
        self.frame: QRectF | None = None     # as parts of the page's width and height
        self.setAccessibleName("原件的页面")

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor("white"))
        if self.picture is not None:
            painter.drawImage(self.rect(), self.picture)
        if self.frame is not None:
            accent = QColor(current_colours().accent)
            accent.setAlpha(30)
            box = self.framed()
            painter.fillRect(box, accent)
            painter.setPen(QPen(QColor(current_colours().accent), 2.5))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(box, 3, 3)

    def framed(self) -> QRectF:
        """Where the frame is, in pixels."""
        if self.frame is None:
            return QRectF()
        box = QRectF(self.frame.x() * self.width(), self.frame.y() * self.height(), self.frame.width() * self.width(),
                     self.frame.height() * self.height())
        return box.adjusted(-AROUND, -AROUND, AROUND, AROUND)


class PdfSource(QWidget):
    """A page at a time, as wide as the pane or enlarged."""

    def __init__(self, reading: FileReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = PdfPictures(reading.data, reading.source.turns)
        self.pages = len(reading.source.turns)
        self.page, self._asked = 1, 0
        self._box: PageBox | None = None     # what is framed
        self._worker = Worker("source pages", self)
        self.canvas = PageCanvas()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName("原件，PDF 页面")
        self.area.setWidget(self.canvas)
        column = fill_with_column(self)
        column.addLayout(self._bar())
        column.addWidget(self.area, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask)
        self.destroyed.connect(self._pictures.close)
        add_shortcuts("source_page", self, (lambda: self.turn(-1), lambda: self.turn(1)))
        self._write()

    def _bar(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 4)
        back, on = make_button("‹", lambda: self.turn(-1), "flat"), make_button("›", lambda: self.turn(1), "flat")
        back.setAccessibleName("原件上一页")
        on.setAccessibleName("原件下一页")
        self.where = make_label("", "quiet")
        self.large_button = make_button("放大", self._ask_now)
        self.large_button.setCheckable(True)
        for part in (back, self.where, on):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.large_button)
        return row

    # -- which page

    def light(self, spot: CellSpot | None) -> bool:
        """Turns to the page of a cell and frames it. False where the cell has no place on a page."""
        box = spot.cell.box if spot is not None else None
        self._box = box
        if box is None:
            self.canvas.frame = None
            self.canvas.update()
            return spot is None
        self._turn_to(box.page)
        return True

    def show_page(self, number: int) -> None:
        """Turns to a page without a frame."""
        self._box = None
        self._turn_to(number)

    def turn(self, by: int) -> None:
        """So many pages on or back."""
        self._turn_to(self.page + by)

    def _turn_to(self, number: int) -> None:
        number = min(max(1, number), self.pages)
        if number != self.page:
            self.page, self.canvas.picture = number, None
        self._write()
        self._ask_now()

    def _write(self) -> None:
        self.where.setText(f"第 {self.page} 页，共 {self.pages} 页")

    # -- its picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start(REDRAW_MS)

    def _ask_now(self) -> None:
        self._later.stop()
        self._ask()

    def _ask(self) -> None:
        if not self.isVisible():
            self._later.start(REDRAW_MS)
            return
        self._asked += 1
        number, asked = self.page, self._asked
        width = max(200, self.area.viewport().width() - 2) * (LARGE if self.large_button.isChecked() else 1)
        pixels = int(width * self.devicePixelRatioF())

        def draw() -> PagePicture | None:
            return self._pictures.draw(number, pixels) if asked == self._asked else None

        self._worker.run(draw, lambda picture: self._drawn(asked, int(width), picture), lambda _: None)

    def _drawn(self, asked: int, width: int, picture: PagePicture | None) -> None:
        if picture is None or asked != self._asked:
            return
        image = QImage(picture.data, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32).copy()
        self.canvas.picture = image
        self.canvas.resize(QSize(width, round(width * picture.height / picture.width)))
        box = self._box
        self.canvas.frame = None
        if box is not None and box.page == self.page:
            wide, high = picture.width / picture.scale, picture.height / picture.scale
            self.canvas.frame = QRectF(box.x0 / wide, box.y0 / high, (box.x1 - box.x0) / wide, (box.y1 - box.y0) / high)
            middle = self.canvas.framed().center().toPoint()
            view = self.area.viewport()
            self.area.ensureVisible(middle.x(), middle.y(), view.width() // 3, view.height() // 3)
        self.canvas.update()
