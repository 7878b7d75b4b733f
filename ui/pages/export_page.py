"""The page of the export: the report as a file in any format, and the exchange file beside it."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from govdesk.base.errors import Stopped, UserError
from govdesk.base.files import FileStamp, is_folder, write_whole
from govdesk.document.style import Style
from govdesk.drafts.unfinished import FileWork
from govdesk.exchange import report_file
from govdesk.exchange.handover import strip_private
from govdesk.exchange.readers import EXCHANGE_READER
from govdesk.export.formats import FORMATS, PDF_FORMAT, ExportFormat, ExportReport
from govdesk.form.form import Address
from govdesk.printing.compose import title_of
from govdesk.printing.file_name import suggest_file_name
from govdesk.report.report import Report
from govdesk.session.progress import Standing, asked_keys, compute_standing
from govdesk.session.session import Snapshot
from govdesk.typeset.watch import Watch
from ui.common.in_sight import InSight
from ui.common.runner import Runner, run_alone
from ui.common.worker import Worker
from ui.editing.editor import Editor
from ui.grid.bars.copy_tables import CopyTables
from ui.pages.blanks_offer import BlanksOffer
from ui.pages.export_progress import ExportProgress
from ui.pages.export_result import ExportResult
from ui.pages.notes_choice import NotesChoice
from ui.pages.page import PageContext, WizardPage
from ui.pages.print_style_card import PrintStyleCard
from ui.preview.first_page import WIDTH, FirstPage
from ui.preview.renderer import PreviewMaker
from ui.widgets.basics import (
    Button,
    fill_with_column,
    make_button,
    make_card,
    make_label,
    make_scrolled_column,
    set_role,
)
from ui.widgets.save_dialog import AgreedTarget, ask_where_to_save

HAND_OVER_WORDS = ("交给上级或别的单位，只有现在的内容：年报、原件合计、上年的数字和文字、说明的理由；"
                   "不含备注、来源、算式和修改记录。")
CARRY_WORDS = "换一台电脑接着填：备注、来源和修改记录都在里面，改完带回来能与这一份合并。"
BUSY = "△ 上一份还在导出，没有再导出。请等它完成或按“停止”，再导出一次。"
WIDEST, WAY_WIDTH, BETWEEN = 828, 258, 16      # pixels; the last between the cards and the first page


class ExportPage(WizardPage):
    """Two cards: the ways out with what came of them, and the choices of the printed page."""

    exported = Signal(str)                   # path of a finished file
    begun = Signal(str)                      # what is about to be written, in words
    carry_wanted = Signal()
    folder_used = Signal(str)
    broke = Signal(object)                   # an exception that is no sentence
    refused = Signal(str)                    # the sentence that says why nothing was written
    style_changed = Signal(object)           # Style

    def __init__(self, editor: Editor, folder: str | None = None, style: Style | None = None,
                 parent: QWidget | None = None, *, run: Runner | None = None, preview: PreviewMaker | None = None
                 ) -> None:
        super().__init__(parent)
        self._editor, self._folder = editor, folder
        self._style = PrintStyleCard(editor.form, style or Style())
        self._style.changed.connect(self.style_changed)
        self._run = run or run_alone(Worker("export", self))
        self.left = False                    # what is under way is finished without the page
        column = make_scrolled_column(self)
        column.addWidget(make_label("导出", "title"))
        cards = QWidget()
        cards.setMaximumWidth(WIDEST)        # not each card: their height is reckoned for the width of all
        ways = fill_with_column(cards)
        ways.setSpacing(12)
        ways.addWidget(self._offer())
        ways.addWidget(self._style)
        beside = QHBoxLayout()
        beside.setSpacing(BETWEEN)
        beside.addWidget(cards, 1)
        self.first_page = FirstPage(preview) if preview else None
        if self.first_page:
            beside.addWidget(self.first_page, 0, Qt.AlignmentFlag.AlignTop)
        beside.addStretch()
        column.addLayout(beside)
        column.addStretch(1)
        state = InSight(self._write_state, self)
        editor.changed.connect(state.follow)
        editor.unfinished_changed.connect(state.follow)
        editor.exported_changed.connect(self._write_exported)
        self._write_state()

    def _offer(self) -> QWidget:
        self._offered, inside = make_card(margins=(20, 16, 20, 16), spacing=10)
        self._name = make_label("", "heading", wrap=True)
        self._state = make_label("", "quiet", wrap=True)
        inside.addWidget(self._name)
        inside.addWidget(self._state)
        self._last = make_label("", "agreed", wrap=True)
        inside.addWidget(self._last)
        self._blanks = BlanksOffer(self._editor)
        self.zero_button = self._blanks.zero_button
        inside.addWidget(self._blanks)
        ways = _add_ways(inside)
        for made, row_of_table in zip(self._export_buttons(), FORMATS.values(), strict=True):
            _add_way(ways, made, row_of_table.about)
        self.progress = ExportProgress()
        self.stop_button = self.progress.stop_button
        inside.addWidget(self.progress)
        self._result = ExportResult(self._editor)
        inside.addWidget(self._result)
        self._blanks.filled.connect(self.export_button.setFocus)
        ways = _add_ways(inside)
        _add_way(ways, make_button("另存数据文件（上报用）…", self.ask_and_hand_over), HAND_OVER_WORDS)
        self.notes = NotesChoice(self._editor)
        ways.addWidget(self.notes, ways.rowCount(), 1)
        _add_way(ways, make_button("拷到另一台电脑（含修改记录）…", self.carry_wanted.emit), CARRY_WORDS)
        tables = CopyTables(self._editor)
        _add_way(ways, tables, tables.words)
        return self._offered

    def _export_buttons(self) -> list[Button]:
        """A button a format; the first is the blue one."""
        self.export_buttons = [make_button(f"{to.act}…", partial(self.ask_and_export, to)) for to
                               in FORMATS.values()]
        self.export_button = self.export_buttons[0]
        self.export_button.setProperty("role", "primary")
        return self.export_buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The first page stands beside the cards where there is room for it."""
        super().resizeEvent(event)
        if self.first_page:
            self.first_page.setVisible(event.size().width() >= WIDEST + WIDTH + BETWEEN + 8)

    def offers_export(self) -> bool:
        return True

    def _write_state(self) -> None:
        now = self._editor.now
        self._name.setText(title_of(now.form, now.report))
        self._blanks.count()
        self._state.setText(_state_words(compute_standing(now, self._editor.in_the_way)))
        self._write_exported()

    def _write_exported(self) -> None:
        """Whether the last export still holds what the report is now; once: under the button, if it was made here."""
        last, as_it_is = self._editor.exported, self._editor.is_as_exported
        self._last.setVisible(last is not None and not self._result.tells_export)
        if last is None:
            return
        at = f"{last[0].astimezone():%Y-%m-%d %H:%M}"
        self._last.setText(f"✓ {at} 已导出，内容没有再改动。" if as_it_is
                           else f"△ {at} 导出后有修改，交出前请再导出一次。")
        set_role(self._last, "agreed" if as_it_is else "off")
        self._result.update_age()

    def focus_first(self) -> None:
        self._result.hide()                  # what was said of an earlier export is no longer of interest
        self.export_button.setFocus()

    def go_to(self, _: Address | str) -> None:
        self.export_button.setFocus()

    def _allow_export(self, *, wished: bool) -> None:
        for one in self.export_buttons:
            one.setEnabled(wished)

    def ask_and_export(self, to: ExportFormat = PDF_FORMAT) -> None:
        """Ask for the file, then export in the background."""
        if self._is_busy():
            return
        suggested = self._default_folder() / f"{suggest_file_name(self._editor.now)}{to.suffix}"
        if agreed := ask_where_to_save(self, to.act, suggested, to):
            self.export_to(*agreed, to)

    def export_to(self, target: Path, over: FileStamp | None = None, to: ExportFormat = PDF_FORMAT) -> None:
        """Export the report as it is now to `target`; the page says what came of it."""
        if self._is_busy():
            return
        snap = self._editor.now
        self.begun.emit(to.act)
        self._allow_export(wished=False)
        self._result.hide()
        style, watch = self._style.style_now, self.progress.begin()
        work = FileWork(f"《{title_of(snap.form, snap.report)}》的导出", target)
        self._run(self, work, lambda: export_report(snap, AgreedTarget(target, over), to, style, watch),
                  lambda done: self._done(snap.report, target, done), self._failed)

    def _is_busy(self) -> bool:
        """One export at a time, so that what is called exported is one report; another is refused in words."""
        busy = not self.export_button.isEnabled()
        if busy:
            self._result.say(BUSY, "off")
            self.refused.emit(BUSY.removeprefix("△ "))
        return busy

    def _done(self, report: Report, target: Path, done: ExportReport) -> None:
        """`report` is what was exported; the clerk may have gone on meanwhile."""
        self._idle()
        self._used(target.parent)
        self._result.show_export(target, done)
        self._editor.set_exported((datetime.now(UTC), report))
        self._write_state()
        self.exported.emit(str(target))

    def use_folder(self, folder: str) -> None:
        self._folder = folder

    def _used(self, folder: Path) -> None:
        self._folder = str(folder)
        self.folder_used.emit(str(folder))

    def _failed(self, error: BaseException) -> None:
        self._idle()
        if isinstance(error, Stopped):
            self._result.say("已停止导出，原来的文件没有改动。", "quiet")
        elif isinstance(error, UserError):
            self._result.say(f"△ {error.sentence}", "off")
            self.refused.emit(error.sentence)
        else:
            self._result.say("△ 没有导出成功，填报的内容都在。", "off")
            self.broke.emit(error)

    def _idle(self) -> None:
        self._allow_export(wished=True)
        if self.isVisible():
            self.export_button.setFocus()
        self.progress.end()

    def ask_and_hand_over(self) -> None:
        """Ask for the file, then write the report as it is now."""
        name = suggest_file_name(self._editor.now)
        suggested = self._default_folder() / f"{name}{EXCHANGE_READER.suffix}"
        if agreed := ask_where_to_save(self, "另存数据文件（上报用）", suggested, EXCHANGE_READER):
            self.hand_over(*agreed)

    def hand_over(self, target: Path, over: FileStamp | None = None) -> None:
        """Write the exchange file."""
        try:
            now = self._editor.now
            data = report_file.dump_report(strip_private(now.report, asked_keys(now), with_notes=self.notes.taken))
            self.begun.emit("另存数据文件")
            write_whole(target, data, over)
        except UserError as error:
            self._failed(error)
            return
        self._used(target.parent)
        about = self.notes.words_of_file()
        self._result.say(f"✓ 已写入 {target}" + (f"（{about}）" if about else ""), "agreed")
        self.notes.withdraw()

    def _default_folder(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen = Path(self._folder) if self._folder else Path(documents)
        return chosen if is_folder(chosen) else Path.home()

    def leave(self) -> None:
        self.left = self.progress.left = True


def _add_ways(column: QVBoxLayout) -> QGridLayout:
    """Rows of ways out: the buttons of equal width, beside each for whom it is."""
    ways = QGridLayout()
    ways.setHorizontalSpacing(14)
    ways.setVerticalSpacing(8)
    ways.setColumnMinimumWidth(0, WAY_WIDTH)
    ways.setColumnStretch(1, 1)
    column.addLayout(ways)
    return ways


def _add_way(ways: QGridLayout, act: QWidget, words: str | QLabel) -> None:
    row = ways.rowCount()
    ways.addWidget(act, row, 0, Qt.AlignmentFlag.AlignVCenter)
    said = make_label(words, "quiet", wrap=True) if isinstance(words, str) else words
    ways.addWidget(said, row, 1, Qt.AlignmentFlag.AlignVCenter)


def export_report(snap: Snapshot, agreed: AgreedTarget, to: ExportFormat, style: Style, watch: Watch) -> ExportReport:
    """In the worker: compose, lay out, write."""
    from govdesk.base.paths import resources_folder
    from govdesk.export.formats import export_document
    from govdesk.printing.compose import compose

    return export_document(compose(snap, style), agreed.path, to.id, resources_folder() / "fonts", style,
                           over=agreed.over,
                           progress=watch.progress, stop=watch.stop)


def _state_words(stands: Standing) -> str:
    """How far the report is. What only wants a reason stands in nobody's way, but is not passed over in silence."""
    reasons = [f"{stands.unexplained} 处待说明"] if stands.unexplained else []
    if stands.words:
        return f"还有 {'、'.join([*stands.words, *reasons])}；可以先导出看样子，不受影响。"
    return f"勾稽关系全部相符，没有空白；另有 {reasons[0]}。" if reasons else "✓ 勾稽关系全部相符，没有空白。"


def make_export_page(context: PageContext, _item: str) -> ExportPage:
    made = ExportPage(context.editor, context.export_folder, context.style, run=context.run,
                      preview=context.preview)
    for own, handed_on in ((made.style_changed, context.style_changed), (made.carry_wanted, context.carry_wanted),
                           (made.begun, context.begun), (made.exported, context.exported),
                           (made.folder_used, context.folder_used), (made.broke, context.broke)):
        own.connect(handed_on)
    return made
