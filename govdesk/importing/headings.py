"""The heads of a report's six parts and of the five below the first, as offices write them: with or without their
number, alone on a line or running into it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

_DIGITS: Final = "一二三四五六七八九十"
_NUMBER = re.compile(r"^\s*(?:第?[（(]?\s*([一二三四五六七八九十]|[1-9])\s*"
                     r"(?:[）)]\s*[、.．]?|[、.．:：,，](?!\d)|部分\s*[、.．:：]?|\s+))\s*")
_STOP: Final = "[、.．:：,， \\u3000]"
_PART_NUMBER = re.compile(rf"^\s*(?:第\s*([一二三四五六])\s*部分{_STOP}?\s*|"
                          rf"第?\s*([一二三四五六])\s*(?:部分)?\s*{_STOP}\s*|"
                          r"([1-6])\s*[、.．]\s*(?!\d))")
_ABOUT: Final = "(?:本年度|年度|本年|工作|政府信息公开|中|目前|当前|我[局镇办委县区市院会]|的){0,4}"

# Each of the six parts: what its head says. The number is looked at besides.
PARTS: Final[Mapping[str, re.Pattern[str]]] = {
    "overview": re.compile(r"(?:工作)?(?:总体|基本)(?:情况|概况)(?:概述)?"),
    "proactive": re.compile(rf"{_ABOUT}(?:行政机关)?主动公开(?:的)?政府信息(?:的)?(?:工作)?情况"),
    "requests": re.compile(r"(?:行政机关)?(?:收到和处理|收到及处理|收到与处理|收到、处理|处理和收到|收到并处理|处理)"
                           r"(?:的)?政府信息公开申请(?:的)?(?:工作)?情况"),
    "disputes": re.compile(r"(?:因)?政府信息公开(?:工作)?(?:引起的?|被申请|被提起)?(?:申请|提起)?(?:的)?行政复议"
                           r"[、和及,，及与\s]*(?:被?提起)?(?:的)?行政诉讼(?:的)?情况"),
    "problems": re.compile(rf"{_ABOUT}(?:中)?(?:存在(?:的)?)?(?:主要)?问题(?:及|和|与|以及|、|及其)(?:下一步)?"
                           r"(?:改进|整改|工作)(?:的)?(?:情况|措施|意见|打算|计划|方向|思路|建议)?"),
    "other_matters": re.compile(r"其[他它]需要(?:报告|说明)(?:的)?(?:其[他它])?(?:有关)?(?:事项|情况|问题)"),
}
ORDER: Final = tuple(PARTS)

# The five parts below the first: a word that their heads hold.
_BELOW: Final[Mapping[str, re.Pattern[str]]] = {
    "overview.on_request": re.compile(r"依申请|申请公开"),
    "overview.proactive": re.compile(r"主动公开"),
    "overview.information_management": re.compile(r"(?:信息|资源|文件)(?:的)?(?:规范化)?管理"),
    "overview.platform": re.compile(r"平台|网站建设|载体建设|渠道建设"),
    "overview.supervision": re.compile(r"监督|保障"),
}
BELOW: Final = ("overview.proactive", "overview.on_request", "overview.information_management", "overview.platform",
                "overview.supervision")
_OFFICIAL = re.compile(r"(?:政府信息)?(?:主动公开|依申请公开|(?:政府)?信息(?:资源)?管理|管理|"
                       r"(?:信息)?(?:公开)?平台建设|监督保障)(?:政府信息)?(?:工作)?(?:办理)?(?:情况|方面)?")
_HEAD = re.compile(r"^([^。：:；;！!？?\n]{2,28}?)\s*(?:[。：:]\s*|\u3000+|[ \t]{2,}|\n|$)")
_LONGEST_ALONE: Final = 30


class Head(NamedTuple):
    """A head: the part it begins (“” for one that is none of the known), its number (0: none), itself as written, and
    what follows it in the same paragraph."""

    part: str
    number: int
    words: str
    rest: str


def part_head(text: str, level: int, after: str) -> Head | None:
    """The head of one of the six parts, where a paragraph is or begins with one; `after`: the part that is open."""
    found = _PART_NUMBER.match(text)
    in_characters = (found[1] or found[2]) if found else ""
    number = _value(in_characters or found[3]) if found else 0
    body = text[found.end():] if found else text.strip()
    for part, pattern in PARTS.items():
        says = pattern.match(body)
        if says is None:
            continue
        if found and not in_characters and after == "overview" and number != ORDER.index(part) + 1:
            continue                                 # “1.主动公开政府信息情况” counts what is below the open part
        rest = body[says.end():]
        alone = not rest.strip(" \u3000。：:．.…·0123456789\t")
        if alone or (number and (rest[:1] in "。：: \u3000\t（(\n" or _begins_sentence(rest))):
            return Head(part, number, body[:says.end()], "" if alone else rest.lstrip(" 。：:\u3000\t"))
    is_short = len(body) <= _LONGEST_ALONE and not re.search(r"[。；，]", body)
    next_one = ORDER.index(after) + 2 if after in ORDER else 1
    if in_characters and number == next_one and number > 1 and is_short and not text.lstrip().startswith("（"):
        return Head(ORDER[number - 1], number, body, "")
    return None


def _begins_sentence(rest: str) -> bool:
    """Whether what follows a head without a stop begins a sentence of its own."""
    return bool(re.match(r"\d{4}年|今年|本年|我[局镇委办县市区院会]|全[县市区局镇年]|本[局机单委办]|按照|根据|依据",
                         rest))


def below_head(text: str) -> Head | None:
    """The head of a part below the first: by a word of it and its number, or alone on its line."""
    found = _NUMBER.match(text)
    number = _value(found[1]) if found else 0
    body = text[found.end():] if found else text.strip()
    cut = _HEAD.match(body)
    official = _OFFICIAL.match(body)
    if number and official and _begins_sentence(body[official.end():]):
        return Head(_named(official[0]), number, official[0], body[official.end():])
    alone = cut is not None and not body[cut.end():].strip()
    if cut and (number or alone or official) and not re.search(r"\d+\s*[件条次]|\d{4}年", cut[1]):
        words, rest = cut[1].strip(), body[cut.end():]
        part = _named(words)
        is_head = number or (official and official.end() >= len(words))
        if is_head and (part or (number and _is_bracketed(text))):
            return Head(part, number, words, rest)
    if number and _is_bracketed(text):
        return Head("", number, "", body)
    return None


def _is_bracketed(text: str) -> bool:
    return bool(re.match(r"^\s*[（(]\s*[一二三四五六七八九]\s*[）)]", text))


def _named(words: str) -> str:
    """The part that the words of a head name; “” where they name none or several alike."""
    return next((part for part, pattern in _BELOW.items() if pattern.search(words)), "")


def _value(digit: str) -> int:
    return _DIGITS.index(digit) + 1 if digit in _DIGITS else int(digit)
