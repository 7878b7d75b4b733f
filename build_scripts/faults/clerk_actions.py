"""Adds acts to the clerk of `kills`: exports a draft with its history and merges it back, meets another
window, names versions and restores them, makes backups and restores one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from clerk import Clerk, report_digest

from govdesk.report import three_way_merge
from govdesk.report.compare import find_differences
from govdesk.report.report import Edit, Layer, Report, edit_of

AWAY, BACK = "away.govdesk", "back.govdesk"


class BusyClerk(Clerk):
    """Each deed is told when the window says that it is done."""

    def acts(self) -> list[Callable[[], None]]:
        return [*super().acts(), *[self.carry, self.come_back, self.clash, self.name, self.go_back, self.copy] * 2,
                self.put_back]

    def wait(self, over: Callable[[], object]) -> None:
        from PySide6.QtTest import QTest

        while not over():                    # whoever waits in vain is killed, and the deed is never told
            QTest.qWait(5)

    def settle(self) -> int:
        """Until all is saved; the draft."""
        saver = self.window.autosave
        assert saver is not None
        saver.save_now()
        self.wait(lambda: not saver.unsaved)
        self.tell("saved", saver.draft_id)
        return saver.draft_id

    def other(self, report: Report) -> Edit:
        """What somebody else does to a report."""
        from decimal import Decimal

        cells = sorted(self.window.wizard.editor.form.grids["requests"].inputs)[:60]
        wanted: list[Any] = [(Layer.VALUES, self.chance.choice(cells), Decimal(self.chance.randrange(999)))
                             for _ in range(3)]
        text = report.text("problems")[-300:] + f"别人的第{self.chance.random()}句。"
        return edit_of(report, "别人", [*wanted, (Layer.TEXTS, "problems", text)])

    # -- a file

    def carry(self) -> None:
        from govdesk.exchange.readers import read_file

        state, file = report_digest(self.window.wizard.editor.now.report), self.folder / AWAY
        self.window.carry_to(file)
        self.wait(lambda: not self.window.jobs.busy)
        came = read_file(file)
        assert came.past is not None and report_digest(came.report) == state, "what was carried is not what was shown"
        self.tell("carried")

    def come_back(self) -> None:
        """The file that was carried away comes back, changed there; sometimes here too."""
        from govdesk.base.files import write_whole
        from govdesk.exchange import draft_file
        from govdesk.exchange.readers import read_file
        from govdesk.store.drafts import moment_now

        if not (self.folder / AWAY).exists():
            return
        came = read_file(self.folder / AWAY)
        assert came.past is not None, came.doubts
        there = self.other(came.report).applied_to(came.report)
        data, _ = draft_file.dump_draft(there, came.past.leading_to(there, moment_now()))
        write_whole(self.folder / BACK, data)
        if self.chance.random() < 0.5:
            self.type()
        self.open_file(self.folder / BACK)
        self.tell("returned")
        self.merge()

    def merge(self) -> None:
        """Choose by chance where the page to choose is shown."""
        from ui.draft.merge_page import MergePage

        page = self.window.stack.currentWidget()
        if not isinstance(page, MergePage):
            return
        page.list.take(lambda _: self.chance.random() < 0.5)
        while not page.list.complete:
            page.list.show_more()
        wanted = three_way_merge.merge_entries(page.ours, page.meeting.theirs, page.spots, page.list.taken())
        draft = self.window.autosave.draft_id
        self.tell("typed", draft, report_digest(edit_of(page.ours, "合并", wanted).applied_to(page.ours)))
        page.merge_button.click()
        self.wait(lambda: self.window.stack.currentWidget() is not page)
        if not self.window.autosave.unsaved:
            self.tell("saved", draft)
        self.tell("merged")

    # -- another window

    def clash(self) -> None:
        """Another window saves the draft while something is unsaved here."""
        from govdesk.store.drafts import open_store

        draft = self.settle()
        self.write()
        with open_store(self.folder) as store:
            report = store.load(draft)
            edit = self.other(report)
            self.tell("typed", draft, report_digest(edit.applied_to(report)))
            store.save(draft, [edit])
        self.tell("saved", draft)
        status = self.window.wizard.status
        self.wait(lambda: not status.merge_button.isHidden())
        self.tell("clashed")
        status.merge_button.click()
        self.merge()

    # -- the past

    def name(self) -> None:
        draft, name = self.settle(), f"v{self.chance.random()}"
        page = self.window.show_past()
        page.keep_wanted.emit(name)
        self.settle()
        self.tell("named", draft, report_digest(self.window.wizard.editor.now.report), name)
        page.back_wanted.emit()

    def go_back(self) -> None:
        draft = self.settle()
        versions = self.window.drafts.versions(draft)
        page = self.window.show_past()
        then = self.window.drafts.report_at(draft, self.chance.choice(versions).revision) if versions else None
        if then is None:
            page.back_wanted.emit()
            return
        page.restore_wanted.emit(find_differences(then, self.window.wizard.editor.now.report), "所选版本")
        self.wait(lambda: self.window.stack.currentWidget() is self.window.wizard)
        self.settle()
        shown = report_digest(self.window.wizard.editor.now.report)
        assert shown == report_digest(then), "what was gone back to is not shown"
        self.tell("restored")

    # -- copies of everything

    def copy(self) -> None:
        made: list[object] = []
        backing = self.window.scheduler
        backing.made.connect(made.append)
        backing.make()
        self.wait(lambda: made)
        self.tell("copied")

    def put_back(self) -> None:
        """All drafts are as they were in a copy."""
        from govdesk.store import backups
        from ui.backups import backup_controller

        self.go_home()
        copies = [copy for copy in backups.list_backups(self.window.drafts.file) if not copy.what][:3]
        if copies:
            copy = self.chance.choice(copies)
            with backups.open_backup(copy.file) as inside:
                states = ",".join(f"{draft.id}:{report_digest(inside.load(draft.id))}" for draft in inside.list())
            self.tell("replace", states)
            backup_controller.confirm_restore = lambda *_: True
            page = self.window.show_copies()
            page.replace_wanted.emit(copy)
            assert self.window.stack.currentWidget() is self.window.home, page.said.text()
            self.tell("replaced")
        self.begin()
