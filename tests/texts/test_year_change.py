"""Last year's words used for this year: which years are changed, which are only shown and why, and what they become."""

from __future__ import annotations

import pytest

from govdesk.form.form import Form
from govdesk.report.report import Layer, edit_of
from govdesk.texts import year_change
from govdesk.texts.year_change import YearPlace

LIVE = "〔表三·本年新收·总计〕"


def places(form: Form, make_report, text: str, last: str = "", year: str = "2026") -> list[YearPlace]:
    report = make_report(cover={"year": year})
    report = edit_of(report, "", [(Layer.PREVIOUS_TEXTS, "problems", last)]).applied_to(report)
    return year_change.find_year_places(form, report, {"problems": text})


def changed(form: Form, make_report, text: str, last: str = "", year: str = "2026") -> str:
    """A text with all that is ticked changed."""
    found = places(form, make_report, text, last, year)
    return year_change.change_years(text, [place for place in found if place.is_ticked])


@pytest.mark.parametrize(("text", "wanted"), [
    ("2025年，本机关收到申请3件。", "2026年，本机关收到申请3件。"),
    ("2025年度未收取信息处理费。", "2026年度未收取信息处理费。"),
    ("数据的统计期限自2025年1月1日起至2025年12月31日止。", "数据的统计期限自2026年1月1日起至2026年12月31日止。"),
    ("统计期限为 2025 年 1 月 1 日至 12 月 31 日。", "统计期限为 2026 年 1 月 1 日至 12 月 31 日。"),
    ("统计时间：2025.1.1—2025.12.31", "统计时间：2026.1.1—2026.12.31"),
    ("统计时间：2025-01-01-2025-12-31", "统计时间：2026-01-01-2026-12-31"),
    ("截至2025年底，共公开信息34条。", "截至2026年底，共公开信息34条。"),
    ("２０２５年，收到申请３件。", "２０２６年，收到申请３件。"),
    ("二〇二五年，收到申请三件。", "二〇二六年，收到申请三件。"), ("二○二五年无。", "二○二六年无。"),
    ("现公布本局2025年政府信息公开工作年度报告。", "现公布本局2026年政府信息公开工作年度报告。"),
    ("特向社会公布《某局2025年政府信息公开工作年度报告》。", "特向社会公布《某局2026年政府信息公开工作年度报告》。"),
    ("本局2025年政府信息公开工作年度报告\n2025年无。", "本局2026年政府信息公开工作年度报告\n2026年无。"),
    ("收到申请7件，较2024年增长5%。", "收到申请7件，较2025年增长5%。"),
    ("与2024年同期相比多2件。", "与2025年同期相比多2件。"), ("比上年（2024年）多2件。", "比上年（2025年）多2件。"),
    ("公开2024年度部门决算4条、2025年度部门预算4条。", "公开2025年度部门决算4条、2026年度部门预算4条。"),
    (f"2025年收到{LIVE}件。", f"2026年收到{LIVE}件。")])
def test_what_ought_to_be_this_year_is_ticked(form, make_report, text: str, wanted: str) -> None:
    assert changed(form, make_report, text) == wanted


@pytest.mark.parametrize(("text", "reason"), [
    ("根据《关于做好2025年政务公开工作的通知》，", "书名号"), ("按国办函〔2025〕12号，", "文号"),
    ("按（2025）第3号文，", "文号"), ("收到7件，较2025年增长5%。", "与上年比较"),
    ("与2025年同期相比多2件。", "与上年比较"),
    ("比上年（2025年）多2件。", "与上年比较"), ("2026年收到7件，2025年收到5件。", "两年并列"),
    ("2024年、2025年均无。", "连着写"), ("2023—2025年共收到9件。", "连着写"), ("公开2025年度部门决算4条。", "决算"),
    ("2025年3月12日召开培训会。", "月份"), ("自2025年改为网上受理。", "算起"),
    ("2025年以来未收费。", "算起"), ("落实2025—2027年三年行动。", "连着写"), ("这一批已办结（2025）。", "是不是年份"),
    ("自2025年5月1日起施行。", "施行"),
    ("2025年年底前整改到位。", "为止"), ("2025年底收到、次年答复的申请5件。", "上年收到"),
    ("制定2025年政务公开工作要点。", "文件的名称"), ("局网站2025年改版上线。", "那一年发生"),
    ("组织公开2025年政府信息公开工作年度报告42份。", "上年年报"), ("公开信息2025条。", "件数"),
    ("见 http://a.gov.cn/2025/1.html 一栏。", "网址"), ("2025年年报中指出的3个问题已整改。", "年报里的问题"),
    ("围绕“2025年重点工作”公开9条。", "引号")])
def test_what_may_be_right_is_shown_with_its_reason(form, make_report, text: str, reason: str) -> None:
    found = places(form, make_report, text)
    assert [place for place in found if text[place.start:place.end] == "2025"] != []
    assert changed(form, make_report, text) == text
    assert any(reason in place.reason for place in found), [place.reason for place in found]


@pytest.mark.parametrize("text", [
    "收到12025件。", "电话 057120251234。", "收到2,025件、12,2025。", "支出3.2025万元。", "2026年收到3件。",
    "2019年修订的条例。", "2024年建成。", "上年收到3件。", ""])
def test_what_is_no_year_of_last_year_is_not_listed(form, make_report, text: str) -> None:
    assert [place for place in places(form, make_report, text) if text[place.start:place.end] != "2025"] == []
    assert changed(form, make_report, text) == text


def test_a_sentence_that_is_as_it_was_last_year_moves_with_all_its_years(form, make_report) -> None:
    last = "2026年，我局将加强培训。结转至2026年继续办理4件。（一）2024年工作中存在问题的改进情况。2024年我局新建网站。"
    assert changed(form, make_report, last, last) == (
        "2027年，我局将加强培训。结转至2027年继续办理4件。（一）2025年工作中存在问题的改进情况。2024年我局新建网站。")
    left = [place.reason for place in places(form, make_report, last, last) if not place.is_ticked]
    assert left == ["上年的文字里，这是它的上一年，请看本年该写哪一年"]
    own = "2026年，我局将继续加强培训。"
    assert [place.is_ticked for place in places(form, make_report, own)] == [False]


def test_a_place_has_its_sentence_without_blanks_round_it(form, make_report) -> None:
    text = "　　一段。 2025年，收到申请，\n第二段2025年无。"
    found = places(form, make_report, text)
    assert [text[slice(*place.sentence)] for place in found] == ["2025年，收到申请，", "第二段2025年无。"]
    assert {place.text for place in found} == {"problems"} and {place.instead for place in found} == {"2026"}


def test_without_a_year_nothing_is_found(form, make_report) -> None:
    assert places(form, make_report, "2025年无。", year="") == []


def test_only_what_was_chosen_is_changed(form, make_report) -> None:
    text = "2025年收到1件，2025年办结1件。"
    assert year_change.change_years(text, places(form, make_report, text)[1:]) == "2025年收到1件，2026年办结1件。"


def test_the_turn_of_a_decade(form, make_report) -> None:
    assert changed(form, make_report, "二〇二九年无。２０２９年无。", year="2030") == "二〇三〇年无。２０３０年无。"


def test_what_last_year_wrote_may_be_taken_where_nothing_is_written(form, make_report) -> None:
    last = {text_id: f"{text_id}：2025年无。" for text_id in form.texts}
    report = make_report(texts={"preamble": "已经写了。"}, cover={"year": "2026"})
    report = edit_of(report, "", [(Layer.PREVIOUS_TEXTS, *item) for item in last.items()]).applied_to(report)
    taken = year_change.list_texts_to_take(form, report)
    assert set(taken) == set(form.texts) - {"preamble", "problems"}      # problems are each year's own
    assert taken["overview.proactive"] == last["overview.proactive"]


def test_a_hundred_thousand_characters_are_read_in_one_go(form, make_report) -> None:
    assert len(places(form, make_report, "2025年，本机关收到申请，" * 7000)) == 7000
