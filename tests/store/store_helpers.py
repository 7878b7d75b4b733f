"""What the tests of the store share; those of the window use the second half of it too."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from govdesk.form.form import Address
from govdesk.report.report import Layer, Report
from govdesk.store.drafts import Drafts

FORM = "ogi-annual-report-2021"
FEES = Address("proactive", "administrative_fees", "amount_wan_yuan")
NEW = Address("requests", "new_requests", "natural_person")
ROOT = Path(__file__).parents[2]


def plain(report: Report) -> dict[tuple[str, str], str]:
    """A report as text, so that 1.5 and 1.50 are told apart."""
    return {(layer.value, repr(key)): repr(entry) for layer in Layer for key, entry in report.entries(layer).items()}


def python(*arguments: str) -> subprocess.Popen[str]:
    """Another process that can import the program."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen([sys.executable, *arguments], env=environment, text=True, encoding="utf-8",
                            stdout=subprocess.PIPE)


# -- the data file itself, through a connection of one's own

def ask(file: Path, question: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
    """What the file holds, as a stranger would read it."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        return connection.execute(question, values).fetchall()


def corrupt(file: Path, statement: str, values: Sequence[object] = ()) -> None:
    """Changes the file behind the program's back."""
    ask(file, statement, values)


def fold_log(file: Path) -> None:
    """Takes what was saved from the log into the file itself, and empties the log."""
    assert ask(file, "PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0


# -- what SQLite keeps for a connection, not for a file: only the store's own will do

def own_connection(store: Drafts) -> sqlite3.Connection:
    return store._watched.database.raw


def fill_disk(store: Drafts) -> None:
    """From now on the file cannot grow, as on a full disk."""
    (pages,) = own_connection(store).execute("PRAGMA page_count").fetchone()
    own_connection(store).execute(f"PRAGMA max_page_count = {pages}")


def make_room(store: Drafts) -> None:
    own_connection(store).execute("PRAGMA max_page_count = 1000000")
