"""Runs two programs on one folder, each with a window and a draft of its own and both with a third. What a window
called saved must be what the other finds, revision by revision."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clerk import Clerk, import_everything, report_digest

from govdesk import cli
from govdesk.store.drafts import open_store

PAUSES_MS = (100, 300, 600, 1200)        # milliseconds between two acts


class OneOfTwo(Clerk):
    """One of the two. Each line that it tells: what, which draft, at which revision, with which content."""

    def __init__(self, folder: Path, told: Path, drafts: tuple[int, int]) -> None:
        super().__init__(folder, 0, hash(drafts))
        self.log, self.own, self.shared = told.open("w", encoding="utf-8"), *drafts
        self.refused = False

    def tell(self, *words: object) -> None:
        print(*words, file=self.log, flush=True)

    def state(self) -> tuple[int, int, str]:
        saver, wizard = self.window.autosave, self.window.wizard
        assert saver is not None and wizard is not None
        report = wizard.editor.now.report
        return saver.draft_id, self.window.drafts._revisions[saver.draft_id], report_digest(report)

    def enter(self, draft: int) -> None:
        self.window.open_draft(draft)
        self.refused = False
        self.tell("opened", *self.state())
        saver = self.window.autosave
        assert saver is not None
        # The word on a draft that was just left may come when the next one is open.
        saver.saved.connect(lambda _: self.window.autosave is saver and self.tell("saved", *self.state()))
        saver.failed.connect(self.hear)

    def hear(self, sentence: str) -> None:
        self.refused = True
        self.tell("refused" if "另一个程序窗口" in sentence else f"failed {sentence}")

    def go(self) -> None:
        """Leave: saved, or, where the other was there first, given up by the clerk's own choice."""
        window = self.window
        saver, wizard = window.autosave, window.wizard
        assert saver is not None and wizard is not None
        wizard.commit()                      # a figure still being typed
        draft, last, gave_up = saver.draft_id, report_digest(wizard.editor.now.report), self.asked
        window.leave_draft()
        if self.asked == gave_up:
            self.tell("left", draft, window.drafts._revisions[draft], last)

    asked = 0

    def work_until(self, end: float) -> None:
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QMessageBox

        def give_up(box: QMessageBox) -> int:
            self.asked += 1
            next(b for b in box.buttons() if b.text() == "不保存，离开").click()
            return 0

        QMessageBox.exec = give_up
        acts: list[Callable[[], Any]] = [self.type] * 8 + [self.paste, self.write, self.undo]
        self.enter(self.own)
        while time.monotonic() < end:
            if self.refused or self.chance.random() < 0.1:
                self.go()
                self.enter(self.chance.choice((self.own, self.shared)))
            self.chance.choice(acts)()
            QTest.qWait(self.chance.choice(PAUSES_MS))
        self.go()
        self.window.close()
        self.tell("over")


def check_logs(folder: Path, logs: list[Path]) -> tuple[Counter[str], list[str]]:
    """Every revision has one content, whoever saved or opened it; the last one saved is what is there."""
    done, wrong = Counter[str](), list[str]()
    contents: dict[tuple[int, int], str] = {}
    last: dict[int, int] = {}
    for log in logs:
        lines = log.read_text(encoding="utf-8").splitlines()
        if lines[-1:] != ["over"]:
            wrong.append(f"{log.name} broke off after {lines[-1:]}")
        for line in lines:
            what, *rest = line.split(" ")
            done[what] += 1
            if what == "failed":
                wrong.append(line)
            if what not in ("opened", "saved", "left"):
                continue
            draft, revision, content = int(rest[0]), int(rest[1]), rest[2]
            if contents.setdefault((draft, revision), content) != content:
                wrong.append(f"revision {revision} of draft {draft} is two contents")
            last[draft] = max(last.get(draft, 0), revision)
    with open_store(folder) as store:
        for draft, revision in last.items():
            if report_digest(store.load(draft)) != contents[draft, revision]:
                wrong.append(f"LOST: draft {draft} is not what was saved last")
            if store._revisions[draft] != revision:
                wrong.append(f"draft {draft} has revision {store._revisions[draft]}, {revision} was told")
            if store.disagreements(draft):
                wrong.append(f"draft {draft} does not agree with its journal")
        done["drafts"], done["bytes"] = len(store.list()), store.file.stat().st_size
    return done, wrong


def campaign(folder: Path, seconds: float) -> tuple[Counter[str], list[str]]:
    with open_store(folder) as store:
        drafts = [store.create(cli.sample_report()) for _ in range(3)]
    logs = [folder / f"{name}.log" for name in "ab"]
    both = [subprocess.Popen([sys.executable, __file__, str(folder), str(log), str(drafts[own]), str(drafts[2]),
                              str(seconds)]) for own, log in enumerate(logs)]
    codes = [process.wait() for process in both]
    done, wrong = check_logs(folder, logs)
    return done, wrong + [f"a program has ended with {code}" for code in codes if code]


if __name__ == "__main__":
    where, to, first, third, duration = sys.argv[1:]
    import_everything()
    random.seed(int(first))
    OneOfTwo(Path(where), Path(to), (int(first), int(third))).work_until(time.monotonic() + float(duration))
