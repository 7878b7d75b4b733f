"""Heads as offices write them, and sentences that are none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from govdesk.importing.headings import ORDER, below_head, part_head

HEADS = tomllib.loads((Path(__file__).parent / "heads.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "part"), [(text, part) for part, texts in HEADS["parts"].items() for text in texts])
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


@pytest.mark.parametrize("text", HEADS["none"]["parts"])
def test_what_is_no_head(text: str) -> None:
    assert part_head(text, 0, "overview") is None


@pytest.mark.parametrize("one", HEADS["below"], ids=lambda one: one["text"])
def test_a_head_below_the_first_part(one: dict[str, str]) -> None:
    head = below_head(one["text"])
    assert head is not None and (head.part, head.rest.strip()) == (one["part"], one["rest"])


@pytest.mark.parametrize("text", HEADS["none"]["below"])
def test_what_is_no_head_below_the_first_part(text: str) -> None:
    assert below_head(text) is None
