"""Documents that no clerk would write: whatever is in them, nothing leaves the type area and no page is empty."""

from __future__ import annotations

import random

import pytest

from govdesk.document.document import Document, DocumentBlock, Heading, PageBreak, Paragraph, SignatureBlock, Title
from govdesk.typeset.page import CELL, HEIGHT, LEFT, TOP, WIDTH
from tests.export.export_reading import pages_of, pdf_of, reader
from tests.export.export_sheets import disputes, proactive, requests, with_blocks

STOCK = "公开政府信息工作，。、；：（）“”《》——……2023年12月31日〔2021〕30号abcDEF https://x.gov.cn/ 98.5% 𠮷😀"


def random_document(seed: int) -> Document:
    chance = random.Random(seed)

    def text(most: int) -> str:
        return "".join(chance.choice(STOCK) for _ in range(chance.randrange(1, most))) + "完"

    def block() -> DocumentBlock:
        kind = chance.randrange(6)
        if kind == 0:
            return Heading(chance.choice((1, 2)), text(60), "a")
        if kind < 3:
            return Paragraph(text(chance.choice((10, 100, 900))))
        if kind == 3:
            return chance.choice((proactive, requests, disputes))()
        if kind == 4:
            groups = tuple((text(9), tuple(text(50) for _ in range(chance.randrange(1, 20)))) for _ in range(4))
            return requests(groups, chance.choice((1, 99999999)))
        return PageBreak()

    blocks = [block() for _ in range(chance.randrange(1, 14))]
    return with_blocks(Title(text(70)), *blocks, SignatureBlock(text(40), text(chance.choice((12, 60)))))


@pytest.mark.parametrize("seed", [*range(15), *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(15, 600))])
def test_nothing_leaves_the_type_area_and_no_page_is_empty(seed):
    document = random_document(seed)
    pages = pages_of(document).pages
    for page in pages:
        pieces = [piece for piece in page.pieces if piece.block >= 0]
        assert pieces
        for run in (run for piece in pieces for run in piece.runs):
            assert run.x > LEFT - CELL / 2 - 0.5               # a mark's blank half may stand outside, never its ink
            assert run.x + sum(run.advances) < LEFT + WIDTH + 0.6
            assert run.y - 0.6 * run.size >= TOP and run.y < TOP + HEIGHT + 0.5
        for rule in page.rules:
            assert rule.x0 > LEFT - 0.1 and rule.x1 < LEFT + WIDTH + 0.1
            assert rule.y0 >= TOP and rule.y1 < TOP + HEIGHT + 0.3
        last = document.blocks[pieces[-1].block]
        broken_off = isinstance(document.blocks[min(pieces[-1].block + 1, len(document.blocks) - 1)], PageBreak)
        assert not isinstance(last, Heading) or broken_off
    assert len(reader(pdf_of(document)).pages) == len(pages)
