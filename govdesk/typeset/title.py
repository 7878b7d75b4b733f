"""A title broken by sense into a balanced shape (GB/T 9704-2012 7.3.1: trapezoid or diamond, words whole)."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations, pairwise

from govdesk.fonts.characters import UNBREAKABLE_PATTERN, trait_of
from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.lines import GlyphLine, break_text, set_solid

MOST_LINES = 3
FORBIDDEN = 1000.0
# Where a reader pauses, with its cost; anywhere else costs OTHER
PAUSES = (
    (re.compile(r"(?<!\d)(?=\d{4}年)"), 0.0),                 # after the organ
    (re.compile(r"(?<=\d年)(?:度)?"), 0.5),
    (re.compile(r"(?=政府信息公开)"), 0.5),
    (re.compile(r"(?<=人民政府)"), 2.0),
    (re.compile(r"(?<=[省市区县州盟旗乡镇])(?=..)"), 3.0),
    (re.compile(r"(?=工作年度报告)"), 3.0),
)
OTHER = 7.0
INSIDE = ("政府信息公开", "年度报告", "人民政府", "办公室", "委员会", "工作")


def title_lines(fonts: FontSet, text: str, measure: float) -> list[GlyphLine]:
    """Lines of a title, to be centred. What is too long for three lines is broken like any paragraph."""
    widths = tuple([glyph.width for glyph in fonts.shape(Role.TITLE, text)])
    if sum(widths) <= measure:
        return [set_solid(fonts, Role.TITLE, text)]
    if sum(widths) > measure * MOST_LINES:
        return break_text(fonts, Role.TITLE, text, measure, justify=False)
    cuts = _best(text, widths, measure)
    if cuts is None:
        return break_text(fonts, Role.TITLE, text, measure, justify=False)
    edges = (0, *cuts, len(text))
    return [set_solid(fonts, Role.TITLE, text[a:b]) for a, b in pairwise(edges)]


@lru_cache(maxsize=64)
def _best(text: str, widths: tuple[float, ...], measure: float) -> tuple[int, ...] | None:
    sense = _costs(text)
    at = [0.0]
    for width in widths:
        at.append(at[-1] + width)
    found: tuple[float, tuple[int, ...]] | None = None
    for count in range(1, MOST_LINES):
        for cuts in combinations(sorted(sense), count):
            edges = (0, *cuts, len(text))
            lines = [at[b] - at[a] for a, b in pairwise(edges)]
            if max(lines) > measure:
                continue
            cost = sum(sense[cut] for cut in cuts) + _shape(lines) + 4.0 * count
            if found is None or cost < found[0]:
                found = cost, cuts
    return found[1] if found else None


def _costs(text: str) -> dict[int, float]:
    """Cost of a line end before each character where one is allowed."""
    costs = {
        i: OTHER for i in range(1, len(text))
        if not trait_of(text[i]).no_start and not trait_of(text[i - 1]).no_end
        and not (trait_of(text[i]).word and trait_of(text[i - 1]).word)
    }
    for found in UNBREAKABLE_PATTERN.finditer(text):
        for i in range(found.start() + 1, found.end()):
            costs.pop(i, None)
    for word in INSIDE:
        for found in re.finditer(word, text):
            for i in range(found.start() + 1, found.end()):
                if i in costs:
                    costs[i] += OTHER
    for pattern, cost in PAUSES:
        for found in pattern.finditer(text):
            if found.end() in costs:
                costs[found.end()] = min(cost, costs[found.end()])
    return costs


def _shape(lines: list[float]) -> float:
    """0 for a good trapezoid or diamond; more for a block, an hourglass, a stump."""
    cost = 0.0
    for a, b in pairwise(lines):
        difference = abs(a - b)
        cost += 1.0 if difference < 1 else max(0.0, difference - 5)
    if len(lines) == 3 and lines[1] < min(lines[0], lines[2]):
        cost += 8.0
    return cost
