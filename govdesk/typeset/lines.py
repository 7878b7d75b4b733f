"""A paragraph broken into lines: kinsoku, words and dates kept whole, marks squeezed before gaps are stretched.

Neighbouring marks always share one blank half; a mark at a line's end gives up its own where that saves the line.

Greedy, one pass, linear in the length of the text. All measures are in em of the size that will be set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from govdesk.fonts.characters import HANZI, UNBREAKABLE_PATTERN
from govdesk.fonts.font_set import FontSet, Glyph, Role

LONG_WORD_EM = 10.0                  # em: a longer word (a web address) may be parted after / . - _ ?
BREAK_AFTER = frozenset("/.-_?&=:@,;")
LOOSEST = 0.4                        # em a gap: what would be looser is left ragged
CLOSE = 1e-6


class GlyphLine(NamedTuple):
    """Glyphs with their places."""

    glyphs: Sequence[Glyph]
    places: Sequence[float]          # left end of each glyph's cell
    width: float

    @property
    def text(self) -> str:
        return "".join(glyph.char for glyph in self.glyphs)


class GlyphGroup(NamedTuple):
    """Glyphs that no line end may part."""

    glyphs: Sequence[Glyph]
    width: float


def break_text(
    fonts: FontSet, role: Role, text: str, measure: float, indent: float = 0.0, *, justify: bool = True,
) -> list[GlyphLine]:
    """Lines of cleaned text. The first is shorter by `indent`; the last is never stretched."""
    return break_glyphs(text, fonts.shape(role, text), measure, indent, justify=justify)


def break_glyphs(
    text: str, glyphs: Sequence[Glyph], measure: float, indent: float = 0.0, *, justify: bool = True,
) -> list[GlyphLine]:
    """The same of glyphs that may be of several roles."""
    return list(_filled(_units(text, glyphs, measure), measure, indent, justify))


def cut_line(line: GlyphLine, at: int) -> tuple[GlyphLine, GlyphLine]:
    """The first `at` glyphs of a line, and the others; both keep their places."""
    at = min(at, len(line.glyphs))
    edge = line.places[at] if at < len(line.glyphs) else line.width
    return GlyphLine(line.glyphs[:at], line.places[:at], edge), GlyphLine(line.glyphs[at:], line.places[at:],
                                                                          line.width)


def set_solid(fonts: FontSet, role: Role, text: str) -> GlyphLine:
    """One line, never broken."""
    return _line(fonts.shape(role, text), float("inf"), justify=False)


def set_upright(fonts: FontSet, role: Role, text: str) -> list[GlyphLine]:
    """Character under character; a mark stays beside the character that it may not be parted from."""
    glyphs = fonts.shape(role, text)
    units = _units(text, glyphs, float("inf"))
    return [_line(unit.glyphs, float("inf"), justify=False) for unit in units]


def _filled(units: Iterable[GlyphGroup], measure: float, indent: float, justify: bool) -> Iterator[GlyphLine]:
    for glyphs, room, is_last in _parted(units, measure, indent):
        yield _line(glyphs, room, justify and not is_last)


def _parted(units: Iterable[GlyphGroup], measure: float, indent: float) -> Iterator[tuple[list[Glyph], float, bool]]:
    """The glyphs of each line, its room, and whether it is the last."""
    line: list[Glyph] = []
    width, room = 0.0, measure - indent
    for unit in units:
        glyphs, own = unit
        joint = _shared(line[-1], glyphs[0]) if line and line[-1].trait is not HANZI else 0.0
        wide = width - joint + own
        if wide > room + CLOSE and line and wide - _slack(unit) > room + CLOSE:
            yield line, room, False
            line, width, joint, room = [], 0.0, 0.0, measure
        line += glyphs
        width += own - joint
    yield line, room, True


def _slack(unit: GlyphGroup) -> float:
    """What can be saved on a line that ends with this unit: half a mark, or a blank, which hangs over."""
    last = unit.glyphs[-1]
    return last.width if last.trait.space else 0.5 * last.trait.closing


def _units(text: str, glyphs: Sequence[Glyph], measure: float) -> Iterator[GlyphGroup]:
    bound = bytearray(len(text) + 1)
    for found in UNBREAKABLE_PATTERN.finditer(text):
        for i in range(found.start() + 1, found.end()):
            bound[i] = 1
    start = 0
    traits = [glyph.trait for glyph in glyphs]
    for i, (before, after) in enumerate(zip_longest(traits, traits[1:]), 1):
        if before is HANZI is after and not bound[i]:         # nearly always
            pass
        elif after and (bound[i] or after.no_start or before.no_end or (before.word and after.word)):
            continue
        if i == start + 1:                                    # nearly all: a hanzi
            yield GlyphGroup(glyphs[start:i], glyphs[start].width)
        else:
            yield from _cut(glyphs[start:i], measure)
        start = i


def _cut(glyphs: Sequence[Glyph], measure: float) -> Iterator[GlyphGroup]:
    """One unit; a long word as several, at its points and strokes; what exceeds the measure anywhere."""
    width = sum(glyph.width for glyph in glyphs)
    if width <= LONG_WORD_EM and width <= measure:
        yield _unit(glyphs, width)
        return
    start = 0
    for i in range(1, len(glyphs) + 1):
        if i == len(glyphs) or (glyphs[i - 1].char in BREAK_AFTER and glyphs[i].char.isalnum()):
            part = glyphs[start:i]
            wide = sum(glyph.width for glyph in part)
            if wide <= measure:
                yield _unit(part, wide)
            else:
                yield from (_unit([glyph], glyph.width) for glyph in part)
            start = i


def _unit(glyphs: Sequence[Glyph], width: float) -> GlyphGroup:
    shared = sum(map(_shared, glyphs, glyphs[1:])) if len(glyphs) > 1 else 0.0
    return GlyphGroup(glyphs, width - shared)


def _shared(before: Glyph, after: Glyph) -> float:
    """Half an em where two neighbouring marks leave a blank half between them."""
    first, second = before.trait, after.trait
    if not (first.closing or first.opening):
        return 0.0
    return 0.5 * ((first.closing and (second.closing or second.opening)) or (first.opening and second.opening))


def _line(glyphs: Sequence[Glyph], room: float, justify: bool) -> GlyphLine:
    end = len(glyphs)
    while end and glyphs[end - 1].trait.space:
        end -= 1
    glyphs = glyphs[:end]
    widths = [glyph.width for glyph in glyphs]
    before = [0.0] * end                                      # added before each glyph
    for i, glyph in enumerate(glyphs[:-1], 1):
        kind = glyph.trait
        if kind is not HANZI and (kind.opening or kind.closing):
            before[i] = -_shared(glyph, glyphs[i])
    excess = sum(widths) + sum(before) - room
    if excess > CLOSE and glyphs[-1].trait.closing:
        widths[-1] -= min(0.5, excess)
    elif justify and excess < -CLOSE:
        _stretch(glyphs, before, -excess)
    places, at = [], 0.0
    for gap, width in zip(before, widths, strict=False):
        at += gap
        places.append(at)
        at += width
    return GlyphLine(glyphs, places, at)


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
