"""The export: where the file goes, what it looked like in figures, and the exchange file beside it."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from govdesk.base.errors import Stopped, UserError
from govdesk.base.files import FORBIDDEN, Stamp, is_folder, stamp_of, write_whole
from govdesk.document.style import Style
from govdesk.exchange import report_file
from govdesk.exchange.handover import for_others
from govdesk.exchange.readers import EXCHANGE
from govdesk.export.formats import FORMATS, PDF, Format
from govdesk.form.form import Address
from govdesk.printing.compose import title_of
from govdesk.report.report import Report
from govdesk.session.progress import Standing, asked, standing
from govdesk.session.session import Snapshot, blanks_of
from govdesk.typeset.watch import Watch
from ui.common.unfinished import Runner, Work, alone
from ui.common.worker import Worker
from ui.editing.editor import Editor
from ui.pages.notes_choice import NotesChoice
from ui.pages.print_style_card import StyleCard
from ui.widgets.basics import Button, button, card, clear, label, scrolled_column, set_role
from ui.widgets.save_dialog import Agreed, ask_where

FILE_WORDS = ("交换文件交给上级或别的单位：年报的内容、原件合计、上年的数字和文字、说明的理由；不含备注、来源、算式、"
              "草稿名称和历史。",
              "“带走这份草稿”给自己用，备注、来源和历史都在里面；在另一台电脑上改完带回来，程序认得出是哪一份。")
BUSY = "△ 上一份还在导出，没有再导出。请等它完成或按“停止”，再导出一次。"
WORTH_SHOWING = 300                          # ms after which an export shows how far it is
LONGEST_NAME = 80                            # characters of a file name


class ExportPage(QWidget):
    """Two cards: what is about to be exported, and what came of it."""

    exported = Signal(str)                   # path of a finished file
    begun = Signal(str)                      # what is about to be written, in words
    carry_wanted = Signal()
    folder_used = Signal(str)
    broke = Signal(object)                   # an exception that is no sentence
    refused = Signal(str)                    # the sentence that says why nothing was written
    style_changed = Signal(object)           # Style
    _progress = Signal(int, object)          # pages done, of how many (None: not known yet)

    def __init__(self, editor: Editor, folder: str | None = None, style: Style | None = None,
                 parent: QWidget | None = None, *, run: Runner | None = None) -> None:
        super().__init__(parent)
        self._editor, self._folder = editor, folder
        self._stop = threading.Event()
        self._style = StyleCard(editor.form, style or Style())
        self._style.changed.connect(self.style_changed)
        self._progress.connect(self._show_progress)
        self._run = run or alone(Worker("export", self))
        self.left = False                    # what is under way is finished without the page
        self._said: QLabel | None = None     # what is said of the export in the card below
        self._pages, self._written = 0, None
        column = scrolled_column(self)
        column.addWidget(label("导出", "title"))
        column.addWidget(self._offer())
        self._result, self._result_column = card(margins=(20, 16, 20, 16))
        self._result.hide()
        column.addWidget(self._result)
        column.addWidget(self._style)
        column.addStretch(1)
        for sheet in (self._offered, self._result, self._style):
            sheet.setMaximumWidth(820)
        editor.changed.connect(lambda *_: self._write_state())
        editor.unfinished_changed.connect(self._write_state)
        editor.exported_changed.connect(self._write_exported)
        self._write_state()

    def _offer(self) -> QWidget:
        self._offered, inside = card(margins=(20, 16, 20, 16), spacing=10)
        self._name = label("", "heading", wrap=True)
        self._state = label("", "quiet", wrap=True)
        inside.addWidget(self._name)
        inside.addWidget(self._state)
        self._last = label("", "agreed", wrap=True)
        inside.addWidget(self._last)
        inside.addWidget(self._offer_zeros())
        for row_of_table in FORMATS.values():
            inside.addWidget(label(row_of_table.about, "quiet", wrap=True))
        row = QHBoxLayout()
        for made in self._export_buttons():
            row.addWidget(made)
        row.addWidget(button("另存交换文件…", self.ask_and_hand_over))
        row.addWidget(button("带走这份草稿…", self.carry_wanted.emit))
        row.addStretch(1)
        inside.addLayout(row)
        self.notes = NotesChoice(self._editor)
        inside.addWidget(self.notes)
        for words in FILE_WORDS:
            inside.addWidget(label(words, "quiet", wrap=True))
        inside.addWidget(self._make_busy())
        return self._offered

    def _export_buttons(self) -> list[Button]:
        """A button a format; the first is the blue one."""
        self.export_buttons = [button(f"{act_of(to)}…", lambda to=to: self.ask_and_export(to))
                               for to in FORMATS.values()]
        self.export_button = self.export_buttons[0]
        self.export_button.setProperty("role", "primary")
        return self.export_buttons

    def _offer_zeros(self) -> QWidget:
        """The blanks of all tables, counted, and 0 for all of them in one step: a printed blank is sent back."""
        self._zeros = QWidget()
        row = QHBoxLayout(self._zeros)
        row.setContentsMargins(0, 0, 0, 0)
        self._zero_words = label("", "quiet", wrap=True)
        row.addWidget(self._zero_words, 1)
        self.zero_button = button("空白都填 0", self._fill_blanks)
        self.zero_button.setToolTip("三张表余下的空白都填 0，一步可以撤销")
        row.addWidget(self.zero_button)
        return self._zeros

    def _fill_blanks(self) -> None:
        self._editor.do(self._editor.session.fill_blanks())
        self.export_button.setFocus()

    def _write_zeros(self) -> None:
        now = self._editor.now
        counts = [(grid.name, len(blanks_of(now, grid_id))) for grid_id, grid in now.form.grids.items()]
        said = "、".join(f"{name} {count} 处" for name, count in counts if count)
        self._zero_words.setText(f"印出来是空白的格：{said}。没有发生的填 0，可以一次填完。")
        self._zeros.setVisible(bool(said))

    def _make_busy(self) -> QWidget:
        """How far an export is, and a way to stop it; shown once it takes longer than a blink."""
        self._busy = QWidget()
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(4)
        self._far = label("", "quiet")
        row.addWidget(self._bar, 1)
        row.addWidget(self._far)
        self.stop_button = button("停止", self._stop.set)
        row.addWidget(self.stop_button)
        self._busy.hide()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._busy.show)
        return self._busy

    def _show_progress(self, done: int, whole: object) -> None:
        self._bar.setRange(0, whole if isinstance(whole, int) else 0)
        self._bar.setValue(done)
        self._far.setText(f"第 {done} 页，共 {whole} 页" if whole else f"正在排第 {done} 页")

    def _write_state(self) -> None:
        now = self._editor.now
        self._name.setText(title_of(now.form, now.report))
        self._write_zeros()
        self._state.setText(_state_words(standing(now, self._editor.in_the_way)))
        self._write_exported()

    def _write_exported(self) -> None:
        """Whether the last export still holds what the report is now; the same in both cards."""
        last, as_it_is = self._editor.exported, self._editor.is_as_exported
        self._last.setVisible(last is not None)
        if last is None:
            return
        at = f"{last[0].astimezone():%Y-%m-%d %H:%M}"
        self._last.setText(f"✓ {at} 已导出，内容没有再改动。" if as_it_is
                           else f"△ {at} 导出后有修改，交出前请再导出一次。")
        set_role(self._last, "agreed" if as_it_is else "off")
        if self._said is not None:
            pages = (f"，共 {self._pages} 页", f" {self._pages} 页") if self._pages else ("", "")
            self._said.setText(f"✓ 已导出{pages[0]}" if as_it_is
                               else f"△ 已导出{pages[1]}，但导出后有修改，文件里是修改前的内容")
            set_role(self._said, "agreed" if as_it_is else "off")

    def focus_first(self) -> None:
        self._result.hide()                  # what was said of an earlier export is no longer of interest
        self.export_button.setFocus()

    def go_to(self, _: Address | str) -> None:
        self.export_button.setFocus()

    def _allow_export(self, *, wished: bool) -> None:
        for one in self.export_buttons:
            one.setEnabled(wished)

    def ask_and_export(self, to: Format = PDF) -> None:
        """Ask for the file, then export in the background."""
        if self._is_busy():
            return
        suggested = self._default_folder() / f"{file_name(self._editor.now.report, self._editor.now)}{to.suffix}"
        if agreed := ask_where(self, act_of(to), suggested, to):
            self.export_to(*agreed, to)

    def export_to(self, target: Path, over: Stamp | None = None, to: Format = PDF) -> None:
        """Export the report as it is now to `target`; the page says what came of it."""
        if self._is_busy():
            return
        snap = self._editor.now
        self.begun.emit(act_of(to))
        self._allow_export(wished=False)
        self._result.hide()
        self._stop.clear()
        self._bar.setRange(0, 0)
        self._far.setText("")
        self._soon.start(WORTH_SHOWING)
        style, stop = self._style.style_now, self._stop
        work = Work(f"《{title_of(snap.form, snap.report)}》的导出", target)
        self._run(self, work,
                  lambda: export_report(snap, Agreed(target, over), to, style, Watch(self._tell_progress, stop.is_set)),
                  lambda done: self._done(snap.report, target, done), self._failed)

    def _is_busy(self) -> bool:
        """One export at a time, so that what is called exported is one report; another is refused in words."""
        busy = not self.export_button.isEnabled()
        if busy:
            self._say(BUSY, "off")
            self.refused.emit(BUSY.removeprefix("△ "))
        return busy

    def _tell_progress(self, done: int, whole: int | None) -> None:
        """In the worker; the page may be gone, or just going: then PySide knows its signal, but not what it carries."""
        if not self.left:
            with suppress(RuntimeError, TypeError):
                self._progress.emit(done, whole)

    def _done(self, report: Report, target: Path, done: object) -> None:
        """`report` is what was exported; the clerk may have gone on meanwhile."""
        self._idle()
        self._used(target.parent)
        self._pages = done.pages             # type: ignore[attr-defined]
        self._editor.set_exported((datetime.now(UTC), report))
        self._written = stamp_of(target)
        self._said = self._say("", "agreed")
        self._result_column.addWidget(label(str(target), "quiet", wrap=True))
        for doubt in done.doubts:                                             # type: ignore[attr-defined]
            self._result_column.addWidget(label(f"△ {doubt.sentence}", "off", wrap=True))
        if done.layout:                                                       # type: ignore[attr-defined]
            self._result_column.addWidget(label(done.layout, "quiet", wrap=True))      # type: ignore[attr-defined]
        row = QHBoxLayout()
        row.addWidget(button("打开文件", lambda: self._open_export(target)))
        row.addWidget(button("打开所在文件夹", lambda: self._open(target.parent)))
        row.addStretch(1)
        self._result_column.addLayout(row)
        self._write_state()
        self.exported.emit(str(target))

    def use_folder(self, folder: str) -> None:
        """Where the next dialogue begins: something else of this draft was saved there."""
        self._folder = folder

    def _used(self, folder: Path) -> None:
        self._folder = str(folder)
        self.folder_used.emit(str(folder))

    def _failed(self, error: BaseException) -> None:
        self._idle()
        if isinstance(error, Stopped):
            self._say("已停止导出，原来的文件没有改动。", "quiet")
        elif isinstance(error, UserError):
            self._say(f"△ {error.sentence}", "off")
            self.refused.emit(error.sentence)
        else:
            self._say("△ 没有导出成功，填报的内容都在。", "off")
            self.broke.emit(error)

    def _idle(self) -> None:
        self._allow_export(wished=True)
        if self.isVisible():
            self.export_button.setFocus()
        self._soon.stop()
        self._busy.hide()

    def _say(self, words: str, role: str) -> QLabel:
        self._said = None
        clear(self._result_column)
        said = label(words, role, wrap=True)
        self._result_column.addWidget(said)
        self._result.show()
        return said

    def _open_export(self, target: Path) -> None:
        """The file as it is now, with a word where another program has written it since."""
        other = target.exists() and stamp_of(target) != self._written
        self._open(target)
        if other:
            self._say(f"△ 这个文件在导出之后被改动或替换过，已不是刚才导出的那一份：{target}", "off")

    def _open(self, path: Path) -> None:
        if not path.exists():
            self._say(f"△ 文件已不在原处（可能已移走、改名或删除），需要时请再导出一次：{path}", "off")
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._say(f"△ 这台电脑没有能打开它的程序；文件在 {path}", "off")

    def ask_and_hand_over(self) -> None:
        """Ask for the file, then write the report as it is now."""
        suggested = self._default_folder() / f"{file_name(self._editor.now.report, self._editor.now)}{EXCHANGE.suffix}"
        if agreed := ask_where(self, "另存交换文件", suggested, EXCHANGE):
            self.hand_over(*agreed)

    def hand_over(self, target: Path, over: Stamp | None = None) -> None:
        """Write the exchange file."""
        try:
            now = self._editor.now
            data = report_file.dumps(for_others(now.report, asked(now), with_notes=self.notes.taken))
            self.begun.emit("另存交换文件")
            write_whole(target, data, over)
        except UserError as error:
            self._failed(error)
            return
        self._used(target.parent)
        about = self.notes.words_of_file()
        self._say(f"✓ 已写入 {target}" + (f"（{about}）" if about else ""), "agreed")
        self.notes.withdraw()

    def _default_folder(self) -> Path:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        chosen = Path(self._folder) if self._folder else Path(documents)
        return chosen if is_folder(chosen) else Path.home()

    def leave(self) -> None:
        """The draft is left. An export that is under way goes on."""
        self.left = True


def act_of(to: Format) -> str:
    """The act in words, under which its moment is kept: “导出 PDF”."""
    return f"导出 {to.name}"


def export_report(snap: Snapshot, agreed: Agreed, to: Format, style: Style, watch: Watch) -> object:
    """In the worker: compose, lay out, write."""
    from govdesk.base.paths import resources
    from govdesk.export.formats import export
    from govdesk.printing.compose import compose

    return export(compose(snap, style), agreed.path, to.id, resources() / "fonts", style, over=agreed.over,
                  progress=watch.progress, stop=watch.stop)


def _state_words(stands: Standing) -> str:
    """How far the report is. What only wants a reason stands in nobody's way, but is not passed over in silence."""
    reasons = [f"{stands.unexplained} 处待说明"] if stands.unexplained else []
    if stands.words:
        return f"还有 {'、'.join([*stands.words, *reasons])}；可以先导出看样子，不受影响。"
    return f"勾稽关系全部相符，没有空白；另有 {reasons[0]}。" if reasons else "✓ 勾稽关系全部相符，没有空白。"


def file_name(report: Report, snap: Snapshot) -> str:
    """The title as a file's name on any system; of a long one the organ's name is cut, not the year."""
    title = FORBIDDEN.sub("_", title_of(snap.form, report)).strip(" .")
    organ = len(report.cover("organ.name").strip())
    over = max(0, len(title) - LONGEST_NAME)
    return (title[:max(0, organ - over)] + title[organ:])[:LONGEST_NAME] or "年报"


