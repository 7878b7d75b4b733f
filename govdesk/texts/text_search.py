"""Words found in the texts of a report, as the texts are read: a live figure is its digits. Capital and small letters
are alike, full and half width as well unless they are told apart, so “3.5%” finds “３．５％”. A live figure, or a part
of one, is never replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from govdesk.form.form import Form
from govdesk.report.totals import Figures
from govdesk.texts import tokens
from govdesk.texts.tokens import ResolvedText

_Fold = Callable[[str], str]


class TextHit(NamedTuple):
    """A place in a text, from `start` to `end` of what is stored. `live`: it is, or touches, a live figure, which is
    taken whole and cannot be replaced."""

    text: str
    start: int
    end: int
    live: bool


def find_hits(form: Form, figures: Figures, texts: Mapping[str, str], words: str, *, by_width: bool = False
              ) -> list[TextHit]:
    """Every place in the texts, by id, where the words stand, in the order of the form; what the form does not name
    (facts of the cover) comes first, as it is given. `by_width`: full and half width are told apart."""
    fold = _with_width if by_width else _folded
    wanted = "".join(map(fold, words))
    order = [*(key for key in texts if key not in form.texts), *(key for key in form.texts if key in texts)]
    return [hit for key in order
            for hit in _in_text(key, tokens.resolve_tokens(form, figures, texts[key]), wanted, fold)] if wanted else []


def replace_hits(text: str, found: list[TextHit], words: str) -> tuple[str, int]:
    """A text with the words in place of what was found in it, and how often. Live figures stand."""
    pieces, at, count = [], 0, 0
    for hit in found:
        if not hit.live:
            pieces += [text[at:hit.start], words]
            at, count = hit.end, count + 1
    return "".join([*pieces, text[at:]]), count


def _in_text(text_id: str, read: ResolvedText, wanted: str, fold: _Fold) -> Iterator[TextHit]:
    last = (-1, -1)
    for start, end in _places(read.text, wanted, fold):
        live = any(start < stop and begin < end for begin, stop, _ in read.figures)
        place = read.origin(start), read.origin(end, end=True)
        if place != last:                    # two digits of one figure are one place
            yield TextHit(text_id, *place, live)
        last = place


def _places(text: str, wanted: str, fold: _Fold) -> Iterator[tuple[int, int]]:
    folded = [fold(character) for character in text]
    line = "".join(folded)
    starts = None
    if len(line) != len(text):               # “…” is three dots: count from where each came
        starts = [at for at, piece in enumerate(folded) for _ in piece]
    for match in re.finditer(re.escape(wanted), line):
        if starts is None:
            yield match.span()
        else:
            yield starts[match.start()], starts[match.end() - 1] + 1


def fold_text(text: str) -> str:
    """A text in which width and case make no difference."""
    return "".join(map(_folded, text))


@lru_cache(maxsize=20_000)
def _folded(character: str) -> str:
    return unicodedata.normalize("NFKC", character).casefold()


def _with_width(character: str) -> str:
    """A character of which the case makes no difference, but the width does."""
    return character.casefold()
