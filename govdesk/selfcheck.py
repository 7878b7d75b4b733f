"""自检单: the sheet that goes with a report when it is handed in. Every rule with its result, what is open, the reasons
that were given; the versions, the moment, and the mark of the data, by which the office above can check it again.

As lines for the clipboard and as a document for paper; neither is part of the report.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from govdesk.answers import answer_to, is_answered, key_of
from govdesk.causes import Cause
from govdesk.checks import Finding, Severity, State
from govdesk.document import Block, CellRole, Document, GridBlock, GridCell, Heading, Paragraph, Title
from govdesk.form import Check
from govdesk.records import Record
from govdesk.session import Snapshot
from govdesk.standing import missing, standing

HEAD: Final = ("规则", "要求", "结果", "说明")
WIDTHS: Final = (14.0, 50.0, 24.0, 68.0)     # millimetres, of the 156 of the type area
WORDS: Final = {Severity.ERROR: "对不上", Severity.WARNING: "待说明", Severity.HINT: "提示"}
ASKED: Final = ("对不上", "待说明", "已说明")          # stand on the first page, too
PASSED, ANSWERED, OPEN, NOTHING = "通过", "已说明", "待填", "未涉及"
SIGNING: Final = ("填报人：", "审核人：", "负责人：", "日　期：")
MARK: Final = 16                             # digits of the mark that stand on the sheet


class Row(Record):
    """One rule: its number, what it demands, its result in a word, and a line for each thing to be said of it."""

    rule: str
    title: str
    result: str
    notes: tuple[str, ...] = ()


class Sheet(Record):
    """`facts` are pairs of name and value; `verdict` is the line of `standing`; `open` is what is not filled in yet."""

    title: str
    facts: tuple[tuple[str, str], ...]
    verdict: str
    counts: str
    open: tuple[str, ...]
    rows: tuple[Row, ...]


def sheet(now: Snapshot, at: datetime, version: str, mark: str) -> Sheet:
    """The sheet of a report as it is now. `at` is local time, `mark` the SHA-256 of its exchange file in digits."""
    report, form = now.report, now.form
    facts = (("机关", report.cover("organ.name") or "（未填）"), ("报告年度", report.cover("year") or "（未填）"),
             ("表式", f"{form.name}（{form.source}）"), ("程序版本", version),
             ("数据时点", f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}"), ("数据指纹", mark[:MARK]))
    led = {finding: cause for cause in now.causes for finding in cause.findings}
    rows = tuple(_row(now, check, led) for check in form.checks)
    kinds = [row.result for row in rows]
    order = (PASSED, *WORDS.values(), ANSWERED, OPEN, NOTHING)
    counts = "，".join(f"{words} {kinds.count(words)} 条" for words in order if words in kinds)
    return Sheet("政府信息公开工作年度报告自检单", facts, standing(now).line, f"共 {len(rows)} 条规则：{counts}",
                 tuple(task.words for task in missing(now)), rows)


def _row(now: Snapshot, check: Check, led: dict[Finding, Cause]) -> Row:
    found = now.of_rule(check.id)
    failed = [f for f in found if f.state is State.FAILED]
    asked = [f for f in failed if not _is_settled(now, led[f])]
    notes = tuple(note for f in failed for note in _notes(now, f, led[f]))
    if failed:
        grade = min((f.severity for f in asked), key=list(Severity).index, default=None)
        return Row(check.id, check.title, WORDS[grade] if grade else ANSWERED, notes)
    pending = [f for f in found if f.state is State.PENDING]
    if pending:
        return Row(check.id, check.title, OPEN, ("还有空白，填完后核对",))
    return Row(check.id, check.title, PASSED if found else NOTHING, () if found else ("没有要核对的数或文字",))


def _is_settled(now: Snapshot, cause: Cause) -> bool:
    return is_answered(now.report, now.figures, cause.lead)


def _notes(now: Snapshot, finding: Finding, cause: Cause) -> list[str]:
    """What is off, and the reason given; an answer to a cause covers its echoes."""
    said = [finding.message if finding is cause.lead else f"{finding.message}（同一处差错引起）"]
    if _is_settled(now, cause):
        answer = answer_to(now.report, key_of(cause.lead))
        said.append(f"理由：{answer.reason if answer else ''}")
    return said


def text(made: Sheet) -> str:
    """Plain lines, for a letter or a chat."""
    facts = [f"{name}：{value}" for name, value in made.facts]
    lines = [made.title, "", *facts, "", f"结论：{made.verdict}", made.counts]
    if made.open:
        lines += ["", "还没有填的：", *(f"· {words}" for words in made.open)]
    lines += ["", "逐条结果："]
    for row in made.rows:
        lines.append(f"{row.rule}【{row.result}】{row.title}")
        lines += [f"    {note}" for note in row.notes]
    return "\n".join([*lines, "", "　　".join(f"{words}________" for words in SIGNING)]) + "\n"


def document(made: Sheet, date: str) -> Document:
    """The sheet on paper. `date`: YYYY-MM-DD, of the file."""
    facts = dict(made.facts)
    blocks: list[Block] = [Title(made.title)]
    blocks += [Paragraph(f"{name}：{value}") for name, value in made.facts]
    blocks += [Heading(1, "一、结论", "verdict"), Paragraph(f"{made.verdict}。{made.counts}。")]
    blocks += [Paragraph(f"还没有填的：{words}。") for words in made.open]
    blocks += [Paragraph(f"【{row.result}】{'；'.join(row.notes)}。") for row in made.rows if row.result in ASKED]
    blocks += [Heading(1, "二、签字", "signing"), *(Paragraph(words) for words in SIGNING)]
    blocks += [Heading(1, "三、逐条结果", "rows"), _table(made)]       # mostly fills a page of its own
    year = int(facts["报告年度"]) if facts["报告年度"].isdecimal() else 0
    return Document(made.title, facts["机关"], year, date, tuple(blocks))


def _table(made: Sheet) -> GridBlock:
    head = tuple(GridCell(words, CellRole.HEAD) for words in HEAD)
    rows = [tuple(GridCell(words, CellRole.LABEL) for words in (row.rule, row.title, row.result, "；".join(row.notes)))
            for row in made.rows]
    return GridBlock("逐条结果", WIDTHS, 1, (head, *rows))
