"""What a report says of itself."""

from __future__ import annotations

import pytest

from govdesk.report.report import Layer, build, year_in

FORM = "ogi-annual-report-2021"


@pytest.mark.parametrize(("text", "year"), [
    ("2023", 2023), ("02023", None), ("0202", None), ("202", None), ("20233", None), ("２０２３", None), ("", None),
    ("-202", None), (" 2023", None), ("9" * 5000, None)])
def test_one_reading_of_a_year(text: str, year: int | None) -> None:
    assert build(FORM, {Layer.COVER: {"year": text}}).year == year_in(text) == year
