"""Printing: the pages of the PDF, drawn at the printer's own resolution, band by band."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from govdesk.base.errors import UserError
from govdesk.document.style import Style
from govdesk.printing.compose import title_of
from govdesk.session.session import Snapshot
from ui.preview.renderer import POINTS_PER_INCH, make_preview_pages, render_page

MOST_DPI = 600                               # finer costs memory and shows no difference in type
BAND = 160.0                                 # points of height drawn at once: a page at 600 dpi whole takes 140 MB


def print_report(snap: Snapshot, style: Style, parent: QWidget) -> bool:
    """The system's dialogue, then the report as it is."""
    return ask_and_print(make_preview_pages(snap, style).data, title_of(snap.form, snap.report), parent)


def ask_and_print(data: bytes, title: str, parent: QWidget) -> bool:
    """The system's dialogue, then the pages. True where they were sent to the printer."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        set_up_printer(printer, title)
        dialogue = QPrintDialog(printer, parent)
        dialogue.setMinMax(1, len(document))
        dialogue.setOption(QPrintDialog.PrintDialogOption.PrintPageRange)
        if dialogue.exec() != QPrintDialog.DialogCode.Accepted:
            return False
        print_pages(document, printer)
        return True
    finally:
        document.close()


def set_up_printer(printer: QPrinter, title: str) -> None:
    """A4, to the edge of the paper: the margins are in the page."""
    printer.setDocName(title)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setFullPage(True)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    printer.setResolution(min(printer.resolution(), MOST_DPI))


def print_pages(document: Any, printer: QPrinter) -> None:
    """Draws the chosen pages. Raises UserError where the printer does not take them, or is gone."""
    _refuse_absent(printer, "没有打印")
    wanted = range(len(document))
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage():
        wanted = range(printer.fromPage() - 1, min(printer.toPage(), len(document)))
    first, size = True, document.get_page_size(wanted.start)
    _turn(printer, size)
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError("打印机没有接受这份文件，请检查打印机是否开着、有没有纸，或换一台打印机。")
    try:
        for index in wanted:
            size = document.get_page_size(index)
            _turn(printer, size)
            if not first and not printer.newPage():
                raise UserError(f"打印到第 {index + 1} 页时打印机停下了，请检查后从这一页重新打印。")
            first = False
            _draw(painter, printer, document, index, size)
    finally:
        painter.end()
    _refuse_absent(printer, "文件可能没有打印出来")


def _refuse_absent(printer: QPrinter, outcome: str) -> None:
    """Says that the system does not know the printer any more: Qt draws for it like for others, and reports nothing."""
    name = printer.printerName()
    if printer.outputFormat() is QPrinter.OutputFormat.NativeFormat and QPrinterInfo.printerInfo(name).isNull():
        raise UserError(f"找不到打印机“{name}”了，{outcome}。请检查打印机的连接和系统的打印机设置，再打印一次。")


def _turn(printer: QPrinter, size: tuple[float, float]) -> None:
    lying = size[0] > size[1]
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait)


def _draw(painter: QPainter, printer: QPrinter, document: Any, index: int, size: tuple[float, float]) -> None:
    scale = printer.resolution() / POINTS_PER_INCH
    top = 0.0
    while top < size[1]:
        height = min(BAND, size[1] - top)
        image = render_page(document, index, scale, crop=(0, size[1] - top - height, 0, top))
        place = QRectF(0, top * scale, size[0] * scale, height * scale)
        painter.drawImage(place, image, QRectF(0, 0, image.width(), image.height()))
        top += height


