"""The exchange file, both ways: what is read, what is refused with its path in the file, and that nothing is lost."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdesk.base.errors import UnreadableFileError
from govdesk.base.numerals import NA, normalise_number
from govdesk.exchange import report_file
from govdesk.exchange.readers import read_bytes, read_file
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import WORK_KEYS, Layer, Report, build_report

FORM = form_reader.load_form("ogi-annual-report-2021")
CELL = "requests/new_requests/natural_person"
GOOD: dict[str, Any] = {"format": "govdesk-report/1", "form": FORM.id, "organ": {"name": "临江区教育局"}, "year": 2023}


def packed(*names: str) -> bytes:
    """A zip file, as Word, Excel and OFD files are."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return written.getvalue()


def data(**changes: object) -> bytes:
    table = {key: value for key, value in {**GOOD, **changes}.items() if value is not ...}
    return json.dumps(table, ensure_ascii=True).encode()


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFileError) as refused:
        read_bytes(content, "年报.govdesk")
    return refused.value.sentence


def test_the_least_that_is_needed() -> None:
    report = report_file.load_report(data(), "x")
    assert (report.cover("organ.name"), report.year, report.form_id) == ("临江区教育局", 2023, FORM.id)
    assert set(report.layers) == {Layer.COVER}


def test_everything_that_may_stand_in_it() -> None:
    report = report_file.load_report(data(
        organ={"name": "甲", "short_name": "乙", "level": "city", "kind": "government_report"},
        issued_on="2024-02-29", contact={"office": "一", "address": "二", "phone": "三"},
        texts={"preamble": "前言", "problems": "第一行\n第二行"}, values={CELL: "15",
        "requests/disclosed/other_org": "na"},
        stated={"requests/new_requests/total": "13"},
        previous={"requests/carried_forward_out/total": "9", CELL: "1"}), "x")
    assert report.cover("contact.phone") == "三"
    assert report.text("problems") == "第一行\n第二行"
    assert report.value(Address.parse(CELL)) == 15
    assert report.value(Address.parse("requests/disclosed/other_org")) is NA
    assert report.stated(Address.parse("requests/new_requests/total")) == 13
    assert report.previous(Address.parse(CELL)) == 1


@pytest.mark.parametrize("empty", [{"texts": {}}, {"values": {}}, {"issued_on": ""}, {"contact": {}},
                                   {"texts": {"problems": ""}}])
def test_what_is_empty_is_absent(empty: dict[str, Any]) -> None:
    assert report_file.load_report(data(**empty), "x") == report_file.load_report(data(), "x")


def test_numbers_are_read_as_published() -> None:
    """A foreign file may hold a fault; rule N05 names it, the reader does not."""
    values = {CELL: "-3", "requests/disclosed/natural_person": "2.5"}
    report = report_file.load_report(data(values=values), "x")
    assert [str(report.value(Address.parse(key))) for key in values] == ["-3", "2.5"]


def test_a_byte_order_mark_and_line_ends_do_no_harm() -> None:
    text = json.dumps(GOOD, indent=1).replace("\n", "\r\n").encode()
    assert report_file.load_report(b"\xef\xbb\xbf" + text, "x") == report_file.load_report(data(), "x")


BAD: dict[str, tuple[bytes, str, str]] = {
    # what is wrong                the file                                        path          reason
    "empty": (b"", "", "文件是空的，请让对方重新导出一份"),
    "blank": (b" \n", "", "文件是空的"),
    "no JSON": ("年度报告".encode(), "", "认不出这是什么文件。能打开的有年报数据文件（.govdesk）和 Word"),
    "cut off within a character": ('{"format": "年报'.encode()[:-1], "", "文件不完整或已损坏（第 16 个字节不是"),
    "cut off": (data()[:-9], "", "文件不完整或已损坏（第 1 行第 "),
    "a PDF": (b"%PDF-1.7\n\x25\xe2\xe3\xcf\xd3", "", "PDF 不完整或已损坏，请让对方重新发一份"),
    "a Word file": (packed("[Content_Types].xml", "word/document.xml"), "",
                    "文件不完整或已损坏，请让对方重新发一份，或用原来的软件打开后另存一份"),
    "an Excel file": (packed("xl/workbook.xml"), "", "文件不完整或已损坏，请让对方重新发一份"),
    "an OFD file": (packed("OFD.xml"), "", "文件不完整或已损坏，请让对方重新发一份"),
    "a zip": (packed("年报.govdesk"), "", "这是压缩文件，不是年报数据文件。请先解压"),
    "a Word file that is cut off": (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\xdf", "", "损坏的 Word"),
    "a Word file of 2003": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504, "",
                            "这是不完整或不认识的 2003 格式文件，不是年报数据文件。请用 Word"),
    "a web page": (b"<!DOCTYPE html><html><body><table>", "", "网页里没有找到年报的三张表"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0", "", "这是图片，不是年报数据文件。图片里的数字读不出来"),
    "a list": (b"[]", "", "最外层应是 JSON 对象"),
    "a text": (b'"x"', "", "最外层应是 JSON 对象"),
    "null": (b"null", "", "最外层应是 JSON 对象"),
    "GB 18030": (json.dumps(GOOD, ensure_ascii=False).encode("gb18030"), "", "不是 UTF-8 编码"),
    "UTF-16": (json.dumps(GOOD).encode("utf-16"), "", "不是 UTF-8 编码"),
    "UTF-16 without a mark": (json.dumps(GOOD).encode("utf-16-le"), "", "已损坏（第 1 行第 2 列"),
    "deep": (b'{"format": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "", "嵌套过深"),
    "a number of 5000 digits": (b'{"year": ' + b"9" * 5000 + b"}", "", "数字过长"),
    "a key twice": (b'{"format": "govdesk-report/1", "format": "govdesk-report/1"}', "format", "出现了两次"),
    "a cell twice": (data(values=...)[:-1] + f', "values": {{"{CELL}": "1", "{CELL}": "2"}}}}'.encode(), CELL,
    "出现了两次"),
    "another format": (data(format="govdesk-report/2"), "format", "可能由较新版本的程序写出"),
    "no format": (data(format=...), "format", "应为 “govdesk-report/1”"),
    "another program's": (b'{"type": "FeatureCollection", "features": []}', "format", "不是本程序能读的"),
    "unknown form": (data(form="ogi-annual-report-2018"), "form", "没有表式 “ogi-annual-report-2018”，可能由较新"),
    "a form that climbs": (data(form="../../etc/passwd"), "form", "没有表式"),
    "no form": (data(form=...), "form", "缺少表式编号"),
    "form is a number": (data(form=2021), "form", "缺少表式编号"),
    "no organ": (data(organ=...), "organ → name", "缺少机关名称"),
    "organ without a name": (data(organ={"short_name": "局"}), "organ → name", "缺少机关名称"),
    "organ with a blank name": (data(organ={"name": " \u3000"}), "organ → name", "缺少机关名称"),
    "organ is a text": (data(organ="教育局"), "organ", "应是 JSON 对象"),
    "organ is null": (data(organ=None), "organ", "应是 JSON 对象"),
    "organ's name is a number": (data(organ={"name": 1}), "organ → name", "应是带引号的文字，不是 1"),
    "organ with an unknown key": (data(organ={"name": "甲", "leve": "city"}), "organ → leve", "是否想写 “level”"),
    "unknown level": (data(organ={"name": "甲", "level": "区"}), "organ → level",
    "national、province、city、county、township"),
    "unknown kind": (data(organ={"name": "甲", "kind": "report"}), "organ → kind", "organ_report、government_report"),
    "no year": (data(year=...), "year", "2008～2100 之间的整数"),
    "year is a text": (data(year="2023"), "year", "之间的整数"),
    "year is true": (data(year=True), "year", "之间的整数"),
    "year is a fraction": (data(year=2023.0), "year", "之间的整数"),
    "year is null": (data(year=None), "year", "之间的整数"),
    "year before the law": (data(year=2007), "year", "之间的整数"),
    "year too late": (data(year=2101), "year", "之间的整数"),
    "year beyond all measure": (data(year=10**4000), "year", "之间的整数"),
    "year is NaN": (data(year=float("nan")), "year", "之间的整数"),
    "year is infinite": (b'{"format": "govdesk-report/1", "form": "ogi-annual-report-2021", "organ": {"name": "x"}, '
                         b'"year": 1e999}', "year", "之间的整数"),
    "date that is none": (data(issued_on="2024-02-30"), "issued_on", "“2024-02-30”不是"),
    "date in words": (data(issued_on="2024年1月18日"), "issued_on", "2024-01-18 这样的日期"),
    "date without dashes": (data(issued_on="20240118"), "issued_on", "这样的日期"),
    "date with a time": (data(issued_on="2024-01-18T00:00:00"), "issued_on", "这样的日期"),
    "date is a number": (data(issued_on=20240118), "issued_on", "应是带引号的文字"),
    "unknown key": (data(value={}), "value", "是否想写 “values”"),
    "unknown contact": (data(contact={"fax": "1"}), "contact → fax", "不认识这一项，可能由较新版本的程序写出"),
    "contact is a list": (data(contact=["1"]), "contact", "应是 JSON 对象"),
    "texts is a list": (data(texts=[]), "texts", "应是 JSON 对象"),
    "unknown text": (data(texts={"overview.proactiv": "x"}), "texts → overview.proactiv",
    "是否想写 “overview.proactive”"),
    "text is a number": (data(texts={"problems": 5}), "texts → problems", "应是带引号的文字，不是 5"),
    "text is null": (data(texts={"problems": None}), "texts → problems", "不是 null"),
    "text is a nest": (b'{"format": "govdesk-report/1", "form": "ogi-annual-report-2021", "organ": {"name": "x"}, '
                       b'"year": 2023, "texts": {"problems": ' + b"[" * 900 + b"]" * 900 + b"}}", "texts → problems",
                       "应是带引号的文字"),
    "misspelt address": (data(values={"requests/new_request/natural_person": "1"}),
                         "values → requests/new_request/natural_person", f"是否想写 “{CELL}”"),
    "unknown address": (data(values={"x": "1"}), "values → x", "表里没有这一格"),
    "address with a blank": (data(values={f"{CELL} ": "1"}), f"values → {CELL}", "表里没有这一格"),
    "empty address": (data(values={"": "1"}), "values", "表里没有这一格"),
    "address of a megabyte": (data(values={"requests/" * 200_000: "1"}), "values → requests/requests/",
    "表里没有这一格"),
    "a total among the values": (data(values={"requests/new_requests/total": "15"}),
                                 "values → requests/new_requests/total", "合计格由程序计算"),
    "an input among the stated": (data(stated={CELL: "15"}), f"stated → {CELL}", "不是合计格"),
    "unknown address of last year": (data(previous={"requests/x/total": "1"}), "previous → requests/x/total",
    "没有这一格"),
    "value is a number": (data(values={CELL: 15}), f"values → {CELL}", "应是带引号的文字，不是 15"),
    "value is NaN": (data(values={CELL: float("nan")}), f"values → {CELL}", "应是带引号的文字"),
    "value is true": (data(values={CELL: True}), f"values → {CELL}", "应是带引号的文字"),
    "value is a list": (data(values={CELL: ["1"]}), f"values → {CELL}", "应是带引号的文字"),
    "value is null": (data(values={CELL: None}), f"values → {CELL}", "应是带引号的文字，不是 null"),
    **{f"value is {text!r}": (data(values={CELL: text}), f"values → {CELL}", "不是数字，应写成")
       for text in ("", " ", "十五", "15件", "1,500", "1e5", "0x10", "NaN", "Infinity", "+5", "１５", "٣",
       "9" * 30, "N/A")},
}


@pytest.mark.parametrize(("content", "path", "reason"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_in_one_sentence_with_its_path(content: bytes, path: str, reason: str) -> None:
    sentence = refusal(content)
    assert sentence.startswith(f"年报.govdesk：{path}")
    assert reason in sentence
    assert "\n" not in sentence
    assert sentence.isprintable()
    assert len(sentence) < 300


@pytest.mark.parametrize("depth", range(100, 3000, 100))
def test_no_depth_of_nesting_breaks_through(depth: int) -> None:
    nest = b"[" * depth + b"]" * depth
    assert refusal(data(texts=...)[:-1] + b', "texts": {"problems": ' + nest + b"}}")


def test_a_file_of_50_megabytes(tmp_path: Path) -> None:
    file = tmp_path / "big.govdesk"
    with file.open("wb") as out:
        out.write(data()[:-1] + b', "texts": {"problems": "')
        out.truncate(50 << 20)
    with pytest.raises(UnreadableFileError, match=r"文件有 50\.0 MB，超过上限 16 MB"):
        read_file(file)


def test_a_report_just_below_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "long.govdesk"
    file.write_bytes(data(texts={"problems": "x" * (15 << 20)}))
    assert len(read_file(file).report.text("problems")) == 15 << 20


@pytest.mark.parametrize(("make", "reason"), [
    (lambda p: None, "没有这个文件"), (lambda p: p.mkdir(), "这是文件夹"), (lambda p: p.symlink_to(p), "读不出来")])
def test_a_file_that_cannot_be_read(tmp_path: Path, make: Any, reason: str) -> None:
    path = tmp_path / "x.govdesk"
    make(path)
    with pytest.raises(UnreadableFileError, match=reason):
        read_file(path)


def test_a_path_with_a_zero_byte() -> None:
    with pytest.raises(UnreadableFileError, match="读不出来"):
        read_file(Path("a\0b"))


def test_a_file_that_never_ends() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("no such device")
    with pytest.raises(UnreadableFileError, match="/dev/zero：文件超过上限 16 MB"):
        read_file(endless)


def test_a_file_just_above_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "x.govdesk"
    file.write_bytes(b" " * ((16 << 20) + 60_000))
    with pytest.raises(UnreadableFileError, match=r"文件有 16\.1 MB，超过上限 16 MB"):
        read_file(file)


def test_a_file_is_named_as_it_was_given(tmp_path: Path) -> None:
    file = tmp_path / "x.govdesk"
    file.write_bytes(b"{")
    with pytest.raises(UnreadableFileError) as refused:
        read_file(file)
    assert refused.value.sentence.startswith(f"{file}：文件不完整或已损坏（第 1 行第 2 列读不下去）")


# ---- both ways -------------------------------------------------------------------------------------------------------

surrogate_free = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
any_text = st.one_of(surrogate_free, st.just("一\ud800二"), st.just("\udfff\ud800"))
numbers = st.one_of(st.just(NA), st.integers(0, 10**12).map(Decimal),
                    st.decimals(-10**9, 10**9, places=4, allow_nan=False, allow_infinity=False).map(normalise_number))


def cells(allowed: frozenset[Address]) -> st.SearchStrategy[dict[Address, Any]]:
    return st.dictionaries(st.sampled_from(sorted(allowed)), numbers, max_size=12)


def by(keys: Iterable[Any]) -> st.SearchStrategy[dict[Any, str]]:
    return st.dictionaries(st.sampled_from(sorted(keys)), any_text, max_size=3)


def annotations() -> st.SearchStrategy[dict[Layer, dict[Any, str]]]:
    return st.fixed_dictionaries({
        Layer.TAPES: by(FORM.input_cells), Layer.NOTES: by(FORM.cells), Layer.SOURCES: by(FORM.cells),
        Layer.PREVIOUS_TEXTS: by(FORM.texts), Layer.DESK: by(WORK_KEYS),
        Layer.PREVIOUS_ANSWERS: st.dictionaries(any_text, any_text, max_size=3),
        Layer.ANSWERS: st.dictionaries(any_text, any_text.map(
            lambda reason: json.dumps({"reason": reason}, ensure_ascii=False)), max_size=3)})


@st.composite
def reports(draw: st.DrawFn) -> Report:
    cover = draw(st.fixed_dictionaries(
        {"organ.name": any_text.filter(str.strip), "year": st.integers(2008, 2100).map(str)},
        optional={"organ.short_name": any_text, "organ.level": st.sampled_from(["city", "county"]),
                  "organ.kind": st.just("organ_report"), "issued_on": st.dates().map(str),
                  "contact.office": any_text, "contact.address": any_text, "contact.phone": any_text}))
    return build_report(FORM.id, {
        Layer.COVER: cover, Layer.TEXTS: draw(st.dictionaries(st.sampled_from(list(FORM.texts)), any_text, max_size=5)),
        Layer.VALUES: draw(cells(FORM.input_cells)), Layer.STATED: draw(cells(FORM.cells - FORM.input_cells)),
        Layer.PREVIOUS: draw(cells(FORM.cells)), **draw(annotations())})


@given(reports())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_again(report: Report) -> None:
    written = report_file.dump_report(report)
    again = report_file.load_report(written, "x")
    assert again == report
    assert report_file.dump_report(again) == written               # also the notation: 12.50 stays 12.50
    json.loads(written.decode("utf-8"))


@pytest.mark.parametrize(("annotations", "path"), [
    ([], "annotations"), ({"tape": {}}, "annotations → tape"), ({"tapes": []}, "annotations → tapes"),
    ({"tapes": {"requests/new_requests/total": "1+2"}}, "annotations → tapes → requests/new_requests/total"),
    ({"notes": {"requests/new": "甲"}}, "annotations → notes → requests/new"),
    ({"notes": {CELL: 3}}, f"annotations → notes → {CELL}"),
    ({"answers": {"N01": "甲"}}, "annotations → answers → N01"),
    ({"previous_texts": {"summary": "甲"}}, "annotations → previous_texts → summary"),
    ({"desk": {"colour": "蓝"}}, "annotations → desk → colour")])
def test_an_annotation_that_is_not_right_is_refused(annotations: object, path: str) -> None:
    assert refusal(data(annotations=annotations)).startswith(f"年报.govdesk：{path}：")


def test_the_order_is_that_of_the_form() -> None:
    last, first = "requests/carried_forward_out/natural_person", "proactive/rules/issued"
    report = report_file.load_report(data(values={last: "1", CELL: "2", first: "3"}, texts={"problems": "乙",
    "preamble": "甲"}), "x")
    table = json.loads(report_file.dump_report(report))
    assert list(table) == ["format", "form", "organ", "year", "texts", "values"]
    assert list(table["values"]) == [first, CELL, last]
    assert list(table["texts"]) == ["preamble", "problems"]


def test_the_same_report_gives_the_same_bytes() -> None:
    one = report_file.load_report(data(values={CELL: "1", "proactive/rules/issued": "2"}), "x")
    other = report_file.load_report(data(values={"proactive/rules/issued": "2", CELL: "1"}), "x")
    assert report_file.dump_report(one) == report_file.dump_report(other)
    assert report_file.dump_report(one).endswith(b"}\n")


def test_a_clerk_is_told_which_cell_it_is_and_what_to_do() -> None:
    wrong = refusal(data(values={CELL: "十五件"}))
    assert "“表三·本年新收·自然人”这一格：" in wrong and wrong.endswith("。文件没有打开，请让对方重新导出一份")
    unknown = refusal(data(values={"requests/new_request/natural_person": "15"}))
    assert "“各格的数”里写了一个名字，表里没有这一格" in unknown
    assert unknown.endswith("？文件没有打开，请让对方重新导出一份")
    assert "重新导出" not in refusal(data(contact={"fax": "1"}))       # a newer program is needed there
