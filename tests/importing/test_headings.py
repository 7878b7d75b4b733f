"""Heads as offices write them, and sentences that are none."""

from __future__ import annotations

import pytest

from govdesk.importing.headings import ORDER, below_head, part_head

PARTS = {
    "overview": ["一、总体情况", "一、 总体情况", "总体情况", "一、总体情况：", "第一部分 总体情况", "一、工作总体情况", "一、基本情况", "1.总体情况", "1、总体情况"],
    "proactive": ["二、主动公开政府信息情况", "二、主动公开政府信息的情况", "二、行政机关主动公开政府信息情况", "主动公开政府信息情况"],
    "requests": ["三、收到和处理政府信息公开申请情况", "三、行政机关收到和处理政府信息公开申请情况", "收到和处理政府信息公开申请情况",
                 "三、收到和处理政府信息公开申请的情况"],
    "disputes": ["四、政府信息公开行政复议、行政诉讼情况", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
                 "四、因政府信息公开工作被申请行政复议和提起行政诉讼情况", "政府信息公开行政复议、行政诉讼情况",
                 "四、政府信息公开行政复议和行政诉讼情况"],
    "problems": ["五、存在的主要问题及改进情况", "五、存在的主要问题和改进情况", "五、存在问题及改进情况", "五、政府信息公开工作存在的主要问题及改进情况",
                 "五、存在的主要问题及改进措施", "存在的主要问题及改进情况", "五、政府信息公开工作中存在的主要问题及改进情况", "五、主要问题及下一步改进措施"],
    "other_matters": ["六、其他需要报告的事项", "六、其他需要报告事项", "六、其它需要报告的事项", "其他需要报告的事项", "六、其他需要报告的情况"],
}


@pytest.mark.parametrize(("text", "part"), [(text, part) for part, texts in PARTS.items() for text in texts])
def test_a_head_of_the_six_parts(text: str, part: str) -> None:
    before = ORDER[ORDER.index(part) - 1] if part != "overview" else ""
    head = part_head(text, 0, before)
    assert head is not None and head.part == part and head.rest == ""


@pytest.mark.parametrize(("text", "part", "rest"), [
    ("一、总体情况2024年，我局认真贯彻条例。", "overview", "2024年，我局认真贯彻条例。"),
    ("五、存在的主要问题及改进情况。一是认识不足。", "problems", "一是认识不足。"),
    ("六、其他需要报告的事项 本年度没有收取信息处理费。", "other_matters", "本年度没有收取信息处理费。"),
    ("五、存在的主要问题及改进情况（一）存在问题", "problems", "（一）存在问题"),
    ("五、下一步工作打算", "problems", "")])
def test_a_head_that_runs_into_its_text(text: str, part: str, rest: str) -> None:
    head = part_head(text, 0, ORDER[ORDER.index(part) - 1] if part != "overview" else "")
    assert head is not None and (head.part, head.rest) == (part, rest)


@pytest.mark.parametrize("text", [
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况等六部分组成。", "（二）依申请公开情况", "总体情况良好，全年没有投诉。",
    "主动公开政府信息情况良好。", "1.加强学习。", "一是存在的主要问题及改进情况不够具体。", "2024年收到和处理政府信息公开申请情况见下表。"])
def test_what_is_no_head(text: str) -> None:
    assert part_head(text, 0, "overview") is None


@pytest.mark.parametrize(("text", "part", "rest"), [
    ("（一）主动公开情况", "overview.proactive", ""), ("（一）主动公开。本年度公开信息3条。", "overview.proactive", "本年度公开信息3条。"),
    ("（一）主动公开政府信息情况：公开信息3条。", "overview.proactive", "公开信息3条。"), ("(二)依申请公开工作情况", "overview.on_request", ""),
    ("（二）依申请公开情况2024年，收到申请3件。", "overview.on_request", "2024年，收到申请3件。"),
    ("（三）政府信息管理情况。", "overview.information_management", ""), ("3.政府信息资源管理", "overview.information_management", ""),
    ("（四）政府信息公开平台建设情况", "overview.platform", ""), ("（四）平台建设方面。优化网站。", "overview.platform", "优化网站。"),
    ("（五）监督保障情况", "overview.supervision", ""), ("监督保障情况", "overview.supervision", ""),
    ("（一）强化政府信息主动公开。发布信息9条。", "overview.proactive", "发布信息9条。")])
def test_a_head_below_the_first_part(text: str, part: str, rest: str) -> None:
    head = below_head(text)
    assert head is not None and (head.part, head.rest.strip()) == (part, rest)


@pytest.mark.parametrize("text", ["我局主动公开政府信息50条。", "一是加强监督。", "全年依申请公开3件，均已答复。", "2024年，监督保障有力。",
                                  "1月，召开平台建设推进会，部署全年的工作，明确了各科室的责任和完成时限。"])
def test_what_is_no_head_below_the_first_part(text: str) -> None:
    assert below_head(text) is None
