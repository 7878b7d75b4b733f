"""One subject of the helper panel, and how it folds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from govdesk.form.form import Address
from govdesk.formfile import help_reader
from govdesk.formfile.help_reader import Help
from ui.editing.editor import Editor
from ui.widgets.basics import clear_layout, make_button, make_hair_line

HelperPlace = Address | str | None                 # a cell, a text id or a fact of the cover, nothing


class HelperCard(QWidget):
    """What the helper says about one side of a place. A card is written only when what it is made of has changed:
    after most edits nothing has."""

    title = ""                               # over the card; "" for one that has no head and never folds
    apart = False                            # whether one without a head has a hair line over it
    folded = False                           # whether it is folded at first
    place_wanted = Signal(object)            # Address or text id to go to
    light_wanted = Signal(object)            # addresses to mark
    sight_wanted = Signal(object)            # a widget of the card that is to be scrolled to
    evidence_wanted = Signal()               # where the figure comes from is to be written down

    def __init__(self, editor: Editor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    @property
    def help(self) -> Help:
        return help_reader.load_help(self.editor.form.id)

    def content_of(self, place: HelperPlace) -> object | None:
        """What the words about `place` are made of, to be compared; None where there is nothing to say."""
        raise NotImplementedError

    def write(self, place: HelperPlace) -> None:
        """Fill `column`, which is empty."""
        raise NotImplementedError


class HelperSection(QWidget):
    """A card with its hair line and its head; a click or Space on the head folds it."""

    def __init__(self, card: HelperCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = card
        self._said: object | None = None
        self._open = not card.folded
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.head = make_button("", lambda: self.fold(self._open), "fold")
        if card.title or card.apart:
            column.addWidget(make_hair_line())
        if card.title:
            column.addWidget(self.head)
        column.addWidget(card)
        self.hide()
        self._show()

    def speak_of(self, place: HelperPlace) -> None:
        said = self.card.content_of(place)
        if said == self._said:
            return
        self._said = said
        self.setVisible(said is not None)
        clear_layout(self.card.column)
        if said is not None:
            self.card.write(place)

    def fold(self, folded: bool) -> None:
        self._open = not folded
        self._show()

    def _show(self) -> None:
        self.card.setVisible(self._open)
        self.head.setText(f"{'▼' if self._open else '▶'} {self.card.title}")
        self.head.setAccessibleName(f"{self.card.title}，{'已展开' if self._open else '已收起'}")
