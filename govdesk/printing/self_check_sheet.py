"""自检单: the sheet that goes with a report when it is handed in. Every rule with its result, what is open, the reasons
that were given; the versions, the moment, and the mark of the data, by which the office above can check it again.

As lines for the clipboard and as a document for paper; neither is part of the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from govdesk.base.cell_role import CellRole
from govdesk.base.numerals import format_value, shorten_text
from govdesk.checks import Finding, Severity, State
from govdesk.checks.registry import KINDS, PAPER_TOTAL_KINDS
from govdesk.document.document import Document, DocumentBlock, GridBlock, GridCell, Heading, Paragraph, Title
from govdesk.findings.causes import Cause
from govdesk.findings.reasons import answer_to, is_answered, key_of_finding
from govdesk.form.form import Check
from govdesk.printing import missing_glyphs
from govdesk.report.report import Layer
from govdesk.session.progress import compute_standing, list_missing
from govdesk.session.session import Snapshot
from govdesk.session.understood import understood

TABLE_HEAD: Final = ("要求", "结果", "说明", "规则")
COLUMN_WIDTHS_MM: Final = (64.0, 16.0, 64.0, 12.0)  # millimetres, of the 156 of the type area
FACT_WIDTHS_MM: Final = (24.0, 54.0, 24.0, 54.0)
RESULT_WORDS: Final = {Severity.ERROR: "对不上", Severity.WARNING: "待说明", Severity.HINT: "提示"}
OPEN_RESULTS: Final = ("对不上", "待说明", "已说明", "未能检查")   # stand on the first page, too
PASSED, ANSWERED, OPEN, NOTHING = "通过", "已说明", "待填", "不涉及"
PARTLY = "部分核对"                          # some sentences of the texts were not understood
NOT_COMPARED, UNCHECKED = "未核对", "未能检查"          # for want of last year's figures; the rule broke off
LONGEST_HALF: Final = 22                     # characters of a fact that shares its row
SIGNATURE_LABELS: Final = ("填报人：", "审核人：", "负责人：", "日　期：")
_BREAK: Final = re.compile("[，；：、](?![”）])|.(?=[＝≠＋－])|.(?=（国)")
UNREAD: Final = 5                            # sentences that are shown of those that were not understood
MARK_DIGITS: Final = 16                      # digits of the mark that stand on the sheet


class SheetRow(NamedTuple):
    """One rule: its number, what it demands, its result in a word, and a line for each thing to be said of it."""

    rule: str
    title: str
    result: str
    notes: tuple[str, ...] = ()


class SelfCheckSheet(NamedTuple):
    """`facts` are pairs of name and value; `verdict` is the line of `progress.compute_standing`; `open` is what is
    not filled in yet."""

    title: str
    facts: tuple[tuple[str, str], ...]
    verdict: str
    counts: str
    open: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def make_sheet(now: Snapshot, at: datetime, version: str, mark: str,
               unfinished: tuple[str, ...] = ()) -> SelfCheckSheet:
    """The sheet of a report as it is now. `at` is local time, `mark` the SHA-256 of its exchange file in digits;
    `unfinished` as in `progress.Standing`, without what cannot be printed."""
    unfinished = (*unfinished, *missing_glyphs.explain_in_the_way(now))
    report, form = now.report, now.form
    facts = (("机关", report.cover("organ.name") or "（未填）"), ("报告年度", report.cover("year") or "（未填）"),
             ("表式", f"{form.name}（{form.source}）"), ("程序版本", version),
             ("数据时点", f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"), ("校验码", mark[:MARK_DIGITS]))
    led = {finding: cause for cause in now.causes for finding in cause.findings}
    rows = tuple(_row(now, check, led) for check in form.checks)
    kinds = [row.result for row in rows]
    order = (PASSED, PARTLY, *RESULT_WORDS.values(), ANSWERED, OPEN, UNCHECKED, NOT_COMPARED, NOTHING)
    places = {words: sum(_word(now, cause) == words for cause in now.causes) for words
              in (*RESULT_WORDS.values(), ANSWERED)}
    told = [_counted(words, kinds.count(words), places.get(words, 0)) for words in order if words in kinds]
    counts = "，".join([*told, *filter(None, [understood(now).words])])
    return SelfCheckSheet("政府信息公开工作年度报告自检单", facts, compute_standing(now, unfinished).line,
                          f"按规则计，共 {len(rows)} 条：{counts}", tuple(task.words for task in list_missing(now)),
                          rows)


def _counted(words: str, rules: int, places: int) -> str:
    """“待说明 3 条（4 处）”: a rule may speak at several places, which is what the review counts."""
    return f"{words} {rules} 条" + (f"（{places} 处）" if places else "")


def _word(now: Snapshot, cause: Cause) -> str:
    return ANSWERED if _is_settled(now, cause) else RESULT_WORDS[cause.severity]


def _row(now: Snapshot, check: Check, led: dict[Finding, Cause]) -> SheetRow:
    found = now.of_rule(check.id)
    failed = [f for f in found if f.state is State.FAILED]
    asked = [f for f in failed if not _is_settled(now, led[f])]
    notes = tuple(note for f in failed for note in _notes(now, f, led[f]))
    broken = tuple(dict.fromkeys(f.message for f in found if f.state is State.UNCHECKED))
    unread = _unread_notes(now, check)
    if failed:
        grade = min((f.severity for f in asked), key=list(Severity).index, default=None)
        result = RESULT_WORDS[grade] if grade else UNCHECKED if broken else PARTLY if unread else ANSWERED
        return SheetRow(check.id, check.title, result, (*notes, *broken, *unread))
    if broken:
        return SheetRow(check.id, check.title, UNCHECKED, broken)
    pending = [f for f in found if f.state is State.PENDING]
    if pending:
        return SheetRow(check.id, check.title, OPEN, ("还有空白，填完后核对",))
    if unread:
        return SheetRow(check.id, check.title, PARTLY, unread)
    if found:
        return SheetRow(check.id, check.title, PASSED, _values(now, found))
    if KINDS[check.kind].needs_last_year and not now.report.entries(Layer.PREVIOUS):
        return SheetRow(check.id, check.title, NOT_COMPARED, ("没有上年数字，没有核对",))
    notes = ("合计由程序相加得出，没有录入原件合计",) if check.kind in PAPER_TOTAL_KINDS else ()
    return SheetRow(check.id, check.title, NOTHING, notes)


def _unread_notes(now: Snapshot, check: Check) -> tuple[str, ...]:
    """What nobody has held against the tables, because it was not understood."""
    if check.kind != "claims" or not (read := understood(now)).unread:
        return ()
    return (f"文字中{read.words}含数字的话，请人工核对", *(
        f"{now.form.texts[one.text_id].name}：“{shorten_text(one.words, 40)}”" for one in read.unread[:UNREAD]))


def _values(now: Snapshot, found: Sequence[Finding]) -> tuple[str, ...]:
    """“自然人 22＝22，其他 2＝2”: what was held against what, where it is an equation over columns; a line of zeros is
    left out, unless there is nothing else."""
    said = [(f"{now.form.grids[f.sides[0].operands[0].grid].columns[f.line].name} "
             f"{format_value(f.sides[0].value)}{f.sign}{format_value(f.sides[1].value)}", any(s.value for s in f.sides))
            for f in found if _is_of_column(now, f)]
    told = [words for words, counts in said if counts] or [words for words, _ in said[-1:]]
    return ("，".join(told),) if told else ()


def _is_of_column(now: Snapshot, finding: Finding) -> bool:
    sides = finding.sides
    return len(sides) == 2 and bool(sides[0].operands) and all(side.value is not None for side in sides) and (
        finding.line in now.form.grids[sides[0].operands[0].grid].columns)


def _is_settled(now: Snapshot, cause: Cause) -> bool:
    return is_answered(now.report, now.figures, cause.lead)


def _notes(now: Snapshot, finding: Finding, cause: Cause) -> list[str]:
    """What is off, and the reason given; an answer to a cause covers its echoes."""
    said = [finding.message if finding is cause.lead else f"{finding.message}（同一处差错引起）"]
    if _is_settled(now, cause):
        answer = answer_to(now.report, key_of_finding(cause.lead))
        said.append(f"理由：{answer.reason if answer else ''}")
    return said


def sheet_as_text(made: SelfCheckSheet) -> str:
    """Plain lines, for a letter or a chat."""
    facts = [f"{name}：{value}" for name, value in made.facts]
    lines = [made.title, "", *facts, "", f"结论：{made.verdict}", made.counts]
    if made.open:
        lines += ["", "还没有填的：", *(f"· {words}" for words in made.open)]
    lines += ["", "逐条结果："]
    for row in made.rows:
        lines.append(f"{row.rule}【{row.result}】{row.title}")
        lines += [f"    {note}" for note in row.notes]
    return "\n".join([*lines, "", "　　".join(f"{words}________" for words in SIGNATURE_LABELS)]) + "\n"


def sheet_as_document(made: SelfCheckSheet, date: str) -> Document:
    """The sheet on paper. `date`: YYYY-MM-DD, of the file."""
    facts = dict(made.facts)
    blocks: list[DocumentBlock] = [Title(made.title), _facts(made)]
    blocks += [Heading(1, "一、结论", "verdict"), Paragraph(f"{made.verdict}。{made.counts}。")]
    blocks += [Paragraph(f"还没有填的：{words}。") for words in made.open]
    blocks += [Paragraph(f"【{row.result}】{'；'.join(row.notes)}。") for row in made.rows if row.result
               in OPEN_RESULTS]
    blocks += [Heading(1, "二、逐条结果", "rows"), _table(made)]
    year = int(facts["报告年度"]) if facts["报告年度"].isdecimal() else 0
    return Document(made.title, facts["机关"], year, date, tuple(blocks))


def _facts(made: SelfCheckSheet) -> GridBlock:
    """Two facts a row; a long one has the row to itself."""
    rows: list[tuple[GridCell, ...]] = []
    half: tuple[GridCell, ...] = ()
    for name, value in made.facts:
        cells = GridCell(name, CellRole.HEAD), _label(value)
        if len(value) > LONGEST_HALF:
            rows.append((cells[0], _across(cells[1])))
        elif half:
            rows.append((*half, *cells))
            half = ()
        else:
            half = cells
    if half:
        rows.append((half[0], _across(half[1])))
    return GridBlock("基本情况", FACT_WIDTHS_MM, 0, tuple(rows))


def _table(made: SelfCheckSheet) -> GridBlock:
    head = tuple(GridCell(words, CellRole.HEAD) for words in TABLE_HEAD)
    rows = [(_label(row.title), GridCell(row.result, CellRole.HEAD), _label("；".join(row.notes)),
             GridCell(row.rule, CellRole.HEAD)) for row in made.rows]
    # on the page of the results
    signed = [tuple(_to_sign(words) for words in SIGNATURE_LABELS[i:i + 2]) for i in (0, 2)]
    return GridBlock("逐条结果", COLUMN_WIDTHS_MM, 1, (head, *rows, *signed))


def _to_sign(words: str) -> GridCell:
    """Two lines high, so that a name can be written."""
    return GridCell(f"{words}　", CellRole.LABEL, column_span=2, breaks=(len(words),), must_break=True)


def _across(cell: GridCell) -> GridCell:
    """The same over the rest of the row."""
    return cell._replace(column_span=3)


def _label(words: str) -> GridCell:
    """A line breaks behind a mark or before a sign of a formula, not within a word."""
    breaks = tuple(m.end() for m in _BREAK.finditer(words) if m.end() < len(words))
    return GridCell(words, CellRole.LABEL, breaks=breaks)
