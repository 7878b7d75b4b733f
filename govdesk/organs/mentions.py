"""Where a text calls itself by an organ's name: a report by name and year, who is to be asked, and work told in one's
own name."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from govdesk.base.paths import resources_folder
from govdesk.organs.comparison import Verdict, compare
from govdesk.organs.organ_names import parsed, plain_name

_START: Final = frozenset("。；;：:，,\n《“\"（(")


class _Patterns(NamedTuple):
    """Of resources/words/mentions.toml. Those of `reports` have the groups `name` and `year`, the others `name`."""

    title: re.Pattern[str]
    named_first: re.Pattern[str]
    year_first: re.Pattern[str]
    spoken_of: re.Pattern[str]
    signature: re.Pattern[str]
    maker: re.Pattern[str]
    contact: re.Pattern[str]
    doer: re.Pattern[str]
    example: re.Pattern[str]
    front: re.Pattern[str]
    short_front: re.Pattern[str]
    inner: re.Pattern[str]
    no_place: re.Pattern[str]
    no_town: re.Pattern[str]
    levels: Mapping[str, tuple[str, ...]]


@cache
def _patterns() -> _Patterns:
    words = tomllib.loads((resources_folder() / "words" / "mentions.toml").read_text(encoding="utf-8"))
    report, verbs, blank = words["report"], "|".join(words["verbs"]), r"[ \u3000]"
    year = rf"(?P<year>20\d\d){blank}{{0,4}}年"
    return _Patterns(
        title=re.compile(rf"^{blank}*(?P<name>[一-鿿（）()、]{{3,40}}){blank}*\n\s{{0,8}}{year}{report}", re.MULTILINE),
        named_first=re.compile(rf"(?P<name>[一-鿿（）()、·\u3000 ]{{2,60}}?)[“\"]?{year}{report}"),
        year_first=re.compile(rf"{year}度?(?P<name>[一-鿿（）]{{3,40}}?)(?:政府|政务)?信息公开(?:工作)?(?:年度)?(?:报告|年报)"),
        spoken_of=re.compile(words["spoken_of"]),
        signature=re.compile(rf"\n{blank}*(?P<name>[一-鿿（）]{{3,40}})\s{{0,40}}20\d\d年\d{{1,2}}月\d{{1,2}}日\s*$"),
        maker=re.compile(rf"(?:报告|年报)(?:是)?由(?P<name>[一-鿿（）]{{4,40}}?)(?={words['makes']})"
                         rf"(?=[^。；\n由]{{0,40}}(?:{words['made']}))"),
        contact=re.compile(rf"(?:{words['asked']})[:：]?{blank}{{0,4}}"
                           r"(?P<name>[一-鿿（）]{2,40}?)(?=联系|[，,（(。；;：:\s]|$)"),
        doer=re.compile(rf"(?:^|(?<=[。；\n])){blank}{{0,8}}(?:20\d\d年(?:度)?[，,]?|(?:本年度|今年|全年)[，,])?"
                        rf"(?P<name>[一-鿿（）]{{3,24}}?)(?:20\d\d年度?)?[，,]?(?={verbs})", re.MULTILINE),
        levels={level: tuple(ends) for level, ends in words["levels"].items()},
        **{key: re.compile(words[key]) for key in ("example", "front", "short_front", "inner", "no_place", "no_town")})


class Mention(NamedTuple):
    """A name in a text with its place, and the year where a report is called by it. `how`: report, signature, maker,
    contact or doer."""

    how: str
    name: str
    start: int
    end: int
    year: int = 0


@lru_cache(maxsize=64)                       # the rules run at every key, and most keys change no text
def mentions(text: str) -> tuple[Mention, ...]:
    """All mentions in order of their kinds."""
    words = _patterns()
    return (*_reports(text), *_of(text, words.signature, "signature"), *_of(text, words.maker, "maker"),
            *_of(text, words.contact, "contact"),
            *(one for one in _of(text, words.doer, "doer") if not _is_example(text, one)))


def _is_example(text: str, doer: Mention) -> bool:
    end = text.find("。", doer.end)
    return _patterns().example.search(text, doer.end, end if end >= 0 else len(text)) is not None


def _reports(text: str) -> Iterator[Mention]:
    words = _patterns()
    for match in words.title.finditer(text):
        yield Mention("report", plain_name(match["name"]), match.start("name"), match.end(), int(match["year"]))
    for match in words.named_first.finditer(text):
        if not words.spoken_of.match(text, match.end()):
            yield _named("report", match, int(match["year"]))
    for match in words.year_first.finditer(text):
        if not words.spoken_of.match(text, match.end()) and (not match.start() or text[match.start() - 1] in _START):
            yield _named("report", match, int(match["year"]))


def _of(text: str, pattern: re.Pattern[str], how: str) -> Iterator[Mention]:
    for match in pattern.finditer(text):
        yield _named(how, match, 0)


def _named(how: str, match: re.Match[str], year: int) -> Mention:
    front = _patterns().front.match(match["name"])
    start = match.start("name") + (front.end() if front else 0)
    name = match["name"][front.end() if front else 0:].removesuffix("的")
    end = match.end() if how == "report" else match.end("name")
    return Mention(how, plain_name(name), start + len(name) - len(name.lstrip()), end, year)


def is_of_another(mention: Mention, cover: str, short: str, *, for_government: bool = False, of_city: bool = False
                  ) -> bool:
    """Whether the name is certainly another organ's. Work is told in another's name only where a sister organ is named.
    `for_government`: an office files the report of its government, so that either name is its own; `of_city`: the organ
    stands above districts and county-level cities, and may tell of theirs."""
    words = _patterns()
    name = words.inner.sub("", mention.name) if mention.how in ("contact", "maker") else mention.name
    cut = words.short_front.sub("", name)
    if cut != name and not cover.startswith(name[0]):
        if compare(cover, short, name) is Verdict.SAME:
            return False                     # “本溪市税务局” is no “溪市税务局”
        name = cut
    if not name or compare(cover, short, name) is not Verdict.OTHER:
        return False
    own, said = parsed(plain_name(cover)), parsed(name)
    if words.no_place.search(said.place) or words.no_town.search(said.place):
        return False
    if for_government and {own.kind, said.kind} == {"government", "office"}:
        return False
    if mention.how in ("report", "signature"):
        return True
    if mention.how in ("contact", "maker"):
        return own.kind not in ("government", "office") and said.kind not in ("government", "office", "place")
    if own.kind != said.kind or own.trades != said.trades:
        return False
    if own.kind == "branch":
        return len(said.branch) > 1
    return len(said.place) > 1 and _are_sisters(own.place, said.place, of_city=of_city)


def _are_sisters(own: str, said: str, *, of_city: bool) -> bool:
    """Whether two places are of one level: what lies above the organ or below it is told of as a matter of course."""
    levels = _level(own), _level(said)
    return levels[0] == levels[1] != "" or (not of_city and set(levels) == {"county", "city"} and own.endswith("市"))


def _level(place: str) -> str:
    return next((level for level, ends in _patterns().levels.items() if place.endswith(ends)), "")
