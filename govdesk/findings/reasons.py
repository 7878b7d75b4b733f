"""Keeps the reasons that answer a warning or a hint, with the operands they were given for; a reason is
asked for again when these change. An error can be answered only where its rule offers reasons, as for
上年结转 beside a wrong report of last year.

An answer is an entry of Layer.ANSWERS: the finding's key (“N10/normative_documents”) → JSON with `reason` and
`operands`. Any other error cannot be answered away.

A reason that says nothing (“真实无误”) needs a second one, what it rests on; until that is chosen it is kept and
answers nothing. One that comes from a file is data and is taken as it is.
"""

from __future__ import annotations

import json
import re
from typing import Final, NamedTuple

from govdesk.base import bounds
from govdesk.base.hashes import short_hash
from govdesk.base.numerals import format_value
from govdesk.checks import Finding, Severity, State
from govdesk.form.cover_keys import COVER_KEYS
from govdesk.form.form import Address, Form
from govdesk.report.report import Entry, Key, Layer, Report
from govdesk.report.totals import Figures

MAX_REASON: Final = bounds.MAX_REASON
_UNFOUNDED: Final = {"": ""}                 # the operands while a reason waits for its ground: no finding has them


class GivenReason(NamedTuple):
    """`operands`: what the reason was given for, by address, text id (a mark of its words) or name."""

    reason: str
    operands: dict[str, str]


def key_of_finding(finding: Finding) -> str:
    """The same for the same rule and line in every report and year."""
    return f"{finding.rule}/{finding.line}" if finding.line else finding.rule


def is_answerable(finding: Finding) -> bool:
    return finding.state is State.FAILED and (finding.severity is not Severity.ERROR or finding.may_stand)


def collect_operands(report: Report, figures: Figures, finding: Finding) -> dict[str, str]:
    """What a finding rests on: the figures of its cells, what of its sides is no cell, and a mark of each text."""
    found = {str(place): _operand(report, figures, place)
             for place in finding.places if not finding.line.startswith(f"{place}/")}   # the line marks the sentence
    found |= {str(cell): format_value(figures[cell]) for side in finding.sides for cell in side.operands}
    return found | {words: format_value(figure) for side in finding.sides for words, figure in side.given}


def _operand(report: Report, figures: Figures, place: Address | str) -> str:
    if isinstance(place, Address):
        return format_value(figures[place])
    return report.cover(place) if place in COVER_KEYS else _mark(report.text(place))


def _mark(text: str) -> str:
    """Short, and another where the text is; white space at its ends does not count."""
    return short_hash(text.strip(), 12)


def answer_to(report: Report, key: str) -> GivenReason | None:
    """The answer kept under a key; None where there is none, or a foreign file holds what is none."""
    entry = report.entry(Layer.ANSWERS, key)
    try:
        held = json.loads(entry) if isinstance(entry, str) else {}
    except ValueError:
        return None
    reason, rests_on = (held.get("reason"), held.get("operands")) if isinstance(held, dict) else (None, None)
    if not isinstance(reason, str) or not reason or not isinstance(rests_on, dict):
        return None
    return GivenReason(reason, {str(name): str(value) for name, value in rests_on.items()})


def is_answered(report: Report, figures: Figures, finding: Finding) -> bool:
    """Whether a reason stands that was given for the operands as they are now."""
    if not is_answerable(finding):
        return False
    answer = answer_to(report, key_of_finding(finding))
    return answer is not None and answer.operands == collect_operands(report, figures, finding)


def find_reason_fault(reason: str) -> str:
    """What is wrong with a reason, as a sentence; “” where nothing is."""
    length = len(reason.strip())
    return f"理由有 {length} 字，最多 {MAX_REASON} 字，请只写要点。原来的内容没有改动。" if length > MAX_REASON else ""


def entry_for_reason(report: Report, figures: Figures, finding: Finding, reason: str) -> tuple[Layer, Key, Entry
                                                                                               | None]:
    """The entry that answers a finding; no reason takes the answer back. ValueError where it cannot be answered."""
    if not is_answerable(finding) or find_reason_fault(reason):
        raise ValueError(f"{key_of_finding(finding)} takes no such answer")
    held = {"reason": reason.strip(), "operands": collect_operands(report, figures, finding)}
    entry = json.dumps(held, ensure_ascii=False, sort_keys=True) if reason.strip() else None
    return Layer.ANSWERS, key_of_finding(finding), entry


def entry_for_unfounded(finding: Finding, reason: str) -> tuple[Layer, Key, Entry | None]:
    """The entry that keeps a reason which does not answer yet."""
    held = {"reason": reason.strip(), "operands": _UNFOUNDED}
    return Layer.ANSWERS, key_of_finding(finding), json.dumps(held, ensure_ascii=False, sort_keys=True)


def awaits_ground(answer: GivenReason | None) -> bool:
    """Whether a kept reason was left before anything was chosen that it rests on."""
    return answer is not None and answer.operands == _UNFOUNDED


def is_bare(form: Form, reason: str) -> bool:
    """Whether a reason only says that it is so, and not why."""
    bare, said = form.bare_reason, reason.strip()
    return bool(bare and said and re.fullmatch(bare.says_nothing, said))


def list_grounds(form: Form, report: Report, finding: Finding) -> tuple[str, ...]:
    """What a bare reason may rest on: the reasons of the rule, then what may be said of any."""
    general = form.bare_reason.grounds if form.bare_reason else ()
    return tuple(dict.fromkeys((*offer_reasons(form, report, finding), *general)))


def join_ground(reason: str, ground: str) -> str:
    """A bare reason with what it rests on; signs alone say nothing that need be kept beside it."""
    said = re.sub(r"[\W_]+$", "", reason.strip())
    return f"{said}；{ground}" if said else ground


def last_reason(report: Report, finding: Finding) -> str:
    """The reason that last year's report gave under the same key."""
    entry = report.entry(Layer.PREVIOUS_ANSWERS, key_of_finding(finding))
    return entry if isinstance(entry, str) else ""


def offer_reasons(form: Form, report: Report, finding: Finding) -> tuple[str, ...]:
    """Reasons to choose from: last year's where it says why, then the templates of the rule."""
    check = next(c for c in form.checks if c.id == finding.rule)
    last = last_reason(report, finding)
    return tuple(dict.fromkeys(reason for reason in (last, *check.reasons)
                               if reason and not find_reason_fault(reason) and not is_bare(form, reason)))


def answers_of(report: Report) -> dict[str, str]:
    """The reasons of a report by key: what a draft for the next year keeps as Layer.PREVIOUS_ANSWERS."""
    kept = {str(key): answer_to(report, str(key)) for key in report.entries(Layer.ANSWERS)}
    return {key: answer.reason for key, answer in kept.items() if answer}
