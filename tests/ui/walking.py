"""Every page of the program, and what lies over them, one after another, for tests that look at all there is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from build_scripts.program_window import MainWindow
from govdesk import cli
from govdesk.drafts.arrival import Arrived
from govdesk.exchange.read_result import ReadResult
from govdesk.importing.importer import import_source, read_source
from govdesk.importing.review import FileReading
from govdesk.report.report import Layer, edit_of
from tests.importing.doubtful_files import doubtful_word_file
from ui.draft.merge_page import Meeting, MergePage
from ui.draft.merging import MergeController
from ui.home.about_dialog import AboutDialog
from ui.importing.file_list_page import FileListPage
from ui.importing.file_reads import RefusedFile
from ui.importing.import_controller import Purpose
from ui.importing.import_page import ImportPage
from ui.wizard.wizard import Wizard


def settle(milliseconds: int = 30) -> None:
    """Let layouts come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def sample(window: MainWindow) -> Wizard:
    window.adopt(cli.sample_report())
    assert window.wizard is not None
    return window.wizard


def pages(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Home, the manual, then each page of the wizard on the sample; the name of each and what is in sight."""
    settle()
    yield "home", window.home
    window.show_manual()
    manual = window.stack.currentWidget()
    yield "manual", manual
    manual.back_wanted.emit()                # type: ignore[attr-defined]
    wizard = sample(window)
    for step in wizard.steps:
        for page in step.pages:
            wizard.enter(step.id, page.item)
            settle()
            yield page.item, wizard


def show_merge(window: MainWindow) -> MergePage:
    """Lay the page 对照合并 over the open draft, one text being another in the file."""
    draft = window.workspace.open
    assert draft is not None
    there = edit_of(draft.editor.now.report, "", [(Layer.TEXTS, "problems", "另一处")])
    came = there.applied_to(draft.editor.now.report)
    meeting = Meeting(came, None, ("本机", "文件"), ("", ""), "对照", "")
    return MergeController(window.workspace, window, window.jobs).show(draft, meeting, Arrived(ReadResult(came)))


def reading_in_doubt() -> FileReading:
    """A Word file with a cell in doubt, as it was read."""
    source = read_source(doubtful_word_file().data, "去年.docx")
    return FileReading("去年.docx", source, import_source(source, "去年.docx"))


def show_import(window: MainWindow) -> ImportPage:
    """Lay the page of imports over what is shown."""
    return window.program.imports.show_reading(reading_in_doubt(), Purpose.OPEN)


def show_published(window: MainWindow) -> None:
    """Lay 上网核对 over the open draft."""
    window.program.imports.show_published(reading_in_doubt())


def show_files(window: MainWindow) -> None:
    """Lay the list of several files over what is shown, one read, one refused."""
    page = FileListPage([Path("去年.docx"), Path("通知.docx")])
    page.note_came(0, reading_in_doubt())
    page.note_came(1, RefusedFile("通知.docx：里面没有找到年报的三张表。"))
    page.note_over(stopped=False)
    window.show_over(page, page.back_wanted)
    page.focus_first()


def show_years(window: MainWindow) -> object:
    """Lay the page 改年份 over the open draft, with years that are ticked and years that are not."""
    draft = window.workspace.open
    assert draft is not None
    text = "2022年，本机关收到申请3件，较2022年增加。根据《关于做好2022年工作的通知》编制。"
    draft.editor.do(draft.editor.session.edit("编辑", [(Layer.TEXTS, "problems", text)]))
    return window.show_years()


def pages_over(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """What lies over the wizard, with the sample below it; then the copies, and the home page with its draft."""
    wizard = sample(window)
    wizard.enter("requests", "requests")
    for name, show in (("history", window.show_past), ("merge", lambda: show_merge(window)),
                       ("self check", window.show_self_check), ("years", lambda: show_years(window))):
        show()
        settle()
        page = window.stack.currentWidget()
        yield name, page
        page.back_wanted.emit()              # type: ignore[attr-defined]
    for name, show in (("import", lambda: show_import(window)), ("published", lambda: show_published(window)),
                       ("files", lambda: show_files(window))):
        show()
        settle()
        page = window.stack.currentWidget()
        yield name, page
        page.back_wanted.emit()              # type: ignore[attr-defined]
    wizard.enter_item("preamble")
    wizard.toggle_preview()
    settle()
    yield "preview", wizard
    wizard.toggle_preview()
    wizard.finder.find(replacing=True)
    settle()
    yield "find", wizard
    about = AboutDialog(window)
    about.show()
    settle()
    yield "about", about
    about.close()
    window.activateWindow()                  # which a window manager does when a dialogue is gone
    settle()
    window.show_copies()
    settle()
    yield "backups", window.stack.currentWidget()
    window.show_home()
    settle()
    yield "home with a draft", window.home


def everywhere(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    yield from pages(window)
    yield from pages_over(window)
