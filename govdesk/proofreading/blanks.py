"""Finds blanks that stand within a word or before a mark, where no writer means them (“完 善”)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

_BLANK = "[ \u00a0\u2002-\u200b\u3000\t]{1,3}"
_HANZI = "[\u3400-\u9fff]"
_BETWEEN = re.compile(f"(?<={_HANZI}){_BLANK}(?={_HANZI})")
# Before a closing mark, or behind an opening one; a mark of a list (“）”) may be set apart from what follows.
_AT_A_MARK = re.compile(f"(?<=[\u3400-\u9fff\\d]){_BLANK}(?=[，。；、！？》”])|(?<=[《“]){_BLANK}(?={_HANZI})")
_WORD = 2                            # characters: the words are of two, longer ones hold them


@lru_cache(maxsize=64)               # the rules run at every key, and most keys change no text
def find_stray_blanks(text: str, words: Collection[str]) -> tuple[tuple[int, int], ...]:
    """The blanks within one of the `words` (of two characters each) or beside a mark, in order."""
    found = [m.span() for m in _AT_A_MARK.finditer(text)]
    return tuple(sorted([*found, *_within_words(text, words)]))


def _within_words(text: str, words: Collection[str]) -> Iterator[tuple[int, int]]:
    """A blank between two words is none of these, even where its neighbours would make a third word (加强 制度)."""
    for blank in _BETWEEN.finditer(text):
        start, end = blank.span()
        if text[start - 1] + text[end] not in words:
            continue
        if text[max(start - _WORD, 0):start] not in words and text[end:end + _WORD] not in words:
            yield start, end
