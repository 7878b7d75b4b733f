"""自检单 from the review: read on the screen, copied, kept as a PDF, and back by Esc."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk.exchange import report_file
from govdesk.exchange.handover import strip_private
from govdesk.report.report import Layer
from govdesk.session.progress import asked_keys
from tests.ui.driver import words
from tests.ui.walking import sample, settle
from ui.pages.export_page import ExportPage
from ui.pages.self_check_page import SelfCheckPage


def shown(window: MainWindow) -> SelfCheckPage:
    wizard = sample(window)
    wizard.editor.do(wizard.editor.session.edit("写", [(Layer.COVER, "organ.name", "<b>临江</b>区教育局")]))
    review = wizard.enter("review")
    review.sheet_button.click()              # type: ignore[attr-defined]
    settle()
    page = window.stack.currentWidget()
    assert isinstance(page, SelfCheckPage)
    return page


def test_it_opens_from_the_review_and_esc_leads_back(window: MainWindow) -> None:
    page = shown(window)
    words = page.text.toPlainText()
    assert "自检单" in words and "N01" in words and "<b>临江</b>区教育局" in words
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.wizard


def test_it_is_copied_as_lines_with_the_mark_of_the_exchange_file(window: MainWindow) -> None:
    page = shown(window)
    page.copy_button.click()
    lines = QGuiApplication.clipboard().text()
    assert window.wizard is not None
    now = window.wizard.editor.now
    assert sha256(report_file.dump_report(strip_private(now.report, asked_keys(now)))).hexdigest()[:16] in lines
    assert "N01【通过】" in lines


def test_it_is_kept_as_a_pdf(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    page = shown(window)
    target = tmp_path / "sheet.pdf"
    page.save_to(target)
    qtbot.waitUntil(lambda: page.save_button.isEnabled() and target.is_file(), timeout=20_000)
    assert target.read_bytes().startswith(b"%PDF")
    assert window.settings.last_export_folder == str(tmp_path)
    page.back_wanted.emit()
    assert window.wizard is not None
    export = window.wizard.enter("export")
    assert isinstance(export, ExportPage) and export._default_folder() == tmp_path    # both dialogues begin there
    window.wizard.enter("review").sheet_button.click()     # type: ignore[attr-defined]
    page = window.stack.currentWidget()
    assert isinstance(page, SelfCheckPage)
    page.save_to(tmp_path / "nowhere" / "sheet.pdf")
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    assert "△" in words(page)


def test_a_draft_of_blanks_and_a_hostile_text_have_a_sheet(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.new_draft()
    wizard = window.wizard
    assert wizard is not None
    wizard.editor.do(wizard.editor.session.edit("写", [(Layer.TEXTS, "problems", "<script>XX</script>\x00" * 50)]))
    wizard.sheet_wanted.emit()
    page = window.stack.currentWidget()
    assert isinstance(page, SelfCheckPage)
    assert "机关全称尚未填写" in page.text.toPlainText() and "表三还有 144 格空白" in page.text.toPlainText()
    target = tmp_path / "sheet.pdf"
    page.save_to(target)
    qtbot.waitUntil(page.save_button.isEnabled, timeout=20_000)
    assert target.is_file(), words(page)
