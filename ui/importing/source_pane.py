"""Shows the file that was read: a PDF by its pages, any other by what its reader found; the place that is spoken of is
framed in it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from govdesk.form.form import Address
from govdesk.importing.files.source import SourceParagraph
from govdesk.importing.review import FileReading
from ui.common.theme import current_colours
from ui.importing.pdf_source import PdfSource
from ui.importing.text_source import TextSource
from ui.widgets.basics import ElidedLabel, fill_with_column, make_card


class SourcePane(QWidget):
    """The original beside what was read of it."""

    def __init__(self, reading: FileReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        sheet, inside = make_card(margins=(10, 8, 10, 8), spacing=4)
        title = ElidedLabel("quiet")
        title.setText(f"原件　{reading.name}")
        title.setToolTip(reading.name)
        inside.addWidget(title)
        self.pdf = PdfSource(reading) if reading.data else None
        self.text = TextSource(reading.source) if self.pdf is None else None
        shown: QWidget = self.pdf or self.text                   # type: ignore[assignment]
        inside.addWidget(shown, 1)
        self.setFocusProxy(self.pdf.area if self.pdf else shown)
        if self.text is not None:
            self.text.setStyleSheet(f"QTextBrowser {{ background: {current_colours().card}; border: none; }}")
        fill_with_column(self).addWidget(sheet)

    def light_cell(self, address: Address | None) -> bool:
        """Frames the cell of the file from which a cell of the form was read. False where there is none."""
        spot = self._reading.found.spots.get(address) if address is not None else None
        shown = self.pdf.light(spot) if self.pdf is not None else bool(self.text and self.text.light(spot))
        return spot is not None and shown

    def light_text(self, words: str) -> bool:
        """Shows where a text begins in the file."""
        if self.text is not None:
            return self.text.light_text(words)
        begin = "".join(words.split())[:16]
        page = next((item.page for item in self._reading.source.items if isinstance(item, SourceParagraph) and begin
                     and begin in "".join(item.text.split())), 0)
        if page and self.pdf is not None:
            self.pdf.show_page(page)
        return bool(page)
