"""Finds what a pasted report brings along and the form prints itself: headings, tables, the signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

_NUMBER = r"(?P<number>[（(]?[一二三四五六七八九十]{1,2}[）)、.．])"
# A line that begins like a heading; a copy may leave one stray sign before it (“l六、”).
_HEAD = re.compile(rf"[ \t\u3000\u00a0]*[A-Za-z|·.]?{_NUMBER}[ \t\u3000\u00a0]*(?P<words>[^。：:；;\n]{{1,40}})")
_GENERAL = re.compile("(?:政府信息|信息|工作|情况|方面)+$")
_CLOSE = 0.85                        # of two headings: one character may be lost (府信息公开平台建设)
_LOST = 2                            # characters that may be lost, or be there too much
_LONG = 6                            # characters: of shorter headings none may be lost
_FIRST = "一"
_CELL = re.compile(r"\t|\||｜")
_FIGURE = re.compile(r"\s*\d[\d,.]*\s*")
_BLANK = r"[ \u3000]?"
_DATE_LINE = re.compile(rf"[ \t\u3000]*20\d\d{_BLANK}年{_BLANK}\d{{1,2}}{_BLANK}月{_BLANK}\d{{1,2}}{_BLANK}日\s*")


class PrintedHeading(NamedTuple):
    """A heading that the form prints: its number (“（一）”, “二、”) and its words."""

    number: str
    words: str


def split_heading(heading: str) -> PrintedHeading | None:
    """“（一）主动公开情况” in its parts; None where it has no number."""
    match = re.fullmatch(rf"{_NUMBER}(?P<words>.+)", heading)
    return PrintedHeading(match["number"], match["words"]) if match else None


def find_own_heading(text: str, own: Iterable[PrintedHeading]) -> tuple[int, int] | None:
    """The heading of this text at its beginning: the same words, or the same number from （二） on, with which no list
    of the text's own begins."""
    head = _HEAD.match(text)
    if not head:
        return None
    for printed in own:
        if any(_is_same(_core(words), _core(printed.words)) for words in _readings(head)) or (
                _has_number(head, printed) and _numeral(printed.number) != _FIRST
                and all(number[0] in "（(" for number in (head["number"], printed.number))):
            return head.start("number"), head.end()
    return None


@lru_cache(maxsize=64)
def find_other_heading(text: str, printed: tuple[PrintedHeading, ...]) -> tuple[int, int] | None:
    """A line of the text that is one of these headings, with its number and all its words."""
    for line in _lines(text):
        head = _HEAD.match(text, line[0], line[1])
        if head and any(_has_number(head, one) and any(_is_same(_ended(words), _ended(one.words))
                                                       for words in _readings(head)) for one in printed):
            return head.start("number"), head.end()
    return None


@lru_cache(maxsize=64)
def find_table(text: str, labels: tuple[str, ...], least_labels: int, least_figures: int) -> tuple[int, int] | None:
    """The first sign of a table: a line of at least `least_figures` figures parted by tabs or bars, or the first label
    where at least `least_labels` different labels of the form's tables (patterns) stand in the text."""
    for start, end in _lines(text):
        line = text[start:end]
        if sum(bool(_FIGURE.fullmatch(cell)) for cell in _CELL.split(line)) >= least_figures and _CELL.search(line):
            return start, end
    found = [match.span() for label in labels if (match := re.search(label, text))]
    return min(found) if len(found) >= least_labels else None


def find_signature(text: str) -> tuple[int, int] | None:
    """A date that is the whole last line of a text."""
    end = len(text.rstrip())
    start = text.rfind("\n", 0, end) + 1
    return (start, end) if start and _DATE_LINE.fullmatch(text, start, end) else None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(r"[^\n]+", text))


def _numeral(number: str) -> str:
    return number.strip("（()）、.．")


def _has_number(head: re.Match[str], printed: PrintedHeading) -> bool:
    return _numeral(head["number"]) == _numeral(printed.number)


def _readings(head: re.Match[str]) -> tuple[str, str]:
    """The words of a head, whole and up to the first blank: the text may run on behind it."""
    return head["words"], head["words"].split(maxsplit=1)[0] if head["words"].strip() else ""


@lru_cache(maxsize=256)
def _core(words: str) -> str:
    """What a heading is about: 主动公开情况, 主动公开方面 and 主动公开政府信息情况 are one."""
    return _GENERAL.sub("", "".join(words.split()))


@lru_cache(maxsize=256)
def _ended(words: str) -> str:
    return re.sub("(?:情况|方面)$", "", "".join(words.split()))


@lru_cache(maxsize=256)
def _is_same(one: str, other: str) -> bool:
    if one == other:
        return bool(one)
    if min(len(one), len(other)) < _LONG or abs(len(one) - len(other)) > _LOST:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _CLOSE
