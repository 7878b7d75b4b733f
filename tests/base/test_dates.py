"""A day as offices write it: every way is read alike, and what may be two days is refused with the reason."""

from __future__ import annotations

import datetime

import pytest

from govdesk.base import dates


@pytest.mark.parametrize("text", [
    "2024年1月18日", "2024年01月18日", "２０２４年１月１８日", " 2024 年 1 月 18 日 ", "2024年1月18", "2024年1月18号",
    "二〇二四年一月十八日", "二○二四年一月十八日", "二◯二四年一月十八日", "二零二四年一月十八日",
    "二Ｏ二四年一月十八日", "二O二四年元月十八日",
    "二o二四年一月十八日", "2O24年1月18日", "2024年一月十八日", "⼆〇⼆四年一⽉十八⽇",
    "2024.1.18", "2024．1．18", "2024。1。18", "2024.01.18", "2024/1/18", "２０２４／１／１８", "2024-1-18",
    "2024-01-18",
    "2024—1—18", "2024–01–18", "20240118", "２０２４０１１８", "2024 01 18", "\u200b2024-01-18\ufeff", "2024-01-18\n"])
def test_one_day_written_in_many_ways(text: str) -> None:
    assert dates.parse_date(text) == "2024-01-18"


@pytest.mark.parametrize(("text", "iso"), [
    ("二〇二四年十月十日", "2024-10-10"), ("二〇二四年十二月三十一日", "2024-12-31"), ("2024年二月二十九日",
    "2024-02-29"),
    ("2008-01-01", "2008-01-01"), ("2101-12-31", "2101-12-31"), ("", ""), (" \u3000", "")])
def test_other_days(text: str, iso: str) -> None:
    assert dates.parse_date(text) == iso


@pytest.mark.parametrize(("text", "reason"), [
    ("2024118", "分不清月和日"), ("202411", "分不清月和日"), ("24.1.18", "年份请写四位"), ("1/18/2024", "年份请写四位"),
    ("二四年一月十八日", "年份请写四位"), ("2024年1月", "还缺哪一天"), ("2024.1", "还缺哪一天"),
    ("2023年2月29日", "没有这一天"),
    ("2024-13-01", "没有这一天"), ("二〇二四年一月十十日", "请写成"), ("二〇二四年一月一八日", "请写成"),
    ("2024年1月1十日", "请写成"),
    ("2024年1月018日", "请写成"), ("今天", "请写成"), ("2024-01-18 00:00", "请写成"), ("2024年1月18日前", "请写成"),
    ("2007-12-31", "2008～2101"), ("2102-01-01", "2008～2101"), ("0999-12-31", "2008～2101"),
    ("9999-12-31", "2008～2101")])
def test_what_is_no_day_or_may_be_two(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        dates.parse_date(text)


def test_a_day_as_it_is_kept_and_as_it_is_printed() -> None:
    assert dates.to_date("2024-01-18") == datetime.date(2024, 1, 18)
    assert [dates.to_date(text) for text in ("20240118", "2024-W03-4", "2024-1-18", "", "x")] == [None] * 5
    assert dates.format_date("2024-01-08") == "2024年1月8日"
    assert dates.parse_date(dates.format_date("2024-01-08")) == "2024-01-08"
