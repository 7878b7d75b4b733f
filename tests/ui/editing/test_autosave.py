"""“已自动保存” is a promise: what tries to make it lie. Whatever becomes of a word, a timer, a thread or a disk, the
status line says it only while the report in the window is the one in the file, and what was forgotten is found."""

from __future__ import annotations

import gc
import random
import re
import sys
import threading
from collections.abc import Iterator
from concurrent import futures
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.base.errors import StoreError
from govdesk.checks.registry import KINDS
from govdesk.form.form import Address
from govdesk.report.report import Report
from govdesk.store.drafts import open_store
from govdesk.store.sql.errors import ChangedElsewhereError
from govdesk.store.sql.history import NAMED, VersionMark
from tests.ui.conftest import say
from tests.ui.driver import CELL, put, sample_wizard, words
from ui.editing import autosave
from ui.editing.autosave import Autosave
from ui.error_reports import crash_report
from ui.error_reports.error_dialog import ErrorCatcher, ErrorDialog
from ui.wizard.wizard import Wizard

SAVED = "已自动保存"
UNSAVED = re.compile(r"△ 有 (\d+) 处修改尚未保存（自 \d\d:\d\d 起）")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, time in (("SAVE_DELAY_MS", 20), ("RETRY_MS", 60), ("LOOK_MS", 60)):
        monkeypatch.setattr(autosave, name, time)


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What Qt hands over of a slot that raised."""
    errors: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: errors.append(error))
    return errors


def in_file(window: MainWindow) -> Report:
    assert window.autosave is not None
    with open_store(window.drafts.file.parent) as other:
        return other.load(window.autosave.draft_id)


def line(wizard: Wizard) -> str:
    return wizard.status.saved.text()


def saver_of(window: MainWindow) -> Autosave:
    assert window.autosave is not None
    return window.autosave


def comes_to_the_file(qtbot: QtBot, window: MainWindow, value: int) -> None:
    """It is saved and told; it was never told before."""
    assert window.wizard is not None
    wizard = window.wizard
    assert SAVED not in line(wizard)
    qtbot.waitUntil(lambda: SAVED in line(wizard), timeout=5000)
    assert in_file(window).value(CELL) == value


def first_saved(qtbot: QtBot, window: MainWindow) -> Wizard:
    """A draft of which “已自动保存” stands on the screen."""
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(4))
    qtbot.waitUntil(lambda: SAVED in line(wizard), timeout=5000)
    return wizard


def test_it_is_taken_back_with_the_first_edit(qtbot: QtBot, window: MainWindow) -> None:
    wizard = first_saved(qtbot, window)
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)


def test_a_lost_word_of_an_edit_is_found(qtbot: QtBot, window: MainWindow) -> None:
    wizard = first_saved(qtbot, window)
    wizard.editor.changed.disconnect(saver_of(window)._changed)
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)
    wizard.editor.changed.connect(saver_of(window)._changed)


def test_the_next_edit_finds_a_lost_one(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard, saver = first_saved(qtbot, window), saver_of(window)
    saver._looks.stop()
    wizard.editor.changed.disconnect(saver._changed)
    put(wizard, CELL, Decimal(5))
    wizard.editor.changed.connect(saver._changed)
    assert SAVED not in line(wizard)
    say(wizard.enter("problems").field, "，乙")
    comes_to_the_file(qtbot, window, 5)
    assert "，乙" in in_file(window).text("problems")


def test_a_lost_timer_is_found(qtbot: QtBot, window: MainWindow) -> None:
    wizard = first_saved(qtbot, window)
    put(wizard, CELL, Decimal(5))
    saver_of(window)._timer.stop()
    comes_to_the_file(qtbot, window, 5)


def test_a_lost_word_of_the_thread_is_found(qtbot: QtBot, window: MainWindow) -> None:
    wizard = first_saved(qtbot, window)
    saver_of(window)._worker._finished.disconnect()
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)


class Deadly:
    """A job that takes the thread with it, as no real one should."""

    def run(self) -> None:
        raise SystemExit


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_dead_thread_is_found(qtbot: QtBot, window: MainWindow) -> None:
    wizard, worker = first_saved(qtbot, window), saver_of(window)._worker
    worker._pool._work_queue.put(Deadly())
    qtbot.waitUntil(lambda: worker.is_dead, timeout=5000)
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)


def test_no_thread_to_be_had_is_a_failed_save(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard, saver = first_saved(qtbot, window), saver_of(window)
    saver._worker.wait()                                     # it takes nothing more
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)


def test_a_listener_that_raises_costs_nothing(qtbot: QtBot, window: MainWindow, caught: list[BaseException]) -> None:
    window.adopt(_sample())
    assert window.wizard is not None
    wizard = window.wizard

    def broken(*_: object) -> None:
        raise ValueError("no")

    wizard.editor.session._listeners.insert(0, broken)
    wizard.editor.changed.connect(broken)
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)
    assert caught and wizard.editor.stack.count() == 1
    wizard.editor.stack.undo()
    qtbot.waitUntil(lambda: SAVED in line(wizard) and in_file(window).value(CELL) == 1, timeout=5000)


def test_the_dialogue_of_an_error_waits_until_the_edit_is_in_line(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dialogue that came at once would keep the listeners behind it from hearing until it is closed."""
    wizard = first_saved(qtbot, window)
    catcher = ErrorCatcher(window, crash_report.RunTrace(None))
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: catcher.caught(error))
    seen: list[bool] = []
    monkeypatch.setattr(ErrorDialog, "exec", lambda _: seen.append(saver_of(window).state.pending))

    def broken(*_: object) -> None:
        raise ValueError("no")

    wizard.editor.session._listeners.insert(0, broken)
    saver_of(window)._looks.stop()
    for value in (5, 6, 7):
        put(wizard, CELL, Decimal(value))
    assert saver_of(window)._waiting.items and not seen
    qtbot.waitUntil(lambda: bool(seen), timeout=5000)
    comes_to_the_file_again(qtbot, window, 7)
    assert len(seen) == 1                                    # no storm: one kind, one dialogue


def comes_to_the_file_again(qtbot: QtBot, window: MainWindow, value: int) -> None:
    qtbot.waitUntil(lambda: SAVED in line(window.wizard) and in_file(window).value(CELL) == value, timeout=5000)


def test_an_act_that_cannot_be_carried_out_is_no_step(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = first_saved(qtbot, window)
    editor, before = wizard.editor, wizard.editor.stack.count()
    with monkeypatch.context() as broken:
        broken.setattr("govdesk.session.session.update_figures", lambda *_: (_ for _ in ()).throw(ZeroDivisionError()))
        for _ in range(100):                                 # an exception within Qt's own push would crash it
            with pytest.raises(ZeroDivisionError):
                put(wizard, CELL, Decimal(9))
            gc.collect(0)
    assert editor.stack.count() == before and editor.now.report.value(CELL) == 4
    put(wizard, CELL, Decimal(5))
    comes_to_the_file_again(qtbot, window, 5)
    editor.stack.undo()
    assert editor.now.report.value(CELL) == 4


def test_a_rule_that_raises_keeps_nothing_from_the_disk(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, caught: list[BaseException]) -> None:
    def broken(*_: object) -> Iterator[Any]:
        raise ValueError("no")
        yield

    for kind in KINDS:
        monkeypatch.setitem(KINDS, kind, KINDS[kind]._replace(judge=broken))
    wizard = sample_wizard(window)
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)
    for step in wizard.steps:                                # every page opens
        for page in step.pages:
            wizard.enter(step.id, page.item)
    assert caught == []
    assert "条规则未能检查" in wizard.status.standing.text()
    review = words(wizard.enter("review"))
    assert "未能检查" in review and "没有发现问题" not in review and "已通过 0 处" in review
    window.show_home()
    assert "数字已填完" not in words(window.home)


def test_counts_that_cannot_be_worked_out_keep_nothing_from_the_disk(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, caught: list[BaseException]) -> None:
    wizard = first_saved(qtbot, window)
    monkeypatch.setattr(autosave, "count_outstanding", lambda _: (_ for _ in ()).throw(ValueError("no")))
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)
    assert caught
    put(wizard, CELL, Decimal(6))
    window.show_home()
    assert window.wizard is None
    assert window.drafts.load(1).value(CELL) == 6


def test_an_edit_during_a_save_is_not_called_saved(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard, real, go = first_saved(qtbot, window), window.drafts.save, threading.Event()

    def slow(*given: Any, **named: Any) -> None:
        go.wait(10)
        real(*given, **named)

    monkeypatch.setattr(window.drafts, "save", slow)
    told: list[Report] = []
    saver_of(window).saved.connect(lambda _: told.append(in_file(window)))
    put(wizard, CELL, Decimal(5))
    saver_of(window).save_now()
    put(wizard, CELL, Decimal(6))
    assert SAVED not in line(wizard)
    go.set()
    comes_to_the_file(qtbot, window, 6)
    assert [report.value(CELL) for report in told] == [6]


def test_a_save_that_hangs_is_said_with_since_when(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autosave, "LATE_SECONDS", 0.1)
    wizard, real, go = first_saved(qtbot, window), window.drafts.save, threading.Event()
    monkeypatch.setattr(window.drafts, "save", lambda *given, **named: (go.wait(10), real(*given, **named)))
    for address in ("requests/disclosed/natural_person", "requests/disclosed/commercial_enterprise"):
        put(wizard, Address.parse(address), Decimal(8))
    qtbot.waitUntil(lambda: bool(UNSAVED.match(line(wizard))), timeout=5000)
    assert UNSAVED.match(line(wizard))[1] == "2"             # type: ignore[index]
    wizard.status.show_word("✓ 文件与这份草稿相同")           # nothing covers it
    assert UNSAVED.match(line(wizard))
    go.set()
    comes_to_the_file_again(qtbot, window, 8)


def test_a_disk_that_fails_and_recovers(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    wizard = first_saved(qtbot, window)
    with monkeypatch.context() as full:
        full.setattr(window.drafts, "save", lambda *_, **__: (_ for _ in ()).throw(StoreError("磁盘空间不足。")))
        put(wizard, CELL, Decimal(5))
        qtbot.waitUntil(lambda: "磁盘空间不足" in line(wizard), timeout=5000)
        put(wizard, Address("requests", "disclosed", "commercial_enterprise"), Decimal(3))
        qtbot.waitUntil(lambda: line(wizard).startswith("△ 有 2 处修改尚未保存（自 "), timeout=5000)
        wizard.editor.stack.undo()
        wizard.editor.stack.undo()                           # as on the disk; the attempt failed all the same
        qtbot.waitUntil(lambda: line(wizard).startswith("△ 尚未保存："), timeout=5000)
        wizard.editor.stack.redo()
        assert in_file(window).value(CELL) == 4
    comes_to_the_file_again(qtbot, window, 5)
    assert "尚未保存" not in line(wizard)


def test_leaving_asks_nothing_where_another_window_only_kept_a_version(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first attempt is refused, and the save goes on by itself."""
    monkeypatch.setattr(QMessageBox, "exec", lambda box: (_ for _ in ()).throw(AssertionError(box.text())))
    wizard = first_saved(qtbot, window)
    with open_store(window.drafts.file.parent) as other:
        other.load(1)
        other.save(1, [VersionMark(NAMED, "另一窗口")])
    put(wizard, CELL, Decimal(5))
    window.show_home()
    assert window.wizard is None and window.drafts.load(1).value(CELL) == 5


def test_what_the_thread_has_saved_is_no_clash_though_its_word_is_on_the_way(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMessageBox, "exec", lambda box: (_ for _ in ()).throw(AssertionError(box.text())))
    wizard, saver = first_saved(qtbot, window), saver_of(window)
    put(wizard, CELL, Decimal(5))
    saver.save_now()
    saver._worker.wait()                                     # saved; no event was handled since
    with open_store(window.drafts.file.parent) as other:
        other.load(1)
        other.save(1, [VersionMark(NAMED, "另一窗口")])
    window.show_home()
    assert window.wizard is None and window.drafts.load(1).value(CELL) == 5


@pytest.mark.parametrize("error", [ChangedElsewhereError(1), ValueError("no")])
def test_a_past_that_cannot_be_thinned_is_no_failed_save(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, caught: list[BaseException],
        error: Exception) -> None:
    def refuse(_: int) -> None:
        raise error

    monkeypatch.setattr(window.drafts, "thin", refuse)
    failed: list[str] = []
    wizard = sample_wizard(window)
    saver_of(window).failed.connect(failed.append)
    put(wizard, CELL, Decimal(5))
    comes_to_the_file(qtbot, window, 5)
    assert failed == [] and not wizard.status.merge_button.isVisible()


def test_a_late_word_of_a_save_that_was_taken_back_is_not_heard(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """The failure was noticed by the look; what is being saved since is another attempt."""
    wizard, saver, real, go = first_saved(qtbot, window), saver_of(window), window.drafts.save, threading.Event()
    attempts: list[object] = []

    def save(*given: Any, **named: Any) -> None:
        attempts.append(given)
        if len(attempts) == 1:
            raise ChangedElsewhereError(1)
        go.wait(10)
        real(*given, **named)

    monkeypatch.setattr(window.drafts, "save", save)
    failed: list[str] = []
    saver.failed.connect(failed.append)
    put(wizard, CELL, Decimal(5))
    saver.save_now()
    assert saver._job is not None
    futures.wait([saver._job])                               # no event is handled meanwhile
    saver.look()
    assert len(failed) == 1 and saver.is_saving              # `clashes` goes on: the other one has changed nothing
    QTest.qWait(50)
    assert len(failed) == 1 and saver.is_saving
    go.set()
    comes_to_the_file(qtbot, window, 5)
    assert len(attempts) == 2


@pytest.mark.parametrize("seed", range(3))
def test_at_every_moment_it_is_true(
        qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Edits with every kind of sabotage between; whenever the promise stands there the file holds what the window
    shows."""
    monkeypatch.setattr(autosave, "LATE_SECONDS", 0.1)
    chance, wizard, saver = random.Random(seed), first_saved(qtbot, window), saver_of(window)
    real, failing = window.drafts.save, [False]

    def save(*given: Any, **named: Any) -> None:
        if failing[0]:
            raise StoreError("磁盘空间不足。")
        real(*given, **named)

    monkeypatch.setattr(window.drafts, "save", save)
    kept = 0

    def look() -> None:
        nonlocal kept
        if SAVED in line(wizard):
            kept += 1
            assert in_file(window) == wizard.editor.now.report

    acts = [lambda: put(wizard, CELL, Decimal(chance.randrange(1000)))] * 4 + [
        wizard.editor.stack.undo, saver._timer.stop, lambda: failing.__setitem__(0, chance.random() < 0.5),
        lambda: saver._worker.blockSignals(True), lambda: saver._worker.blockSignals(False)]
    for _ in range(40):
        chance.choice(acts)()
        look()
        QTest.qWait(chance.choice((0, 5, 30, 80)))
        look()
    failing[0] = False
    qtbot.waitUntil(lambda: SAVED in line(wizard), timeout=5000)
    look()
    assert kept


def _sample() -> Report:
    from govdesk import cli

    return cli.sample_report()
