"""`govdesk import`: what it prints, writes and returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govdesk import cli
from govdesk.base.numerals import dump_value
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, Report, edit_of
from tests.importing import file_making
from tests.importing.file_making import docx, run, word_cell
from tests.importing.made_reports import all_figures, laid_out, made_report

RULES = Address.parse("proactive/rules/issued")


@pytest.fixture
def report(form: Form) -> Report:
    return made_report(form, 31)


@pytest.fixture
def file(form: Form, report: Report, tmp_path: Path) -> Path:
    made = tmp_path / "去年.docx"
    made.write_bytes(docx(laid_out(form, report)))
    return made


@pytest.fixture
def doubtful(form: Form, report: Report, tmp_path: Path) -> Path:
    """The same with a revision that nobody accepted."""
    made = tmp_path / "修订.docx"
    shown = {address: dump_value(value) for address, value in all_figures(report).items()}
    made.write_bytes(docx(laid_out(form, report, shown=lambda address: "@" if address == RULES else shown[address]),
                          lambda place: f"<w:p><w:ins w:id='1'>{run('15')}</w:ins></w:p>" if place.text == "@"
                          else word_cell(place)))
    return made


def test_the_json_of_a_sure_file(report: Report, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "--json", str(file)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert list(said) == ["file", "form", "organ", "year", "cells", "doubtful", "missing", "left_over", "said"]
    assert said["file"] == str(file) and said["form"] == report.form_id
    assert said["organ"] == report.cover("organ.name") and said["year"] == report.year
    assert {key: cell["value"] for key, cell in said["cells"].items()} == {
        str(address): dump_value(value) for address, value in all_figures(report).items()}
    assert {cell["state"] for cell in said["cells"].values()} == {"sure"}
    assert said["cells"][str(RULES)]["source"] == "第 1 张表第 3 行第 2 列"
    assert said["doubtful"] == said["missing"] == said["left_over"] == said["said"] == []


def test_a_doubt_is_told_and_kept(doubtful: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.govdesk"
    assert cli.main(["import", "--json", str(doubtful), "-o", str(out)]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["doubtful"] == [str(RULES)]
    assert said["cells"][str(RULES)]["value"] == "15" and said["cells"][str(RULES)]["state"] == "doubtful"
    assert "修订" in said["cells"][str(RULES)]["reason"] and any("修订痕迹" in one for one in said["said"])
    kept = read_file(out).report
    assert kept.value(RULES) == 15 and "存疑" in str(kept.entry(Layer.NOTES, RULES))


def test_the_file_that_is_written_is_the_report(report: Report, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.govdesk"
    assert cli.main(["import", str(file), "-o", str(out)]) == 0
    written = read_file(out).report
    assert written.entries(Layer.VALUES) == report.entries(Layer.VALUES)
    assert written.entries(Layer.STATED) == report.entries(Layer.STATED)
    assert written.entries(Layer.TEXTS) == report.entries(Layer.TEXTS)
    assert cli.main(["check", str(out)]) in (0, 1)


def test_as_last_years_report(report: Report, file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.govdesk"
    assert cli.main(["import", str(file), "-o", str(out), "--as", "previous"]) == 0
    written = read_file(out).report
    assert report.year is not None and written.year == report.year + 1
    assert written.previous(RULES) == report.value(RULES)
    total = Address.parse("requests/results_total/total")
    assert written.previous(total) == report.stated(total)


def test_a_doubt_goes_along_as_last_years_figure(doubtful: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.govdesk"
    assert cli.main(["import", str(doubtful), "-o", str(out), "--as", "previous"]) == 1
    written = read_file(out).report
    assert written.previous(RULES) == 15
    assert str(written.entry(Layer.NOTES, RULES)).startswith("上年数导入时存疑：")


def test_many_files_into_a_folder(form: Form, file: Path, doubtful: Path, tmp_path: Path) -> None:
    bad, folder = tmp_path / "坏.pdf", tmp_path / "读入"
    bad.write_bytes(b"%PDF-1.7")
    twin = tmp_path / "去年.html"
    twin.write_text(file_making.html_text(laid_out(form, made_report(form, 32))), encoding="utf-8")
    folder.mkdir()
    assert cli.main(["import", *map(str, (file, doubtful, bad, twin)), "-o", str(folder)]) == 2
    assert sorted(one.name for one in folder.iterdir()) == ["修订.govdesk", "去年.govdesk", "去年（2）.govdesk"]


def test_many_files_into_one_are_refused(file: Path, doubtful: Path, tmp_path: Path,
                                         capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", str(file), str(doubtful), "-o", str(tmp_path / "x.govdesk")]) == 2
    assert "不是已有的文件夹" in capsys.readouterr().err and not (tmp_path / "x.govdesk").exists()


def test_a_report_without_a_year_is_read_but_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                         form: Form) -> None:
    file, out = tmp_path / "a.docx", tmp_path / "out.govdesk"
    tables = [part for part in laid_out(form, made_report(form, 33)) if not isinstance(part, str)]
    file.write_bytes(docx(tables))
    assert cli.main(["import", str(file)]) == 0
    assert cli.main(["import", str(file), "-o", str(out)]) == 2
    assert "没有读出报告年度" in capsys.readouterr().err and not out.exists()


def test_an_exchange_file_is_taken_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from govdesk.exchange import report_file

    file = tmp_path / "a.govdesk"
    file.write_bytes(report_file.dump_report(cli.sample_report()))
    assert cli.main(["import", "--json", str(file)]) == 0
    assert json.loads(capsys.readouterr().out)["year"] == cli.sample_report().year


def test_check_reads_a_word_file_and_says_what_is_in_doubt(doubtful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", str(doubtful)])
    assert "1 格存疑" in capsys.readouterr().err




def test_a_file_of_2020_is_written_as_one_of_its_form_and_followed_by_one_of_2021(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = form_reader.load_form("ogi-annual-report-2019")
    report = edit_of(made_report(form, 4), "", [(Layer.COVER, "year", "2020")])
    old = report.applied_to(made_report(form, 4))
    file, out = tmp_path / "2020.docx", tmp_path / "out.govdesk"
    file.write_bytes(docx(laid_out(form, old)))
    assert cli.main(["import", str(file), "-o", str(out), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["form"], found["year"], len(found["cells"])) == (form.id, 2020, 198)
    assert read_file(out).report.form_id == form.id
    assert cli.main(["import", str(file), "-o", str(out), "--as", "previous"]) == 0
    assert "没有带入：表二的规章" in capsys.readouterr().out
    begun = read_file(out).report
    assert (begun.form_id, begun.year) == ("ogi-annual-report-2021", 2021)
    carried = Address.parse("requests/carried_forward_out/natural_person")
    assert begun.previous(carried) == old.value(carried)
