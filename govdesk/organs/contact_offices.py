"""Whom to ask: the office of an organ that answers for a report, as the cover and as a text name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from govdesk.organs.comparison import Verdict, compare
from govdesk.organs.mentions import mentions
from govdesk.organs.organ_names import plain_name

_OFFICE: Final = r"(?:办公室|办|科|处|股|室|中心|组|部|窗口)"
_INNER = re.compile(rf"(?:(?!局|委(?!员)|政府|镇|街道)[一-鿿]){{0,12}}{_OFFICE}")
_BARE = re.compile(r"^(?:[我本](?:局|委|办|厅|镇|乡|街道|机关|单位|管委会)|局|委|厅|镇|乡|街道|机关|单位|管委会)?的?"
                   rf"(?P<inner>(?:(?!局|委|政府|镇|街道)[一-鿿]){{0,8}}{_OFFICE})$")
_BRIEF: Final = (("办公室", "办"), ("政务公开", "公开"), ("政府信息公开", "公开"), ("信息公开", "公开"), ("和", ""),
                 ("与", ""))


def differing_offices(text: str, cover: str, short: str, office: str) -> Iterator[tuple[int, int]]:
    """The places at which a text says to ask another office of the organ than the cover's `office`. Where one of the
    two is not wholly read, or one holds the other, nothing."""
    known = inner_office(office, cover, short)
    if not known:
        return
    for mention in mentions(text):
        said = inner_office(mention.name, cover, short) if mention.how == "contact" else ""
        if said and not _is_same_office(known, said):
            yield mention.start, mention.end


def inner_office(name: str, cover: str, short: str) -> str:
    """“党政办公室” of “清河区教育局党政办公室”, where the front is the organ's own name; “” where it is not read."""
    name = plain_name(name)
    if bare := _BARE.match(name):
        return bare["inner"]
    for cut in range(2, len(name)):
        inner = name[cut:]
        if _INNER.fullmatch(inner) and compare(cover, short, name[:cut]) is Verdict.SAME:
            return inner
    return ""


def _is_same_office(one: str, other: str) -> bool:
    """Whether one holds the other, “办” as “办公室”: “综合办公室” may be the 办公室."""
    for long, brief in _BRIEF:
        one, other = one.replace(long, brief), other.replace(long, brief)
    return one in other or other in one or _is_subsequence(one, other) or _is_subsequence(other, one)


def _is_subsequence(short: str, full: str) -> bool:
    characters = iter(full)
    return all(character in characters for character in short)
