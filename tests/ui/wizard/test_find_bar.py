"""Ctrl+F finds in all texts of the draft, Ctrl+H replaces beside live figures as one step, Esc leads back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from build_scripts.program_window import MainWindow
from govdesk.report.report import Layer
from tests.ui.common.test_mnemonics import bare_buttons, clashes
from tests.ui.conftest import say
from tests.ui.driver import press
from tests.ui.sizes import cut_off
from tests.ui.walking import sample, settle
from ui.editing.bound_fields import TextField
from ui.widgets.tick_box import TickRow
from ui.wizard.find_bar import FindBar
from ui.wizard.wizard import Wizard

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
TOTAL = "〔表三·本年新收·总计〕"              # 15 in the sample
TEXTS = {"preamble": "甲，无。", "problems": f"收到{TOTAL}件，去年15件。APP 一个", "other_matters": "ａｐｐ和15。"}


@pytest.fixture
def wizard(window: MainWindow) -> Wizard:
    """Three texts, all others empty; the cursor at the start of the first."""
    made = sample(window)
    wanted = [(Layer.TEXTS, text_id, TEXTS.get(text_id, "")) for text_id in made.editor.form.texts]
    made.editor.do(made.editor.session.edit("编辑", wanted))
    made.enter_item("preamble")
    settle()
    return made


def key(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)
    QApplication.processEvents()


def bar(wizard: Wizard) -> FindBar:
    assert wizard.finder.bar is not None
    return wizard.finder.bar


def find(wizard: Wizard, words: str) -> None:
    key(Qt.Key.Key_F, CONTROL)
    assert bar(wizard).field.hasFocus()
    key(Qt.Key.Key_A, CONTROL)
    say(bar(wizard).field, words)
    QApplication.processEvents()


def at(wizard: Wizard) -> tuple[str, str]:
    """The page, and what is selected on it."""
    field = wizard.pages[wizard.at[1].item].field                # type: ignore[attr-defined]
    assert isinstance(field, TextField)
    return wizard.at[1].item, field.chosen_words()


def text(wizard: Wizard, text_id: str) -> str:
    return wizard.editor.now.report.text(text_id)


def test_words_are_found_from_page_to_page_and_round(wizard: Wizard) -> None:
    find(wizard, "15")
    assert bar(wizard).count.text() == "第 1 处，共 3 处"
    assert at(wizard) == ("problems", TOTAL)                     # the live figure, as a whole
    assert bar(wizard).field.hasFocus()
    key(Qt.Key.Key_Return)
    assert at(wizard) == ("problems", "15")
    key(Qt.Key.Key_F3)
    assert (*at(wizard), bar(wizard).count.text()) == ("other_matters", "15", "第 3 处，共 3 处")
    key(Qt.Key.Key_F3)
    assert at(wizard) == ("problems", TOTAL)
    key(Qt.Key.Key_F3, SHIFT)
    assert at(wizard) == ("other_matters", "15")
    key(Qt.Key.Key_Return, SHIFT)
    assert at(wizard) == ("problems", "15")


def test_width_and_case_are_alike_and_nothing_found_is_said(wizard: Wizard) -> None:
    find(wizard, "app")
    assert bar(wizard).count.text() == "第 1 处，共 2 处"
    key(Qt.Key.Key_Return)
    assert at(wizard) == ("other_matters", "ａｐｐ")
    find(wizard, "没有的词")
    assert bar(wizard).count.text() == "没有找到"
    assert not bar(wizard).next_button.isEnabled()
    key(Qt.Key.Key_F3)
    assert at(wizard)[0] == "other_matters"


def test_escape_leads_back_to_the_text_and_f3_goes_on_without_the_bar(wizard: Wizard) -> None:
    find(wizard, "15")
    key(Qt.Key.Key_Escape)
    assert not bar(wizard).isVisible()
    field = wizard.pages["problems"].field                       # type: ignore[attr-defined]
    assert field.hasFocus() and at(wizard) == ("problems", TOTAL)
    key(Qt.Key.Key_F3)
    assert field.hasFocus() and at(wizard) == ("problems", "15")
    key(Qt.Key.Key_F3)
    assert at(wizard) == ("other_matters", "15") and wizard.pages["other_matters"].field.hasFocus()   # type: ignore[attr-defined]


def test_what_is_selected_is_looked_for(wizard: Wizard) -> None:
    wizard.enter_item("problems")
    field = wizard.pages["problems"].field                       # type: ignore[attr-defined]
    start = field.plain().index("去年")
    field.choose_range(start, start + 2)
    key(Qt.Key.Key_F, CONTROL)
    assert bar(wizard).field.text() == "去年"
    assert at(wizard) == ("problems", "去年")


def test_all_are_replaced_as_one_step_and_live_figures_stand(wizard: Wizard) -> None:
    steps = wizard.editor.stack.count()
    find(wizard, "15")
    key(Qt.Key.Key_H, CONTROL)
    bar(wizard).other.setFocus()
    say(bar(wizard).other, "二十")
    press(wizard, "全部替换")
    assert text(wizard, "problems") == f"收到{TOTAL}件，去年二十件。APP 一个"
    assert text(wizard, "other_matters") == "ａｐｐ和二十。"
    assert bar(wizard).count.text() == "已替换 2 处；另有 1 处是表中的数，没有替换"
    assert wizard.editor.stack.count() == steps + 1
    wizard.top.undo_wanted.emit()
    assert {text_id: text(wizard, text_id) for text_id in TEXTS} == TEXTS


def test_one_after_another_is_replaced_by_enter(wizard: Wizard) -> None:
    find(wizard, "15")
    key(Qt.Key.Key_H, CONTROL)
    bar(wizard).other.setFocus()
    say(bar(wizard).other, "150")
    key(Qt.Key.Key_Return)
    assert text(wizard, "problems") == TEXTS["problems"]
    assert "表中的数，没有替换" in bar(wizard).count.text()
    key(Qt.Key.Key_Return)
    assert text(wizard, "problems") == f"收到{TOTAL}件，去年150件。APP 一个"
    assert at(wizard) == ("other_matters", "15")
    key(Qt.Key.Key_Return)
    assert text(wizard, "other_matters") == "ａｐｐ和150。"
    assert bar(wizard).other.hasFocus()


def test_tab_leads_from_what_is_sought_to_what_replaces_it(wizard: Wizard) -> None:
    """Else what is typed next would be lost and 全部替换 would put nothing in the place of everything."""
    key(Qt.Key.Key_H, CONTROL)
    say(bar(wizard).field, "APP")
    key(Qt.Key.Key_Tab)
    assert bar(wizard).other.hasFocus()
    key(Qt.Key.Key_Backtab, SHIFT)
    assert bar(wizard).field.hasFocus()
    reached = []
    for _ in range(8):
        key(Qt.Key.Key_Tab)
        reached.append(getattr(QApplication.focusWidget(), "text", str)())
    assert {"上一处", "下一处", "替换", "全部替换", "×"} <= {*reached}


def test_ctrl_h_replaces_and_the_history_has_a_key_of_its_own(wizard: Wizard, window: MainWindow) -> None:
    key(Qt.Key.Key_H, CONTROL)
    assert bar(wizard).other.isVisible() and window.stack.currentWidget() is wizard
    key(Qt.Key.Key_F, CONTROL)
    assert not bar(wizard).other.isVisible()
    key(Qt.Key.Key_H, CONTROL | SHIFT)
    assert window.stack.currentWidget() is not wizard


def test_the_bar_fits_and_f6_comes_to_it(wizard: Wizard, window: MainWindow) -> None:
    window.resize(911, 512)
    key(Qt.Key.Key_H, CONTROL)
    settle()
    assert list(cut_off(wizard)) == [] and clashes(wizard) == [] and bare_buttons(wizard) == []
    seen: set[QWidget] = set()
    for _ in range(8):
        key(Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        if focused is not None and bar(wizard).isAncestorOf(focused):
            seen.add(focused)
    assert seen


@pytest.mark.parametrize("item", ["cover", "requests", "review", "export"])
def test_the_keys_work_on_every_page(wizard: Wizard, item: str) -> None:
    """Also in a line of the cover and in an open cell: no field keeps them for itself."""
    wizard.enter_item(item)
    if item == "requests":
        key(Qt.Key.Key_F2)
    key(Qt.Key.Key_H, CONTROL)
    assert bar(wizard).other.isVisible() and bar(wizard).field.hasFocus()
    say(bar(wizard).field, "app")
    QApplication.processEvents()
    assert at(wizard) == ("problems", "APP")


def tick(row: TickRow) -> None:
    row.box.setFocus()
    key(Qt.Key.Key_Space)


def test_the_cover_is_looked_through_and_replaced_in_the_same_step(wizard: Wizard) -> None:
    wanted = [(Layer.COVER, "organ.name", "临江区水务局"), (Layer.COVER, "contact.office", "水务局办公室"),
              (Layer.TEXTS, "preamble", "水务局无。")]
    wizard.editor.do(wizard.editor.session.edit("编辑", wanted))
    steps = wizard.editor.stack.count()
    key(Qt.Key.Key_H, CONTROL)
    say(bar(wizard).field, "水务局")
    name = wizard.pages["cover"].fields["organ.name"]            # type: ignore[attr-defined]
    assert wizard.at[1].item == "cover" and name.selectedText() == "水务局"
    assert bar(wizard).field.hasFocus() and bar(wizard).count.text() == "第 1 处，共 3 处"
    key(Qt.Key.Key_Return)
    assert wizard.pages["cover"].fields["contact.office"].selectedText() == "水务局"         # type: ignore[attr-defined]
    bar(wizard).other.setFocus()
    say(bar(wizard).other, "水利局")
    key(Qt.Key.Key_Return)
    assert wizard.editor.now.report.cover("contact.office") == "水利局办公室"
    press(wizard, "全部替换")
    assert (wizard.editor.now.report.cover("organ.name"), text(wizard, "preamble")) == ("临江区水利局", "水利局无。")
    assert wizard.editor.stack.count() == steps + 2
    wizard.top.undo_wanted.emit()
    wizard.top.undo_wanted.emit()
    assert wizard.editor.now.report.cover("organ.name") == "临江区水务局"


def test_only_this_text_is_looked_through_where_asked(wizard: Wizard) -> None:
    find(wizard, "15")
    tick(bar(wizard).here_only)
    assert bar(wizard).count.text() == "第 1 处，共 2 处" and at(wizard)[0] == "problems"
    key(Qt.Key.Key_F3)
    key(Qt.Key.Key_F3)
    assert at(wizard) == ("problems", TOTAL)                     # round within the text
    wizard.enter_item("other_matters")
    assert bar(wizard).count.text() == "共 1 处"
    bar(wizard).field.setFocus()
    say(bar(wizard).field, "没有")
    assert bar(wizard).count.text() == "这一段里没有找到"
    wizard.enter_item("requests")
    assert bar(wizard).count.text() == "这一页没有文字"


def test_full_and_half_width_are_told_apart_where_asked(wizard: Wizard) -> None:
    find(wizard, "app")
    assert bar(wizard).count.text() == "第 1 处，共 2 处"
    tick(bar(wizard).by_width)
    assert bar(wizard).count.text() == "第 1 处，共 1 处" and at(wizard) == ("problems", "APP")


def test_the_last_words_are_there_in_the_next_draft(wizard: Wizard, window: MainWindow) -> None:
    key(Qt.Key.Key_H, CONTROL)
    say(bar(wizard).field, "去年")
    bar(wizard).other.setFocus()
    say(bar(wizard).other, "上年")
    tick(bar(wizard).by_width)
    window.show_home()
    window.new_draft()
    assert window.wizard is not None and window.wizard is not wizard
    settle()
    key(Qt.Key.Key_F3)                                           # nowhere: that is said
    found = bar(window.wizard)
    assert (found.isVisible(), found.count.text()) == (True, "没有找到")
    key(Qt.Key.Key_H, CONTROL)
    assert (found.field.text(), found.other.text(), found.by_width.box.isChecked()) == ("去年", "上年", True)


def test_a_word_that_is_being_composed_is_not_torn(wizard: Wizard) -> None:
    find(wizard, "去年")
    wizard.enter_item("problems")
    field = wizard.pages["problems"].field                       # type: ignore[attr-defined]
    field.choose_range(0, 0)
    QApplication.sendEvent(field, QInputMethodEvent("shui", []))
    steps = wizard.editor.stack.count()
    bar(wizard).replace_all()
    assert text(wizard, "problems") == TEXTS["problems"] and wizard.editor.stack.count() == steps
    assert bar(wizard).count.text() == "输入法里的字还没有上屏，打完再替换"
    say(field, "水")
    bar(wizard).replace_all()
    assert "去年" not in text(wizard, "problems") and "水" in text(wizard, "problems")
