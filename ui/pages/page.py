"""What the wizard asks of a page, and what a page may ask of the wizard. A new page is a subclass of `WizardPage` in a
module of its own and one row in `page_table.PAGES`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from govdesk.checks import Finding
from govdesk.document.style import Style
from govdesk.form.form import Address
from govdesk.session.progress import OpenTask
from ui.common.runner import Runner
from ui.editing.bound_fields import LineField, TextField
from ui.editing.editor import Editor
from ui.preview.renderer import PreviewMaker
from ui.widgets.step_bar import StepBar

Due = Callable[[], datetime.date | None]                 # the day by which a report is to be published
Organs = Callable[[], Sequence[dict[str, str]]]          # facts of the cover by id, of each organ that is known


class PageContext(QObject):
    """What the pages of one wizard are made from, and the signals by which they ask for what lies outside a page."""

    last_year_wanted = Signal(object)        # the widget at which last year's reports are to be offered
    history_wanted = Signal()                # the versions of the draft
    years_wanted = Signal()                  # the years in all texts, to be changed
    sheet_wanted = Signal()                  # 自检单
    export_wanted = Signal()                 # the report as a PDF
    carry_wanted = Signal()                  # the draft with its history, for another computer
    sum_changed = Signal(str)                # what the selected cells come to, “” for nothing
    style_changed = Signal(object)           # Style
    begun = Signal(str)                      # what is about to be written
    exported = Signal(str)                   # path of a finished file
    folder_used = Signal(str)                # folder of a file that was written
    broke = Signal(object)                   # an exception that is no sentence

    def __init__(self, editor: Editor, *, organs: Organs = tuple, due: Due = lambda: None, enter_moves: str = "down",
                 row_height: str = "auto", export_folder: str | None = None, style: Style | None = None,
                 run: Runner | None = None, parent: QObject | None = None) -> None:
        """`enter_moves`: where Enter leads on a table, "down" or "right"; `row_height`: how high its rows are, "auto",
        "compact" or "loose"; `run`: does work on files that outlives the
        page that asked for it."""
        super().__init__(parent)
        self.editor, self.organs, self.due, self.enter_moves, self.run = editor, organs, due, enter_moves, run
        self.row_height, self.export_folder, self.style = row_height, export_folder, style or Style()
        self.preview: PreviewMaker | None = None         # makes the pages of the PDF; None where nothing shows them


class WizardPage(QWidget):
    """One page of the wizard. The methods here do what suits most pages; a page overrides those that concern it."""

    place_wanted = Signal(object, object)    # a place to go to, also on another page; the Finding to mark, or None
    cursor_moved = Signal(object)            # the place of the cursor, also of a total, or None
    held = Signal(str)                       # that something typed is not in the report, in words; “” when all is

    widest: int | None = None                # pixels that the page can use; the helper follows at its edge
    has_help = False                         # whether the helper panel has something to say beside the page
    holds_steps = False                      # whether its heading takes the steps to other pages where height is short
    enter_moves = ""                         # where Enter leads on a table, "down" or "right"

    def focus_first(self) -> None:
        """Give the focus to what one would begin with."""
        self.setFocus()

    def go_to(self, place: Address | str) -> None:
        """Put the cursor into a cell, a text or a fact of the cover that is on this page."""
        self.focus_first()

    def place(self) -> Address | str | None:
        """Return the cell, the text or the fact of the cover in which the cursor is; None where it is in none."""
        return None

    def commit(self) -> bool:
        """Take over what is being typed. False: it cannot be read and is kept out of the report."""
        return True

    def light(self, cells: Iterable[Address]) -> None:
        """Mark cells until the cursor moves on."""

    def show_finding(self, finding: Finding) -> None:
        """Mark what a finding is about: the cells that it names."""
        if cells := [place for place in finding.places if isinstance(place, Address)]:
            self.light(cells)

    def explain(self, task: OpenTask) -> None:
        """Show what a task is about and ask for its reason."""

    def open_evidence(self) -> None:
        """Open the field for the source of the figure at the cursor."""

    def text_field(self) -> TextField | LineField | None:
        """Return the field of the text, or of the fact of the cover, that the cursor is in, for the search in texts."""
        return None

    def anchor(self) -> str:
        """Return where the printed page shows what is on this one; “”: at the head of the section."""
        return ""

    def take_steps(self, bar: StepBar) -> None:
        """Take the steps to other pages into the heading; asked of a page that `holds_steps`."""

    def share(self) -> float:
        """Return how much of what the page prints stands before the cursor, from 0 to 1."""
        return 0.0

    def offers_export(self) -> bool:
        """Return whether the page has the blue button of the export itself, so that none is needed above it."""
        return False

    def ask_and_export(self) -> None:
        """Ask for a file and export the report."""

    def ask_and_hand_over(self) -> None:
        """Ask for a file and write the exchange file."""

    def use_folder(self, folder: str) -> None:
        """Let the next dialogue begin in a folder in which something of this draft was saved."""

    def leave(self) -> None:
        """Take note that the draft is being left. Work that is under way goes on."""
