"""The helper: speaks only of where the cursor is. An ordered list of cards, each of which may have something to say."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.common.debounce import Debounced
from ui.common.in_sight import InSight
from ui.editing.editor import Editor
from ui.helper.decision_path import DecisionPathCard
from ui.helper.helper_card import HelperCard, HelperPlace, HelperSection
from ui.helper.helper_cards import (
    ColumnCard,
    FindingsCard,
    LastYearCard,
    NameCard,
    PaperTotalCard,
    RuleCard,
    SourcesCard,
    SumCard,
)
from ui.widgets.basics import make_button, make_card, set_styled_role

WIDTH, TIGHT, BROAD = 286, 262, 360
DOT = 8                                      # pixels across, of what says that the helper has a finding
SCROLL_BAR = 10                              # pixels beside the card that are the bar's

# From top to bottom. A new subject is a HelperCard with its place in this list.
CARDS: tuple[type[HelperCard], ...] = (
    NameCard, PaperTotalCard, FindingsCard, SumCard, RuleCard, DecisionPathCard, ColumnCard, LastYearCard,
    SourcesCard)


class HelperPanel(QScrollArea):
    """A card on the right of the page."""

    place_wanted = Signal(object)            # Address or text id
    light_wanted = Signal(object)            # addresses to mark
    evidence_wanted = Signal()               # where the current figure comes from is to be written down
    back_wanted = Signal()                   # Esc: the cursor back to the page
    spoke = Signal(bool)                     # of another place or another report: whether there is a finding about it

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._place: HelperPlace = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)          # its buttons take it
        self.setAccessibleName("填报提示")
        self._card, column = make_card(spacing=8)
        self.setWidget(self._card)
        self.set_width(WIDTH)
        self.sections = [HelperSection(made(editor)) for made in CARDS]
        for section in self.sections:
            section.card.place_wanted.connect(self.place_wanted)
            section.card.light_wanted.connect(self.light_wanted)
            section.card.sight_wanted.connect(lambda widget: self.ensureWidgetVisible(widget, 0, 24))
            section.card.evidence_wanted.connect(self.evidence_wanted)
            column.addWidget(section)
        column.addStretch(1)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._keep_in_sight())
        self._later = Debounced(InSight(self._write, self).follow, self)
        self._tell_later = Debounced(self._tell, self)       # also where the helper is out of sight
        editor.changed.connect(lambda *_: self._later())
        editor.changed.connect(lambda *_: self._tell_later())

    def set_width(self, width: int) -> None:
        """The card keeps its width whether it scrolls or not: no line breaks elsewhere while the cursor moves."""
        self.setFixedWidth(width)
        self._card.setFixedWidth(width - SCROLL_BAR)

    def speak_of(self, place: HelperPlace) -> None:
        """Show what there is to say about a cell, a text, a fact of the cover, or (None) nothing."""
        if place != self._place:
            self.verticalScrollBar().setValue(0)
        self._place = place
        self._write()
        self._tell()

    def follow(self, place: HelperPlace) -> None:
        """The same for a cursor that is on its way."""
        if place != self._place:
            self.verticalScrollBar().setValue(0)
        self._place = place
        self._later()
        self._tell_later()

    def _tell(self) -> None:
        held = (self.section(kind).card for kind in (FindingsCard, PaperTotalCard))
        self.spoke.emit(any(card.content_of(self._place) is not None for card in held))

    def section(self, kind: type[HelperCard]) -> HelperSection:
        return next(section for section in self.sections if isinstance(section.card, kind))

    @property
    def can_ask(self) -> bool:
        """Whether there is a decision path at the cursor."""
        return not self.section(DecisionPathCard).isHidden()

    def take_focus(self) -> None:
        """The cursor into the panel: to the decision path where there is one."""
        asked = self.section(DecisionPathCard)
        inside = [w for part in (asked, self) for w in part.findChildren(QWidget)
                  if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisibleTo(self)]
        heads = [section.head for section in self.sections]
        wanted = next((w for w in inside if w not in heads), next(iter(inside), None))
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(wanted)

    def _keep_in_sight(self) -> None:
        """What has the focus, also where a card above it grows a moment later."""
        now = self.focusWidget()
        if now is not None and now.hasFocus():
            self.ensureWidgetVisible(now, 0, 24)

    def _write(self) -> None:
        for section in self.sections:
            section.speak_of(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)


def set_helper_room(middle: QHBoxLayout, helper: HelperPanel, *, tight: bool, short: bool) -> None:
    """The helper beside a page; `tight`: every pixel of the width is the page's, so that all of a table is in sight at
    125 %; `short`: of the height too."""
    side, (top, foot) = 8 if tight else 18, (8, 7) if short else (14, 10)
    middle.setContentsMargins(side, top, side, foot)
    middle.setSpacing(6 if tight else 14)
    helper.set_width(TIGHT if tight else WIDTH)


class HelperStrip(QWidget):
    """What the helper folds into where there is little room: a button that brings it out and back."""

    toggle_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.button = make_button("提\n示", self.toggle_wanted.emit)
        self.button.setFixedWidth(32)
        self.button.setStyleSheet("padding: 10px 4px;")
        self.button.setCheckable(True)
        self.button.setToolTip("显示或收起填报提示（F6）")
        self.button.setAccessibleName("填报提示")
        column.addWidget(self.button)
        column.addStretch(1)
        self.setFixedWidth(36)
        self.dot = QFrame(self.button)
        set_styled_role(self.dot, "dot")
        self.dot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.dot.setGeometry(self.button.width() - DOT - 3, 3, DOT, DOT)
        self.dot.hide()

    def tell(self, tells: bool) -> None:
        """Whether the helper has a finding about where the cursor is: a dot says so where the helper is folded."""
        self.dot.setVisible(tells)
        self.button.setAccessibleName("填报提示，有要看的" if tells else "填报提示")
