"""The middle of the wizard: the page, and beside it the preview or the helper, as far as there is room."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk.form.form import Address
from ui.helper.helper_panel import BROAD, HelperPanel, HelperStrip, set_helper_room
from ui.pages.page import WizardPage
from ui.preview.preview import PreviewPane
from ui.preview.renderer import PreviewMaker
from ui.widgets.basics import fill_with_column
from ui.widgets.focus_regions import FocusRegion
from ui.widgets.step_bar import StepBar
from ui.wizard.page_stack import PageStack

WIDEST, BESIDE = 16_777_215, 364             # widths of the preview: alone, and at least beside a page
STEP_BAR_MARGIN = 8                          # pixels at its right
WIDE = 1700                                  # from this width on the helper grows and stands beside the content
NARROW = 1200                                # below this width of the window the helper folds and the rail is slim
SHORT = 760                                  # below this height every pixel that a table can have is its own


class PageArea(QWidget):
    """The helper has something to say beside some pages only; where room is short it waits in its strip until it is
    asked, and the preview stands alone."""

    narrowed = Signal(bool)                  # whether the window is narrow now
    rail_room_changed = Signal(str)          # what is left for the rail: "wide", "narrow" or "icons"
    preview_shown = Signal(bool)

    def __init__(self, stack: PageStack, maker: PreviewMaker) -> None:
        super().__init__()
        self.stack = stack
        self._width = -1                     # of the wizard; not known yet
        self._preview_alone, self._helper_out = False, False     # preview without page; helper out of its strip
        self._preview_asked: bool | None = None                  # what the clerk chose; None: not chosen yet
        self.helper = HelperPanel(stack.editor)
        self.strip = HelperStrip()
        self._foot_bar = StepBar()
        self._heading_bars: dict[WizardPage, StepBar] = {}
        self.maker = maker
        self.preview = PreviewPane(self.maker)
        self.preview.hide()
        self.paper = QWidget()               # the page, and at its end the way to the next
        column = fill_with_column(self.paper)
        column.addWidget(stack, 1)
        column.addWidget(self._foot_bar)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.paper, 2)
        self._row.addWidget(self.helper)
        self._row.addWidget(self.strip)
        self._row.addWidget(self.preview, 1)
        self._row.addStretch()               # right of a helper that follows the content
        self._connect()

    def _connect(self) -> None:
        self._foot_bar.wanted.connect(self.stack.enter_next)
        self.stack.entered.connect(self._show_page)
        self.stack.editor.changed.connect(self.maker.note_change)
        self.stack.moved.connect(self._tell_helper)
        self.stack.cursor_moved.connect(self.helper.follow)
        self.helper.light_wanted.connect(self._light)
        self.helper.evidence_wanted.connect(self._open_evidence)
        self.helper.back_wanted.connect(self._leave_helper)
        self.helper.spoke.connect(self.strip.tell)
        self.strip.toggle_wanted.connect(self._toggle_helper)
        self.preview.close_wanted.connect(self.toggle_preview)
        self.preview.alone_wanted.connect(self._set_preview_alone)

    # -- room

    @property
    def is_narrow(self) -> bool:
        return self._width < NARROW

    @property
    def is_short(self) -> bool:
        return self.height() < SHORT

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._place_steps()
            self._arrange()

    @property
    def step_bar(self) -> StepBar:
        """The steps to other pages: below the page, or in its heading where height is short."""
        if self.is_short and self.stack.current.holds_steps:
            return self._heading_bar(self.stack.current)
        return self._foot_bar

    def _heading_bar(self, page: WizardPage) -> StepBar:
        """Return the bar in the heading of a page. Each has its own: one that changes its parent loses the focus."""
        if page not in self._heading_bars:
            bar = self._heading_bars[page] = StepBar(in_heading=True)
            bar.wanted.connect(self.stack.enter_next)
            page.take_steps(bar)
        return self._heading_bars[page]

    def _place_steps(self) -> None:
        wanted = self.step_bar
        for bar in (self._foot_bar, *self._heading_bars.values()):
            bar.setVisible(bar is wanted)
        wanted.show_place(*self.stack.neighbours())
        wanted.follow(self.stack.current)

    def fit(self, width: int) -> None:
        """Adapt to the width of the wizard. Where it becomes narrow or wide the helper goes back to its place."""
        before, self._width = self._width, width
        if before < 0 or (before < NARROW) != self.is_narrow:
            self._helper_out = False
            self.narrowed.emit(self.is_narrow)
            self._arrange()
        elif (before < WIDE) != (width < WIDE):
            self._arrange()

    def _arrange(self) -> None:
        """Show and hide the parts as it suits the page and the room."""
        self._show_preview(self._preview_asked if self._preview_asked is not None else self._fills_hole())
        useful = self.stack.current.has_help and (self.preview.isHidden() or self._fills_hole())
        alone = not self.preview.isHidden() and (self._preview_alone or self.is_narrow)
        self.paper.setVisible(not alone)
        self.preview.setMaximumWidth(WIDEST if alone else max(BESIDE, self._width // 3 - 80))
        self.preview.setMinimumWidth(BESIDE)
        self.preview.set_alone(alone)
        if alone:
            self.preview.take_focus()
        asked = self.is_narrow and self._helper_out
        self.helper.setVisible(useful and (asked or not self.is_narrow))
        self.strip.setVisible(useful and self.is_narrow)
        self.strip.button.setChecked(asked)
        set_helper_room(self._row, self.helper, tight=useful and asked, short=self.is_short)
        self._use_width(useful=useful)
        self.rail_room_changed.emit("icons" if useful and asked else "narrow" if self.is_narrow else "wide")

    def _fills_hole(self) -> bool:
        """Whether there is room for the preview right of a text and the helper: then it comes by itself."""
        page = self.stack.current
        return self._width >= WIDE and page.text_field() is not None and not self._preview_alone

    def _show_preview(self, shown: bool) -> None:
        if shown == self.preview.isHidden():
            self.preview.setVisible(shown)
            self.preview_shown.emit(shown)

    def _use_width(self, *, useful: bool) -> None:
        """In a wide window no hole lies between a page that has an end and the helper, and this grows."""
        wide = self._width >= WIDE and useful
        widest = self.stack.current.widest
        self.step_bar.setMaximumWidth(widest + STEP_BAR_MARGIN if widest else WIDEST)
        follows = wide and widest is not None
        self.paper.setMaximumWidth(widest if follows and widest else WIDEST)
        self._row.setStretch(self._row.count() - 1, 1 if follows and self.preview.isHidden() else 0)
        if wide:
            self.helper.set_width(BROAD)
            self._row.setSpacing(24)

    def panes(self) -> list[FocusRegion]:
        """Return the parts that are in sight, for F6; the folded helper comes out for it."""
        found = [FocusRegion(self.paper, self.stack.take_focus)] if self.stack.isVisible() else []
        if self.helper.isVisible():
            found.append(FocusRegion(self.helper, self.helper.take_focus))
        elif self.strip.isVisible():
            found.append(FocusRegion(self.strip, self._toggle_helper))
        if self.preview.isVisible():
            found.append(FocusRegion(self.preview, self.preview.take_focus))
        return found

    # -- page

    def _show_page(self) -> None:
        """Another page is shown: what stands round it follows."""
        self._place_steps()
        self._arrange()
        self._lead_preview()

    # -- helper

    def _tell_helper(self) -> None:
        self.helper.speak_of(self.stack.current.place())

    def _light(self, cells: list[Address]) -> None:
        self.stack.current.light(cells)

    def _open_evidence(self) -> None:
        self.stack.current.open_evidence()

    def _toggle_helper(self) -> None:
        self._helper_out = not self._helper_out
        self._arrange()
        if self._helper_out:
            self.helper.take_focus()
        else:
            self.stack.take_focus()

    def _leave_helper(self) -> None:
        """Go back to the page; where room is short the helper folds."""
        self._helper_out = False
        self._arrange()
        self.stack.take_focus()

    # -- preview

    def toggle_preview(self) -> None:
        """Show the pages of the PDF beside the page, or put them away."""
        self.stack.commit()
        self._preview_asked = self.preview.isHidden()
        self._arrange()
        if self._preview_asked:
            self._lead_preview()
        else:
            self.stack.take_focus()

    def _set_preview_alone(self, alone: bool) -> None:
        self._preview_alone = alone
        self._arrange()

    def _lead_preview(self) -> None:
        """Bring into sight what is being edited."""
        shown = self.stack.current
        self.preview.show_place(shown.anchor() or self.stack.at[0].id, shown.share)
