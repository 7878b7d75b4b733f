"""A sentence cut into words with roles, counts, dates and marks; what nobody knows is a token, too."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from govdesk.prose.lexicon import Lexicon

MARKS: Final = {character: mark for mark, characters in {
    ",": "，,", "、": "、＋＝", ";": "；;", ":": "：:", ".": "。！？!?", "(": "（([［【", ")": "）)]］】"
}.items() for character in characters}
_SILENT = frozenset(" \t\u3000\u00a0\u200b“”‘’\"'「」『』\r")
_LIST_MARK = re.compile(r"\s*(?:\d{1,2}(?:[、．](?!\d)|\.(?!\d))|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]"
                        r"|[①-⑳]"
                        r"|[一二三四五六七八九十]{1,2}(?:[、.．]|是(?!否)))")
_BOOK = re.compile(r"《[^》\n]{0,80}》")
_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)\s*年\s*(?:度|全年|年内|内|以来)?(?:\s*(?:1[-—－–~至到]12月"
                   r"|1月1日[至到起—－-]{1,3}(?:\d{4}年)?12月31日止?|12月31日止?|1月1日|12月底|年?底|年?末))?")
_YEARS = re.compile(r"(?:19|20)\d\d\s*年?度?\s*[-—－–~至到、和]{1,2}\s*(?:19|20)\d\d"
                    r"\s*年度?(?!\d{1,2}月|底)(?:间|期间|以来|底)?")
_SPAN = re.compile(r"1月?\s*[-—－–~至到]\s*12月(?:份|底)?|1月1日\s*[-—－–~至到起]+\s*12月31日止?|12月31日")
_MONTH = re.compile(r"\d{1,2}\s*(?:[-—－–~至到]\s*\d{1,2}\s*)?月(?:份|底|初|\s*\d{1,2}\s*日)?")
_NAME = re.compile(r"第\s*\d+(?:[条号款项次届期]|部分)?|[〔\[［(（]\s*20\d\d\s*[〕\]］)）]\s*\d+\s*号"
                   r"|\d{3,4}[-－—]\d{4,9}|\d+\.\d+\.\d+|\d+·\d+")
_NUMBER = re.compile(r"(?P<n>\d{1,12}(?:[,，]\d{3}(?!\d))*(?:\.\d{1,8})?)(?P<long>\d*)")
_AFTER = re.compile(r"\s*(?P<more>[余多+]?)\s*(?P<wan>万(?!元)|亿(?!元)|千|百)?\s*(?P<much>[余多+]?)\s*")
_PERCENT = re.compile(r"\s*(?:[%％]|个?百分点)")
_HANZI = re.compile("[〇零一二两三四五六七八九十百千]{1,7}")
_ENDS_PLACE = frozenset("省市州盟县区旗")
_NOT_BEFORE = frozenset("第每这那任某同各单唯逐统专")
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWER = {"十": 10, "百": 100, "千": 1000}


class WordToken(NamedTuple):
    """A piece of a sentence. `role` is one of the lexicon's, or count, mark, year, unknown; of a year `sense` is the
    number."""

    role: str
    sense: str
    start: int
    end: int


class Count(NamedTuple):
    """A number with its unit: `start` to `end` are the digits, `stop` is behind the unit. `unit`: table, other, money,
    percent, or “” where there is none; `about`: it says only about how many."""

    role: str
    sense: str
    start: int
    end: int
    value: Decimal
    unit: str
    stop: int
    about: bool
    fraction: int = 0


Piece = WordToken | Count


def tokens(sentence: str, lexicon: Lexicon, own: tuple[str, ...] = ()) -> list[Piece]:
    """All pieces in order. `own` are names of the organ itself, the longest first."""
    text, places = _without_silent(sentence)
    found: list[Piece] = []
    mark = _LIST_MARK.match(text)
    at, length = mark.end() if mark else 0, len(text)
    while at < length:
        piece, at = _at(text, at, text[at], lexicon, own)
        last = found[-1] if found else None
        if piece.role == "unknown" and last and last.role == "unknown" and last.end == piece.start:
            found[-1] = WordToken("unknown", "", last.start, piece.end)
        else:
            found.append(piece)
    return [_placed(piece, places) for piece in found] if places else found


def _without_silent(sentence: str) -> tuple[str, list[int]]:
    """The sentence without blanks and quotation marks, and where each of its characters stood; no places where it has
    none. A blank between two digits parts two numbers."""
    if _SILENT.isdisjoint(sentence):
        return sentence, []
    places = [i for i, character in enumerate(sentence) if character not in _SILENT or (
        0 < i < len(sentence) - 1 and sentence[i - 1].isdigit() and sentence[i + 1].isdigit())]
    return "".join("，" if sentence[i] in _SILENT else sentence[i] for i in places), [*places, len(sentence)]


def _placed(piece: Piece, places: list[int]) -> Piece:
    moved = piece._replace(start=places[piece.start], end=places[piece.end - 1] + 1)
    if isinstance(piece, Count) and isinstance(moved, Count):
        return moved._replace(stop=places[piece.stop - 1] + 1)
    return moved


def _at(text: str, at: int, character: str, lexicon: Lexicon, own: tuple[str, ...]) -> tuple[Piece, int]:
    if character == "《" and (book := _BOOK.match(text, at)):
        return WordToken("filler", "", at, book.end()), book.end()
    word = lexicon.longest(text, at)
    for name in own:
        if text.startswith(name, at) and not (word and word[1].role == "subject" and word[0] > at + len(name)):
            scope = "area" if name[-1] in _ENDS_PLACE else "own"
            return WordToken("subject", scope, at, at + len(name)), at + len(name)
    if character.isdigit() or character in "第〔":
        numeric = _numeric(text, at, lexicon)
        if numeric and not (word and word[0] > numeric[1]):
            return numeric
    spelled = _spelled(text, at, lexicon) if character in "〇零一二两三四五六七八九十百" else None
    if spelled and not (word and word[0] > spelled.end):
        return spelled, spelled.stop
    name_mark = MARKS.get(character)
    if name_mark:
        named = _NAME.match(text, at) if name_mark == "(" else None
        if named:
            return WordToken("filler", "", at, named.end()), named.end()
        return WordToken("mark", name_mark, at, at + 1), at + 1
    if word:
        return WordToken(word[1].role, word[1].sense, at, word[0]), word[0]
    return WordToken("unknown", "", at, at + 1), at + 1


def _numeric(text: str, at: int, lexicon: Lexicon) -> tuple[Piece, int] | None:
    if years := _YEARS.match(text, at):
        return WordToken("time", "all", at, years.end()), years.end()
    if year := _YEAR.match(text, at):
        return WordToken("year", year["year"], at, year.end()), year.end()
    if name := _NAME.match(text, at):
        return WordToken("filler", "", at, name.end()), name.end()
    if span := _SPAN.match(text, at):
        return WordToken("filler", "", at, span.end()), span.end()
    if month := _MONTH.match(text, at):
        return WordToken("time", "part", at, month.end()), month.end()
    number = _NUMBER.match(text, at)
    if number is None:
        return None
    if number["long"]:
        return WordToken("unknown", "", at, number.end()), number.end()
    return _count(text, number, lexicon)


def _count(text: str, number: re.Match[str], lexicon: Lexicon) -> tuple[Count, int]:
    digits = number["n"].replace(",", "").replace("，", "")
    value, end = Decimal(digits), number.end()
    fraction = len(digits.partition(".")[2])
    if percent := _PERCENT.match(text, end):
        return Count("count", "", number.start(), end, value, "percent", percent.end(), False, fraction), percent.end()
    after = _AFTER.match(text, end)
    stop = after.end() if after else end
    about = bool(after and (after["more"] or after["wan"] or after["much"]))
    unit = lexicon.unit.match(text, stop)
    if unit is None:
        stop = stop if about else end
        return Count("count", "", number.start(), end, value, "", stop, about, fraction), stop
    kind = lexicon.units[unit[0]]
    return Count("count", "", number.start(), end, value, kind, unit.end(), about, fraction), unit.end()


def _spelled(text: str, at: int, lexicon: Lexicon) -> Count | None:
    """“两件”: a numeral in hanzi counts only before a unit, and not as “第一件”, “每一件”."""
    if at and text[at - 1] in _NOT_BEFORE:
        return None
    numeral = _HANZI.match(text, at)
    unit = lexicon.unit.match(text, numeral.end()) if numeral else None
    if numeral is None or unit is None:
        return None
    return Count("count", "", at, numeral.end(), Decimal(_value(numeral[0])), lexicon.units[unit[0]], unit.end(), False)


def _value(numeral: str) -> int:
    if not any(c in _POWER for c in numeral):
        return int("".join(str(_DIGIT[c]) for c in numeral))
    total, digit = 0, 1 if numeral[0] in _POWER else 0
    for character in numeral:
        if character in _POWER:
            total, digit = total + (digit or 1) * _POWER[character], 0
        else:
            digit = _DIGIT[character]
    return total + digit
