"""Data files with flipped, zeroed and truncated pages, and torn logs: opened, restored or explained."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from decimal import Decimal
from pathlib import Path

from govdesk import cli, formfile
from govdesk.errors import StoreError
from govdesk.report import Layer, Report, edit_of
from govdesk.store import backups, opening, salvage
from govdesk.store.drafts import open_store
from govdesk.store.failures import UnusableStoreError

PAGE = 4096
DRAFTS = 12


def material(folder: Path) -> tuple[Path, list[Report], list[Report]]:
    """A data file with its log not yet taken over, a backup of it, and what its drafts hold: now, and in the file
    itself without the log."""
    chance, now = random.Random(1), []
    cells = sorted(formfile.load(cli.sample_report().form_id).input_cells)
    with open_store(folder) as store:
        ids = [store.create(cli.sample_report()) for _ in range(DRAFTS)]
        store._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        before = [store.load(draft) for draft in ids]
        backups.make(store.file)
        for draft in ids:
            report = store.load(draft)
            for _ in range(4):
                edit = edit_of(report, "填入", [(Layer.VALUES, chance.choice(cells), Decimal(chance.randrange(9999)))])
                store.save(draft, [edit])
                report = edit.applied_to(report)
            now.append(report)
        crashed = folder / "crashed"
        crashed.mkdir()
        for part in folder.glob(f"{opening.FILE_NAME}*"):
            shutil.copyfile(part, crashed / part.name)
    return crashed, now, before


def spoil(data: bytearray, chance: random.Random) -> str:
    """Damage as disks and sticks do it."""
    way = chance.choice(("flip", "zero", "truncate", "sector"))
    if way == "flip":
        for _ in range(chance.choice((1, 8, 64))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif way == "truncate":
        del data[chance.randrange(len(data)):]
    else:
        size = PAGE if way == "zero" else 512
        at = chance.randrange(max(1, len(data) // size)) * size
        data[at:at + size] = bytes(size) if way == "zero" else chance.randbytes(size)
    return way


def one(source: Path, part: str, here: Path, number: int, allowed: list[list[Report]]) -> tuple[str, list[str]]:
    """What became of one damaged file, and what was wrong with that."""
    chance = random.Random(number)
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(source, here)
    data = bytearray((here / part).read_bytes())
    way = spoil(data, chance)
    (here / part).write_bytes(data)
    before = {file.name: file.read_bytes() for file in here.iterdir()}
    try:
        with open_store(here, patience=0.2) as store:
            return f"{way}: opened", _differs(store.list(), store, allowed)
    except UnusableStoreError as error:
        if any((here / name).read_bytes() != content for name, content in before.items() if not name.endswith("-shm")):
            return f"{way}: explained", ["the refused file was changed"]
        found = salvage.read(error.kept)
        whole = sum(any(s.report in reports for reports in allowed) for s in found)
        store, kept = salvage.start_from(here, found)
        with store:
            listed = len(store.list())
        wrong = [] if listed == len(found) and kept.exists() else ["what was salvaged is not all there"]
        rest = "most" if whole > DRAFTS // 2 else "some" if found else "nothing, the backup is offered"
        return f"{way}: explained; salvaged {'all' if whole == DRAFTS else rest}", wrong
    except StoreError:
        return f"{way}: explained", []


def _differs(listed: object, store: object, allowed: list[list[Report]]) -> list[str]:
    """A file that opens holds what was saved; where one draft cannot be read it says so."""
    wrong = []
    for draft in listed:                                      # type: ignore[attr-defined]
        try:
            report = store.load(draft.id)                     # type: ignore[attr-defined]
        except StoreError:
            continue                                          # explained
        if not any(report == reports[draft.id - 1] for reports in allowed):
            wrong.append(f"draft {draft.id} is not what was saved, and nobody was told")
    return wrong


def campaign(folder: Path, files: int, logs: int) -> tuple[Counter[str], list[str]]:
    source, now, before = material(folder / "material")
    results, wrong = Counter[str](), list[str]()
    whole = folder / "whole"                                  # the same with the log taken over
    shutil.copytree(source, whole)
    open_store(whole).close()
    for number in range(files):
        outcome, faults = one(whole, opening.FILE_NAME, folder / "here", number, [now])
        results[f"file, {outcome}"] += 1
        wrong += [f"file {number}, {outcome}: {fault}" for fault in faults]
    states = [now, before]                                    # a torn log may end earlier, between two saves
    for number in range(logs):
        outcome, faults = one(source, f"{opening.FILE_NAME}-wal", folder / "here", number, states)
        faults = [fault for fault in faults if "not what was saved" not in fault]        # an earlier moment of it
        results[f"log, {outcome}"] += 1
        wrong += [f"log {number}, {outcome}: {fault}" for fault in faults]
    return results, wrong


if __name__ == "__main__":
    import sys

    place = Path(sys.argv[1])
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    counts, mistakes = campaign(place, int(sys.argv[2]), int(sys.argv[3]))
    print(*sorted(counts.items()), *mistakes, sep="\n")
