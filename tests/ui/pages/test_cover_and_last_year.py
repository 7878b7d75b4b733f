"""Organs picked on the cover, the local deadline, and last year's figures typed in on one small page or brought in."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.exchange import report_file
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address
from govdesk.report.report import Layer, edit_of
from govdesk.session import previous_year
from tests.ui.driver import words
from tests.ui.helper.findings_driver import follow, said
from tests.ui.home.home_driver import report_of
from tests.ui.walking import settle
from ui.pages.cover_page import CoverPage
from ui.pages.last_year_page import LastYearPage
from ui.pages.review_page import ReviewPage

OUT = Address("requests", "carried_forward_out", "natural_person")
IN = Address("requests", "carried_over_in", "natural_person")


def cover_of(window: MainWindow) -> CoverPage:
    page = window.wizard.enter("cover")
    assert isinstance(page, CoverPage)
    return page


def last_year_of(window: MainWindow) -> LastYearPage:
    page = window.wizard.enter("cover", "last_year")
    assert isinstance(page, LastYearPage)
    return page


def offered(page: CoverPage) -> list[str]:
    model = page.completer.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def pick(page: CoverPage, name: str) -> None:
    """As the list under the field does when a line is chosen."""
    completer = page.completer
    completer.setCompletionPrefix("")
    model = completer.completionModel()
    index = next(model.index(r, 0) for r in range(model.rowCount()) if model.index(r, 0).data() == name)
    page.fields["organ.name"].setText(name)
    completer.activated[type(index)].emit(index)
    QApplication.processEvents()


def test_the_whole_cover_is_in_sight_and_each_note_is_nearest_its_own_field(window: MainWindow) -> None:
    """1366×697 is what a maximised window has inside."""
    window.resize(1366, 697)
    window.drafts.create(report_of("临江区教育局", "2022"))
    window.new_draft()
    page = cover_of(window)
    settle()
    area = page.findChild(QScrollArea)
    assert area.verticalScrollBar().maximum() == 0
    tops = {key: field.mapTo(page, QPoint(0, 0)).y() for key, field in page.fields.items()}
    for key, (note, hint) in page.notes.items():
        if not hint:
            continue
        above = note.mapTo(page, QPoint(0, 0)).y() - tops[key] - page.fields[key].height()
        below = min(y for y in tops.values() if y > tops[key]) - note.mapTo(page, note.rect().bottomLeft()).y()
        assert above < below / 2, key
    assert tops["organ.name"] == tops["organ.short_name"] and tops["year"] == tops["issued_on"]


@pytest.mark.parametrize(("size", "beside"), [((1093, 614), True), ((911, 512), False)])
def test_where_fields_would_be_cut_beside_each_other_they_stand_below(window: MainWindow, size: tuple[int, int], *,
                                                                      beside: bool) -> None:
    window.resize(*size)
    window.new_draft()
    fields = cover_of(window).fields
    settle()
    name, short = (fields[key].mapTo(window, QPoint(0, 0)) for key in ("organ.name", "organ.short_name"))
    assert (name.y() == short.y(), name.x() == short.x()) == (beside, not beside)
    assert fields["organ.name"].width() >= 240


def test_an_organ_is_picked_with_all_that_is_known_of_it(window: MainWindow) -> None:
    draft = window.drafts.create(report_of("临江区教育局", "2022"))
    window.drafts.delete(draft)              # an organ does not cease with its draft
    window.new_draft()
    page = cover_of(window)
    assert offered(page) == ["临江区教育局"]
    pick(page, "临江区教育局")
    report = window.wizard.editor.now.report
    sample = cli.sample_report()
    for key in ("organ.level", "contact.office", "contact.phone"):
        assert report.cover(key) == sample.cover(key)
    assert report.cover("organ.name") == "临江区教育局"
    window.wizard.editor.stack.undo()
    assert window.wizard.editor.now.report.cover("organ.name") == ""
    assert page.fields["organ.name"].text() == ""


def test_two_organs_of_one_name_are_told_apart(window: MainWindow) -> None:
    for level in ("county", "township"):
        report = report_of("城关镇人民政府", "2022")
        window.drafts.create(edit_of(report, "", [(Layer.COVER, "organ.level", level)]).applied_to(report))
    window.new_draft()
    page = cover_of(window)
    names = offered(page)
    assert len(names) == len(set(names)) == 2
    assert all(name.startswith("城关镇人民政府（") for name in names)
    pick(page, names[0])
    assert window.wizard.editor.now.report.cover("organ.level") == "township"
    assert page.fields["organ.name"].text() == "城关镇人民政府"


@pytest.mark.parametrize(("typed", "kept", "reason"), [
    ("临江区\n教育局", "临江区教育局", ""),
    ("长" * 200, "长" * 200, "机关全称有 200 个字"),
    ("长" * 40_000, "长" * 32_767, "粘贴的内容太长，只留了前 32767 个字"),
    ("某县（\u202e局\u202c）\u200f", "某县（局）", ""),            # what turns the direction of writing
    ("２０２５", "２０２５", "机关全称里没有汉字"),
])
def test_an_odd_name_is_understood_or_the_reason_stands_beside_it(window: MainWindow, typed: str, kept: str,
                                                                  reason: str) -> None:
    window.new_draft()
    page = cover_of(window)
    QApplication.clipboard().setText(typed)
    field = page.fields["organ.name"]
    field.setFocus()
    field.selectAll()
    field.paste()
    assert window.wizard.editor.now.report.cover("organ.name") == kept
    assert reason in words(page)


@pytest.mark.parametrize("key", ["organ.short_name", "contact.office", "contact.address", "contact.phone"])
def test_no_line_of_the_cover_is_cut_without_a_word(window: MainWindow, key: str) -> None:
    window.new_draft()
    page = cover_of(window)
    QApplication.clipboard().setText("1" * 40_000)
    page.fields[key].paste()
    assert len(window.wizard.editor.now.report.cover(key)) == 32_767
    assert "只留了前 32767 个字" in words(page)


@pytest.mark.parametrize(("typed", "wrong"), [
    ("0518-1234567", False), ("１２３４５", False), ("0518－1234567 转 803", False), ("", False),
    ("十二", True), ("1e9", True), ("-2025", True)])
def test_a_telephone_without_a_number_is_said_and_kept(window: MainWindow, typed: str, wrong: bool) -> None:
    window.new_draft()
    page = cover_of(window)
    QApplication.clipboard().setText(typed)
    page.fields["contact.phone"].paste()
    assert window.wizard.editor.now.report.cover("contact.phone") == typed
    assert ("电话号码里的数字不到 5 位" in words(page)) is wrong


def test_a_name_that_no_face_can_print_is_said_on_the_cover(window: MainWindow) -> None:
    window.new_draft()
    page = cover_of(window)
    QApplication.clipboard().setText("某县\U000f0000局")
    page.fields["organ.name"].paste()
    assert "会印成“〓”" in words(page)
    page.fields["organ.name"].clear()
    QApplication.clipboard().setText("某县教育局")
    page.fields["organ.name"].paste()
    assert "〓" not in words(page)


def test_a_title_of_a_page_takes_no_page(window: MainWindow) -> None:
    window.new_draft()
    page = cover_of(window)
    body = page.findChild(QScrollArea).widget()
    before = body.sizeHint().height()
    QApplication.clipboard().setText("某县应急管理局" * 3000)
    page.fields["organ.name"].paste()
    QApplication.processEvents()
    assert body.sizeHint().height() < before + 200


def test_the_local_deadline_is_kept_and_said(qtbot: QtBot, window: MainWindow) -> None:
    window.adopt(report_of("甲局", "2098"))
    field = cover_of(window).fields["deadline"]
    field.setFocus()
    qtbot.keyClicks(field, "2099-1-20")
    assert window.wizard.editor.now.report.entry(Layer.DESK, "deadline") == "2099-01-20"
    assert "截止 2099年1月20日" in words(window.wizard.top)
    window.show_home()
    assert window.drafts.list()[0].deadline == "2099-01-20"


def test_last_years_totals_are_typed_in_and_compared(qtbot: QtBot, window: MainWindow) -> None:
    window.adopt(cli.sample_report())
    page, editor = last_year_of(window), window.wizard.editor
    assert "只列核对要用到的数字" in words(page)
    field = page.fields[OUT._replace(column="total")]
    field.setFocus()
    qtbot.keyClicks(field, "8")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not field.hasFocus()
    assert [f.message for f in editor.now.of_rule("N07")] == [
        "表三 · 总计列：上年年报的结转下年度为 8，二、上年结转政府信息公开申请数量填 9，相差 1"]
    page.remove_button.click()
    assert not editor.now.of_rule("N07")
    assert field.text() == ""
    window.wizard.top.undo_wanted.emit()
    assert window.wizard.at[1].item == "last_year"
    assert field.text() == "8"


def test_a_row_of_last_years_paper_is_pasted_into_its_first_field(window: MainWindow) -> None:
    window.adopt(cli.sample_report())
    page, editor = last_year_of(window), window.wizard.editor
    row = [OUT._replace(column=column) for column in editor.form.grids["requests"].columns]
    QApplication.clipboard().setText("3\t0\t0\t0\t0\t5\t8")
    QTest.keyClick(page.fields[OUT], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [page.fields[cell].text() for cell in row] == ["3", "0", "0", "0", "0", "5", "8"]
    assert editor.now.report.previous(OUT) == 3
    editor.stack.undo()
    assert editor.now.report.previous(OUT) is None
    for block, reason in (("1\t2\t3\t4\t5\t6\t7\t8", "粘贴的有 8 个数，从这里起只有 7 格，没有填入"),
                          ("1\tx", "商业企业：")):
        QApplication.clipboard().setText(block)
        QTest.keyClick(page.fields[OUT], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert reason in words(page) and editor.now.report.previous(OUT) is None
    QApplication.clipboard().setText("6")
    QTest.keyClick(page.fields[OUT], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.now.report.previous(OUT) == 6


@pytest.mark.parametrize(("width", "lines"), [(1366, 1), (1093, 2), (911, 2)])
def test_a_row_of_last_year_stands_under_the_heads_of_the_form(window: MainWindow, width: int, lines: int) -> None:
    window.resize(width, 768)
    window.adopt(cli.sample_report())
    page = last_year_of(window)
    settle()
    columns = window.wizard.editor.form.grids["requests"].columns
    fields = [page.fields[OUT._replace(column=column)] for column in columns]
    tops = [field.mapTo(page, QPoint(0, 0)).y() for field in fields]
    assert len(set(tops)) == lines and tops == sorted(tops)
    assert words(page).count("四、结转下年度继续办理") == 1 and "区分处理" not in words(page)
    assert page.fields[OUT].isVisible() and all(field.mapTo(page, QPoint(0, 0)).x() + field.width() <= page.width()
                                                for field in fields)


def test_what_is_no_number_is_kept_out_and_said(qtbot: QtBot, window: MainWindow) -> None:
    window.adopt(cli.sample_report())
    page = last_year_of(window)
    field = page.fields[OUT]
    field.setFocus()
    qtbot.keyClicks(field, "1x")
    assert window.wizard.editor.now.report.previous(OUT) == Decimal(1)
    assert field.property("wrong") == "true"
    assert any(reason in words(page) for reason in ("数字", "整数"))


def test_last_year_is_brought_into_a_draft_already_begun(window: MainWindow, tmp_path) -> None:
    last = edit_of(cli.sample_report(), "", [(Layer.VALUES, OUT, Decimal(3))]).applied_to(cli.sample_report())
    file = tmp_path / "上年.govdesk"
    file.write_bytes(report_file.dump_report(last))
    window.adopt(report_of("临江区教育局", "2024"))
    editor = window.wizard.editor
    before = editor.now.report
    window.bring(lambda: read_file(file).report, file.name)
    assert editor.now.report.previous(OUT) == 3
    assert editor.now.report.value(IN) == before.value(IN)       # what is typed stays
    assert "来自：临江区人民政府办公室2023年年报（上年.govdesk）" in words(last_year_of(window))
    editor.stack.undo()
    assert editor.now.report == before


def test_the_report_of_another_year_is_not_last_years(window: MainWindow) -> None:
    window.adopt(report_of("临江区教育局", "2026"))
    window.bring(cli.sample_report)
    assert not previous_year.has_last_year(window.wizard.editor.now.report)
    said = words(window.wizard.status)
    assert "没有带入：这是2023年度的年报，不是2026年度的上一年，请另选2025年度的年报" in said
    assert "尚未保存" not in said                                # all that was typed is saved


def test_the_report_of_another_organ_is_brought_in_and_that_is_said(window: MainWindow) -> None:
    window.adopt(report_of("临江区教育局", "2024"))
    window.bring(cli.sample_report)
    assert previous_year.has_last_year(window.wizard.editor.now.report)
    window.autosave.save_now()                                   # the line of what is saved does not wipe it away
    assert "上年的年报是“临江区人民政府办公室”的，这份是“临江区教育局”的" in words(window)
    window.show_home()
    assert "上年的年报是" not in words(window)


def test_a_date_after_the_deadline_is_said_below_the_date(window: MainWindow) -> None:
    window.new_draft()
    page, editor = cover_of(window), window.wizard.editor
    note = page.notes["issued_on"][0]

    def given(layer: Layer, **facts: str) -> str:
        editor.do(editor.session.edit("填", [(layer, key.replace("__", "."), fact) for key, fact in facts.items()]))
        return note.text()

    hint = note.text()
    assert given(Layer.COVER, year="2023", organ__kind="organ_report", issued_on="2024-01-31") == hint
    assert given(Layer.COVER, issued_on="2024-02-01").startswith("晚于截止日期 2024年1月31日，请核对")
    assert given(Layer.DESK, deadline="2024-02-10") == hint
    assert given(Layer.DESK, deadline="2024-01-15").startswith("晚于截止日期 2024年1月15日，请核对")
    QTest.keyClicks(page.fields["issued_on"], "x")
    assert note.text() == "请写成 2024年1月18日 或 2024-01-18"
    assert given(Layer.COVER, issued_on="2024-01-10") == hint


def test_a_date_after_the_deadline_stands_in_the_review_and_leads_to_the_cover(window: MainWindow) -> None:
    window.adopt(cli.sample_report())
    wizard = window.wizard
    editor = wizard.editor

    def review(issued: str) -> ReviewPage:
        editor.do(editor.session.edit("填", [(Layer.COVER, "issued_on", issued)]))
        page = wizard.enter("review")
        assert isinstance(page, ReviewPage)
        return page

    assert "晚于截止日期" not in said(review("2024-01-31")) and "没有发现问题" in said(wizard.stack.currentWidget())
    page = review("2024-02-01")
    assert "△ 成文日期晚于截止日期 2024年1月31日，请核对；确实在截止日期以后公布的不用改。" in said(page)
    assert "没有发现问题" not in said(page) and "可以送审" in said(page)      # late, and fit to be handed in
    follow(page, "成文日期晚于截止日期")
    assert wizard.at[0].id == "cover"
    assert QApplication.focusWidget() is cover_of(window).fields["issued_on"]


def test_what_is_required_is_marked_also_to_who_cannot_see_it(window: MainWindow) -> None:
    window.new_draft()
    assert window.wizard is not None
    page = window.wizard.enter("cover")
    shown = {label.text().removesuffix(" *") for label in page.findChildren(QLabel) if label.text().endswith(" *")}
    assert shown == {"机关全称", "机关层级", "年报种类", "报告年度", "成文日期"}
    said = {field.accessibleName() for field in page.fields.values()       # type: ignore[attr-defined]
            if field.accessibleDescription().startswith("必填")}
    assert said == shown
    assert "带 * 的必填" in words(page)
