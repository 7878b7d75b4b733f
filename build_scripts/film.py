"""Takes a film strip of the whole job, from the first start to the exported PDF, for `screenshots.py`: a picture of
each frame, and all of them on one sheet."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QEventLoop, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QPushButton

from build_scripts.program_window import MainWindow
from govdesk import cli, settings
from govdesk.drafts.imported import read_foreign
from govdesk.form.form import Address
from govdesk.importing.review import FileReading
from govdesk.report.report import Layer
from govdesk.store.drafts import open_store
from ui.app.qt_application import application
from ui.helper.decision_path import DecisionPathCard
from ui.importing.import_controller import Purpose
from ui.wizard.wizard import Wizard

WRONG_FIELD = Address("requests", "disclosed", "natural_person")
DOUBTFUL_FIELD = Address("requests", "not_processed_petition_complaint", "natural_person")
FILMS = (("film-light", "light", QSize(1366, 768)), ("film-125", "light", QSize(1093, 614)),
         ("film-150", "light", QSize(911, 512)), ("film-dark", "dark", QSize(1366, 768)),
         ("film-contrast", "contrast", QSize(1366, 768)))
ACROSS, FRAME, GAP = 3, 640, 8               # frames side by side on a sheet, how wide each is, pixels between

SAMPLE_REPORT = cli.sample_report()


def wait_painted(milliseconds: int) -> None:
    """Let the window paint. (QTest.qWait would keep Python's other threads from running.)"""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def open_sample(window: MainWindow) -> Wizard:
    assert window.wizard is not None
    return window.wizard


def fill_layer(window: MainWindow, layer: Layer) -> None:
    """What the sample holds in a layer, as one edit; a single figure of table three is typed wrong."""
    editor = open_sample(window).editor
    entries = SAMPLE_REPORT.entries(layer).items()
    wrong = {WRONG_FIELD: Decimal(0)} if layer is Layer.VALUES else {}
    editor.do(editor.session.edit("填入", [(layer, key, wrong.get(key, entry)) for key, entry in entries]))


def show_text(window: MainWindow) -> None:
    fill_layer(window, Layer.TEXTS)
    open_sample(window).enter("overview", "overview.on_request")


def show_gap(window: MainWindow) -> None:
    fill_layer(window, Layer.VALUES)
    open_sample(window).go_to(WRONG_FIELD)


def ask_which_row(window: MainWindow) -> None:
    wizard = open_sample(window)
    wizard.go_to(DOUBTFUL_FIELD)
    if wizard.strip.isVisible():
        wizard.strip.button.click()
    wait_painted(100)
    wizard.helper.section(DecisionPathCard).card.findChildren(QPushButton)[0].click()


def type_paper_totals(window: MainWindow) -> None:
    """原件合计: one that agrees, one that does not, a third that is being typed."""
    wizard = open_sample(window)
    if wizard.strip.isVisible() and wizard.helper.isVisible():
        wizard.strip.button.click()
    editor = wizard.editor
    paper = {Address("requests", row, "total"): Decimal(figure) for row, figure in (
        ("new_requests", 15), ("disclosed", 1))}
    editor.do(editor.session.edit("填写原件合计", [(Layer.STATED, cell, figure) for cell, figure in paper.items()]))
    wizard.go_to(Address("requests", "carried_over_in", "total"))
    wizard.pages["requests"].view.editing.begin("9")       # type: ignore[attr-defined]


def show_table_four(window: MainWindow) -> None:
    wizard = open_sample(window)
    if wizard.strip.isVisible():
        wizard.strip.button.click()
    wizard.enter("disputes", "disputes")


def mend_figure(window: MainWindow) -> None:
    editor = open_sample(window).editor
    editor.do(editor.session.edit("填入", [(Layer.VALUES, WRONG_FIELD, SAMPLE_REPORT.value(WRONG_FIELD))]))
    open_sample(window).enter("review")


def show_self_check(window: MainWindow) -> None:
    open_sample(window).sheet_wanted.emit()


def show_preview(window: MainWindow) -> None:
    window.stack.currentWidget().back_wanted.emit()        # type: ignore[attr-defined]
    open_sample(window).enter("requests", "requests")
    open_sample(window).toggle_preview()
    wait_painted(1500)


def export_pdf(window: MainWindow) -> None:
    open_sample(window).toggle_preview()
    page = open_sample(window).enter("export")
    page.export_to(window.drafts.file.with_name("report.pdf"))     # type: ignore[attr-defined]
    wait_painted(2500)


def read_exported(window: MainWindow) -> None:
    """The PDF that was just written, read as last year's would be."""
    window.program.imports.show_reading(_read_back(window), Purpose.OPEN)
    page = window.stack.currentWidget()
    page.tables.go_to(WRONG_FIELD)           # type: ignore[attr-defined]
    wait_painted(1200)


def compare_exported(window: MainWindow) -> None:
    """上网核对, after one figure was changed."""
    window.stack.currentWidget().back_wanted.emit()        # type: ignore[attr-defined]
    editor = open_sample(window).editor
    editor.do(editor.session.edit("填入", [(Layer.VALUES, WRONG_FIELD, Decimal(9))]))
    window.program.imports.show_published(_read_back(window))
    wait_painted(1200)


def _read_back(window: MainWindow) -> FileReading:
    reading = read_foreign(window.drafts.file.with_name("report.pdf"))
    assert reading is not None
    return reading


def show_manual(window: MainWindow) -> None:
    window.stack.currentWidget().back_wanted.emit()        # type: ignore[attr-defined]
    window.show_manual()


def leave_draft(window: MainWindow) -> None:
    window.stack.currentWidget().back_wanted.emit()        # type: ignore[attr-defined]
    window.show_home()


FILM_STEPS: tuple[tuple[str, Callable[[MainWindow], object]], ...] = (
    ("first-start", lambda window: None),
    ("new-report", lambda window: window.new_draft()),
    ("cover", lambda window: fill_layer(window, Layer.COVER)),
    ("text", show_text),
    ("table-two", lambda window: open_sample(window).enter("proactive", "proactive")),
    ("table-three-off", show_gap),
    ("which-row", ask_which_row),
    ("paper-totals", type_paper_totals),
    ("table-four", show_table_four),
    ("review", lambda window: open_sample(window).enter("review")),
    ("review-ready", mend_figure),
    ("self-check", show_self_check),
    ("preview", show_preview),
    ("exported", export_pdf),
    ("import", read_exported),
    ("published", compare_exported),
    ("manual", show_manual),
    ("home", leave_draft),
)


def make_film(folder: Path, working: Path, theme: str, size: QSize) -> list[Path]:
    """A picture after each step; their files."""
    folder.mkdir(parents=True, exist_ok=True)
    application(theme)
    window = MainWindow(open_store(working), settings.Settings())
    window.resize(size)
    window.show()
    frames = []
    for number, (name, act) in enumerate(FILM_STEPS, 1):
        act(window)
        wait_painted(300)
        frames.append(folder / f"{number:02}-{name}.png")
        window.grab().save(str(frames[-1]))
    window.close()
    return frames


def make_contact_sheet(frames: list[Path], target: Path) -> None:
    """All frames on one picture, in reading order."""
    smooth = Qt.TransformationMode.SmoothTransformation
    pictures = [QPixmap(str(frame)).scaledToWidth(FRAME, smooth) for frame in frames]
    height = pictures[0].height()
    made = QPixmap(ACROSS * (FRAME + GAP), -(-len(pictures) // ACROSS) * (height + GAP))
    made.fill(Qt.GlobalColor.gray)
    painter = QPainter(made)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, ACROSS)
        painter.drawPixmap(QRect(column * (FRAME + GAP), row * (height + GAP), FRAME, height), picture)
    painter.end()
    made.save(str(target))
