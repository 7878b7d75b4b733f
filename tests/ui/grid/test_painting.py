"""What is seen: blanks and zeros, frames, warnings, chips; and that little is repainted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from govdesk.checks import State
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Layer
from tests.ui.grid.clerk import Clerk, Key, colours_in
from ui.common import theme
from ui.editing.editor import Editor
from ui.grid.header import SpanHeader
from ui.grid.layout import fit_columns
from ui.grid.model import ACCESSIBLE_DESCRIPTION, ACCESSIBLE_TEXT
from ui.grid.painting import figures
from ui.grid.painting.figures import CellLook


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
    hatch = theme.colours().hatch
    blank, zero = colours_in(filled.picture("carried_over_in")), colours_in(filled.picture("disclosed"))
    assert blank != zero
    assert len([c for c in blank if c not in zero]) > 2
    assert hatch not in zero


def test_a_total_has_its_own_ground(filled: Clerk) -> None:
    total = colours_in(filled.picture("disclosed", "total"))
    assert max(total, key=lambda c: total[c]) == theme.colours().total_ground


def test_a_failed_check_frames_its_cells(filled: Clerk) -> None:
    frame = theme.colours().off_frame
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
    assert theme.colours().off_ground not in before
    assert after[theme.colours().off_ground] > 500


def test_the_cursor_has_one_blue_frame(filled: Clerk) -> None:
    accent = theme.colours().accent
    assert colours_in(filled.picture("refused_state_secret", "other_org")).get(accent, 0) > 100
    filled.press(Key.Key_Down)
    assert accent not in colours_in(filled.picture("refused_state_secret", "other_org"))


def test_lit_cells_stand_out_until_the_cursor_moves(filled: Clerk) -> None:
    plain = colours_in(filled.picture("disclosed"))
    filled.page.light([filled.at("disclosed"), "preamble"])
    assert colours_in(filled.picture("disclosed")) != plain
    filled.press(Key.Key_Down)
    assert colours_in(filled.picture("disclosed")) == plain


def test_the_theme_may_change_at_run_time(filled: Clerk, look: QApplication) -> None:
    light = colours_in(filled.picture("disclosed"))
    try:
        theme.apply(look, "dark")
        dark = colours_in(filled.picture("disclosed"))
    finally:
        theme.apply(look, "light")
    assert theme.LIGHT.card in light and theme.DARK.card in dark and theme.LIGHT.card not in dark


def test_chips_from_pending_over_off_to_agreed(clerk: Clerk) -> None:
    assert clerk.page.bar is not None
    chips = clerk.page.bar.chips
    assert len(chips) == 7
    assert {c.finding.state for c in chips.values() if c.finding} == {State.PENDING}
    clerk.fill()
    clerk.set({("new_requests", "natural_person"): "22"})
    assert chips["natural_person"].finding is not None
    assert chips["natural_person"].finding.state is State.FAILED
    assert "22≠0" in chips["natural_person"].text() and "对不上" in chips["natural_person"].accessibleName()
    assert chips["other_org"].finding is not None and chips["other_org"].finding.state is State.PASSED
    clerk.set({("carried_forward_out", "natural_person"): "22"})
    assert {c.finding.state for c in chips.values() if c.finding} == {State.PASSED}
    clerk.editor.stack.undo()
    assert chips["natural_person"].finding.state is State.FAILED


def test_a_chip_by_key_leads_to_the_likeliest_cell_and_lights_both_sides(clerk: Clerk) -> None:
    assert clerk.page.bar is not None
    clerk.fill()
    clerk.set({("disclosed", "natural_person"): None})
    chip = clerk.page.bar.chips["natural_person"]
    chip.setFocus()
    clerk.press(Key.Key_Return)
    assert clerk.cursor == clerk.at("disclosed") and clerk.view.hasFocus()
    clerk.enter("3")
    chip.setFocus()
    clerk.press(Key.Key_Space)
    assert clerk.cursor == clerk.at("new_requests")          # 0 ≠ 3: the left side is the smaller one
    assert clerk.model.lit == {clerk.at(r) for r in
                               ("new_requests", "carried_over_in", "results_total", "carried_forward_out")}


@pytest.mark.parametrize("width", [720, 752, 808, 1100])
def test_chips_stay_in_sight_at_any_width(qtbot: QtBot, editor: Editor, width: int) -> None:
    clerk = Clerk(qtbot, editor, size=(width, 600))
    clerk.fill()
    clerk.set({("new_requests", c): "1000" for c in ("natural_person", "other_org", "legal_services_institution")})
    QApplication.processEvents()
    bar = clerk.page.bar
    assert bar is not None
    rects = [c.geometry() for c in bar.chips.values()]
    assert all(bar.rect().contains(r) for r in rects)
    assert not any(a.intersects(b) for i, a in enumerate(rects) for b in rects[:i])


def test_other_tables_have_no_chips(qtbot: QtBot, editor: Editor) -> None:
    assert Clerk(qtbot, editor, "proactive").page.bar is None


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
            lines = view.labels.break_lines(cell.text, cell.breaks, rect.width() - 12)
            assert len(lines) * view.labels.line_height <= rect.height(), cell.text
            assert "".join(lines) == cell.text
            assert all(view.labels.width(line) <= rect.width() for line in lines), lines


def test_widths_add_up(qtbot: QtBot) -> None:
    from govdesk.form import grid_plan
    for grid in form_reader.load("ogi-annual-report-2021").grids.values():
        for room in (760, 801, 933):
            assert abs(sum(fit_columns(grid_plan.plan(grid), room)) - room) <= 1


def test_long_labels_break_by_sense(clerk: Clerk) -> None:
    lines = clerk.view.labels.break_lines
    assert lines("社会公益组织", (2, 4), 56) == ("社会公益", "组织")
    assert lines("（三）不予公开", (3,), 50) == ("（三）", "不予", "公开")
    assert lines("三、本年度办理结果", (2, 5, 7), 27)[0] == "三、"


def test_the_head_stays_while_the_body_scrolls(clerk: Clerk) -> None:
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


