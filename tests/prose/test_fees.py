"""What sentences say was collected in fees (fee_amounts.toml), and texts that could make a reader run away."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from govdesk.prose.fees import read_fee_amounts

CASES = tomllib.loads((Path(__file__).parent / "fee_amounts.toml").read_text(encoding="utf-8"))["sentence"]


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_the_amounts_of_a_sentence(case: dict[str, Any]) -> None:
    found = read_fee_amounts(case["says"], 2023, "annual-report", "fees")
    assert [(one.of, one.yuan) for one in found] == [(a["of"], Decimal(a["yuan"])) for a in case["amounts"]]


def test_an_amount_is_found_at_its_place_in_a_longer_text() -> None:
    text = "主动公开信息12条。\n本年度收取信息处理费３８０ 元。"
    (one,) = read_fee_amounts(text, 2023, "annual-report", "fees")
    assert text[one.start:one.end] == "３８０ 元"


@pytest.mark.parametrize("text", ["收取信息处理费元" * 12_000, "（收取费元" * 10_000, "费收" * 20_000 + "元"])
def test_a_text_without_end_is_read_and_tells_nothing(text: str) -> None:
    assert read_fee_amounts(text, 2023, "annual-report", "fees") == ()
