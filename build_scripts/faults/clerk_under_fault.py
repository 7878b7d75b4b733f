"""Plays one visit of a clerk through the real window while the disk fails: starts, opens a draft, types, pastes,
writes, makes a backup, begins another draft, leaves. It reports what was shown, and copies what was called saved."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from clerk import Clerk, report_digest

WAIT_SECONDS = 30.0                      # seconds to wait for a word of the window; SQLite itself waits ten for a lock
BARE_ERROR_WORDS = re.compile(r"Errno|Error|Traceback|disk I/O|database is|unable to|malformed|None")
GIVE_WAY_BUTTONS = ("留下", "退出", "退出，什么也不改")


class ClerkUnderFault(Clerk):
    """`cure` ends the trouble; it is called once the window has said that something is wrong."""

    def __init__(self, folder: Path, kept: Path, cure: Callable[[], None]) -> None:
        from ui.app.qt_application import application

        self.app = application("light")
        self.folder, self.kept, self.cure = folder, kept, cure
        self.said: list[str] = []
        self.words = 0                       # how often something was said
        self.broke: list[str] = []
        self.saves: list[tuple[str, int, str]] = []
        self.shown: dict[int, str] = {}
        self.chance = random.Random(7)
        self._dialogues()

    def _dialogues(self) -> None:
        from PySide6.QtWidgets import QDialog, QMessageBox

        def answered(box: Any) -> int:
            self.say(box.text())
            for button in box.buttons():
                if button.text() in GIVE_WAY_BUTTONS:
                    button.click()
            return 0

        def left(dialogue: Any) -> int:
            self.say(f"[{type(dialogue).__name__}] {dialogue.windowTitle()}")
            return 0

        QMessageBox.exec = answered
        for name in ("warning", "information", "critical"):
            setattr(QMessageBox, name, lambda _parent, _title, words: self.say(words))
        QDialog.exec = left
        sys.excepthook = lambda kind, error, trace: self.broke.append(
            "".join(traceback.format_exception(kind, error, trace))[-1500:])

    def say(self, words: str) -> None:
        self.words += bool(words)
        if words and words not in self.said:
            self.said.append(words)

    def wait(self, over: Callable[[], object]) -> bool:
        from PySide6.QtTest import QTest

        end = time.monotonic() + WAIT_SECONDS
        while not over():
            if time.monotonic() > end:
                return False
            QTest.qWait(5)
        return True

    def insist(self, act: Callable[[], object], done: Callable[[], object], what: str) -> None:
        """Do it; where the window says no, end the trouble and do it again."""
        act()
        if not done():
            if not self.said:
                self.broke.append(f"{what}: not done and nothing was said")
            self.cure()
            act()
        if not done():
            self.broke.append(f"{what}: not done although the trouble is over: {self.said}")

    # -- the visit

    def run(self) -> None:
        from build_scripts.program_window import MainWindow
        from govdesk import settings
        from ui.app import single_instance
        from ui.editing import autosave

        autosave.SAVE_DELAY_MS, autosave.RETRY_MS, autosave.DAMAGE_LOOK_MS = 20, 150, 20
        self.insist(self._open, lambda: self.drafts, "start")
        lock = single_instance.claim(self.folder)
        self.window = MainWindow(self.drafts, settings.load_settings())
        self.listen()
        self.window.show()
        home = self.window.home
        self.insist(lambda: home.draft_wanted.emit(1), lambda: self.window.wizard, "open a draft")
        self.follow()
        for act in (self.type, self.paste, self.write):
            act()
            self.settle()
        self.backup()
        self.insist(self.window.show_home, lambda: self.window.wizard is None, "leave the draft")
        self.insist(home.sample_wanted.emit, lambda: self.window.wizard, "begin a draft")
        self.follow()
        self.type()
        self.settle()
        self.insist(self.window.show_home, lambda: self.window.wizard is None, "leave the second draft")
        self.window.close()
        if lock:
            lock.unlock()

    def _open(self) -> None:
        from ui.app.data_folder import open_drafts

        self.drafts = open_drafts(self.folder)

    drafts: Any = None

    def listen(self) -> None:
        """What the home page says."""
        said = self.window.home.say
        self.window.home.say = lambda severity, words, *more: (self.say(words), said(severity, words, *more))

    def follow(self) -> None:
        saver, wizard = self.window.autosave, self.window.wizard
        draft = saver.draft_id
        self.shown[draft] = report_digest(wizard.editor.now.report)

        def note(*_: object) -> None:
            self.shown[draft] = report_digest(wizard.editor.now.report)

        def saved(*_: object) -> None:
            if self.window.autosave is saver:
                self.keep(draft)

        wizard.editor.changed.connect(note)
        saver.saved.connect(saved)
        saver.failed.connect(lambda words: self.say(f"尚未保存：{words}"))

    def keep(self, draft: int) -> None:
        """The files as they are at the moment at which the window says saved. By a process of its own: one that
        closes a file gives up all its locks on it, SQLite's too."""
        place = self.kept / str(len(self.saves))
        place.mkdir(parents=True)
        parts = [self.folder / f"govdesk.sqlite3{suffix}" for suffix in ("", "-wal", "-journal")]
        names = [str(part) for part in parts if part.exists()]
        subprocess.run(["cp", *names, str(place)], env={"PATH": os.environ["PATH"]}, check=True)
        self.saves.append((str(place), draft, self.shown[draft]))

    def settle(self) -> None:
        """Until all is saved; where the window says that it is not, work goes on, the trouble ends, and it is."""
        saver = self.window.autosave
        before = self.words
        if not self.wait(lambda: not saver.unsaved or self.words > before):
            self.broke.append("neither saved nor said why not")
        if saver.unsaved:
            self.write()
            self.cure()
            if not self.wait(lambda: not saver.unsaved):
                self.broke.append(f"not saved although the trouble is over: {self.said}")

    def backup(self) -> None:
        heard: list[object] = []
        backing = self.window.scheduler
        backing.made.connect(heard.append)
        backing.failed.connect(lambda words: (heard.append(words), self.say(words)))
        backing.make()
        if not self.wait(lambda: heard):
            self.broke.append("neither a backup nor a word why not")

    def story(self) -> dict[str, Any]:
        bare = [words for words in self.said if BARE_ERROR_WORDS.search(words) or "损坏" in words]
        return {"said": self.said, "broke": self.broke + [f"no sentence: {words}" for words in bare],
                "saves": self.saves, "shown": self.shown}


def run_forked(make: Callable[[], ClerkUnderFault], more: Callable[[], dict[str, Any]] = dict) -> dict[str, Any]:
    """A visit in a process of its own; what came of it. `more` is asked there at its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        story: dict[str, Any] = {"said": [], "broke": [], "saves": [], "shown": {}}
        try:
            errand = make()
            try:
                errand.run()
            finally:
                story = errand.story() | more()
        except BaseException:
            story["broke"].append(traceback.format_exc()[-1500:])
        with os.fdopen(writing, "w", encoding="utf-8", errors="replace") as out:
            json.dump(story, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        text = told.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"said": [], "broke": ["the process is gone"], "saves": [], "shown": {}}


def prepare_folder(folder: Path) -> Path:
    """A folder of data with a draft in it, closed."""
    from govdesk import cli
    from govdesk.store.drafts import open_store

    with open_store(folder) as store:
        store.create(cli.sample_report())
    return folder


def judge_visit(folder: Path, story: dict[str, Any]) -> list[str]:
    """What is wrong after a visit: of every moment that was called saved, and of the end."""
    from govdesk.base.errors import StoreError
    from govdesk.store.drafts import open_store

    wrong = list(story["broke"])
    places = [(place, {str(draft): state}, "at a moment that was called saved") for place, draft, state
              in story["saves"]]
    for place, states, when in [*places, (str(folder), story["shown"], "in the end")]:
        try:
            with open_store(Path(place)) as store:
                for draft, state in states.items():
                    if report_digest(store.load(int(draft))) != state:
                        wrong.append(f"LOST: draft {draft} is not what the window showed, {when}")
                    if store.disagreements(int(draft)):
                        wrong.append(f"draft {draft} does not agree with its journal, {when}")
        except StoreError as error:
            wrong.append(f"LOST: {error.sentence}, {when}")
    return wrong
