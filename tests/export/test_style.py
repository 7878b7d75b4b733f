"""What an office chooses: as plain values, in the composed document, and an export that can be watched and stopped."""

from __future__ import annotations

import json

import pytest

from govdesk.base import files
from govdesk.base.errors import Stopped, UserError
from govdesk.document.document import GridBlock, Heading, Paragraph
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.export.formats import export_document
from govdesk.printing.compose import compose, split_paragraphs
from govdesk.session.session import take_snapshot
from tests.export.export_reading import FONTS, page_texts
from tests.export.export_sheets import report, with_blocks

CHOSEN = Style("word", True, True, frozenset({"requests", "disputes"}), "system")


def test_a_style_survives_json():
    for style in (PLAIN_STYLE, CHOSEN):
        assert Style.from_dict(json.loads(json.dumps(style.to_dict()))) == style
    hash(CHOSEN)


@pytest.mark.parametrize("nonsense", [
    None, 3, "word", [], {"pitch": "28"}, {"pitch": ["word"]}, {"seal": 1}, {"seal": "yes"}, {"landscape": "requests"},
    {"landscape": [1]}, {"landscape": {"requests": 1}}, {"landscape": ["x"] * 101}, {"faces": None}, {"color": "red"},
    {1: 2},
])
def test_nonsense_is_the_default(nonsense):
    assert Style.from_dict(nonsense) == PLAIN_STYLE


def test_what_is_sound_is_kept_beside_nonsense():
    found = Style.from_dict({"pitch": "word", "seal": "x", "landscape": ["a"]})
    assert found == Style("word", landscape=frozenset("a"))


def test_the_composed_document_follows_the_style(form, make_report):
    made = make_report(texts={"overview.proactive": "全年公开。", "overview.on_request": "", "problems": "一是。"})
    plain, chosen = (compose(take_snapshot(form, made), style) for style in (PLAIN_STYLE, CHOSEN))
    heads = {b.anchor: b for b in chosen.blocks if isinstance(b, Heading)}
    assert heads["overview.proactive"].run_in and heads["overview.proactive"].text.endswith("。")
    assert not heads["overview.on_request"].run_in and not heads["overview.on_request"].text.endswith("。")
    assert not any(b.run_in for b in plain.blocks if isinstance(b, Heading))
    assert [b.landscape for b in plain.blocks if isinstance(b, GridBlock)] == [False, False, False]
    assert [b.landscape for b in chosen.blocks if isinstance(b, GridBlock)] == [False, True, True]
    assert compose(take_snapshot(form, made)) == plain


@pytest.mark.parametrize(("text", "expected"), [
    ("（一）存在的问题\n一是。", [("（一）存在的问题", False), "一是。"]),
    ("（一）加强领导，落实责任。全年做了。", [("（一）加强领导，落实责任。", True), "全年做了。"]),
    ("（十二）问题。 　后文", [("（十二）问题。", True), "后文"]),
    ("（一）存在的问题", ["（一）存在的问题"]),                    # the last line of a text is no head
    ("（一）无。", ["（一）无。"]), ("（一）加强领导。", ["（一）加强领导。"]),
    ("（一）2023年收到申请24件。其中1件。", ["（一）2023年收到申请24件。其中1件。"]),    # a list, not a head
    ("（一）" + "长" * 40 + "。后文", ["（一）" + "长" * 40 + "。后文"]),
    ("（一）" + "长" * 24 + "\n后文", ["（一）" + "长" * 24, "后文"]),
    ("按（一）办理。后文", ["按（一）办理。后文"]),
    ("1.问题。后文", ["1.问题。后文"]), ("（1）问题。后文", ["（1）问题。后文"]),
])
def test_a_clerks_own_heads_of_level_2(text, expected):
    found = list(split_paragraphs(text, "problems"))
    assert [(b.text, b.run_in) if isinstance(b, Heading) else b.text for b in found] == expected
    anchors = [b.anchor for b in found if isinstance(b, Heading)]
    assert all(anchor.startswith("problems.") for anchor in anchors) and len(anchors) == len(set(anchors))


def test_progress_is_told_page_by_page(tmp_path):
    told = []
    done = export_document(report(), tmp_path / "a.pdf", None, FONTS, progress=lambda *pages: told.append(pages))
    count = done.pages
    assert told == [*((i, None) for i in range(1, count + 1)), *((i, count) for i in range(1, count + 1))]


@pytest.mark.parametrize("after", [0, 1, 4, 8, 30])
def test_a_stopped_export_leaves_the_old_file(tmp_path, after):
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    asked = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > after

    with pytest.raises(Stopped) as error:
        export_document(report(), target, None, FONTS, stop=stop)
    assert not isinstance(error.value, UserError) and len(asked) == after + 1
    assert target.read_bytes() == b"old" and [p.name for p in tmp_path.iterdir()] == ["a.pdf"]


def test_it_is_asked_often_and_for_the_last_time_before_anything_is_written(tmp_path, monkeypatch):
    order = []
    monkeypatch.setattr(files.os, "fsync", lambda _: order.append("written"))
    document = with_blocks(*(Paragraph("公开" * 400) for _ in range(40)))
    done = export_document(document, tmp_path / "a.pdf", None, FONTS, stop=lambda: bool(order.append("asked")))
    assert order[-1] == "written" and order.count("written") == 1
    assert order.count("asked") >= 40 + 2 * done.pages


def test_watching_changes_nothing(tmp_path):
    for name, more in (("a", {}), ("b", {"progress": lambda *_: None, "stop": lambda: False})):
        export_document(report(), tmp_path / f"{name}.pdf", None, FONTS, **more)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_equal_styles_give_equal_bytes_and_others_other_pages(tmp_path):
    for name, style in (("a", Style(pitch="word", seal=True)), ("b", Style("word", True)), ("c", PLAIN_STYLE)):
        export_document(report(), tmp_path / name, "pdf", FONTS, style)
    a, b, c = ((tmp_path / name).read_bytes() for name in "abc")
    assert a == b != c
    assert "".join("".join(page_texts(a)).split()).replace("—", "") != ""
