"""The command line: what it prints, its exit codes, and that a refusal is one sentence and leaves no file."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from govdesk import cli
from govdesk.drafts.last_year import lay_beside
from govdesk.exchange.readers import read_file
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Layer, edit_of
from govdesk.store.drafts import open_store
from ui import launch

ROOT = Path(__file__).resolve().parents[1]
CELL = "requests/new_requests/natural_person"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    file = tmp_path / "样例.govdesk"
    assert cli.main(["sample", "-o", str(file)]) == 0
    return file


def changed(sample: Path, name: str, **changes: Any) -> Path:
    """Another file beside the sample: keys replaced, values merged."""
    table = json.loads(sample.read_text(encoding="utf-8"))
    table["values"] |= changes.pop("values", {})
    file = sample.with_name(name)
    file.write_text(json.dumps(table | changes, ensure_ascii=False), encoding="utf-8")
    return file


def test_the_sample_is_whole_and_right(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert cli.main(["check", str(sample)]) == 0
    out, err = capsys.readouterr()
    assert out == f"{sample}：勾稽关系全部相符，没有空白\n"
    assert err == ""


def test_a_broken_past_is_said_beside_the_answer(
        sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = changed(sample, "带历史.govdesk", history={"draft": "d", "momenta": []})
    last = changed(broken, "上年带历史.govdesk", year=2022)
    _, (found,), err = checked(capsys, str(broken), "--previous", str(last))
    assert found["totals"]["requests/new_requests/total"] == "15"
    assert err.count("文件里的历史读不懂，没有带进来，现在的内容是全的") == 2 and f"{broken}：" in err
    assert cli.main(["export", str(broken), "-o", str(tmp_path / "a.pdf")]) == 0
    out, err = capsys.readouterr()
    assert "页" in out and err.count("\n") == 1 and "文件里的历史读不懂" in err and "momenta" in err


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    capsys.readouterr()
    code = cli.main(["check", "--json", *arguments])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()], err


def test_json_of_a_right_report(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (found,), _ = checked(capsys, str(sample))
    assert code == 0
    assert list(found) == ["file", "totals", "findings", "texts"]
    assert found["file"] == str(sample)
    assert found["findings"] == []
    assert len(found["totals"]) == 31 + 3
    assert found["totals"]["requests/new_requests/total"] == "15"
    assert found["totals"]["requests/results_total/total"] == "24"
    assert found["totals"]["disputes/reconsideration/total"] == "0"


def test_json_of_a_finding(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = changed(sample, "错.govdesk", values={CELL: "16"})
    code, (found,), _ = checked(capsys, str(wrong))
    assert code == 1
    assert found["findings"][0] == {
        "rule": "N01", "severity": "error", "state": "failed",
        "addresses": [CELL, "requests/carried_over_in/natural_person", "requests/results_total/natural_person",
                      "requests/carried_forward_out/natural_person"],
        "message": "表三 · 自然人列：一＋二＝23，三（七）＋四＝22，相差 1"}
    assert {f["state"] for f in found["findings"]} == {"failed"}


def test_json_of_blanks(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = json.loads(sample.read_text(encoding="utf-8"))
    del table["values"][CELL]
    blank = sample.with_name("空.govdesk")
    blank.write_text(json.dumps(table), encoding="utf-8")
    code, (found,), _ = checked(capsys, str(blank))
    assert code == 0                                     # a blank is pending, not wrong
    assert "requests/new_requests/total" not in found["totals"]
    assert {f["state"] for f in found["findings"]} == {"pending"}
    assert {f["rule"] for f in found["findings"]} == {"N01", "N05", "N06", "N18", "T01"}
    assert all(list(f) == ["rule", "severity", "state", "addresses", "message"] for f in found["findings"])


def test_a_total_of_nothing_but_not_applicable(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = [
        str(a) for a in form_reader.load_form("ogi-annual-report-2021").grids["requests"].inputs if a.row
           == "new_requests"
    ]
    file = changed(sample, "不适用.govdesk", values=dict.fromkeys(row, "na"))
    _, (found,), _ = checked(capsys, str(file))
    assert found["totals"]["requests/new_requests/total"] == "na"


def test_a_warning_alone_does_not_fail(sample: Path) -> None:
    documents = "proactive/normative_documents"
    assert cli.main(["check", str(changed(sample, "w.govdesk", values={f"{documents}/issued": "3"}))]) == 0


def test_several_files_a_line_each_and_the_worst_exit_code(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = changed(sample, "错.govdesk", values={CELL: "16"})
    none = sample.with_name("无.govdesk")
    code, found, err = checked(capsys, str(wrong), str(sample))
    assert (code, [f["file"] for f in found]) == (1, [str(wrong), str(sample)])
    code, found, err = checked(capsys, str(sample), str(none), str(wrong))
    assert (code, [f["file"] for f in found]) == (2, [str(sample), str(wrong)])
    assert err == f"govdesk：{none}：没有这个文件，请核对路径\n"


def test_lines_for_a_person(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = changed(sample, "错.govdesk", values={CELL: "16", "proactive/normative_documents/issued": "3"})
    capsys.readouterr()
    assert cli.main(["check", str(wrong)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{wrong}：还有 7 处待改正或说明"
    assert lines[1] == "  ⚠ 必须改正　表三 · 自然人列：一＋二＝23，三（七）＋四＝22，相差 1（N01）"
    assert lines[3].startswith("  ⚠ 请说明　表二 · 行政规范性文件：本年制发 3 件")
    assert lines[4].startswith("  ⚠ 请说明　（二）依申请公开写“新收政府信息公开申请15件”")
    assert lines[5].startswith("  ⚠ 请说明　（三）政府信息管理写“没有制发行政规范性文件”")
    assert lines[6].startswith("  ⚠ 请说明　第二部分文字说明写“制发行政规范性文件0件”")
    assert lines[7].startswith("  ⚠ 请说明　第三部分文字说明写“新收的15件”")
    assert len(lines) == 8


def test_last_years_figures(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = "proactive/normative_documents"
    now = changed(sample, "今.govdesk", values={f"{documents}/issued": "1", f"{documents}/repealed": "6"},
                  texts={"proactive.text": "本年制发行政规范性文件1件。"})
    carried = "requests/carried_forward_out"
    last = changed(sample, "去.govdesk", year=2022, values={
        f"{documents}/in_force": "4", f"{carried}/natural_person": "7", f"{carried}/other_org": "2"})
    code, (alone,), _ = checked(capsys, str(now))
    assert (code, alone["findings"]) == (0, [])
    code, (found,), _ = checked(capsys, str(now), "--previous", str(last))
    assert code == 0
    assert [f["message"] for f in found["findings"]] == [
        "表二 · 行政规范性文件：现行有效填 0，上年 4＋制发 1－废止 6＝-1，相差 1",
        "表二 · 行政规范性文件：本年废止 6 件，多于上年现行有效 4＋本年制发 1＝5 件，请核实"]
    code, found_none, err = checked(capsys, str(now), "--previous", str(sample.with_name("无")))
    assert (code, found_none) == (2, [])
    assert "没有这个文件" in err


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes by name here")
def test_last_year_s_report_may_come_through_a_pipe(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = sample.with_name("pipe")
    os.mkfifo(pipe)
    last = changed(sample, "去.govdesk", year=2022).read_bytes()
    writer = threading.Thread(target=lambda: pipe.write_bytes(last), daemon=True)
    writer.start()
    code, found, err = checked(capsys, str(sample), str(sample), "--previous", str(pipe))
    assert (code, len(found), err) == (1, 2, "")         # last year's 9 open cases were not the 9 carried over now
    assert found[0]["findings"] == found[1]["findings"] != []


@pytest.mark.parametrize(("changes", "words"), [
    ({}, "上年的年报就是这份年报本身"), ({"year": 2023, "issued_on": ""}, "这是2023年度的年报，不是2023年度的上一年"),
    ({"year": 2021}, "这是2021年度的年报，不是2023年度的上一年，请另选2022年度的年报"),
    ({"year": 2024}, "这是2024年度的年报，不是2023年度的上一年")])
def test_a_report_that_is_not_of_the_year_before_is_refused(
        sample: Path, capsys: pytest.CaptureFixture[str], changes: dict[str, Any], words: str) -> None:
    """Its figures would be held against the wrong year, and nobody would see why."""
    code, found, err = checked(capsys, str(sample), "--previous", str(changed(sample, "去.govdesk", **changes)))
    assert (code, found) == (2, [])
    assert f"{sample}：没有核对：{words}" in err


@pytest.fixture
def of_2020(tmp_path: Path) -> Path:
    """A report of the form before, with what the form of 2021 has and has not."""
    form = form_reader.load_form("ogi-annual-report-2019")
    values = dict.fromkeys(map(str, form.input_cells), "0") | {
        "requests/new_requests/natural_person": "2", "requests/carried_forward_out/natural_person": "2",
        "proactive/administrative_penalty/change": "-18", "proactive/central_procurement/amount_yuan": "251000"}
    file = tmp_path / "2020.govdesk"
    file.write_text(json.dumps({
        "format": "govdesk-report/1", "form": form.id, "organ": {"name": "临江区人民政府办公室"}, "year": 2020,
        "values": values}, ensure_ascii=False), encoding="utf-8")
    return file


def test_a_report_of_the_form_of_2019_is_checked_and_exported(
        of_2020: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, (found,), err = checked(capsys, str(of_2020))
    assert (code, err) == (0, "")
    assert [f["message"] for f in found["findings"] if f["state"] == "failed"] == []
    assert found["totals"]["requests/new_requests/total"] == "2"
    target = of_2020.with_suffix(".pdf")
    assert cli.main(["export", str(of_2020), "-o", str(target)]) == 0
    assert target.read_bytes().startswith(b"%PDF-")


def test_it_is_last_year_s_of_a_report_of_2021_over_the_map(
        sample: Path, of_2020: Path, capsys: pytest.CaptureFixture[str]) -> None:
    now = changed(sample, "2021.govdesk", year=2021, issued_on="2022-01-18", previous={})
    code, (found,), err = checked(capsys, str(now), "--previous", str(of_2020))
    assert code == 1
    assert "上年年报的结转下年度为 2" in "".join(f["message"] for f in found["findings"])
    assert "上年年报用的是2019年试行格式" in err and "表三的（六）其他处理" in err


def test_a_report_of_another_form_is_refused_with_the_true_reason(
        sample: Path, of_2020: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The form of 2019 does not follow that of 2021, whatever the years are."""
    last = changed(sample, "2019.govdesk", year=2019, issued_on="")
    code, found, err = checked(capsys, str(of_2020), "--previous", str(last))
    assert (code, found) == (2, [])
    assert "没有核对：上年的那份用的是《中华人民共和国政府信息公开工作年度报告格式》" in err
    assert "两种表式不衔接" in err
    code, found, err = checked(capsys, str(sample), "--previous", str(of_2020))
    assert (code, found) == (2, [])
    assert "这是2020年度的年报，不是2023年度的上一年" in err


def test_another_organ_s_report_of_the_year_before_is_compared_and_said(
        sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It may have had another name."""
    organ = json.loads(sample.read_text(encoding="utf-8"))["organ"]
    last = changed(sample, "去.govdesk", year=2022, organ=organ | {"name": "临江县人民政府办公室"})
    code, found, err = checked(capsys, str(sample), "--previous", str(last))
    assert (code, len(found)) == (1, 1)
    assert "上年的年报是“临江县人民政府办公室”的，这份是“临江区人民政府办公室”的" in err
    _, _, err = checked(capsys, str(sample), "--previous", str(changed(sample, "同.govdesk", year=2022)))
    assert err == ""


@pytest.mark.parametrize("name", ["x.GOVDESK", "x.GovDesk", "x.govdesk"])
def test_a_document_is_known_by_its_suffix_in_any_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str | None] = []
    monkeypatch.setattr(launch, "_no_display", lambda: "")
    monkeypatch.setitem(
        sys.modules, "ui.app.application", SimpleNamespace(run=lambda document: opened.append(document) or 0)
    )
    monkeypatch.setattr("ui.app.application", sys.modules["ui.app.application"], raising=False)
    assert launch.main([name]) == 0
    assert opened == [name]


def test_last_years_totals_stand_beside_the_report(sample: Path) -> None:
    report = read_file(sample).report
    last = edit_of(report, "", [(Layer.COVER, "year", "2022")]).applied_to(report)
    beside = lay_beside(report, last).report
    assert beside.previous(Address.parse("requests/results_total/total")) == 24
    assert beside.previous(Address.parse(CELL)) == 15


BAD = {
    "不是 JSON": b"{", "GB 18030": "{\"format\": \"年报\"}".encode("gb18030"), "空文件": b"",
    "另一种格式": b'{"format": "x"}', "控制字符": b'{"\\u001b[31m\\ud800": 1, "format": "govdesk-report/1"}',
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD)
@pytest.mark.parametrize("command", ["check", "check --json", "export"])
def test_bad_input_is_one_sentence_and_no_file(tmp_path: Path, content: bytes, command: str) -> None:
    """As a user meets it: a process of its own, its console in UTF-8."""
    file, out = tmp_path / "坏.govdesk", tmp_path / "out.pdf"
    file.write_bytes(content)
    arguments = [*command.split(), str(file), *(["-o", str(out)] if command == "export" else [])]
    done = subprocess.run([sys.executable, "-m", "govdesk", *arguments], capture_output=True, cwd=ROOT, check=False)
    error = done.stderr.decode("utf-8")
    assert done.returncode == 2
    assert done.stdout == b""
    assert error.startswith(f"govdesk：{file}：")
    assert error.count("\n") == 1
    assert "Traceback" not in error
    assert sorted(p.name for p in tmp_path.iterdir()) == ["坏.govdesk"]


@pytest.mark.parametrize(("arguments", "reason"), [
    (["chek"], "命令没有 'chek'，可用的有 'sample', 'check', 'import', 'export'"), (["check"], "缺少 FILE"),
    (["export", "x"], "缺少 -o/--output"), (["sample"], "缺少 -o/--output"),
    (["check", "--jsn", "x"], "不认识 --jsn"), (["check", "x", "--previous"], "--previous 后面要写一项"),
    (["check", "--json=1", "x"], "--json 后面不能写 '1'"), (["check", ""], "FILE：文件名是空的"),
    (["check", "x", "--previous", " "], "--previous：文件名是空的"), (["export", "", "-o", "x"], "FILE：文件名是空的"),
    (["sample", "-o", ""], "-o/--output：文件名是空的"),
    (["check", "--x\n\x1b[31m\udc80", "y"], r"不认识 --x\n\x1b[31m\udc80）")])
def test_a_command_that_is_wrong(arguments: list[str], reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    assert left.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith(f"govdesk：命令写得不对（{reason}")
    assert error.count("\n") == 1


@pytest.mark.parametrize("command", ["", "sample", "check", "export"])
def test_the_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main([*command.split(), "--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert said.startswith(f"用法：govdesk {command}".rstrip())
    assert not re.search(r"usage|arguments|options|show", said)


def test_a_refusal_leads_to_the_help_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["export", "x"])
    assert capsys.readouterr().err.endswith("用法见 govdesk export --help\n")


def test_without_a_command_it_says_how(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 2
    assert "sample" in capsys.readouterr().out


@pytest.mark.parametrize("where", ["none/x.govdesk", "."])
def test_a_sample_that_cannot_be_written(tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sample", "-o", str(tmp_path / where)]) == 2
    assert "文件夹" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_sample_replaces_an_older_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "x.govdesk"
    file.write_bytes(b"old" * 100_000)
    assert cli.main(["sample", "-o", str(file)]) == 0
    assert read_file(file).report == cli.sample_report()
    assert [p.name for p in tmp_path.iterdir()] == ["x.govdesk"]


def test_the_sample_can_be_kept_as_a_draft_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                                capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("GOVDESK_DATA", str(tmp_path / "data"))
    for _ in range(2):
        assert cli.main(["sample", "-o", str(tmp_path / "s.govdesk"), "--draft"]) == 0
    assert str(tmp_path / "data") in capsys.readouterr().out
    with open_store(tmp_path / "data") as drafts:
        assert [drafts.load(draft.id) for draft in drafts.list()] == [cli.sample_report()]


def test_a_file_gets_the_name_that_was_given_and_no_other(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No suffix is put on: what is beside it is not replaced."""
    beside = {name: sample.with_name(name) for name in ("年报.pdf", "年报.govdesk")}
    for file in beside.values():
        file.write_bytes(b"kept")
    target = sample.with_name("年报")
    assert cli.main(["export", str(sample), "-o", str(target)]) == 2
    assert "请在文件名后加上 .pdf" in capsys.readouterr().err
    assert not target.exists()
    assert cli.main(["export", str(sample), "-o", str(target), "--to", "pdf"]) == 0
    assert target.read_bytes().startswith(b"%PDF")
    assert cli.main(["sample", "-o", str(target)]) == 0
    assert target.read_bytes().startswith(b"{")
    assert [file.read_bytes() for file in beside.values()] == [b"kept"] * 2
