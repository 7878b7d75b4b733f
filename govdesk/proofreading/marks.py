"""Finds marks of full and of half width mixed in one text, digits of both widths, and marks written twice."""

from __future__ import annotations

import re
from functools import lru_cache

Places = tuple[tuple[int, int], ...]
_BEFORE, _BEHIND = "[㐀-鿿”》）〕】％%)]", "[㐀-鿿“《（〔【]"
_FULL_DIGIT, _HALF_DIGIT = re.compile("[０-９]"), re.compile("[0-9]")


@lru_cache(maxsize=64)
def find_mixed_marks(text: str, pairs: tuple[str, ...], mismatched: tuple[str, ...] = ()) -> Places:
    """The marks of the rarer width, where a text has both of a pair (“,，”: the half-width one first) beside Chinese
    characters; digits likewise, and what the patterns `mismatched` find. A text that keeps to one width is left alone,
    and so are numbers, times and addresses of the web."""
    found = list(find_all(text, mismatched))
    for pair in pairs:
        halves = [m.span() for m in _half_width(pair[0]).finditer(text)]
        fulls = [m.span() for m in re.finditer(re.escape(pair[1]), text)] if halves else []
        if fulls:
            found += halves if len(halves) <= len(fulls) else fulls
    if _HALF_DIGIT.search(text):
        found += [m.span() for m in _FULL_DIGIT.finditer(text)]
    return tuple(sorted(dict.fromkeys(found)))


@lru_cache(maxsize=16)
def _half_width(mark: str) -> re.Pattern[str]:
    """The mark where a Chinese sentence has it: not in 1,234, 8:30, www.gov.cn or “(1)”."""
    sign = re.escape(mark)
    if mark == "(":
        return re.compile(f"{sign}(?={_BEHIND})")
    if mark == ")":
        return re.compile(f"(?<=[\u3400-\u9fff”》]){sign}")
    if mark == ".":
        return re.compile(f"(?<=[\u3400-\u9fff”》）]){sign}(?=\\s|$)")
    return re.compile(f"(?<={_BEFORE}){sign}(?={_BEHIND}|[\\s\\d]|$)")


@lru_cache(maxsize=64)
def find_all(text: str, patterns: tuple[str, ...]) -> Places:
    """What the patterns find, each place once, in order."""
    return tuple(sorted({m.span() for pattern in patterns for m in re.finditer(pattern, text)}))
