"""The program as a screen reader finds it: started as its own process, led by keys, read over the accessibility bus."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govdesk import cli
from govdesk.base.numerals import format_value
from govdesk.exchange import report_file
from govdesk.formfile.form_reader import load_form
from govdesk.session.session import take_snapshot
from govdesk.session.steps import list_steps
from tests.ui.conftest import FORM_ID
from tests.ui.desktop.conftest import Keys
from tests.ui.desktop.reader import CELLS, Bus, Told, read_when

if TYPE_CHECKING:
    import xa11y

pytestmark = pytest.mark.desktop
ROOT = Path(__file__).resolve().parents[3]
PAGES = [page.item for step in list_steps(load_form(FORM_ID)) for page in step.pages]
KNOWN_ROLES = {"push button", "button", "toggle button", "check box", "radio button", "text", "entry", "combo box",
               "list", "table", "scroll pane", "cell", "list item", "document text", "filler", "panel", "frame",
               "page tab", "page tab list", "column header", "row header", "label", "menu", "menu item", "paragraph"}


@pytest.fixture
def app(desktop: None, tmp_path: Path) -> Iterator[xa11y.App]:
    """The program with the sample open, in a process of its own."""
    import xa11y

    file = tmp_path / "sample.govdesk"
    file.write_bytes(report_file.dump_report(cli.sample_report()))
    environment = {**os.environ, "GOVDESK_DATA": str(tmp_path / "data"), "QT_IM_MODULE": "compose",
                   "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}  # not of our own window: it cannot answer while we ask
    with subprocess.Popen([sys.executable, "-m", "ui.launch", str(file)], cwd=ROOT, env=environment) as process:
        try:
            yield xa11y.App.by_pid(process.pid, timeout=30)
        finally:
            process.terminate()


@pytest.fixture
def bus(app: xa11y.App) -> Iterator[Bus]:
    made = Bus()
    yield made
    made.close()


def has_focus(told: list[Told]) -> bool:
    return any(one.focused for one in told)


def names_in(told: list[Told]) -> tuple[str, ...]:
    return tuple(one.name for one in told)


def is_another(before: list[Told]) -> Callable[[list[Told]], bool]:
    """Whether something else than before is shown, and has the focus."""
    return lambda now: has_focus(now) and names_in(now) != names_in(before)


def name_of(one: Told, bus: Bus) -> str:
    """As a reader says it: for a box with a choice its label, since its name is the choice."""
    return "".join(bus.labels(one)) if one.role == "combo box" else one.name


def assert_well_said(where: str, told: list[Told], bus: Bus) -> None:
    """Each thing that takes the focus is named; no two alike; the focus is on one that is in sight."""
    reached = [one for one in told if one.focusable and one.role not in CELLS]
    assert len(reached) >= 3, where
    names = [(one.role, name_of(one, bus)) for one in reached if one.role != "scroll pane"]
    assert [role for role, name in names if not re.search(r"\w", name)] == [], (where, names)
    assert [name for name, count in Counter(names).items() if count > 1] == [], where
    assert {one.role for one in reached} <= KNOWN_ROLES, where
    assert [one for one in told if one.focused], where


def test_every_page_of_the_wizard(app: xa11y.App, bus: Bus, keys: Keys) -> None:
    told, seen = read_when(app, has_focus), set()
    for item in PAGES:
        assert_well_said(item, told, bus)
        seen.add(names_in(told))
        keys("Ctrl+PageDown")
        told = read_when(app, is_another(told))
    assert len(seen) == len(PAGES)


def test_the_list_of_drafts(app: xa11y.App, keys: Keys) -> None:
    """No head and no cell is silent, or a sign alone."""
    keys("Alt+Home")
    told = read_when(app, lambda now: any(one.role == "cell" for one in now))
    said = [one.name for one in told if one.role in CELLS]
    assert len(said) >= 12 and all(re.search(r"\w", name) for name in said), said


@pytest.mark.parametrize(("name", "opened"), [
    ("home", ["Alt+Home"]), ("manual", ["F1"]), ("history", ["Ctrl+Shift+h"]), ("preview", ["F9"]),
    ("find", ["Ctrl+f"]), ("replace", ["Ctrl+h"]), ("backups", ["Alt+Home", "备份与恢复"]),
    ("self check", ["Alt+9", "自检单"]),
])
def test_what_lies_over_the_wizard(app: xa11y.App, bus: Bus, keys: Keys, name: str, opened: list[str]) -> None:
    keys("Ctrl+PageDown", "Ctrl+PageDown")
    told = read_when(app, has_focus)
    for act in opened:
        if act.isascii():
            keys(act)
        else:
            app.locator(f'button[name*="{act}"]').first().press()
        told = read_when(app, is_another(told))
    assert_well_said(name, told, bus)


def says_all(said: str, row: str, column: str, figure: str) -> bool:
    """Whether a cell says all three, one beside the other (其他 is a column, and part of a row's name)."""
    rest = said.replace(row, "", 1).replace(column, "", 1)
    return row in said and column in said.replace(row, "", 1) and figure in re.findall(r"[\d.]+|空白|不适用", rest)


@pytest.mark.parametrize("grid_id", list(load_form(FORM_ID).grids))
def test_a_table(app: xa11y.App, bus: Bus, keys: Keys, grid_id: str) -> None:
    """Each cell says row, column head and figure; row and column are numbered as they lie."""
    form = load_form(FORM_ID)
    read_when(app, has_focus)
    for _ in range(PAGES.index(grid_id)):
        keys("Ctrl+PageDown")
    grid = form.grids[grid_id]
    told = read_when(app, lambda now: sum(one.role == "cell" for one in now) >= len(grid.addresses))
    now = take_snapshot(form, cli.sample_report())
    cells = {one.name: one for one in told if one.role == "cell"}
    assert any(one.focused for one in cells.values())
    lies = {}
    for address in grid.addresses:
        words = (grid.rows[address.row].label, grid.columns[address.column].label, format_value(now.figures[address]))
        found = next((one for said, one in cells.items() if says_all(said, *words)), None)
        assert found is not None, words
        lies[address] = bus.row_and_column(found)
    for row in grid.rows:
        assert len({lies[a][0] for a in grid.addresses if a.row == row}) == 1, row
    order = [lies[a] for a in grid.addresses]
    assert order == sorted(order) and len(set(order)) == len(order)
