"""Implements the command line without a window: sample, check, import, export. It never imports Qt.

Exit codes: 0 done, 1 a rule of severity error failed and no reason answers it or a rule could not be checked, 2 input
that is refused or output that could not be written, 141 (128 + SIGPIPE, nothing said) whoever read the answer has
closed the pipe.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from govdesk import __version__, console, import_command
from govdesk.base.errors import InstallationError, UnreadableFileError, UserError
from govdesk.base.files import check_not_itself, write_whole
from govdesk.base.numerals import dump_value
from govdesk.base.paths import resources_folder
from govdesk.exchange import report_file
from govdesk.exchange.readers import EXCHANGE_READER, read_file
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import Snapshot, take_snapshot

if TYPE_CHECKING:
    from govdesk.checks import Finding

SEVERITY_WORDS = {"error": "必须改正", "warning": "请说明", "hint": "提示"}
STATE_WORDS = {"failed": "⚠", "unchecked": "？", "pending": "…"}


class _Parser(argparse.ArgumentParser):
    """argparse, but its help and what it refuses are Chinese like everything else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=_Help, add_help=False)
        self._positionals.title, self._optionals.title = "要写的", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份用法")

    def error(self, message: str) -> NoReturn:
        console.print_notice(f"命令写得不对（{_in_chinese(message)}）。用法见 {self.prog} --help")
        raise SystemExit(2)

    def _print_message(self, message: str, file: object = None) -> None:
        """Help and version: argparse would not notice that they could not be written."""
        try:
            console.print_answer(message, end="")
            console.flush_answer()
        except UserError as error:
            console.print_notice(error.sentence)
            raise SystemExit(error.exit_code) from error


class _Help(argparse.HelpFormatter):
    """As wide as the console. argparse makes one for each option that is added, and would load shutil, with all that
    packs and unpacks, to ask for the width."""

    def __init__(self, prog: str) -> None:
        try:
            columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
        except (OSError, ValueError):
            columns = 80
        super().__init__(prog, width=max(columns, 40) - 2)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        """With the formats in their places. A command that exports nothing does not load them, so they are looked up
        when help is printed."""
        if not action.help or "{" not in action.help:
            return action.help
        from govdesk.export.formats import FORMATS, PDF_FORMAT, names_of_formats

        return action.help.format(names=names_of_formats(), suffix=PDF_FORMAT.suffix, formats="、".join(FORMATS))

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


# What argparse says in English, as regular expressions with the words for it.
_REFUSALS = {
    r"the following arguments are required: (.*)": r"缺少 \1",
    r"unrecognized arguments: (.*)": r"不认识 \1",
    r"argument (.*?): invalid choice: (.*) \(choose from (.*)\)": r"\1没有 \2，可用的有 \3",
    r"argument (.*?): expected one argument": r"\1 后面要写一项",
    r"argument (.*?): expected at least one argument": r"\1 后面至少要写一项",
    r"argument (.*?): ignored explicit argument (.*)": r"\1 后面不能写 \2",
    r"ambiguous option: (.*?) could match (.*)": r"\1 可以是 \2，请写全",
    r"argument (.*?): (.*)": r"\1：\2",
}


def _in_chinese(message: str) -> str:
    for english, chinese in _REFUSALS.items():
        if found := re.fullmatch(english, message, re.DOTALL):
            return found.expand(chinese)
    return message


def _path(text: str) -> Path:
    if not text.strip():
        raise argparse.ArgumentTypeError("文件名是空的")
    return Path(text)


def make_parser() -> argparse.ArgumentParser:
    """The grammar of the command line."""
    top = _Parser(prog="govdesk", description="政府信息公开工作年度报告：填报、核对、导出。不带参数时打开窗口。")
    top.add_argument("--version", action="version", version=f"govdesk {__version__}", help="显示版本号")
    top.add_argument("--self-test", metavar="FILE", type=_path,
                     help="打开窗口和样例，导出 PDF，把结果写入 FILE（JSON）后退出")
    commands = top.add_subparsers(dest="command", metavar="命令", parser_class=_Parser,
                                  prog=top.prog)              # else argparse would set its help to find it out
    sample = commands.add_parser("sample", help="写出随程序附带的样例")
    sample.add_argument("-o", "--output", required=True, type=_path, metavar=f"FILE{EXCHANGE_READER.suffix}",
                        help="写到哪个文件；已有的同名文件会被替换")
    sample.add_argument("--draft", action="store_true", help="同时存为草稿，打开窗口后在首页可见")
    check = commands.add_parser("check", help="核对；0 没有必须改正的，1 有，2 读不了")
    check.add_argument("files", nargs="+", type=_path, metavar="FILE",
                       help=f"年报文件（{EXCHANGE_READER.suffix}），可以写几个")
    check.add_argument("--json", action="store_true", help="每个文件输出一行 JSON")
    check.add_argument("--previous", type=_path, metavar="FILE", help="上年的年报文件")
    import_command.add_to(commands, _path)
    export = commands.add_parser("export", help="导出 {names}")
    export.add_argument("file", type=_path, metavar="FILE", help=f"年报文件（{EXCHANGE_READER.suffix}）")
    export.add_argument("-o", "--output", required=True, type=_path, metavar="OUT",
                        help="写到哪个文件，如 OUT{suffix}；已有的同名文件会被替换")
    export.add_argument("--to", metavar="FORMAT", help="格式（{formats}）；不写时看输出文件的后缀")
    return top


def run_command(arguments: argparse.Namespace) -> int:
    """Carry out a parsed command that needs no window. Returns the exit code."""
    try:
        code = {"sample": _sample, "check": _check, "export": _export,
                "import": import_command.run}[arguments.command](arguments)
        console.flush_answer()
    except UserError as error:
        console.print_notice(error.sentence)
        return error.exit_code
    return code


def sample_report() -> Report:
    """The sample that comes with the program."""
    file = resources_folder() / "samples" / "sample-2023.govdesk"
    try:
        return read_file(file).report
    except UnreadableFileError as error:
        raise InstallationError(file, error.sentence) from error


def _sample(arguments: argparse.Namespace) -> int:
    write_whole(arguments.output, report_file.dump_report(sample_report()))
    console.print_answer(arguments.output)
    if arguments.draft:
        console.print_answer(f"草稿：{_keep_as_draft(sample_report())}")
    return 0


def _keep_as_draft(report: Report) -> Path:
    """Keep a report in the drafts that the window shows, unless the same is there already. Returns their file."""
    from govdesk import settings
    from govdesk.base.paths import data_folder
    from govdesk.drafts.outstanding import count_outstanding_of
    from govdesk.store.drafts import open_store

    with open_store(data_folder(settings.load_settings().data_folder)) as drafts:
        same = (drafts.load(draft.id) for draft in drafts.list() if draft.organ_name == report.cover("organ.name"))
        if not any(kept == report for kept in same):
            drafts.create(report, count_outstanding_of(report))
        return drafts.file


def _check(arguments: argparse.Namespace) -> int:

    codes = []
    last = None if arguments.previous is None else _told_of(arguments.previous)          # once: it may be a pipe
    for file in arguments.files:
        try:
            snap = _read(file, last)
        except UserError as error:
            console.print_notice(error.sentence)
            codes.append(error.exit_code)
            continue
        console.print_answer(json.dumps(as_json(file, snap), ensure_ascii=False) if arguments.json
                             else as_lines(file, snap))
        codes.append(1 if _is_doubtful(snap) else 0)
    return max(codes)


def _is_doubtful(snap: Snapshot) -> bool:
    """Whether an error was found that no reason answers, or a rule broke off, so that nobody knows."""
    from govdesk.session.progress import open_findings, unchecked_findings

    return bool(unchecked_findings(snap)) or any(f.severity.value == "error" for f in open_findings(snap))


def _told_of(file: Path) -> Report:
    """The report in a file. Its past has no part here; but whoever carries the file should hear that it is broken."""
    came = read_file(file)
    for doubt in came.doubts:
        console.print_notice(f"{file}：{doubt}")
    return came.report


def _read(file: Path, last: Report | None) -> Snapshot:
    report = _told_of(file)
    if last is not None:
        from govdesk.session import previous_year

        if reason := previous_year.explain_misfit(report, last):
            raise UserError(f"{file}：没有核对：{reason}")
        if doubt := previous_year.warn_other_organ(report, last):
            console.print_notice(f"{file}：{doubt}")
        report = with_previous(report, last)
    return take_snapshot(form_reader.load_form(report.form_id), report)


def with_previous(report: Report, last: Report) -> Report:
    """The report beside the figures of last year's, totals included."""
    from govdesk.session.previous_year import printed_figures

    figures = printed_figures(take_snapshot(form_reader.load_form(last.form_id), last))
    wanted = [(Layer.PREVIOUS, address, value) for address, value in figures.items()]
    return edit_of(report, "上年数", wanted).applied_to(report)


def as_json(file: Path, snap: Snapshot) -> dict[str, object]:
    """The object that `check --json` prints."""
    from govdesk.session.progress import open_findings
    from govdesk.session.understood import understood

    totals = {str(a): dump_value(v) for grid in snap.form.grids.values() for a in grid.addresses
              if grid.is_total(a) and (v := snap.figures[a]) is not None}
    unanswered = set(open_findings(snap))
    findings = [{"rule": f.rule, "severity": f.severity.value, "state": f.state.value,
                 "addresses": list(f.addresses), "message": f.message,
                 **({"answered": True} if f.state.value == "failed" and f not in unanswered else {})}
                for f in snap.findings if f.state.value != "passed"]
    read = understood(snap)
    texts = {"claims": read.claims, "others": read.others,
             "not_understood": [{"text": one.text_id, "words": one.words} for one in read.unread]}
    return {"file": str(file), "totals": totals, "findings": findings, "texts": texts}


def as_lines(file: Path, snap: Snapshot) -> str:
    """The findings for a person: one a line, failures first."""
    from govdesk.session.progress import open_findings

    lines = [f"{file}：{describe_verdict(snap)}"]
    unanswered = set(open_findings(snap))
    for state, sign in STATE_WORDS.items():
        for found in (f for f in snap.findings if f.state.value == state):
            settled = state == "failed" and found not in unanswered
            lines.append(f"  {'✓' if settled else sign} {_line(found, settled)}")
    return "\n".join(lines)


def _line(finding: Finding, settled: bool) -> str:
    others = {"pending": "待填", "unchecked": "未能检查"}
    word = others.get(finding.state.value) or SEVERITY_WORDS[finding.severity.value]
    return f"{'已说明' if settled else word}　{finding.message}（{finding.rule}）"


def describe_verdict(snap: Snapshot) -> str:
    """One sentence on where a report stands."""
    from govdesk.printing import missing_glyphs
    from govdesk.session.progress import compute_standing, open_findings

    stands = compute_standing(snap, missing_glyphs.explain_in_the_way(snap))
    counts = ((stands.unchecked, "条规则未能检查"), (len(open_findings(snap)), "处待改正或说明"),
              (stands.blanks, "格空白"), (stands.unfilled, "处没填好"), (stands.too_long, "段文字太长"))
    parts = [*(f"{count} {words}" for count, words in counts if count), *stands.unfinished]
    return "还有 " + "、".join(parts) if parts else "勾稽关系全部相符，没有空白"


def _export(arguments: argparse.Namespace) -> int:
    from govdesk.export.formats import export_document
    from govdesk.printing.compose import compose

    check_not_itself(arguments.output, arguments.file)
    report = _told_of(arguments.file)
    snap = Snapshot(form_reader.load_form(report.form_id), report)  # no checks: they never stand in a print-out's way
    done = export_document(compose(snap), arguments.output, arguments.to, resources_folder() / "fonts")
    console.print_answer(f"{arguments.output}{f'（共 {done.pages} 页）' if done.pages else ''}")
    for doubt in done.doubts:
        console.print_notice(doubt.sentence)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """The command line alone, for machines without Qt."""
    console.prepare_streams()
    arguments = make_parser().parse_args(argv)
    if not arguments.command:
        make_parser().print_help()
        return 2
    return run_command(arguments)
