"""What all parts of the program may ask: which drafts there are, which is open, what the clerk has chosen."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli, settings
from tests.ui.driver import CELL, put, sample_wizard, saved


def test_a_draft_is_open_with_all_that_belongs_to_it(qtbot: QtBot, window: MainWindow) -> None:
    seen: list[tuple[str, object]] = []
    for name in ("opened", "closing", "closed"):
        getattr(window.workspace, name).connect(lambda draft, name=name: seen.append((name, draft)))
    assert window.workspace.open is None
    wizard = sample_wizard(window)
    draft = window.workspace.open
    assert draft is not None
    assert (draft.view, draft.editor) == (wizard, wizard.editor)
    assert draft.autosave.draft_id == draft.draft_id == window.drafts.list()[0].id
    window.show_home()
    assert window.workspace.open is None
    assert seen == [("opened", draft), ("closing", draft), ("closed", draft)]


def test_another_draft_is_opened_when_the_first_is_saved_and_left(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    first = window.workspace.open
    assert first is not None
    put(wizard, CELL, None)
    other = window.drafts.create(cli.sample_report())
    window.open_draft(other)
    assert window.workspace.open is not None and window.workspace.open.draft_id == other
    assert window.drafts.load(first.draft_id).value(CELL) is None
    assert window.stack.count() == 2             # the home page and one draft


def test_a_draft_with_a_form_that_cannot_be_read_leaves_the_open_one_where_it_is(
        qtbot: QtBot, window: MainWindow) -> None:
    sample_wizard(window)
    before = window.workspace.open
    strange = window.drafts.create(cli.sample_report()._replace(form_id="no-such-form"))
    assert not window.attempt(lambda: window.open_draft(strange))
    assert window.workspace.open is before and window.is_bare


def test_settings_are_kept_and_told_by_name(window: MainWindow, tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    window.workspace.settings_changed.connect(told.append)
    window.workspace.remember(backup_folder=str(tmp_path), theme="dark")
    assert told == [{"backup_folder", "theme"}]
    assert window.workspace.second_place == tmp_path
    assert settings.load_settings().theme == "dark"
    assert window.home.in_force["theme"] == "dark"
    window.workspace.remember(theme="light")


def test_what_was_saved_is_noted(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    assert not window.workspace.was_saved
    put(wizard, CELL, None)
    saved(qtbot, window)
    assert window.workspace.was_saved
