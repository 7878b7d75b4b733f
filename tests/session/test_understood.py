"""What of the texts was not understood is said, and such a text is not called right."""

from __future__ import annotations

from datetime import datetime

from govdesk.checks import State
from govdesk.form.form import Form
from govdesk.printing.self_check_sheet import make_sheet
from govdesk.session.session import take_snapshot
from govdesk.session.understood import understood

READ, UNREAD = "收到政府信息公开申请0件。", "收到政府信息公开申请0件。涉及农村宅基地确权的0件。"
TEXT = "overview.on_request"


def test_a_clause_with_an_unknown_word_is_listed(form: Form, make_report) -> None:
    found = understood(take_snapshot(form, make_report(texts={TEXT: UNREAD})))
    assert found.words == "未读懂 1 句"
    assert [(one.text_id, one.words) for one in found.unread] == [(TEXT, "涉及农村宅基地确权的0")]


def test_all_that_is_understood_leaves_nothing_to_say(form: Form, make_report) -> None:
    found = understood(take_snapshot(form, make_report(texts={TEXT: READ})))
    assert (found.claims, found.others, found.words) == (1, 0, "")


def test_a_text_that_was_not_understood_is_not_called_right(form: Form, make_report) -> None:
    def result(text: str) -> tuple[str, list[State]]:
        now = take_snapshot(form, make_report(texts={TEXT: text}))
        row = next(row for row in make_sheet(now, datetime(2024, 1, 2), "0.1", "f" * 64).rows if row.rule == "T01")
        return row.result, [f.state for f in now.of_rule("T01")]

    assert result(READ) == ("通过", [State.PASSED])
    assert result(UNREAD) == ("部分核对", [])


def test_the_sheet_says_how_much(form: Form, make_report) -> None:
    made = make_sheet(take_snapshot(form, make_report(texts={TEXT: UNREAD})), datetime(2024, 1, 2), "0.1", "f" * 64)
    assert made.counts.endswith("，未读懂 1 句")
    row = next(row for row in made.rows if row.rule == "T01")
    assert row.notes == ("文字中未读懂 1 句含数字的话，请人工核对", "（二）依申请公开：“涉及农村宅基地确权的0”")


def test_what_was_not_understood_is_said_beside_what_is_wrong(form: Form, make_report) -> None:
    now = take_snapshot(form, make_report({"requests/new_requests/natural_person": "3"},
                                          texts={TEXT: "收到政府信息公开申请7件。涉及农村宅基地确权的2件。"}))
    row = next(row for row in make_sheet(now, datetime(2024, 1, 2), "0.1", "f" * 64).rows if row.rule == "T01")
    assert any("7件" in note for note in row.notes)
    assert "文字中未读懂 1 句含数字的话，请人工核对" in row.notes
