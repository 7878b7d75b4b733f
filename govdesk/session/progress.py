"""Works out how much of a report is open, and lists what to do next: errors first, then the quickest tasks."""

from __future__ import annotations

from typing import Final, NamedTuple

from govdesk.base.bounds import MAX_TEXT, YEARS_IN_WORDS
from govdesk.base.numerals import shorten_text
from govdesk.checks import Finding, Severity, State
from govdesk.findings.causes import Cause
from govdesk.findings.reasons import is_answered, key_of_finding
from govdesk.form.form import Address, Form
from govdesk.session.session import Snapshot
from govdesk.session.steps import explain_name_fault, find_missing_cover_facts, find_too_long_texts

BLANK_WORDS: Final = "没有发生的请填 0；可以用“空白填 0”一次填完"
COVER_NAMES: Final = {"organ.name": "机关全称", "organ.level": "机关层级", "organ.kind": "年报种类", "year": "报告年度",
                      "issued_on": "成文日期"}
# About how long an experienced clerk needs, in seconds: only the order is shown.
FACT, REASON, REPAIR, TABLE, CELL, WRITING = 10, 30, 60, 20, 2, 600


class OpenTask(NamedTuple):
    """Something that is open: what, why, where, of which cause, and about how many seconds it takes."""

    words: str
    where: str
    place: Address | str
    cause: Cause | None
    seconds: int

    @property
    def finding(self) -> Finding | None:
        return self.cause.lead if self.cause else None

    @property
    def is_error(self) -> bool:
        return self.cause is not None and self.cause.severity is Severity.ERROR


class Standing(NamedTuple):
    """How many causes are errors, cells blank, places not filled in (texts, facts of the cover, what stands for words),
    warnings not answered, rules broken off, texts longer than any report's. `unfinished`: what is typed in the window
    and not in the report, in words."""

    off: int
    blanks: int
    unfilled: int
    unexplained: int
    unfinished: tuple[str, ...] = ()
    unchecked: int = 0
    too_long: int = 0

    @property
    def ready(self) -> bool:
        return not (self.off or self.blanks or self.unfilled or self.too_long or self.unchecked or self.unfinished)

    @property
    def words(self) -> list[str]:
        """What is in the way, in counted words; the same wherever it is said."""
        counts = ((self.off, "处对不上"), (self.blanks, "格空白"), (self.unfilled, "处没填好"),
                  (self.too_long, "段文字太长"), (self.unchecked, "条规则未能检查"))
        return [*(f"{count} {words}" for count, words in counts if count), *self.unfinished]

    @property
    def asked(self) -> list[str]:
        """What only wants a reason, in counted words."""
        return [f"{self.unexplained} 处待说明"] if self.unexplained else []

    @property
    def sign(self) -> str:
        """The sign of the gravest that is open: ! what is off, ? what only wants a reason, ✓ nothing; “” where
        something is not filled in."""
        if self.off or self.unchecked:
            return "!"
        return "" if not self.ready else "?" if self.unexplained else "✓"

    @property
    def line(self) -> str:
        """“可以送审”, “可以送审，还有 2 处最好写明理由”, “还不能送审：1 处对不上，12 格空白”."""
        if self.ready:
            return f"可以送审，还有 {self.unexplained} 处最好写明理由" if self.unexplained else "可以送审"
        return f"还不能送审：{'，'.join([*self.words, *self.asked])}"


def compute_standing(now: Snapshot, unfinished: tuple[str, ...] = ()) -> Standing:
    """`unfinished` as in `Standing`: a report alone does not know it."""
    too_long = len(find_too_long_texts(now.form, now.report))
    unfilled = sum(not isinstance(task.place, Address) for task in list_missing(now)) - too_long
    causes = [cause for cause in open_causes(now) if not cause.lead.unready]
    waiting = sum(cause.lead.unready for cause in open_causes(now))
    off = sum(cause.severity is Severity.ERROR for cause in causes)
    unexplained = sum(cause.severity is Severity.WARNING for cause in causes)
    broken = len({finding.rule for finding in unchecked_findings(now)})
    return Standing(off, now.blanks, unfilled + waiting, unexplained, unfinished, broken, too_long)


def unchecked_findings(now: Snapshot) -> tuple[Finding, ...]:
    """What rules could not say because they broke off."""
    return tuple(finding for finding in now.findings if finding.state is State.UNCHECKED)


def open_causes(now: Snapshot) -> tuple[Cause, ...]:
    """The causes that no standing reason answers, the gravest first."""
    return tuple(cause for cause in now.causes if not is_answered(now.report, now.figures, cause.lead))


def open_findings(now: Snapshot) -> tuple[Finding, ...]:
    """All that failed and is not answered; an answer to a cause covers its echoes."""
    return tuple(finding for cause in open_causes(now) for finding in cause.findings)


def asked_keys(now: Snapshot) -> frozenset[str]:
    """The keys of all that failed, under which its reasons are kept."""
    return frozenset(key_of_finding(finding) for finding in now.failed())


def list_missing(now: Snapshot) -> list[OpenTask]:
    """What is not filled in yet, or beyond measure: facts of the cover, texts, blanks of each table; in the order of
    the form."""
    report, form = now.report, now.form
    found = [OpenTask(_of_cover(form, key, text), "封面与机关", key, None, FACT)
             for key, text in find_missing_cover_facts(form, report).items()]
    long = find_too_long_texts(form, report)
    for section in form.sections:
        found += [OpenTask(f"{t.name}有 {long[t.id]} 字，超过 {MAX_TEXT} 字，请删减", t.hint, t.id, None, WRITING)
                  for t in section.texts if t.id in long]
        found += [OpenTask(f"{t.name}尚未填写", t.hint, t.id, None, WRITING) for t in section.texts
                  if t.required and not report.text(t.id).strip()]
        blanks = [a for a in section.grid.inputs if now.figures[a] is None] if section.grid else []
        if blanks and section.grid:
            found.append(OpenTask(f"{section.grid.name}还有 {len(blanks)} 格空白", BLANK_WORDS, blanks[0], None,
                                  TABLE + CELL * len(blanks)))
    return found


def _of_cover(form: Form, key: str, text: str) -> str:
    name = COVER_NAMES[key]
    if not text:
        return f"{name}尚未填写"
    if key == "organ.name":
        return f"{name}{explain_name_fault(form, text)}"
    if key == "year" and text.isascii() and text.isdigit():
        return f"{name}“{shorten_text(text)}”不在 {YEARS_IN_WORDS} 之间"
    return f"{name}“{shorten_text(text)}”看不懂"


def list_tasks(now: Snapshot) -> list[OpenTask]:
    """All that is open: what must be put right, then the quickest; hints need no answer and are not among them."""
    found = [OpenTask(c.lead.message, "", c.lead.places[0], c, REPAIR if c.severity is Severity.ERROR else REASON)
             for c in open_causes(now) if c.severity is not Severity.HINT or c.lead.unready]
    return sorted([*found, *list_missing(now)], key=lambda task: (not task.is_error, task.seconds))
