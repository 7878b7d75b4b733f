"""What a clerk may type into a number cell, what it becomes, and in which words it is refused."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdesk.base.numerals import (
    NA,
    NumeralError,
    dump_value,
    format_value,
    load_value,
    normalise_number,
    parse_value,
    shorten_text,
)

COUNTS = {
    "15": "15", "0": "0", "00": "0", "007": "7", "-0": "0", "+5": "5", " 15 ": "15", "\t15\n": "15",
    "\u300015\u3000": "15",
    "\u00a015": "15", "15\u200b": "15", "\ufeff15": "15",
    "１２": "12", "１２，３４５": "12345", "12,345": "12345", "12，345": "12345", "1,234,567": "1234567",
    "12 345": "12345",
    "15.": "15", "15.0": "15", "15.00": "15", "15。": "15", "１５．０": "15", "999999999999": "999999999999",
    "3件": "3", "３ 件": "3", "1,234件": "1234", "3 件 ": "3",
}
AMOUNTS = {
    "12.50": "12.50", "3415.74": "3415.74", "0.038": "0.038", ".5": "0.5", "1.": "1", "3。5": "3.5", "３．５": "3.5",
    "1,234.50": "1234.50", "0.00": "0.00", "0.000001": "0.000001", "3.5万元": "3.5", "３．５ 万元": "3.5",
    "007.10": "7.10",
}
NOT_APPLICABLE = ["不适用", " 不适用 ", "na", "NA", "N/A", "n/a", "/", "／", "-", "－", "—", "——", "–", "−", "--"]
BLANK = ["", " ", "\u3000", "\t\n", "\u00a0", "\u200b", "\ufeff"]
REFUSED_COUNTS = {
    "一": "不是数字", "十二": "不是数字", "O": "不是数字", "l5": "不是数字", "abc": "不是数字", "1e5": "不是数字",
    "1E5": "不是数字", "0x10": "不是数字", "1_000": "不是数字", "NaN": "不是数字", "Infinity": "不是数字",
    "inf": "不是数字",
    "٣": "不是数字", "१२": "不是数字", "①": "不是数字", "5²": "不是数字", "½": "不是数字", "㈠": "不是数字",
    "Ⅳ": "不是数字",
    "1+1": "不是数字", "=1": "不是数字", "1/2": "不是数字", "50%": "不是数字", "1..": "不是数字",
    ".": "不是数字", "1.2.3": "不是数字",
    "--5": "不是数字", "1-": "不是数字", "1-2": "不是数字", "件": "不是数字", "5个": "不是数字",
    "5件件": "不是数字", "约5件": "不是数字",
    "无": "没有发生的请填 0", "没有": "没有发生的请填 0", "零": "没有发生的请填 0", "暂无": "没有发生的请填 0",
    "12,34": "逗号的位置不对", "1,2345": "逗号的位置不对", ",5": "逗号的位置不对", "5,": "逗号的位置不对",
    "1,,234": "逗号的位置不对",
    "1、234": "不是数字", "1 5": "中间有空格", "1\n5": "中间有空格", "1\t5": "中间有空格",
    "12 34": "中间有空格", "- 5": "不是数字",
    "-5": "负数", "－５": "负数", "—5": "负数", "−5": "负数", "-0.5": "负数", "-5件": "负数",
    "1.5": "整数", ".5": "整数", "15.01": "整数", "1。5": "整数",
    "1234567890123": "12 位", "1" * 5000: "12 位", "3万元": "件", "3元": "件",
}
REFUSED_AMOUNTS = {"380元": "万元", "3,80元": "万元", "3件": "万元", "0.0000001": "6 位小数", "1e5": "不是数字",
"1.2.3": "不是数字",
                   "-3.5": "负数", "3.5 万": "不是数字", "1 5.5": "中间有空格", "1234567890123.5": "12 位"}


@pytest.mark.parametrize(("typed", "value"), COUNTS.items())
def test_a_count(typed: str, value: str) -> None:
    assert format_value(parse_value(typed, whole=True)) == value


@pytest.mark.parametrize(("typed", "value"), AMOUNTS.items())
def test_an_amount_keeps_the_decimals_that_were_typed(typed: str, value: str) -> None:
    assert format_value(parse_value(typed, whole=False)) == value


@pytest.mark.parametrize("typed", NOT_APPLICABLE)
@pytest.mark.parametrize("whole", [True, False])
def test_not_applicable(typed: str, whole: bool) -> None:
    assert parse_value(typed, whole=whole) is NA


@pytest.mark.parametrize("typed", BLANK)
def test_blank_is_not_zero(typed: str) -> None:
    assert parse_value(typed, whole=True) is None


@pytest.mark.parametrize(("typed", "reason"), REFUSED_COUNTS.items(), ids=lambda text: text[:20])
def test_a_count_that_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(NumeralError) as refused:
        parse_value(typed, whole=True)
    assert reason in str(refused.value)
    assert len(str(refused.value)) < 60


@pytest.mark.parametrize(("typed", "reason"), REFUSED_AMOUNTS.items(), ids=lambda text: text[:20])
def test_an_amount_that_is_refused(typed: str, reason: str) -> None:
    with pytest.raises(NumeralError) as refused:
        parse_value(typed, whole=False)
    assert reason in str(refused.value)


@given(st.text(max_size=30), st.booleans())
def test_whatever_is_typed_is_a_value_or_a_reason(typed: str, whole: bool) -> None:
    try:
        value = parse_value(typed, whole=whole)
    except NumeralError as refused:
        assert str(refused)
        assert str(refused).isprintable()
    else:
        assert value is None or value is NA or (value.is_finite() and value >= 0)


@given(st.decimals(min_value=0, max_value=10**12 - 1, places=4, allow_nan=False, allow_infinity=False))
def test_what_is_shown_can_be_typed_again(value: Decimal) -> None:
    again = parse_value(format_value(value), whole=False)
    assert isinstance(again, Decimal)
    assert str(again) == str(normalise_number(value))


@given(st.integers(0, 10**12 - 1))
def test_separators_and_width_change_nothing(count: int) -> None:
    wide = str.maketrans("0123456789,", "０１２３４５６７８９，")
    assert parse_value(f"{count:,}", whole=True) == parse_value(f"{count:,}".translate(wide), whole=True) == count


@pytest.mark.parametrize(("text", "value"), [
    ("15", Decimal(15)), ("-3", Decimal(-3)), ("2.5", Decimal("2.5")), ("na", NA), ("12.50", Decimal("12.50")),
    ("-0", Decimal(0)), ("007", Decimal(7))])
def test_the_exchange_file_is_read_as_it_is(text: str, value: object) -> None:
    assert load_value(text) == value


@pytest.mark.parametrize("text", ["", " 1", "1 ", "1\n", "+1", "1.", ".5", "1e5", "NaN", "Infinity", "１２",
"٣", "1,234",
                                  "NA", "不适用", "—", "1" * 19, "0." + "1" * 13, "0x1"])
def test_the_exchange_file_takes_one_notation(text: str) -> None:
    with pytest.raises(NumeralError):
        load_value(text)


@given(st.one_of(st.just(NA), st.decimals(-10**17, 10**17, places=6, allow_nan=False, allow_infinity=False)))
def test_dump_and_load_are_inverse(value) -> None:
    again = load_value(dump_value(value))
    assert again == value
    assert dump_value(again) == dump_value(again if again is NA else normalise_number(value))


def test_values_on_paper() -> None:
    assert [format_value(v) for v in (None, NA, Decimal("0"), Decimal("12.50"), Decimal("1E+3"), Decimal("1E-6"))] == [
        "", "—", "0", "12.50", "1000", "0.000001"]


def test_a_quotation_is_one_short_printable_line() -> None:
    assert shorten_text("一\n二\u2028三\x00四\ud800五") == "一 二 三 四 五"
    assert shorten_text("字" * 30) == "字" * 20 + "…"


@pytest.mark.parametrize("typed", ["1" * 10**6, "1 " * 10**5, "1," * 10**5, "件" * 10**5, "　" * 10**6 + "x",
"." * 10**5])
def test_a_whole_page_pasted_into_a_cell_is_refused_at_once(typed: str) -> None:
    before = time.process_time()             # not the clock on the wall: other work must not fail this
    with pytest.raises(NumeralError):
        parse_value(typed, whole=True)
    assert time.process_time() - before < 2


@pytest.mark.parametrize(("text", "value"), [
    ("-18", "-18"), ("−18", "-18"), ("－18", "-18"), ("+1036", "1036"), ("18", "18"), ("-18项", "-18"),
    ("0", "0"), ("-0", "0")])
def test_a_cell_with_a_sign_takes_what_is_below_0(text: str, value: str) -> None:
    found = parse_value(text, whole=True, signed=True, unit="项")
    assert isinstance(found, Decimal)
    assert format_value(found) == value


def test_a_dash_is_not_applicable_in_a_cell_with_a_sign_too() -> None:
    assert parse_value("-", whole=True, signed=True) is NA


@pytest.mark.parametrize("text", ["251000元", "251000 元", "251000", "251,000元"])
def test_a_cell_in_yuan_takes_yuan(text: str) -> None:
    assert parse_value(text, whole=False, unit="元") == 251000


@pytest.mark.parametrize(("text", "unit", "words"), [
    ("25.1万元", "元", "这一格的单位是元，不能填“万元”，请换算后只填数字"),
    ("3件", "项", "这一格的单位是项，不能填“件”"),
    ("-1元", "元", "不能填负数")])
def test_another_unit_is_refused_in_words_of_the_cell(text: str, unit: str, words: str) -> None:
    with pytest.raises(NumeralError, match=words):
        parse_value(text, whole=unit != "元", unit=unit)
