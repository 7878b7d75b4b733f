"""The words of annual reports with their roles, as a file beside the form gives them, and the longest of them at a
place.

A word is written with alternatives, “{政府|}信息公开{申请|申请件}”. None repeats, so each can be only so long: looking
for one costs a step a character, and no text makes it run away.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, NamedTuple

from govdesk.base.errors import FormError
from govdesk.base.paths import resources_folder

ROLES: Final = ("thing", "verb", "aside", "carry", "result", "applicant", "way", "outcome", "time",
                "subject", "part", "deny",
                "all", "approximate", "compare", "cause", "filler")
UNITS: Final = ("table", "other", "money", "times")


class Word(NamedTuple):
    """What a word does in a clause, and which of its kind it is."""

    role: str
    sense: str


_Item = tuple[int, int, str]         # an entry, one of its groups, and what of an alternative is still to come


class _State:
    """How far all entries have come: `word` is the first that may end here; what follows is worked out when asked for.
    """

    __slots__ = ("following", "items", "word")

    def __init__(self, items: frozenset[_Item], word: int | None) -> None:
        self.items: dict[str, list[_Item]] = {}              # by the character that they wait for
        for item in items:
            self.items.setdefault(item[2][0], []).append(item)
        self.word = word
        self.following: dict[str, _State | None] = {}


class Lexicon:
    """All words, read side by side one character at a time: a finite automaton that grows as texts need it."""

    def __init__(self, tables: Mapping[str, Mapping[str, list[str]]]) -> None:
        self._words: list[Word] = []
        self._entries: list[list[list[str]]] = []
        for role in ROLES:
            for sense, entries in tables.get(role, {}).items():
                self._words += [Word(role, sense)] * len(entries)
                self._entries += [_groups(entry) for entry in entries]
        self._states: dict[frozenset[_Item], _State] = {}
        first: set[_Item] = set()
        for entry in range(len(self._entries)):
            self._begin(entry, 0, first)
        self._start = _State(frozenset(first), None)
        self.units = {unit: kind for kind in UNITS for unit in tables["unit"][kind]}
        self.unit = re.compile("|".join(sorted(map(re.escape, self.units), key=len, reverse=True)))

    def longest(self, text: str, at: int) -> tuple[int, Word] | None:
        """The longest word at a place and where it ends; of equals the one whose role stands first in `ROLES`."""
        state, found, end, length = self._start, None, at, len(text)
        while at < length:
            following = state.following.get(text[at], _NOT_YET)
            if following is _NOT_YET:
                following = self._follow(state, text[at])
            if following is None:
                break
            assert isinstance(following, _State)
            state = following
            at += 1
            if state.word is not None:
                found, end = state.word, at
        return None if found is None else (end, self._words[found])

    def _follow(self, state: _State, character: str) -> _State | None:
        items: set[_Item] = set()
        ended: list[int] = []
        for entry, group, rest in state.items.get(character, ()):
            if len(rest) > 1:
                items.add((entry, group, rest[1:]))
            elif self._begin(entry, group + 1, items):
                ended.append(entry)
        key = frozenset({*items, *((entry, -1, "") for entry in ended)})
        if not key:
            state.following[character] = None
        else:
            known = self._states.get(key)
            if known is None:
                known = self._states[key] = _State(frozenset(items), min(ended, default=None))
            state.following[character] = known
        return state.following[character]

    def _begin(self, entry: int, group: int, items: set[_Item]) -> bool:
        """Notes what may come from a group of an entry on; whether the entry may also end before it."""
        groups = self._entries[entry]
        while group < len(groups):
            items.update((entry, group, word) for word in groups[group] if word)
            if "" not in groups[group]:
                return False
            group += 1
        return True


_NOT_YET: Final = object()


@cache
def load(name: str, over: str = "") -> Lexicon:
    """The lexicon of a file in the program's folder of words; `over`: of another whose words stand before its own where
    they are as long. Raises FormError."""
    tables = dict(_read_tables(name))        # what was read is another lexicon's too
    for role, senses in (_read_tables(over) if over else {}).items():
        held = tables.get(role, {})
        tables[role] = {**senses, **{sense: [*senses.get(sense, ()), *entries] for sense, entries in held.items()}}
    if lacking := [unit for unit in UNITS if unit not in tables.get("unit", {})]:
        raise FormError(f"{over or name}.toml: unit", f"has no {', '.join(lacking)}")
    return Lexicon(tables)


@cache
def _read_tables(name: str) -> dict[str, dict[str, list[str]]]:
    """The words of a file by role and sense."""
    file = resources_folder() / "words" / f"{name}.toml"
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormError("lexicon", f"{name!r} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise FormError(file.name, str(error)) from error
    for role, senses in tables.items():
        if role not in (*ROLES, "unit"):
            raise FormError(f"{file.name}: {role}", "is no role of a word")
        for sense, entries in senses.items():
            if not entries or not all(isinstance(e, str) and e.count("{") == e.count("}") for e in entries):
                raise FormError(f"{file.name}: {role}.{sense}", "must be a list of words, every { with its }")
    return tables


def _groups(entry: str) -> list[list[str]]:
    """“{政府|}信息” as [[政府, ""], [信息]]; alternatives may hold others of their own, which are spread out."""
    groups: list[list[str]] = []
    rest = entry
    while rest:
        if rest[0] != "{":
            plain = rest.partition("{")[0]
            groups.append([plain])
            rest = rest[len(plain):]
            continue
        inner, rest = _braced(rest)
        choices = inner.split("|") if "{" not in inner else [w for choice in _choices(inner) for w in _spread(choice)]
        groups.append(list(dict.fromkeys(choices)))
    return groups


def _braced(text: str) -> tuple[str, str]:
    plain, _, rest = text[1:].partition("}")
    if "{" not in plain:
        return plain, rest
    depth = 0
    for i, character in enumerate(text):
        depth += (character == "{") - (character == "}")
        if not depth:
            return text[1:i], text[i + 1:]
    raise FormError("words", f"{text!r} has a brace without its fellow")


def _choices(inner: str) -> Iterator[str]:
    depth, begin = 0, 0
    for i, character in enumerate(f"{inner}|"):
        depth += (character == "{") - (character == "}")
        if character == "|" and not depth:
            yield inner[begin:i]
            begin = i + 1


def _spread(choice: str) -> list[str]:
    words = [""]
    for group in _groups(choice) if choice else []:
        words = [word + more for word in words for more in group]
    return words
