"""A past in the exchange file: it comes through whole, stays in bounds, and one that is damaged does no harm."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdesk import cli
from govdesk.exchange import draft_file, history_codec, report_file
from govdesk.exchange.read_result import ReadResult
from govdesk.formfile import form_reader
from govdesk.report.history import DraftHistory, KeptVersion, PastValue, rows_of
from govdesk.report.report import Layer, Report, build_report

FORM = form_reader.load_form("ogi-annual-report-2021")
CELL = "requests/new_requests/natural_person"
AT = "2026-01-05T09:30:00.000+00:00"


def report() -> Report:
    return cli.sample_report()


def past_of(now: Report) -> DraftHistory:
    return DraftHistory("ab12", tuple(PastValue(layer, key, 0, value, AT, "开始") for (layer, key), value
                                      in rows_of(now).items()),
                        (KeptVersion(0, "carried", "t1", AT),))


def with_history(change: Any) -> ReadResult:
    data, _ = draft_file.dump_draft(report(), past_of(report()))
    table = json.loads(data)
    table["history"] = change(table["history"]) if callable(change) else change
    return draft_file.load_draft(json.dumps(table).encode(), "x.govdesk")


def test_the_plain_readers_do_not_look_at_it() -> None:
    data, whole = draft_file.dump_draft(report(), past_of(report()))
    assert whole
    assert report_file.load_report(data, "x") == report() == draft_file.load_draft(data, "x").report
    assert draft_file.load_draft(report_file.dump_report(report()), "x") == ReadResult(report())


texts = st.text(st.sampled_from("甲乙丙。，\n\0\ud83da\"\\"), max_size=60)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), texts), max_size=12), st.lists(st.integers(0, 999), max_size=6))
def test_every_value_comes_back(written: list[str | None], numbers: list[int]) -> None:
    values = [PastValue("texts", "problems", 2 * n + 1, text, AT, f"第{n}步") for n, text in enumerate(written)]
    values += [PastValue("values", CELL, n, str(number), AT, "填入") for n, number in enumerate(numbers)]
    versions = (KeptVersion(3, "named", "送审<b>", AT), KeptVersion(4, "closing", "", AT))
    past = DraftHistory("x-1", tuple(values), versions)
    text, cut = history_codec.dump_history(past)
    again = history_codec.load_history(FORM, json.loads(report_file.encode_json(text)))
    assert not cut and sorted(again.values) == sorted(past.values) and again.versions == versions


def test_a_text_that_grows_takes_little_room() -> None:
    whole = "本机关依法主动公开政府信息。" * 100
    values = tuple(PastValue("texts", "problems", n, whole[:20 * n], AT, "填写") for n in range(1, 70))
    text, _ = history_codec.dump_history(DraftHistory("x", values, ()))
    assert len(text) < 4 * len(whole)
    assert sum(len(w.value or "") for w in values) > 30 * len(whole)


def test_what_has_no_room_is_left_out_from_the_oldest() -> None:
    values = tuple(PastValue("texts", "problems", n, f"{n} " + chr(0x4e00 + n) * 500, AT, "填写") for n in range(200))
    values += (PastValue("values", CELL, 3, "15", AT, "填入"),)
    versions = tuple(KeptVersion(n, "named", str(n), AT) for n in range(0, 200, 10))
    text, cut = history_codec.dump_history(DraftHistory("x", values, versions), 30_000)
    assert cut and 20_000 < len(text) <= 30_000
    past = history_codec.load_history(FORM, json.loads(text))
    full = DraftHistory("x", values, versions)
    assert past.rows_at(past.last) == full.rows_at(199)
    kept = [v.revision for v in past.versions]
    assert kept and kept[-1] == 190 and kept[0] > 100
    assert all(past.rows_at(revision) == full.rows_at(revision) for revision in kept)
    assert history_codec.dump_history(DraftHistory("x", values, versions), 100) == ("", True)


def tampered(path: list[Any], value: object) -> Any:
    def change(history: Any) -> Any:
        at = history
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = value
        return history
    return change


BAD: dict[str, tuple[Any, str]] = {
    "a list": ([], "history：应是 JSON 对象"),
    "an unknown key": (tampered(["more"], 1), "history → more：不认识"),
    "no identity": (tampered(["draft"], None), "history → draft"),
    "an identity that climbs": (tampered(["draft"], "../x"), "不是草稿的编号"),
    "moments are a text": (tampered(["moments"], "x"), "history → moments：应是列表"),
    "a moment without a zone": (tampered(["moments", 0], [0, "2026-01-05T09:30:00"]), "不是带时区的时间"),
    "a moment that is none": (tampered(["moments", 0], [0, "gestern"]), "不是带时区的时间"),
    "a moment at the end of all days": (tampered(["moments", 0], [0, "9999-12-31T23:59:59-12:00"]), "不是带时区的时间"),
    "a moment with a tail": (tampered(["moments", 0], [0, AT + " " * 10**6]), "不是带时区的时间"),
    "a revision that is true": (tampered(["moments", 0], [True, AT]), "之间的整数"),
    "a revision beyond measure": (tampered(["moments", 0], [10**300, AT]), "之间的整数"),
    "a revision below 0": (tampered(["moments", 0], [-1, AT]), "之间的整数"),
    "an act of a megabyte": (tampered(["acts", 0], "x" * 10**6), "超过 200 个字"),
    "an unknown kind": (tampered(["versions", 0], [0, "stolen", "", AT]), "不认识这一种版本"),
    "a kind that is a list": (tampered(["versions", 0], [0, [], "", AT]), "不认识这一种版本"),
    "a version twice": (tampered(["versions"], [[0, "named", "", AT]] * 2), "出现了两次"),
    "an unknown layer": (tampered(["values", "secrets"], {}), "不认识这一项"),
    "an unknown cell": (tampered(["values", "values", "requests/x/y"], []), "表里没有这一格"),
    "a total": (tampered(["values", "values", "requests/new_requests/total"], []), "表里没有这一格"),
    "no number": (tampered(["values", "values", CELL], [[0, 0, "zehn"]]), CELL),
    "a number as a number": (tampered(["values", "values", CELL], [[0, 0, 15]]), "应是带引号的文字"),
    "a moment that is not there": (tampered(["values", "values", CELL], [[7, 0, "1"]]), "之间的整数"),
    "an act that is not there": (tampered(["values", "values", CELL], [[0, 7, "1"]]), "之间的整数"),
    "in the wrong order": (tampered(["values", "values", CELL], [[0, 0, "1"], [0, 0, "2"]]), "先后次序不对"),
    "a change of nothing": (tampered(["values", "texts", "problems"], [[0, 0, [1, 1, "x"]]]), "没有可以接着写的"),
    "a row too short": (tampered(["values", "texts", "problems"], [[0, 0]]), "应是 3 项的列表"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_past_is_left_out_with_the_reason(what: str) -> None:
    change, reason = BAD[what]
    came = with_history(change)
    assert came.report == report()
    assert came.past is None
    said = "".join(came.doubts)
    assert reason in said and "现在的内容是全的" in said


def test_a_change_that_overlaps_is_refused() -> None:
    def change(history: Any) -> Any:
        history["moments"].append([1, AT])
        history["values"]["texts"]["problems"] = [[0, 0, "短"], [1, 0, [1, 1, "x"]]]
        return history
    assert "两端重叠" in with_history(change).doubts[0]


def test_a_small_file_that_would_grow_without_end_is_stopped() -> None:
    def change(history: Any) -> Any:
        history["moments"] = [[n, AT] for n in range(3000)]
        rows: list[list[Any]] = [[0, 0, "长" * 200_000]]
        history["values"] = {"texts": {"problems": rows + [[n, 0, [200_000, 0, ""]] for n in range(1, 3000)]}}
        return history
    began = time.monotonic()
    assert "展开后超过 64 MB" in with_history(change).doubts[0]
    assert time.monotonic() - began < 5


def test_a_past_that_ends_elsewhere_than_the_report_leads_to_it() -> None:
    now = build_report(FORM.id, {**report().layers, Layer.VALUES: {**report().entries(Layer.VALUES)}})
    data, _ = draft_file.dump_draft(now, DraftHistory("x", (PastValue("values", CELL, 4, "999", AT, "填入"),), ()))
    came = draft_file.load_draft(data, "x")
    assert came.past is not None
    assert came.past.rows_at(came.past.last) == rows_of(came.report)
    assert came.past.rows_at(4) == {("values", CELL): "999"}
    assert now.entry(Layer.VALUES, next(iter(FORM.input_cells))) != Decimal(999)
