"""How much of a text is as it was last year: other figures and marks do not make it another, what was ticked off does
not count."""

from __future__ import annotations

from govdesk.report.report import Layer, Report, build_report, edit_of
from govdesk.texts.unchanged import find_unchanged, measure_unchanged, tick_off_entry

LAST = "一是解读形式单一，将增加图解6期。\n二是答复质量不高，将组织培训2次。"


def report_with(text: str) -> Report:
    return build_report("ogi-annual-report-2021", {
        Layer.COVER: {"year": "2023"}, Layer.TEXTS: {"problems": text}, Layer.PREVIOUS_TEXTS: {"problems": LAST}})


def test_other_figures_and_marks_are_the_same_text() -> None:
    text = "一是解读形式单一，将增加图解12期；二是答复质量不高,将组织培训4次。"
    assert measure_unchanged(report_with(text), "problems") == 100


def test_half_of_it_is_new() -> None:
    text = "一是解读形式单一，将增加图解6期。二是更新不够及时，将建立台账1本。"
    assert 40 <= measure_unchanged(report_with(text), "problems") <= 60


def test_nothing_is_known_of_last_year() -> None:
    assert measure_unchanged(build_report("x", {Layer.TEXTS: {"problems": LAST}}), "problems") == 0


def test_what_was_ticked_off_does_not_count() -> None:
    report = report_with(LAST)
    layer, key, entry = tick_off_entry(report, "problems", find_unchanged(report, "problems"))
    assert measure_unchanged(report, "problems") == 100
    assert measure_unchanged(edit_of(report, "", [(layer, key, entry)]).applied_to(report), "problems") == 0
