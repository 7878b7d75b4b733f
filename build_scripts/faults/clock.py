"""Sets the clock back a year, right, ahead a year and right again while a draft is worked on day after
day through the real window; versions, thinning, backups, the list and the deadline must stay sane."""

from __future__ import annotations

import os
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from preload import Faults, explain_lacking, run_with_library

DAY_SECONDS = 86_400.0
# What the clock says, in days from today, on the first day of each
CLOCK_SETTINGS = (("right", -30), ("a year back", -385), ("right again", -20), ("a year ahead", 350),
                  ("right at last", -10))
SAVES_A_DAY = 4                          # a day, a quarter of an hour apart


def campaign(folder: Path, often: int) -> tuple[dict[str, int], list[str]]:
    if reason := explain_lacking():
        print(reason)
        return {}, []
    return {}, ["the clock: see above"] if run_with_library("clock.py", folder, often) else []


class Year:
    """Days of work, and what is to be found after each."""

    def __init__(self, data: Path) -> None:
        from clerk_under_fault import prepare_folder

        self.data, self.faults = prepare_folder(data), Faults()
        self.wrong: list[str] = []
        self.done = Counter[str]()
        self.kept: dict[int, str] = {}                       # what each version showed when it was kept
        self.texts: list[tuple[int, list[str]]] = []         # of each day, the draft and its texts
        self.copies: list[str] = []

    def spend(self, name: str, day: float) -> None:
        from clerk import report_digest
        from PySide6.QtTest import QTest

        from build_scripts.program_window import MainWindow
        from govdesk import settings
        from govdesk.report.report import Layer
        from govdesk.store.drafts import open_store

        self.name = f"{name}, day {day:+.0f}"
        self.faults.clock(day * DAY_SECONDS)
        window = MainWindow(open_store(self.data), settings.Settings())
        window.show()
        draft = 1 + int(day) % 2 if len(window.drafts.list()) > 1 else 1
        window.open_draft(draft)
        self.texts.append((draft, []))
        for number in range(SAVES_A_DAY):
            self.faults.clock(day * DAY_SECONDS + number * 900)
            editor, saver = window.wizard.editor, window.autosave
            words = f"{self.name}，第{number}稿。"
            editor.do(editor.session.edit("填写", [(Layer.TEXTS, "problems", words)]))
            saver.save_now()
            while saver.unsaved:
                QTest.qWait(2)
            self.texts[-1][1].append(words)
            shown = window.wizard.status.saved.text()
            self.expect(f"{datetime.now():%H:%M}" in shown, f"saved at {shown!r}")
            self.done["saves"] += 1
        held = report_digest(editor.now.report)
        window.show_home()
        backing, heard = window.scheduler, []
        backing.made.connect(heard.append)
        backing.failed.connect(lambda words: self.wrong.append(f"{self.name}: {words}"))
        backing.look()
        while backing._busy:
            QTest.qWait(2)
        self.copies += [copy.file.name for copy in heard]
        self.look(window, draft, held)
        window.close()
        self.done["days of work"] += 1

    def expect(self, holds: object, what: str) -> None:
        if not holds:
            self.wrong.append(f"{self.name}: {what}")

    def look(self, window: Any, draft: int, held: str) -> None:
        from clerk import report_digest

        from govdesk.report.report import Layer
        from govdesk.store import backups
        from govdesk.store.sql.history import DAY as FIRST

        store = window.drafts
        self.expect(store.list()[0].id == draft, "the draft that was saved last is not the first in the list")
        versions = store.versions(draft)
        revisions = [version.revision for version in versions]
        self.expect(revisions == sorted(revisions, reverse=True), "versions are not in their order")
        today = [v for v in versions if v.at.astimezone().date() == date.today()]
        self.expect(any(v.kind == FIRST for v in today), "the moment before the first edit of the day is not kept")
        for version in versions:
            state = report_digest(store.report_at(draft, version.revision))
            self.expect(self.kept.setdefault(1000 * draft + version.revision, state) == state, "a version has changed")
        moments = [m.value for m in store.moments(draft, Layer.TEXTS, "problems")]
        self.expect(set(self.texts[-1][1]) <= set(moments), "a text of today was thinned away")
        last = [words[-1] for number, words in self.texts[-14:] if number == draft]
        self.expect(set(last) <= set(moments), "the last text of one of the last days was thinned away")
        self.expect(not store.disagreements(draft), "the draft does not agree with its journal")
        copies = [copy for copy in backups.list_backups(store.file) if not copy.what]
        self.expect(self.copies and copies and copies[0].file.name == self.copies[-1],
                    "the newest backup is not the first in the list, or none was made today")
        names = {copy.file.name for copy in copies}
        dated = slice(len("govdesk-20260118"))
        days = {name[dated] for name in self.copies[-7:]}
        self.expect(days <= {name[dated] for name in names}, "no backup is left of one of the last seven days")
        if copies:
            with backups.open_backup(copies[0].file) as inside:
                self.expect(report_digest(inside.load(draft)) == held, "the newest backup is not of now")
        self.done["versions kept in the end"] = len(versions)
        self.done["backups kept in the end"] = len(copies)


def run_year(folder: Path, days: int) -> list[str]:
    from clerk import import_everything

    from govdesk import cli
    from govdesk.store.drafts import open_store
    from ui.app.qt_application import application

    os.environ["GOVDESK_DATA"] = str(folder / "watched" / "data")
    import_everything()
    application("light")
    year = Year(folder / "watched" / "data")
    with open_store(year.data) as store:
        store.create(cli.sample_report())
    for name, first in CLOCK_SETTINGS:
        for day in range(days):
            year.spend(name, first + day)
        print(name, dict(year.done), flush=True)
    return year.wrong


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    mistakes = run_year(Path(sys.argv[1]), int(sys.argv[2]))
    print(*mistakes, sep="\n")
    sys.exit(bool(mistakes))
