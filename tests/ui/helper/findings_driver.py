"""What tests of findings share: a report with known findings, and their cards on the screen."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from govdesk.form.form import Address
from govdesk.report.report import Layer
from ui.helper.finding_card import FindingCard
from ui.pages.review_page import ReviewPage
from ui.wizard.wizard import Wizard

STOCK = Address("proactive", "normative_documents", "in_force")
KEY = "N10/normative_documents"


def put(wizard: Wizard, cell: Address, value: str, layer: Layer = Layer.VALUES) -> None:
    wizard.editor.do(wizard.editor.session.edit("填入", [(layer, cell, Decimal(value))]))


def warned(wizard: Wizard) -> ReviewPage:
    """In force 12 where last year's 9 leaves 9: one warning; the review in sight."""
    put(wizard, STOCK, "9", Layer.PREVIOUS)
    put(wizard, STOCK, "12")
    page = wizard.enter("review")
    assert isinstance(page, ReviewPage)
    return page


def said(widget: QWidget) -> str:
    settle()
    shown = [w for w in widget.findChildren(QLabel) if w.isVisibleTo(widget)]
    return "\n".join(w.accessibleName() or w.text() for w in shown)


def press(widget: QWidget, words: str) -> None:
    settle()
    found = next(b for b in widget.findChildren(QPushButton) if b.isVisibleTo(widget) and words in b.text())
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def follow(widget: QWidget, words: str) -> None:
    """A link, by keys: Tab marks it, Enter follows it."""
    settle()
    link = next(w for w in widget.findChildren(QLabel) if words in w.accessibleName() and w.isVisibleTo(widget))
    link.setFocus()
    QTest.keyClick(link, Qt.Key.Key_Tab)
    QTest.keyClick(link, Qt.Key.Key_Return)


def card_in(widget: QWidget) -> FindingCard:
    settle()
    card = next(c for c in widget.findChildren(FindingCard) if c.isVisibleTo(widget))
    card.guess()
    return card


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
