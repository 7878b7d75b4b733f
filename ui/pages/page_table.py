"""The table of the wizard's pages: which module makes which kind of page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from govdesk.session.steps import PageKind
from ui.pages.cover_page import make_cover_page
from ui.pages.export_page import make_export_page
from ui.pages.grid_page import make_grid_page
from ui.pages.last_year_page import make_last_year_page
from ui.pages.page import PageContext, WizardPage
from ui.pages.review_page import make_review_page
from ui.pages.text_page import make_text_page

# Each makes the page of an item: of the text or the grid with this id.
PAGES: Mapping[PageKind, Callable[[PageContext, str], WizardPage]] = {
    PageKind.COVER: make_cover_page,
    PageKind.LAST_YEAR: make_last_year_page,
    PageKind.TEXT: make_text_page,
    PageKind.GRID: make_grid_page,
    PageKind.REVIEW: make_review_page,
    PageKind.EXPORT: make_export_page,
}
