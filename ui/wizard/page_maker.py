"""Makes the pages of a wizard, each when it is first entered, and wires them to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from govdesk.session.steps import Page, PageKind
from ui.pages.cover_page import CoverPage
from ui.pages.export_page import ExportPage
from ui.pages.grid_page import GridPage
from ui.pages.last_year_page import LastYearPage
from ui.pages.review_page import ReviewPage
from ui.pages.text_page import TextPage

if TYPE_CHECKING:
    from ui.wizard.wizard import Wizard


def make_page(wizard: Wizard, page: Page) -> QWidget:
    """The widget of a page of the wizard."""
    if page.kind is PageKind.COVER:
        return CoverPage(wizard.editor, wizard.organs, wizard.top.due)
    if page.kind is PageKind.LAST_YEAR:
        last = LastYearPage(wizard.editor)
        last.bring_wanted.connect(wizard.last_year_wanted)
        return last
    if page.kind is PageKind.TEXT:
        return TextPage(wizard.editor, page.item)
    if page.kind is PageKind.GRID:
        return _make_grid(wizard, page.item)
    if page.kind is PageKind.REVIEW:
        review = ReviewPage(wizard.editor, wizard.top.due)
        review.place_wanted.connect(wizard.go_to)
        review.sheet_wanted.connect(wizard.sheet_wanted)
        return review
    return _make_export(wizard)


def _make_grid(wizard: Wizard, grid_id: str) -> GridPage:
    made = GridPage(wizard.editor, grid_id, enter_moves=wizard.enter_moves)
    made.cursor_moved.connect(wizard.helper.follow)
    made.view.past_wanted.connect(wizard.top.past_wanted)
    made.view.sum_changed.connect(wizard.status.show_sum)
    return made


def _make_export(wizard: Wizard) -> ExportPage:
    made = ExportPage(wizard.editor, wizard.export_folder, wizard.page_style, run=wizard.run)
    made.style_changed.connect(wizard.set_style)
    made.carry_wanted.connect(wizard.top.carry_wanted)
    for name in ("begun", "exported", "folder_used", "broke"):
        getattr(made, name).connect(getattr(wizard, name))
    return made
