"""Begins a draft from last year's report, carries figures over, and lists which figures of last year are asked for.
What came from last year is not stored: it is what still equals last year's figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govdesk.base import dates
from govdesk.base.bounds import MAX_NOTE, YEARS
from govdesk.base.numerals import shorten_text, to_half_width
from govdesk.checks.registry import KINDS
from govdesk.findings.reasons import answers_of
from govdesk.form.cover_keys import is_choice_of
from govdesk.form.form import Address, Form
from govdesk.form.succession import is_followed_by, map_to_last_year, name_uncarried
from govdesk.report.report import Entry, Key, Layer, Report, build_report, is_same_entry
from govdesk.report.sources import IMPORT_DOUBT
from govdesk.session.session import Snapshot
from govdesk.texts import tokens

_EACH_YEAR = ("year", "issued_on")
_OF_LAST_YEAR = (Layer.PREVIOUS, Layer.PREVIOUS_TEXTS, Layer.PREVIOUS_ANSWERS)
SOURCE_KEY = "previous_source"

Wanted = list[tuple[Layer, Key, Entry | None]]


def begin_next_year(last: Snapshot, source: str = "", form: Form | None = None) -> Report:
    """The draft for the year after `last`, by a form (last year's, if none is given) that is the same or follows it:
    cover without its date, 上年结转 and 现行有效 as last year left them, last year's figures, texts and reasons beside
    them. `source` names last year's report."""
    form = form or last.form
    found = {Layer.COVER: _cover(form, last.report), Layer.VALUES: _carried(form, last),
             Layer.DESK: _desk(last, source), Layer.NOTES: _doubted(form, last)}
    return build_report(form.id, {**found, **_beside(form, last)})


def entries_from_last_year(now: Report, last: Snapshot, source: str, form: Form | None = None) -> Wanted:
    """What a draft that is already begun, of a form (last year's, if none is given), takes from last year's report: all
    that stands beside, and of the figures those that are still blank."""
    form = form or last.form
    blank = [(Layer.VALUES, key, value) for key, value in _carried(form, last).items()
             if now.entry(Layer.VALUES, key) is None]
    beside = [(layer, key, entry) for layer, entries in _beside(form, last).items() for key, entry in entries.items()]
    notes: Wanted = [(Layer.NOTES, key, note) for key, note in _doubted(form, last).items()
                     if now.entry(Layer.NOTES, key) is None]
    return [*forget_last_year(now), *beside, (Layer.DESK, SOURCE_KEY, source), *blank, *notes]


def explain_misfit(now: Report, last: Report, form: Form, last_form: Form) -> str:
    """Why `last` cannot be the report of the year before `now`, as a sentence; “” where it can. `form`, `last_form`:
    those of the two."""
    if now == last:
        return "上年的年报就是这份年报本身，请另选上年的文件。"
    if not is_followed_by(last_form, form):
        return (f"上年的那份用的是《{last_form.name}》，这份用的是《{form.name}》，两种表式不衔接，不能比较，"
                "请另选文件。")
    if now.year is None:
        return "这份年报还没有写明报告年度，不知道哪一年是上年，请先在“封面与机关”填写。"
    if last.year != now.year - 1:
        year = f"{last.year}年度的年报" if last.year else "没有写明年度的年报"
        return f"这是{year}，不是{now.year}年度的上一年，请另选{now.year - 1}年度的年报。"
    return ""


def name_not_carried(form: Form, last: Snapshot) -> str:
    """What of last year's figures has no place in a form, by name, as a sentence; “” where all have one."""
    if form.id == last.form.id:
        return ""
    lost = name_uncarried(form, last.form, (cell for cell, value in last.figures.items() if value is not None))
    if not lost:
        return ""
    return (f"上年年报用的是{last.form.short or last.form.name}，其中这些数在这份年报的格式里没有对应的格，没有带入："
            f"{'；'.join(lost)}。")


def warn_other_organ(now: Report, last: Report) -> str:
    """What is to be said where `last` is a report of another organ, which may be the same under its former name; “”
    where it is not."""
    ours, theirs = (" ".join(report.cover("organ.name").split()) for report in (now, last))
    if not ours or to_half_width(ours) == to_half_width(theirs):
        return ""
    return (f"上年的年报是“{shorten_text(theirs, 40)}”的，这份是“{shorten_text(ours, 40)}”的；"
            "机关没有更名、合并的，请核对文件。")


def forget_last_year(now: Report) -> Wanted:
    """Last year taken away again. What was carried over into this year's figures stays: it is the clerk's now."""
    gone: Wanted = [(layer, key, None) for layer in _OF_LAST_YEAR for key in now.entries(layer)]
    return [*gone, (Layer.DESK, SOURCE_KEY, None)]


def has_last_year(report: Report) -> bool:
    return any(report.entries(layer) for layer in _OF_LAST_YEAR)


def find_carried_cells(now: Snapshot) -> frozenset[Address]:
    """The input cells that stand as last year left them."""
    if not now.report.entries(Layer.PREVIOUS):
        return frozenset()
    return frozenset(here for here, there in find_origins(now.form).items()
                     if (value := now.report.value(here)) is not None
                     and is_same_entry(value, now.report.previous(there)))


def find_origins(form: Form) -> Mapping[Address, Address]:
    """The input cells that begin with a figure of last year's, and the cell it stands in there."""
    return {here: there for here, there in _carried_cells(form) if here in form.input_cells}


def counterpart_of(form: Form, cell: Address) -> Address:
    """The cell of last year's report that a cell is held against: the same one, but for 上年结转, totals included, what
    was carried forward then."""
    return next((there for here, there in _carried_cells(form) if here == cell), cell)


def _carried_cells(form: Form) -> Iterator[tuple[Address, Address]]:
    """The rules that compare the two years know which cells these are."""
    for check in form.checks:
        if carries := KINDS[check.kind].carries:
            yield from carries(check, form)


def list_asked_cells(form: Form) -> tuple[Address, ...]:
    """The cells of last year's report that a rule compares with, in the order of the form. A total comes after the
    parts that give it, which may be typed instead."""
    named = {cell for check in form.checks if (reads := KINDS[check.kind].reads_last_year)
             for cell in reads(check, form)}
    return tuple(cell for grid in form.grids.values() for cell in grid.addresses if cell in named)


def printed_figures(last: Snapshot, form: Form | None = None) -> dict[Key, Entry]:
    """Every figure of a report as it is printed, by the cell of a form (its own, if none is given) beside which it
    stands as last year's. 原件合计 is none of them: it is what another paper said, held against the sum and never
    printed."""
    return {here: value for here, there in map_to_last_year(form or last.form, last.form).items()
            if (value := last.figures[there]) is not None}


def _beside(form: Form, last: Snapshot) -> dict[Layer, Mapping[Key, Entry]]:
    texts: dict[Key, Entry] = {key: tokens.text_with_figures(last.form, last.figures, str(text))
                               for key, text in last.report.entries(Layer.TEXTS).items()
                               if key in form.texts}           # as published
    answers: dict[Key, Entry] = dict(answers_of(last.report).items())
    return {Layer.PREVIOUS: printed_figures(last, form), Layer.PREVIOUS_TEXTS: texts,
            Layer.PREVIOUS_ANSWERS: answers}


def _doubted(form: Form, last: Snapshot) -> dict[Key, Entry]:
    """What was in doubt when last year's report was read from a file stays in doubt beside its figure, and where that
    was carried over."""
    doubts: dict[Key, Entry] = {here: f"上年数{note}"[:MAX_NOTE] for here, there
                                in map_to_last_year(form, last.form).items()
                                if str(note := last.report.entry(Layer.NOTES, there)).startswith(IMPORT_DOUBT)}
    carried_over: dict[Key, Entry] = {here: doubts[there] for here, there in find_origins(form).items()
                                      if there in doubts}
    return {**doubts, **carried_over}


def _cover(form: Form, last: Report) -> dict[Key, Entry]:
    """A level or a kind that the form has not is left to be chosen."""
    kept = {key: value for key, value in last.entries(Layer.COVER).items() if key not in _EACH_YEAR
            and is_choice_of(form, str(key), str(value))}
    return {**kept, **({"year": str(last.year + 1)} if last.year and last.year + 1 in YEARS else {})}


def _desk(last: Snapshot, source: str) -> dict[Key, Entry]:
    """The local deadline comes round each year."""
    due = last.report.entry(Layer.DESK, "deadline")
    return {SOURCE_KEY: source, "deadline": _a_year_later(due) if isinstance(due, str) else ""}


def _a_year_later(day: str) -> str:
    before = dates.to_date(day)
    if before is None or before.year + 1 not in dates.DATE_YEARS or (before.month, before.day) == (2, 29):
        return ""
    return before.replace(year=before.year + 1).isoformat()


def _carried(form: Form, last: Snapshot) -> dict[Key, Entry]:
    counterparts = map_to_last_year(form, last.form)
    figures = {here: last.figures[counterparts[there]] for here, there in find_origins(form).items()
               if there in counterparts}
    return {here: value for here, value in figures.items() if value is not None}
