"""The first moments of a run: back to where one was, and what is said after a run that ended by itself."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from govdesk.base import paths
from govdesk.base.errors import UserError
from ui.app.last_position import Keeper, Place, _tell_unfinished, go_to, read, write
from ui.error_reports import crash_report
from ui.home.draft_list import name_of

if TYPE_CHECKING:
    from govdesk.store.drafts import DraftSummary
    from ui.shell.main_window import MainWindow
    from ui.widgets.notification_bar import Act

SUBJECT = "crash"
ASK = "上次程序没有正常退出"


def begin(window: MainWindow, *, left: Path | None, crashed: bool) -> None:
    """At the start, after the first frame. `left`: what the last run left behind, if it ended by itself."""
    folder = window.drafts.file.parent
    place = read(folder)
    drafts = []
    with suppress(UserError):
        drafts = [draft for draft in window.drafts.list() if place and draft.id == place.draft]
    window.keeper = Keeper(window, place if drafts else None)
    if window.drafts.warning:
        from ui.widgets.notification_bar import notices_of

        notices_of(window).say("behind", window.drafts.warning, [("查看备份", window.show_copies)])
    _tell_unfinished(window, folder)
    if crashed:
        _after_crash(window, place, drafts, crash_report.keep(left or paths.log_folder() / "none"))
    elif place and drafts and window.wizard is None:
        if window.settings.start == "last":
            go_to(window, place)
        else:
            window.home.offer_last(name_of(drafts[0]), lambda: go_to(window, place))


def _after_crash(window: MainWindow, place: Place | None, drafts: list[DraftSummary], report: Path | None) -> None:
    from ui.widgets.notification_bar import notices_of

    acts: list[Act] = []
    whole = not window.drafts.warning
    words = f"{ASK}。" + ("已经保存的草稿都在。" if whole else "")
    if place and drafts and place.is_open and window.wizard is None:
        saved = f"{drafts[0].saved_at.astimezone():%m月%d日 %H:%M}"
        if place.again:
            words = f"{ASK}，那时正打开“{name_of(drafts[0])}”（最后保存于{saved}）。"
            acts.append(("打开它", lambda: _return(window, place)))
        elif _return(window, place):
            there = "，显示过“已自动保存”的内容都在" if whole else ""
            words = f"{ASK}，现在打开的是当时的草稿{there}（最后保存于{saved}）。"
            acts.append(("看留下的版本", window.show_past))
    if report is not None:
        acts.append(("查看并复制报告", lambda: show_report(window, report)))
    notices_of(window).say(SUBJECT, words, acts)


def _return(window: MainWindow, place: Place) -> bool:
    """Back to where one was; what the file holds then is a version of its own."""
    again = place._replace(again=place.again + 1)
    write(window.drafts.file.parent, again)
    if window.keeper is not None:
        window.keeper.remember(again)
    if not go_to(window, place):
        return False
    from govdesk.store.sql.history import BEFORE

    if window.autosave is not None:
        window.autosave.keep(BEFORE, "意外退出后继续填报")
    return True


def show_report(window: MainWindow, report: Path) -> None:
    from ui.error_reports.error_dialog import ReportDialog

    try:
        text = report.read_text(encoding="utf-8")
        others = len(list(report.parent.glob("crash-*.txt"))) - 1
    except OSError:
        text, others = crash_report.versions(), 0
    more = f"此前的 {others} 份也在 {report.parent}。" if others > 0 else ""
    words = "请复制下来交给维护人员。里面只有版本和程序停在哪里，没有年报的内容，也没有姓名。"
    ReportDialog("上次退出的报告", words + more, text, window).exec()
