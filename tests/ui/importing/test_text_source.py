"""What a reader found in a file, as a document: every cell at its place, also where cells overlap or are lacking."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from govdesk.importing.confidence import CellSpot
from govdesk.importing.files.source import Cell, Source, SourceParagraph, Table
from ui.importing.text_source import MOST_CELLS, TextSource


def marked(view: TextSource) -> str:
    assert view._marked is not None
    return view._marked.firstCursorPosition().block().text()


def test_each_cell_is_framed_at_its_place(look: QApplication) -> None:
    ragged = Table((Cell(0, 0, "名称", 1, 2), Cell(0, 2, "数"), Cell(1, 1, "甲"), Cell(1, 2, "7"),
                    Cell(2, 0, "乙", 1, 2), Cell(2, 1, "重叠"), Cell(2, 2, "8")), "第 1 张表")
    plain = Table((Cell(0, 0, "丙"), Cell(0, 1, "9")), "第 2 张表")
    view = TextSource(Source("网页", (SourceParagraph("一、总体情况"), ragged, SourceParagraph("二、<其他>"), plain)))
    for table, cell in ((ragged, ragged.cells[0]), (ragged, ragged.cells[3]), (ragged, ragged.cells[6]),
                        (plain, plain.cells[1])):
        assert view.light(CellSpot(table, cell))
        assert marked(view) == cell.text
    assert "二、<其他>" in view.toPlainText()
    assert view.light(None) and view._marked is None


def test_a_text_is_found_by_its_beginning(look: QApplication) -> None:
    view = TextSource(Source("网页", (SourceParagraph("前言"), SourceParagraph("本年度公开文件 12 件，全部及时。"))))
    assert view.light_text("本年度公开文件 12 件，全部及时。\n另一段")
    assert [one.cursor.selectedText() for one in view.extraSelections()] == ["本年度公开文件 12 件，全部及时。"]
    assert not view.light_text("没有这一段")


def test_of_a_huge_table_the_first_rows_are_shown_and_it_is_said(look: QApplication) -> None:
    rows = MOST_CELLS // 2 + 50
    table = Table(tuple(Cell(r, c, f"{r}") for r in range(rows) for c in range(2)), "第 1 张表")
    view = TextSource(Source("Excel 文件", (table,)))
    assert "其余的行没有显示" in view.toPlainText()
    assert view.light(CellSpot(table, table.cells[20])) and marked(view) == "10"
    assert not view.light(CellSpot(table, table.cells[-1]))
