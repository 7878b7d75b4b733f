"""The pages of an open draft: each is made when it is first entered; one of them is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget

from govdesk.form.form import Address
from govdesk.session import steps
from govdesk.session.steps import Step, StepPage
from ui.editing.pending_reasons import record_pending_reasons
from ui.pages.page import PageContext, WizardPage
from ui.pages.page_table import PAGES
from ui.widgets.focus_regions import focus_again

PlaceInOrder = tuple[Step, StepPage]


class PageStack(QStackedWidget):
    """Every page in any order, nothing ever blocked. `at` says which step and page are shown."""

    entered = Signal()                       # another page is shown, the cursor is not on it yet
    moved = Signal()                         # another page is shown, the cursor with it
    place_wanted = Signal(object, object)    # as of a page
    cursor_moved = Signal(object)            # as of a page
    held = Signal(str, str)                  # item of a page, what it holds
    reasons_recorded = Signal(str)           # in words, that reasons which were only written are recorded

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context, self.editor = context, context.editor
        self.steps: tuple[Step, ...] = steps.list_steps(context.editor.form)
        self.order: list[PlaceInOrder] = [(step, page) for step in self.steps for page in step.pages]
        self.at = self.order[0]
        self.pages: dict[str, WizardPage] = {}

    @property
    def current(self) -> WizardPage:
        """The page that is shown."""
        return self._page(self.at[1])

    def _page(self, page: StepPage) -> WizardPage:
        if page.item not in self.pages:
            made = self.pages[page.item] = PAGES[page.kind](self._context, page.item)
            made.place_wanted.connect(self.place_wanted)
            made.cursor_moved.connect(self.cursor_moved)
            made.held.connect(partial(self.held.emit, page.item))
            self.addWidget(made)
        return self.pages[page.item]

    def enter(self, step_id: str, item: str | None = None, *, focus: bool = True) -> WizardPage:
        """Show a page; what was being typed on the one before is kept."""
        self.commit()
        of_step = [(step, page) for step, page in self.order if step.id == step_id]
        self.at = next((place for place in of_step if place[1].item == item), of_step[0])
        shown = self.current
        self.setCurrentWidget(shown)
        self.entered.emit()
        if focus:
            shown.focus_first()
        self.moved.emit()
        return shown

    def enter_item(self, item: str | None, *, focus: bool = True) -> WizardPage:
        """Show the page of this item, the cover where there is none."""
        step, _ = next((place for place in self.order if place[1].item == item), self.order[0])
        return self.enter(step.id, item, focus=focus)

    def go_to(self, place: Address | str) -> WizardPage:
        """Show the page of a cell, a text or a fact of the cover, and put the cursor there."""
        shown = self.enter_item(place.grid if isinstance(place, Address) else place, focus=False)
        shown.go_to(place)
        return shown

    def neighbours(self) -> tuple[PlaceInOrder | None, PlaceInOrder, PlaceInOrder | None]:
        """Return the page before this one, this one and the page after it."""
        number = self.order.index(self.at)
        before, after = self.order[:number][-1:], self.order[number + 1:][:1]
        return next(iter(before), None), self.at, next(iter(after), None)

    def enter_next(self, by: int) -> None:
        """Show the page after (`by` 1) or before (-1) this one; after the last comes the first."""
        step, page = self.order[(self.order.index(self.at) + by) % len(self.order)]
        self.enter(step.id, page.item)

    def take_focus(self) -> None:
        """Give the focus to what had it last on the page."""
        focus_again(self.current)

    def commit(self, *, reasons: bool = True) -> bool:
        """Take over what is being typed or composed on the page, and reasons that are written. False: what was being
        typed cannot be read and is kept out."""
        QGuiApplication.inputMethod().commit()
        shown = self.currentWidget()
        kept = self.current.commit() if shown is not None else True
        self.editor.seal()
        if reasons:
            record_pending_reasons(self.editor, self.reasons_recorded.emit)
        return kept
