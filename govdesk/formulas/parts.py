"""The parts that a preamble lists: how many, which of the form's are not named, and which are of an older form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

Place = tuple[int, int]
MAX_LISTS: Final = 20
MAX_LIST: Final = 400                        # characters
_NUMBER: Final = (r"(?<![第\d一二三四五六七八九十])(?P<number>[一二三四五六七八九十]|\d{1,2})(?:个|大)?"
                  r"(?:部分|方面|项|章|板块)(?:内容)?")
# the number of a list stands before its end, or behind the words that open it
_STATED: Final = re.compile(rf"{_NUMBER}(?=(?:组成|构成|内容)?(?:\s*$|[，,；;：:]))")
_VALUES: Final = {hanzi: value for value, hanzi in enumerate("一二三四五六七八九十", 1)}
_SEPARATORS: Final = re.compile(r"[\s、，,；;：:。（）()①-⑩]|以及|及其|及|和|与|等|共计|共|分别是|分别为|分别"
                                r"|[一二三四五六](?:是|[、.．])|\d[、.．]")
_END: Final = re.compile("[。\n]")


class PartWords(NamedTuple):
    """Patterns of the form file: what a list stands behind, each part of the form with its name, parts of older forms,
    and what stands around the names of parts."""

    opens: str
    parts: tuple[tuple[str, str], ...]               # name and pattern
    older: str
    around: str


class PartsFinding(NamedTuple):
    """What is wrong with a list at a place. `kind`: number (`word` is the number), lacking or older (`word` is the
    name)."""

    kind: str
    place: Place
    word: str


class _Number(NamedTuple):
    value: int
    words: str
    start: int
    end: int


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def find_parts(text: str, words: PartWords) -> tuple[bool, tuple[PartsFinding, ...]]:
    """Whether a text lists the parts of the report, and what is wrong with its lists."""
    found: list[PartsFinding] = []
    seen, read_to = False, 0
    for count, opening in enumerate(re.finditer(words.opens, text)):
        if count == MAX_LISTS:
            break
        if opening.start() < read_to:
            continue
        listed = _list_at(text, opening.start())
        named = [name for name, pattern in words.parts if re.search(pattern, listed)]
        number = _number(listed)
        short = number is not None and len(listed) <= 24 and opening[0].startswith("本")
        if len(named) < 3 and not short:
            continue                                         # the parts of something else
        seen, read_to = True, opening.start() + len(listed)
        found += [one._replace(place=(one.place[0] + opening.start(), one.place[1] + opening.start()))
                  for one in _judge(listed, number, named, words)]
    return seen, tuple(found)


def _list_at(text: str, start: int) -> str:
    end = _END.search(text, start, start + MAX_LIST)
    return text[start:end.start() if end else start + MAX_LIST]


def _judge(listed: str, number: _Number | None, named: list[str], words: PartWords) -> Iterator[PartsFinding]:
    """Places are within the list. Behind 等 a part may be left out."""
    old = re.search(words.older, listed)
    if old:
        yield PartsFinding("older", old.span(), old[0])
    elif number and number.value != len(words.parts) and not re.search("附[件表录]", listed):
        yield PartsFinding("number", (number.start, number.end), number.words)
    elif named and "等" not in listed and len(named) < len(words.parts) and not _rest(listed, words):
        yield PartsFinding("lacking", (0, len(listed)), next(name for name, _ in words.parts if name not in named))


def _number(listed: str) -> _Number | None:
    """The number of parts that a list states; not one in brackets."""
    bare = re.sub(r"[（(][^）)]*[）)]", lambda brackets: " " * len(brackets[0]), listed)
    stated = re.compile(_NUMBER).search(bare, 0, 20) or _STATED.search(bare)
    if stated is None:
        return None
    return _Number(_VALUES.get(stated["number"]) or int(stated["number"]), stated[0], *stated.span())


def _rest(listed: str, words: PartWords) -> str:
    """What of a list is neither a part nor a word around parts."""
    for _, pattern in words.parts:
        listed = re.sub(pattern, "、", listed)
    return _SEPARATORS.sub("", re.sub(words.around, "", re.sub(_NUMBER, "", listed)))
