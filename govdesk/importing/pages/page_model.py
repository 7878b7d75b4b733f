"""A page as positioned characters and ruled lines, however the file stores them; top left is the origin, in points."""

from __future__ import annotations

from typing import NamedTuple


class SourceGlyph(NamedTuple):
    """A character with its box; `base`: its base line; `size`: of its type."""

    text: str
    x0: float
    x1: float
    base: float
    size: float

    @property
    def x(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Where the middle of a digit or a Chinese character lies."""
        return self.base - self.size * 0.32


class SourceRule(NamedTuple):
    """A line along one axis: upright (`at` is its x, `begin` and `end` are y) or level (`at` is its y)."""

    upright: bool
    at: float
    begin: float
    end: float


class SourcePage(NamedTuple):
    """A page; `lost`: characters whose meaning the file does not say; `quarter`: by how many quarters clockwise it was
    turned."""

    number: int
    width: float
    height: float
    glyphs: tuple[SourceGlyph, ...]
    rules: tuple[SourceRule, ...]
    lost: int = 0
    quarter: int = 0


def type_size(line: list[SourceGlyph]) -> float:
    """The size of a line's type: as wide as its Chinese characters are, for fonts differ in height."""
    wide = sorted(glyph.x1 - glyph.x0 for glyph in line if "\u4e00" <= glyph.text <= "\u9fff")
    sizes = wide or sorted(glyph.size for glyph in line)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _double_within(glyph: SourceGlyph) -> float:
    """Points within which the same character again is a double. Squeezed ones, as a label is written to be heard where
    it is drawn otherwise, stand closer than that and are none."""
    wide = glyph.x1 - glyph.x0
    return max(glyph.size * 0.22, 0.3) if wide > 0.1 * glyph.size else max(wide * 0.22, 0.01)


def without_doubles(glyphs: list[SourceGlyph]) -> list[SourceGlyph]:
    """Each character once that is printed twice or more over itself to look bold."""
    kept: list[SourceGlyph] = []
    near: dict[tuple[str, int, int], list[SourceGlyph]] = {}
    for glyph in glyphs:
        step = _double_within(glyph)
        column, row = int(glyph.x0 / step), int(glyph.base / step)
        around = (other for c in (column - 1, column, column + 1) for r in (row - 1, row, row + 1)
                  for other in near.get((glyph.text, c, r), ()))
        if any(abs(other.x0 - glyph.x0) < step and abs(other.base - glyph.base) < step for other in around):
            continue
        near.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def runs(glyphs: list[SourceGlyph], gap: float) -> list[list[SourceGlyph]]:
    """Characters of one line in runs: a new one where more than `gap` of the type size lies between."""
    found: list[list[SourceGlyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.x0):
        if found and glyph.x0 - found[-1][-1].x1 <= gap * max(glyph.size, found[-1][-1].size):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def lines_of(glyphs: list[SourceGlyph]) -> list[list[SourceGlyph]]:
    """Characters by line, from the top down, each from left to right."""
    found: list[list[SourceGlyph]] = []
    for glyph in sorted(glyphs, key=lambda one: (one.base, one.x0)):
        if found and abs(glyph.base - found[-1][0].base) <= 0.45 * max(glyph.size, 1):
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return [sorted(line, key=lambda one: one.x0) for line in found]


def text_of_line(line: list[SourceGlyph], gap: float = 0.3) -> str:
    """The text of a line; a blank where a gap parts Latin letters or digits."""
    pieces: list[str] = []
    last: SourceGlyph | None = None
    for glyph in line:
        if last is not None and glyph.x0 - last.x1 > gap * glyph.size and glyph.text.strip() and last.text.strip():
            wide = glyph.x0 - last.x1 > 1.6 * glyph.size
            if wide or (glyph.text.isascii() and last.text.isascii()):
                pieces.append(" ")
        pieces.append(glyph.text)
        last = glyph
    return "".join(pieces).strip()
