"""One open draft: top bar, step rail, page, status bar, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from govdesk.base.errors import UserError
from govdesk.checks import Finding, select_balance_findings
from govdesk.document.style import Style
from govdesk.findings.reasons import is_answerable
from govdesk.form.form import Address
from govdesk.report.report import Edit, Layer
from govdesk.session.progress import OpenTask, list_tasks
from govdesk.session.steps import Step, StepPage
from ui.common.debounce import Debounced
from ui.common.notice_level import NoticeLevel
from ui.common.runner import Runner
from ui.common.shortcuts import add_shortcut
from ui.editing.editor import Editor
from ui.pages.page import Organs, PageContext, WizardPage
from ui.preview.renderer import PreviewMaker
from ui.widgets.basics import fill_with_column, set_styled_role
from ui.widgets.focus_regions import FocusRegion, focus_first, next_region
from ui.widgets.main_page import MainPage
from ui.widgets.notification_bar import notification_regions
from ui.widgets.step_bar import StepBar
from ui.wizard.find_bar import SearchMemory
from ui.wizard.find_in_texts import TextFinder
from ui.wizard.finding_round import FindingRound
from ui.wizard.page_area import PageArea
from ui.wizard.page_stack import PageStack
from ui.wizard.status_bar import StatusBar
from ui.wizard.step_rail import StepRail
from ui.wizard.top_bar import TopBar

if TYPE_CHECKING:
    from ui.pages.self_check_page import SelfCheckPage

# What undo leads to by itself: layers whose keys are places of a page.
SHOWN_LAYERS = (Layer.VALUES, Layer.STATED, Layer.TEXTS, Layer.COVER, Layer.NOTES, Layer.SOURCES)
LAST_YEAR_LAYERS = (Layer.PREVIOUS, Layer.PREVIOUS_TEXTS)


class Wizard(MainPage):
    """The frame round the pages. What concerns one page alone is in `ui/pages`; which page is shown, in `PageStack`."""

    home_wanted = Signal()
    begun = Signal(str)                      # what is about to be written
    exported = Signal(str)
    folder_used = Signal(str)
    broke = Signal(object)
    style_chosen = Signal(object)            # Style
    last_year_wanted = Signal(object)        # the widget at which last year's reports are offered
    years_wanted = Signal()                  # the years in all texts, to be changed
    sheet_wanted = Signal()                  # 自检单
    save_wanted = Signal()                   # Ctrl+S

    def __init__(self, editor: Editor, export_folder: str | None = None, enter_moves: str = "down",
                 style: Style | None = None, *, row_height: str = "auto", organs: Organs = tuple,
                 run: Runner | None = None, search: SearchMemory | None = None) -> None:
        """`search`: what was looked for last, also in another draft."""
        super().__init__()
        self.editor = editor
        self._search = search or SearchMemory()
        self._round = FindingRound()
        set_styled_role(self, "ground")
        self.top = TopBar(editor)
        self._context = PageContext(editor, organs=organs, due=self.top.due, enter_moves=enter_moves,
                                    row_height=row_height, export_folder=export_folder, style=style, run=run,
                                    parent=self)
        self.maker = self._context.preview = PreviewMaker(lambda: editor.now, self._context.style)
        self.stack = PageStack(self._context)
        self.rail = StepRail(self.stack.steps)
        self.status = StatusBar(editor)
        self._build()
        self._connect()
        self._add_keys()
        self._later = Debounced(lambda: self.rail.show_states(self.editor.now), self)
        editor.changed.connect(lambda now, edit: self._later.now() if self.rail.is_urgent(now, edit) else self._later())
        self.rail.show_states(editor.now)

    def _build(self) -> None:
        self.area = PageArea(self.stack, self.maker)
        self.helper, self.strip = self.area.helper, self.area.strip
        self.preview = self.area.preview
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addWidget(self.area, 1)
        foot = QVBoxLayout()                 # where the find bar comes
        column = fill_with_column(self)
        column.addWidget(self.top)
        column.addLayout(body, 1)
        column.addLayout(foot)
        column.addWidget(self.status)
        self.finder = TextFinder(self.stack, foot, self._search)

    def _connect(self) -> None:
        self.rail.wanted.connect(self.enter)
        self.stack.entered.connect(self._show_page)
        self.editor.changed.connect(lambda *_: self._follow_export())
        self.stack.place_wanted.connect(self.go_to)
        self.stack.held.connect(self.status.hold)
        self.stack.reasons_recorded.connect(self.status.show_word)
        self.area.narrowed.connect(self.status.set_narrow)
        self.area.narrowed.connect(self.top.set_narrow)
        self.area.rail_room_changed.connect(self.rail.set_room)
        self.area.preview_shown.connect(self.top.preview_button.setChecked)
        self.helper.place_wanted.connect(self.go_to)
        self.preview.print_wanted.connect(self.print)
        self.status.next_wanted.connect(self.do_next)
        self.top.home_wanted.connect(self.home_wanted)
        self.top.export_wanted.connect(self.export)
        self.top.preview_wanted.connect(self.area.toggle_preview)
        self.top.undo_wanted.connect(self._undo)
        self.top.redo_wanted.connect(self._redo)
        self._connect_context()

    def _connect_context(self) -> None:
        """Hand on what the pages ask for."""
        asked = self._context
        asked.last_year_wanted.connect(self.last_year_wanted)
        asked.history_wanted.connect(self.top.past_wanted)
        asked.years_wanted.connect(self.years_wanted)
        asked.sheet_wanted.connect(self.sheet_wanted)
        asked.export_wanted.connect(self.export)
        asked.carry_wanted.connect(self.top.carry_wanted)
        asked.sum_changed.connect(self.status.show_sum)
        asked.style_changed.connect(self.set_style)
        asked.begun.connect(self.begun)
        asked.exported.connect(self.exported)
        asked.folder_used.connect(self.folder_used)
        asked.broke.connect(self.broke)

    def _add_keys(self) -> None:
        for key, act in (("next_step", lambda: self.stack.enter_next(1)),
                         ("last_step", lambda: self.stack.enter_next(-1)),
                         ("next_pane", lambda: self._enter_pane(1)), ("last_pane", lambda: self._enter_pane(-1)),
                         ("finding", self.next_finding), ("preview", self.area.toggle_preview),
                         ("export", self.export), ("save", self.save_wanted.emit), ("find", self.finder.find),
                         ("replace", lambda: self.finder.find(replacing=True)),
                         ("find_next", lambda: self.finder.step(1)), ("find_last", lambda: self.finder.step(-1)),
                         ("print", self.print), ("past", self.top.past_wanted.emit),
                         ("home", self.home_wanted.emit)):
            add_shortcut(key, self, act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.area.fit(self.width())
        super().resizeEvent(event)

    # -- the pages

    @property
    def steps(self) -> tuple[Step, ...]:
        return self.stack.steps

    @property
    def step_bar(self) -> StepBar:
        """The steps to other pages, where they stand now."""
        return self.area.step_bar

    @property
    def pages(self) -> dict[str, WizardPage]:
        """The pages that were made so far, by item."""
        return self.stack.pages

    @property
    def at(self) -> tuple[Step, StepPage]:
        """The step and the page that are shown."""
        return self.stack.at

    def enter(self, step_id: str, item: str | None = None) -> WizardPage:
        """Show a page of a step, its first one by default."""
        return self.stack.enter(step_id, item)

    def enter_item(self, item: str | None) -> None:
        """Show the page of this item, the cover where there is none."""
        self.stack.enter_item(item)

    def go_to(self, place: Address | str, finding: Finding | None = None) -> None:
        """Show the page of a cell, a text or a fact of the cover, put the cursor there and mark what is found."""
        shown = self.stack.go_to(place)
        self.helper.speak_of(place)          # also where the cursor stood there already
        if finding is not None:
            shown.show_finding(finding)

    def place(self) -> Address | str | None:
        """Where the cursor is: a cell, a text, or None."""
        at = self.stack.current.place()
        return at if isinstance(at, Address) or at in self.editor.form.texts else None

    def places(self) -> tuple[str, ...]:
        """What the manual may be asked about, the nearest first: a doubtful row, the page, the step."""
        step, page = self.at
        near = ("preview",) if self.preview.isVisible() else ("decision",) if self.helper.can_ask else ()
        return *near, page.item, step.id

    def commit(self) -> bool:
        """Take over what is being typed. False: it cannot be read and is kept out."""
        return self.stack.commit()

    def _show_page(self) -> None:
        step, page = self.at
        self.rail.show_current(step.id, page.item)
        self.status.show_keys(self.stack.current.enter_moves)
        self._follow_export()

    def _follow_export(self) -> None:
        """One blue button for the export, never two."""
        self.top.export_button.setVisible(not self.stack.current.offers_export())

    def _enter_pane(self, by: int) -> None:
        """F6: the next part of the window that is in sight."""
        self.commit()
        panes = [*notification_regions(self.window()), FocusRegion(self.top, lambda: focus_first(self.top)),
                 FocusRegion(self.rail, self.rail.take_focus), *self.area.panes()]
        if self.finder.bar and self.finder.bar.isVisible():
            panes.append(FocusRegion(self.finder.bar, self.finder.bar.take_focus))
        next_region(panes, by).take()

    # -- what is to be done next

    def next_finding(self) -> None:
        """F8: the next cause that no reason answers, then the next blank, and round again."""
        step = self._round.go_on(self.editor.now, self.stack.current.place())
        if step.place is not None:
            self.go_to(step.place, step.finding)
        if step.words:
            self.status.show_word(step.words)

    def do_next(self) -> None:
        """The line at the foot: to what is off, else to what is quickest done; a warning is explained in the review."""
        todo = list_tasks(self.editor.now)
        if not todo:
            self.enter("review")
        elif todo[0].cause and is_answerable(todo[0].cause.lead):
            self.enter("review").explain(todo[0])
        else:
            self._show_open(todo[0])

    def _show_open(self, task: OpenTask) -> None:
        """What is open, with the cursor where the slip most likely is."""
        place, finding = task.place, task.finding
        if finding is not None and finding in select_balance_findings(self.editor.form, self.editor.now.findings):
            from govdesk.suggestions.likeliest_cell import find_likeliest_cell

            place = find_likeliest_cell(self.editor.now, finding)
        self.go_to(place, finding)

    # -- undo

    def _undo(self) -> None:
        if self.editor.stack.canUndo():
            self._show_change(self.editor.stack.undo)

    def _redo(self) -> None:
        if self.editor.stack.canRedo():
            self._show_change(self.editor.stack.redo)

    def _show_change(self, act: Callable[[], object]) -> None:
        """Undo or redo, and lead to what it changed."""
        self.stack.commit(reasons=False)     # what is undone is what was done, not what is being written
        seen: list[Edit] = []
        keep = lambda _, edit: seen.append(edit)           # noqa: E731  # connected and taken off again
        self.editor.changed.connect(keep)
        act()
        self.editor.changed.disconnect(keep)
        if seen and seen[-1].changes:
            change = seen[-1].changes[0]
            if change.layer in SHOWN_LAYERS:
                self.go_to(change.key)
            elif change.layer in LAST_YEAR_LAYERS:
                self.stack.enter_item("last_year", focus=False).go_to(change.key)

    # -- files and paper

    def export(self) -> None:
        """Ctrl+E and the blue button: the export page, and its file dialogue at once."""
        QTimer.singleShot(0, self.enter("export").ask_and_export)

    def hand_over(self) -> None:
        """The export page, and the dialogue for an exchange file."""
        self.enter("export").ask_and_hand_over()

    def toggle_preview(self) -> None:
        """F9: the pages of the PDF beside the page, and away again."""
        self.area.toggle_preview()

    def print(self) -> None:
        """The system's dialogue, then the pages as they are now."""
        from ui.preview.printing import print_report

        self.commit()
        try:
            print_report(self.editor.now, self._context.style, self)
        except UserError as error:
            self.status.show_warning(error.sentence)

    def set_style(self, style: Style) -> None:
        """Another look of the printed page."""
        self._context.style = style
        self.maker.set_style(style)
        self.style_chosen.emit(style)

    def say(self, severity: NoticeLevel, words: str) -> None:
        self.status.say(severity, words)

    def take_focus(self) -> None:
        self.stack.take_focus()

    def make_self_check(self, folder: str | None, run: Runner) -> SelfCheckPage:
        """自检单 of the report as it is now; `folder`: where its file is to be written."""
        from ui.pages.self_check_page import SelfCheckPage

        self.stack.commit()
        page = SelfCheckPage(self.editor.now, folder, unfinished=self.editor.unfinished, run=run)
        page.folder_used.connect(self.use_folder)
        return page

    def use_folder(self, folder: str) -> None:
        """Let the next export begin in this folder."""
        self._context.export_folder = folder
        for page in self.pages.values():
            page.use_folder(folder)
        self.folder_used.emit(folder)

    def close_workers(self) -> None:
        """The draft is being left."""
        for page in self.pages.values():
            page.leave()
        self.maker.close()
