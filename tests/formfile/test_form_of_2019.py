"""The form of 2019 against published reports of that form: every label to the character, every span, every cell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from govdesk.base import paths
from govdesk.base.errors import FormError, InstallationError
from govdesk.form.form import Form
from govdesk.form.grid_plan import make_grid_plan
from govdesk.form.succession import map_to_last_year, name_uncarried
from govdesk.formfile import form_choice, form_reader

OLD, NEW = "ogi-annual-report-2019", "ogi-annual-report-2021"
# label ×columns; row and column of a figure, the row without its administrative_
TABLE_TWO = """
第二十条第（一）项 ×4
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量
规章 | rules/made | rules/published | rules/published_in_all
规范性文件 | normative_documents/made | normative_documents/published | normative_documents/published_in_all
第二十条第（五）项 ×4
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政许可 | licensing/items_last_year | licensing/change | licensing/decisions
其他对外管理服务事项 | other_services/items_last_year | other_services/change | other_services/decisions
第二十条第（六）项 ×4
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政处罚 | penalty/items_last_year | penalty/change | penalty/decisions
行政强制 | compulsion/items_last_year | compulsion/change | compulsion/decisions
第二十条第（八）项 ×4
信息内容 | 上一年项目数量 | 本年增/减 ×2
行政事业性收费 | fees/items_last_year | fees/change ×2
第二十条第（九）项 ×4
信息内容 | 采购项目数量 | 采购总金额 ×2
政府集中采购 | central_procurement/projects | central_procurement/amount_yuan ×2
"""


@pytest.fixture(scope="module")
def old() -> Form:
    return form_reader.load_form(OLD)


def test_table_two_is_as_it_was_published(old: Form) -> None:
    laid = make_grid_plan(old.grids["proactive"])
    lines: list[list[str]] = [[] for _ in range(laid.rows)]
    for cell in laid.cells:
        at = cell.address
        label = f"{at.row.removeprefix('administrative_')}/{at.column}" if at else cell.text
        lines[cell.row].append(label + (f" ×{cell.column_span}" if cell.column_span > 1 else ""))
    assert "\n".join(" | ".join(line) for line in lines) == TABLE_TWO.strip()


def test_table_three_has_one_row_of_other_handling_and_table_four_is_as_now(old: Form, form: Form) -> None:
    rows = list(old.grids["requests"].rows.values())
    now = [row for row in form.grids["requests"].rows.values() if not row.id.startswith("other_")]
    assert [row for row in rows if row.id != "other_handling"] == now
    assert [row.label for row in rows][-3:] == ["（六）其他处理", "（七）总计", "四、结转下年度继续办理"]
    assert len(old.grids["requests"].addresses) == 23 * 7
    assert old.grids["disputes"] == form.grids["disputes"]
    assert [s.heading for s in old.sections] == [s.heading for s in form.sections]


def test_signs_and_units(old: Form) -> None:
    columns = old.grids["proactive"].columns
    assert {c.id: (c.unit, c.signed, c.unit_printed, c.amount) for c in columns.values() if c.unit} == {
        "items_last_year": ("项", False, False, False), "change": ("项", True, False, False),
        "projects": ("项", False, False, False), "amount_yuan": ("元", False, True, True)}


def test_its_rules_are_those_of_today_that_its_tables_allow(old: Form, form: Form) -> None:
    now = {check.id: check for check in form.checks}
    assert [check.id for check in old.checks] == [
        "N01", "N02", "N03", "N04", "N05", "N06", "N07", "N08", "N17", "N18", "N19", "N21", "N22", "N26", "N27", "N28",
        "T01", "T02", "T03", "T04"]
    assert all(check.kind == now[check.id].kind and check.severity == now[check.id].severity for check in old.checks)
    assert not [check.id for check in old.checks if "2021" in check.source and check.id != "N28"]
    patterns = [c.params["gaps"] for c in (*old.checks, *form.checks) if c.id == "T03"]
    assert patterns[0] == patterns[1]                        # mended once, mended for both


@pytest.mark.parametrize(("year", "form_id"), [
    (2018, NEW), (2019, OLD), (2020, OLD), (2021, NEW), (2026, NEW), (None, NEW)])
def test_each_year_has_its_form(year: int | None, form_id: str) -> None:
    assert form_choice.form_of_year(year).id == form_id


def test_the_report_after_one_of_2020_has_the_next_form(old: Form, form: Form) -> None:
    assert form_choice.form_after(old, 2020) is old
    assert form_choice.form_after(old, 2021).id == form.id
    assert form_choice.form_after(form, 2022) is form
    assert form_choice.form_after(form, 2020) is form        # no form follows this one
    assert form_choice.first_year() == 2019


def test_what_goes_on_from_what(old: Form, form: Form) -> None:
    """A wrong address in the map would silently be no counterpart."""
    assert form.follows is not None
    assert all(any(f"{cell}/".startswith(f"{there}/") for cell in old.cells) for there in form.follows.places.values())
    found = map_to_last_year(form, old)
    assert len(found) == 22 * 7 + 15 + 3
    assert all(str(here) == str(there) for here, there in found.items())
    assert {here.row for here in found if here.grid == "proactive"} == {
        "administrative_licensing", "administrative_penalty", "administrative_compulsion"}
    assert not {here.row for here in found} & {"other_misc", "other_fee_unpaid", "other_correction_overdue", "rules"}
    assert map_to_last_year(old, form) == {}
    assert map_to_last_year(form, old._replace(id="another-form")) == {}     # whatever its ids are
    assert map_to_last_year(old, old) == {cell: cell for cell in old.cells}


def test_what_has_no_place_is_named(old: Form, form: Form) -> None:
    assert name_uncarried(form, old, old.cells) == (
        "表二的规章、规范性文件、行政许可（上一年项目数量、本年增/减）、其他对外管理服务事项、行政处罚（上一年项目数量、本年增/减）、"
        "行政强制（上一年项目数量、本年增/减）、行政事业性收费、政府集中采购", "表三的（六）其他处理")
    assert name_uncarried(form, old, [a for a in old.cells if a.grid == "disputes"]) == ()


def test_a_draft_without_its_form_is_known_by_its_cells() -> None:
    assert form_choice.form_with_cells(["requests/new_requests/total", "proactive/rules/made"], 2023).id == OLD
    assert form_choice.form_with_cells(["requests/new_requests/total", "proactive/rules/issued"], 2020).id == NEW
    assert form_choice.form_with_cells([], 2020).id == OLD
    assert form_choice.form_with_cells([], None).id == NEW


@pytest.mark.parametrize(("gone", "other"), [(OLD, NEW), (NEW, OLD)])
def test_a_form_that_is_gone_is_no_unknown_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str,
                                                other: str) -> None:
    """The file that is left names the other one as one of the program's."""
    shutil.copytree(paths.resources_folder() / "forms", tmp_path / "forms")
    (tmp_path / "forms" / f"{gone}.toml").unlink()
    monkeypatch.setattr(form_reader, "resources_folder", lambda: tmp_path)
    form_reader.load_form.cache_clear()
    try:
        with pytest.raises(InstallationError, match="请重新安装程序"):
            form_reader.load_form(gone)
        with pytest.raises(FormError, match="not known"):
            form_reader.load_form("gov-website-report-2018")
        assert form_reader.load_form(other).id == other
    finally:
        form_reader.load_form.cache_clear()
