"""Published reports, extremes and random documents: read back equal, no glyph missing, no overlap, no rule torn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from export_measuring import measured, said
from export_proofs import expected, overlaps, read_back, torn_rules
from export_reading import FONTS, pdf_of
from export_sheets import FIGURE, ORGAN, disputes, proactive, report, requests, with_blocks

from govdesk import formfile
from govdesk.compose import compose
from govdesk.document import Document, GridBlock, Heading, Paragraph, SignatureBlock, Title
from govdesk.export.pdf import render
from govdesk.importers import exchange
from govdesk.session import snapshot
from govdesk.style import PLAIN, Style
from govdesk.typeset.fontset import FontSet
from govdesk.typeset.layout import lay_out

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
STYLES = {
    "plain": PLAIN, "word": Style(pitch="word", seal=True, run_in_heads=True),
    "landscape": Style(landscape=frozenset(["proactive", "requests", "disputes"])),
}


def complete() -> list[str]:
    """Reports of the form of 2021 that the index calls complete in all three tables."""
    index = CORPUS / "index.json"
    if not index.is_file():
        return []
    return [entry["file"] for entry in json.loads(index.read_text("utf-8"))
            if {entry["complete"].get(f"table{i}") for i in (2, 3, 4)} == {"complete"}]


def proved(document: Document, style: Style = PLAIN) -> bytes:
    """The file, after everything that must hold of it has been found to hold."""
    pages = lay_out(document, FontSet.of(FONTS, style), style)
    data = render(pages, document)
    assert pages.doubts == ()
    assert read_back(data) == expected(document)
    assert overlaps(pages, document) == []
    assert torn_rules(pages, data) == []
    return data


def published():
    """Each report plainly; every sixth also in the other styles, the rest of those in the long campaign."""
    names = complete()
    if not names:
        yield pytest.param("", "plain", marks=pytest.mark.skip("../shared/corpus is absent"))
    for i, name in enumerate(names):
        for style in STYLES:
            yield pytest.param(name, style, marks=[pytest.mark.slow] if i % 6 and style != "plain" else [])


@pytest.mark.parametrize(("name", "style"), list(published()))
def test_a_published_report(name, style):
    held = json.loads((CORPUS / name).read_text("utf-8"))["report"]
    read = exchange.loads(json.dumps(held).encode(), name)
    form = formfile.load(read.form_id)
    document = compose(snapshot(form, read), STYLES[style])
    data = proved(document, STYLES[style])
    figures = [cell.text for block in document.blocks if isinstance(block, GridBlock)
               for row in block.rows for cell in row if cell.role is FIGURE and cell.text]
    assert len(figures) > 100
    pages = measured(data)
    assert "\0" not in "".join(map(said, pages)) and "\ufffd" not in "".join(map(said, pages))


def filled(grid: GridBlock, text: str) -> GridBlock:
    rows = tuple(tuple(cell._replace(text=text) if cell.role is FIGURE else cell for cell in row) for row in grid.rows)
    return grid._replace(rows=rows)


def long_figures(digits: int, *, landscape: bool = False) -> Document:
    grids = [filled(grid, "8" * digits)._replace(landscape=landscape) for grid in (proactive(), requests(), disputes())]
    return with_blocks(Heading(1, "二、表", "a"), *grids)


EXTREMES = {
    "empty": with_blocks(
        Title("某局2023年政府信息公开工作年度报告"), *(Heading(1, f"{n}、空", n) for n in "一二三四五六"),
        SignatureBlock("", "")),
    "blank figures": with_blocks(*(filled(grid, "") for grid in (proactive(), requests(), disputes()))),
    "100,000 characters without a full stop": with_blocks(Paragraph("依法公开政府信息" * 12_500)),
    "5,000 letters": with_blocks(Paragraph("公开" + "abcdefghij" * 500 + "公开")),
    "8 digits": long_figures(8), "12 digits": long_figures(12), "12 digits landscape": long_figures(12, landscape=True),
    "15 digits": long_figures(15),
    "organ of 60": with_blocks(Title("市" * 60 + "2023年政府信息公开工作年度报告"), Paragraph("正文。"),
                               SignatureBlock("市" * 60, "2024年1月18日")),
    "odd blanks": with_blocks(Paragraph("甲\t乙\u2028丙\u200b丁\ufeff戊\u00ad己\u2029庚\u3000辛\xa0壬"),
                              GridBlock("表", (100, 56), 0, ((requests().rows[3][0]._replace(
                                  text="规\t章\u200b\u2028甲", column_span=1), requests().rows[3][1]),))),
    "long labels": with_blocks(requests((
        ("（三）" + "不予公开情形" * 9, tuple(f"{i}." + "申请人无正当理由" * 9 for i in range(12))),))),
    "marks": with_blocks(Paragraph("“《（【——……、。，！”》）】" * 60), Heading(2, "——……——", "a"), Title("——“”——")),
    "dashes": with_blocks(Title("公开——年报"), Heading(1, "一、公开——年报", "a"), Heading(2, "公开——年报", "b"),
                          Paragraph("公开——年报")),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_an_extreme(name):
    proved(EXTREMES[name])


def test_control_characters_are_drawn_as_geta_and_nothing_else_is_lost():
    document = with_blocks(Paragraph("甲\x00乙\x07丙\x1b丁"), SignatureBlock(f"{ORGAN}\x01", "2024年1月18日"))
    data = pdf_of(document)
    assert read_back(data) == ["甲〓乙〓丙〓丁", f"{ORGAN}〓", "2024年1月18日"]


@pytest.mark.parametrize("style", STYLES)
def test_the_sheet_of_these_tests(style):
    proved(report(), STYLES[style])


@pytest.mark.parametrize("seed", [*range(8), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(8, 150))])
def test_a_random_document(seed):
    from test_random_reports import random_document

    document = random_document(seed)
    clean = document._replace(blocks=tuple(_plain(block) for block in document.blocks))
    turned = clean._replace(blocks=tuple(
        b._replace(landscape=True) if isinstance(b, GridBlock) and (i + seed) % 3 == 0 else b
        for i, b in enumerate(clean.blocks)))
    proved(turned, list(STYLES.values())[seed % 2])


def _plain(block):
    """Without the character that no face has: what is drawn for it is tested elsewhere."""
    return block._replace(text=block.text.replace("😀", "某")) if hasattr(block, "text") else _plain_parts(block)


def _plain_parts(block):
    if isinstance(block, GridBlock):
        rows = tuple(tuple(c._replace(text=c.text.replace("😀", "某")) for c in row) for row in block.rows)
        return block._replace(rows=rows)
    if isinstance(block, SignatureBlock):
        return SignatureBlock(block.organ.replace("😀", "某"), block.date.replace("😀", "某"))
    return block


def test_the_proofs_can_fail():
    """A figure moved on its neighbour, a rule cut in two, a side taken away, a character changed: each is seen."""
    document = with_blocks(disputes())
    pages = lay_out(document, FontSet.bundled(FONTS))
    (page,) = pages.pages
    data = render(pages, document)
    i, piece = next((i, p) for i, p in enumerate(page.pieces) if p.runs[0].text == "9001")
    run = piece.runs[0]
    for moved in (run._replace(x=run.x + 25), run._replace(y=run.y - 12)):
        page.pieces[i] = piece._replace(runs=(moved,))
        assert overlaps(pages, document) != []
    page.pieces[i] = piece._replace(runs=(run._replace(text="9991"),))
    assert read_back(render(pages, document)) != expected(document)
    page.pieces[i] = piece
    rule = max(page.rules, key=lambda rule: rule.x1 - rule.x0)
    at = page.rules.index(rule)
    page.rules[at] = rule._replace(x1=rule.x1 - 30)
    short = render(pages, document)
    assert torn_rules(pages, data) != []
    page.rules[at] = rule
    assert torn_rules(pages, data) == [] and torn_rules(pages, short) != []
