"""The preview: the pages of the PDF, beside the page being edited or alone, one or two side by side."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from ui.common.theme import current_colours
from ui.preview.renderer import PreviewMaker, PreviewPages
from ui.widgets.basics import clear_layout, fill_with_column, make_button, make_label, set_styled_role
from ui.widgets.combo import Combo

GAP = 14
ZOOMS = (("适合宽度", 0.0), ("整页", -1.0), ("50%", 0.5), ("75%", 0.75), ("100%", 1.0), ("150%", 1.5), ("200%", 2.0))
PIXELS_PER_POINT = 96 / 72                   # at 100 %


class PageView(QWidget):
    """One page: white paper until its picture is there; the old picture stays until the new one comes."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = number
        self.picture: QImage | None = None
        self.setAccessibleName(f"第 {number} 页")

    def show_picture(self, picture: QImage) -> None:
        self.picture = picture
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        if self.picture is not None:
            painter.drawImage(self.rect(), self.picture)
        painter.setPen(current_colours()["line"])
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PreviewPane(QWidget):
    """Pages with a bar: which page, zoom, two side by side, alone, print."""

    close_wanted = Signal()
    alone_wanted = Signal(bool)
    print_wanted = Signal()

    def __init__(self, maker: PreviewMaker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maker = maker
        self._made: PreviewPages | None = None
        self._views: list[PageView] = []
        self._asked: dict[int, tuple[int, float]] = {}     # page → generation and scale that were asked for
        self._follow = ""
        self._share: Callable[[], float] = lambda: 0.0
        self._at: int | None = None                        # the page that was led to
        set_styled_role(self, "preview")
        column = fill_with_column(self)
        column.addWidget(self._bar())
        self._words = make_label("正在排版…", "quiet", wrap=True)
        self._words.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self._words)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }")
        self._area.setAccessibleName("预览页面")
        self._sheet = QWidget()
        self._grid = QGridLayout(self._sheet)
        self._grid.setContentsMargins(GAP, GAP, GAP, GAP)
        self._grid.setSpacing(GAP)
        self._area.setWidget(self._sheet)
        column.addWidget(self._area, 1)
        column.addWidget(self._foot())
        self._area.verticalScrollBar().valueChanged.connect(lambda _: self._scrolled())
        maker.made.connect(self._show)
        maker.failed.connect(self._say)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._ask_visible)

    def _bar(self) -> QWidget:
        bar, row = _strip()
        self._zoom = Combo()
        self._zoom.set_name("缩放")
        for name, value in ZOOMS:
            self._zoom.addItem(name, value)
        self._zoom.setMinimumWidth(100)
        self._zoom.currentIndexChanged.connect(lambda _: self._arrange_and_stay())
        self._two = make_button("双页", self._arrange_and_stay)
        self._alone = make_button("放大", lambda: self.alone_wanted.emit(self._alone.isChecked()))
        for toggle in (self._two, self._alone):
            toggle.setCheckable(True)
        for part in (self._zoom, self._two, self._alone):
            row.addWidget(part)
        row.addStretch(1)
        self.print_button = make_button("打印…", self.print_wanted.emit)
        row.addWidget(self.print_button)
        close = make_button("×", self.close_wanted.emit, "flat")
        close.setAccessibleName("关闭预览")
        close.setToolTip("关闭预览（F9）")
        row.addWidget(close)
        return bar

    def _foot(self) -> QWidget:
        foot, row = _strip()
        back, on = make_button("‹", lambda: self.turn(-1), "flat"), make_button("›", lambda: self.turn(1), "flat")
        back.setAccessibleName("上一页")
        on.setAccessibleName("下一页")
        self._where: QLabel = make_label("", "quiet")
        row.addStretch(1)
        for part in (back, self._where, on):
            row.addWidget(part)
        row.addStretch(1)
        return foot

    # -- pages

    @property
    def pages(self) -> int:
        return len(self._views)

    def set_alone(self, alone: bool) -> None:
        self._alone.setChecked(alone)

    def show_place(self, anchor: str, share: Callable[[], float] = lambda: 0.0) -> None:
        """Bring into sight where a head or a table begins, or how far the cursor has come in a text; remembered until
        the pages are there."""
        self._follow, self._share = anchor, share
        self._at = self._made.page_of(anchor, share()) if self._made else None
        if self._at is not None:
            self._go_to(self._at)

    def turn(self, by: int) -> None:
        if self._views:
            row = self._now() // self._across() + by             # a whole row of pages at a time
            self._go_to(min(max(row * self._across(), 0), len(self._views) - 1))

    def take_focus(self) -> None:
        self._area.setFocus()

    def _go_to(self, index: int) -> None:
        if index < len(self._views):
            self._area.verticalScrollBar().setValue(self._views[index].y() - GAP)

    def _now(self) -> int:
        """The page that takes the middle of what is seen."""
        middle = self._area.verticalScrollBar().value() + self._area.viewport().height() // 2
        at_end = self._area.verticalScrollBar().value() == self._area.verticalScrollBar().maximum() > 0
        below = (i for i, view in enumerate(self._views) if view.y() + view.height() >= middle)
        last = max(len(self._views) - 1, 0)
        return last if at_end else next(below, last)

    def _show(self, made: PreviewPages) -> None:
        self._made = made
        self._words.hide()
        if len(made.sizes) != len(self._views):
            clear_layout(self._grid)
            self._views = [PageView(i + 1) for i in range(len(made.sizes))]
        self._arrange()
        if self._follow and made.page_of(self._follow, self._share()) != self._at:
            QTimer.singleShot(0, self, lambda: self.show_place(self._follow, self._share))

    def _say(self, words: str) -> None:
        self._words.setText(f"△ {words}")
        self._words.show()

    def _arrange(self) -> None:
        """Lay the pages out for the zoom, then ask for the pictures of those in sight."""
        if self._made is None:
            return
        scale, across = self._scale(), self._across()
        for column in range(4):
            self._grid.setColumnStretch(column, int(column in (0, across + 1)))
        for index, (view, size) in enumerate(zip(self._views, self._made.sizes, strict=True)):
            self._grid.addWidget(view, index // across, 1 + index % across, Qt.AlignmentFlag.AlignHCenter)
            view.setFixedSize(QSize(round(size[0] * scale), round(size[1] * scale)))
            view.show()
        self._grid.setRowStretch(len(self._views) // across + 1, 1)
        self._scrolled()

    def _arrange_and_stay(self) -> None:
        """Another zoom, the same page."""
        at = self._now()
        self._arrange()
        QTimer.singleShot(0, self, lambda: self._go_to(at))

    def _across(self) -> int:
        return 2 if self._two.isChecked() else 1

    def _scale(self) -> float:
        """Logical pixels a point."""
        assert self._made is not None
        zoom = float(self._zoom.currentData())
        never, maybe = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAsNeeded
        self._area.setHorizontalScrollBarPolicy(maybe if zoom > 0 else never)
        if zoom > 0:
            return zoom * PIXELS_PER_POINT
        across = self._across()
        widest = max(width for width, _ in self._made.sizes)
        room = self._area.viewport().width() - GAP * (across + 1) - 4
        fit = max(room, 80) / (widest * across)
        if zoom == 0:
            return fit
        tallest = max(height for _, height in self._made.sizes)
        return min(fit, max(self._area.viewport().height() - 2 * GAP, 80) / tallest)

    def _scrolled(self) -> None:
        self._where.setText(f"第 {self._now() + 1} 页，共 {len(self._views)} 页" if self._views else "")
        self._later.start(20)

    def _ask_visible(self) -> None:
        """Pictures are made only of what is seen, and of the page before and after it."""
        if self._made is None or not self.isVisible():
            return
        top = self._area.verticalScrollBar().value()
        height = self._area.viewport().height()
        scale = self._scale() * self.devicePixelRatioF()
        for index, view in enumerate(self._views):
            near = view.y() < top + 2 * height and view.y() + view.height() > top - height
            wish = self._maker.generation, scale
            if near and self._asked.get(index) != wish:
                self._asked[index] = wish
                self._maker.request_page(index, scale, partial(self._place, index))

    def _place(self, index: int, picture: QImage) -> None:
        if index < len(self._views):
            self._views[index].show_picture(picture)
            self._where.setText(f"第 {self._now() + 1} 页，共 {len(self._views)} 页")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._maker.want(self, wanted=True)
        self._later.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._maker.want(self, wanted=False)


def _strip() -> tuple[QWidget, QHBoxLayout]:
    """A bar above or below the pages."""
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(6, 6, 6, 6)
    row.setSpacing(6)
    return bar, row
