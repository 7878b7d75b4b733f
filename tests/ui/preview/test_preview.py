"""The preview shows the very pages of the PDF, follows the edits, and prints them."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from build_scripts.program_window import MainWindow
from govdesk import cli, settings
from govdesk.base.errors import UserError
from govdesk.document.style import Style
from govdesk.report.report import Layer
from tests.ui.conftest import say
from tests.ui.driver import press, put, sample_wizard, words
from tests.ui.walking import settle
from ui.pages.export_page import ExportPage
from ui.pages.print_style_card import PrintStyleCard
from ui.preview.preview import PageView
from ui.preview.printing import print_pages, set_up_printer
from ui.preview.renderer import make_preview_pages, measure_pages, render_page
from ui.wizard.wizard import Wizard

A4 = (595.3, 841.9)


@pytest.fixture
def wizard(qtbot: QtBot, window: MainWindow) -> Wizard:
    made = sample_wizard(window)
    with qtbot.waitSignal(made.maker.made, timeout=20_000):
        made.toggle_preview()
    return made


def pictures(wizard: Wizard) -> list[QImage | None]:
    return [sheet.picture for sheet in sheets(wizard)]


def sheets(wizard: Wizard) -> list[PageView]:
    return sorted(wizard.preview.findChildren(PageView), key=lambda sheet: sheet.number)


def darkness(image: QImage) -> int:
    """How many pixels are ink."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(byte < 128 for byte in bytes(grey.constBits()))


def test_the_pages_are_those_of_the_pdf(qtbot: QtBot, wizard: Wizard) -> None:
    qtbot.waitUntil(lambda: pictures(wizard)[0] is not None, timeout=10_000)
    shown = pictures(wizard)[0]
    assert shown is not None
    document = pypdfium2.PdfDocument(make_preview_pages(wizard.editor.now, Style()).data)
    assert wizard.preview.pages == len(document) == 4
    scale = shown.width() / document.get_page_size(0)[0]
    again = render_page(document, 0, scale)
    assert abs(again.width() - shown.width()) <= 1
    assert darkness(shown) > 500
    assert abs(darkness(again) - darkness(shown)) < 0.02 * darkness(shown)
    document.close()


def test_it_follows_the_edits_without_being_asked(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.enter("preamble")
    before = wizard.preview.pages
    with qtbot.waitSignal(wizard.maker.made, timeout=20_000):
        say(wizard.pages["preamble"].field, "政府信息公开工作。" * 400)
    assert wizard.preview.pages > before


def test_typing_is_not_held_up_and_makes_the_pages_once(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.enter("preamble")
    made: list[object] = []
    wizard.maker.made.connect(made.append)
    for _ in range(5):
        say(wizard.pages["preamble"].field, "甲")
        qtbot.wait(30)
    qtbot.waitUntil(lambda: len(made) > 0, timeout=20_000)
    qtbot.wait(900)
    assert len(made) == 1


def test_nothing_is_made_while_nobody_looks(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.toggle_preview()
    generation = wizard.maker.generation
    wizard.enter("preamble")
    say(wizard.pages["preamble"].field, "甲")
    qtbot.wait(900)
    assert wizard.maker.generation == generation
    with qtbot.waitSignal(wizard.maker.made, timeout=20_000):
        wizard.toggle_preview()


def test_it_leads_to_the_page_being_edited(qtbot: QtBot, wizard: Wizard) -> None:
    wizard.enter("requests")
    qtbot.waitUntil(lambda: "第 3 页，共" in words(wizard.preview), timeout=5000)
    wizard.enter("preamble")
    wizard.enter("overview", "overview.proactive")
    qtbot.waitUntil(lambda: "第 1 页，共" in words(wizard.preview), timeout=5000)


def test_two_pages_alone_and_back(qtbot: QtBot, wizard: Wizard) -> None:
    press(wizard.preview, "放大")
    assert not wizard.stack.isVisible()
    press(wizard.preview, "双页")
    left, right = sheets(wizard)[:2]
    qtbot.waitUntil(lambda: left.y() == right.y(), timeout=3000)
    assert left.x() < right.x()
    press(wizard.preview, "放大")
    assert wizard.stack.isVisible()


@pytest.mark.parametrize(("zoom", "width"), [("100%", 595.3 * 96 / 72), ("50%", 595.3 * 48 / 72)])
def test_zoom_in_hundredths_is_the_paper_at_96_dpi(qtbot: QtBot, wizard: Wizard, zoom: str, width: float) -> None:
    zooms = wizard.preview.findChild(QComboBox)
    QTest.keyClicks(zooms, zoom)
    assert zooms.currentText() == zoom
    assert abs(sheets(wizard)[0].width() - width) <= 1


def test_in_a_small_window_the_preview_stands_alone(qtbot: QtBot, wizard: Wizard, window: MainWindow) -> None:
    window.resize(1093, 614)
    qtbot.waitUntil(lambda: not wizard.stack.isVisible(), timeout=3000)
    wizard.toggle_preview()
    assert wizard.stack.isVisible()


def test_pages_are_printed_whole_at_the_printers_resolution(look: object, tmp_path: Path) -> None:
    """A printer that writes a file: its pages carry the ink of ours, at the same place."""
    from govdesk.formfile.form_reader import load_form
    from govdesk.session.session import take_snapshot

    report = cli.sample_report()
    ours = pypdfium2.PdfDocument(make_preview_pages(take_snapshot(load_form(report.form_id), report), Style()).data)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setResolution(300)
    set_up_printer(printer, "年报")
    print_pages(ours, printer)
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(printed) == len(ours) == 4
    for index in (0, 2):
        assert printed.get_page_size(index) == pytest.approx(A4, abs=1.5)
        one, other = render_page(ours, index, 2.0), render_page(printed, index, 2.0)
        assert ink(one) > 500
        assert abs(ink(one) - ink(other)) < 0.1 * ink(one)
        assert overlap(one, other) > 0.95
    ours.close()
    printed.close()


def ink(image: QImage) -> float:
    """How much black there is, in pixels."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return sum(255 - byte for byte in bytes(grey.constBits())) / 255


def overlap(one: QImage, other: QImage) -> float:
    """The share of ink pixels of one that have ink in the other within a pixel."""
    found = total = 0
    for y in range(2, min(one.height(), other.height()) - 2, 3):
        for x in range(2, min(one.width(), other.width()) - 2):
            if one.pixelColor(x, y).lightness() < 110:
                total += 1
                near = ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
                found += any(other.pixelColor(*at).lightness() < 190 for at in near)
    return found / total


def test_a_printer_that_refuses_is_a_sentence(look: object, tmp_path: Path) -> None:
    from govdesk.formfile.form_reader import load_form
    from govdesk.session.session import take_snapshot

    report = cli.sample_report()
    ours = pypdfium2.PdfDocument(make_preview_pages(take_snapshot(load_form(report.form_id), report), Style()).data)
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "no" / "such" / "folder" / "x.pdf"))
    with pytest.raises(UserError, match="打印机"):
        print_pages(ours, printer)
    ours.close()


def test_the_look_is_chosen_kept_and_seen(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    with qtbot.waitSignal(wizard.maker.made, timeout=20_000):
        wizard.toggle_preview()
    page = wizard.enter("export")
    card = page.findChild(PrintStyleCard)
    with qtbot.waitSignal(wizard.maker.made, timeout=20_000) as made:
        card._choose({"landscape": frozenset({"requests"})})
    assert lying(made.args[0].data, "申请人情况")
    assert Style.from_dict(settings.load_settings().style).landscape == {"requests"}


def lying(data: bytes, words: str) -> bool:
    """Whether words run up or down the sheet instead of across it."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        text = page.get_textpage()
        at = text.get_text_range().find(words)
        if at >= 0:
            first, second = text.get_charbox(at), text.get_charbox(at + 1)
            return abs(first[1] - second[1]) > abs(first[0] - second[0])
    raise AssertionError(f"{words} is on no page")


def test_a_long_export_shows_how_far_and_can_be_stopped(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    wizard = sample_wizard(window)
    long = "政府信息公开工作情况。\n" * 30_000
    wizard.editor.do(wizard.editor.session.edit("编辑", [(Layer.TEXTS, "problems", long)]))
    page = wizard.enter("export")
    assert isinstance(page, ExportPage)
    target = tmp_path / "out.pdf"
    target.write_bytes(b"old")
    page.export_to(target)
    qtbot.waitUntil(page.stop_button.isVisible, timeout=10_000)
    qtbot.waitUntil(lambda: re.search(r"第 \d+ 页", words(page)) is not None, timeout=20_000)
    qtbot.mouseClick(page.stop_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "已停止导出" in words(page), timeout=20_000)
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".tmp"] == []


def test_a_page_size_is_what_one_looks_at(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    put(wizard, next(iter(wizard.editor.form.input_cells)), None)
    sizes = measure_pages(make_preview_pages(wizard.editor.now, Style()).data)
    assert all(size == pytest.approx(A4, abs=1) for size in sizes)


def test_it_opens_where_the_cursor_is_in_a_long_text(qtbot: QtBot, window: MainWindow) -> None:
    """At the end of a text of several pages: that page is seen, and the line in the field stays in sight."""
    window.resize(1366, 768)
    wizard = sample_wizard(window)
    text = "\n".join("本机关认真贯彻落实政府信息公开条例。" * 12 for _ in range(30))
    wizard.editor.do(wizard.editor.session.edit("", [(Layer.TEXTS, "problems", text)]))
    wizard.enter("problems")
    field = wizard.pages["problems"].field
    window.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(wizard.maker.made, timeout=20_000) as made:
        qtbot.keyClick(field, Qt.Key.Key_F9)
    begins = made.args[0].begins
    qtbot.waitUntil(lambda: wizard.preview._now() == begins["other_matters"])
    assert begins["other_matters"] >= begins["problems"] + 3
    assert field.viewport().rect().contains(field.cursorRect().center())
    qtbot.keyClick(field, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    say(field, "一是")                        # and on to where the next edit is made
    qtbot.waitUntil(lambda: wizard.preview._now() == begins["problems"], timeout=20_000)
    wizard.toggle_preview()
    qtbot.keyClick(field, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    wizard.toggle_preview()
    qtbot.waitUntil(lambda: wizard.preview._now() == begins["other_matters"])


def test_in_a_wide_window_a_text_has_its_page_beside_the_helper_until_it_is_put_away(window: MainWindow) -> None:
    wizard = sample_wizard(window)
    window.resize(1920, 1040)
    settle()
    wizard.enter("overview")
    assert wizard.preview.isVisible() and wizard.helper.isVisible() and wizard.top.preview_button.isChecked()
    wizard.enter("requests")
    assert not wizard.preview.isVisible() and not wizard.top.preview_button.isChecked()
    wizard.enter("overview")
    wizard.toggle_preview()
    assert not wizard.preview.isVisible()
    wizard.enter("preamble")
    assert not wizard.preview.isVisible()                 # put away once, it does not come by itself again
    wizard.toggle_preview()
    wizard.enter("requests")
    assert wizard.preview.isVisible()                     # asked for, it stays


def test_the_first_page_stands_beside_the_choices_and_follows_them(qtbot: QtBot, window: MainWindow) -> None:
    wizard = sample_wizard(window)
    window.resize(1366, 697)
    settle()
    page = wizard.enter("export")
    assert isinstance(page, ExportPage) and page.first_page is not None
    with qtbot.waitSignal(wizard.maker.made, timeout=20_000):
        pass
    qtbot.waitUntil(lambda: page.first_page is not None and page.first_page.picture is not None, timeout=20_000)
    first, words = page.first_page.picture, page.first_page.words.text()
    assert words == "第 1 页，共 4 页 · F9 看全部"
    wizard.set_style(Style(run_in_heads=True))
    qtbot.waitUntil(lambda: page.first_page is not None and page.first_page.picture != first, timeout=20_000)
    window.resize(1000, 600)
    settle()
    assert not page.first_page.isVisible()
