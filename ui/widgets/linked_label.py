"""Words of which some are links: they wrap like text and are reached by Tab, where a row of buttons would not fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui.common.theme import current_colours

LabelPiece = str | tuple[str, Callable[[], object]]  # plain words, or words with what a click on them does


def make_linked_label(pieces: Sequence[LabelPiece], role: str = "") -> QLabel:
    """A label of pieces; what stands in them is shown as it is, never read as markup."""
    acts = [piece[1] for piece in pieces if not isinstance(piece, str)]
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse
                                 | Qt.TextInteractionFlag.LinksAccessibleByKeyboard)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.setProperty("linked", True)         # the style sheet shows where the keys are
    made.setAccessibleName("".join(piece if isinstance(piece, str) else piece[0] for piece in pieces))
    made.linkActivated.connect(lambda which: acts[int(which)]())
    made.setText(_markup(pieces))
    if role:
        made.setProperty("role", role)
    return made


def _markup(pieces: Sequence[LabelPiece]) -> str:
    said, count = [], 0
    style = f"color: {current_colours()['accent'].name()}; text-decoration: none;"
    for piece in pieces:
        if isinstance(piece, str):
            said.append(escape(piece))
        else:
            said.append(f'<a href="{count}" style="{style}">{escape(piece[0])}</a>')
            count += 1
    return "".join(said).replace("\n", "<br>")
