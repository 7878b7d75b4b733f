"""What a file is to this computer, without a window."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdesk.base.errors import UserError
from govdesk.drafts.arrival import (
    describe_alike,
    describe_departure,
    describe_other,
    find_same,
    read_beside,
    receive_file,
    report_at,
    steps_of_joining,
)
from govdesk.exchange import report_file
from govdesk.report.report import Edit
from govdesk.store.drafts import Drafts
from govdesk.store.sql.history import BEFORE, JOINED, VersionMark
from tests.conftest import FORM_ID, MakeReport
from tests.drafts.conftest import Carry, say


def test_a_report_without_a_past_is_no_draft_yet(here: Drafts, make_report: MakeReport, tmp_path: Path) -> None:
    file = tmp_path / "年报.govdesk"
    file.write_bytes(report_file.dump_report(make_report()))
    found = receive_file(here, file)
    assert (found.draft, found.made, found.base) == (None, 0, None)
    assert here.list() == []


def test_a_draft_that_comes_here_for_the_first_time_is_made_with_its_counts(
        here: Drafts, there: Drafts, make_report: MakeReport, carry: Carry) -> None:
    found = receive_file(there, carry(here, here.create(make_report(blank=True)), "t1"))
    (made,) = there.list()
    assert made.id == found.made
    assert made.outstanding.blanks and made.outstanding.blanks > 100


def test_a_draft_that_comes_back_is_found_with_what_both_come_from(
        here: Drafts, there: Drafts, make_report: MakeReport, carry: Carry) -> None:
    draft = here.create(make_report())
    before = here.load(draft)
    made = receive_file(there, carry(here, draft, "t1")).made
    say(there, made, "另一处写的")
    say(here, draft, "这一处写的")
    found = receive_file(here, carry(there, made, "t2"))
    assert found.draft is not None and found.draft.id == draft
    assert found.base == before
    assert found.came.report.text("problems") == "另一处写的"


def test_of_several_with_one_identity_the_same_report_is_meant(
        here: Drafts, there: Drafts, make_report: MakeReport, carry: Carry) -> None:
    draft = here.create(make_report())
    file = carry(here, draft, "t1")
    receive_file(there, file)
    (first,) = there.list()
    assert receive_file(there, file).draft == there.list()[0]
    say(there, first.id, "改过")
    found = receive_file(there, file)
    assert found.draft is not None and found.draft.id == first.id         # the only one that has it


def test_a_draft_in_the_bin_is_found_there(here: Drafts, make_report: MakeReport, carry: Carry) -> None:
    draft = here.create(make_report())
    file = carry(here, draft, "t1")
    here.delete(draft)
    found = receive_file(here, file)
    assert found.draft is not None and found.draft.deleted_at is not None


def test_no_moment_is_no_report(here: Drafts, make_report: MakeReport, carry: Carry) -> None:
    came = receive_file(here, carry(here, here.create(make_report()), "t1")).came
    assert came.past is not None
    assert report_at(came.past, FORM_ID, None) is None
    assert describe_departure(came.past).endswith(" 拷出")


def test_another_form_is_not_laid_beside(here: Drafts, make_report: MakeReport, tmp_path: Path) -> None:
    file = tmp_path / "年报.govdesk"
    file.write_bytes(report_file.dump_report(make_report()))
    draft = here.create(make_report())
    assert read_beside(here, draft, FORM_ID, file).came.report == make_report()
    with pytest.raises(UserError, match="表式与草稿不同"):
        read_beside(here, draft, "another form", file)


def test_the_same_report_is_found_again_and_another_is_told(here: Drafts, make_report: MakeReport) -> None:
    draft = here.create(make_report())
    assert find_same(here, make_report()) == draft
    assert describe_alike(here, make_report()) == ""
    other = make_report(texts={"problems": "另一种写法"})
    assert find_same(here, other) is None
    assert "还有同一机关、同一年度的草稿" in describe_alike(here, other)
    assert describe_alike(here, make_report(cover={"year": "2022"})) == ""


def test_a_report_without_a_name_is_never_the_same_as_another(here: Drafts, make_report: MakeReport) -> None:
    nameless = make_report(cover={"organ.name": ""})
    here.create(nameless)
    assert find_same(here, nameless) is None


def test_a_file_of_another_organ_is_named(make_report: MakeReport) -> None:
    ours = make_report()
    assert describe_other(ours, make_report(texts={"problems": "x"})) == ""
    other = make_report(cover={"organ.name": "青山县 \n教育局", "year": "2022"})
    assert describe_other(ours, other) == "文件是“青山县 教育局”2022年度的年报，不是这一份。"


def test_both_sides_of_a_merge_stay_as_versions(here: Drafts, make_report: MakeReport, carry: Carry) -> None:
    ours, draft = make_report(texts={"problems": "甲"}), here.create(make_report(texts={"problems": "乙"}))
    came = receive_file(here, carry(here, draft, "t1")).came
    becomes = make_report(texts={"problems": "甲乙"})
    steps = steps_of_joining(ours, came, becomes)
    assert [step.kind for step in steps if isinstance(step, VersionMark)] == [BEFORE, JOINED]
    report = ours
    for step in steps:
        report = step.applied_to(report) if isinstance(step, Edit) else report
    assert report == becomes
