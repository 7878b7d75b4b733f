"""Reads and writes the exchange file (docs/exchange-file.md). Whatever is not exactly right is refused
with its path in the file and the reason; nothing is half read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from govdesk.base.bounds import MAX_FILE_BYTES, YEARS, YEARS_IN_WORDS
from govdesk.base.errors import FormError, UnreadableFileError, UnwritableFileError
from govdesk.base.numerals import NumeralError, Value, dump_value, load_value, shorten_text
from govdesk.exchange import report_notes
from govdesk.exchange.json_checks import (
    NEWER_VERSION_ADVICE,
    RefusedError,
    join_path,
    require_known_keys,
    require_object,
    require_string,
    suggest_key,
)
from govdesk.form.form import Address, Form
from govdesk.formfile import form_reader
from govdesk.report.report import Entry, Key, Layer, Report, build_report, is_date
from govdesk.report.totals import compute_figures
from govdesk.texts import tokens

FORMAT_NAME: Final = "govdesk-report/1"
HISTORY: Final = "history"               # the key of a draft's past, read by `history_codec`

_ORGAN = ("name", "short_name", "level", "kind")
_CONTACT = ("office", "address", "phone")
_KEYS = ("format", "form", "organ", "year", "issued_on", "contact", "texts", "values", "stated", "previous",
         report_notes.ANNOTATIONS_KEY, HISTORY)
_LAYER_NAMES: Final = {"values": "各格的数", "stated": "原件合计", "previous": "上年数字"}
_AGAIN: Final = "请让对方重新导出一份"
_LONE_SURROGATE = "[\ud800-\udfff]"


def is_exchange_file(data: bytes) -> bool:
    """Whether a file looks like an exchange file: a JSON object. RTF begins with the same sign."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and not head.startswith(b"{\\rtf")


def load_report(data: bytes, name: str) -> Report:
    """The report in the bytes of an exchange file; `name` is what messages call it."""
    return load_report_with_history(data, name)[0]


def load_report_with_history(data: bytes, name: str) -> tuple[Report, object]:
    """The same with what the file says of its history (for `history_codec`), unread; None where it says nothing."""
    try:
        table = _json(data)
        return _report(table), table.get(HISTORY)
    except RefusedError as refused:
        where = f"{name}：{refused.path}：" if refused.path else f"{name}："
        raise UnreadableFileError(where + refused.reason + _advise(refused)) from None


def _advise(refused: RefusedError) -> str:
    """What a clerk can do where the reason is one for programmers; “” where it says so itself."""
    if not refused.path or NEWER_VERSION_ADVICE in refused.reason:
        return ""
    stop = "" if refused.reason.endswith("？") else "。"
    return f"{stop}文件没有打开，{_AGAIN}"


def _json(data: bytes) -> dict[str, Any]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        cut = error.start > 0 and error.end == len(data) and error.reason == "unexpected end of data"
        what = "文件不完整或已损坏" if cut else "不是年报数据文件，或已损坏"
        raise RefusedError("", f"{what}（第 {error.start + 1} 个字节不是 UTF-8 编码），{_AGAIN}") from None
    if not text.strip():
        raise RefusedError("", f"文件是空的，{_AGAIN}")
    try:
        table = json.loads(text, object_pairs_hook=_no_duplicates)
    except json.JSONDecodeError as error:
        what = "文件不完整或已损坏" if text.lstrip().startswith("{") else "不是年报数据文件，或已损坏"
        where = f"第 {error.lineno} 行第 {error.colno} 列读不下去"
        raise RefusedError("", f"{what}（{where}），{_AGAIN}") from None
    except (RecursionError, ValueError):
        raise RefusedError("", f"不是年报数据文件，或已损坏（嵌套过深或数字过长），{_AGAIN}") from None
    if not isinstance(table, dict):
        raise RefusedError("", "不是年报数据文件（最外层应是 JSON 对象 { … }），请核对文件")
    return table


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise RefusedError(shorten_text(key, 60), "出现了两次，请只留一个")
        table[key] = value
    return table


def _report(table: dict[str, Any]) -> Report:
    written = table.get("format")
    if isinstance(written, str) and written != FORMAT_NAME and written.startswith(FORMAT_NAME.partition("/")[0]):
        raise RefusedError("format",
                           f"“{shorten_text(written, 40)}”{NEWER_VERSION_ADVICE}；本版本能读的是 “{FORMAT_NAME}”")
    if written != FORMAT_NAME:
        raise RefusedError("format", f"应为 “{FORMAT_NAME}”，这不是本程序能读的年报文件")
    require_known_keys(table, _KEYS, "")
    form = _form(table.get("form"))
    cover, texts = dict[Key, Entry](_cover(form, table).items()), _texts(form, table.get("texts", {}))
    values = _cells(table, "values", form.input_cells, "合计格由程序计算，不能写在 values 里", form)
    return build_report(form.id, {
        Layer.COVER: cover, Layer.TEXTS: _absorbed(form, texts, values), Layer.VALUES: values,
        Layer.STATED: _cells(table, "stated", form.cells - form.input_cells, "不是合计格", form),
        Layer.PREVIOUS: _cells(table, "previous", form.cells, "", form),
        **report_notes.load_notes(form, table.get(report_notes.ANNOTATIONS_KEY, {})),
    })


def _form(form_id: object) -> Form:
    if not isinstance(form_id, str):
        raise RefusedError("form", "缺少表式编号")
    try:
        return form_reader.load_form(form_id)
    except FormError:
        raise RefusedError("form", f"本程序没有表式 “{shorten_text(form_id, 40)}”，{NEWER_VERSION_ADVICE}") from None


def _cover(form: Form, table: dict[str, Any]) -> Mapping[str, str]:
    organ = require_object(table.get("organ", {}), "organ")
    require_known_keys(organ, _ORGAN, "organ")
    cover = {f"organ.{key}": require_string(value, f"organ → {key}") for key, value in organ.items()}
    if not cover.get("organ.name", "").strip():
        raise RefusedError("organ → name", "缺少机关名称")
    for key, choices in (("level", form.levels), ("kind", form.kinds)):
        chosen = cover.get(f"organ.{key}", "")
        if chosen and chosen not in {c.id for c in choices}:
            raise RefusedError(f"organ → {key}",
                               f"“{shorten_text(chosen)}”应是 {'、'.join(c.id for c in choices)} 之一")
    contact = require_object(table.get("contact", {}), "contact")
    require_known_keys(contact, _CONTACT, "contact")
    cover |= {f"contact.{key}": require_string(value, f"contact → {key}") for key, value in contact.items()}
    cover["year"] = str(_year(table.get("year")))
    cover["issued_on"] = _date(table.get("issued_on", ""))
    return cover


def _year(year: object) -> int:
    if not isinstance(year, int) or year not in YEARS:          # true is 1, so it is out of range too
        raise RefusedError("year", f"报告年度应是 {YEARS_IN_WORDS} 之间的整数")
    return year


def _date(value: object) -> str:
    text = require_string(value, "issued_on")
    if text and not is_date(text):
        raise RefusedError("issued_on", f"“{shorten_text(text)}”不是 2024-01-18 这样的日期")
    return text


def _texts(form: Form, value: object) -> dict[Key, Entry]:
    texts = require_object(value, "texts")
    require_known_keys(texts, form.texts, "texts")
    return dict[Key, Entry]((key, require_string(text, f"texts → {key}")) for key, text in texts.items())


def _absorbed(form: Form, texts: dict[Key, Entry], values: dict[Key, Entry]) -> dict[Key, Entry]:
    """The texts as drafts hold them: the figure that stands before a token for other programs is the token's."""
    if not any("〔" in str(text) for text in texts.values()):
        return texts
    found = compute_figures(form, build_report(form.id, {Layer.VALUES: values}))
    return {key: tokens.absorb_figures(form, found, str(text)) for key, text in texts.items()}


def _cells(table: dict[str, Any], layer: str, allowed: frozenset[Address], otherwise: str,
           form: Form) -> dict[Key, Entry]:
    found: dict[Key, Entry] = {}
    names = form.cells_by_name
    for key, value in require_object(table.get(layer, {}), layer).items():
        address = names.get(key)
        if address is None:
            raise RefusedError(join_path(layer, key),
                               f"“{_LAYER_NAMES[layer]}”里写了一个名字，表里没有这一格" + suggest_key(key, names))
        if address not in allowed:
            raise RefusedError(join_path(layer, key), otherwise)
        try:
            found[address] = _value(value, layer, key)
        except NumeralError as error:
            said = form.sayings.get((address,), "")
            raise RefusedError(join_path(layer, key), f"{f'“{said}”这一格：' if said else ''}{error}，应写成 "
                               "\"15\"、\"3415.74\" 或 \"na\"") from None
    return found


def _value(value: object, layer: str, key: str) -> Value:
    return load_value(value if isinstance(value, str) else require_string(value, join_path(layer, key)),
                      total=layer != Layer.VALUES.value)


def dump_report(report: Report) -> bytes:
    """The exchange file of a report. Raises UnwritableFileError, with what to do, where `load_report` would refuse
    it."""
    data, reason = encode_report(report), explain_unfit(report)
    if not reason and len(data) > MAX_FILE_BYTES:
        reason = _too_large(report, len(data))
    if not reason:
        try:
            load_report(data, "文件")
        except UnreadableFileError as error:
            reason = f"写出的文件会读不回来（{error.sentence}），请改正后再写出。"
    if reason:
        raise UnwritableFileError(reason)
    return data


def explain_unfit(report: Report) -> str:
    """What a clerk has to put right on the cover before a file can be made of a report; “” where nothing is."""
    form, at = form_reader.load_form(report.form_id), "请先在“封面与机关”改正。"
    if not report.cover("organ.name").strip() or not report.cover("year").strip():
        return "文件里须有机关全称和报告年度，请先在“封面与机关”填写。"
    if report.year is None:
        return f"报告年度“{shorten_text(report.cover('year'))}”不在 {YEARS_IN_WORDS} 之间，{at}"
    if report.cover("issued_on") and not is_date(report.cover("issued_on")):
        return f"成文日期“{shorten_text(report.cover('issued_on'))}”看不懂，{at}"
    for key, name in (("level", "机关层级"), ("kind", "年报种类")):
        chosen = report.cover(f"organ.{key}")
        if chosen and form.choice(key, chosen) is None:
            return f"{name}“{shorten_text(chosen)}”不在可选的几项里，{at}"
    return ""


def _too_large(report: Report, size: int) -> str:
    form = form_reader.load_form(report.form_id)
    longest = max(form.texts, key=lambda text_id: len(report.text(text_id)))
    return (f"写成的文件有 {size / 2**20:.1f} MB，超过上限 {MAX_FILE_BYTES >> 20} MB，打不开，所以没有写出。"
            f"最长的是“{form.texts[longest].name}”，有 {len(report.text(longest))} 字，请删减后再试。")


def encode_report(report: Report) -> bytes:
    """What would be the exchange file of a report, complete or not: UTF-8, keys in the order of the form, a line an
    entry."""
    form = form_reader.load_form(report.form_id)
    order = {address: i for grid in form.grids.values() for i, address in enumerate(grid.addresses)}
    grids = list(form.grids)
    table: dict[str, Any] = {"format": FORMAT_NAME, "form": form.id, "organ": _facts(report, "organ", _ORGAN),
                             "year": report.year, "issued_on": report.cover("issued_on"),
                             "contact": _facts(report, "contact", _CONTACT)}
    found = compute_figures(form, report)
    table["texts"] = {text_id: tokens.mark_tokens(form, found, report.text(text_id))
                      for text_id in form.texts if report.text(text_id)}
    for layer in (Layer.VALUES, Layer.STATED, Layer.PREVIOUS):
        cells = [(a, v) for a, v in report.entries(layer).items() if isinstance(a, Address) and not isinstance(v, str)]
        cells.sort(key=lambda item: (grids.index(item[0].grid), order[item[0]]))
        table[layer.value] = {str(address): dump_value(value) for address, value in cells}
    table[report_notes.ANNOTATIONS_KEY] = report_notes.dump_notes(report, order)
    kept = {key: value for key, value in table.items() if value not in ("", {}, None)}
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    return encode_json(text)


def encode_json(text: str) -> bytes:
    """JSON as UTF-8; half of a surrogate pair, which a text may hold, is escaped."""
    return re.sub(_LONE_SURROGATE, lambda m: f"\\u{ord(m[0]):04x}", text).encode("utf-8")


def _facts(report: Report, part: str, keys: Iterable[str]) -> dict[str, str]:
    return {key: report.cover(f"{part}.{key}") for key in keys if report.cover(f"{part}.{key}")}
