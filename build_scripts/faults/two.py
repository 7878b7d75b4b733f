"""Two programs on one folder: each saves its own draft and both a third; none ever loses what it was told is saved."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

from govdesk import cli, formfile
from govdesk.errors import StoreError
from govdesk.report import Layer, edit_of
from govdesk.store.drafts import open_store
from govdesk.store.failures import ChangedElsewhereError
from govdesk.store.history import NAMED, Mark


def one(folder: Path, name: str, drafts: tuple[int, int], seconds: float, pause: float) -> None:
    """One of the two, with its own draft and the shared one; ends with a line of counts."""
    own, shared = drafts
    chance, saved, refused, busy = random.Random(name), 0, 0, 0
    cells = sorted(formfile.load(cli.sample_report().form_id).input_cells)
    end = time.monotonic() + seconds
    with open_store(folder) as store:
        mine, report = store.load(own), store.load(shared)
        while time.monotonic() < end:
            edit = edit_of(mine, "填入", [(Layer.VALUES, chance.choice(cells), Decimal(chance.randrange(10**6)))])
            try:
                store.save(own, [edit, *([Mark(NAMED, "x")] if chance.random() < 0.01 else [])])
                mine, saved = edit.applied_to(mine), saved + 1
                both = edit_of(report, "填入", [(Layer.VALUES, chance.choice(cells), Decimal(chance.randrange(10**6)))])
                store.save(shared, [both])
                report, saved = both.applied_to(report), saved + 1
            except ChangedElsewhereError:
                refused, report = refused + 1, store.load(shared)
            except StoreError:
                busy += 1
            if saved % 200 == 0 and store.load(own) != mine:
                print("LOST", flush=True)
            time.sleep(pause)
        if store.load(own) != mine:
            print("LOST", flush=True)
    print(name, "saved", saved, "refused", refused, "busy", busy, flush=True)


def campaign(folder: Path, seconds: float, pause: float = 0.05) -> list[str]:
    with open_store(folder) as store:
        drafts = [store.create(cli.sample_report()) for _ in range(3)]
    both = [subprocess.Popen([sys.executable, __file__, str(folder), name, str(drafts[own]), str(drafts[2]),
                              str(seconds), str(pause)], stdout=subprocess.PIPE, text=True)
            for own, name in enumerate(("a", "b"))]
    told = [process.communicate()[0] for process in both]
    with open_store(folder) as store:
        told += [f"ends with {len(store.list())} drafts, {(folder / 'govdesk.sqlite3').stat().st_size} bytes"]
    return told


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(*campaign(Path(sys.argv[1]), float(sys.argv[2])), sep="\n")
    else:
        where, title, first, third, duration, wait = sys.argv[1:]
        one(Path(where), title, (int(first), int(third)), float(duration), float(wait))
