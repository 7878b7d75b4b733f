"""Texts read sentence by sentence. A sentence that stands as it was, behind what stood before it, is not read again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from govdesk.base.plain_text import plain
from govdesk.prose import grammar
from govdesk.prose.claims import Claim, Coverage
from govdesk.prose.lexicon import Lexicon
from govdesk.prose.meaning import Topic
from govdesk.prose.state import Context, SentenceReading
from govdesk.prose.tokens import Piece, tokens

_SENTENCE: Final = re.compile(r"[^。！？\n]+[。！？]*")
_LINE: Final = re.compile(r"[^\n]+")
_PLACE: Final = re.compile(r"(?:[一-鿿]{1,12}?(?:省|自治区|自治州|市|州|盟|县|区|旗|镇|乡|街道))")
SENTENCES: Final = 4096              # kept as they were read


class TextReading(NamedTuple):
    """What a text claims, in order, and how much of it was understood."""

    claims: tuple[Claim, ...]
    coverage: Coverage


class Reader:
    """Reads texts by one lexicon. `homes`: what each text speaks of where it does not say."""

    def __init__(self, lexicon: Lexicon, homes: Mapping[str, str], groups: Mapping[str, str]) -> None:
        self._lexicon, self._homes, self._groups = lexicon, homes, groups
        self.read = lru_cache(maxsize=64)(self._read)
        self._pieces = lru_cache(maxsize=SENTENCES)(self._pieces_of)
        self._sentence = lru_cache(maxsize=SENTENCES)(self._reading_of)

    @property
    def sentences_read(self) -> int:
        """How many sentences were read anew since the reader was made."""
        return self._sentence.cache_info().misses

    def _read(self, text: str, year: int | None, text_id: str, own: tuple[str, ...] = ()) -> TextReading:
        home = self._homes.get(text_id, "")
        claims: list[Claim] = []
        unclear: list[tuple[int, int]] = []
        others, first = 0, True
        for line in _LINE.finditer(text):
            context = _at_start(home, first=first)
            first = first and not line[0].strip()
            for sentence in _SENTENCE.finditer(text, line.start(), line.end()):
                found = self._sentence(sentence[0], context, year, own)
                context = found.context
                claims += [claim.moved(sentence.start()) for claim in found.claims]
                unclear += [(start + sentence.start(), end + sentence.start()) for start, end in found.coverage.unclear]
                others += found.coverage.others
        return TextReading(tuple(claims), Coverage(len(claims), others, tuple(unclear)))

    def _reading_of(self, sentence: str, context: Context, year: int | None, own: tuple[str, ...]) -> SentenceReading:
        return grammar.read(sentence, self._pieces(plain(sentence), own), context, self._groups, year)

    def _pieces_of(self, sentence: str, own: tuple[str, ...]) -> list[Piece]:
        return tokens(sentence, self._lexicon, own)


def _at_start(home: str, *, first: bool) -> Context:
    """What a line begins with: what its text is about. A whole text that says 无 denies all of it."""
    kind = "disputes" if home == "dispute" and first else ""
    return Context(Topic(home, bool(home), home in ("request", "dispute"), kind, home=home))


@lru_cache(maxsize=16)
def own_names(*names: str) -> tuple[str, ...]:
    """The names of an organ and what is left of them without the places before it, the longest first; for the reader.
    """
    found = set()
    for name in filter(None, (plain(name).strip() for name in names)):
        found.add(name)
        rest = name
        while (place := _PLACE.match(rest)) and len(rest) - place.end() > 2:
            found.add(place[0])
            found.add(rest[place.end() - 1:])
            rest = rest[place.end():]
            found.add(rest)
    return tuple(sorted((n for n in found if len(n) > 2), key=lambda n: (-len(n), n)))
