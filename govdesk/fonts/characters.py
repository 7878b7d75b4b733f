"""Classifies characters for line breaking: width class, where a line may not begin or end, which half is blank.

Nothing here knows a font, so line breaks are the same whatever face a character is found in.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import NamedTuple

BLANK = "\u3000"
GETA = "〓"                          # drawn for a character that no face has

# Word's lists for Simplified Chinese (OOXML kinsoku), full-width forms restored
NO_START = frozenset(
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
NO_END = frozenset("$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥")
OPENING = frozenset("‘“〈《「『【〔〖〝（［｛")          # left half blank
CLOSING = frozenset("’”〉》」』】〕〗〞）］｝、。，．：；！？")   # right half blank

# Kept on one line: 〔2021〕30号, a number with its unit, dashes, ellipses. A date may part behind its year and month
UNBREAKABLE_PATTERN = re.compile(
    r"〔\d{4}〕第?\d+号|\d年度|\d月份|\d[万亿]?[元件条次人个名项份期篇号年月日起家处场部]|[—―─]{2,}|[…⋯]{2,}"
)
# Format characters that are drawn, before numbers in Arabic and Indian scripts
DRAWN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
# After a character, for another of its shapes; the last of the first kind is for emoji and changes no hanzi
SELECTORS = frozenset(map(chr, (*range(0xfe00, 0xfe0f), *range(0xe0100, 0xe01f0))))
_BLANKED = re.compile("\r\n|[\t\n\r\x0b\x0c\x85\u2028\u2029]")
_plain: set[str] = set()             # characters known to stay as they are


class Trait(NamedTuple):
    """The class of a character."""

    full: bool                       # one em wide, whatever its face says
    word: bool = False               # part of a Latin word or a number: not parted from its like
    space: bool = False
    attached: bool = False           # a combining mark: stays with the character before it
    no_start: bool = False
    no_end: bool = False
    opening: bool = False
    closing: bool = False


HANZI = Trait(full=True)             # the class of nearly all; one object, so that loops can know it by identity


@cache
def trait_of(char: str) -> Trait:
    """The class of one character."""
    if "\u4e00" <= char <= "\u9fff":
        return HANZI
    category = unicodedata.category(char)
    if category in ("Mn", "Me"):
        return Trait(full=False, attached=True, no_start=True)
    if char in (" ", "\xa0"):
        return Trait(full=False, space=char == " ", no_start=True, no_end=char == "\xa0", word=char == "\xa0")
    full = _is_full(char, category)
    return Trait(
        full=full, space=char == BLANK, word=not full, no_start=char in NO_START, no_end=char in NO_END,
        opening=char in OPENING, closing=char in CLOSING,
    )


def _is_full(char: str, category: str) -> bool:
    if char < "\x80" or char == "°":
        return False
    if category[0] == "L" and char < "\u2e80":                # accented Latin, Greek, Cyrillic: own widths
        return False
    return category in ("Cs", "Cc", "Co", "Cn") or unicodedata.east_asian_width(char) in "WFA"


def clean_text(text: str) -> str:
    """What is left to be drawn: breaks and tabs as a blank, composed accents, no invisible format characters."""
    if _plain.issuperset(text):
        return text
    text = _BLANKED.sub(BLANK, text)
    if text.isascii():
        return text
    if not any(map(_is_special, set(text) - _plain)):
        _plain.update(text)
        return text
    text = "".join(char for char in text if not is_invisible(char))
    return _composed(text)


@cache
def is_invisible(char: str) -> bool:
    """Format characters without ink (zero width, direction marks, soft hyphen) and variation selectors: never drawn."""
    return (unicodedata.category(char) == "Cf" and char not in DRAWN) or char in SELECTORS or char == "\ufe0f"


@cache
def _is_special(char: str) -> bool:
    return is_invisible(char) or trait_of(char).attached


def _composed(text: str) -> str:
    """Accents joined with their letters; only there, because NFC over all would replace compatibility hanzi."""
    return re.sub("[^\u0300-\u036f][\u0300-\u036f]+", lambda found: unicodedata.normalize("NFC", found[0]), text)


def to_printable(text: str) -> str:
    """Text that any file format and any stream can hold: no control characters, no lone surrogates."""
    return "".join(GETA if unicodedata.category(c) in ("Cc", "Cs") else c for c in clean_text(text))
