"""自检单: every rule with its result, what is open, the reasons; the same as lines and on paper."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2

from govdesk import cli
from govdesk.base import paths
from govdesk.export.formats import export_document
from govdesk.findings import reasons
from govdesk.form.form import Address, Form
from govdesk.printing import self_check_sheet
from govdesk.printing.self_check_sheet import SelfCheckSheet, SheetRow
from govdesk.report.report import Layer, Report, edit_of
from govdesk.session.session import take_snapshot

AT = datetime(2024, 1, 18, 15, 2)
DISCLOSED = Address("requests", "disclosed", "natural_person")
IN_FORCE = Address("proactive", "normative_documents", "in_force")

NEED_LAST_YEAR = ["N07", "N08", "N09", "N10", "N19", "N22", "N26"]


def sheet_of(form: Form, report: Report) -> SelfCheckSheet:
    return self_check_sheet.make_sheet(take_snapshot(form, report), AT, "9.9", "ab" * 32)


def row(made: SelfCheckSheet, rule: str) -> SheetRow:
    return next(row for row in made.rows if row.rule == rule)


def with_values(report: Report, layer: Layer, **cells: int) -> Report:
    wanted = [(layer, Address.parse(key.replace("__", "/")), Decimal(value)) for key, value in cells.items()]
    return edit_of(report, "", wanted).applied_to(report)


def test_every_rule_of_the_form_has_a_line_and_the_sample_passes(form: Form) -> None:
    made = sheet_of(form, cli.sample_report())
    assert [r.rule for r in made.rows] == [check.id for check in form.checks]
    assert {r.result for r in made.rows} == {"通过", "不涉及", "未核对"}
    assert (made.verdict, made.open) == ("可以送审", ())
    assert [r.rule for r in made.rows if r.result == "未核对"] == NEED_LAST_YEAR
    assert ("数据时点", "2024年1月18日 15:02") in made.facts and ("校验码", "abababababababab") in made.facts
    assert (row(made, "N07").result, row(made, "N07").notes) == ("未核对", ("没有上年数字，没有核对",))
    assert (row(made, "N02").result, row(made, "N02").notes) == ("不涉及", ("合计由程序相加得出，没有录入原件合计",))
    assert row(made, "T02").result == "不涉及" and row(made, "T02").notes == ()
    assert row(made, "N01").notes == ("自然人 22＝22，其他 2＝2，总计 24＝24",)


def test_what_is_off_what_was_explained_and_what_is_blank(form: Form) -> None:
    report = with_values(cli.sample_report(), Layer.PREVIOUS, proactive__normative_documents__in_force=9)
    report = with_values(report, Layer.VALUES, requests__disclosed__natural_person=0,
                         proactive__normative_documents__in_force=10)
    now = take_snapshot(form, report)
    warned = next(f for f in now.failed() if f.rule == "N10")
    report = edit_of(report, "", [reasons.entry_for_reason(report, now.figures, warned, "机构合并")]).applied_to(report)
    made = sheet_of(form, report)
    assert row(made, "N01").result == "对不上"
    assert row(made, "N01").notes[0] == "表三 · 自然人列：一＋二＝22，三（七）＋四＝21，相差 1"
    assert row(made, "N10").result == "已说明" and row(made, "N10").notes[-1] == "理由：机构合并"
    assert made.counts.startswith(f"按规则计，共 {len(form.checks)} 条：")
    assert "对不上 1 条（1 处）" in made.counts and "已说明 1 条（1 处）" in made.counts
    blank = edit_of(report, "", [(Layer.VALUES, DISCLOSED, None)]).applied_to(report)
    made = sheet_of(form, blank)
    assert row(made, "N06").result == "待填" and made.open == ("表三还有 1 格空白",)


def test_lines_and_paper_say_the_same(form: Form, tmp_path: Path) -> None:
    made = sheet_of(form, with_values(cli.sample_report(), Layer.VALUES, requests__disclosed__natural_person=0))
    lines = self_check_sheet.sheet_as_text(made)
    target = tmp_path / "sheet.pdf"
    done = export_document(self_check_sheet.sheet_as_document(made, "2024-01-18"), target, "pdf",
                           paths.resources_folder() / "fonts")
    assert done.pages >= 2 and not done.doubts
    printed = pypdfium2.PdfDocument(target)
    text = "".join("".join(printed[i].get_textpage().get_text_range().split()) for i in range(len(printed)))
    for check in form.checks:
        assert f"{check.id}【" in lines and check.id in text
        assert check.title in lines
    for words in ("还不能送审：1处对不上", "相差1", "2024年1月18日15:02", "abababababababab", "审核人："):
        assert words in "".join(lines.split()) and words in text, words


def test_one_rule_may_speak_at_several_places_and_both_are_counted(form: Form) -> None:
    texts = [(Layer.TEXTS, "overview.on_request", "部分公开61件，不予公开62件，无法提供63件。")]
    made = sheet_of(form, edit_of(cli.sample_report(), "", texts).applied_to(cli.sample_report()))
    assert "待说明 1 条（3 处）" in made.counts and made.verdict == "可以送审，还有 3 处最好写明理由"


def test_on_paper_the_signatures_come_last_and_lines_break_by_sense(form: Form, tmp_path: Path) -> None:
    document = self_check_sheet.sheet_as_document(sheet_of(form, cli.sample_report()), "2024-01-18")
    target = tmp_path / "sheet.pdf"
    assert export_document(document, target, "pdf", paths.resources_folder() / "fonts").pages == 2
    lines = [line for page in pypdfium2.PdfDocument(target) for line in page.get_textpage().get_text_range().split()]
    words = "".join(lines)
    assert words.index("N01") < words.index("T04") < words.index("填报人：") < words.index("负责人：")
    for title in ("勾稽关系：一＋二＝三（七）＋四", "件数为不小于0的整数，金额不小于0"):
        assert title in lines, title
