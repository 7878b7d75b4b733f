"""Pasting: what is offered, taken and left, in the real table; and what goes out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from govdesk.paste import clipboard_in
from tests.ui.driver import words as words_on
from tests.ui.grid.clerk import CONTROL, SHIFT, Clerk, Key, colours_in
from ui.common import theme
from ui.editing.editor import Editor
from ui.widgets import callout


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    return Clerk(qtbot, editor)


WORD = """<table><tr><td></td><td>自然人</td><td>商业企业</td><td>总计</td></tr>
<tr><td>一、本年新收政府信息公开申请数量</td><td>15</td><td>约3件</td><td>18</td></tr>
<tr><td>二、上年结转政府信息公开申请数量</td><td>7</td><td></td><td>7</td></tr></table>"""


def test_a_block_is_shown_before_it_is_written_and_enter_takes_it(clerk: Clerk) -> None:
    clerk.enter("4").go("disclosed").offer(html=WORD)
    assert clerk.value("carried_over_in") is None
    assert clerk.value("new_requests") == "4"
    bar = clerk.page.paste_bar
    assert bar.isVisible()
    assert "将填入 2 格（按行名、列名对应），其中 1 格会换掉原来的数" in bar.words.text()
    assert "合计 2 格不用填" in bar.words.text() and "空白 1 格不动" in bar.words.text()
    assert "商业企业" in bar.doubts.text() and "“约3件”" in bar.doubts.text()
    assert theme.current_colours().accent_ground in colours_in(clerk.picture("new_requests"))
    assert theme.current_colours().off_ground in colours_in(clerk.picture("new_requests", "commercial_enterprise"))
    clerk.press(Key.Key_Return)
    assert (clerk.value("new_requests"), clerk.value("carried_over_in")) == ("15", "7")
    assert clerk.value("new_requests", "commercial_enterprise") is None
    assert not bar.isVisible()
    assert "约3件" in clerk.refusals[-1]
    clerk.press(Key.Key_Z, modifiers=CONTROL)
    assert (clerk.value("new_requests"), clerk.value("carried_over_in")) == ("4", None)


def test_what_is_said_of_a_paste_goes_by_itself_and_when_the_clerk_scrolls(
        qtbot: QtBot, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    view, bar = clerk.view, clerk.view.verticalScrollBar()
    clerk.window.resize(820, 400)
    for away in ("time", "scroll"):
        monkeypatch.setattr(callout, "LASTS_MS", 50 if away == "time" else 60_000)
        clerk.go("disclosed").offer(html=WORD).press(Key.Key_Return)
        assert view.bubble.isVisible()
        if away == "scroll":
            assert bar.maximum() > 0
            bar.triggerAction(bar.SliderAction.SliderSingleStepAdd)
            assert not view.bubble.isVisible()
        else:
            qtbot.waitUntil(lambda: not view.bubble.isVisible(), timeout=3000)
            clerk.press(Key.Key_Z, modifiers=CONTROL)


def test_one_value_that_is_no_number_is_not_called_filled(clerk: Clerk) -> None:
    clerk.go("disclosed").offer("十二")
    assert clerk.value("disclosed") is None
    assert clerk.refusals[-1].startswith("没有填入；") and "“十二”" in clerk.refusals[-1]


def test_escape_leaves_everything_as_it_was(clerk: Clerk) -> None:
    clerk.enter("4").offer("1\t2\n3\t4")
    assert clerk.page.paste_bar.isVisible()
    assert theme.current_colours().accent_ground in colours_in(clerk.picture("carried_over_in",
                                                                             "commercial_enterprise"))
    clerk.press(Key.Key_Escape)
    assert not clerk.page.paste_bar.isVisible()
    assert clerk.editor.stack.count() == 1
    assert theme.current_colours().accent_ground not in colours_in(clerk.picture("carried_over_in",
                                                                                 "commercial_enterprise"))
    clerk.press(Key.Key_Return)              # the key moves again
    assert clerk.value("carried_over_in") is None


def test_the_cursor_leads_the_block_and_a_digit_ends_the_offer(clerk: Clerk) -> None:
    clerk.offer("1\t2\n3\t4").press(Key.Key_Down).press(Key.Key_Return)
    assert (clerk.value("new_requests"), clerk.value("carried_over_in")) == (None, "1")
    clerk.go("refused_state_secret").offer("1\t2").type("9").press(Key.Key_Return)
    assert clerk.value("refused_state_secret") == "9"
    assert clerk.value("refused_state_secret", "commercial_enterprise") is None


def test_another_way_by_its_button_keeps_when_the_cursor_moves(clerk: Clerk) -> None:
    clerk.offer("1\t2").press(Key.Key_Tab, Key.Key_Tab)
    assert clerk.page.paste_bar.other.hasFocus()
    clerk.press(Key.Key_Return)
    assert "行列互换" in clerk.page.paste_bar.words.text()
    clerk.view.setFocus()
    clerk.press(Key.Key_Right).press(Key.Key_Return)
    assert clerk.value("carried_over_in", "commercial_enterprise") == "2"


def test_the_button_gives_up_and_the_focus_is_in_the_table_again(clerk: Clerk) -> None:
    clerk.offer("1\t2").press(Key.Key_Tab, Key.Key_Tab, Key.Key_Tab)
    assert clerk.page.paste_bar.isVisible() and not clerk.view.hasFocus()
    clerk.press(Key.Key_Return)
    assert not clerk.page.paste_bar.isVisible()
    assert clerk.view.hasFocus() and clerk.values[clerk.at("new_requests")] is None


def test_one_figure_needs_no_preview_and_a_formula_is_a_sum(clerk: Clerk) -> None:
    clerk.offer("=1+1")
    assert not clerk.page.paste_bar.isVisible()
    assert clerk.value("new_requests") == "2"
    clerk.offer(html="<table><tr><td>１２</td></tr></table>")
    assert clerk.value("new_requests") == "12"


def test_a_turned_table_is_recognised(clerk: Clerk) -> None:
    clerk.offer("\n".join("\t".join(["1"] * 24) for _ in range(6)))
    assert "行列互换" in clerk.page.paste_bar.words.text()
    clerk.press(Key.Key_Return)
    assert clerk.value("results_total", "total") == "126"


def clipboard(image: bool = False, **content: str) -> None:
    data = QMimeData()
    if image:
        data.setImageData(QImage(8, 8, QImage.Format.Format_RGB32))
    for kind, text in content.items():
        {"text": data.setText, "html": data.setHtml, "url": lambda t: data.setUrls([QUrl(t)])}[kind](text)
    QGuiApplication.clipboard().setMimeData(data)


ODD = {
    "picture": ({"image": True}, "图片"), "nothing": ({}, "空的"), "a file": ({"url": "file:///年报.xlsx"}, "文件"),
    "10 MB of text": ({"text": "申请\t15\n" * 1_500_000}, "百万字"),
    "10 MB of page": ({"html": "<table>" + "<tr><td>15</td></tr>" * 500_000}, "百万字"),
    "another language": ({"text": "Le rapport annuel\nest prêt"}, "没有读到数字（“Le rapport annuel”）"),
    "broken page": ({"html": "<table><tr><td>无<td>没有<td <<< &#x;"}, "不是数字"),
    "larger": ({"text": "\n".join(["1\t2"] * 40)}, "40 行 2 列，这张表是 25 行 7 列"),
    "a book": ({"text": "1\n" * 5000}, "大得多"),
}


@pytest.mark.parametrize("case", ODD)
def test_an_odd_clipboard_gets_a_sentence_and_changes_nothing(clerk: Clerk, case: str) -> None:
    content, words = ODD[case]
    clerk.enter("4").go("new_requests")
    clipboard(**content)                     # type: ignore[arg-type]
    clerk.press(Key.Key_V, modifiers=CONTROL)
    shown = clerk.view.bubble.text() if clerk.view.bubble.isVisible() else clerk.page.paste_bar.doubts.text()
    assert words in shown
    clerk.press(Key.Key_Return)
    assert clerk.values[clerk.at("new_requests")] == 4
    assert sum(v is not None for a, v in clerk.values.items() if a in clerk.model.places.inputs) == 1


def test_a_long_page_beside_short_text_is_read_as_text(clerk: Clerk) -> None:
    clipboard(html="<p>" * 1_000_000, text="1\t2")
    clerk.press(Key.Key_V, modifiers=CONTROL).press(Key.Key_Return)
    assert clerk.value("new_requests", "commercial_enterprise") == "2"


def test_copied_cells_are_text_and_table_at_once(clerk: Clerk) -> None:
    clerk.enter("1", "2").go("new_requests").press(Key.Key_Down, modifiers=SHIFT).press(Key.Key_C, modifiers=CONTROL)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "1\n2"
    assert clipboard_in.blocks_from_html(data.html()) == [(("1",), ("2",))]


def test_the_whole_table_goes_out_with_its_labels_and_comes_in_again(clerk: Clerk) -> None:
    clerk.fill()
    clerk.set({("new_requests", "natural_person"): "15"})
    before = clerk.values
    clerk.view.copy_table()
    clerk.press(Key.Key_A, modifiers=CONTROL).press(Key.Key_Delete)
    clerk.go("disclosed", "other_org").press(Key.Key_V, modifiers=CONTROL)
    assert "标题" in clerk.page.paste_bar.words.text()
    clerk.press(Key.Key_Return)
    assert clerk.values == before


def test_the_offer_ends_when_the_page_is_left_or_the_report_changes(clerk: Clerk) -> None:
    clerk.offer("1\t2")
    assert clerk.view.pasting.landing is not None and clerk.page.paste_bar.isVisible()
    clerk.set({("disclosed", "natural_person"): "3"})
    assert clerk.view.pasting.landing is None and not clerk.page.paste_bar.isVisible()
    clerk.offer("1\t2")
    assert clerk.view.pasting.landing is not None and clerk.page.paste_bar.isVisible()
    clerk.page.hide()
    assert clerk.view.pasting.landing is None


def test_the_paste_button_offers_too(clerk: Clerk) -> None:
    clipboard(text="1\t2")
    QTest.mouseClick(clerk.page.paste_button, Qt.MouseButton.LeftButton)
    assert clerk.page.paste_bar.isVisible()


def test_a_block_pasted_into_an_open_cell_is_offered_to_the_table(clerk: Clerk) -> None:
    clerk.type("4").offer("1\t2\n3\t4")
    assert clerk.page.paste_bar.isVisible() and clerk.values[clerk.at("new_requests")] == 4
    clerk.press(Key.Key_Return)
    assert clerk.value("carried_over_in", "commercial_enterprise") == "4"
    clerk.go("disclosed").press(Key.Key_F2).offer("15\r\n").press(Key.Key_Return)
    assert clerk.value("disclosed") == "15"


def test_a_refusal_of_a_flood_of_digits_says_so_in_its_first_words(clerk: Clerk) -> None:
    clerk.go("disclosed").press(Key.Key_F2)
    editor = clerk.view.focusWidget()
    QGuiApplication.clipboard().setText("1" * 100_000)
    editor.paste()
    QTest.keyClick(editor, Key.Key_Return)
    said = clerk.view.bubble
    assert said.isVisible() and "没有填入：数字过大" in said.text() and len(said.text()) < 80
    assert clerk.view.viewport().rect().contains(said.geometry())


LEDGER = "\t自然人\t企业\t合计\n新收\t30\t6\t36\n上年结转\t3\t0\t3\n不掌握\t11\t3\t14\n撤回\t2\t0\t2\n结转下年\t2\t0\t2"


def test_a_ledger_lands_by_its_names_and_what_the_table_has_not_is_listed(clerk: Clerk) -> None:
    clerk.go("disclosed", "research_institution").offer(LEDGER)
    bar = clerk.page.paste_bar
    assert "将填入 8 格（按行名、列名对应）" in bar.words.text() and "3 个数没有对应的格，不填" in bar.words.text()
    assert bar.doubts.text() == "表三没有“撤回”这一行，3 个数不填"
    assert not bar.other.isVisible()
    clerk.press(Key.Key_Return)
    rows = ("new_requests", "carried_over_in", "unable_not_held", "carried_forward_out")
    assert [clerk.value(row) for row in rows] == ["30", "3", "11", "2"]
    filled = {a for a in clerk.model.places.inputs if clerk.values[a] is not None}
    assert {a.column for a in filled} == {"natural_person", "commercial_enterprise"} and len(filled) == 8
    assert "表三没有“撤回”这一行" in clerk.refusals[-1] and clerk.refusals[-1].startswith("已填 8 格；")


@pytest.mark.parametrize(("text", "led"), [(LEDGER, False), ("1\t2", True), ("新收\t4", True)])
def test_the_keys_are_offered_only_where_they_lead_the_block(clerk: Clerk, text: str, led: bool) -> None:
    clerk.go("disclosed").offer(text)
    before = clerk.page.paste_bar.words.text(), [*clerk.model.pending]
    assert ("方向键移动光标可以换位置" in words_on(clerk.page.paste_bar)) is led
    clerk.press(Key.Key_Right)
    assert ((clerk.page.paste_bar.words.text(), [*clerk.model.pending]) != before) is led


@pytest.mark.parametrize(("text", "words"), [
    ("\t维持\t纠正\n复议\t1\t2", "剪贴板里的行名、列名是表四（政府信息公开行政复议、行政诉讼情况）的，请到那张表里"),
    ("新收\t1\t2\t3", "“新收”后面没有列名"),
    ("\t2022年\t2023年\n新收\t1\t2", "表三没有“2022年”这一列，“1”不填"),
    ("甲\t1\t2\n乙\t3\t4", "表三没有“甲”这一行"),
])
def test_a_block_without_a_place_says_why_and_fills_nothing(clerk: Clerk, text: str, words: str) -> None:
    clerk.go("disclosed").offer(text)
    assert not clerk.page.paste_bar.isVisible()
    assert clerk.refusals[-1].startswith("没有填入：") and words in clerk.refusals[-1]
    assert all(clerk.values[a] is None for a in clerk.model.places.inputs)


def test_a_selection_takes_a_block_of_its_own_size_and_no_other(clerk: Clerk) -> None:
    clerk.go("disclosed").press(Key.Key_Down, Key.Key_Right, modifiers=SHIFT).offer("1\t2\t3\n4\t5\t6")
    assert "选中的区域大小不同" in clerk.refusals[-1] and not clerk.page.paste_bar.isVisible()
    clerk.offer("1\t2\n3\t4")
    assert "按选中的区域逐格放" in clerk.page.paste_bar.words.text()
    clerk.press(Key.Key_Return)
    assert (clerk.value("disclosed"), clerk.value("partially_disclosed", "commercial_enterprise")) == ("1", "4")


def test_a_line_without_heads_says_which_column_it_takes(clerk: Clerk) -> None:
    clerk.go("disclosed", "commercial_enterprise").offer("新收\t4\n结转下年\t1")
    assert "没有列名，填在“商业企业”这一列" in clerk.page.paste_bar.words.text()
    clerk.press(Key.Key_Return)
    assert (clerk.value("new_requests", "commercial_enterprise"), clerk.value("carried_forward_out")) == ("4", None)
