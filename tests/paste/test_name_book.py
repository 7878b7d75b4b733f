"""The names of rows and columns beside the form: what means what, and what a names file may not say."""

from __future__ import annotations

import re
import tomllib

import pytest

from govdesk.base.errors import FormError
from govdesk.base.paths import resources_folder
from govdesk.form.form import Form
from govdesk.paste import name_book


@pytest.mark.parametrize(("text", "line"), [
    ("新收", "new_requests"), ("本年新收件数", "new_requests"), ("一、本年新收政府信息公开申请数量", "new_requests"),
    ("上年结转", "carried_over_in"), ("结转下年", "carried_forward_out"), ("不掌握", "unable_not_held"),
    ("⾏政查询", "refused_administrative_inquiry"), ("（1）国家秘密", "refused_state_secret"),
    ("1国家秘密", "refused_state_secret"), ("其中：国家秘密", "refused_state_secret"), ("（七）总计", "results_total"),
    ("2.没有现成信息\n需要另行制作", "unable_needs_creation")])
def test_a_row_by_the_names_that_offices_use(form: Form, text: str, line: str) -> None:
    assert name_book.load_name_book(form.id).of(form.grids["requests"]).look_up(text).rows == {line}


@pytest.mark.parametrize("text", ["结转", "收到申请总数", "撤回", "商业秘密", "企业占比", "收", "", "字" * 200])
def test_a_name_that_may_mean_two_lines_or_none_is_not_known(form: Form, text: str) -> None:
    assert not name_book.load_name_book(form.id).of(form.grids["requests"]).look_up(text).is_known


def test_a_fee_in_yuan_is_not_one_in_ten_thousand_yuan(form: Form) -> None:
    names = name_book.load_name_book(form.id).of(form.grids["proactive"])
    assert names.look_up("收费金额（万元）").columns == {"amount_wan_yuan"}
    assert not names.look_up("收费金额（元）").is_known


def test_every_row_and_column_has_other_names(form: Form) -> None:
    table = tomllib.loads((resources_folder() / "names" / f"{form.id}.toml").read_text(encoding="utf-8"))
    named = {entry["at"] for kind in ("row", "column") for entry in table[kind]}
    assert named == {f"{grid.id}/{line}" for grid in form.grids.values() for line in (*grid.rows, *grid.columns)}


@pytest.mark.parametrize(("lines", "path"), [
    ('form = "another"', "form"), ("row requests/nothing 甲", "row[0].at"), ("row requests/total 甲", "row[0].at"),
    ("row requests/disclosed", "row[0].names"), ("row requests/disclosed （）", "row[0].names"),
    ("row requests/disclosed 甲\nmore = 1", "row[0].more"), ('neutral = "数"', "neutral"), ("others = 1", "others"),
    ("row requests/disclosed 甲\nrow requests/disclosed 乙", "row[1].at"),
    ("row requests/disclosed 甲\nrow requests/new_requests 1.甲", "row requests"),
    ("row requests/disclosed 部分公开", "row requests")])
def test_a_wrong_names_file_is_refused_with_its_place(form: Form, lines: str, path: str) -> None:
    """“row at name” stands for an entry with one further name."""
    lines = re.sub(r"^row (\S+) (\S+)$", r'[[row]]\nat = "\1"\nnames = ["\2"]', lines, flags=re.M)
    lines = re.sub(r"^row (\S+)$", r'[[row]]\nat = "\1"', lines, flags=re.M)
    written = lines if lines.startswith("form") else f'form = "{form.id}"\n{lines}'
    with pytest.raises(FormError) as refused:
        name_book.parse_name_book(tomllib.loads(written), form)
    assert str(refused.value).startswith(path)


def test_a_form_without_a_names_file_has_its_own_labels(form: Form) -> None:
    names = name_book.NameBook(form, {}, name_book.CommonWords()).of(form.grids["requests"])
    assert names.look_up("予以公开").rows == {"disclosed"} and not names.look_up("律所").is_known
