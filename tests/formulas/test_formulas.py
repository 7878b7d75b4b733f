"""Fixed sentences of a preamble and years of other reports: lawful ones are let be, faulty ones are said."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from govdesk.checks import Finding
from govdesk.form.form import Form
from govdesk.formulas.legal_base import OldBase, find_old_bases
from govdesk.formulas.parts import PartWords, find_parts
from govdesk.formulas.periods import find_other_period
from govdesk.session.session import take_snapshot
from tests.conftest import MakeReport

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
CASES = [(place, text, kind) for place, kinds in SENTENCES.items() for kind, texts in kinds.items() for text in texts]
TEXTS = {"preamble": "preamble", "years": "overview.supervision", "other_years": "overview.supervision"}
COVER = {"organ.name": "清河区教育局", "organ.short_name": "区教育局"}


def found_in(form: Form, make_report: MakeReport, text_id: str, text: str) -> list[Finding]:
    report = make_report(texts={text_id: text}, cover=COVER)
    return [f for f in take_snapshot(form, report).failed() if f.rule in ("T03", "T08")]


@pytest.mark.parametrize(("place", "text", "kind"), CASES)
def test_sentences(form: Form, make_report: MakeReport, place: str, text: str, kind: str) -> None:
    found = found_in(form, make_report, TEXTS[place], text)
    assert bool(found) == (kind == "faulty"), [f.message for f in found]


def test_a_list_in_a_long_line_is_read_in_bounds(form: Form) -> None:
    check = next(c for c in form.checks if c.id == "T08")
    words = PartWords(check.word("opens"), tuple((p["name"], p["pattern"]) for p in check.tables("parts")),
                      check.word("older"), check.word("around"))
    assert find_parts("本报告由" * 25_000, words) == (False, ())
    assert find_parts("本报告由总体情况" * 10_000, words)[1] == ()


def test_a_period_and_a_base_are_found_where_they_stand() -> None:
    text = "统计期限为1月1日至11月30日，依据旧令。"
    assert find_other_period(text, 2023, "期限为", "成立") == (2, 16)
    assert find_other_period(f"本局今年成立。{text}", 2023, "期限为", "成立") is None
    base = OldBase("依据(?P<said>旧令)", "新令", "", "")
    assert [text[slice(*place)] for place, _ in find_old_bases(text, (base,))] == ["旧令"]
    assert find_old_bases(f"{text}新令。", (base,)) == ()
