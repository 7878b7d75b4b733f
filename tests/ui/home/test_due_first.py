"""What is due first stands on the home page; before export all blanks of all tables can be filled in one step."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.form.form import Address
from govdesk.report.report import Layer
from govdesk.store.draft_summary import Outstanding
from tests.ui.driver import words
from tests.ui.home.home_driver import deadlines_known, report_of
from tests.ui.walking import sample
from ui.home.due_first import DueFirstCard


def card_of(window: MainWindow) -> DueFirstCard:
    return window.home.findChild(DueFirstCard)


def lines_of(window: MainWindow) -> list[str]:
    """What the card shows, in its order."""
    assert card_of(window).isVisible()
    return [made.accessibleName() for made in card_of(window).findChildren(QLabel) if made.accessibleName()]


def test_the_three_that_are_due_first_and_a_click_opens_one(qtbot: QtBot, window: MainWindow) -> None:
    def day(left: int) -> str:
        return (datetime.date.today() + datetime.timedelta(days=left)).isoformat()

    begun = (("甲局", 40, 3, 0), ("乙局", 5, 2, 1), ("丙局", -2, 0, 0), ("丁局", 80, 1, 0))
    for organ, left, blanks, problems in begun:
        window.drafts.create(report_of(organ, "2020", day(left)), Outstanding(blanks, problems))
    window.show_home()
    deadlines_known(qtbot, window)
    assert lines_of(window) == ["丙局 2020 年\n数字已填完，可以核对、导出（截止日已过）",
                                "乙局 2020 年\n1 处对不上，2 格空白（还有 5 天）",
                                "甲局 2020 年\n3 格空白（还有 40 天）"]
    line = next(made for made in card_of(window).findChildren(QLabel) if "乙局" in made.accessibleName())
    line.linkActivated.emit("0")
    assert window.wizard is not None and window.wizard.editor.now.report.cover("organ.name") == "乙局"


def test_a_draft_that_nobody_has_counted_is_not_said_to_be_filled(qtbot: QtBot, window: MainWindow) -> None:
    window.drafts.create(report_of("甲局", "2020"), Outstanding())
    window.show_home()
    deadlines_known(qtbot, window)
    assert "还没有核对" in words(window.home._shelf) and "数字已填完" not in words(window.home._shelf)


def test_of_those_due_on_one_day_the_one_with_the_least_to_do_comes_first(qtbot: QtBot, window: MainWindow) -> None:
    """Blanks and what does not agree count alike."""
    due = (datetime.date.today() + datetime.timedelta(days=9)).isoformat()
    for organ, blanks, problems in (("乙局", 3, 0), ("丙局", 1, 1), ("甲局", 0, 4)):
        window.drafts.create(report_of(organ, "2020", due), Outstanding(blanks, problems))
    window.show_home()
    deadlines_known(qtbot, window)
    assert lines_of(window) == ["丙局 2020 年\n1 处对不上，1 格空白（还有 9 天）",
                                "乙局 2020 年\n3 格空白（还有 9 天）",
                                "甲局 2020 年\n4 处对不上（还有 9 天）"]


def test_nothing_to_do_no_shelf(qtbot: QtBot, window: MainWindow) -> None:
    draft = window.drafts.create(report_of("甲局", "2020"), Outstanding(0, 0))
    window.drafts.mark_exported(draft)
    window.show_home()
    deadlines_known(qtbot, window)
    assert not card_of(window).isVisible()


def test_all_blanks_are_filled_before_export_in_one_step(window: MainWindow) -> None:
    wizard = sample(window)
    cells = [Address.parse(a) for a in ("proactive/rules/issued", "disputes/reconsideration/upheld",
                                        "disputes/reconsideration/corrected")]
    wizard.editor.do(wizard.editor.session.edit("清空", [(Layer.VALUES, cell, None) for cell in cells]))
    page = wizard.enter("export")
    assert "表二 1 处、表四 2 处" in words(page) and page.zero_button.isVisible()     # type: ignore[attr-defined]
    page.zero_button.click()                                                       # type: ignore[attr-defined]
    assert wizard.editor.now.blanks == 0 and not page.zero_button.isVisible()       # type: ignore[attr-defined]
    assert wizard.editor.stack.undoText() == "空白填 0"
    wizard.editor.stack.undo()
    assert wizard.editor.now.blanks == 3
