"""Issuing organ and date of issue (GB/T 9704-2012 7.3.5), with room for a seal or without. In characters."""

from __future__ import annotations

from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.lines import GlyphLine, break_text, set_solid
from govdesk.typeset.page import CHARACTERS

SIGNATURE_INDENT = 2.0
SEALED_RIGHT = 4.0                   # blank at the right of a date that a seal is set on
# Blank lines above the organ. A seal of 42 mm whose top lies a line below the text, and whose middle lies a little
# above organ and date, leaves two of them
BLANKS, SEALED_BLANKS = 1, 2

PlacedLine = tuple[int, float, GlyphLine]  # (0 organ, 1 date), left end, line


def set_signature(fonts: FontSet, organ: str, date: str, *, seal: bool) -> tuple[int, list[PlacedLine]]:
    """How many blank lines stand above, and the lines."""
    if seal:
        return SEALED_BLANKS, _sealed(fonts, organ, date)
    return BLANKS, _unsealed(fonts, organ, date)


def _sealed(fonts: FontSet, organ: str, date: str) -> list[PlacedLine]:
    """The date four characters from the right, the organ centred over it; a long one in even lines, so that the seal
    sits on both."""
    dated = set_solid(fonts, Role.BODY, date)
    if dated.width > CHARACTERS - 2 * SEALED_RIGHT:           # not a date at all
        return _unsealed(fonts, organ, date)
    middle = CHARACTERS - SEALED_RIGHT - dated.width / 2
    if not date:                                              # not issued yet: the organ as if it had a date of 9
        middle -= 4.5
    found = [(0, middle - line.width / 2, line) for line in _even(fonts, organ, 2 * (CHARACTERS - middle))]
    return [*found, (1, middle - dated.width / 2, dated)] if date else found


def _even(fonts: FontSet, text: str, measure: float) -> list[GlyphLine]:
    """As few lines as will do, as even as they will be."""
    lines = break_text(fonts, Role.BODY, text, measure, justify=False) if text else []
    count, low, high = len(lines), 1.0, measure
    for _ in range(10 if count > 1 else 0):
        tried = break_text(fonts, Role.BODY, text, (low + high) / 2, justify=False)
        if len(tried) > count:
            low = (low + high) / 2
        else:
            lines, high = tried, (low + high) / 2
    return lines


def _unsealed(fonts: FontSet, organ: str, date: str) -> list[PlacedLine]:
    """The organ two characters from the right, and the date two characters right of where the organ begins."""
    room = CHARACTERS - 2 * SIGNATURE_INDENT
    lines = break_text(fonts, Role.BODY, organ, room, justify=False) if organ else []
    dated = set_solid(fonts, Role.BODY, date)
    organ_x, date_x = _places(max((line.width for line in lines), default=0.0), dated.width)
    found = [(0, organ_x, line) for line in lines]
    if date and date_x >= 0:
        found.append((1, date_x, dated))
    elif date:                                                # not a date at all, but it must not leave the page
        found += [(1, SIGNATURE_INDENT, line) for line in break_text(fonts, Role.BODY, date, room, justify=False)]
    return found


def _places(organ: float, date: float) -> tuple[float, float]:
    """Left ends of organ and date."""
    if not organ or date > organ:
        date_x = CHARACTERS - SIGNATURE_INDENT - date
        return max(0.0, date_x - SIGNATURE_INDENT), date_x
    organ_x = CHARACTERS - SIGNATURE_INDENT - organ
    return organ_x, organ_x + SIGNATURE_INDENT if organ_x + SIGNATURE_INDENT + date <= CHARACTERS else CHARACTERS - date
