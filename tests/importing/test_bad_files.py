"""Files that are damaged, locked, far too large or not what they are called: one Chinese sentence, and nothing else."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from govdesk import cli
from govdesk.base.errors import UnreadableFileError
from govdesk.base.paths import resources_folder
from govdesk.exchange.readers import read_bytes
from govdesk.form.form import Form
from tests.importing import file_making, page_making
from tests.importing.file_making import W, docx_of, paragraph, workbook, zipped
from tests.importing.made_reports import laid_out, made_report

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016


ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as error:
        read_bytes(data, "年报")
    sentence = error.value.sentence
    assert sentence.startswith("年报：") and "\n" not in sentence and "请" in sentence
    return sentence


def pdf_of(content: bytes, count: int = 1) -> bytes:
    packed = zlib.compress(content)
    pages = b"3 0 R " * count
    return (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[" + pages + b"]/Count "
            + str(count).encode() + b">>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>"
            b"endobj\n4 0 obj<</Filter/FlateDecode/Length " + str(len(packed)).encode() + b">>stream\n" + packed
            + b"\nendstream endobj\ntrailer<</Root 1 0 R>>")


def directory(*names: str) -> bytes:
    """A compound file as far as its directory is looked at."""
    return COMPOUND + b"".join((name + "\0").encode("utf-16-le").ljust(128, b"\0") for name in names)


BAD: dict[str, tuple[bytes, str]] = {
    "a .docx that unpacks to 200 MB": (docx_of(paragraph("一" * 70_000_000)), "压缩得异常紧"),
    "two million empty paragraphs": (docx_of("<w:p/>" * 1_900_000), "压缩得异常紧"),
    "a million rows": (workbook("".join(f'<row r="{i}"><c r="A{i}"><v>{i}</v></c></row>' for i in range(1, 300_000))),
                       "压缩得异常紧"),
    "a cell at the far end of a sheet": (workbook('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
                                         "第 1048576 行第 16384 列"),
    "a cell at an address that is none": (workbook('<row r="1"><c r="A99999999999"><v>1</v></c></row>'), "损坏"),
    "an external entity": (zipped({"word/document.xml": f"{ENTITY}<w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t>"
                                   "</w:r></w:p></w:body></w:document>"}), "外部实体"),
    "a page with an entity": (b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html>&a;</html>', "外部实体"),
    "a PDF that unpacks to 60 MB": (pdf_of(b"0 0 m " * 10_000_000), "压缩得异常紧"),
    "a PDF of 10,000 pages": (pdf_of(b" ", 10_000), "10000 页"),
    "a PDF without text": (pdf_of(b"0 0 m 100 100 l S"), "没有文字层"),
    "a PDF that is cut": (b"%PDF-1.7\n1 0 obj", "PDF 不完整或已损坏"),
    "a locked .docx": (directory("EncryptedPackage", "EncryptionInfo"), "加了密码"),
    "RTF that is no report": (b"{\\rtf1\\ansi x}", "RTF 文件里没有找到年报的三张表"),
    "a presentation": (directory("PowerPoint Document"), "演示文稿"),
    "a cut .docx": (docx_of(paragraph("x"))[:300], "压缩文件（或损坏的 Word、Excel 文件）"),
    "an empty .docx": (zipped({"word/document.xml": ""}), "不完整或已损坏"),
    "a Word file that is no report": (docx_of(paragraph("关于召开会议的通知")), "没有找到年报的三张表"),
    "a page that is no report": ("<html><body><p>天气预报</p></body></html>".encode(), "没有找到年报的三张表"),
    "a page with 500 columns": (b"<html><table>" + b"<tr>" + b"<td>1</td>" * 500 + b"</tr></table>", "列数超过"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "图片里的数字读不出来"),
    "an OFD without pages": (zipped({"OFD.xml": "<OFD/>"}), "OFD 文件不完整"),
    "a list of 30,000 lines": ("结转,1,2,3\n".encode() * 30_000, "行数超过"),
    "text in no known encoding": (b"<html><body>" + bytes(range(128, 256)) * 40, "编码认不出来"),
}


@pytest.mark.parametrize(("data", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    assert said in refused(data)


@pytest.mark.parametrize("name", ["a.docx", "a.xls", "a.pdf", "年报"])
def test_what_a_file_is_its_content_says(form: Form, tmp_path: Path, name: str) -> None:
    from govdesk.exchange.readers import read_file

    report = made_report(form, 5)
    file = tmp_path / name
    for make in (file_making.docx, file_making.xls, page_making.ofd, file_making.mht):
        file.write_bytes(make(list(laid_out(form, report))))
        assert read_file(file).report.cover("organ.name") == report.cover("organ.name")


def test_nothing_is_fetched_or_written(form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def never(*_: object, **__: object) -> None:
        raise AssertionError("a connection was to be made")

    monkeypatch.setattr(socket, "socket", never)
    monkeypatch.chdir(tmp_path)
    parts = list(laid_out(form, made_report(form, 6)))
    page = file_making.html_text(parts).replace("<body>", "<body><img src='http://example.com/a.png'><iframe "
                                                "src='http://example.com'></iframe><link href='http://example.com/a.css'>")
    for data in (page.encode(), file_making.docx(parts), file_making.xlsx(parts), page_making.ofd(parts)):
        read_bytes(data, "a")
    assert list(tmp_path.iterdir()) == []


def test_macros_are_said_and_not_run(form: Form) -> None:
    import io
    import zipfile

    whole = io.BytesIO(file_making.docx(laid_out(form, made_report(form, 6))))
    with zipfile.ZipFile(whole, "a") as packed:
        packed.writestr("word/vbaProject.bin", b"x")
    assert any("宏" in doubt for doubt in read_bytes(whole.getvalue(), "a").doubts)


@pytest.mark.parametrize("make", [file_making.docx, file_making.xlsx, file_making.xls, page_making.ofd,
                                  lambda parts: page_making.pdf(parts,
                                                                str(resources_folder() / "fonts" / "GwSong.ttf"))],
                         ids=["docx", "xlsx", "xls", "ofd", "pdf"])
def test_a_file_cut_anywhere_is_read_or_refused(form: Form, make: Callable[..., bytes]) -> None:
    whole = make(list(laid_out(form, made_report(form, 7))))
    for part in range(1, 12):
        try:
            read_bytes(whole[:len(whole) * part // 12], "a")
        except UnreadableFileError as error:
            assert "\n" not in error.sentence


def test_a_real_word_97_file(form: Form) -> None:
    """Written by LibreOffice from the report of seed 0; WPS leaves a number of its own in the header."""
    from tests.importing.reading import check_whole

    data = (Path(__file__).parent / "files" / "report-0.doc").read_bytes()
    report = made_report(form, 0)
    check_whole(data, report)
    check_whole(data[:8] + bytes.fromhex("06090200000000000000000000000046") + data[24:], report)


def test_a_word_95_file_is_refused(form: Form) -> None:
    data = (Path(__file__).parent / "files" / "report-0.doc").read_bytes()
    at = data.index(b"\xec\xa5\x01\x01")
    assert "Word 95" in refused(data[:at] + b"\xec\xa5\x68\x00" + data[at + 4:])


def test_the_command_says_it_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad, out = tmp_path / "a.docx", tmp_path / "out.govdesk"
    bad.write_bytes(b"{\\rtf1}")
    assert cli.main(["import", str(bad), "-o", str(out)]) == 2
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and "RTF" in said.err and not out.exists()


@pytest.mark.parametrize(("inner", "value"), [
    (r"{\deleted 12}{\revised 15}", ("15", False)), (r"3{\v 99}", ("3", False)), (r"{\strike 8}7", ("7", False)),
    (r"{\*\unknown 99}5", ("5", True)), (r"{\field{\*\fldinst =1+1}{\fldrslt 6}}", ("6", True)),
    (r"\'34\'32", ("42", True)), (r"{\listtext 1.}8", ("8", True))])
def test_what_a_cell_of_rtf_says(inner: str, value: tuple[str, bool]) -> None:
    from govdesk.formfile import form_reader
    from govdesk.importing.importer import import_bytes
    from tests.importing.reading import state

    form = form_reader.load_form("ogi-annual-report-2021")
    made = file_making.rtf(laid_out(form, made_report(form, 8))).decode()
    begin = made.index(r"\pard\intbl ", made.index(rf"\u{ord('许')}?\u{ord('可')}?\cell")) + len(r"\pard\intbl ")
    made = made[:begin] + inner + made[made.index(r"\cell", begin):]
    assert state(import_bytes(made.encode(), "a"), "proactive/administrative_licensing/decisions") == value
