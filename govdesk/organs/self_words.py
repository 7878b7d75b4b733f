"""Words by which a text calls its organ (我局, 本镇, 我委), held against the kind of the organ."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from typing import Final, NamedTuple

from govdesk.base.paths import resources_folder
from govdesk.organs.organ_names import names_of, parsed

# “基本局面”, “自我校验”: the first character belongs to the word before
_WORD_BEFORE: Final = "自基日根成版样文资原剧标课书脚台抄"
_QUOTES: Final = (("“", "”"), ("《", "》"), ("‘", "’"), ("「", "」"), ("『", "』"))


class _Rules(NamedTuple):
    heads: tuple[tuple[str, str], ...]               # the end of a name and the kind that it stands for
    foreign: dict[str, frozenset[str]]               # what an organ of a kind never calls itself
    pattern: re.Pattern[str]
    committees: frozenset[str]                       # trades whose bureau is called 委 by habit


@cache
def _rules() -> _Rules:
    words = tomllib.loads((resources_folder() / "words" / "self-words.toml").read_text(encoding="utf-8"))
    nouns = "|".join(f"{noun}(?!{unless})" if unless else noun for noun, unless in words["nouns"].items())
    heads = [(end, kind) for kind, ends in words["heads"].items() for end in ends]
    return _Rules(tuple(sorted(heads, key=lambda head: -len(head[0]))),
                  {kind: frozenset(nouns) for kind, nouns in words["foreign"].items()},
                  re.compile(rf"(?<![{_WORD_BEFORE}])[我本](?P<noun>{nouns})"), frozenset(words["committees"]))


def find_foreign_self_word(text: str, cover: str, short: str) -> tuple[int, int] | None:
    """The first place, outside quotation marks, at which a text calls its organ what an organ of that kind never is;
    None where the kind of the organ is not known."""
    rules = _rules()
    foreign = _foreign_to(cover, short)
    if not foreign:
        return None
    for match in rules.pattern.finditer(text):
        if match["noun"] in foreign and not _is_quoted(text, match.start()):
            return match.start(), _end_of_clause(text, match.end())
    return None


@lru_cache(maxsize=32)
def _foreign_to(cover: str, short: str) -> frozenset[str]:
    """What none of the organ's names would be called; nothing where one of its names is of no known kind."""
    rules = _rules()
    names = [*names_of(cover)[0], *(names_of(short)[0] if short.strip() else ())]
    kinds = [next((kind for end, kind in rules.heads if name.endswith(end)), "") for name in names]
    if not kinds or not kinds[0]:
        return frozenset()
    foreign = [rules.foreign.get(kind, frozenset()) for kind in kinds if kind]
    common = frozenset.intersection(*foreign)
    trades = frozenset().union(*(parsed(name).trades for name in names))
    return common - {"委"} if trades & rules.committees else common


def _is_quoted(text: str, at: int) -> bool:
    before = text[text.rfind("\n", 0, at) + 1:at]
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in _QUOTES)


def _end_of_clause(text: str, start: int) -> int:
    end = re.compile(r"[，。；：、,;:\n]").search(text, start, start + 18)
    return end.start() if end else min(len(text), start + 18)
