"""A reason that is typed is not lost: it waits while the cursor is elsewhere and is recorded on the way out."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.form.form import Address
from govdesk.report.report import Layer
from tests.ui.conftest import say
from tests.ui.helper.findings_driver import KEY, STOCK, card_in, press, said, settle, warned
from ui.helper.reason_field import ReasonField
from ui.wizard.wizard import Wizard

FEE = Address("proactive", "administrative_fees", "amount_wan_yuan")
TYPED = "机构合并，移交规范性文件3件"


@pytest.fixture
def wizard(window: MainWindow) -> Wizard:
    window.resize(1366, 768)
    window.adopt(cli.sample_report())
    assert window.wizard is not None
    return window.wizard


def typed_in_the_review(wizard: Wizard, words: str = TYPED) -> ReasonField:
    page = warned(wizard)
    press(page, "说明理由")
    field = page.rows[0].card.answer                       # type: ignore[union-attr]
    assert field is not None and field.line is not None and field.line.hasFocus()
    say(field.line, words)
    return field


def recorded(wizard: Wizard) -> str:
    entry = wizard.editor.now.report.entry(Layer.ANSWERS, KEY)
    return json.loads(entry)["reason"] if isinstance(entry, str) else ""


def test_a_reason_not_recorded_is_recorded_on_leaving_the_page(wizard: Wizard) -> None:
    typed_in_the_review(wizard)
    assert recorded(wizard) == ""
    wizard.enter("problems")
    assert recorded(wizard) == TYPED
    assert "已记下写好的理由" in said(wizard.status)
    assert "已说明：" + TYPED in said(wizard.enter("review"))
    wizard.top.undo_wanted.emit()
    assert recorded(wizard) == ""


def test_leaving_the_draft_keeps_it_too(window: MainWindow, wizard: Wizard) -> None:
    typed_in_the_review(wizard)
    draft = window.drafts.list()[0].id
    window.show_home()
    assert TYPED in str(window.drafts.load(draft).entry(Layer.ANSWERS, KEY))


def test_what_is_typed_in_the_panel_waits_while_the_cursor_is_in_another_cell(wizard: Wizard) -> None:
    warned(wizard)
    wizard.go_to(STOCK)
    field = card_in(wizard.helper).answer
    assert field is not None and field.line is not None
    say(field.line, TYPED)
    view = wizard.pages["proactive"].view                  # type: ignore[attr-defined]
    view.go_to(view.grid_model.places.down[-1])
    settle()
    assert recorded(wizard) == ""
    view.go_to(STOCK)
    field = card_in(wizard.helper).answer
    assert field is not None and field.line is not None and field.line.text() == TYPED


def test_undo_takes_back_what_was_done_and_not_what_is_being_written(wizard: Wizard) -> None:
    editor = wizard.editor
    page = warned(wizard)
    editor.do(editor.session.edit("改写", [(Layer.NOTES, STOCK, "见清单")]))
    page.rows[0].unfold()
    assert page.rows[0].card is not None and page.rows[0].card.answer is not None
    say(page.rows[0].card.answer.line, TYPED)              # type: ignore[arg-type]
    wizard.top.undo_wanted.emit()
    assert editor.now.report.entry(Layer.NOTES, STOCK) is None
    assert TYPED in (recorded(wizard), editor.unrecorded.get(KEY))


def test_a_reason_that_is_too_long_answers_nothing_and_is_kept_in_the_draft(wizard: Wizard) -> None:
    typed_in_the_review(wizard, "甲" * 501)
    wizard.enter("problems")
    assert "1 条理由太长，已留着，还要改短" in wizard.status.saved.text()
    page = wizard.enter("review")
    assert wizard.editor.unrecorded == {}                    # it is in the report: leaving the draft loses nothing
    assert recorded(wizard) == page.rows[0].card.answer.line.text() == "甲" * 501  # type: ignore[attr-defined]
    assert "最多 500 字" in page.rows[0].card.answer._fault.text()  # type: ignore[attr-defined]


def test_a_reason_wraps_and_its_button_is_in_sight_in_the_panel(wizard: Wizard) -> None:
    warned(wizard)
    wizard.go_to(STOCK)
    card = card_in(wizard.helper)
    assert card.answer is not None and card.answer.line is not None
    before = card.answer.line.height()
    say(card.answer.line, TYPED * 4)
    settle()
    assert card.answer.line.height() > before
    assert card.answer.line.verticalScrollBar().maximum() == 0
    take = next(b for b in card.findChildren(QPushButton) if b.text() == "记下理由")
    assert wizard.helper.rect().contains(take.mapTo(wizard.helper, QPoint(take.width(), take.height())))
    QTest.keyClick(card.answer.line, Qt.Key.Key_Return)
    assert recorded(wizard) == TYPED * 4


def test_where_a_text_is_to_be_mended_the_panel_leads_there(wizard: Wizard) -> None:
    editor = wizard.editor
    editor.do(editor.session.edit("填入", [(Layer.VALUES, FEE, Decimal("0.038"))]))
    editor.do(editor.session.edit("改写", [(Layer.TEXTS, "other_matters", "无")]))
    found = next(c for c in editor.now.causes if "other_matters" in c.lead.places
                 and any(isinstance(p, Address) for p in c.lead.places))
    cell = next(p for p in found.lead.places if isinstance(p, Address))
    wizard.go_to(cell)
    settle()
    press(wizard.helper, "去看这段文字")
    assert wizard.at[1].item == "other_matters"


GROUND = "凭据是台账，已逐件核对"


def bare_in_the_review(wizard: Wizard) -> ReasonField:
    """“真实无误” typed in the review and Enter pressed: it is asked what it rests on."""
    field = typed_in_the_review(wizard, "真实无误")
    assert field.line is not None
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    settle()
    return field


def test_a_reason_that_says_nothing_is_asked_what_it_rests_on(wizard: Wizard) -> None:
    field = bare_in_the_review(wizard)
    assert recorded(wizard) == ""
    assert field.line is not None and field.line.text() == "真实无误" and field.line.hasFocus()
    assert "“真实无误”没有说凭什么。请再选一条，或者接着写：" in said(field)
    assert "部分文件有效期届满自动失效，未计入本年废止，作为“真实无误”的凭据" in said(field)
    QTest.keyClick(field.line, Qt.Key.Key_Return)          # once more changes nothing
    assert recorded(wizard) == ""


def test_a_choice_by_keys_takes_both(wizard: Wizard) -> None:
    field = bare_in_the_review(wizard)
    links = field.grounds.findChildren(QLabel)
    which = next(i for i, link in enumerate(links) if GROUND in link.accessibleName())
    for link in links[:which + 1]:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is link
        QTest.keyClick(link, Qt.Key.Key_Tab)               # the link within
    QTest.keyClick(links[which], Qt.Key.Key_Return)
    settle()
    assert recorded(wizard) == f"真实无误；{GROUND}"
    assert f"已说明：真实无误；{GROUND}" in said(wizard.enter("review"))
    wizard.top.undo_wanted.emit()
    assert recorded(wizard) == ""


def test_or_one_goes_on_writing(wizard: Wizard) -> None:
    field = bare_in_the_review(wizard)
    assert field.line is not None
    say(field.line, "，")
    assert "没有说凭什么" in said(field)
    say(field.line, "机构合并")
    assert "没有说凭什么" not in said(field) and "作为“真实无误”的凭据" not in said(field)
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert recorded(wizard) == "真实无误，机构合并"


def test_on_the_way_out_it_is_kept_and_goes_on_asking(window: MainWindow, wizard: Wizard) -> None:
    typed_in_the_review(wizard, "真实无误")
    wizard.enter("problems")
    assert "1 条理由没有说凭什么，已留着，还要再选一条" in said(wizard.status)
    draft = window.drafts.list()[0].id
    window.show_home()
    window.open_draft(draft)
    assert window.wizard is not None
    page = window.wizard.enter("review")
    page.rows[0].unfold()                                  # type: ignore[attr-defined]
    field = page.rows[0].card.answer                       # type: ignore[attr-defined]
    assert field.line.text() == "真实无误"
    assert "“真实无误”没有说凭什么" in said(field)
    assert "数字或文字有改动" not in said(field)


def test_it_takes_no_place_of_a_reason_that_stands(wizard: Wizard) -> None:
    field = typed_in_the_review(wizard)
    field.take()
    page = wizard.enter("review")
    row = next(r for r in page.rows if r.key == KEY)       # type: ignore[attr-defined]
    row.unfold()
    press(row.card.answer, "修改")
    row.card.answer.line.setText("已核对")
    wizard.enter("problems")
    assert recorded(wizard) == TYPED
