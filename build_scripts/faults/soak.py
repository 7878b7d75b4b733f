"""Does much work (many edits in one sitting, many drafts, ten years of versions) and holds size, start, memory and
opening time against the bounds below."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

BENCH_FOLDER = Path(__file__).resolve().parents[1] / "bench"
DRAFT_COUNT = 1000
YEARS_OF_HISTORY = 10


class Bound(NamedTuple):
    """The most that may be measured with `FULL_EDITS` edits; with fewer it is as much."""

    most: float
    unit: str


FULL_EDITS = 10_000
BOUNDS = {
    "edits: the file grows by, for each": Bound(1200, "bytes"),
    "edits: memory grows by": Bound(150, "MiB"),
    "edits: the last hundred take, beside the first": Bound(1.5, "times"),
    "edits: the file is opened, listed and read in": Bound(60, "ms"),
    "drafts: the file, for each": Bound(80_000, "bytes"),
    "drafts: the file is opened and listed in": Bound(500, "ms"),
    "drafts: the home page is shown in, from the start of the process": Bound(2500, "ms"),
    "drafts: memory of the home page": Bound(160, "MiB"),
    "years: the file": Bound(2_000_000, "bytes"),
    "years: versions": Bound(300, "versions"),
    "years: the file is opened, listed and read in": Bound(30, "ms"),
    "years: the versions are listed in": Bound(30, "ms"),
    "years: the oldest version is put together in": Bound(60, "ms"),
}


def campaign(folder: Path, edits: int) -> tuple[dict[str, str], list[str]]:
    sys.path.insert(0, str(BENCH_FOLDER))
    part = edits / FULL_EDITS
    found: dict[str, float] = {}
    found |= measure_many_edits(folder / "edits", edits)
    found |= measure_many_drafts(folder / "drafts", max(10, round(DRAFT_COUNT * part)))
    found |= measure_many_years(folder / "years", max(1, round(YEARS_OF_HISTORY * part)))
    wrong = [f"{what}: {value:.4g} {BOUNDS[what].unit}, the bound is {BOUNDS[what].most:g}"
             for what, value in found.items() if value > BOUNDS[what].most]
    return {what: f"{value:.4g} {BOUNDS[what].unit} (≤ {BOUNDS[what].most:g})" for what, value in found.items()}, wrong


def measure_milliseconds(act: object, times: int = 5) -> float:
    found = []
    for _ in range(times):
        start = time.perf_counter()
        act()  # type: ignore[operator]
        found.append((time.perf_counter() - start) * 1000)
    return statistics.median(found)


def measure_many_edits(folder: Path, edits: int) -> dict[str, float]:
    """In a process of its own, so that its memory is its own."""
    words = [sys.executable, __file__, str(folder), str(edits)]
    done = subprocess.run(words, capture_output=True, text=True, check=True,
                          env=os.environ | {"GOVDESK_DATA": str(folder)})
    grown, memory, slower = map(float, done.stdout.split()[-3:])
    return {"edits: the file grows by, for each": grown, "edits: memory grows by": memory,
            "edits: the last hundred take, beside the first": slower,
            "edits: the file is opened, listed and read in": measure_milliseconds(lambda: _read(folder))}


def _read(folder: Path) -> None:
    from govdesk.store.drafts import open_store

    with open_store(folder) as store:
        store.load(store.list()[0].id)


def type_many_edits(folder: Path, edits: int) -> None:
    """So many edits in one window, saved as they come; prints bytes an edit, MiB of memory, how much slower the end."""
    import random

    from clerk_under_fault import prepare_folder
    from PySide6.QtTest import QTest

    from build_scripts.program_window import MainWindow
    from govdesk import settings
    from govdesk.report.report import Layer
    from govdesk.store.drafts import open_store
    from ui.app.qt_application import application
    from ui.editing import autosave

    autosave.SAVE_DELAY_MS = 5
    app = application("light")
    window = MainWindow(open_store(prepare_folder(folder)), settings.Settings())
    window.show()
    wizard = window.open_draft(1)
    wizard.enter("requests")
    editor, saver, chance = wizard.editor, window.autosave, random.Random(1)
    cells = sorted(editor.form.input_cells)
    size, memory, times = _size(folder), 0.0, []
    for number in range(edits):
        if number == min(500, edits // 2):                   # what is imported and cached is there
            memory = _memory()
        start = time.thread_time()                           # of a processor: other programs work too
        if number % 10:
            change = (Layer.VALUES, chance.choice(cells), Decimal(chance.randrange(10_000)))
        else:
            change = (Layer.TEXTS, "problems", editor.now.report.text("problems")[-300:] + f"第{number}句。")
        editor.do(editor.session.edit("填入", [change]))
        app.processEvents()
        times.append(time.thread_time() - start)
        if number % 5 == 0:
            while saver.unsaved:
                QTest.qWait(1)
    while saver.unsaved:
        QTest.qWait(1)
    hundred = min(100, edits // 4)
    grown = _memory() - memory
    window.close()                                           # the log is taken over
    slower = statistics.median(times[-hundred:]) / statistics.median(times[hundred:2 * hundred])
    print((_size(folder) - size) / edits, grown, slower)


def _size(folder: Path) -> int:
    return sum((folder / f"govdesk.sqlite3{suffix}").stat().st_size for suffix in ("", "-wal")
               if (folder / f"govdesk.sqlite3{suffix}").exists())


def _memory() -> float:
    """MiB that the process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 2**20


def measure_many_drafts(folder: Path, number: int) -> dict[str, float]:
    import drafts
    from measure import CONTENDERS, OURS, output_of

    from govdesk.store.drafts import open_store

    drafts.make_filled_folder(folder, number)

    def listed() -> None:
        with open_store(folder) as store:
            assert len(store.list()) == number

    shown = [output_of(OURS, CONTENDERS / "our_home.py", cwd=folder, GOVDESK_DATA=str(folder)).split() for _
             in range(3)]
    return {"drafts: the file, for each": _size(folder) / number,
            "drafts: the file is opened and listed in": measure_milliseconds(listed),
            "drafts: the home page is shown in, from the start of the process": min(float(x[0]) for x in shown),
            "drafts: memory of the home page": min(float(x[1]) for x in shown)}


def measure_many_years(folder: Path, years: int) -> dict[str, float]:
    import aged

    from govdesk.store.drafts import open_store

    aged.make_aged_draft(folder, years)
    with open_store(folder) as store:
        versions = store.versions(1)
        oldest = versions[-1].revision
        return {"years: the file": _size(folder), "years: versions": len(versions),
                "years: the file is opened, listed and read in": measure_milliseconds(lambda: _read(folder)),
                "years: the versions are listed in": measure_milliseconds(lambda: store.versions(1)),
                "years: the oldest version is put together in": measure_milliseconds(lambda: store.report_at(1,
                                                                                                             oldest))}


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    type_many_edits(Path(sys.argv[1]), int(sys.argv[2]))
