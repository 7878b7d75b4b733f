"""The page of one text: a quiet sheet, its length, and what the form asks for here."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from govdesk.base.plain_text import count_characters
from govdesk.checks import Finding
from govdesk.form.form import Section
from govdesk.printing import missing_glyphs
from govdesk.report.report import Layer
from govdesk.texts.tokens import text_with_figures
from ui.common.shortcuts import add_shortcut
from ui.editing.bound_fields import Binding, TextField
from ui.editing.editor import Editor
from ui.pages.page import PageContext, WizardPage
from ui.text.completer import FigureCompleter
from ui.text.doubt_popup import DoubtPopup
from ui.text.highlights import TextHighlights
from ui.text.insert_figure_menu import make_figure_menu
from ui.text.sentence_offers import SentenceOffers
from ui.widgets.basics import make_button, make_card, make_label, set_role

MAX_WIDTH = 760                              # 36–44 characters a line
HEAD_HEIGHT = 34                             # pixels of the row of the heading
MENU_GAP = 5                                 # pixels between a button and its menu


class TextPage(WizardPage):
    """One text of a section."""

    years_wanted = Signal()                  # the years in all texts, to be changed

    has_help = True
    widest = MAX_WIDTH

    def __init__(self, editor: Editor, text_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor, self.text_id = editor, text_id
        self._section = editor.form.section_of(text_id)
        text = editor.form.texts[text_id]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        top = QWidget()
        top.setMaximumWidth(MAX_WIDTH)
        top.setFixedHeight(HEAD_HEIGHT)
        head = QHBoxLayout(top)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(make_label(text.heading or self._section.heading or text.name, "title"), 1)
        years = make_button("改年份", self.years_wanted.emit)
        years.setToolTip("列出全部文字里以前的年份，勾选的一次改好")
        head.addWidget(years)
        insert = make_button("插入表中数字", self._choose_figure)
        insert.setToolTip("Ctrl+I；在文字中键入〔也可以")
        head.addWidget(insert)
        column.addWidget(top)
        self._insert_button = insert
        sheet, inside = make_card(margins=(1, 1, 1, 1))
        self.field = TextField(Binding(editor, Layer.TEXTS, text_id, f"编辑{text.name}"))
        self.field.setStyleSheet("QTextEdit { border: none; font-size: 15px; background: transparent; }")
        self.field.setAccessibleName(text.heading or text.name)
        self.field.setPlaceholderText("\u3000\u3000在这里写。回车另起一段，首行缩进由程序处理。")
        inside.addWidget(self.field)
        self.marks = TextHighlights(editor, self.field, text_id)
        self.bubble = DoubtPopup(editor, self.field, self.marks)
        self.completer = FigureCompleter(editor, self.field, text_id)
        self.completer.turned.connect(self.bubble.wait)
        self.offers = SentenceOffers(editor, self.field, self.marks, text_id, self)
        self.offers.setMaximumWidth(MAX_WIDTH)
        self.offers.years_wanted.connect(self.years_wanted)
        column.addWidget(self.offers)
        for key, act in (("doubt", self.bubble.enter), ("figure", self._choose_figure)):
            add_shortcut(key, self, act, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        sheet.setMaximumWidth(MAX_WIDTH)
        row = QHBoxLayout()
        row.addWidget(sheet, 100)
        row.addStretch(1)
        column.addLayout(row, 1)
        self._count = make_label("", "quiet")
        column.addWidget(self._count)
        self._unprintable = make_label("", "off", wrap=True)
        self._unprintable.setMaximumWidth(MAX_WIDTH)
        self._unprintable.hide()
        column.addWidget(self._unprintable)
        self.marks.changed.connect(self._write_count)
        self._write_count()

    def _write_count(self) -> None:
        section = self._section
        words = f"{self._length(self.text_id)} 字"
        whole = sum(self._length(t.id) for t in section.texts)
        if len(section.texts) > 1:
            words += f" · {shorten_heading(section)}共 {whole} 字"
            if section.limit:
                words += f"（建议不超过 {section.limit}）"
        over = bool(section.limit) and whole > section.limit
        self._count.setText(words)
        set_role(self._count, "off" if over else "quiet")
        now = self._editor.now
        lost = missing_glyphs.find_missing_characters(text_with_figures(now.form, now.figures,
                                                                        now.report.text(self.text_id)))
        self._unprintable.setText(f"△ {missing_glyphs.describe_missing(lost)}。" if lost else "")
        self._unprintable.setVisible(bool(lost))

    def _length(self, text_id: str) -> int:
        """Characters as they will be printed."""
        now = self._editor.now
        return count_characters(text_with_figures(now.form, now.figures, now.report.text(text_id)))

    def _choose_figure(self) -> None:
        menu = make_figure_menu(self._editor, self._insert, self)
        # Without a mouse: the first table is chosen, so that Enter opens it. (setActiveAction would open it by itself.)
        down = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
        QTimer.singleShot(0, menu, lambda: QApplication.sendEvent(menu, down))
        beside = self._insert_button.rect().topRight() + QPoint(MENU_GAP, 0)       # below are sentences on offer
        menu.exec(self._insert_button.mapToGlobal(beside))

    def _insert(self, token: str) -> None:
        """Put a live figure at the cursor; one undo step."""
        self._editor.seal()
        self.field.put(token)
        self._editor.seal()
        self.field.setFocus()

    def share(self) -> float:
        text = self.field.plain()
        whole = count_characters(text)
        return count_characters(text[:self.field.offset(self.field.textCursor().position())]) / whole if whole else 0.0

    def focus_first(self) -> None:
        self.field.setFocus()

    def show_finding(self, finding: Finding) -> None:
        """Select the words that a finding is about: there they are changed."""
        doubt = next((doubt for doubt in self.marks.doubts if doubt.key == finding.line), None)
        place = (doubt.start, doubt.end) if doubt else find_quoted(finding.message, self.field.plain())
        if place is not None:
            self.field.choose_range(*place)

    def place(self) -> str:
        return self.text_id

    def text_field(self) -> TextField:
        return self.field

    def anchor(self) -> str:
        return self.text_id if self._editor.form.texts[self.text_id].heading else ""


def make_text_page(context: PageContext, text_id: str) -> TextPage:
    made = TextPage(context.editor, text_id)
    made.years_wanted.connect(context.years_wanted)
    return made


def find_quoted(message: str, text: str) -> tuple[int, int] | None:
    """Where the first of the words stands that a message quotes from a text, “…”; a long quotation ends in …."""
    for quoted in re.findall("“([^“”]+)”", message):
        words = quoted.removesuffix("…")
        if (at := text.find(words)) >= 0:
            return at, at + len(words)
    return None


def shorten_heading(section: Section) -> str:
    """“一、总体情况” → “总体情况”."""
    return section.heading.partition("、")[2] or section.short
