"""Counts what importing gets right: the table of docs/import.md.

    .venv/bin/python build_scripts/measure_imports.py [SEEDS]

Reads the files of `../shared/corpus/raw` (where it is there) against their transcriptions, and reports made at random,
written in every format, against themselves. Prints cells right, in doubt, wrong without doubt and missing, and texts in
their part.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from govdesk.base.errors import UnreadableFileError
from govdesk.base.numerals import dump_value
from govdesk.form.form import Form
from govdesk.formfile import form_reader
from govdesk.importing.import_report import Imported
from govdesk.importing.importer import import_bytes
from govdesk.report.report import Report
from tests.importing import file_making, page_making
from tests.importing.made_reports import all_figures, laid_out, made_report

CORPUS = ROOT.parent / "shared" / "corpus"
FONT = str(ROOT / "resources" / "fonts" / "GwSong.ttf")


class Count(NamedTuple):
    """`right` and `doubtful` overlap: a right figure may be in doubt."""

    stated: int = 0
    right: int = 0
    doubtful: int = 0
    wrong: int = 0
    missing: int = 0
    texts: int = 0
    texts_right: int = 0

    def plus(self, other: Count) -> Count:
        return Count(*(one + more for one, more in zip(self, other, strict=True)))


def counted(found: Imported, wanted: dict[str, str]) -> Count:
    cells = {str(address): (dump_value(cell.value), cell.is_sure) for address, cell in found.cells.items()}
    right = sum(cells.get(key, ("", False))[0] == value for key, value in wanted.items())
    wrong = sum(sure and wanted.get(key) != value for key, (value, sure) in cells.items())
    return Count(len(wanted), right, len(found.doubtful), wrong, sum(key not in cells for key in wanted))


ROWS_OF_2019 = {"regulations": "rules", "fees": "administrative_fees"}
COLUMNS_OF_2019 = {"amount": "amount_yuan"}


def table_two_of_2019(held: dict[str, Any]) -> dict[str, str]:
    """Table two of a report of 2019, which the corpus tells beside the cells."""
    rows = {key: row for key, row in held.get("table2_2019", {}).items() if isinstance(row, dict)}
    cells = {(ROWS_OF_2019.get(key, key), COLUMNS_OF_2019.get(column, column)): str(value)
             for key, row in rows.items() for column, value in row.items()}
    return {f"proactive/{row}/{column}": value.removesuffix("元") for (row, column), value in cells.items()}


def of_corpus() -> Iterator[tuple[str, Count | None]]:
    """Each raw file that is in a format that is read; None for one that is refused."""
    for entry in json.loads((CORPUS / "index.json").read_text(encoding="utf-8")):
        held = json.loads((CORPUS / entry["file"]).read_text(encoding="utf-8"))
        said = held["report"]
        wanted = {**said.get("values", {}), **said.get("stated", {}), **table_two_of_2019(held)}
        for raw in entry["raw"]:
            try:
                yield raw, counted(import_bytes((CORPUS / raw).read_bytes(), raw), wanted)
            except UnreadableFileError:
                yield raw, None


Write = Callable[[list[file_making.Part]], bytes]
FORMATS: dict[str, Write] = {
    ".docx": file_making.docx, ".docx without a grid": lambda parts: file_making.docx(parts, grid=False),
    ".rtf": file_making.rtf, ".html": lambda parts: file_making.html_text(parts).encode(),
    ".html in GBK, called gb2312": lambda parts: file_making.html_text(parts, "gb2312").encode("gb18030"),
    ".mht": file_making.mht, ".xlsx": file_making.xlsx, ".xls": file_making.xls,
    ".xls that is XML": file_making.sheet_xml,
    ".csv in GB 18030": lambda parts: file_making.csv_text(parts).encode("gb18030"),
    ".pdf": lambda parts: page_making.pdf(parts, FONT),
    ".pdf of small pages, tables over each end": lambda parts: page_making.pdf(parts, FONT, room=110),
    ".pdf, turned, bold twice": lambda parts: page_making.pdf(parts, FONT, turn=1, bold=True), ".ofd": page_making.ofd,
}


def of_made(form: Form, write: Write, seeds: int) -> Count:
    whole = Count()
    for seed in range(seeds):
        report = made_report(form, seed)
        found = import_bytes(write(list(laid_out(form, report, below=seed % 2 == 0))), "made")
        one = counted(found, {str(address): dump_value(value) for address, value in all_figures(report).items()})
        whole = whole.plus(one._replace(texts=len(form.texts), texts_right=_texts_right(form, found, report)))
    return whole


def _texts_right(form: Form, found: Imported, report: Report) -> int:
    return sum(found.report.text(key) == report.text(key) for key in form.texts)


def line(name: str, count: Count | None) -> str:
    if count is None:
        return f"| {name} | refused: no format that is read |  |  |  |  |"
    texts = f"{count.texts_right} of {count.texts}" if count.texts else ""
    return (f"| {name} | {count.right} of {count.stated} | {count.doubtful} | {count.wrong} | {count.missing} "
            f"| {texts} |")


def main(seeds: int) -> None:
    print("| file | cells right | in doubt | wrong without doubt | missing | texts in their part |")
    print("| --- | --- | --- | --- | --- | --- |")
    if CORPUS.is_dir():
        refused = 0
        for name, count in of_corpus():
            refused += count is None
            if count is not None:
                print(line(f"`{name}`", count))
        print(f"| {refused} other raw files: texts of pages with one cell a line | refused |  |  |  |  |")
    for form in map(form_reader.load_form, form_reader.list_form_ids()):
        for name, write in FORMATS.items():
            print(line(f"{seeds} made reports, {form.short}, {name}", of_made(form, write, seeds)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
