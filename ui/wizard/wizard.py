"""One open draft: rail, page, helper; every page in any order, nothing ever blocked."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from govdesk.base.errors import UserError
from govdesk.checks import Finding, State
from govdesk.document.style import Style
from govdesk.findings.reasons import answerable
from govdesk.form.form import Address
from govdesk.report.report import Edit, Layer
from govdesk.session import steps
from govdesk.session.progress import open_causes, tasks
from govdesk.session.steps import Page, PageKind, Step
from ui.common.debounce import Later
from ui.common.runner import Runner
from ui.common.severity import Severity
from ui.common.shortcuts import shortcut
from ui.editing.editor import Editor
from ui.findings import pending_reasons
from ui.helper.helper_panel import HelperPanel, HelperStrip, give_room
from ui.pages.cover_page import CoverPage, Organs
from ui.pages.export_page import ExportPage
from ui.pages.grid_page import GridPage
from ui.preview.preview import Preview
from ui.preview.renderer import PreviewMaker
from ui.table_bars.balance_bar import likeliest
from ui.widgets.basics import filled, styled
from ui.widgets.focus_regions import Pane, next_pane, take_again, take_first
from ui.widgets.main_page import MainPage
from ui.widgets.notification_bar import pane_of
from ui.widgets.step_bar import StepBar
from ui.wizard.find_in_texts import Finder
from ui.wizard.page_maker import make_page
from ui.wizard.status_bar import StatusLine
from ui.wizard.step_rail import Rail
from ui.wizard.top_bar import TopBar

WIDEST, BESIDE = 16_777_215, 364             # widths of the preview: alone, and at least beside a page
HELPED = (PageKind.GRID, PageKind.TEXT, PageKind.COVER)      # what the helper can speak of
NARROW = 1200                                # below this width the helper folds and the rail is slim


class Wizard(MainPage):
    """Pages are made when first entered; `at` says where one is."""

    home_wanted = Signal()
    begun = Signal(str)                      # what is about to be written
    exported = Signal(str)
    folder_used = Signal(str)
    broke = Signal(object)
    style_chosen = Signal(object)            # Style
    last_year_wanted = Signal(object)        # the widget at which last year's reports are offered
    sheet_wanted = Signal()                  # 自检单
    save_wanted = Signal()                   # Ctrl+S

    def __init__(self, editor: Editor, export_folder: str | None = None, enter_moves: str = "down",
                 style: Style | None = None, *, organs: Organs = tuple, run: Runner | None = None) -> None:
        super().__init__()
        self.editor = editor
        self.page_style, self.organs, self.run = style or Style(), organs, run
        self._alone, self._helping = False, False            # preview without page; helper out of its strip
        self.export_folder, self.enter_moves = export_folder, enter_moves
        styled(self, "ground")
        self.steps: tuple[Step, ...] = steps.steps(editor.form)
        self.pages: dict[str, QWidget] = {}
        self.at, self._looked_at = (self.steps[0], self.steps[0].pages[0]), -1
        self._build()
        self._keys()
        self._later = Later(lambda: self.rail.show_states(self.editor.now), self)
        editor.changed.connect(lambda now, edit: self._later.now() if self.rail.is_urgent(now, edit) else self._later())
        self.rail.show_states(editor.now)

    def _build(self) -> None:
        self.top = TopBar(self.editor)
        self.rail = Rail(self.steps)
        self.stack = QStackedWidget()
        self.helper = HelperPanel(self.editor)
        self.strip = HelperStrip()
        self.step_bar = StepBar()
        self.finder = Finder(self)
        self.maker = PreviewMaker(self.editor, self.page_style)
        self.preview = Preview(self.maker)
        self.preview.hide()
        self.status = StatusLine(self.editor)
        middle = self._middle = QHBoxLayout()
        self._paper = QWidget()              # the page, and at its end the way to the next
        paper = filled(self._paper)
        paper.addWidget(self.stack, 1)
        paper.addWidget(self.step_bar)
        middle.addWidget(self._paper, 2)
        middle.addWidget(self.preview, 1)
        middle.addWidget(self.helper)
        middle.addWidget(self.strip)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.rail)
        body.addLayout(middle, 1)
        column = filled(self)
        column.addWidget(self.top)
        column.addLayout(body, 1)
        self.foot = QVBoxLayout()            # where the find bar comes
        column.addLayout(self.foot)
        column.addWidget(self.status)
        self._connect()

    def _connect(self) -> None:
        self.rail.wanted.connect(self.enter)
        self.step_bar.wanted.connect(self._step)
        self.top.home_wanted.connect(self.home_wanted)
        self.top.next_wanted.connect(self.do_next)
        self.top.export_wanted.connect(self.export)
        self.top.undo_wanted.connect(lambda: self._walk(self.editor.stack.undo, self.editor.stack.canUndo()))
        self.top.redo_wanted.connect(lambda: self._walk(self.editor.stack.redo, self.editor.stack.canRedo()))
        self.status.balance_wanted.connect(self._show_balance)
        self.helper.place_wanted.connect(self.go_to)
        self.helper.light_wanted.connect(self._light)
        self.helper.evidence_wanted.connect(self._open_evidence)
        self.helper.back_wanted.connect(self._leave_helper)
        self.strip.toggle_wanted.connect(self._toggle_helper)
        QApplication.instance().focusChanged.connect(self._speak_of_field)     # type: ignore[union-attr]
        self.top.preview_wanted.connect(self.toggle_preview)
        self.preview.close_wanted.connect(self.toggle_preview)
        self.preview.alone_wanted.connect(self._set_alone)
        self.preview.print_wanted.connect(self.print)

    def _keys(self) -> None:
        for key, act in (("next_step", lambda: self._step(1)), ("last_step", lambda: self._step(-1)),
                         ("next_pane", lambda: self._pane(1)), ("last_pane", lambda: self._pane(-1)),
                         ("finding", self.next_finding), ("preview", self.toggle_preview), ("export", self.export),
                         ("save", self.save_wanted.emit), ("find", self.finder.find),
                         ("replace", lambda: self.finder.find(replacing=True)),
                         ("find_next", lambda: self.finder.step(1)), ("find_last", lambda: self.finder.step(-1)),
                         ("print", self.print), ("past", self.top.past_wanted.emit),
                         ("home", self.home_wanted.emit)):
            shortcut(key, self, act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        narrow = self.width() < NARROW
        if event.oldSize().width() < 0 or narrow != (event.oldSize().width() < NARROW):
            self.status.set_narrow(narrow)
            self.top.set_narrow(narrow)
            self._helping = False
            self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """The helper has something to say beside texts, tables and the cover only; where room is short it waits in its
        strip until it is asked, and the preview stands alone."""
        useful = self.at[1].kind in HELPED and not self.preview.isVisible()
        narrow = self.width() < NARROW
        alone = self.preview.isVisible() and (self._alone or narrow)
        self._paper.setVisible(not alone)
        self.preview.setMaximumWidth(WIDEST if alone else max(BESIDE, self.width() // 3 - 80))
        self.preview.setMinimumWidth(BESIDE)
        self.preview.set_alone(alone)
        if alone:
            self.preview.take_focus()
        asked = narrow and self._helping
        self.helper.setVisible(useful and (asked or not narrow))
        self.strip.setVisible(useful and narrow)
        self.strip.button.setChecked(asked)
        give_room(self._middle, self.helper, tight=useful and asked)
        self.rail.set_room("icons" if useful and asked else "narrow" if narrow else "wide")

    # -- helper

    def _toggle_helper(self) -> None:
        self._helping = not self._helping
        self._arrange()
        if self._helping:
            self.helper.take_focus()
        else:
            take_again(self.stack.currentWidget())

    def _leave_helper(self) -> None:
        """Back to the page; where room is short the helper folds."""
        self._helping = False
        self._arrange()
        take_again(self.stack.currentWidget())

    def _speak_of_field(self, _: QWidget | None, now: QWidget | None) -> None:
        """The cover's fields are spoken of as the cursor comes to them."""
        shown = self.stack.currentWidget()
        if isinstance(shown, CoverPage):
            key = next((key for key, field in shown.fields.items() if field is now), None)
            if key:
                self.helper.speak_of(key)

    def places(self) -> tuple[str, ...]:
        """What the manual may be asked about, the nearest first: a doubtful row, the page, the step."""
        step, page = self.at
        near = ("preview",) if self.preview.isVisible() else ("decision",) if self.helper.can_ask else ()
        return *near, page.item, step.id

    def _pane(self, by: int) -> None:
        """F6: the next part of the window that is in sight; the folded helper comes out for it."""
        self.commit()
        shown = self.stack.currentWidget()
        panes = [*pane_of(self.window()), Pane(self.top, lambda: take_first(self.top)),
                 Pane(self.rail, self.rail.take_focus)]
        if self.stack.isVisible():
            panes.append(Pane(self._paper, lambda: take_again(shown)))
        if self.preview.isVisible():
            panes.append(Pane(self.preview, self.preview.take_focus))
        elif self.helper.isVisible():
            panes.append(Pane(self.helper, self.helper.take_focus))
        elif self.strip.isVisible():
            panes.append(Pane(self.strip, self._toggle_helper))
        if self.finder.bar and self.finder.bar.isVisible():
            panes.append(Pane(self.finder.bar, self.finder.bar.take_focus))
        next_pane(panes, by).take()

    # -- preview

    def toggle_preview(self) -> None:
        """F9: the pages of the PDF beside the page, and away again."""
        self.commit()
        self.preview.setVisible(not self.preview.isVisible())
        self._arrange()
        self.top.preview_button.setChecked(self.preview.isVisible())
        if self.preview.isVisible():
            self._follow()
        else:
            take_again(self.stack.currentWidget())

    def _set_alone(self, alone: bool) -> None:
        self._alone = alone
        self._arrange()

    def _follow(self) -> None:
        """Lead the preview to what is being edited."""
        step, page = self.at
        headed = {text.id for text in self.editor.form.texts.values() if text.heading}
        anchor = f"{page.item}/table" if page.kind is PageKind.GRID else page.item if page.item in headed else step.id
        self.preview.show_place(anchor, getattr(self.stack.currentWidget(), "share", lambda: 0.0))

    def print(self) -> None:
        """The system's dialogue, then the pages as they are now."""
        from ui.preview.printing import print_report

        self.commit()
        try:
            print_report(self.editor.now, self.page_style, self)
        except UserError as error:
            self.status.show_warning(error.sentence)

    def set_style(self, style: Style) -> None:
        """Another look of the printed page."""
        self.page_style = style
        self.maker.set_style(style)
        self.style_chosen.emit(style)

    # -- moving

    def enter(self, step_id: str, item: str | None = None, *, focus: bool = True) -> QWidget:
        """Show a page; what was being typed on the one before is kept."""
        self.commit()
        step = next(s for s in self.steps if s.id == step_id)
        page = next((p for p in step.pages if p.item == item), step.pages[0])
        shown = self._page(page)
        self.at = (step, page)
        self.stack.setCurrentWidget(shown)
        self.rail.show_current(step.id, page.item)
        self.status.show_keys(self.enter_moves if page.kind is PageKind.GRID else "")
        order = self._order()
        at = order.index(self.at)
        self.step_bar.show_place(order[at - 1] if at else None, self.at, order[at + 1] if at + 1 < len(order) else None)
        self.step_bar.follow(shown)
        self._arrange()
        self._follow()
        self.helper.speak_of(shown.view.cursor_address if isinstance(shown, GridPage) else page.item)
        if focus:
            shown.focus_first()              # type: ignore[attr-defined]  # every page has it
        self._speak_of_field(None, QApplication.focusWidget())
        return shown

    def enter_item(self, item: str | None) -> None:
        """Show the page of this item, the cover where there is none."""
        step = next((s for s in self.steps for page in s.pages if page.item == item), self.steps[0])
        self.enter(step.id, item)

    def go_to(self, place: Address | str, finding: Finding | None = None) -> None:
        """Show the page of a cell, a text or a fact of the cover, and put the cursor there."""
        for step in self.steps:
            for page in step.pages:
                if page.item == (place.grid if isinstance(place, Address) else place):
                    shown = self.enter(step.id, page.item, focus=False)
                    shown.go_to(place)       # type: ignore[attr-defined]
                    self.helper.speak_of(place)            # also where the cursor stood there already
                    self._light([p for p in finding.places if isinstance(p, Address)] if finding else [])
                    return
        self.enter("cover", focus=False).go_to(place)      # type: ignore[attr-defined]

    def place(self) -> Address | str | None:
        """Where the cursor is: a cell, a text, or None."""
        shown = self.stack.currentWidget()
        if isinstance(shown, GridPage):
            return shown.view.cursor_address
        return self.at[1].item if self.at[1].item in self.editor.form.texts else None

    def next_finding(self) -> None:
        """F8: the next cause that no reason answers, else the next blank."""
        now = self.editor.now
        if asked := open_causes(now):
            self._looked_at = (self._looked_at + 1) % len(asked)
            self.go_to(asked[self._looked_at].lead.places[0], asked[self._looked_at].lead)
            return
        if pending := [f for f in now.findings if f.state is State.PENDING and f.places]:
            self.go_to(pending[-1].places[0])

    def do_next(self) -> None:
        """The line at the top: to what is open and quickest done; a warning is explained in the review."""
        todo = tasks(self.editor.now)
        if not todo:
            self.enter("review")
        elif todo[0].cause and answerable(todo[0].cause.lead):
            self.enter("review").unfold(todo[0])           # type: ignore[attr-defined]
        else:
            self.go_to(todo[0].place, todo[0].finding)

    def _step(self, by: int) -> None:
        order = self._order()
        step, page = order[(order.index(self.at) + by) % len(order)]
        self.enter(step.id, page.item)

    def _order(self) -> list[tuple[Step, Page]]:
        return [(step, page) for step in self.steps for page in step.pages]

    def _show_balance(self, finding: Finding | None) -> None:
        if finding is not None:
            self.go_to(likeliest(self.editor.now, finding), finding)

    def _light(self, cells: list[Address]) -> None:
        if cells and isinstance(shown := self.stack.currentWidget(), GridPage):
            shown.light(cells)

    def _open_evidence(self) -> None:
        if isinstance(shown := self.stack.currentWidget(), GridPage):
            shown.open_evidence()

    def _walk(self, act: object, can: bool) -> None:
        """Undo or redo, and show what it changed."""
        if not can:
            return
        self.commit(reasons=False)           # what is undone is what was done, not what is being written
        seen: list[Edit] = []
        keep = lambda _, edit: seen.append(edit)           # noqa: E731  # connected and taken off again
        self.editor.changed.connect(keep)
        act()                                # type: ignore[operator]
        self.editor.changed.disconnect(keep)
        if seen and seen[-1].changes:
            change = seen[-1].changes[0]
            if change.layer in (Layer.VALUES, Layer.STATED, Layer.TEXTS, Layer.COVER, Layer.NOTES, Layer.SOURCES):
                self.go_to(change.key)
            elif change.layer in (Layer.PREVIOUS, Layer.PREVIOUS_TEXTS):
                self.enter("cover", "last_year", focus=False).go_to(change.key)    # type: ignore[attr-defined]

    # -- pages

    def _page(self, page: Page) -> QWidget:
        if page.item not in self.pages:
            made = self.pages[page.item] = make_page(self, page)
            self.status.watch(page.item, made)
            self.stack.addWidget(made)
        return self.pages[page.item]

    def export(self) -> None:
        """Ctrl+E and the blue button: the export page, and its file dialogue at once."""
        QTimer.singleShot(0, self.enter("export").ask_and_export)          # type: ignore[attr-defined]

    def commit(self, *, reasons: bool = True) -> bool:
        """Take over what stands in an open cell editor, and reasons that are written. False: what stood in the cell is
        no number and is kept out."""
        shown = self.stack.currentWidget()
        kept = shown.commit_open_editor() if isinstance(shown, GridPage) else True
        self.editor.seal()
        if reasons:
            pending_reasons.record(self.editor, self.status.show_word)
        return kept

    def say(self, severity: Severity, words: str) -> None:
        self.status.say(severity, words)

    def take_focus(self) -> None:
        take_again(self.stack.currentWidget())

    def use_folder(self, folder: str) -> None:
        self.export_folder = folder
        if isinstance(export := self.pages.get("export"), ExportPage):
            export.use_folder(folder)
        self.folder_used.emit(folder)

    def close_workers(self) -> None:
        if isinstance(export := self.pages.get("export"), ExportPage):
            export.leave()
        self.maker.close()
