"""The kind of report by the organ's name, and nothing where the name does not decide."""

from __future__ import annotations

import pytest

from govdesk.formfile import form_reader
from govdesk.organs import report_kind

FORM = "ogi-annual-report-2021"


@pytest.mark.parametrize(("name", "kind"), [
    ("临江区教育局", "organ_report"), ("云浦市自然资源和规划局", "organ_report"), ("青石县审计局", "organ_report"),
    ("临江区人民政府", "government_report"), ("临江区人民政府办公室", ""), ("白塔镇人民政府", ""),
    ("东湖街道办事处", ""),
    ("临江经济开发区管理委员会", ""), ("某某", ""), ("", "")])
def test_by_name(name: str, kind: str) -> None:
    assert report_kind.find_report_kind(name) == kind


def test_the_kinds_are_those_of_the_form() -> None:
    assert set(report_kind._kinds().values()) <= {kind.id for kind in form_reader.load_form(FORM).kinds}
