"""The session ends while something is unsaved: it is in the file, and nobody is asked anything."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.report.report import Layer
from govdesk.store.drafts import Drafts, open_store
from tests.store.store_helpers import fill_disk, make_room
from tests.ui.app.program import PROGRAM, run
from tests.ui.driver import CELL, put, sample_wizard, saved, words
from ui.editing import autosave
from ui.editing.autosave import RESCUED_LABEL


class Manager:
    """The session manager, as far as the program asks it."""

    def __init__(self, *, may_be_stopped: bool = True) -> None:
        self.may_be_stopped, self.stopped = may_be_stopped, False

    def allowsInteraction(self) -> bool:
        return self.may_be_stopped

    def cancel(self) -> None:
        self.stopped = True


@pytest.fixture(autouse=True)
def _nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(box: QDialog) -> int:
        raise AssertionError(f"asked: {box.windowTitle()}")

    for kind in (QDialog, QMessageBox):
        monkeypatch.setattr(kind, "exec", refuse)
    monkeypatch.setattr(autosave, "SAVE_DELAY_MS", 600_000)  # what is saved is saved by the end of the session


def asked(window: MainWindow, manager: Manager) -> None:
    window.program.session_end.commit(manager)                      # type: ignore[arg-type]


def other_program(window: MainWindow) -> Drafts:
    return open_store(window.drafts.file.parent)


def test_a_figure_in_an_open_cell_is_saved_before_the_session_ends(qtbot: QtBot, window: MainWindow) -> None:
    wizard, manager = sample_wizard(window), Manager()
    wizard.go_to(CELL)
    QTest.keyClicks(wizard.stack.currentWidget().view, "615")
    asked(window, manager)
    with other_program(window) as drafts:
        assert drafts.load(1).value(CELL) == 615
    assert not manager.stopped and not window.autosave.unsaved
    put(wizard, CELL, Decimal(7))                            # the log-off was called off: work goes on
    window.autosave.save_now()
    saved(qtbot, window)
    assert window.drafts.load(1).value(CELL) == 7


def test_a_save_that_is_under_way_is_not_saved_twice_nor_lost(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(5))
    window.autosave.save_now()                               # its word comes when the session has been answered
    put(wizard, CELL, Decimal(6))
    asked(window, Manager())
    assert window.drafts.load(1).value(CELL) == 6
    put(wizard, CELL, Decimal(7))
    window.autosave.save_now()
    fill_disk(window.drafts)
    qtbot.wait(50)
    assert wizard.editor.now.report.value(CELL) == 7
    make_room(window.drafts)
    saved(qtbot, window)
    assert window.drafts.load(1).value(CELL) == 7


@pytest.mark.parametrize("may_be_stopped", [True, False])
def test_what_cannot_be_saved_stops_the_end_where_that_may_be(window: MainWindow, may_be_stopped: bool) -> None:
    wizard, manager = sample_wizard(window), Manager(may_be_stopped=may_be_stopped)
    fill_disk(window.drafts)
    edit = wizard.editor.session.edit("填写", [(Layer.TEXTS, "problems", "长" * 50_000)])
    wizard.editor.do(edit)
    asked(window, manager)
    assert manager.stopped is may_be_stopped
    assert window.autosave.unsaved and "磁盘空间不足" in words(window)
    make_room(window.drafts)
    asked(window, again := Manager())
    assert not again.stopped and window.drafts.load(1).text("problems") == "长" * 50_000


def test_what_another_window_was_before_of_is_a_draft_of_its_own(window: MainWindow) -> None:
    wizard, manager = sample_wizard(window), Manager()
    with other_program(window) as other:
        theirs = other.load(1)
        other.save(1, [wizard.editor.session.edit("填入", [(Layer.VALUES, CELL, Decimal(9))])])
    put(wizard, CELL, Decimal(7))
    for _ in range(2):                                       # asked for each window that there is
        asked(window, manager)
    assert not manager.stopped
    with other_program(window) as drafts:
        found = {draft.label: drafts.load(draft.id).value(CELL) for draft in drafts.list()}
    assert found == {"": 9, RESCUED_LABEL: 7} and theirs.value(CELL) == 1
    window.workspace.is_ending = True
    assert window.close()


UNSAVED = PROGRAM + """
import signal
from govdesk import cli
from govdesk.form.form import Address
from govdesk.report.report import Layer
from ui.editing import autosave

autosave.SAVE_DELAY_MS = 600_000

def act(window):
    window.adopt(cli.sample_report())
    wizard, cell = window.wizard, Address("requests", "disclosed", "natural_person")
    wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, cell, Decimal(615))]))
    TROUBLE
    END

sys.exit(application.run())
"""
TERMINATED, HUNG_UP = ("os.kill(os.getpid(), signal.SIGTERM)", "os.kill(os.getpid(), signal.SIGHUP)")
# What Qt does when the session manager asks; it alone can make the object that the program is handed.
ASKED = """
    import ctypes
    from pathlib import Path
    import PySide6
    from govdesk.store.drafts import open_store
    qt = ctypes.CDLL(str(Path(PySide6.__file__).parent / "Qt" / "lib" / "libQt6Gui.so.6"))
    ask = getattr(qt, "_ZN22QGuiApplicationPrivate10commitDataEv")
    ask(ctypes.c_void_p.in_dll(qt, "_ZN22QGuiApplicationPrivate4selfE"))
    with open_store(window.drafts.file.parent) as other:
        print("in the file:", other.load(1).value(cell), flush=True)
    os._exit(0)
"""
FULL = """
    from govdesk.base.errors import StoreError
    def refuse(*_):
        raise StoreError("草稿没能保存：磁盘空间不足。")
    window.drafts.save = window.drafts.create = refuse
"""
CLASH = """
    from govdesk.store.drafts import open_store
    with open_store(window.drafts.file.parent) as other:
        other.load(1)
        other.save(1, [wizard.editor.session.edit("填入", [(Layer.VALUES, cell, Decimal(9))])])
"""


linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asked in Qt's library for Linux")


def unsaved(end: str, trouble: str = "") -> str:
    return UNSAVED.replace("TROUBLE", trouble).replace("END", end)


@linux
def test_qt_asks_the_program_and_it_is_in_the_file(tmp_path: Path) -> None:
    ended = run(unsaved(ASKED), tmp_path)
    assert ended.returncode == 0 and "in the file: 615" in ended.stdout, ended.stderr


@linux
@pytest.mark.parametrize("end", [TERMINATED, HUNG_UP])
def test_a_log_off_on_linux_saves_and_ends(tmp_path: Path, end: str) -> None:
    ended = run(unsaved(end), tmp_path)
    assert ended.returncode == 0, ended.stderr
    with open_store(next(tmp_path.rglob("govdesk.sqlite3")).parent) as drafts:
        assert drafts.load(1).value(CELL) == 615
    assert list(tmp_path.rglob("govdesk.lock")) == []


@linux
@pytest.mark.parametrize(("trouble", "found"), [(FULL, {"": 1}), (CLASH, {"": 9, RESCUED_LABEL: 615})],
                         ids=["full", "clash"])
def test_a_log_off_on_linux_ends_though_it_cannot_be_saved(
        tmp_path: Path, trouble: str, found: dict[str, int]) -> None:
    ended = run(unsaved(TERMINATED, trouble), tmp_path)
    assert ended.returncode == 0, ended.stderr
    with open_store(next(tmp_path.rglob("govdesk.sqlite3")).parent) as drafts:
        assert {draft.label: drafts.load(draft.id).value(CELL) for draft in drafts.list()} == found


INTERRUPTED = "os.kill(os.getpid(), signal.SIGINT)"
# What a burst hits: a slot half done, the word of a save, the leaving itself.
BURST = """
    import itertools, threading, time
    def burst():
        for number in itertools.islice(itertools.cycle((signal.SIGINT, signal.SIGTERM, signal.SIGHUP)), 60):
            os.kill(os.getpid(), number)
            time.sleep(0.005)
    threading.Thread(target=burst, daemon=True).start()
    for value in range(30):
        wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, cell, Decimal(value))]))
    wizard.editor.do(wizard.editor.session.edit("填入", [(Layer.VALUES, cell, Decimal(615))]))
"""


@linux
@pytest.mark.parametrize("end", [INTERRUPTED, BURST], ids=["once", "burst"])
def test_ctrl_c_in_the_terminal_saves_and_ends(tmp_path: Path, end: str) -> None:
    ended = run(unsaved(end), tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    with open_store(next(tmp_path.rglob("govdesk.sqlite3")).parent) as drafts:
        assert drafts.load(1).value(CELL) == 615
    assert list(tmp_path.rglob("govdesk.lock")) == [] and list(tmp_path.rglob("run-*.txt")) == []


EARLY = PROGRAM + """
import signal
from ui.app.session_end import SessionEnd

watch = SessionEnd.watch
def early(end, heard):
    BEFORE
    watch(end, heard)
    AFTER
SessionEnd.watch = early

def act(window):
    print("settled", flush=True)

sys.exit(application.run())
"""


@linux
@pytest.mark.parametrize("moment", ["BEFORE", "AFTER"])
def test_a_signal_before_the_first_page_ends_the_program(tmp_path: Path, moment: str) -> None:
    code = EARLY.replace(moment, INTERRUPTED).replace("BEFORE", "pass").replace("AFTER", "pass")
    ended = run(code, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert list(tmp_path.rglob("govdesk.lock")) == []


# A question that is open; a file that was to be opened.
ASKING = """
    from PySide6.QtWidgets import QMessageBox
    QTimer.singleShot(200, lambda: os.kill(os.getpid(), signal.SIGINT))
    QMessageBox.question(window, "问", "问")
    print("answered", flush=True)
"""


@linux
def test_a_signal_closes_a_question_and_saves(tmp_path: Path) -> None:
    ended = run(unsaved(ASKING), tmp_path)
    assert ended.returncode == 0 and "Traceback" not in ended.stderr
    with open_store(next(tmp_path.rglob("govdesk.sqlite3")).parent) as drafts:
        assert drafts.load(1).value(CELL) == 615


BROKEN = """
    def no(**_):
        raise ValueError("a page that cannot be taken over")
    wizard.commit = no
    os.kill(os.getpid(), signal.SIGTERM)
"""


@linux
def test_a_page_that_raises_keeps_nothing_from_being_saved(tmp_path: Path) -> None:
    run(unsaved(BROKEN), tmp_path)
    with open_store(next(tmp_path.rglob("govdesk.sqlite3")).parent) as drafts:
        assert drafts.load(1).value(CELL) == 615


COMMAND = """
import os, signal, sys, threading, time
from govdesk.base import files
from ui import launch

signal.signal(signal.SIGINT, signal.default_int_handler)         # ignored where the tests run in the background

def slow(file):
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(5)
files.os.fsync = slow
sys.argv = ["govdesk", "sample", "-o", os.environ["TO"]]
launch.start()
"""


@linux
def test_ctrl_c_in_a_command_is_no_traceback_and_leaves_nothing_behind(tmp_path: Path) -> None:
    ended = run(COMMAND, tmp_path, TO=str(tmp_path / "a.govdesk"))
    assert (ended.returncode, ended.stderr) == (130, "")
    assert list(tmp_path.rglob("*.tmp")) == [] and not (tmp_path / "a.govdesk").exists()
