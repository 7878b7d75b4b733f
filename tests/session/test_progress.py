"""What is still to do, as the clerk is told: which words, for which place, in which order."""

from __future__ import annotations

import pytest

from govdesk import cli
from govdesk.base.bounds import MAX_ORGAN_NAME, MAX_TEXT
from govdesk.form.form import Address, Form
from govdesk.report.report import Entry, Key, Layer, edit_of
from govdesk.session import previous_year
from govdesk.session.progress import compute_standing, list_missing, list_tasks
from govdesk.session.session import Snapshot, take_snapshot
from govdesk.session.steps import StepProgress, compute_states, explain_name_fault, find_missing_cover_facts

NEW = Address("requests", "new_requests", "natural_person")
DISCLOSED = Address("requests", "disclosed", "natural_person")
OTHER = Address("requests", "disclosed", "other_org")


def sample_with(form: Form, *wanted: tuple[Layer, Key, Entry | None]) -> Snapshot:
    report = cli.sample_report()
    return take_snapshot(form, edit_of(report, "", wanted).applied_to(report))


def words(form: Form, *wanted: tuple[Layer, Key, Entry | None]) -> list[str]:
    return [task.words for task in list_missing(sample_with(form, *wanted))]


@pytest.mark.parametrize(("key", "typed", "said"), [
    ("organ.name", None, "机关全称尚未填写"),
    ("organ.name", "ABC", "机关全称“ABC”里没有汉字"),
    ("organ.name", "XX区教育局", "机关全称里有“XX”，像是留着没有填的地方"),
    ("year", None, "报告年度尚未填写"),
    ("year", "1999", "报告年度“1999”不在 2008～2100 之间"),
    ("year", "去年", "报告年度“去年”看不懂"),
    ("year", "２０２３", "报告年度“２０２３”看不懂"),
    ("organ.level", "省里", "机关层级“省里”看不懂"),
    ("issued_on", "2024-13-01", "成文日期“2024-13-01”看不懂"),
    ("issued_on", "20240118", "成文日期“20240118”看不懂"),
])
def test_a_fact_of_the_cover_is_asked_for_in_its_own_words(
    form: Form, key: str, typed: str | None, said: str,
) -> None:
    assert words(form, (Layer.COVER, key, typed)) == [said]


def test_the_longest_name_is_a_name(form: Form) -> None:
    assert explain_name_fault(form, "局" * MAX_ORGAN_NAME) == ""
    assert explain_name_fault(form,
                              "局" * (MAX_ORGAN_NAME + 1)) == f"有 {MAX_ORGAN_NAME + 1} 字，最多 {MAX_ORGAN_NAME} 字"
    assert "organ.name" in find_missing_cover_facts(form, sample_with(form, (Layer.COVER, "organ.name", "ABC")).report)


def test_blanks_are_counted_by_table_and_lead_to_the_first(form: Form) -> None:
    now = sample_with(form, (Layer.VALUES, OTHER, None), (Layer.VALUES, DISCLOSED, None))
    task, = list_missing(now)
    assert (task.words, task.place) == (f"{form.grids['requests'].name}还有 2 格空白", DISCLOSED)
    assert task.finding is None
    assert not task.is_error


def test_the_longest_text_is_a_text(form: Form) -> None:
    text = "overview.proactive"
    assert words(form, (Layer.TEXTS, text, "文" * MAX_TEXT)) == []
    said, = words(form, (Layer.TEXTS, text, "文" * (MAX_TEXT + 1)))
    assert said.endswith(f"有 {MAX_TEXT + 1} 字，超过 {MAX_TEXT} 字，请删减")


def test_what_is_wrong_comes_first_then_the_quickest(form: Form) -> None:
    now = sample_with(form, (Layer.VALUES, OTHER, None), (Layer.TEXTS, "overview.proactive", None),
                      (Layer.COVER, "issued_on", None), (Layer.VALUES, DISCLOSED, 99))
    found = list_tasks(now)
    assert found[0].is_error
    assert [task.is_error for task in found] == sorted((task.is_error for task in found), reverse=True)
    assert [task.words for task in found if not task.is_error and not task.cause] == [
        "成文日期尚未填写", f"{form.grids['requests'].name}还有 1 格空白", "（一）主动公开尚未填写"]


def test_what_contradicts_and_what_asks_are_counted_apart(form: Form) -> None:
    off = sample_with(form, (Layer.VALUES, DISCLOSED, None), (Layer.VALUES, DISCLOSED, 99))
    there = compute_standing(off)
    errors = [task for task in list_tasks(off) if task.is_error]
    assert there.off == len(errors) > 0
    assert there.unexplained == len([t for t in list_tasks(off) if t.finding and not t.is_error])
    assert all(task.finding is task.cause.lead for task in errors if task.cause)
    assert there.line.startswith(f"还不能送审：{there.off} 处对不上")


def test_a_step_is_complete_only_when_all_of_it_is_there(form: Form) -> None:
    whole, less = (
        compute_states(form, now.report, now.findings)
        for now in (sample_with(form), sample_with(form, (Layer.VALUES, DISCLOSED, None))))
    assert {step for step in whole if whole[step].done != less[step].done} == {"requests"}
    assert whole["requests"].wanted == less["requests"].wanted == whole["requests"].done == less["requests"].done + 1
    assert (whole["requests"].progress, less["requests"].progress) == (StepProgress.COMPLETE, StepProgress.PARTIAL)


def test_a_cell_that_nothing_carries_is_held_against_itself(form: Form) -> None:
    assert previous_year.counterpart_of(form, NEW) == NEW
    carried = Address("requests", "carried_over_in", "other_org")
    assert previous_year.counterpart_of(form, carried) == Address("requests", "carried_forward_out", "other_org")


@pytest.mark.parametrize(("last", "now"), [("2023", "2024"), ("2022", "2023"), ("2099", "2100"), ("2100", "")])
def test_the_next_year_is_one_year_later_as_long_as_there_is_one(form: Form, last: str, now: str) -> None:
    begun = previous_year.begin_next_year(sample_with(form, (Layer.COVER, "year", last)))
    assert begun.cover("year") == now


@pytest.mark.parametrize(("due", "next_due"), [("2024-01-20", "2025-01-20"), ("2023-01-20", "2024-01-20"),
                                                ("2024-02-29", ""), ("", "")])
def test_the_local_deadline_is_the_same_day_a_year_later(form: Form, due: str, next_due: str) -> None:
    begun = previous_year.begin_next_year(sample_with(form, (Layer.DESK, "deadline", due or None)))
    assert (begun.entry(Layer.DESK, "deadline") or "") == next_due


@pytest.mark.parametrize(("now", "last", "said"), [
    ("2023", "2023", "这是2023年度的年报，不是2023年度的上一年，请另选2022年度的年报。"),
    ("2023", "2021", "这是2021年度的年报，不是2023年度的上一年，请另选2022年度的年报。"),
    ("2024", "2025", "这是2025年度的年报，不是2024年度的上一年，请另选2023年度的年报。"),
    ("2022", "2023", "这是2023年度的年报，不是2022年度的上一年，请另选2021年度的年报。"),
    ("2023", "2022", ""),
    ("2024", "2023", ""),
])
def test_another_year_is_not_last_year(form: Form, now: str, last: str, said: str) -> None:
    this = sample_with(form, (Layer.COVER, "year", now)).report
    other = sample_with(form, (Layer.COVER, "year", last), (Layer.VALUES, NEW, None)).report
    assert previous_year.explain_misfit(this, other) == said


def test_a_text_beyond_measure_is_too_long_and_not_unfilled(form: Form) -> None:
    snap = take_snapshot(form, cli.sample_report())
    text = next(iter(form.texts))
    edit = edit_of(snap.report, "", [(Layer.TEXTS, text, "文" * (MAX_TEXT + 1))])
    stands = compute_standing(take_snapshot(form, edit.applied_to(snap.report)))
    assert (stands.unfilled, stands.too_long, stands.ready) == (compute_standing(snap).unfilled, 1, False)
    assert "1 段文字太长" in stands.line and "没填好" not in stands.line
