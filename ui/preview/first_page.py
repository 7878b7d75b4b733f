"""Shows the first page of the PDF small, beside the choices that decide how it looks."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QWidget

from ui.preview.preview import PageView
from ui.preview.renderer import PreviewMaker, PreviewPages
from ui.widgets.basics import fill_with_column, make_label

WIDTH = 236                                  # pixels


class FirstPage(QWidget):
    """The page, and under it how many there are. Pages are made only while it is in sight."""

    def __init__(self, maker: PreviewMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maker = maker
        self.setFixedWidth(WIDTH)
        column = fill_with_column(self)
        column.setSpacing(6)
        self._view = PageView(1)
        self._view.setFixedSize(WIDTH, round(WIDTH * 297 / 210))
        column.addWidget(self._view)
        self.words = make_label("正在排版…", "quiet", wrap=True)
        column.addWidget(self.words)
        maker.made.connect(self._show)
        maker.failed.connect(self.words.setText)

    @property
    def picture(self) -> QImage | None:
        """What is shown; None until the page has been drawn."""
        return self._view.picture

    def _show(self, made: PreviewPages) -> None:
        if not self.isVisible():
            return
        width, height = made.sizes[0]
        self._view.setFixedSize(QSize(WIDTH, round(WIDTH * height / width)))
        self.words.setText(f"第 1 页，共 {len(made.sizes)} 页 · F9 看全部")
        self._maker.request_page(0, WIDTH * self.devicePixelRatioF() / width, self._show_picture)

    def _show_picture(self, picture: QImage) -> None:
        self._view.show_picture(picture)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (made := self._maker.want(self, wanted=True)) is not None:
            self._show(made)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._maker.want(self, wanted=False)
