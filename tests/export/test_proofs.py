"""Published reports, extremes and random documents: read back equal, no glyph missing, no overlap, no rule torn."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govdesk.document.document import Document, GridBlock, Paragraph, SignatureBlock
from govdesk.document.style import PLAIN_STYLE, Style
from govdesk.exchange import report_file
from govdesk.export.pdf import render
from govdesk.fonts.font_set import FontSet
from govdesk.formfile import form_reader
from govdesk.printing.compose import compose
from govdesk.session.session import take_snapshot
from govdesk.typeset.layout import lay_out
from tests.export.export_measuring import measured, said
from tests.export.export_proofs import expected, overlaps, read_back, torn_rules
from tests.export.export_reading import FONTS, pdf_of
from tests.export.export_sheets import FIGURE, ORGAN, disputes, report, with_blocks
from tests.export.styles import EXTREMES, STYLES

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def complete() -> list[str]:
    """Reports of the form of 2021 that the index calls complete in all three tables."""
    index = CORPUS / "index.json"
    if not index.is_file():
        return []
    return [entry["file"] for entry in json.loads(index.read_text("utf-8"))
            if {entry["complete"].get(f"table{i}") for i in (2, 3, 4)} == {"complete"}]


def proved(document: Document, style: Style = PLAIN_STYLE) -> bytes:
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
    read = report_file.load_report(json.dumps(held).encode(), name)
    form = form_reader.load_form(read.form_id)
    document = compose(take_snapshot(form, read), STYLES[style])
    data = proved(document, STYLES[style])
    figures = [cell.text for block in document.blocks if isinstance(block, GridBlock)
               for row in block.rows for cell in row if cell.role is FIGURE and cell.text]
    assert len(figures) > 100
    pages = measured(data)
    assert "\0" not in "".join(map(said, pages)) and "\ufffd" not in "".join(map(said, pages))


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
    from tests.export.test_random_reports import random_document

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
