"""A text as it is compared: digits of half width, radicals and compatibility forms from PDF copies as the characters
that they stand for; and its length as an office counts it."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)} | {
    ord("％"): ord("%"), 0x3000: ord(" "), 0xA0: ord(" ")}
_FORMS = (*range(0x2F00, 0x2FE0), *range(0x2E80, 0x2F00), *range(0xF900, 0xFB00))


def _stands_for(code: int) -> str:
    """The one character that a radical or compatibility form stands for; itself where there is none."""
    plain_form = unicodedata.normalize("NFKC", chr(code))
    return plain_form if len(plain_form) == 1 else chr(code)


# The radicals that browsers and PDF readers give for these characters and that NFKC leaves as they are.
RADICALS: Final = str.maketrans("⺎⺝⺟⺠⺫⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
                                "兀月母民罒虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟")
_PLAIN = (_HALF_WIDTH | {code: _stands_for(code) for code in _FORMS}
          | dict(RADICALS))


@lru_cache(maxsize=32)                       # the rules run at every key, and most keys change no text
def plain(text: str) -> str:
    """The text with each such character in its plain form, as long as it was."""
    return text.translate(_PLAIN)


def count_characters(text: str) -> int:
    """What an office counts: everything but blanks and line ends."""
    return len("".join(text.split()))
