"""Words found in the texts as they are read, and replaced without touching a live figure."""

from __future__ import annotations

import pytest

from govdesk import cli
from govdesk.session.session import take_snapshot
from govdesk.texts import text_search

TOTAL = "〔表三·本年新收·总计〕"              # 15 in the sample


def found(form, text: str, words: str) -> list[text_search.TextHit]:
    return text_search.find_hits(form, take_snapshot(form, cli.sample_report()).figures, {"problems": text}, words)


@pytest.mark.parametrize(("text", "words", "pieces"), [
    ("增长３．５％，比3.5%多", "3.5%", ["３．５％", "3.5%"]), ("APP与ａｐｐ", "App", ["APP", "ａｐｐ"]),
    ("（一）公开，(一)答复", "(一)", ["（一）", "(一)"]), ("办理……后", "...", ["…", "…"]), ("aaaa", "aa", ["aa", "aa"]),
    ("𠮷野家2件", "2", ["2"]), ("⾏政", "行政", ["⾏政"]), ("一\n二", "二", ["二"]),
    ("一二", "三", []), ("一二", "", [])])
def test_width_and_case_are_alike(form, text: str, words: str, pieces: list[str]) -> None:
    hits = found(form, text, words)
    assert [text[hit.start:hit.end] for hit in hits] == pieces
    assert not any(hit.live for hit in hits)


def test_width_makes_a_difference_where_asked(form) -> None:
    figures = take_snapshot(form, cli.sample_report()).figures
    text = "2025年、２０２５年、APP、app"
    for words, pieces in (("2025", ["2025"]), ("２０２５", ["２０２５"]), ("App", ["APP", "app"])):
        hits = text_search.find_hits(form, figures, {"problems": text}, words, by_width=True)
        assert [text[hit.start:hit.end] for hit in hits] == pieces


@pytest.mark.parametrize(("words", "live"), [
    ("15", [True, False]), ("5", [True, False]), ("到15", [True]), ("本年新收", [])])
def test_a_live_figure_is_found_as_it_is_read_and_taken_whole(form, words: str, live: list[bool]) -> None:
    text = f"收到{TOTAL}件，去年15件"
    hits = found(form, text, words)
    assert [hit.live for hit in hits] == live
    for hit in hits:
        assert not hit.live or TOTAL in text[hit.start:hit.end]


def test_what_is_replaced_is_no_live_figure(form) -> None:
    text = f"收到{TOTAL}件，去年15件，前年１５件"
    assert text_search.replace_hits(text, found(form, text, "15"), "20") == (f"收到{TOTAL}件，去年20件，前年20件", 2)
    assert text_search.replace_hits(text, found(form, text, "到15"), "") == (text, 0)
    assert text_search.replace_hits("年年", found(form, "年年", "年"), "年年") == ("年年年年", 2)


def test_texts_come_in_the_order_of_the_form(form) -> None:
    report = cli.sample_report()
    texts = {text_id: report.text(text_id) for text_id in reversed(form.texts)}
    hits = text_search.find_hits(form, take_snapshot(form, report).figures, texts, "公开")
    order = list(form.texts)
    assert len({hit.text for hit in hits}) > 3
    assert [order.index(hit.text) for hit in hits] == sorted(order.index(hit.text) for hit in hits)
