"""The 50 mistakes that notices name (mistakes.toml): each is said on a small report, cannot be made because the form
prints the words itself or refuses the figure, or cannot be seen in one report, with the reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdesk.base.numerals import parse_value
from govdesk.document.document import Document, GridBlock, Heading, SignatureBlock, Title
from govdesk.form.deadline import find_due_date
from govdesk.form.form import Form
from govdesk.printing.compose import compose
from govdesk.report.late_issue_date import describe_late_issue
from govdesk.session.progress import list_missing
from govdesk.session.session import Snapshot, take_snapshot
from tests.checks.test_cases import report_of

MISTAKES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "mistakes.toml").read_text(encoding="utf-8"))["mistake"]
# A report of zeros that nothing is to be said of, but for what a mistake puts into it.
FAULTLESS = {
    "base": "zeros", "cover": {"issued_on": "2024-01-08"},
    "texts": {
        "overview.proactive": "围绕重点工作更新办事指南，回应群众关切。",
        "overview.on_request": "本年没有收到政府信息公开申请，也没有上年结转的申请。",
        "overview.information_management": "落实发布审核，定期清理过时的内容。",
        "overview.platform": "维护好区政府门户网站的部门栏目。",
        "overview.supervision": "将政务公开纳入考核，接受社会监督，没有被追究责任的情形。",
        "problems": "一是政策解读形式单一，下一步将增加图文解读。\n二是更新不够及时，下一步将建立台账。",
        "other_matters": "本年度未收取政府信息公开信息处理费。"}}


def snapshot_of(form: Form, given: dict[str, Any]) -> Snapshot:
    layers = dict(given)
    long = {text_id: "公" * length for text_id, length in layers.pop("long", {}).items()}
    if long:
        layers["texts"] = dict.fromkeys((t for t in form.texts if t.startswith("overview.")), "") | long
    merged = {**FAULTLESS, **layers}
    for layer in ("cover", "texts"):
        merged[layer] = {**FAULTLESS[layer], **layers.get(layer, {})}
    return take_snapshot(form, report_of(form, merged))


def printed_words(made: Document) -> set[str]:
    found: set[str] = set()
    for block in made.blocks:
        if isinstance(block, Title | Heading):
            found.add(block.text)
        elif isinstance(block, GridBlock):
            found |= {block.name, *(cell.text for row in block.rows for cell in row)}
        elif isinstance(block, SignatureBlock):
            found |= {block.organ, block.date}
    return found


def test_all_fifty_are_there() -> None:
    assert [mistake["number"] for mistake in MISTAKES] == list(range(1, 51))
    for mistake in MISTAKES:
        assert set(mistake) <= {"number", "name", "given", "rule", "says", "task", "notice", "printed", "refused",
                                "why"}
        assert mistake.keys() & {"rule", "task", "notice", "why"}, mistake["number"]


def test_nothing_is_said_of_the_report_without_a_mistake(form: Form) -> None:
    now = snapshot_of(form, {})
    assert [finding.message for finding in now.failed()] == []
    assert list_missing(now) == []


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake['number']} {mistake['name']}")
def test_a_mistake_is_said_or_cannot_be_made(form: Form, mistake: dict[str, Any]) -> None:
    now = snapshot_of(form, mistake.get("given", {}))
    said = [(finding.rule, finding.message) for finding in now.failed()]
    if "rule" in mistake:
        assert [message for rule, message in said if rule == mistake["rule"] and mistake["says"] in message], said
    if "task" in mistake:
        assert mistake["task"] in [task.words for task in list_missing(now)]
    if "notice" in mistake:
        report = now.report
        due = find_due_date(form, report.cover("organ.kind"), report.year)
        assert mistake["notice"] in describe_late_issue(report, due)
    for words in mistake.get("printed", ()):
        assert words in printed_words(compose(snapshot_of(form, {}))), words
    for typed in mistake.get("refused", ()):
        with pytest.raises(ValueError, match=r"[整数]"):
            parse_value(typed, whole=True)
