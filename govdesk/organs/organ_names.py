"""The name of an organ in its parts: the chain of places, the kind of body, the trade, the place of a branch."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from govdesk.base.paths import resources_folder

_SUFFIX: Final = ("特别行政区|自治区|自治州|自治县|自治旗|地区|林区|特区|新区|开发区|试验区|实验区|示范区|高新区|经开区"
                  "|保税区|度假区|管理区|园区|省|市|州|盟|县|区|旗")
_ELEMENT = re.compile(rf"[一-鿿]{{2,14}}?(?:{_SUFFIX})|[一-鿿](?:县|区|市|旗)")
_TYPES: Final = ("自治县", "自治旗", "自治州", "开发区", "高新区", "经开区", "园区", "省", "市",
                 "州", "盟", "县", "区", "旗")
_TOWNSHIP = re.compile(r"(?P<stem>[一-鿿]{1,8}?)(?P<suffix>街道|民族乡|镇|乡|苏木)"
                       r"(?P<body>人民政府办公室|党政办公室|人民政府|政府|办事处|街办|办)?$")
_VERTICAL = re.compile(r"^(?:国家税务总局|国家统计局|国家金融监督管理总局|中国人民银行|中华人民共和国|国家邮政局)")
_OFFICE = re.compile(r"(?:人民政府|政府|府)(?:办公厅|办公室|办)$")
_BRANCH = re.compile(r"^(?P<of>.+?(?:局|委员会|委))(?P<place>[一-鿿]{2,8}?)(?P<kind>分局|监管局)$")
_TURNED = re.compile(r"^(?P<place>.*?)(?P<trade>[一-鿿]{2,10})分局$")
_HEADS: Final = {"bureau": ("委员会", "办公室", "办公厅", "联合社", "联合会", "局", "委", "厅", "办",
                            "署", "社", "处", "部门"),
                 "institution": ("中心", "站", "所", "台", "馆", "研究室"), "team": ("总队", "支队", "大队", "队")}
_ZONE = re.compile(r"(?:管理委员会|管委会)$")
_ETHNIC = re.compile(r"(?<=[一-鿿]{2})(?:[一-鿿]{1,4}?族)+(?=自治[县州旗]|[乡县])|各族(?=自治)")


class OrganName(NamedTuple):
    """`places` from the widest to its own; a type word (区) alone where no place is named. `kind`: government, office,
    township, zone, bureau, branch, institution, team, place (nothing but a place), or “” where it is not read.
    `branch`: the place of a branch."""

    name: str
    kind: str = ""
    places: tuple[str, ...] = ()
    trades: frozenset[str] = frozenset()
    words: str = ""                  # the trade as written
    branch: str = ""

    @property
    def place(self) -> str:
        return self.places[-1] if self.places else ""


@cache
def _words() -> tuple[Mapping[str, str], int, frozenset[frozenset[str]], frozenset[str]]:
    """Trades by their words, the longest word's length, pairs of related trades, and words that say nothing."""
    tables = tomllib.loads((resources_folder() / "words" / "organs.toml").read_text(encoding="utf-8"))
    by_word = {word: trade for trade, words in tables["trades"].items() for word in words}
    pairs = frozenset(frozenset((a, b)) for group in tables["related"]["groups"] for a in group for b in group)
    return by_word, max(map(len, by_word)), pairs, frozenset(tables["filler"])


def are_related(one: str, other: str) -> bool:
    return one == other or frozenset((one, other)) in _words()[2]


def trades_in(words: str) -> frozenset[str] | None:
    """The trades that words name, read to the end; None where a word is not known."""
    by_word, longest, _, filler = _words()
    found, at = set(), 0
    while at < len(words):
        for length in range(min(longest, len(words) - at), 0, -1):
            piece = words[at:at + length]
            if piece in by_word or piece in filler:
                if piece in by_word:
                    found.add(by_word[piece])
                at += length
                break
        else:
            return None
    return frozenset(found)


def plain_name(name: str) -> str:
    """Without blanks and quotation marks."""
    return re.sub(r"[\s“”\"《》]", "", name).replace("(", "（").replace(")", "）")


def names_of(text: str) -> tuple[list[str], list[str]]:
    """A name with those in its brackets and behind 、, and its former names: “数据局（政务服务局）”, “（原大数据局）”.
    """
    text = plain_name(text)
    now, former = [re.sub(r"（[^）]*）", "", text)], []
    for inner in re.findall(r"（([^）]*)）", text):
        if inner.startswith("原"):
            former.append(inner.removeprefix("原"))
        else:
            now.append(re.sub(r"^(?:加?挂|同时挂)|(?:的?牌子)$", "", inner))
    return [part for name in now for part in name.split("、") if part], former


@lru_cache(maxsize=256)
def parsed(name: str) -> OrganName:
    """A name in its parts, as far as it can be read."""
    rest = _VERTICAL.sub("", name.removesuffix("机关")) or name
    if re.search(r"(?:镇|乡|苏木)人民政府办公室$", rest):
        rest = rest.removesuffix("办公室")           # an inner office
    if office := _OFFICE.search(rest):
        return _with_places(name, "office", rest[:office.start()])
    if (town := _TOWNSHIP.search(rest)) and (town["body"] or town["suffix"] != "乡"):
        places = _chain(rest[:town.start()] + town["stem"], last=town["suffix"])
        if places:
            return OrganName(name, "township", places)
    for body in ("人民政府", "政府"):
        if rest.endswith(body):
            return _with_places(name, "government", rest.removesuffix(body))
    if branch := _BRANCH.match(rest):
        of = _department(name, branch["of"])
        if of.kind:
            return of._replace(kind="branch", branch=branch["place"])
    if rest.endswith("分局") and len(rest) > 2:
        return _turned(name, rest)
    department = _department(name, rest)             # before a zone: 城市管理委员会 is none
    if department.kind:
        return department
    if (zone := _ZONE.search(rest)) and (places := _chain(rest[:zone.start()])):
        return OrganName(name, "zone", places)
    places = _chain(rest)
    return OrganName(name, "place", places) if places and rest not in _TYPES else OrganName(name)


def _with_places(name: str, kind: str, rest: str) -> OrganName:
    if not rest:
        return OrganName(name, kind)
    places = (rest,) if rest in _TYPES else _chain(rest)
    return OrganName(name, kind, places) if places else OrganName(name)


def _department(name: str, rest: str) -> OrganName:
    """The earliest place to cut at that leaves a trade read to its end."""
    for kind, heads in _HEADS.items():
        head = next((head for head in heads if rest.endswith(head) and len(rest) > len(head)), "")
        if not head:
            continue
        body = rest.removesuffix(head)
        for cut in _cuts(body):
            words = re.sub(r"^人民政府", "", body[cut:])
            trades = trades_in(words)
            if trades and words:
                places = (body[:cut],) if body[:cut] in _TYPES else _chain(body[:cut]) if cut else ()
                if places or not cut:
                    return OrganName(name, kind, places, trades, words)
    return OrganName(name)


def _turned(name: str, rest: str) -> OrganName:
    """“望川公安分局”, “望川区公安分局”: place and trade turned round."""
    body = rest.removesuffix("分局")
    for cut in range(len(body)):
        trades = trades_in(body[cut:])
        if trades:
            return OrganName(name, "branch", (), trades, body[cut:], body[:cut])
    return OrganName(name)


def _cuts(body: str) -> list[int]:
    found = {0}
    for type_word in _TYPES:
        if body.startswith(type_word):
            found.add(len(type_word))
    at = 0
    while element := _ELEMENT.match(body, at):
        at = element.end()
        found.add(at)
    for i in range(2, min(len(body), 16)):
        if re.search(rf"(?:{_SUFFIX})$", body[:i]):
            found.add(i)
    return sorted(found)


def _chain(text: str, last: str = "") -> tuple[str, ...]:
    """The elements of a chain of places; nothing where it is none. `last`: the suffix of a township, behind its stem.
    """
    found, at = [], 0
    text = text.removesuffix("人民政府")
    while at < len(text):
        element = _ELEMENT.match(text, at)
        if element is None:
            break
        found.append(element[0])
        at = element.end()
    rest = text[at:].removeprefix("人民政府")
    if last:
        if not rest and found:
            rest = found.pop()
        return (*found, rest + last) if rest else ()
    return tuple(found) if not rest else ()


def without_ethnic_words(place: str) -> str:
    """“澜沙傣族自治县” as “澜沙县”."""
    cut = _ETHNIC.sub("", place, count=1)
    return cut if "自治区" in cut or len(cut) < 5 else cut.replace("自治", "")
