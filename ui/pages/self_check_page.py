"""自检单 over the wizard: to be read, copied as text, printed or kept as a PDF; Esc leads back."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from html import escape
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QWidget

from govdesk import __version__
from govdesk.base.errors import UserError
from govdesk.base.files import FileStamp
from govdesk.base.paths import resources_folder
from govdesk.document.document import Document
from govdesk.drafts.unfinished import FileWork
from govdesk.exchange import report_file
from govdesk.exchange.handover import strip_private
from govdesk.export.formats import PDF_FORMAT
from govdesk.printing import self_check_sheet
from govdesk.printing.file_name import suggest_file_name
from govdesk.printing.self_check_sheet import SelfCheckSheet, SheetRow
from govdesk.session.progress import asked_keys
from govdesk.session.session import Snapshot
from ui.common.runner import Runner, run_alone
from ui.common.shortcuts import add_shortcut
from ui.common.theme import current_colours
from ui.common.worker import Worker
from ui.widgets.basics import (
    fill_with_column,
    make_back_bar,
    make_bare,
    make_button,
    make_card,
    make_label,
    set_role,
    set_styled_role,
)
from ui.widgets.save_dialog import ask_where_to_save
from ui.widgets.word_edit import WordBrowser

WIDEST = 900                                 # pixels
HINT = "上级用同一份数据文件（导出页“另存数据文件”，不连同备注）能核出同样的 16 位校验码。"
SAVED = "✓ 已写入 {}"


class SelfCheckPage(QWidget):
    """The sheet of the report as it was when the page was made."""

    back_wanted = Signal()
    folder_used = Signal(str)

    def __init__(self, now: Snapshot, folder: str | None = None, parent: QWidget | None = None, *,
                 unfinished: tuple[str, ...] = (), run: Runner | None = None) -> None:
        """`unfinished` as in `progress.Standing`."""
        super().__init__(parent)
        set_styled_role(self, "ground")
        self._folder, self._now = Path(folder) if folder else Path.home(), now
        self._at = datetime.now().astimezone()
        handed_over = report_file.encode_report(strip_private(now.report, asked_keys(now)))
        self.sheet = self_check_sheet.make_sheet(now, self._at, __version__, sha256(handed_over).hexdigest(),
                                             unfinished)
        self._run = run or run_alone(Worker("self-check", self))
        self.left = False
        self.back_wanted.connect(self._leave)
        self._said = make_label("", "quiet")
        column = fill_with_column(self)
        column.addWidget(self._bar())
        self.text = WordBrowser()
        make_bare(self.text, "自检单")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(20)
        self.text.setHtml(make_markup(self.sheet))
        sheet, inside = make_card(margins=(1, 1, 1, 1))
        inside.addWidget(self.text)
        sheet.setMaximumWidth(WIDEST)
        row = QHBoxLayout()
        row.setContentsMargins(18, 14, 18, 14)
        row.addStretch(1)
        row.addWidget(sheet, 100)
        row.addStretch(1)
        column.addLayout(row, 1)
        add_shortcut("back", self, self.back_wanted.emit)

    def _bar(self) -> QWidget:
        top, row = make_back_bar("返回核对", self.back_wanted.emit, "自检单")
        row.addWidget(self._said)
        row.addStretch(1)
        self.copy_button = make_button("复制为文本", self.copy)
        self.print_button = make_button("打印…", self._ask_and_print)
        self.save_button = make_button(f"存为 {PDF_FORMAT.name}…", self._ask_and_save, "primary")
        for one in (self.copy_button, self.print_button, self.save_button):
            row.addWidget(one)
        return top

    def focus_first(self) -> None:
        self.text.setFocus()

    def copy(self) -> None:
        QGuiApplication.clipboard().setText(self_check_sheet.sheet_as_text(self.sheet))
        self._say("已复制，可以粘贴到公文、邮件或聊天里", "quiet")

    def save_to(self, target: Path, over: FileStamp | None = None) -> None:
        """The sheet as a PDF; the page says what came of it."""
        self._folder = target.parent
        self.folder_used.emit(str(target.parent))
        self.save_button.setEnabled(False)
        self._say("正在写…", "quiet")
        document = self._document()

        def job() -> object:
            from govdesk.export.formats import export_document

            return export_document(document, target, PDF_FORMAT.id, resources_folder() / "fonts", over=over)

        self._run(self, FileWork(f"自检单（{self._now.report.cover('organ.name')}）的导出", target), job,
                  lambda _: self._done(SAVED.format(target), "agreed"), self._failed)

    def _document(self) -> Document:
        return self_check_sheet.sheet_as_document(self.sheet, self._at.date().isoformat())

    def _ask_and_save(self) -> None:
        name = f"{suggest_file_name(self._now)}（自检单）{PDF_FORMAT.suffix}"
        if agreed := ask_where_to_save(self, f"自检单存为 {PDF_FORMAT.name}", self._folder / name, PDF_FORMAT):
            self.save_to(*agreed)

    def _ask_and_print(self) -> None:
        self._say("正在准备打印…", "quiet")
        document = self._document()

        def job() -> bytes:
            from govdesk.document.style import PLAIN_STYLE
            from govdesk.typeset.watch import UNWATCHED

            return PDF_FORMAT.write(document, resources_folder() / "fonts", PLAIN_STYLE, UNWATCHED).data

        self._run(self, FileWork("自检单的打印"), job, self._print, self._failed)

    def _print(self, data: bytes) -> None:
        from ui.preview.printing import ask_and_print

        try:
            sent = ask_and_print(data, self.sheet.title, self)
            self._say("✓ 已送到打印机" if sent else "", "agreed")
        except UserError as error:
            self._failed(error)

    def _done(self, words: str, role: str) -> None:
        self.save_button.setEnabled(True)
        self._say(words, role)

    def _failed(self, error: BaseException) -> None:
        words = error.sentence if isinstance(error, UserError) else f"没有写成（{type(error).__name__}），请再试一次"
        self._done(f"△ {words}", "off")

    def _say(self, words: str, role: str) -> None:
        self._said.setText(words)
        self._said.setToolTip(words)
        set_role(self._said, role)

    def _leave(self) -> None:
        self.left = True


def make_markup(made: SelfCheckSheet) -> str:
    """The sheet for the screen; what a clerk typed is escaped."""
    c = current_colours()
    facts = "".join(f"<tr><td style='color:{c.quiet}'>{escape(name)}　</td><td>{escape(value)}</td></tr>"
                    for name, value in made.facts)
    still = "".join(f"<p style='color:{c.off}'>· {escape(words)}</p>" for words in made.open)
    rows = "".join(_row(row) for row in made.rows)
    head = "".join(f"<th align='left' style='color:{c.quiet}'>{words}</th>" for words in self_check_sheet.TABLE_HEAD)
    return (f"<h3>{escape(made.title)}</h3><table cellpadding='2'>{facts}</table>"
            f"<p style='color:{c.quiet}'>{HINT}</p>"
            f"<h4>{escape(made.verdict)}</h4><p>{escape(made.counts)}</p>{still}"
            f"<table cellpadding='5' cellspacing='0' width='100%' border='1' style='border-color:{c.line};"
            f" border-style:solid; border-collapse:collapse'><tr>{head}</tr>{rows}</table>")


def _row(row: SheetRow) -> str:
    c = current_colours()
    settled, asked = (
        (self_check_sheet.PASSED, self_check_sheet.ANSWERED),
        ("对不上", "待说明", self_check_sheet.UNCHECKED),
    )
    ink = c.agreed if row.result in settled else c.off if row.result in asked else c.quiet
    notes = "<br>".join(escape(note) for note in row.notes)
    return (f"<tr><td>{escape(row.title)}</td><td style='color:{ink}'><nobr>{row.result}</nobr></td><td>{notes}</td>"
            f"<td width='44' style='color:{c.quiet}'>{row.rule}</td></tr>")
