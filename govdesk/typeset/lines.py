"""A paragraph broken into lines: kinsoku, words and dates kept whole, marks squeezed before gaps are stretched.

Greedy, one pass, linear in the length of the text. All measures are in em of the size that will be set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govdesk.typeset.characters import TOGETHER
from govdesk.typeset.fontset import FontSet, Glyph, Role

LONG_WORD = 10.0                     # em: a longer word (a web address) may be parted after / . - _ ?
PART_AFTER = frozenset("/.-_?&=:@,;")
LOOSEST = 0.4                        # em a gap: what would be looser is left ragged
CLOSE = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs with their places."""

    glyphs: Sequence[Glyph]
    places: Sequence[float]          # left end of each glyph's cell
    width: float

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


@dataclass(slots=True)
class Unit:
    """Glyphs that no line end may part."""

    glyphs: list[Glyph]
    width: float
    pairs: int                       # inner places where a half em can be squeezed out


def broken(
    fonts: FontSet, role: Role, text: str, measure: float, indent: float = 0.0, *, justify: bool = True,
) -> list[Line]:
    """Lines of cleaned text. The first is shorter by `indent`; the last is never stretched."""
    glyphs = fonts.shape(role, text)
    return list(_filled(_units(text, glyphs, measure), measure, indent, justify))


def set_solid(fonts: FontSet, role: Role, text: str) -> Line:
    """One line, never broken."""
    return _line(fonts.shape(role, text), float("inf"), justify=False)


def set_upright(fonts: FontSet, role: Role, text: str) -> list[Line]:
    """Character under character; a mark stays beside the character that it may not be parted from."""
    glyphs = fonts.shape(role, text)
    units = _units(text, glyphs, float("inf"))
    return [_line(unit.glyphs, float("inf"), justify=False) for unit in units]


def _filled(units: Iterator[Unit], measure: float, indent: float, justify: bool) -> Iterator[Line]:
    line: list[Glyph] = []
    width, pairs, room = 0.0, 0, measure - indent
    for unit in units:
        joint = _squeezable(line[-1], unit.glyphs[0]) if line else 0
        natural = width + unit.width
        if line and natural > room + CLOSE and natural - _slack(unit, pairs + joint) > room + CLOSE:
            yield _line(line, room, justify)
            line, width, pairs, joint, room = [], 0.0, 0, 0, measure
        line.extend(unit.glyphs)
        width += unit.width
        pairs += unit.pairs + joint
    yield _line(line, room, justify=False)


def _slack(unit: Unit, pairs: int) -> float:
    """What squeezing can save on a line that ends with this unit; a blank at its end hangs over."""
    last = unit.glyphs[-1]
    blank = last.width if last.trait.space else 0.0
    return blank + 0.5 * (pairs + unit.pairs + last.trait.closing)


def _units(text: str, glyphs: Sequence[Glyph], measure: float) -> Iterator[Unit]:
    bound = bytearray(len(text) + 1)
    for found in TOGETHER.finditer(text):
        for i in range(found.start() + 1, found.end()):
            bound[i] = 1
    start = 0
    for i in range(1, len(glyphs) + 1):
        if i == len(glyphs) or (not bound[i] and _may_break(glyphs[i - 1], glyphs[i])):
            yield from _cut(glyphs[start:i], measure)
            start = i


def _may_break(before: Glyph, after: Glyph) -> bool:
    first, second = before.trait, after.trait
    if second.no_start or first.no_end:
        return False
    return not (first.word and second.word)


def _cut(glyphs: Sequence[Glyph], measure: float) -> Iterator[Unit]:
    """One unit; a long word as several, at its points and strokes; what exceeds the measure anywhere."""
    width = sum(glyph.width for glyph in glyphs)
    if width <= LONG_WORD and width <= measure:
        yield _unit(glyphs, width)
        return
    start = 0
    for i in range(1, len(glyphs) + 1):
        if i == len(glyphs) or (glyphs[i - 1].char in PART_AFTER and glyphs[i].char.isalnum()):
            part = glyphs[start:i]
            wide = sum(glyph.width for glyph in part)
            if wide <= measure:
                yield _unit(part, wide)
            else:
                yield from (_unit([glyph], glyph.width) for glyph in part)
            start = i


def _unit(glyphs: Sequence[Glyph], width: float) -> Unit:
    pairs = sum(map(_squeezable, glyphs, glyphs[1:])) if len(glyphs) > 1 else 0
    return Unit(list(glyphs), width, pairs)


def _squeezable(before: Glyph, after: Glyph) -> int:
    """1 where two neighbouring marks leave a blank half between them."""
    first, second = before.trait, after.trait
    return int((first.closing and (second.closing or second.opening)) or (first.opening and second.opening))


def _line(glyphs: Sequence[Glyph], room: float, justify: bool) -> Line:
    end = len(glyphs)
    while end and glyphs[end - 1].trait.space:
        end -= 1
    glyphs = glyphs[:end]
    widths = [glyph.width for glyph in glyphs]
    excess = sum(widths) - room
    before = [0.0] * (end + 1)                                # added before each glyph; negative squeezes
    if excess > CLOSE:
        _squeeze(glyphs, widths, before, excess)
    elif justify and excess < -CLOSE:
        _stretch(glyphs, before, -excess)
    places, at = [], 0.0
    for i in range(end):
        at += before[i]
        places.append(at)
        at += widths[i]
    return Line(glyphs, places, at)


def _squeeze(glyphs: Sequence[Glyph], widths: list[float], before: list[float], excess: float) -> None:
    """First the blank half of a mark at the line's end, then evenly those between neighbouring marks."""
    if glyphs[-1].trait.closing:
        saved = min(0.5, excess)
        widths[-1] -= saved
        excess -= saved
    pairs = [i for i in range(1, len(glyphs)) if _squeezable(glyphs[i - 1], glyphs[i])]
    for i in pairs:
        before[i] -= min(0.5, excess / len(pairs))


def _stretch(glyphs: Sequence[Glyph], before: list[float], gap: float) -> None:
    """Evenly at every gap that does not part a word, a dash or an accent."""
    gaps = [i for i in range(1, len(glyphs)) if _may_stretch(glyphs[i - 1], glyphs[i])]
    if not gaps or gap / len(gaps) > LOOSEST:
        return
    for i in gaps:
        before[i] += gap / len(gaps)


def _may_stretch(before: Glyph, after: Glyph) -> bool:
    if before.trait.space:
        return True
    if after.trait.attached or (before.trait.word and after.trait.word):
        return False
    return not (before.char == after.char and re.match("[—―─…⋯]", after.char))
