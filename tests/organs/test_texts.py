"""Whole texts: an organ that names itself is let be; another's name, self-word or office is said."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdesk.form.form import Form
from govdesk.organs.contact_offices import inner_office
from govdesk.organs.self_words import find_foreign_self_word
from govdesk.session.session import take_snapshot
from tests.conftest import MakeReport

HERE = Path(__file__).parent
TEXTS = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))["case"]
SELF_WORDS = [(case["cover"], text, kind) for case in
              tomllib.loads((HERE / "self_words.toml").read_text(encoding="utf-8"))["case"]
              for kind in ("right", "wrong") for text in case[kind]]
ORGANS = ["{}教育局", "{}住房和城乡建设局", "{}卫生健康委员会", "{}人民政府", "{}人民政府办公室",
          "{}白沙镇人民政府", "{}新华街道办事处", "{}统计局"]
PLACES = ["和平区", "全椒县", "本溪市", "各城县", "市中区", "赵县", "我山县", "德令哈市",
          "澜沙傣族自治县", "临江市清河区", "新河县", "天全县"]


@pytest.mark.parametrize("case", TEXTS, ids=lambda case: f"{case['cover']}: {case['text']}")
def test_a_text(form: Form, make_report: MakeReport, case: dict[str, Any]) -> None:
    cover = {"organ.name": case["cover"], "organ.level": case.get("level", "county"),
             "organ.kind": case.get("kind", "organ_report")}
    cover |= {f"contact.{fact}": case[fact] for fact in ("office", "address", "phone") if fact in case}
    report = make_report(texts={case.get("in", "preamble"): case["text"]}, cover=cover)
    found = [f.message for f in take_snapshot(form, report).failed() if f.rule == "T03"]
    assert bool(found) == case.get("others", False), found


@pytest.mark.parametrize(("cover", "text", "kind"), SELF_WORDS)
def test_a_self_word(cover: str, text: str, kind: str) -> None:
    assert (find_foreign_self_word(text, cover, "") is not None) == (kind == "wrong")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("organ", ORGANS)
def test_whoever_names_itself_is_let_be(form: Form, make_report: MakeReport, organ: str, place: str) -> None:
    name, own = organ.format(place), place[-1] if len(place) > 2 or place[-1] != "县" else place
    report = "2023年政府信息公开工作年度报告"
    short = organ.format(own)
    text = (f"{name}\n{report}\n现公布{name}{report}。本报告由{name}编制。现将{short}{report}予以公布。"
            f"2023年，{name}高度重视政务公开。"
            f"{short}扎实推进。请与{name}办公室联系。\n{name}\n2024年1月18日")
    level = "township" if organ.endswith(("镇人民政府", "办事处")) else "county"
    kind = "government_report" if organ == "{}人民政府" else "organ_report"
    cover = {"organ.name": name, "organ.level": level, "organ.kind": kind, "contact.office": f"{name}办公室"}
    found = take_snapshot(form, make_report(texts={"preamble": text}, cover=cover)).failed()
    assert [f.message for f in found if f.rule == "T03"] == []


def test_the_office_within_an_organ() -> None:
    assert inner_office("清河区教育局党政办公室", "清河区教育局", "") == "党政办公室"
    assert inner_office("局办公室", "清河区教育局", "") == "办公室"
    assert inner_office("政务公开科", "清河区教育局", "") == "政务公开科"
    assert inner_office("清河区财政局办公室", "清河区教育局", "") == ""
    assert inner_office("清河区住房和城乡建设局办公室", "清河区人民政府", "") == ""
