"""Names of organs: the same, another's, or not decidable; and where a text calls itself by one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdesk.organs.comparison import Verdict, compare
from govdesk.organs.mentions import is_of_another, mentions
from govdesk.organs.organ_names import parsed

CASES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))["case"]
BUREAU, TOWN, GOVERNMENT = "清河区教育局", "清河区白沙镇人民政府", "清河区人民政府"
REPORT = "2023年政府信息公开工作年度报告"
OWN = [
    (BUREAU, f"现将《清河区教育局{REPORT}》予以公布。"), (BUREAU, f"本机关现公布清河区教育局机关{REPORT}。"),
    (BUREAU, f"现向社会公布区教体局{REPORT}。"), (BUREAU, f"按照区政府办公室关于编制{REPORT}的通知要求，编制本报告。"),
    (BUREAU, "如有疑问，请与清河区教育局办公室联系。"), (BUREAU, "市教育局高度重视政务公开工作，我局认真落实。"),
    (BUREAU, f"原区卫生健康局{REPORT}指出的问题已整改。"), (TOWN, f"现公布白沙镇{REPORT}。"),
    (TOWN, "白沙镇党委、政府高度重视。"),
    (GOVERNMENT, f"由清河区人民政府办公室编制清河区人民政府{REPORT}。"), (GOVERNMENT, "区教育局扎实推进校务公开。"),
    (GOVERNMENT, f"现将我区{REPORT}公布。"),
]
ANOTHERS = [
    (BUREAU, f"现公布滨江区教育局{REPORT}。"), (BUREAU, f"现公布区财政局{REPORT}。"),
    (BUREAU, "滨江区教育局坚持以公开为常态。"),
    (BUREAU, f"2023年滨江区教育局{REPORT.removeprefix('2023年')}"), (BUREAU, "请与滨江区教育局办公室联系。"),
    (TOWN, f"现公布黄沙镇人民政府{REPORT}。"), (GOVERNMENT, f"现公布滨江区人民政府{REPORT}。"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['cover']}: {case['mention']}")
def test_two_names(case: dict[str, Any]) -> None:
    assert compare(case["cover"], "", case["mention"]) is Verdict(case["verdict"])


def test_the_short_name_makes_it_the_same_and_never_softens() -> None:
    assert compare("清河区教育局", "区校办", "区校办") is Verdict.SAME
    assert compare("清河区教育局", "教育局", "滨江区教育局") is Verdict.OTHER


@pytest.mark.parametrize(("cover", "text"), OWN)
def test_an_organ_that_names_itself(cover: str, text: str) -> None:
    assert not any(is_of_another(mention, cover, "") for mention in mentions(text))


@pytest.mark.parametrize(("cover", "text"), ANOTHERS)
def test_a_text_that_was_borrowed(cover: str, text: str) -> None:
    assert any(is_of_another(mention, cover, "") for mention in mentions(text))


def test_the_parts_of_a_name() -> None:
    branch = parsed("临江市公安局清河分局")
    assert (branch.kind, branch.places, branch.trades, branch.branch) == ("branch", ("临江市",), {"公安"}, "清河")
    assert parsed("市中区教育局").places == ("市中区",)
    assert parsed("清河区城市管理局").trades == {"城管"}
    assert not parsed("葡萄酒产业局").kind
