"""Flips, zeroes and truncates pages of data files and logs; each file must be opened, restored or explained."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from govdesk import cli
from govdesk.base.errors import StoreError
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, Report, edit_of
from govdesk.store import backups, salvage
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.sql import sqlite
from govdesk.store.sql.errors import UnusableStoreError

PAGE_BYTES = 4096
DRAFT_COUNT = 12


def make_material(folder: Path) -> tuple[Path, list[list[Report]]]:
    """A data file with its log not yet taken over, a backup of it, and what each of its drafts has held since the file
    itself was written, in turn; the last is what was saved last."""
    chance, past = random.Random(1), []
    cells = sorted(form_reader.load_form(cli.sample_report().form_id).input_cells)
    with open_store(folder) as store:
        ids = [store.create(cli.sample_report()) for _ in range(DRAFT_COUNT)]
        with closing(sqlite.connect(store.file, 5.0)) as raw:
            sqlite.empty_log(raw)
        backups.make_backup(store.file)
        for draft in ids:
            report = store.load(draft)
            past.append([report])
            for _ in range(4):
                edit = edit_of(report, "填入", [(Layer.VALUES, chance.choice(cells), Decimal(chance.randrange(9999)))])
                store.save(draft, [edit])
                report = edit.applied_to(report)
                past[-1].append(report)
        crashed = folder / "crashed"
        crashed.mkdir()
        for part in folder.glob(f"{FILE_NAME}*"):
            shutil.copyfile(part, crashed / part.name)
    return crashed, past


def spoil_bytes(data: bytearray, chance: random.Random) -> str:
    """Damage as disks and sticks do it."""
    way = chance.choice(("flip", "zero", "truncate", "sector"))
    if way == "flip":
        for _ in range(chance.choice((1, 8, 64))):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif way == "truncate":
        del data[chance.randrange(len(data)):]
    else:
        size = PAGE_BYTES if way == "zero" else 512
        at = chance.randrange(max(1, len(data) // size)) * size
        data[at:at + size] = bytes(size) if way == "zero" else chance.randbytes(size)
    return way


def open_damaged_file(source: Path, part: str, here: Path, number: int, past: list[list[Report]]) -> tuple[str,
                                                                                                           list[str]]:
    """What became of one damaged file, and what was wrong with that."""
    chance = random.Random(number)
    shutil.rmtree(here, ignore_errors=True)
    shutil.copytree(source, here)
    data = bytearray((here / part).read_bytes())
    way = spoil_bytes(data, chance)
    (here / part).write_bytes(data)
    before = {file.name: file.read_bytes() for file in here.iterdir()}
    try:
        with open_store(here, patience=0.2) as store:
            outcome, wrong = _opened(store, past)
            return f"{way}: opened, {outcome}", wrong
    except UnusableStoreError as error:
        if any((here / name).read_bytes() != content for name, content in before.items() if not name.endswith("-shm")):
            return f"{way}: refused and explained", ["the refused file was changed"]
        found = salvage.read_damaged_file(error.kept, lambda *_: form_reader.list_form_ids()[0])
        whole = sum(any(s.report in reports for reports in past) for s in found)
        store, kept = salvage.start_from_salvaged(here, found)
        with store:
            listed = len(store.list())
        wrong = [] if listed == len(found) and kept.exists() else ["what was salvaged is not all there"]
        rest = "most" if whole > DRAFT_COUNT // 2 else "some" if found else "nothing, the backup is offered"
        return f"{way}: refused and explained; salvaged {'all' if whole == DRAFT_COUNT else rest}", wrong
    except StoreError:
        return f"{way}: refused and explained", []


def _opened(store: Drafts, past: list[list[Report]]) -> tuple[str, list[str]]:
    """What is missing, and whether the clerk hears of it: on the home page, or when the draft is opened."""
    wrong, missing, hushed = list[str](), 0, 0
    there = {draft.id for draft in store.list()}
    for number, reports in enumerate(past, 1):
        try:
            report = store.load(number) if number in there else None
            named = number in there and bool(store.disagreements(number))
        except StoreError:
            missing += 1                                     # said where it is opened
            continue
        if report == reports[-1]:
            continue
        missing += 1
        hushed += not (named or store.warning)
        if report not in reports and not named:
            wrong.append(f"draft {number} is what it never was, and nobody is told")
    if not missing:
        return "nothing missing", wrong
    return ("something missing, said" if not hushed else "something missing, NOT SAID"), wrong


def campaign(folder: Path, often: int) -> tuple[Counter[str], list[str]]:
    """So many damaged files, of them a third logs."""
    files, logs = often - often // 3, often // 3
    source, past = make_material(folder / "material")
    results, wrong = Counter[str](), list[str]()
    whole = folder / "whole"                                  # the same with the log taken over
    shutil.copytree(source, whole)
    open_store(whole).close()
    for what, place, number, part in (("file", whole, files, ""), ("log", source, logs, "-wal")):
        for seed in range(number):
            outcome, faults = open_damaged_file(place, FILE_NAME + part, folder / "here", seed, past)
            results[f"{what}, {outcome}"] += 1
            faults += ["something saved is missing and nobody is told"] if "NOT SAID" in outcome else []
            wrong += [f"{what} {seed}, {outcome}: {fault}" for fault in faults]
    return results, wrong
