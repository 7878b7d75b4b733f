"""The window: home or an open draft."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from govdesk import __version__, settings
from govdesk.base.bounds import LABEL
from govdesk.base.errors import FormError, UserError
from govdesk.store.drafts import Drafts
from ui.app.data_folder import relocate
from ui.app.single_instance import claim
from ui.common import theme
from ui.common.program_title import TITLE
from ui.common.shortcuts import shortcut
from ui.home.draft_list import name_of
from ui.home.home_page import FORM, HomePage
from ui.widgets.basics import filled

if TYPE_CHECKING:                            # waits until a draft is opened: the list of drafts is there sooner
    from govdesk.report.report import Edit, Report
    from ui.app.last_position import Keeper
    from ui.app.single_instance import Claim
    from ui.backups.scheduler import Backing
    from ui.common.worker import Worker
    from ui.draft.background_jobs import Errands
    from ui.editing.autosave import Autosave
    from ui.wizard.wizard import Wizard

COPY = "副本"                                # behind the name of a draft that was copied
SUMMER = 6                                   # the month after which a new report is about the running year


class MainWindow(QMainWindow):
    """Owns the drafts, the open draft's editor and its autosave."""

    def __init__(self, drafts: Drafts, chosen: settings.Settings) -> None:
        super().__init__()
        self.drafts, self.settings = drafts, chosen
        self.wizard: Wizard | None = None
        self.autosave: Autosave | None = None
        self.fresh = False                      # the open draft was begun from nothing just now
        self.worked = self.leaving = False      # whether a draft was saved; the window is going
        self.ending = False                     # so is everything: nobody is asked
        self.hurry: Callable[[], object] = lambda: None      # waits for nothing long any more, while it is leaving
        self.backing: Backing | None = None
        self.keeper: Keeper | None = None
        self._errands: Errands | None = None
        self.lock: Claim | None = None           # the right to be the one window on this folder
        self.warm: Worker | None = None          # imports what comes next, while the list is looked at
        self.setWindowTitle(TITLE)
        self.setMinimumSize(880, 500)            # 1366×768 at 150 %
        self.resize(1366, 768)
        self.stack = QStackedWidget()
        middle = QWidget()                       # the page, and below it what must be answered (`notices`)
        filled(middle).addWidget(self.stack)
        self.setCentralWidget(middle)
        self.home = HomePage(__version__, str(drafts.file.parent))
        self.stack.addWidget(self.home)
        self._connect_home()
        if chosen.window_geometry:
            self.restoreGeometry(QByteArray.fromHex(chosen.window_geometry.encode("ascii", "replace")))
        self._keys()
        self.show_home()

    def _keys(self) -> None:
        shortcut("manual", self, self.show_manual)
        for key, act in (("new", self.home.new_wanted.emit), ("open", self.home.open_wanted.emit),
                         ("search", self.home.search_again), ("home_undo", self.home.foot.take_back)):
            shortcut(key, self.home, act)

    def _connect_home(self) -> None:
        home = self.home
        home.new_wanted.connect(lambda: self.told(self.new_draft))
        home.open_wanted.connect(self.ask_and_open)
        home.next_wanted.connect(lambda draft: self.told(lambda: self.follow(self.drafts.load(draft))))
        home.next_from_file_wanted.connect(self.ask_and_follow)
        home.sample_wanted.connect(lambda: self.told(self._adopt_sample))
        home.draft_wanted.connect(lambda draft: self.told(lambda: self.open_draft(draft)))
        home.copy_wanted.connect(lambda drafts: self.told(lambda: self._copy(drafts)))
        home.restore_wanted.connect(lambda drafts: self.told(lambda: self._restore(drafts)))
        home.bin_wanted.connect(lambda deleted: self.told(lambda: self._list(in_bin=deleted)))
        home.renamed.connect(lambda draft, name: self.told(lambda: self._rename(draft, name)))
        home.delete_wanted.connect(lambda drafts: self.told(lambda: self._delete(drafts)))
        home.setting_wanted.connect(self.set)
        home.file_dropped.connect(self.open_from_outside)
        home.folder_wanted.connect(self.ask_and_move)
        home.copies_wanted.connect(self.show_copies)
        home.manual_wanted.connect(self.show_manual)
        home.in_force = self.settings.table()

    def told(self, act: Callable[[], object]) -> bool:
        """Do something; what cannot be done is said in one line on the home page."""
        self.home.say("")
        try:
            act()
        except UserError as error:
            self.home.say(f"△ {error.sentence}", "off")
        except FormError as error:
            self.home.say(f"△ 这份草稿的表式本程序打不开（{error}）", "off")
        else:
            return True
        return False

    def show_manual(self) -> None:
        """F1: the manual in the window's place, open at what is being done."""
        from ui.manual.manual import show_in

        wizard = self.wizard if self.stack.currentWidget() is self.wizard else None
        if wizard:
            wizard.commit()
        show_in(self.stack, wizard.places() if wizard else ("home",))

    # -- home

    def show_home(self) -> None:
        """Leave the open draft, saved, and show the list, with that draft chosen: Enter leads back to it."""
        left = self.autosave.draft_id if self.autosave else None
        if not self.leave_draft():
            return
        self.stack.setCurrentWidget(self.home)
        self.setWindowTitle(TITLE)
        try:
            self._list()
            if left is not None:
                self.home.choose(left)
        except UserError as error:
            self.home.say(f"△ {error.sentence}", "off")
        self.home.new_button.setFocus()

    def new_draft(self) -> None:
        """A draft for the year whose report is due next: until the summer that is last year's."""
        from govdesk.report.report import Layer, build

        today = datetime.date.today()
        year = today.year if today.month > SUMMER else today.year - 1
        self.adopt(build(FORM, {Layer.COVER: {"year": str(year), "organ.kind": "organ_report"}}))
        self.fresh = True

    def _adopt_sample(self) -> None:
        from govdesk import cli

        self.adopt(cli.sample_report())

    def adopt(self, report: Report) -> None:
        """Keep a report as a new draft and open it."""
        from govdesk.formfile import form_reader
        from govdesk.session.session import snapshot
        from ui.editing.autosave import outstanding

        counts = outstanding(snapshot(form_reader.load(report.form_id), report))
        self.open_draft(self._same(report) or self.drafts.create(report, counts))

    def _same(self, report: Report) -> int | None:
        """The draft that holds this very report: opening a file or the sample again leads back to it."""
        about = (report.cover("organ.name"), report.year)
        alike = (d.id for d in self.drafts.list() if about[0] and (d.organ_name, d.year) == about)
        return next((draft_id for draft_id in alike if self._holds(draft_id, report)), None)

    def _holds(self, draft_id: int, report: Report) -> bool:
        try:
            return self.drafts.load(draft_id) == report
        except UserError:                    # a damaged draft is no reason not to open another report
            return False

    def follow(self, last: Report, file: str = "") -> None:
        """Begin the next year's report: cover, what is carried over, last year's figures beside the cells."""
        from ui.draft import open_draft

        self.adopt(open_draft.next_year(last, file))

    def ask_and_follow(self) -> None:
        path = self.ask_file("从上年年报续填")
        if path:
            from govdesk.exchange.readers import read_file

            self.told(lambda: self.follow(read_file(path).report, path.name))

    def ask_file(self, title: str) -> Path | None:
        """The file to read, of any kind in the table of readers."""
        from PySide6.QtWidgets import QFileDialog

        from govdesk.exchange.readers import open_filter

        path, _ = QFileDialog.getOpenFileName(self, title, self.settings.last_export_folder or "", open_filter())
        return Path(path) if path else None

    def ask_and_open(self) -> None:
        path = self.ask_file("打开年报文件")
        if path:
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """An exchange file as a draft, or the draft that it comes from; the file itself is not changed."""
        from ui.draft import transfer

        if self.wizard:
            self.show_home()
        if self.wizard is None:              # it could be saved
            self.home.say("")
            transfer.open_file(self, path)

    def open_from_outside(self, path: Path) -> None:
        """The same for a second start that was given a file, when nothing lies over the page."""
        from ui.draft import transfer

        transfer.open_from_outside(self, path)

    def _list(self, *, in_bin: bool = False) -> None:
        self.home.show_drafts(self.drafts.list(deleted=in_bin), in_bin=in_bin)

    def _copy(self, drafts: list[int]) -> None:
        """Other drafts of the same content, each with a name of its own."""
        labels, copies = {d.id: d.label for d in self.drafts.list()}, []
        for draft_id in drafts:
            copies.append(self.drafts.duplicate(draft_id))
            self.drafts.rename(copies[-1], f"{labels.get(draft_id, '')[:LABEL - len(COPY)]}{COPY}")
        self._list()
        self.home.choose(*copies)

    def _rename(self, draft_id: int, name: str) -> None:
        edit = self.drafts.rename(draft_id, name)
        self._list(in_bin=self.home.in_bin)              # the click that ended the name may have led to the bin
        self.home.say(f"已改名为“{name}”。" if name else "已去掉草稿的名字。",
                      act=("撤销改名", lambda: self.told(lambda: self._unname(draft_id, edit))))

    def _unname(self, draft_id: int, edit: Edit) -> None:
        self.drafts.save(draft_id, [edit.inverse()])
        self._list()

    def _delete(self, drafts: list[int]) -> None:
        names = [name_of(d) for d in self.drafts.list() if d.id in drafts]
        try:
            for draft_id in drafts:
                self.drafts.delete(draft_id)
        finally:
            self._list()
        back = ("撤销删除", lambda: self.told(lambda: self._restore(drafts)))
        said = f"“{names[0]}”" if len(names) == 1 else f" {len(drafts)} 份草稿"
        self.home.say(f"已删除{said}，可以从回收站恢复。", act=back)

    def _restore(self, drafts: list[int]) -> None:
        for draft_id in drafts:
            self.drafts.restore(draft_id)
        self._list()
        self.home.choose(*drafts)

    # -- an open draft

    def open_draft(self, draft_id: int) -> Wizard:
        """Open a draft at the cover, or where it was left last."""
        from ui.draft import open_draft

        return open_draft.open_draft(self, draft_id)

    def tell_error(self, error: BaseException) -> None:
        from ui.error_reports.error_dialog import ErrorDialog

        ErrorDialog(error, self).exec()

    def show_copies(self) -> object:
        """The backups, and what is in them."""
        from ui.backups.backup_actions import show_copies

        return show_copies(self)

    def backed(self) -> Backing:
        """What makes the backups; there once somebody asked for it."""
        if self.backing is None:
            from ui.backups.backup_actions import backing_of

            self.backing = backing_of(self)
        return self.backing

    @property
    def errands(self) -> Errands:
        """What is read and written beside the work; there once a file came or went."""
        if self._errands is None:
            from ui.draft.background_jobs import Errands

            self._errands = Errands(self)
        return self._errands

    def show_past(self) -> object:
        """The versions of the open draft, and what the chosen cell held."""
        from ui.history.version_history import show_past

        return show_past(self)

    def bring(self, read: Callable[[], Report], file: str = "") -> None:
        """Last year's report beside the open draft, as one step; the wrong year is kept out with the reason."""
        from ui.draft import open_draft

        open_draft.bring(self, read, file)

    def leave_draft(self) -> bool:
        """Save and close the open draft. False where it could not be saved and the clerk chose to stay."""
        if self.wizard is None:
            return True
        from ui.draft import open_draft

        return open_draft.leave_draft(self)

    # -- settings

    def set(self, key: str, value: str) -> None:
        """Change one setting; it is in force at once."""
        self.remember(**{key: value})
        self.home.in_force = self.settings.table()
        self.home.show_deadlines()
        app = QApplication.instance()
        if key == "theme" and isinstance(app, QApplication):
            theme.apply(app, value)

    def ask_and_move(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        folder = QFileDialog.getExistingDirectory(self, "草稿存放位置", str(self.drafts.file.parent))
        if folder and Path(folder) != self.drafts.file.parent:
            self.told(lambda: self.move_to(Path(folder)))

    def move_to(self, folder: Path) -> None:
        """Work on in another folder: with the drafts that are there, else with a copy of these."""
        old, lock = self.drafts, self.lock
        taken = claim(folder) if lock else None
        if lock and taken is None:
            raise UserError(f"草稿没有移动：{folder} 里的草稿正由另一个窗口打开。")
        moved = relocate(old, folder)
        self.drafts, self.lock = moved, taken
        old.close()
        if lock:
            lock.unlock()
        self.remember(data_folder=str(folder))
        self.home.show_folder(str(folder))
        self._list()
        self.home.say(f"草稿现在存放在 {folder}；原来的文件还留在 {old.file.parent}。")

    def remember(self, **changes: object) -> None:
        self.settings = self.settings._replace(**changes)           # type: ignore[arg-type]
        settings.save(self.settings)

    @property
    def second_place(self) -> Path | None:
        """Another folder for copies, if the clerk named one."""
        return Path(self.settings.backup_folder) if self.settings.backup_folder else None

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.leaving or not self.leave_draft():
            event.ignore()
            return
        self.leaving = True
        self.remember(window_geometry=bytes(self.saveGeometry().toHex()).decode("ascii"))
        if self.warm:
            self.warm.wait()
        from ui.app.shutdown import see_out

        said = see_out(self)
        self.drafts.close()
        if said and not self.ending:
            from PySide6.QtWidgets import QMessageBox

            QMessageBox.warning(self, TITLE, said)
        super().closeEvent(event)
