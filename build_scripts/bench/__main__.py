"""Benchmarks GovDesk against its peers with the same text, figures, tables and faces, measured in pairs.

    python3 dev.py bench                 everything, about five minutes
    python3 dev.py bench export 15       one part, with so many pairs: export, growth, window, home, keystroke, drafts,
                                         past
    python3 dev.py bench imports 9 200   readers beside others; so many mixed files in one process and in two
    python3 dev.py bench calls           calls of Python at a key in table 3
    python3 dev.py bench entering        keystrokes and caught slips of the sample typed in; --writer asks Writer

A ratio is ours ÷ peer: the median of the pairs, with the least and the greatest.
"""

from __future__ import annotations

import compileall
import datetime
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import aged
import drafts
import importing
import material
from measure import COMMAND, CONTENDERS, OURS, PEERS, ROOT, Comparison, Contender, measure_pairs, output_of, run_process

FONTS = ROOT / "resources" / "fonts"
PAGE_COUNTS = (5, 50, 500)


def print_comparison(what: str, found: Comparison, unit: str, peer: str, goal: str = "") -> None:
    ratios = found.ratios
    print(f"| {what} | {found.ours:.4g} {unit} | {peer} {found.peer:.4g} {unit} | "
          f"**{statistics.median(ratios):.2f}** ({ratios[0]:.2f}–{ratios[-1]:.2f}) | {goal} |", flush=True)


def measure_export(rounds: int, folder: Path) -> None:
    """Cold: from process start to the file. Warm: other figures and texts each round in a process that stays."""
    ours, source = material.write_ours(material.varied_report(0),
                                       folder), material.write_typst(material.varied_report(0), folder)
    a, b = folder / "ours.pdf", folder / "typst.pdf"
    costs = [(run_process(*COMMAND, "export", ours, "-o", a, cwd=folder),
              run_process(PEERS, CONTENDERS / "peer_typst.py", FONTS, "cold", source, b, cwd=folder))
             for _ in range(rounds + 1)][1:]
    print_comparison("cold export, wall", Comparison([(x.wall, y.wall) for x, y in costs]), "ms", "Typst", "≤ 1.0")
    print_comparison("cold export, processor", Comparison([(x.cpu, y.cpu) for x, y in costs]), "ms", "Typst")
    print_comparison("peak memory", Comparison([(x.peak, y.peak) for x, y in costs]), "MiB", "Typst", "≤ 0.5")
    print_comparison("file", Comparison([(a.stat().st_size / 1000, b.stat().st_size / 1000)]), "kB",
                     "Typst, the same standards",
                     "≤ 1.0")
    measure_warm_export(rounds, folder)


def measure_warm_export(rounds: int, folder: Path) -> None:
    own, typst = Contender(OURS, "our_export.py"), Contender(PEERS, "peer_typst.py", FONTS, "warm")

    def ours(i: int) -> list[float]:
        return own.ask(material.write_ours(material.varied_report(i + 1), folder), folder / "ours.pdf")

    found = [(ours(i), typst.ask(material.write_typst(material.varied_report(i + 1), folder), folder / "typst.pdf"))
             for i in range(rounds + 1)][1:]
    print_comparison("warm export, wall", Comparison([(x[0], y[0]) for x, y in found]), "ms", "Typst, kept compiler",
                     "≤ 0.5")
    print_comparison("warm export, processor", Comparison([(x[1], y[1]) for x, y in found]), "ms",
                     "Typst, kept compiler")
    typst.end()
    weasy = Contender(PEERS, "peer_weasyprint.py")
    try:
        print_comparison("warm export, wall", measure_pairs(min(rounds, 3), lambda i: ours(i)[0], lambda i: weasy.ask(
            material.write_html(material.varied_report(i + 1), folder, FONTS), folder / "weasy.pdf")[0]), "ms",
                         "WeasyPrint",
                         "≤ 0.05")
    except RuntimeError as reason:
        print(f"WeasyPrint is left out, its system libraries are not here: {reason}")
    weasy.end()
    own.end()


def measure_growth(rounds: int, folder: Path) -> None:
    """A page of a long report costs no more than a page of a short one."""
    rounds = min(rounds, 3)              # a long report takes its time
    costs: dict[int, list[float]] = {}
    for pages in PAGE_COUNTS:
        report = material.report_of_pages(pages)
        ours, source = material.write_ours(report, folder), material.write_typst(report, folder)
        a, b = folder / "ours.pdf", folder / "typst.pdf"
        found = [(run_process(*COMMAND, "export", ours, "-o", a, cwd=folder),
                  run_process(PEERS, CONTENDERS / "peer_typst.py", FONTS, "cold", source, b, cwd=folder))
                 for _ in range(rounds)]
        print_comparison(f"cold export of {_pages(a)} pages", Comparison([(x.wall, y.wall) for x, y in found]), "ms",
                         "Typst")
        print_comparison(f"peak memory, {_pages(a)} pages", Comparison([(x.peak, y.peak) for x, y in found]), "MiB",
                         "Typst")
        worker = Contender(OURS, "our_export.py")
        costs[pages] = [worker.ask(ours, a)[0] / _pages(a) for _ in range(rounds + 1)][1:]
        worker.end()
    each = ", ".join(f"{statistics.median(cost):.2f} ms a page of {pages}" for pages, cost in costs.items())
    ratio = statistics.median(costs[PAGE_COUNTS[-1]]) / statistics.median(costs[PAGE_COUNTS[0]])
    print(f"| growth, warm: {each} | | | **{ratio:.2f}** | ≤ 1 |")


def _pages(file: Path) -> int:
    return file.read_bytes().count(b"/Type /Page\n") or file.read_bytes().count(b"/StructParents")


def measure_window(rounds: int, folder: Path) -> None:
    """From process start to the first painted frame, as each process says."""
    def bare(_: int) -> float:
        return float(output_of(OURS, CONTENDERS / "peer_window.py", cwd=folder).split()[0])

    def home(_: int) -> float:
        data = str(folder / "data")
        return float(output_of(OURS, CONTENDERS / "our_home.py", cwd=folder, GOVDESK_DATA=data).split()[0])

    def sample(_: int) -> float:
        output_of(*COMMAND, "--self-test", folder / "status.json", cwd=folder)
        return float(json.loads((folder / "status.json").read_text(encoding="utf-8"))["first_paint_ms"])

    def cpu(contender: str) -> float:
        return run_process(OURS, CONTENDERS / contender, cwd=folder).cpu

    print_comparison("start-up to the home page", measure_pairs(rounds, home, bare), "ms", "bare PySide6 window",
                     "≤ 1.5")
    os.environ["GOVDESK_DATA"] = str(folder / "data")
    print_comparison("the same, processor",
                     measure_pairs(rounds, lambda _: cpu("our_home.py"), lambda _: cpu("peer_window.py")), "ms",
                     "bare PySide6 window")
    print_comparison("start-up to table 3 of the sample", measure_pairs(rounds, sample, bare), "ms",
                     "bare PySide6 window", "≤ 1.8")


def measure_home(rounds: int, folder: Path) -> None:
    """A home page of 1,000 drafts beside one of ten, from process start to painted; and the memory of a window."""
    many, few = drafts.make_filled_folder(folder / "many", 1000), drafts.make_filled_folder(folder / "few", 10)

    def shown(data: Path) -> list[float]:
        return [float(word) for word in output_of(OURS, CONTENDERS / "our_home.py", cwd=folder,
                                                  GOVDESK_DATA=str(data)).split()]

    found = [(shown(many), shown(few)) for _ in range(rounds + 1)][1:]
    print_comparison("a home page of 1,000 drafts", Comparison([(x[0], y[0]) for x, y in found]), "ms", "of ten")
    bare = [float(output_of(OURS, CONTENDERS / "peer_window.py", cwd=folder).split()[1]) for _ in found]
    print_comparison("memory of the home page of ten",
                     Comparison([(x[1][1], y) for x, y in zip(found, bare, strict=True)]), "MiB",
                     "bare PySide6 window")


FIGURES_A_ROUND = 48                 # typed in a round


def measure_keystroke(rounds: int, _folder: Path) -> None:
    """The Enter after a figure → totals, all checks → painted, beside a plain grid; and where the table scrolls."""
    usual, tuned = Contender(OURS, "peer_keystroke.py", "usual"), Contender(OURS, "peer_keystroke.py", "tuned")
    for height, where in ((1200, "all in sight"), (768, "1366×768, it scrolls")):
        own = Contender(OURS, "our_keystroke.py", height)
        asked = [(own.ask(FIGURES_A_ROUND), usual.ask(FIGURES_A_ROUND), tuned.ask(FIGURES_A_ROUND)) for _
                 in range(rounds + 1)][1:]
        own.end()
        print_comparison(f"keystroke to painted, {where}", Comparison([(x[0], y[0]) for x, y, _ in asked]), "ms",
                         "plain Qt grid, 40 sums", "≤ 2")
        print_comparison(f"the same, processor, {where}", Comparison([(x[3], y[3]) for x, y, _ in asked]), "ms",
                         "plain Qt grid")
        print_comparison(f"the same, {where}", Comparison([(x[0], y[0]) for x, _, y in asked]), "ms", "tuned Qt grid")
        print(f"| 95 of 100 keystrokes, {where} | {statistics.median(x[2] for x, *_ in asked):.1f} ms | | | < 16 ms |",
              flush=True)
    usual.end()
    tuned.end()


def measure_entering(_rounds: int, folder: Path) -> None:
    """What it takes to type the sample in, and which slips are said at once."""
    print(output_of(OURS, Path(__file__).with_name("entering.py"), *[w for w in sys.argv if w == "--writer"],
                    cwd=folder))


def calls(_rounds: int, folder: Path) -> None:
    """What a key in table 3 costs in calls of Python, with no other page made and with all of them."""
    print(output_of(OURS, Path(__file__).with_name("calls.py"), cwd=folder))


def measure_saving(rounds: int, folder: Path) -> None:
    """One figure saved, and what follows from a report worked out once."""
    print_comparison("one figure saved", drafts.measure_autosave(rounds, folder), "ms", "sqlite3, WAL, FULL", "≤ 4")
    found = drafts.measure_snapshots(rounds)
    print(f"| totals, checks and steps once | {statistics.median(found):.2f} ms ({min(found):.2f}–{max(found):.2f}) "
          f"| | | ≤ 1 ms |")


def measure_history(rounds: int, folder: Path) -> None:
    """Opening a draft with ten years of versions beside a fresh one; keystrokes while 100 MB are backed up."""
    old, new = aged.make_aged_draft(folder / "old", 10), aged.make_fresh_draft(folder / "new")
    opening = Contender(OURS, "our_opening.py", old, new)
    found = [opening.ask(1) for _ in range(rounds * 3 + 1)][1:]
    opening.end()
    print_comparison("a draft with ten years of versions, click to painted", Comparison([(x[0], x[1]) for x in found]),
                     "ms",
                     "a fresh draft", "≤ 1.2")
    print_comparison("the file opened, checked, listed, read", Comparison([(x[2], x[3]) for x in found]), "ms",
                     "the same")
    size = aged.make_data_file_of_size(folder / "large", 100 * 10**6)
    typing = Contender(OURS, "our_backup.py", size)
    alone, _, during, usual, lasted = typing.ask(FIGURES_A_ROUND * rounds)
    typing.end()
    print(f"| 99 of 100 keystrokes while 100 MB are backed up ({lasted:.0f} ms) | {during:.1f} ms (half: {usual:.1f}) "
          f"| without a backup {alone:.1f} ms | | ≤ 16 ms |", flush=True)


def measure_imports(rounds: int, folder: Path) -> None:
    """The readers beside others, on the same files; a pool of two processes beside one; memory."""
    files = importing.make_files(folder / "files")
    for what, peer, found, goal in importing.compare_readers(rounds * 3, files):
        print_comparison(what, found, "ms", peer, goal)
    numbers = [int(word) for word in sys.argv if word.isdigit()]
    often = numbers[1] if len(numbers) > 1 else importing.MANY
    one, two = importing.measure_pool(files, often, folder)
    print(f"| {often} mixed files in two processes | {two:.1f} s | in one {one:.1f} s | **{one / two:.2f}** | ≥ 1.6 |")
    memory = importing.measure_memory(files, folder)
    most = max(memory, key=lambda suffix: memory[suffix])
    print(f"| memory of one import, the most | {memory[most]:.0f} MiB (.{most}) | | | < 150 MiB |", flush=True)


PARTS: dict[str, Callable[[int, Path], None]] = {
    "export": measure_export, "growth": measure_growth, "window": measure_window, "home": measure_home,
                                                 "keystroke": measure_keystroke, "drafts": measure_saving,
    "past": measure_history, "entering": measure_entering, "calls": calls, "imports": measure_imports,
}


def main(*arguments: str) -> int:
    names = [name for name in arguments if name in PARTS] or list(PARTS)
    rounds = next((int(word) for word in arguments if word.isdigit()), 9)
    for folder in ("govdesk", "ui"):
        compileall.compile_dir(ROOT / folder, quiet=2)
    print(f"{datetime.date.today()}, Python {platform.python_version()}, {os.cpu_count()} cores, load "
          f"{os.getloadavg()[0]:.1f}; medians of {rounds} pairs, ratio ours ÷ peer (least–greatest)\n")
    print("| | GovDesk | peer | ratio | goal |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory(prefix="govdesk-bench-") as folder:
        for name in names:
            PARTS[name](rounds, Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
