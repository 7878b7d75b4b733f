"""The rules run at every key, so a text of any length and kind costs time in proportion to its length."""

from __future__ import annotations

import gc
import time

import pytest

from govdesk.form.form import Form
from govdesk.report.report import Report
from govdesk.session.session import take_snapshot

SHORT, LONG = 4_000, 32_000
ENOUGH = 0.1                         # seconds of processor time for three such texts, and no proportion is asked for
FEES = "proactive/administrative_fees/amount_wan_yuan"
CARRIED = "requests/carried_forward_out/natural_person"
UPHELD = "disputes/reconsideration/upheld"

UNITS = [
    "行政复议", "行政复议、", "行政复议，", "未发生行政复议", "行政复议2件", "2件行政复议", "1件", "无", "未收到",
    "力争", "减少", "减少行政复议", "减少行政复议1,234件", "结转", "撤销行政复议", "行政复议无 ", "一", "十起", "1",
    "0", "1,", "1.", " ", "\n", "，", "。", "；", "第", "未收取", "未收取费用", "信息处理费", "信息处理费0.1",
    "信息处理费1 ", "收取信息处理费3元", "1元", "全部申请", "申请全部", "申请办结率100", "结转下年度", "结转1",
    "申请，", "2022年", "本年", "/", "—", "本年度", "需要", "（一）", "1.无", "一、无", "未经复议", "未经复议直接向",
    "复议后", "直接提起", "“", "未有", "没有", "无结转", "均已", "都已", "除1起行政复议外", "网民申请办结率100",
    "，，", "完 善", "(", "（", "的的", "13812345678 ", "110101199003070", "1\t", "（一）主动公开\n", "一、总体情况\n",
    "有待完善", "下一步将加强", "全年收到申请", "电话", "2023", "条,",
]
HEADS = ["无", "行政复议", "行政复议无", "信息处理费0.", "信息处理费1", "申请结转下", "1", "行政复议1"]
# what is repeated, and what a single character, endless within one number or gap, is repeated behind
BEHIND_HEADS = [pytest.param(head, unit, marks=pytest.mark.slow) for head in HEADS for unit in UNITS if len(unit) == 1]
KINDS = [("", unit) for unit in UNITS] + BEHIND_HEADS


def report_with(make_report, unit: str, head: str, length: int) -> Report:
    text = (head + unit * (length // len(unit)))[:length - 1] + "x"
    said = dict.fromkeys(("disputes.text", "other_matters", "overview.on_request", "problems"), text)
    return make_report({FEES: "3.5", CARRIED: "2", UPHELD: "1"}, texts=said)


def seconds(form: Form, report: Report) -> float:
    gc.collect()
    began = time.process_time()
    take_snapshot(form, report)
    return time.process_time() - began


@pytest.mark.parametrize(("head", "unit"), KINDS, ids=lambda text: repr(text)[:12])
def test_time_grows_with_the_text_and_not_with_its_square(form: Form, make_report, unit: str, head: str) -> None:
    long = report_with(make_report, unit, head, LONG)
    spent = min(seconds(form, long) for _ in range(2))
    if spent > ENOUGH:
        assert spent < 3 * LONG / SHORT * max(seconds(form, report_with(make_report, unit, head, SHORT)), 0.001), spent
