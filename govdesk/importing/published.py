"""Holds a draft against the report that was published: figure by figure, heading by heading. What could not be examined
is counted apart and never called the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from govdesk.base.numerals import Value, format_value, shorten_text
from govdesk.form.form import Address, Form
from govdesk.importing.import_report import Imported
from govdesk.report.report import Layer

_BLANKS = re.compile(r"\s+")
_FACTS = ("organ.name", "year", "issued_on")


class FigureDifference(NamedTuple):
    """A figure that is not the same. `doubt`: why the published one may have been read wrongly; “” where it is sure."""

    address: Address
    here: Value | None
    there: Value | None
    doubt: str = ""


class UnreadFigure(NamedTuple):
    """A figure that could not be compared, and why."""

    address: Address
    reason: str


class TextDifference(NamedTuple):
    """A text that is not the same, as both have it; “” where one has none."""

    text_id: str
    here: str
    there: str


class FactDifference(NamedTuple):
    """A fact of the cover that is stated otherwise."""

    key: str
    here: str
    there: str


class PublishedCheck(NamedTuple):
    """What came of the comparison. `same`: figures that are the same and surely read; `blank`: cells blank in both."""

    figures: tuple[FigureDifference, ...]
    unread: tuple[UnreadFigure, ...]
    same: int
    blank: int
    texts: tuple[TextDifference, ...]
    same_texts: int
    facts: tuple[FactDifference, ...]

    @property
    def is_all_the_same(self) -> bool:
        """Whether everything was examined and nothing differs."""
        return bool(self.same) and not (self.figures or self.unread or self.texts or self.facts)


def compare_published(form: Form, figures: Mapping[Address, Value | None], texts: Mapping[str, str],
                      facts: Mapping[str, str], found: Imported) -> PublishedCheck:
    """`figures`: of the draft, totals included; `texts`: as they are printed; `facts`: of its cover."""
    differences: list[FigureDifference] = []
    unread: list[UnreadFigure] = []
    same = blank = 0
    for address in (a for grid in form.grids.values() for a in grid.addresses):
        here, cell, spot = figures.get(address), found.cells.get(address), found.spots.get(address)
        if cell is None and spot is None:
            unread.append(UnreadFigure(address, "公布的文件里没有找到这一格"))
        elif cell is None and spot is not None and spot.cell.text.strip():
            unread.append(UnreadFigure(address, f"公布的文件里写的是“{shorten_text(spot.cell.text.strip())}”，不是数"))
        elif cell is None:
            if here is None:
                blank += 1
            else:
                differences.append(FigureDifference(address, here, None))
        elif here != cell.value:
            differences.append(FigureDifference(address, here, cell.value, cell.reason))
        elif cell.reason:
            unread.append(UnreadFigure(address, f"读成 {format_value(cell.value)}，与草稿相同，但存疑：{cell.reason}"))
        else:
            same += 1
    other, alike = _compare_texts(form, texts, found)
    return PublishedCheck(tuple(differences), tuple(unread), same, blank, tuple(other), alike,
                          tuple(_compare_facts(facts, found)))


def _compare_texts(form: Form, texts: Mapping[str, str], found: Imported) -> tuple[list[TextDifference], int]:
    """The texts that differ in more than blanks and line ends, and how many are the same."""
    different, alike = [], 0
    for text_id in form.texts:
        here, there = texts.get(text_id, ""), str(found.report.entry(Layer.TEXTS, text_id) or "")
        plain = [_BLANKS.sub("", text) for text in (here, there)]
        if plain[0] != plain[1]:
            different.append(TextDifference(text_id, here, there))
        elif plain[0]:
            alike += 1
    return different, alike


def _compare_facts(facts: Mapping[str, str], found: Imported) -> list[FactDifference]:
    """Facts that both state, each in its own way."""
    both = [(key, facts.get(key, ""), found.report.cover(key)) for key in _FACTS]
    return [FactDifference(key, here, there) for key, here, there in both
            if here and there and _BLANKS.sub("", here) != _BLANKS.sub("", there)]


def describe_check(check: PublishedCheck) -> str:
    """What came of it in a sentence or two; “全部…相同” only where every figure was examined."""
    blank = f"，另有 {check.blank} 格两边都空着" if check.blank else ""
    if not check.figures and not check.unread and check.same:
        figures = f"全部 {check.same} 个数字相同{blank}。"
    else:
        parts = [f"{check.same} 个数字相同"] if check.same else []
        parts += [f"{len(check.figures)} 个不同"] if check.figures else []
        parts += [f"{len(check.unread)} 个没有核成"] if check.unread else []
        figures = "，".join(parts) + f"{blank}。" if parts else "没有核对数字。"
    if check.texts:
        alike = f"{check.same_texts} 段文字相同，" if check.same_texts else ""
        return f"{figures}{alike}{len(check.texts)} 段文字不同。"
    return figures + (f"{check.same_texts} 段文字全部相同。" if check.same_texts else "两边都没有文字。")
