"""Where a text calls itself by an organ's name: a report by name and year, who is to be asked, and work told in one's
own name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from govdesk.organs.comparison import Verdict, compare
from govdesk.organs.organ_names import parsed, plain_name

_NAME: Final = r"[一-鿿（）()、·\u3000 ]"
_REPORT: Final = r"[度]?[ \u3000]{0,4}(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:报告|年报)"
_NAMED_FIRST = re.compile(rf"(?P<name>{_NAME}{{2,60}}?)[“\"]?(?P<year>20\d\d)[ \u3000]{{0,4}}年{_REPORT}")
_YEAR_FIRST = re.compile(r"(?P<year>20\d\d)[ \u3000]{0,4}年度?(?P<name>[一-鿿（）]{3,40}?)"
                         r"(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:报告|年报)")
_SPOKEN_OF = re.compile(r"(?:等|中(?!心)|的?(?:通知|要求|问题|不足|编制要求)|编制"
                        r"|[^。；，,\n]{0,8}(?:问题|不足|整改|指出|\d+份))")
_CONTACT = re.compile(r"(?:请与|请联系|联系单位[:：]|联系机构[:：])[ \u3000]{0,4}"
                      r"(?P<name>[一-鿿（）]{4,40}?)(?=联系|[，,（(。；;：:\s]|$)")
_DOER = re.compile(r"(?:^|(?<=[。；\n]))[ \u3000]{0,8}(?:20\d\d年(?:度)?[，,]?)?(?P<name>[一-鿿（）]{4,24}?)"
                   r"(?=坚持|认真|严格|扎实|高度重视|深入|积极|始终|全面|持续|切实|以公开为|以习近平)", re.MULTILINE)
_FRONT = re.compile(r".*(?:公布|公开|发布|编制|公示|制作|报告如下|汇总|本年度报告|本报告"
                    r"|精神|规定|要求|根据|按照|关于)(?:了)?")
_SHORT_FRONT = re.compile(r"^(?:现将|现|特|由|请与|与|将|把|本|并|兹|是|的|即|对)")
_INNER = re.compile(r"(?<=[局委会府办厅镇乡道社队心])(?:党政|综合|政务公开|信息公开|秘书|信息)?(?:办公室|科|处|股|办)$")
_START: Final = frozenset("。；;：:，,\n《“\"（(")


class Mention(NamedTuple):
    """A name in a text with its place, and the year where a report is called by it. `how`: report, contact or doer."""

    how: str
    name: str
    start: int
    end: int
    year: int = 0


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def mentions(text: str) -> tuple[Mention, ...]:
    """All mentions in order of their kinds."""
    return (*_reports(text), *_of(text, _CONTACT, "contact"), *_of(text, _DOER, "doer"))


def _reports(text: str) -> Iterator[Mention]:
    for match in _NAMED_FIRST.finditer(text):
        if not _SPOKEN_OF.match(text, match.end()):
            yield _named("report", match, int(match["year"]))
    for match in _YEAR_FIRST.finditer(text):
        if not _SPOKEN_OF.match(text, match.end()) and (not match.start() or text[match.start() - 1] in _START):
            yield _named("report", match, int(match["year"]))


def _of(text: str, pattern: re.Pattern[str], how: str) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        yield _named(how, match, 0)


def _named(how: str, match: re.Match[str], year: int) -> Mention:
    front = _FRONT.match(match["name"])
    start = match.start("name") + (front.end() if front else 0)
    name = match["name"][front.end() if front else 0:].removesuffix("的")
    end = match.end() if how == "report" else match.end("name")
    return Mention(how, plain_name(name), start + len(name) - len(name.lstrip()), end, year)


def is_of_another(mention: Mention, cover: str, short: str, *, for_government: bool = False) -> bool:
    """Whether the name is certainly another organ's. Work is told in another's name only where a sister organ is named.
    `for_government`: an office files the report of its government, so that either name is its own."""
    readings = [mention.name]
    cut = _SHORT_FRONT.sub("", mention.name)
    if cut != mention.name and not cover.startswith(mention.name[0]):
        readings = [cut]
    if mention.how == "contact":
        readings = [_INNER.sub("", name) for name in readings]
    verdicts = [compare(cover, short, name) for name in readings if name]
    if not verdicts or any(verdict is not Verdict.OTHER for verdict in verdicts):
        return False
    own, said = parsed(plain_name(cover)), parsed(readings[-1])
    if for_government and {own.kind, said.kind} == {"government", "office"}:
        return False
    if mention.how == "report":
        return True
    if mention.how == "contact":
        return own.kind not in ("government", "office") and said.kind not in ("government", "office", "place")
    return own.kind == said.kind and own.trades == said.trades and len(said.place) > 1
