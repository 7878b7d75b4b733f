"""The command `govdesk import`: reads reports out of files of other programs, says what is in doubt, and writes each as
an exchange file."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govdesk import console
from govdesk.base.errors import UnwritableFileError, UserError
from govdesk.base.files import check_not_itself, is_folder, write_whole
from govdesk.base.numerals import dump_value

if TYPE_CHECKING:
    from govdesk.importing.import_report import Imported
    from govdesk.report.report import Report

_NO_ORGAN = "（文件里没有机关名称）"


def add_to(commands: Any, path: Callable[[str], Path]) -> None:
    """Adds the command to the grammar of the command line."""
    own = commands.add_parser("import", help="读入 Word、网页、表格、PDF、OFD 的年报；0 都有把握，1 有存疑的，2 读不了")
    own.add_argument("files", nargs="+", type=path, metavar="FILE", help="要读的文件，可以写几个")
    own.add_argument("-o", "--output", type=path, metavar="OUT",
                     help="写成哪个年报文件（已有的同名文件会被替换）；读几个文件时写文件夹")
    own.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
    own.add_argument("--as", dest="kind", choices=("report", "previous"), default="report",
                     help="report：作为这份年报；previous：作为上年的年报，写成下一年度的年报")


def run(arguments: argparse.Namespace) -> int:
    """Reads every file; the exit code is that of the worst."""
    files, output = arguments.files, arguments.output
    if output is not None and len(files) > 1 and not is_folder(output):
        raise UnwritableFileError(f"要读 {len(files)} 个文件，“{output}”不是已有的文件夹，"
                                  "请先建好文件夹，或一次只读一个文件。")
    targets = _targets(files, output) if output is not None else {}
    return max([_one(file, targets.get(file), arguments) for file in files])


def _one(file: Path, target: Path | None, arguments: argparse.Namespace) -> int:
    try:
        found = _read(file)
        if arguments.kind == "previous" and found.report.year is not None:
            found = _with_not_carried(found)
        if target is not None:
            check_not_itself(target, file)
            write_whole(target, _file_of(found, file, arguments.kind))
    except UserError as error:
        console.print_notice(error.sentence)
        return error.exit_code
    if arguments.json:
        console.print_answer(json.dumps(as_json(file, found), ensure_ascii=False))
    else:
        console.print_answer("\n".join(_lines(file, found, target)))
    return 0 if found.is_sure else 1


def _with_not_carried(found: Imported) -> Imported:
    """Says what of last year's report has no place in the report that follows it."""
    from govdesk.drafts.last_year import describe_not_carried

    words = describe_not_carried(found.report)
    return found._replace(said=(*found.said, words)) if words else found


def _read(file: Path) -> Imported:
    from govdesk.exchange.readers import EXCHANGE_READER, read_file_bytes
    from govdesk.importing.kinds import is_known

    data = read_file_bytes(file)
    if EXCHANGE_READER.recognises(data):
        return _taken(EXCHANGE_READER.read(data, str(file)).report)
    if is_known(data):
        from govdesk.importing.importer import import_bytes

        return import_bytes(data, str(file))
    from govdesk.exchange.readers import read_bytes

    return _taken(read_bytes(data, str(file)).report)       # it says what is wrong


def _taken(report: Report) -> Imported:
    """An exchange file, which states its cells itself."""
    from govdesk.formfile import form_reader
    from govdesk.importing.confidence import CellRead
    from govdesk.importing.import_report import Imported
    from govdesk.report.report import Layer

    form = form_reader.load_form(report.form_id)
    entries = {**report.entries(Layer.VALUES), **report.entries(Layer.STATED)}
    cells = {address: CellRead(value, "数据文件") for grid in form.grids.values() for address in grid.addresses
             if (value := entries.get(address)) is not None and not isinstance(value, str)}
    missing = tuple(address for grid in form.grids.values() for address in grid.inputs if address not in cells)
    return Imported(report.form_id, report.cover("organ.name"), report.year, cells, missing, (), (), report)


def _targets(files: list[Path], output: Path) -> Mapping[Path, Path]:
    """The file to write for each; two of one name get a number."""
    from govdesk.exchange.readers import EXCHANGE_READER

    if not is_folder(output):
        return {files[0]: output}
    taken: set[str] = set()
    found: dict[Path, Path] = {}
    for file in files:
        name, count = file.stem, 1
        while name.casefold() in taken:
            count += 1
            name = f"{file.stem}（{count}）"
        taken.add(name.casefold())
        found[file] = output / f"{name}{EXCHANGE_READER.suffix}"
    return found


def _file_of(found: Imported, file: Path, kind: str) -> bytes:
    """The exchange file of what was read. Raises UnwritableFileError where no year is known."""
    from govdesk.exchange import report_file
    from govdesk.report.report import Layer, edit_of

    report = found.report
    if not report.cover("organ.name").strip():
        report = edit_of(report, "", [(Layer.COVER, "organ.name", _NO_ORGAN)]).applied_to(report)
    if report.year is None:
        raise UnwritableFileError(f"{file}：没有读出报告年度，写不成年报文件，请在原文件的标题里写明年度再试。")
    if kind == "previous":
        from govdesk.drafts import last_year

        report = last_year.begin_next_year(report, file.name)
    return report_file.dump_report(report)


def as_json(file: Path, found: Imported) -> dict[str, object]:
    """The object that `import --json` prints."""
    cells = {str(address): {"value": dump_value(cell.value), "state": "sure" if cell.is_sure else "doubtful",
                            "source": cell.source, "reason": cell.reason} for address, cell in found.cells.items()}
    return {"file": str(file), "form": found.form, "organ": found.organ, "year": found.year, "cells": cells,
            "doubtful": [str(address) for address in found.doubtful],
            "missing": [str(address) for address in found.missing],
            "left_over": list(found.left_over), "said": list(found.said)}


def _lines(file: Path, found: Imported, target: Path | None) -> Iterator[str]:
    """What was read, for a person."""
    from govdesk.formfile import form_reader

    form = form_reader.load_form(found.report.form_id)
    who = f"{found.organ or '没有读出机关'}，{f'{found.year} 年度' if found.year else '没有读出年度'}"
    yield f"{file}：{who}；读出 {len(found.cells)} 格，其中存疑 {len(found.doubtful)} 格；空着 {len(found.missing)} 格"
    yield from (f"  {said}" for said in found.said)
    for address in found.doubtful:
        cell = found.cells[address]
        yield f"  ？　{form.name_of(address)}：{dump_value(cell.value)}（{cell.source}）：{cell.reason}"
    yield from (f"  ✗　{left}" for left in found.left_over)
    if target is not None:
        yield f"  已写入 {target}"
