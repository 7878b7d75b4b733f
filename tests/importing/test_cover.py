"""Organ, year and day as titles and signatures state them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdesk.importing.cover import date_in, find_title, is_organ

TITLES = tomllib.loads((Path(__file__).parent / "titles.toml").read_text(encoding="utf-8"))["title"]


@pytest.mark.parametrize("one", TITLES, ids=lambda one: "/".join(one["lines"]))
def test_a_title(one: dict[str, Any]) -> None:
    title = find_title(one["lines"])
    assert title is not None and (title.organ, title.year) == (one["organ"], one["year"])


@pytest.mark.parametrize("line", [
    "根据《中华人民共和国政府信息公开条例》编制2023年政府信息公开工作年度报告。", "政府信息公开年报", "首页 > 年度报告",
    "关于印发2023年政府信息公开工作要点的通知"])
def test_what_is_no_title(line: str) -> None:
    title = find_title([line])
    assert title is None or not (title.organ and title.year)


@pytest.mark.parametrize(("line", "day"), [
    ("2024年1月18日", "2024-01-18"), ("二〇二四年一月十八日", "2024-01-18"), ("二○二四年十二月三十一日", "2024-12-31"),
    ("（2024年1月18日）", "2024-01-18"), ("2024-01-18", "2024-01-18"), ("2024年13月1日", ""), ("2024年1月18日发布", ""),
    ("2024年1月1日至12月31日", "")])
def test_a_day_alone_on_its_line(line: str, day: str) -> None:
    assert date_in(line) == day


@pytest.mark.parametrize(("line", "answer"), [
    ("青石县审计局", True), ("白塔镇人民政府", True), ("东湖街道办事处", True),
    ("全年没有收费。", False), ("一是加强学习", False), ("联系电话：0517", False)])
def test_the_name_of_an_organ(line: str, answer: bool) -> None:
    assert is_organ(line) is answer
