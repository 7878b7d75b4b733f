"""The table of what can be read: by content whatever the name, the words of refusal, and a reader that is put in."""

from __future__ import annotations

from pathlib import Path

import pytest

from govdesk import cli
from govdesk.base.errors import UnreadableFileError
from govdesk.exchange import report_file
from govdesk.exchange.read_result import ReadResult
from govdesk.exchange.readers import (
    EXCHANGE_READER,
    READERS,
    FileReader,
    is_named_as_readable,
    open_filter,
    read_bytes,
    read_file,
)
from govdesk.form.form import Address
from govdesk.report.report import Layer, edit_of
from ui import launch

TOTAL = Address.parse("requests/new_requests/total")
DOUBT = "第二张表有两格看不清。"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FileReader:
    """One more row: files that begin with FAKE hold the sample."""
    row = FileReader("fake", "样张文件", (".fake", ".fk"), lambda data: data.startswith(b"FAKE"),
                     lambda data, name: ReadResult(cli.sample_report(), None, (DOUBT,)))
    monkeypatch.setitem(READERS, row.id, row)
    return row


def test_a_file_is_known_by_its_content_not_by_its_name(tmp_path: Path) -> None:
    for name in ("年报", "年报.docx", "年报.pdf"):
        file = tmp_path / name
        file.write_bytes(report_file.dump_report(cli.sample_report()))
        assert read_file(file) == ReadResult(cli.sample_report())


def test_a_file_of_another_kind_is_refused_whatever_its_name(tmp_path: Path) -> None:
    file = tmp_path / "年报.govdesk"
    file.write_bytes(b"\x89PNG\r\n\x1a\n")
    with pytest.raises(UnreadableFileError) as refused:
        read_file(file)
    assert refused.value.sentence.startswith(f"{file}：这是图片，不是年报数据文件。图片里的数字读不出来")


@pytest.mark.parametrize(("data", "said"), [
    (b"", "x：文件是空的，请让对方重新导出一份"), (b"[1]", "x：不是年报数据文件（最外层应是 JSON 对象"),
    (b"{", "x：文件不完整或已损坏（第 1 行第 2 列读不下去）"),
    (b"{\\rtf1", "x：RTF 文件里没有找到年报的三张表"),
    (b"PK\x03\x04", "x：这是压缩文件（或损坏的 Word、Excel 文件），不是年报数据文件。"
                       "请先解压，再打开其中的 .govdesk 文件或 Word、Excel、PDF 文件"),
    ("临江区教育局2024年政府信息公开工作年度报告\n一、总体情况\n全年公开文件12件。".encode(),
     "x：这是纯文本。里面没有表格，分不清哪个数在哪一格，请用原来的 Word、网页、Excel 或 PDF 文件"),
    ("　临江区教育局年度报告，全年公开文件。".encode("gb18030"), "x：这是纯文本。里面没有表格"),
    (b"abc", "x：认不出这是什么文件。能打开的有年报数据文件（.govdesk）和 Word、WPS、网页、"),
    (b" " * 2000 + b"{", "x：文件不完整或已损坏（第 1 行第 2002 列读不下去）")])
def test_the_words_of_refusal(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError) as refused:
        read_bytes(data, "x")
    assert refused.value.sentence.startswith(said)


def test_the_totals_that_a_file_states_are_told() -> None:
    sample = cli.sample_report()
    assert not ReadResult(sample).stated
    stating = edit_of(sample, "x", [(Layer.STATED, TOTAL, 15)]).applied_to(sample)
    assert read_bytes(report_file.dump_report(stating), "x").stated == {TOTAL: 15}


def test_the_filter_and_the_names_come_from_the_table(fake: FileReader, monkeypatch: pytest.MonkeyPatch) -> None:
    together, exchange, *others = open_filter().split(";;")
    assert together.startswith("可以打开的文件 (*.govdesk *.docx ") and together.endswith(" *.fake *.fk)")
    assert exchange == "年报数据文件 (*.govdesk)" == EXCHANGE_READER.filter
    assert others[0] == "Word 文件 (*.docx *.docm)" and others[-2:] == ["样张文件 (*.fake *.fk)", "所有文件 (*)"]
    assert all(map(is_named_as_readable, ("a.FK", "a.govdesk", "a.docx", "a.WPS", "a.pdf", "a.ofd", "a.csv")))
    assert not is_named_as_readable("a.png")
    monkeypatch.delitem(READERS, fake.id)
    assert "fake" not in open_filter() and not is_named_as_readable("a.fk")


def test_a_reader_in_the_table_is_taken_by_the_command_line(
        fake: FileReader, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, other, out = tmp_path / "a.fake", tmp_path / "b.txt", tmp_path / "out.pdf"
    file.write_bytes(b"FAKE")
    other.write_bytes(b"FAKE")
    assert cli.main(["check", str(file), str(other)]) == 0
    told = capsys.readouterr()
    assert told.out.count("勾稽关系全部相符，没有空白") == 2
    assert f"{file}：{DOUBT}" in told.err and f"{other}：{DOUBT}" in told.err
    assert cli.main(["export", str(file), "-o", str(out)]) == 0
    assert out.read_bytes().startswith(b"%PDF-")
    this_year = tmp_path / "this.govdesk"
    sample = cli.sample_report()
    this_year.write_bytes(report_file.dump_report(edit_of(sample, "x",
                                                          [(Layer.COVER, "year", "2024")]).applied_to(sample)))
    capsys.readouterr()
    cli.main(["check", "--previous", str(file), str(this_year)])
    assert f"{file}：{DOUBT}" in capsys.readouterr().err


def test_a_file_of_a_reader_in_the_table_is_a_document_to_open(fake: FileReader,
                                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "_no_display", lambda: "no window in this test")
    assert launch.main(["年报.FAKE"]) == 2
    with pytest.raises(SystemExit):                      # not a document, so a command that is not known
        launch.main(["年报.other"])
