"""F1: the manual at the place where the clerk is, offline, with a page of keys that cannot lie."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from tests.ui.conftest import FORM_ID, say
from tests.ui.driver import words
from ui.common import shortcuts
from ui.manual import manual
from ui.manual.manual import ManualPage

UI = Path(manual.__file__).parents[1]


def press_f1(qtbot: QtBot) -> ManualPage:
    """F1 wherever the focus is; the manual in the window's place."""
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, Qt.Key.Key_F1)
    shown = focused.window().stack.currentWidget()         # type: ignore[attr-defined]
    assert isinstance(shown, ManualPage)
    return shown


def heading_at_top(page: ManualPage) -> str:
    QApplication.processEvents()
    return page.text.textCursor().block().text()


def test_a_page_looks_as_the_program_does_and_its_parts_stay_what_they_are(qtbot: QtBot, window: MainWindow) -> None:
    page = press_f1(qtbot)
    plain = QTextDocument()
    for row, text in enumerate(manual.load_manual_texts()):
        page.list.setCurrentRow(row)
        plain.setMarkdown(text.markdown)
        shown, meant = page.text.document().begin(), plain.begin()
        while meant.isValid():
            assert shown.text() == meant.text() and bool(shown.textList()) == bool(meant.textList())
            assert shown.blockFormat().headingLevel() == meant.blockFormat().headingLevel()
            if meant.blockFormat().headingLevel() == 1:
                assert shown.begin().fragment().charFormat().font().pixelSize() == 18
            shown, meant = shown.next(), meant.next()


def test_f1_opens_at_the_place_and_esc_leads_back(qtbot: QtBot, window: MainWindow) -> None:
    page = press_f1(qtbot)
    assert page.list.currentItem().text() == "第一次使用"
    qtbot.keyClick(page.text, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.home
    window.adopt(cli.sample_report())
    wizard = window.wizard
    assert wizard is not None
    cell = Address("requests", "other_misc", "other_org")
    wizard.go_to(cell)
    page = press_f1(qtbot)
    assert (page.list.currentItem().text(), heading_at_top(page)) == ("填表", "拿不准填哪一行")
    qtbot.keyClick(page.text, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is wizard
    view = wizard.pages["requests"].view                   # type: ignore[attr-defined]
    assert view.hasFocus() and view.cursor_address == cell
    wizard.go_to(Address("requests", "new_requests", "total"))
    page = press_f1(qtbot)
    assert heading_at_top(page) == "三张表"
    page.back_wanted.emit()
    for step, title in (("review", "核对"), ("export", "导出与打印"), ("cover", "填表")):
        wizard.enter(step)
        page = press_f1(qtbot)
        assert page.list.currentItem().text() == title
        page.back_wanted.emit()


def test_ctrl_f_looks_through_all_chapters(qtbot: QtBot, window: MainWindow) -> None:
    page = press_f1(qtbot)
    qtbot.keyClick(page.text, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.search.field.hasFocus()
    say(page.search.field, "回收站")
    places = sum(manual_plain(text.markdown).count("回收站") for text in manual.load_manual_texts())
    assert places > 2
    assert page.search.count.text() == f"第 1 处，共 {places} 处"
    seen = set()
    for at in range(1, places + 1):
        assert page.search.count.text() == f"第 {at} 处，共 {places} 处"
        cursor = page.text.textCursor()
        assert cursor.selectedText() == "回收站"
        seen.add((page.list.currentRow(), cursor.position()))
        qtbot.keyClick(page.search.field, Qt.Key.Key_Return)
    assert len(seen) == places and len({row for row, _ in seen}) > 1
    assert page.search.count.text().startswith("第 1 处")                 # and from the start again
    qtbot.mouseClick(page.search.next_button, Qt.MouseButton.LeftButton)
    assert page.search.count.text().startswith("第 2 处")
    say(page.search.field, "没有这样的话")
    assert page.search.count.text() == "没有找到" and not page.search.next_button.isEnabled()
    qtbot.keyClick(page.search.field, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.home


def manual_plain(markdown: str) -> str:
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toPlainText()


def test_the_way_to_the_manual_can_be_seen(qtbot: QtBot, window: MainWindow) -> None:
    window.resize(1366, 768)
    assert "帮助 F1" in words(window.home)
    window.adopt(cli.sample_report())
    assert window.wizard is not None
    top = window.wizard.top
    qtbot.mouseClick(top.help_button, Qt.MouseButton.LeftButton)
    assert isinstance(window.stack.currentWidget(), ManualPage)
    window.stack.currentWidget().back_wanted.emit()        # type: ignore[attr-defined]
    window.resize(1093, 614)
    QApplication.processEvents()
    assert not top.help_button.isVisible()
    next(a for a in top.menu().actions() if a.text().startswith("帮助")).trigger()
    assert isinstance(window.stack.currentWidget(), ManualPage)


def test_the_pages_there_are() -> None:
    titles = [text.title for text in manual.load_manual_texts()]
    assert [t for t in ("第一次使用", "填表", "核对", "导出与打印", "明年的年报", "快捷键", "常见问题")
            if t not in titles] == []
    assert all("<!--" not in text.markdown for text in manual.load_manual_texts())


def test_every_page_and_table_of_the_wizard_has_its_place() -> None:
    form = form_reader.load_form(FORM_ID)
    places = {place for text in manual.load_manual_texts() for place in text.places}
    assert "decision" in places
    known = {section.id for section in form.sections} | {"home", "cover", "review", "export", "preview"}
    assert known <= places | {"home"}


def test_a_page_is_added_by_adding_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "10-a.md").write_text("<!-- place: cover -->\n# 甲\n\n正文", encoding="utf-8")
    (tmp_path / "15-b.md").write_text("# 乙\n\n见[甲](10-a.md)", encoding="utf-8")
    monkeypatch.setattr(manual, "manual_folder", lambda: tmp_path)
    manual.load_manual_texts.cache_clear()
    try:
        assert [(t.title, t.places) for t in manual.load_manual_texts()] == [("甲", {"cover": "甲"}), ("乙", {})]
    finally:
        manual.load_manual_texts.cache_clear()


def test_no_link_leads_outside(qtbot: QtBot, look: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page = ManualPage()
    qtbot.addWidget(page)
    page.open_at("cover")
    before = page.text.toPlainText()
    for address in ("https://example.org/10-first-use.md", "file:///etc/hosts"):
        page.text.anchorClicked.emit(QUrl(address))
    assert opened == [] and page.text.toPlainText() == before
    page.text.anchorClicked.emit(QUrl("60-keys.md"))
    assert page.list.currentItem().text() == "快捷键"
    assert not any(re.search(r"https?:|!\[", text.markdown) for text in manual.load_manual_texts())


def test_the_page_of_keys_lists_every_key() -> None:
    page = next(text for text in manual.load_manual_texts() if text.title == "快捷键").markdown
    for key in shortcuts.SHORTCUTS:
        assert f"| {shortcuts.describe_keys(key)} | {key.words} |" in page
    assert shortcuts.describe_keys(shortcuts.SHORTCUTS[0]) == "Ctrl+PgDn"


def test_every_shortcut_is_made_from_the_table() -> None:
    """A shortcut made elsewhere must at least be on the page: give it a line in ui/common/shortcuts.py, or use
    `shortcuts.add_shortcut`."""
    listed = {sequence for key in shortcuts.SHORTCUTS for sequence in key.keys} | {"Esc"}
    strays = [f"{file.relative_to(UI)}: {named}" for file in UI.rglob("*.py") if file.name != "shortcuts.py"
              for source in [file.read_text(encoding="utf-8")] if re.search(r"QShortcut\(|setShortcuts?\(", source)
              for named in re.findall(r'"((?:Ctrl|Alt|Shift|F\d)[A-Za-z0-9+.]*)"', source) if named not in listed]
    assert strays == []
    used = "".join(file.read_text(encoding="utf-8") for file in UI.rglob("*.py") if file.name != "shortcuts.py")
    table_keys = {key.id for key in shortcuts.SHORTCUTS}
    made = set(re.findall(r'shortcut\("(\w+)"', used)) | set(re.findall(r'\("(\w+)", (?:lambda|self\.)', used))
    assert {k.id for k in shortcuts.SHORTCUTS if k.place == "填报"} | {"new", "open", "search", "manual"} <= made
    assert len(table_keys) == len(shortcuts.SHORTCUTS)
