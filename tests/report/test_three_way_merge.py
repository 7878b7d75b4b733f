"""Two reports that come from one: who changed what, and one made of both."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, Report, build_report, edit_of
from govdesk.report.three_way_merge import ChangedBy, MergeState, Spot, find_merge_state, find_spots, merge_entries

FORM = form_reader.load_form("ogi-annual-report-2021")
COLUMNS = ("natural_person", "commercial_enterprise", "research_institution")
A, B, C = (Address("requests", "new_requests", column) for column in COLUMNS)


def report(text: str = "", tapes: dict[Address, str] | None = None, **cells: int | None) -> Report:
    places = {"a": A, "b": B, "c": C}
    return build_report(FORM.id, {Layer.TEXTS: {"problems": text}, Layer.TAPES: tapes or {},
                                  Layer.VALUES: {places[k]: Decimal(v) for k, v in cells.items() if v is not None}})


def joined(ours: Report, theirs: Report, found: list[Spot], taken: list[Spot]) -> Report:
    return edit_of(ours, "合并", merge_entries(ours, theirs, found, taken)).applied_to(ours)


@pytest.mark.parametrize(("ours", "theirs", "base", "expected"), [
    (1, 1, 0, MergeState.SAME), (0, 1, 0, MergeState.THEIRS_NEWER), (1, 0, 0, MergeState.OURS_NEWER),
    (1, 2, 0, MergeState.BOTH), (1, 2, None, MergeState.BOTH), (1, 1, None, MergeState.SAME)])
def test_how_two_stand(ours: int, theirs: int, base: int | None, expected: MergeState) -> None:
    assert find_merge_state(report(a=ours), report(a=theirs), None if base is None else report(a=base)) is expected


def test_each_cell_is_told_by_who_changed_it() -> None:
    base, ours, theirs = report(a=1, b=1, c=1), report(a=2, b=1, c=2), report(a=1, b=3, c=None)
    found = find_spots(FORM, ours, theirs, base)
    assert [(s.key, s.by) for s in found] == [(A, ChangedBy.OURS), (B, ChangedBy.THEIRS), (C, ChangedBy.BOTH)]
    taken = [s for s in found if s.by is not ChangedBy.OURS]
    assert joined(ours, theirs, found, taken) == report(a=2, b=3, c=None)


def test_without_a_common_start_only_what_one_side_alone_has_is_told() -> None:
    ours, theirs = report("  \n", a=2, b=None, c=0), report("甲句。", a=1, b=3, c=None)
    found = find_spots(FORM, ours, theirs, None)
    assert [(s.layer, s.key, s.by) for s in found] == [
        (Layer.TEXTS, "problems", ChangedBy.ONLY_THEIRS), (Layer.VALUES, A, ChangedBy.UNKNOWN),
                                                       (Layer.VALUES, B, ChangedBy.ONLY_THEIRS),
        (Layer.VALUES, C, ChangedBy.ONLY_OURS)]
    taken = [s for s in found if s.by is ChangedBy.ONLY_THEIRS]
    assert joined(ours, theirs, found, taken) == report("甲句。", a=2, b=3, c=0)
    texts = find_spots(FORM, report("甲句。"), report("甲句。乙句。"), None)
    assert {s.by for s in texts} == {ChangedBy.UNKNOWN}  # one may have taken it out, or the other put it in


def test_a_sum_as_typed_goes_with_its_figure() -> None:
    ours, theirs = report(a=3, tapes={A: "1＋2"}), report(a=5, tapes={A: "2＋3"})
    (spot,) = found = find_spots(FORM, ours, theirs, None)
    assert spot.layer is Layer.VALUES
    assert joined(ours, theirs, found, [spot]) == theirs
    assert joined(ours, theirs, found, []) == ours
    alone = find_spots(FORM, report(a=3, tapes={A: "1＋2"}), report(a=3, tapes={A: "2＋1"}), None)
    assert [s.layer for s in alone] == [Layer.TAPES]


def test_sentences_are_told_by_who_changed_them() -> None:
    base = "甲句。乙句。丙句。丁句。"
    ours, theirs = "甲改。乙句。丙句。丁句。", "甲句。乙句。丙新。丁句。戊句。"
    found = find_spots(FORM, report(ours), report(theirs), report(base))
    assert [(s.ours, s.theirs, s.by, s.lead) for s in found] == [
        ("甲改。", "甲句。", ChangedBy.OURS, ""), ("丙句。", "丙新。", ChangedBy.THEIRS, "乙句。"),
        ("", "戊句。", ChangedBy.THEIRS, "丁句。")]
    taken = [s for s in found if s.by is ChangedBy.THEIRS]
    assert joined(report(ours), report(theirs), found, taken).text("problems") == "甲改。乙句。丙新。丁句。戊句。"


def test_neighbouring_sentences_changed_by_one_side_each() -> None:
    base, ours, theirs = "甲句。乙句。丙句。", "甲改。乙句。丙句。", "甲句。乙新。丙句。"
    found = find_spots(FORM, report(ours), report(theirs), report(base))
    assert [(s.ours, s.theirs, s.by) for s in found] == [("甲改。", "甲句。", ChangedBy.OURS),
                                                         ("乙句。", "乙新。", ChangedBy.THEIRS)]
    assert joined(report(ours), report(theirs), found, found[1:]).text("problems") == "甲改。乙新。丙句。"


def test_a_sentence_taken_out_by_one_side() -> None:
    base, ours, theirs = "甲句。乙句。丙句。丁句。", "甲句。丙句。丁句。", "甲句。乙句。丙句。丁新。"
    found = find_spots(FORM, report(ours), report(theirs), report(base))
    assert [(s.ours, s.theirs, s.by) for s in found] == [("", "乙句。", ChangedBy.OURS),
                                                         ("丁句。", "丁新。", ChangedBy.THEIRS)]


def test_one_sentence_changed_by_both_is_a_conflict() -> None:
    found = find_spots(FORM, report("甲一。乙句。"), report("甲二。乙句。"), report("甲句。乙句。"))
    assert [(s.ours, s.theirs, s.by) for s in found] == [("甲一。", "甲二。", ChangedBy.BOTH)]


def test_a_text_that_one_side_emptied_is_one_spot() -> None:
    found = find_spots(FORM, report(""), report("甲句。乙句。"), report("甲句。"))
    assert [(s.ours, s.part, s.by) for s in found] == [(None, None, ChangedBy.BOTH)]


words = st.sampled_from(["甲。", "乙。", "丙。", "丁。", "戊；", "己\n"])
sentences = st.lists(words, min_size=1, max_size=8).map("".join)


@settings(max_examples=150, deadline=None)
@given(sentences, sentences, sentences, st.data())
def test_all_of_one_side_is_that_side_and_nothing_is_invented(
        ours: str, theirs: str, base: str, data: st.DataObject) -> None:
    one, other = report(ours, a=1), report(theirs, a=2)
    found = find_spots(FORM, one, other, report(base, a=1))
    assert joined(one, other, found, found) == other
    assert joined(one, other, found, []) == one
    if found:
        some = data.draw(st.lists(st.sampled_from(found), unique=True))
        text = joined(one, other, found, some).text("problems")
        assert set(text) <= set(ours + theirs)


@settings(max_examples=100, deadline=None)
@given(sentences, sentences)
def test_where_only_one_side_changed_its_changes_are_the_default(base: str, changed: str) -> None:
    found = find_spots(FORM, report(base), report(changed), report(base))
    assert {s.by for s in found} == (set() if base == changed else {ChangedBy.THEIRS})
    found = find_spots(FORM, report(changed), report(base), report(base))
    assert {s.by for s in found} == (set() if base == changed else {ChangedBy.OURS})
