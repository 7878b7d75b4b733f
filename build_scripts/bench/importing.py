"""Importing beside other readers: the same tables of a Word file, a PDF and a page; many files in two processes; the
memory of one."""

from __future__ import annotations

import sys
from pathlib import Path

from measure import CONTENDERS, OURS, PEERS, ROOT, Comparison, Contender, output_of, run_process

FONT = str(ROOT / "resources" / "fonts" / "GwSong.ttf")
MANY = 1000                          # files for two processes; so many are read only where all is measured
_PEERS = (("docx", "python-docx", PEERS, "≤ 0.2"), ("pdf", "pdfplumber", PEERS, "≤ 0.3"),
          ("html", "lxml, parse and walk", OURS, "≤ 1.5"))


def make_files(folder: Path) -> dict[str, Path]:
    """A made report in every format, by suffix."""
    sys.path[:0] = [str(ROOT)]
    from govdesk.formfile import form_reader
    from govdesk.importing.import_report import FORM
    from tests.importing import file_making, page_making
    from tests.importing.made_reports import laid_out, made_report

    form = form_reader.load_form(FORM)
    parts = list(laid_out(form, made_report(form, 3)))
    made = {"docx": file_making.docx(parts), "pdf": page_making.pdf(parts, FONT),
            "html": file_making.html_text(parts).encode(), "xlsx": file_making.xlsx(parts),
            "xls": file_making.xls(parts), "rtf": file_making.rtf(parts), "ofd": page_making.ofd(parts),
            "csv": file_making.csv_text(parts).encode("gb18030"),
            "doc": (ROOT / "tests" / "importing" / "files" / "report-0.doc").read_bytes()}
    folder.mkdir(exist_ok=True)
    files = {suffix: folder / f"report.{suffix}" for suffix in made}
    for suffix, file in files.items():
        file.write_bytes(made[suffix])
    return files


def compare_readers(rounds: int, files: dict[str, Path]) -> list[tuple[str, str, Comparison, str]]:
    """What was read, beside what, in pairs of milliseconds of the processor, and the goal."""
    ours, found = Contender(OURS, "our_reading.py"), []
    for suffix, name, python, goal in _PEERS:
        peer = Contender(python, "peer_reading.py")
        pairs = [(ours.ask(files[suffix])[0], peer.ask(files[suffix])[0]) for _ in range(rounds + 1)][1:]
        peer.end()
        found.append((f"the tables of a .{suffix}", name, Comparison(pairs), goal))
    ours.end()
    return found


def measure_pool(files: dict[str, Path], often: int, folder: Path) -> tuple[float, float]:
    """Seconds for so many files in one process, and in two."""
    script, where = CONTENDERS / "our_import_pool.py", files["docx"].parent
    one, two = (float(output_of(OURS, script, where, often, processes, cwd=folder).split()[0]) for processes in (1, 2))
    return one, two


def measure_memory(files: dict[str, Path], folder: Path) -> dict[str, float]:
    """The most memory of a process that imports one file, in MiB by suffix."""
    return {suffix: run_process(OURS, CONTENDERS / "our_reading_once.py", file, cwd=folder).peak
            for suffix, file in files.items()}
