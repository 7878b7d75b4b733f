"""Whether two names are one organ's: the same, another, or not decidable. Another only where place or trade contradict
each other."""

from __future__ import annotations

import re
from enum import Enum

from govdesk.organs.organ_names import OrganName, are_related, names_of, parsed, plain_name, without_ethnic_words

_SELF = re.compile(r"^(?:我|本)[镇乡街县区市旗州](?:道)?(?:人民政府|政府|办事处|党委、政府)$"
                   r"|^(?:我|本|该)?(?:局|委|委员会|办|办公室|厅|镇|乡|街道|校|院|社|中心|单位|机关|分局|管委会|公司"
                   r"|行政机关|站|队|支队|大队|总队|团|区|县|市|旗|州|省|系统|部门)$")
_PARTY = re.compile(r"中共|党委|党工委|[省市县区旗州盟]委(?!员会)|街道党|镇党|乡党")
_INNER = re.compile(r"(?:党政|综合|政务公开|信息公开|电子政务)?(?:办公室|办|科|处|股|中心)$")
_SUFFIXES = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|新区|开发区|试验区|实验区|示范区|高新区"
                       r"|经开区|园区|街道|民族乡|镇|乡|苏木|省|市|州|盟|县|区|旗)$")
_ZONES = (("经济技术开发区", "经开区"), ("高新技术产业开发区", "高新区"), ("高新技术开发区", "高新区"),
          ("国家级", ""), ("国家", ""))
_ZONE_WORDS = ("景区", "度假区", "新区", "示范区", "试验区", "实验区", "保税区", "综保区", "管理区", "工业区", "林区",
               "矿区", "港区", "市高新区", "市经开区", "市开发区", "县开发区",
                "区开发区", "县经开区", "县高新区", "区经开区", "区高新区")
_TYPE_WORDS = frozenset({"省", "市", "州", "盟", "县", "区", "旗", "自治县", "自治旗", "自治州", "开发区", "高新区",
                         "经开区", "园区", *_ZONE_WORDS})
_CITY = ("市",)


class Verdict(Enum):
    """What a name is to an organ."""

    SAME = "same"
    OTHER = "other"
    UNDECIDED = "undecided"


def compare(cover: str, short: str, mention: str) -> Verdict:
    """The name on the cover, its usual short form, and a name in a text."""
    own, former = names_of(cover)
    here, here_former = names_of(mention)
    if not own or not here:
        return Verdict.UNDECIDED
    known = {*own, *former, *(names_of(short)[0] if short.strip() else ())}
    verdicts = [_one(own, known, name) for name in here]
    if Verdict.SAME in verdicts or any(name in known for name in here_former):
        return Verdict.SAME
    return Verdict.OTHER if all(verdict is Verdict.OTHER for verdict in verdicts) else Verdict.UNDECIDED


def _one(own: list[str], known: set[str], name: str) -> Verdict:
    if name.startswith("原") or _SELF.match(name) or name in known:
        return Verdict.SAME
    if any(full != name and full.endswith(name) and _is_border(full, name) for full in own):
        return Verdict.SAME
    if any(name.startswith(full) and _INNER.match(name.removeprefix(full)) for full in own) and not name.endswith(
            ("人民政府办公室", "人民政府办公厅")):
        return Verdict.UNDECIDED
    if _PARTY.search(name) and not any(map(_PARTY.search, own)):
        return Verdict.UNDECIDED
    verdicts = [_of(parsed(full), parsed(name)) for full in own]
    if Verdict.SAME in verdicts:
        return Verdict.SAME
    return Verdict.OTHER if all(v is Verdict.OTHER for v in verdicts) else Verdict.UNDECIDED


def _is_border(full: str, tail: str) -> bool:
    """Whether a name cut in front is cut between two elements."""
    front = full[:-len(tail)]
    return front.endswith(("省", "市", "州", "盟", "县", "区", "旗", "人民政府", "国家税务总局", "国家统计局"))


def _of(own: OrganName, said: OrganName) -> Verdict:
    if not own.kind or not said.kind:
        return Verdict.UNDECIDED
    place = _places(own, said)
    kinds = own.kind, said.kind
    if own.kind == said.kind:
        if own.kind == "zone" and (own.place.endswith(said.place) or said.place.endswith(own.place)):
            return Verdict.SAME              # “区旅游度假区”: a type word stands before it
        if own.kind in ("government", "office", "township", "zone", "place"):
            return place
        return _trades(own, said, place if own.kind != "branch" else _branches(own, said))
    if set(kinds) == {"government", "office"}:
        return Verdict.OTHER
    if set(kinds) <= {"government", "zone", "township", "place"} and "place" in kinds:
        return place
    if "place" in kinds:
        return Verdict.UNDECIDED
    if set(kinds) == {"branch", "bureau"}:
        return _branch_and_bureau(own, said, place)
    if kinds in {("township", "government"), ("township", "office")}:
        return Verdict.OTHER
    if set(kinds) & {"government", "office"} and set(kinds) & {"bureau", "branch"}:
        return Verdict.OTHER
    if set(kinds) <= {"bureau", "institution", "team"}:
        if {own.words, said.words} & {"统计"} and "team" in kinds:
            return Verdict.OTHER
        return Verdict.UNDECIDED if own.trades & said.trades else _trades(own, said, place)
    return Verdict.UNDECIDED


def _branch_and_bureau(own: OrganName, said: OrganName, place: Verdict) -> Verdict:
    """A branch and its city's bureau are two; 望川区公安局 may be the old name of 公安局望川分局."""
    branch, bureau = (own, said) if own.kind == "branch" else (said, own)
    if branch.trades.isdisjoint(bureau.trades):
        return _trades(own, said, Verdict.UNDECIDED)
    if bureau.place and branch.branch and _stem(bureau.place) == _stem(branch.branch):
        return Verdict.UNDECIDED
    if bureau.place and branch.place and place is Verdict.SAME:
        return Verdict.OTHER
    return Verdict.UNDECIDED


def _branches(own: OrganName, said: OrganName) -> Verdict:
    if not own.branch or not said.branch:
        return Verdict.SAME if not said.branch else Verdict.UNDECIDED
    one, other = _stem(own.branch), _stem(said.branch)
    if one.endswith(other) or other.endswith(one):
        return Verdict.SAME                  # “清河区白沙公安分局”: with the place above
    return _two_places(_last_element(own.branch), _last_element(said.branch))


def _last_element(place: str) -> str:
    """A branch's place may carry its city: “临江市清河区”."""
    return re.split(r"(?<=[省市州])(?=.{2,})", place)[-1]


def _trades(own: OrganName, said: OrganName, place: Verdict) -> Verdict:
    if place is Verdict.OTHER:
        return Verdict.OTHER
    if own.trades == said.trades:
        return place
    if own.trades & said.trades or _is_subsequence(said.words, own.words) or _is_subsequence(own.words, said.words):
        return Verdict.UNDECIDED
    if any(are_related(a, b) for a in own.trades for b in said.trades):
        return Verdict.UNDECIDED
    return Verdict.OTHER


def _is_subsequence(short: str, full: str) -> bool:
    characters = iter(full)
    return bool(short) and all(character in characters for character in short)


def _places(own: OrganName, said: OrganName) -> Verdict:
    if not said.places:
        return Verdict.SAME
    if not own.places:
        return Verdict.UNDECIDED
    if len(said.places) == 1 and said.place in _TYPE_WORDS:
        return _by_type(own, said.place)
    verdict = _two_places(own.place, said.place)
    if verdict is not Verdict.SAME:
        return verdict
    for upper in own.places[:-1]:
        for other in said.places[:-1]:
            if upper[-1] == other[-1] and _two_places(upper, other) is Verdict.OTHER:
                return Verdict.OTHER
    return Verdict.SAME


def _by_type(own: OrganName, word: str) -> Verdict:
    word = word.removeprefix("自治")
    place = own.place
    if place.endswith(word) or _zone(place).endswith(word) or (word == "区" and _zone(place).endswith("区")):
        return Verdict.SAME
    if word in ("开发区", "高新区", "经开区", "园区", *_ZONE_WORDS):
        return Verdict.UNDECIDED
    return Verdict.OTHER


def _two_places(one: str, other: str) -> Verdict:
    one, other = _zone(without_ethnic_words(plain_name(one))), _zone(without_ethnic_words(plain_name(other)))
    if one == other or {one.removesuffix(other), other.removesuffix(one)} & _TYPE_WORDS:
        return Verdict.SAME                  # “县白沙镇”: a type word for the place above
    stem, other_stem = _stem(one), _stem(other)
    if stem == other_stem:
        return Verdict.SAME if one == stem or other == other_stem else _two_suffixes(one, other)
    if {stem.removesuffix(other_stem), other_stem.removesuffix(stem)} & _TYPE_WORDS:
        return Verdict.UNDECIDED             # “区白沙乡” of 白沙镇
    if stem.startswith(other_stem) or other_stem.startswith(stem):
        return Verdict.UNDECIDED
    suffixes = one != stem and other != other_stem
    return Verdict.OTHER if suffixes or (len(stem) > 1 and len(other_stem) > 1) else Verdict.UNDECIDED


def _two_suffixes(one: str, other: str) -> Verdict:
    zones = {"经开区", "高新区"}
    return Verdict.OTHER if {one[-3:], other[-3:]} == zones else Verdict.UNDECIDED


def _zone(place: str) -> str:
    for full, brief in _ZONES:
        place = place.replace(full, brief)
    return place


def _stem(place: str) -> str:
    stem = _SUFFIXES.sub("", place)
    return stem or place
