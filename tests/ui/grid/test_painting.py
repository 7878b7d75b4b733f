"""What is seen: blanks and zeros, frames, warnings, marks; and that little is repainted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Layer
from tests.ui.grid.clerk import SHIFT, Clerk, Key, colours_in
from ui.common import theme
from ui.editing.editor import Editor
from ui.grid.header import SpanHeader
from ui.grid.layout import fit_columns
from ui.grid.model import ACCESSIBLE_DESCRIPTION, ACCESSIBLE_TEXT
from ui.grid.painting import figures
from ui.grid.painting.figures import CellLook
from ui.grid.painting.label_layout import find_pad
from ui.grid.painting.last_year import LastYear, draw_last_year


@pytest.fixture
def clerk(qtbot: QtBot, editor: Editor) -> Clerk:
    return Clerk(qtbot, editor)


@pytest.fixture
def filled(clerk: Clerk) -> Clerk:
    """0 everywhere; the cursor out of the way."""
    clerk.fill()
    return clerk.go("refused_state_secret", "other_org")


def unbalance(clerk: Clerk) -> None:
    clerk.set({("new_requests", "natural_person"): "22", ("disclosed", "natural_person"): "21"})


def test_a_blank_is_hatched_and_a_zero_is_not(filled: Clerk) -> None:
    filled.set({("carried_over_in", "natural_person"): None})
    hatch = theme.current_colours().hatch
    blank, zero = colours_in(filled.picture("carried_over_in")), colours_in(filled.picture("disclosed"))
    assert blank != zero
    assert len([c for c in blank if c not in zero]) > 2
    assert hatch not in zero


def test_a_total_has_its_own_ground(filled: Clerk) -> None:
    total = colours_in(filled.picture("disclosed", "total"))
    assert max(total, key=lambda c: total[c]) == theme.current_colours().total_ground


def test_a_failed_check_frames_its_cells(filled: Clerk) -> None:
    frame = theme.current_colours().off_frame
    assert frame not in colours_in(filled.picture("new_requests"))
    unbalance(filled)
    for row in ("new_requests", "carried_over_in", "results_total", "carried_forward_out"):
        assert colours_in(filled.picture(row)).get(frame, 0) > 100, row
    assert frame not in colours_in(filled.picture("disclosed"))
    assert "natural_person" in filled.model.warned


def test_the_head_of_a_failed_column_turns_orange(filled: Clerk) -> None:
    header = filled.view.horizontalHeader()
    assert isinstance(header, SpanHeader)
    cell = next(c for c in header._cells if c.line == "natural_person")
    before = colours_in(header.viewport().grab(header.rect_of(cell)).toImage())
    unbalance(filled)
    after = colours_in(header.viewport().grab(header.rect_of(cell)).toImage())
    assert theme.current_colours().off_ground not in before
    assert after[theme.current_colours().off_ground] > 500


def test_the_cursor_has_one_blue_frame(filled: Clerk) -> None:
    accent = theme.current_colours().accent
    assert colours_in(filled.picture("refused_state_secret", "other_org")).get(accent, 0) > 100
    filled.press(Key.Key_Down)
    assert accent not in colours_in(filled.picture("refused_state_secret", "other_org"))


def test_the_labels_of_the_cursors_row_and_column_are_marked(filled: Clerk) -> None:
    """And those of the whole block that is selected; the tint goes with the cursor."""
    header = filled.view.horizontalHeader()
    assert isinstance(header, SpanHeader)

    def count(line: str) -> int:
        cell = next(c for c in filled.model.places.plan.cells if c.line == line)
        QApplication.processEvents()
        if cell.row < filled.model.places.plan.head_rows:
            seen = header.viewport().grab(header.rect_of(cell))
        else:
            place = filled.model.index(cell.row - filled.model.places.plan.head_rows, cell.column)
            seen = filled.view.viewport().grab(filled.view.visualRect(place))
        found = colours_in(seen.toImage())
        assert bool(found.get(theme.current_colours().accent)) == bool(found.get(theme.current_colours().accent_ground))
        return found.get(theme.current_colours().accent_ground, 0)

    filled.go("disclosed")
    assert count("disclosed") > 1000 and count("natural_person") > 500
    assert count("new_requests") == count("other_org") == 0
    filled.press(Key.Key_Right)
    assert count("disclosed") > 1000 and count("natural_person") == 0 and count("commercial_enterprise") > 300
    filled.press(Key.Key_Down, Key.Key_Right, modifiers=SHIFT)
    assert all(count(line) for line in ("disclosed", "partially_disclosed", "commercial_enterprise",
                                        "research_institution"))
    filled.press(Key.Key_Up)
    assert not count("partially_disclosed") and not count("commercial_enterprise") and count("research_institution")


def test_the_head_of_the_cursors_column_is_marked_in_its_own_block_of_table_two(
        qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, "proactive")
    heads = [c for c in clerk.model.places.plan.cells if c.line == "decisions"]
    assert len(heads) == 2                                   # 行政许可 in one block, 行政处罚 in the next
    clerk.go("administrative_licensing", "decisions")
    assert heads[0][:2] in clerk.view.marked and heads[1][:2] not in clerk.view.marked
    clerk.press(Key.Key_Down)
    assert heads[0][:2] not in clerk.view.marked and heads[1][:2] in clerk.view.marked


def test_a_selection_has_one_frame_and_no_cell_alone_has_one(filled: Clerk) -> None:
    accent = theme.current_colours().accent

    def blue(row: str, column: str) -> int:
        return colours_in(filled.picture(row, column)).get(accent, 0)

    filled.go("refused_state_secret")
    assert not filled.view._blocks
    filled.press(Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Right, modifiers=SHIFT)
    corner, edge = blue("refused_state_secret", "natural_person"), blue("refused_state_secret", "commercial_enterprise")
    assert corner > edge > 2 * 50                            # two sides, one side; 2 px
    assert blue("refused_prohibited_by_law", "commercial_enterprise") == 0     # within
    QApplication.processEvents()
    last = filled.view.visualRect(filled.model.index_of(filled.at("refused_security_stability")))
    corner_of = filled.view.viewport().mapTo(filled.window, last.topLeft())

    def blue_below() -> int:
        """On the screen itself, in the lower half of the row that was the last of the block; the left edge stays."""
        seen = filled.window.screen().grabWindow(filled.window.winId(), corner_of.x() + 4, corner_of.y() + 9,
                                                 last.width() - 6, last.height() - 9)
        return colours_in(seen.toImage()).get(accent, 0)

    assert blue_below() > 50
    filled.press(Key.Key_Down, modifiers=SHIFT)
    QApplication.processEvents()
    assert blue_below() == 0                                 # what the frame left is painted anew
    filled.press(Key.Key_Right)
    assert blue("refused_state_secret", "natural_person") == 0


def test_a_figure_stands_out_among_zeros(filled: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled.set({("disclosed", "natural_person"): "8", ("disclosed", "other_org"): "0"})
    weights: dict[str, int] = {}
    draw = figures.draw_figure

    def note(painter: QPainter, rect: QRect, look: CellLook, font: QFont, *, selected: bool, lit: bool) -> None:
        weights[look.text] = font.weight()
        draw(painter, rect, look, font, selected=selected, lit=lit)

    monkeypatch.setattr(figures, "draw_figure", note)
    ink = {column: colours_in(filled.picture("disclosed", column)) for column in ("natural_person", "other_org")}
    c = theme.current_colours()
    assert c.text in ink["natural_person"]
    assert c.zero in ink["other_org"] and c.zero not in ink["natural_person"]
    assert weights["8"] >= 600 > weights["0"]


@pytest.mark.parametrize(("free", "seen"), [(60, "12345"), (20, ""), (-4, "")])
def test_last_years_figure_never_lies_under_this_years(look: QApplication, free: int, seen: str) -> None:
    image = QImage(60, 18, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_last_year(painter, image.rect(), LastYear("12345"), look.font(), shown=True, free=free)
    painter.end()
    assert (len(colours_in(image)) > 1) is bool(seen)


def test_lit_cells_stand_out_until_the_cursor_moves(filled: Clerk) -> None:
    plain = colours_in(filled.picture("disclosed"))
    filled.page.light([filled.at("disclosed"), "preamble"])
    assert colours_in(filled.picture("disclosed")) != plain
    filled.press(Key.Key_Down)
    assert colours_in(filled.picture("disclosed")) == plain


def test_the_theme_may_change_at_run_time(filled: Clerk, look: QApplication) -> None:
    light = colours_in(filled.picture("disclosed"))
    try:
        theme.apply_theme(look, "dark")
        dark = colours_in(filled.picture("disclosed"))
    finally:
        theme.apply_theme(look, "light")
    assert theme.LIGHT.card in light and theme.DARK.card in dark and theme.LIGHT.card not in dark


def test_nothing_is_reset_and_little_is_repainted(filled: Clerk) -> None:
    told: list[str] = []
    changed: list[tuple[int, int]] = []
    for name in ("modelReset", "layoutChanged"):
        getattr(filled.model, name).connect(lambda *_, n=name: told.append(n))

    def note(first: QModelIndex, last: QModelIndex) -> None:
        assert first == last
        changed.append((first.row(), first.column()))

    filled.model.dataChanged.connect(note)
    filled.set({("refused_state_secret", "natural_person"): "1"})
    seen = {filled.model.places.address(*place) for place in changed}
    column = ("new_requests", "carried_over_in", "results_total", "carried_forward_out")
    assert seen == {filled.at("refused_state_secret"), filled.at("refused_state_secret", "total"),
                    *(filled.at(r, c) for r in column for c in ("natural_person", "total"))}
    changed.clear()
    filled.set({("refused_state_secret", "natural_person"): "2"})
    assert len(changed) == 4                                 # the cell, its row, its column, the corner
    filled.editor.stack.undo()
    assert told == []


def test_an_edit_elsewhere_repaints_nothing(filled: Clerk) -> None:
    changed: list[object] = []
    filled.model.dataChanged.connect(lambda *_: changed.append(1))
    filled.editor.do(filled.editor.session.edit("填写", [(Layer.TEXTS, "problems", "一是……")]))
    assert changed == []


def test_a_screen_reader_is_told_the_cell(filled: Clerk) -> None:
    filled.set({("new_requests", "natural_person"): "15", ("disclosed", "natural_person"): None})

    def said(row: str, role: int) -> str:
        return str(filled.model.index_of(filled.at(row)).data(role))

    assert said("new_requests", ACCESSIBLE_TEXT) == "自然人，一、本年新收政府信息公开申请数量，15"
    assert said("disclosed", ACCESSIBLE_TEXT) == "自然人，（一）予以公开，空白"
    assert "合计" in said("results_total", ACCESSIBLE_DESCRIPTION)
    assert filled.model.headerData(3, Qt.Orientation.Horizontal) == "自然人"
    assert filled.model.headerData(0, Qt.Orientation.Vertical) == "一、本年新收政府信息公开申请数量"


@pytest.mark.parametrize("grid_id", ["proactive", "requests", "disputes"])
@pytest.mark.parametrize("room", [690, 752, 900, 1300])
def test_every_label_has_room(qtbot: QtBot, editor: Editor, grid_id: str, room: int) -> None:
    clerk = Clerk(qtbot, editor, grid_id, size=(room + 60, 600))
    view, plan = clerk.view, clerk.model.places.plan
    header = view.horizontalHeader()
    assert isinstance(header, SpanHeader)
    for cell in plan.cells:
        if cell.address is None:
            rect = header.rect_of(cell) if cell.row < plan.head_rows else view.visualRect(
                clerk.model.index(cell.row - plan.head_rows, cell.column))
            lines = view.labels.break_lines(cell.text, cell.breaks, rect.width() - 2 * find_pad(cell))
            assert len(lines) * view.labels.line_height <= rect.height(), cell.text
            assert "".join(lines) == cell.text
            assert all(view.labels.width(line) <= rect.width() for line in lines), lines


def test_widths_add_up(qtbot: QtBot) -> None:
    from govdesk.form import grid_plan
    for grid in form_reader.load_form("ogi-annual-report-2021").grids.values():
        for room in (760, 801, 933):
            assert abs(sum(fit_columns(grid_plan.make_grid_plan(grid), room)) - room) <= 1


def test_long_labels_break_by_sense(clerk: Clerk) -> None:
    lines = clerk.view.labels.break_lines
    assert lines("社会公益组织", (2, 4), 56) == ("社会公益", "组织")
    assert lines("（三）不予公开", (3,), 50) == ("（三）", "不予", "公开")
    assert lines("三、本年度办理结果", (2, 5, 7), 27)[0] == "三、"


def test_the_head_stays_while_the_body_scrolls(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, size=(820, 400))
    clerk.go("carried_forward_out", "total")
    bar = clerk.view.verticalScrollBar()
    assert bar.value() > 0
    assert clerk.view.horizontalHeader().isVisible()
    assert clerk.view.viewport().rect().contains(clerk.view.visualRect(clerk.view.currentIndex()))


def test_a_double_click_edits_and_on_a_total_asks_for_the_papers(filled: Clerk) -> None:
    for column, asks in (("natural_person", False), ("total", True)):
        rect = filled.view.visualRect(filled.model.index_of(filled.at("disclosed", column)))
        QTest.mouseClick(filled.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        QTest.mouseDClick(filled.view.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert filled.view.editing.text is not None
        assert (filled.view.bubble.isVisible() and "原件" in filled.view.bubble.text()) is asks
        filled.page.commit()


def test_a_figure_typed_and_entered_repaints_few_cells(filled: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    painted: list[object] = []
    figure = figures.draw_figure

    def note(painter: QPainter, rect: QRect, look: CellLook, font: QFont, *, selected: bool, lit: bool) -> None:
        painted.append(look)
        figure(painter, rect, look, font, selected=selected, lit=lit)

    # not CellDelegate.paint: Qt for Python may have looked up a virtual method before it is replaced
    monkeypatch.setattr(figures, "draw_figure", note)
    filled.go("new_requests")
    QApplication.processEvents()
    painted.clear()
    for key in (Key.Key_7, Key.Key_1, Key.Key_Return):
        filled.press(key)
        QApplication.processEvents()
    assert 2 <= len(painted) <= 24           # of 123 in sight: the cells of two balances, and the cursor


def test_a_failed_row_of_table_two_is_marked_at_the_row(qtbot: QtBot, editor: Editor) -> None:
    clerk = Clerk(qtbot, editor, "proactive")
    clerk.fill()
    cover = {"organ.level": "county", "organ.kind": "organ_report"}
    editor.do(editor.session.edit("封面", [(Layer.COVER, key, value) for key, value in cover.items()]))
    clerk.set({("rules", "issued"): "3"})
    assert "rules" in clerk.model.warned
    assert clerk.model.look(Address("proactive", "rules", "issued")).failed


