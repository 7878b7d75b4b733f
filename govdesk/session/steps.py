"""Lists the wizard's steps and pages for a form, and computes how far each has come."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from govdesk.base.bounds import MAX_ORGAN_NAME, MAX_TEXT
from govdesk.base.numerals import shorten_text
from govdesk.checks import Finding, Severity, State
from govdesk.checks.leftovers import find_placeholder
from govdesk.form.cover_keys import COVER_KEYS
from govdesk.form.form import Address, Form, Section
from govdesk.report.report import Layer, Report, is_date

COVER_STEP = "cover", "封面与机关"                # the step that no form file names
CHINESE_CHARACTER = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
REQUIRED_COVER_KEYS = ("organ.name", "organ.level", "organ.kind", "year", "issued_on")


class PageKind(Enum):
    """The kinds of page that the window has."""

    COVER = "cover"
    LAST_YEAR = "last_year"
    TEXT = "text"
    GRID = "grid"
    REVIEW = "review"
    EXPORT = "export"


class StepPage(NamedTuple):
    """One page of a step; `item` is the text's or the grid's id."""

    kind: PageKind
    item: str
    name: str


class Step(NamedTuple):
    """One entry of the rail with its pages."""

    id: str
    name: str
    pages: tuple[StepPage, ...]


class StepProgress(Enum):
    """How far a step has come: what is off outranks what is not filled in, and that what only wants a reason."""

    EMPTY = "empty"
    PARTIAL = "partial"
    ASK = "ask"
    COMPLETE = "complete"
    PROBLEM = "problem"


class StepState(NamedTuple):
    """`done` of `wanted` items (cells, required texts, facts of the cover) are filled; `problems` stand in the way of a
    report that is ready, `asked` only want a reason."""

    progress: StepProgress
    done: int
    wanted: int
    problems: int
    asked: int = 0


def list_steps(form: Form) -> tuple[Step, ...]:
    """Cover, the sections, review, export."""
    return (
        Step(*COVER_STEP, (StepPage(PageKind.COVER, "cover", "封面"),
                                     StepPage(PageKind.LAST_YEAR, "last_year", "上年数字"))),
        *(Step(section.id, section.short, _pages(section)) for section in form.sections),
        Step("review", "核对", (StepPage(PageKind.REVIEW, "review", "核对"),)),
        Step("export", "导出", (StepPage(PageKind.EXPORT, "export", "导出"),)),
    )


def _pages(section: Section) -> tuple[StepPage, ...]:
    texts = tuple(StepPage(PageKind.TEXT, text.id, "文字说明" if section.grid else text.name) for text in section.texts)
    return (StepPage(PageKind.GRID, section.grid.id, "表格"), *texts) if section.grid else texts


def compute_states(form: Form, report: Report, findings: Sequence[Finding]) -> dict[str, StepState]:
    """The state of the cover and of every section, by id."""
    blocking = _count_by_step(form, (f for f in findings if f.severity is Severity.ERROR or f.unready))
    asked = _count_by_step(form, (f for f in findings if f.severity is Severity.WARNING and not f.unready))

    def state(step: str, filled: tuple[int, int]) -> StepState:
        return _state(*filled, blocking.get(step, 0), asked.get(step, 0))

    found = {COVER_STEP[0]: state(COVER_STEP[0], _count_cover(form, report))}
    return found | {section.id: state(section.id, _count_section(section, report)) for section in form.sections}


def step_of(form: Form, place: Address | str) -> str:
    """The step on whose pages a cell, a text or a fact of the cover stands."""
    return COVER_STEP[0] if place in COVER_KEYS else form.section_of(place).id


def _count_by_step(form: Form, findings: Iterable[Finding]) -> dict[str, int]:
    """What failed by the step of the first place that each names."""
    count: dict[str, int] = {}
    for finding in findings:
        if finding.state is State.FAILED and finding.places:
            section = step_of(form, finding.places[0])
            count[section] = count.get(section, 0) + 1
    return count


def find_missing_cover_facts(form: Form, report: Report) -> dict[str, str]:
    """The facts of the cover that are absent (“”) or make no sense (what is written instead), by id. A name that waits
    to be filled in (“XX区教育局”) is none."""
    written = {key: report.cover(key).strip() for key in REQUIRED_COVER_KEYS}
    readable = {
        "organ.name": not explain_name_fault(form, written["organ.name"]),
        "organ.level": form.choice("level", written["organ.level"]) is not None,
        "organ.kind": form.choice("kind", written["organ.kind"]) is not None,
        "year": report.year is not None, "issued_on": is_date(report.cover("issued_on"))}
    return {key: text for key, text in written.items() if not text or not readable[key]}


def explain_name_fault(form: Form, name: str) -> str:
    """Why a name is no organ's full name, in words that follow “机关全称”; “” where it may be one."""
    if len(name) > MAX_ORGAN_NAME:
        return f"有 {len(name)} 字，最多 {MAX_ORGAN_NAME} 字"
    if gap := find_placeholder(form, name):
        return f"里有“{shorten_text(gap)}”，像是留着没有填的地方"
    return "" if not name or CHINESE_CHARACTER.search(name) else f"“{shorten_text(name)}”里没有汉字"


def find_too_long_texts(form: Form, report: Report) -> dict[str, int]:
    """The texts that are longer than any report's, with their lengths."""
    return {text_id: length for text_id in form.texts if (length := len(report.text(text_id))) > MAX_TEXT}


def _count_cover(form: Form, report: Report) -> tuple[int, int]:
    return len(REQUIRED_COVER_KEYS) - len(find_missing_cover_facts(form, report)), len(REQUIRED_COVER_KEYS)


def _count_section(section: Section, report: Report) -> tuple[int, int]:
    cells: tuple[Address, ...] = section.grid.inputs if section.grid else ()
    texts = [t.id for t in section.texts if t.required] or ([] if cells else [t.id for t in section.texts])
    typed = report.entries(Layer.VALUES)
    done = sum(a in typed for a in cells) + sum(
        bool(report.text(t).strip()) and len(report.text(t)) <= MAX_TEXT for t in texts)
    return done, len(cells) + len(texts)


def _state(done: int, wanted: int, problems: int, asked: int) -> StepState:
    whole = StepProgress.ASK if asked else StepProgress.COMPLETE
    progress = (StepProgress.PROBLEM if problems else StepProgress.EMPTY if done == 0
                else whole if done == wanted else StepProgress.PARTIAL)
    return StepState(progress, done, wanted, problems, asked)
