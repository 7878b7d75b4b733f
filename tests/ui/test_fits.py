"""1366×768 at 100, 125 and 150 %: nothing is cut off on any page, with the helper folded and out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractButton, QLabel

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.report.report import Layer, edit_of
from tests.ui.sizes import SIZES, at_rest
from tests.ui.walking import pages, sample, settle
from ui.wizard.wizard import Wizard


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    found: list[tuple[str, str]] = []
    for where, root in pages(window):
        assert (window.width(), window.height()) == size, "the window is larger than the screen"
        found += [(where, words) for words in at_rest(root)]
        if isinstance(root, Wizard) and root.strip.isVisible():
            root.strip.button.click()
            assert root.helper.isVisible()
            found += [(f"{where}, helper out", words) for words in at_rest(root)]
            root.strip.button.click()
    assert found == []


def test_where_room_is_short_the_helper_is_a_strip(window: MainWindow) -> None:
    window.resize(1093, 614)
    for where, root in pages(window):
        if isinstance(root, Wizard) and where == "requests":
            assert root.strip.isVisible() and not root.helper.isVisible()
            window.resize(1366, 768)
            settle()
            assert root.helper.isVisible() and not root.strip.isVisible()
            window.resize(1093, 614)


def test_the_rail_names_its_steps_also_where_it_shows_marks_alone(window: MainWindow) -> None:
    window.resize(1093, 614)
    for where, root in pages(window):
        if isinstance(root, Wizard) and where == "requests":
            root.strip.button.click()
            settle()
            for item in root.rail.findChildren(QAbstractButton):
                if item.isVisible() and item.state:                            # type: ignore[attr-defined]
                    assert item.toolTip().startswith(item.accessibleName())


def test_at_125_percent_all_of_a_table_is_in_sight_beside_the_helper(window: MainWindow) -> None:
    window.resize(1093, 614)
    wizard = sample(window)
    wizard.enter("requests")
    wizard.strip.button.click()
    settle(100)
    assert wizard.helper.isVisible()
    view = wizard.pages["requests"].view     # type: ignore[attr-defined]
    assert view.horizontalScrollBar().maximum() == 0
    wizard.strip.button.click()
    settle()
    assert wizard.helper.isHidden()


def test_at_150_percent_an_organ_can_be_told_by_its_name(window: MainWindow) -> None:
    name = "临江市人力资源和社会保障局"
    window.drafts.create(edit_of(cli.sample_report(), "", [(Layer.COVER, "organ.name", name)]
                                 ).applied_to(cli.sample_report()))
    window.resize(911, 512)
    window.show_home()
    settle(100)
    table = window.home.table
    room = table.columnWidth(0) - 2 * 14
    assert 2 * room > QFontMetrics(table.font()).horizontalAdvance(name)       # two lines of it


def test_the_helper_names_what_the_cover_asks_for(window: MainWindow) -> None:
    wizard = sample(window)
    for key, name in (("organ.name", "机关全称"), ("deadline", "截止日期"), ("contact.phone", "联系电话")):
        wizard.enter("cover").fields[key].setFocus()                           # type: ignore[attr-defined]
        settle()
        heads = [w for w in wizard.helper.findChildren(QLabel) if w.isVisible() and w.property("role") == "heading"]
        assert [w.text() for w in heads] == [name]
