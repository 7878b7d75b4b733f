"""Live figures in a text: 〔表三·本年新收·总计〕 stands for its cell's figure, wherever the text is read or printed.

A token names cells or sums of cells in the words of the form (`Form.said`), several joined by ＋ and －. What only
looks like one (〔2021〕30号) is text. Blank is not zero: a token over a blank prints as a gap, to be seen and filled.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.base.numerals import NA, Value, format_value
from govdesk.form.form import Address, Form
from govdesk.report.totals import Figures, add_values

GAP: Final = "____"                  # printed where the cell is blank

_BRACKETED = re.compile(r"〔([^〔〕\n]{1,200})〕")
_TERM = re.compile(r"([＋－]?)([^＋－]++)")
_FIGURE = re.compile(r"(?:-?(?<![\d.])\d++(?:\.\d++)?+|—|____)\Z")


class Term(NamedTuple):
    """One addend: the cells a name stands for, `sign` 1 or −1."""

    sign: int
    cells: tuple[Address, ...]


class Token(NamedTuple):
    """A token at `start` to `end` of a text; `words` are what stands between the brackets."""

    start: int
    end: int
    words: str
    terms: tuple[Term, ...]


class ResolvedText(NamedTuple):
    """A text with figures in place of tokens. `figures` are (start, end) of each in `text`, with the token."""

    text: str
    figures: tuple[tuple[int, int, Token], ...] = ()

    def origin(self, position: int, *, end: bool = False) -> int:
        """Where a position of `text` is in the text with tokens; within a figure its token's start, or `end`."""
        at = bisect_right(self.figures, position - end, key=lambda figure: figure[0])
        if not at:
            return position
        _, stop, token = self.figures[at - 1]
        if position < stop + end:
            return token.end if end else token.start
        return position + token.end - stop


def parse_token(form: Form, words: str) -> tuple[Term, ...]:
    """What the words of a token stand for; empty where the form has no such name."""
    found = []
    for sign, name in _TERM.findall(words):
        cells = form.said.get(name.strip())
        if cells is None:
            return ()
        found.append(Term(-1 if sign == "－" else 1, cells))
    return tuple(found)


def find_tokens(form: Form, text: str) -> Iterator[Token]:
    """The tokens of a text in order."""
    if "〔" in text:
        for match in _BRACKETED.finditer(text):
            known = parse_token(form, match[1])
            if known:
                yield Token(match.start(), match.end(), match[1], known)


def find_unknown_tokens(form: Form, text: str) -> list[str]:
    """What looks like a token and names nothing: it begins with a table's name and a dot."""
    if "〔" not in text:
        return []
    tables = tuple(f"{grid.name}·" for grid in form.grids.values())
    return [match[0] for match in _BRACKETED.finditer(text)
            if match[1].startswith(tables) and not parse_token(form, match[1])]


def token_of_cells(form: Form, cells: tuple[Address, ...]) -> str:
    """The token of a cell, or of cells that have one name; KeyError where they have none."""
    return f"〔{form.sayings[cells]}〕"


def value_of_terms(figures: Figures, parts: tuple[Term, ...]) -> Value | None:
    """The figure of a token; None where a cell is blank. 不适用 adds nothing."""
    total: Value = NA
    for part in parts:
        amount = add_values([figures[a] for a in part.cells])
        if amount is None:
            return None
        if amount is not NA:
            total = (Decimal(0) if total is NA else total) + part.sign * amount
    return total


def format_terms(figures: Figures, parts: tuple[Term, ...]) -> str:
    """The figure as it is printed: plain digits, — for 不适用, a gap for blank."""
    return format_value(value_of_terms(figures, parts)) or GAP


def resolve_tokens(form: Form, figures: Figures, text: str) -> ResolvedText:
    """The text as it is printed, and where its figures stand."""
    pieces, places, at, length = [], [], 0, 0
    for found in find_tokens(form, text):
        figure = format_terms(figures, found.terms)
        pieces += [text[at:found.start], figure]
        length += found.start - at
        places.append((length, length + len(figure), found))
        length += len(figure)
        at = found.end
    return ResolvedText("".join([*pieces, text[at:]]), tuple(places)) if places else ResolvedText(text)


def text_with_figures(form: Form, figures: Figures, text: str) -> str:
    """The text as it is printed; most have no token, and are asked for at each key."""
    return resolve_tokens(form, figures, text).text if "〔" in text else text


def mark_tokens(form: Form, figures: Figures, text: str) -> str:
    """The text for other programs: each token behind its figure, “15〔表三·本年新收·总计〕”."""
    pieces, at = [], 0
    for found in find_tokens(form, text):
        pieces += [text[at:found.start], format_terms(figures, found.terms), text[found.start:found.end]]
        at = found.end
    return "".join([*pieces, text[at:]]) if pieces else text


def absorb_figures(form: Form, figures: Figures, text: str) -> str:
    """The inverse of `mark_tokens`. A figure before a token goes, also one that another program left behind the
    times."""
    pieces, at = [], 0
    for found in find_tokens(form, text):
        before = text[at:found.start]
        figure = format_terms(figures, found.terms)
        before = before.removesuffix(figure) if before.endswith(figure) else _FIGURE.sub("", before)
        pieces += [before, text[found.start:found.end]]
        at = found.end
    return "".join([*pieces, text[at:]]) if pieces else text
