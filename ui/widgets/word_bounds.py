"""Where words begin and end in a line of Chinese: for double click and for Ctrl with an arrow.

Qt's own bounds know the punctuation of English only, and the Qt that is packed for Python has no dictionary of Chinese:
for it “2025年，本机关” up to the next hyphen is one word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

WordSpan = tuple[int, int]

_MARKS = r"\u0300-\u036f\ufe00-\ufe0f\u200d\U000e0100-\U000e01ef"              # stand on the character before
_HAN = r"\u2e80-\u2fd5\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DIGIT = r"0-9\uff10-\uff19"
_NUMBER = (f"[{_DIGIT}]{{1,3}}(?:,[{_DIGIT}]{{3}})+(?![{_DIGIT}])(?:[.．][{_DIGIT}]+)?"
           f"|[０-９]{{1,3}}(?:，[０-９]{{3}})+(?![{_DIGIT}])(?:[.．][０-９]+)?"
           f"|[{_DIGIT}]+(?:[.．][{_DIGIT}]+)*")
_LETTERS = rf"[^\W_{_HAN}{_DIGIT}]"
_LATIN = f"{_LETTERS}(?:{_LETTERS}|[{_MARKS}]|['’](?={_LETTERS}))*"


@cache
def _word() -> re.Pattern[str]:
    """Compiled at the first double click: it takes some milliseconds, which the start need not wait for."""
    return re.compile(rf"(?:{_NUMBER}|[{_HAN}][{_HAN}{_MARKS}]*|{_LATIN}|\s+|(?P<same>.)(?P=same)*)[{_MARKS}]*", re.S)


def split_words(line: str, whole: Sequence[WordSpan] = ()) -> list[WordSpan]:
    """The words of a line one after another: a number without its unit, a run of Chinese, a run of letters, of blanks,
    or of one sign. `whole`: stretches that are one word whatever stands in them (live figures), in order."""
    found, at = [], 0
    for start, end in (*whole, (len(line), len(line))):
        while at < start:
            match = _word().match(line, at, start)
            stop = match.end() if match else start
            found.append((at, stop))
            at = stop
        if end > start:
            found.append((start, end))
            at = end
    return found


def word_at(line: str, position: int, whole: Sequence[WordSpan] = ()) -> WordSpan:
    """The word with the character behind a position, at the end of the line the last one."""
    words = split_words(line, whole)
    return words[max(0, min(len(words), bisect_right(words, (position, len(line) + 1))) - 1)] if words else (0, 0)


def next_word_start(line: str, position: int, whole: Sequence[WordSpan] = ()) -> int:
    """Where the next word begins, blanks passed over; the end of the line where there is none."""
    return next((start for start, end in split_words(line, whole) if start > position and
                 not line[start:end].isspace()),
                len(line))


def last_word_start(line: str, position: int, whole: Sequence[WordSpan] = ()) -> int:
    """Where the word before a position begins, blanks passed over; 0 where there is none."""
    return next((start for start, end in reversed(split_words(line, whole))
                 if start < position and not line[start:end].isspace()), 0)
