"""Documents and styles at the edges of what an office may print."""

from __future__ import annotations

from govdesk.document.document import Document, GridBlock, Heading, Paragraph, SignatureBlock, Title
from govdesk.document.style import PLAIN_STYLE, Style
from tests.export.export_sheets import FIGURE, disputes, proactive, requests, with_blocks

STYLES = {
    "plain": PLAIN_STYLE, "word": Style(pitch="word", seal=True, run_in_heads=True),
    "landscape": Style(landscape=frozenset(["proactive", "requests", "disputes"])),
}


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
    "organ of 200": with_blocks(Title("市" * 200 + "2023年政府信息公开工作年度报告"), Paragraph("正文。"), disputes(),
                                SignatureBlock("市" * 200, "2024年1月18日")),
    "odd blanks": with_blocks(Paragraph("甲\t乙\u2028丙\u200b丁\ufeff戊\u00ad己\u2029庚\u3000辛\xa0壬"),
                              GridBlock("表", (100, 56), 0, ((requests().rows[3][0]._replace(
                                  text="规\t章\u200b\u2028甲", column_span=1), requests().rows[3][1]),))),
    "long labels": with_blocks(requests((
        ("（三）" + "不予公开情形" * 9, tuple(f"{i}." + "申请人无正当理由" * 9 for i in range(12))),))),
    "marks": with_blocks(Paragraph("“《（【——……、。，！”》）】" * 60), Heading(2, "——……——", "a"), Title("——“”——")),
    "dashes": with_blocks(Title("公开——年报"), Heading(1, "一、公开——年报", "a"), Heading(2, "公开——年报", "b"),
                          Paragraph("公开——年报")),
}
