"""Files of other programs that come: read with progress and stop, shown beside what was read, and put in by one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from govdesk.base.errors import FormError, UserError, sentence_of
from govdesk.drafts.arrival import Arrived, describe_alike, describe_other, find_same, receive_file
from govdesk.drafts.imported import explain_no_last_year, explain_no_next_year
from govdesk.drafts.outstanding import count_outstanding_of
from govdesk.importing import review
from govdesk.importing.review import FileReading
from govdesk.report.report import Report
from ui.common.notice_level import NoticeLevel
from ui.common.worker import Worker
from ui.draft.last_year import LastYearController
from ui.draft.new_draft import NewDraftController
from ui.editing.workspace import Workspace
from ui.importing.file_list_page import OURS, FileListPage
from ui.importing.file_reads import Came, FileReads, RefusedFile
from ui.importing.import_page import ImportPage, PutIn
from ui.importing.published_page import PublishedPage
from ui.shell.main_window import Shell

READING, ARRIVED, IMPORTED = "a file being read", "a file that was read", "a draft made of a file"   # of notices
SAY_AFTER_MS = 300                           # what is quicker needs no word
AS_DRAFT, FOLLOW_UP, AS_LAST_YEAR, CHECK = "做成新草稿", "续填下一年", "作为上年年报带入", "与草稿核对"
Other = Callable[[Path], object]             # what is done with a file that is none of another program


class Purpose(Enum):
    """What a file was asked for."""

    OPEN = AS_DRAFT
    FOLLOW = FOLLOW_UP
    LAST_YEAR = AS_LAST_YEAR
    CHECK = CHECK


class ImportController:
    """Nothing that is here is changed before a way is pressed on the page."""

    def __init__(self, workspace: Workspace, shell: Shell, *, new_draft: NewDraftController,
                 last_year: LastYearController, drop_draft: Callable[[int], object],
                 refresh: Callable[[], object]) -> None:
        """`drop_draft`: puts a draft into the bin; `refresh`: writes the list of drafts anew."""
        self._workspace, self._shell = workspace, shell
        self._new_draft, self._last_year = new_draft, last_year
        self._drop_draft, self._refresh = drop_draft, refresh
        self._reads: FileReads | None = None
        self._worker: Worker | None = None
        workspace.closed.connect(lambda _: shell.drop_notice(IMPORTED))

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read."""
        return self._reads is not None

    # -- read

    def take(self, paths: Sequence[Path], purpose: Purpose, other: Other) -> None:
        """Reads files, and shows what they hold: one on its page, several as a list. `other`: for those that no other
        program made."""
        self.stop()
        self._shell.drop_notice(ARRIVED)
        if len(paths) == 1:
            self._read_one(paths[0], lambda reading: self._show(reading, purpose), other)
        elif paths:
            self._take_several(paths, other)

    def _read_one(self, path: Path, show: Callable[[FileReading], object], other: Other) -> None:
        reads = self._begin([path])
        self._tell_soon(reads, f"正在读取 {path.name}……")

        def came(_: int, found: Came) -> None:
            if isinstance(found, RefusedFile):
                self._say(NoticeLevel.WARNING, found.sentence)
            elif found is None:
                other(path)
            else:
                show(found)

        reads.came.connect(came)
        reads.paged.connect(lambda page, count: self._shell.change_notice(
            READING, f"正在读取 {path.name}……第 {page} 页，共 {count} 页"))
        reads.start()

    def _begin(self, paths: Sequence[Path]) -> FileReads:
        """A thread that is let go at work ends by itself; the next reads have another."""
        reads = self._reads = FileReads(paths, self._begin_work(),
                                        lambda: not self._workspace.is_leaving, self._workspace)
        reads.over.connect(self._forget)
        reads.over.connect(reads.deleteLater)
        return reads

    def _begin_work(self) -> Worker:
        if self._worker is None:
            self._worker = Worker("imports", self._workspace)
        return self._worker

    def _let_go(self, reads: FileReads) -> None:
        reads.stop()
        reads.deleteLater()
        if self._worker is not None:
            self._worker.deleteLater()
            self._worker = None

    def _tell_soon(self, reads: FileReads, words: str) -> None:
        def tell() -> None:
            if self._reads is reads:
                self._shell.notify(READING, words, [("停止", self.stop)], NoticeLevel.NOTE)

        QTimer.singleShot(SAY_AFTER_MS, self._shell, tell)

    def _forget(self) -> None:
        self._reads = None
        self._shell.drop_notice(READING)

    def stop(self) -> None:
        """Reads no further; what was read stays."""
        if self._reads is not None:
            self._let_go(self._reads)
            self._forget()
            self._say(NoticeLevel.NOTE, "已停止读取，什么也没有改。")

    # -- shown

    def _show(self, reading: FileReading, purpose: Purpose) -> None:
        """Whoever does something else by now is told, and looks at it by a button."""
        if self._workspace.is_leaving:
            return
        if not self._shell.is_free:
            again = ("打开", lambda: self._show_free(reading, purpose))
            self._shell.notify(ARRIVED, f"“{reading.name}”读好了。", [again], NoticeLevel.NOTE)
        elif purpose is Purpose.CHECK:
            self.show_published(reading)
        else:
            self.show_reading(reading, purpose)

    def _show_free(self, reading: FileReading, purpose: Purpose) -> None:
        if self._shell.is_free:
            self._shell.drop_notice(ARRIVED)
            self._show(reading, purpose)

    def show_reading(self, reading: FileReading, purpose: Purpose) -> ImportPage:
        """Shows what was read beside its original, over the home page or the open draft."""
        self._commit()
        page = ImportPage(reading, row_height=self._workspace.settings.row_height)
        page.set_ways(self._ways(page, reading, purpose))
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()
        return page

    def show_published(self, reading: FileReading) -> PublishedPage | None:
        """Shows the open draft against what was published; None where none is open."""
        draft = self._workspace.open
        if draft is None:
            return None
        self._commit()
        if reading.found.report.form_id != draft.editor.form.id:
            self._say(NoticeLevel.WARNING, "公布的文件与草稿的表式不同，不能核对。")
            return None
        page = PublishedPage(draft.editor.now, reading)

        def go(place: object) -> None:
            self._shell.close_over(page)
            draft.view.go_to(place)              # type: ignore[arg-type]

        page.place_wanted.connect(go)
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()
        return page

    def _commit(self) -> None:
        if self._workspace.open is not None:
            self._workspace.open.view.commit()

    # -- put in

    def _ways(self, page: ImportPage, reading: FileReading, purpose: Purpose) -> list[PutIn]:
        """What can be done with a file here, what was asked for first."""
        ways = {Purpose.OPEN: PutIn(AS_DRAFT, partial(self._make_draft, page), _no_objection),
                Purpose.FOLLOW: PutIn(FOLLOW_UP, partial(self._follow, page, reading.name),
                                      lambda report: (explain_no_next_year(report), ""))}
        if self._workspace.open is not None:
            ways |= {Purpose.LAST_YEAR: PutIn(AS_LAST_YEAR, partial(self._bring, page, reading.name), self._last_fits),
                     Purpose.CHECK: PutIn(CHECK, partial(self._check, page, reading), self._form_fits)}
        if purpose is Purpose.LAST_YEAR and purpose in ways:
            return [ways[purpose]]
        return sorted(ways.values(), key=lambda way: way is not ways.get(purpose))

    def _last_fits(self, report: Report) -> tuple[str, str]:
        draft = self._workspace.open
        return explain_no_last_year(draft.editor.now.report, report) if draft else ("", "")

    def _form_fits(self, report: Report) -> tuple[str, str]:
        draft = self._workspace.open
        if draft is None:
            return "", ""
        if draft.editor.form.id != report.form_id:
            return "文件与草稿的表式不同，不能核对。", ""
        return "", describe_other(draft.editor.now.report, report)

    def _make_draft(self, page: ImportPage, report: Report) -> None:
        drafts = self._workspace.drafts
        here, alike = find_same(drafts, report), describe_alike(drafts, report)
        if not self._done(page, lambda: self._new_draft.adopt(report)):
            return
        made = self._workspace.open
        if here is not None or made is None:
            self._say(NoticeLevel.NOTE, "这份年报已经在草稿里，没有另做一份。")
            return
        self._tell_made(f"已做成新草稿。{f'{alike}。' if alike else ''}{_tell_unseen(page, report)}", made.draft_id)

    def _follow(self, page: ImportPage, name: str, report: Report) -> None:
        if self._done(page, lambda: self._new_draft.follow(report, name)) and self._workspace.open is not None:
            self._tell_made(f"已从上年年报续填，上年的数字和文字在旁边。{_tell_unseen(page, report)}",
                            self._workspace.open.draft_id)

    def _tell_made(self, words: str, draft_id: int) -> None:
        def take_back() -> None:
            self._shell.drop_notice(IMPORTED)
            self._drop_draft(draft_id)

        self._shell.notify(IMPORTED, words, [("撤销导入", take_back)], NoticeLevel.NOTE)
        if (made := self._workspace.open) is not None:       # what was worked on since is not taken back unasked
            made.editor.changed.connect(lambda *_: self._shell.drop_notice(IMPORTED),
                                        Qt.ConnectionType.SingleShotConnection)

    def _bring(self, page: ImportPage, name: str, report: Report) -> None:
        if self._done(page, lambda: self._last_year.bring(lambda: report, name)):
            self._say(NoticeLevel.DONE, "已带入上年的数字和文字；Ctrl+Z 可以退回")

    def _check(self, page: ImportPage, reading: FileReading, _: Report) -> None:
        """What was published is compared as it was read, not as it was mended."""
        self._shell.close_over(page)
        self.show_published(reading)

    def _done(self, page: ImportPage, act: Callable[[], object]) -> bool:
        """Does it, and shows what came of it; the page stays where it could not be done, and says why."""
        try:
            act()
        except (UserError, FormError) as error:
            page.say(sentence_of(error))
            return False
        self._shell.close_over(page)
        return True

    def _say(self, level: NoticeLevel, words: str) -> None:
        self._shell.say(level, words)

    # -- several

    def _take_several(self, paths: Sequence[Path], other: Other) -> None:
        if not self._shell.is_free:
            self._shell.notify(ARRIVED, f"有 {len(paths)} 个文件等着导入。",
                               [("打开", lambda: self.take(paths, Purpose.OPEN, other))], NoticeLevel.NOTE)
            return
        self._commit()
        page = FileListPage(paths)
        reads = self._begin(paths)
        reads.began.connect(page.note_begin)
        reads.paged.connect(page.note_page)
        reads.came.connect(page.note_came)
        reads.over.connect(lambda: page.note_over(stopped=False))

        def stop() -> None:
            if self._reads is reads:
                self._let_go(reads)
                self._reads = None
            page.note_over(stopped=True)

        page.stop_wanted.connect(stop)
        page.back_wanted.connect(stop)
        page.back_wanted.connect(self._refresh)
        page.open_wanted.connect(lambda number: self._open_row(page, number, stop, other))
        self._shell.show_over(page, page.back_wanted)
        page.focus_first()
        reads.start()

    def _open_row(self, page: FileListPage, number: int, stop: Callable[[], object], other: Other) -> None:
        """A file of the list on its page; afterwards the list is there again."""
        path = page.rows[number].path
        stop()
        if page.rows[number].state == OURS:
            self._take_ours(page, number, path)
            return

        def show(reading: FileReading) -> None:
            over = ImportPage(reading, back="返回列表", row_height=self._workspace.settings.row_height)
            over.set_ways([PutIn(AS_DRAFT, lambda report: self._keep(page, over, number, report), _no_objection)])
            self._shell.show_over(over, over.back_wanted)
            over.focus_first()

        self._read_one(path, show, other)

    def _take_ours(self, page: FileListPage, number: int, path: Path) -> None:
        """Makes a draft of a file of ours and stays in the list; one that comes from a draft here is merged elsewhere,
        since that needs to be looked at."""
        drafts = self._workspace.drafts

        def take(found: Arrived) -> None:
            report = found.came.report
            if found.draft is not None:
                page.note_done(number, "本机已有这份草稿", report, "请单独打开这个文件，与本机的草稿合并。")
                return
            same = None if found.made else find_same(drafts, report)
            if same is None and not found.made:
                drafts.create(report, count_outstanding_of(report))
            page.note_done(number, "已在草稿里" if same is not None else "已做成草稿", report)

        def refuse(error: BaseException) -> None:
            if not isinstance(error, UserError | FormError):
                raise error
            page.note_came(number, RefusedFile(sentence_of(error)))

        self._begin_work().run(lambda: receive_file(drafts, path), take, refuse)

    def _keep(self, page: FileListPage, over: ImportPage, number: int, report: Report) -> None:
        """Makes a draft and goes back to the list."""
        drafts = self._workspace.drafts
        if (same := find_same(drafts, report)) is None and not self._done(
                over, lambda: drafts.create(report, count_outstanding_of(report))):
            return
        self._shell.close_over(over)
        page.note_done(number, "已在草稿里" if same is not None else "已做成草稿", report)


def _tell_unseen(page: ImportPage, report: Report) -> str:
    """What was taken over though nobody has looked at it."""
    unseen = len(review.list_open(page.form, page.found, report))
    return f"有 {unseen} 格存疑没有看过，请对照原件。" if unseen else ""


def _no_objection(_: Report) -> tuple[str, str]:
    return "", ""
