"""What of a report goes to another office: nothing that was written for oneself."""

from __future__ import annotations

import pytest

from govdesk import cli
from govdesk.exchange import report_file
from govdesk.exchange.handover import describe_notes, strip_private
from govdesk.findings import reasons
from govdesk.form.form import Address
from govdesk.report.report import Layer, Report, edit_of

CELL = Address("requests", "disclosed", "natural_person")
SECRET = "李四说先这样填"
PRIVATE = {(Layer.NOTES, CELL): SECRET, (Layer.SOURCES, CELL): f"法制科{SECRET}", (Layer.TAPES, CELL): "3+5",
           (Layer.DESK, "label"): f"草稿{SECRET}", (Layer.DESK, "deadline"): "2024-01-10",
           (Layer.DESK, "previous_source"): f"{SECRET}.govdesk", (Layer.PREVIOUS_ANSWERS, "N10/x"): SECRET}
# What the rules ask for now: two of the three reasons.
ASKED = {"N10/rules", "N11/rules"}


@pytest.fixture
def report() -> Report:
    waiting = '{"operands": {"": ""}, "reason": "' + SECRET + '"}'
    given = '{"operands": {"a": "1"}, "reason": "机构合并"}'
    wanted = [(layer, key, entry) for (layer, key), entry in PRIVATE.items()]
    gone = '{"operands": {"a": "1"}, "reason": "' + SECRET + '"}'
    wanted += [(Layer.ANSWERS, "N11/rules", waiting), (Layer.ANSWERS, "N10/rules", given)]
    wanted += [(Layer.ANSWERS, "N09/x", gone)]
    return edit_of(cli.sample_report(), "", wanted).applied_to(cli.sample_report())


@pytest.mark.parametrize("place", PRIVATE, ids=lambda place: f"{place[0].value}-{place[1]}")
def test_what_is_private_stays_at_home(report: Report, place: tuple[Layer, Address | str]) -> None:
    assert report.entry(*place) is not None
    assert strip_private(report, ASKED).entry(*place) is None


def test_no_word_of_it_is_in_the_file_and_all_of_the_report_is(report: Report) -> None:
    data = report_file.dump_report(strip_private(report, ASKED))
    assert SECRET not in data.decode() and "3+5" not in data.decode()
    again = report_file.load_report(data, "x")
    for layer in (Layer.VALUES, Layer.TEXTS, Layer.COVER, Layer.STATED, Layer.PREVIOUS, Layer.PREVIOUS_TEXTS):
        assert again.entries(layer) == report.entries(layer)
    kept = reasons.answer_to(again, "N10/rules")
    assert kept and kept.reason == "机构合并"


def test_with_notes_they_go_along_and_nothing_else(report: Report) -> None:
    handed = strip_private(report, ASKED, with_notes=True)
    assert {layer for layer, _ in PRIVATE if handed.entries(layer)} == {Layer.NOTES, Layer.SOURCES, Layer.TAPES}
    assert describe_notes(report) == "备注 1 处、来源 1 处、逐笔相加的算式 1 处"
    assert describe_notes(strip_private(report, ASKED)) == ""
