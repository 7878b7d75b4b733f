"""Organ, year, date of issue and contact of a report, as its title, signature and first lines state them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from govdesk.base.bounds import MAX_ORGAN_NAME, YEARS
from govdesk.base.dates import to_date

_CHINESE_YEAR = re.compile(r"(?<![〇○零一二三四五六七八九])([二][〇○零一二三四五六七八九]{3})(?=年)")
_SPACES = re.compile(r"\s+")
_KIND = r"(?:政府信息公开|政务公开|信息公开|政府信息和政务公开|政务信息公开)(?:工作)?(?:情况)?(?:的)?"
_REPORT = rf"{_KIND}(?:年度(?:工作)?(?:情况)?报告|年度总结报告|年报|工作报告|报告)(?:[（(][^（()）]{{1,8}}[)）])?"
_ORGAN = r"[^\d\s。，,：:；;>＞|《》“”?？!！/]{2,60}?"
_TITLES = (
    re.compile(rf"(?:关于)?({_ORGAN})(?:关于)?(?:的)?((?:19|20)\d\d)年(?:度)?(?:本级)?(?:的)?{_REPORT}"),
    re.compile(rf"(?:关于)?()((?:19|20)\d\d)年(?:度)?(?:的)?{_REPORT}"),
    re.compile(rf"()((?:19|20)\d\d)年(?:度)?({_ORGAN}){_REPORT}"),
    re.compile(rf"(?:关于)?({_ORGAN})()(?:的)?{_REPORT}"),
)
_DATE = re.compile(r"[（(]?\s*((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?\s*[)）]?")
_CHINESE_DATE = re.compile(r"[（(]?\s*([二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月"
                           r"([一二三四五六七八九十]{1,3})日\s*[)）]?")
_PERIOD = re.compile(r"(?:自|为|期限|从|是)?((?:19|20)\d\d)年1月1日")
_ENDINGS: Final = (*"局委室厅院办处所队社馆站部镇乡会署园区组校行", "政府", "中心", "街道", "公司", "大学", "中学",
                    "小学", "海关", "集团")
_NOT_ORGAN = re.compile(r"当前位置|首页|来源|发布|索引|名称|标题|附件|目录")


class TitleLine(NamedTuple):
    """A report's title: organ and year (“” where it does not name them), and the paragraphs that it takes."""

    organ: str
    year: str
    begin: int
    end: int


class Cover(NamedTuple):
    """What the cover of the report takes from a file."""

    organ: str = ""
    year: str = ""
    issued_on: str = ""
    office: str = ""
    address: str = ""
    phone: str = ""
    said: tuple[str, ...] = ()


def arabic(text: str) -> str:
    """“二〇二三年” → “2023年”."""
    return _CHINESE_YEAR.sub(lambda found: found[1].translate(_YEAR_DIGITS), text)


_YEAR_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def find_title(lines: Sequence[str]) -> TitleLine | None:
    """The title among the first lines of a file, also where it is set over two or three of them."""
    best: TitleLine | None = None
    for count in (1, 2, 3):                      # a line that says it all needs none of those before it
        for i in range(min(len(lines), 400)):
            piece = [_SPACES.sub("", line) for line in lines[i:i + count]]
            if len(piece) < count or any(not line or len(line) > 60 for line in piece):
                continue
            if any(re.search(r"报告$|年报$", line) for line in piece[:-1]):
                continue
            if found := _title(arabic("".join(piece)), i, i + count):
                if found.organ and found.year:
                    return found
                best = best or found
    return best


def _title(text: str, begin: int, end: int) -> TitleLine | None:
    for pattern in _TITLES:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        groups = [group or "" for group in found.groups()]
        organ, year = (groups[2] if len(groups) > 2 else groups[0]), groups[1]
        if not _NOT_ORGAN.search(organ):
            return TitleLine(organ.removeprefix("关于").strip("-—·"), year, begin, end)
    return None


def date_in(line: str) -> str:
    """The day that a line states and nothing else, as YYYY-MM-DD; “” for any other line."""
    plain = line.strip()
    if found := _DATE.fullmatch(plain):
        return _day(*found.groups())
    if found := _CHINESE_DATE.fullmatch(plain):
        return _day(found[1].translate(_YEAR_DIGITS), str(_han(found[2])), str(_han(found[3])))
    return ""


def _day(year: str, month: str, date: str) -> str:
    text = f"{int(year):04}-{int(month):02}-{int(date):02}"
    return text if to_date(text) is not None else ""


def _han(text: str) -> int:
    tens, sign, ones = text.partition("十")
    digits = "零一二三四五六七八九"
    if not sign:
        return digits.find(tens)
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)


def is_organ(line: str) -> bool:
    """Whether a short line is the name of an organ, as it stands over the date."""
    plain = _SPACES.sub("", line)
    return 3 <= len(plain) <= 40 and plain.endswith(_ENDINGS) and not re.search(r"[。，：:；0-9]", plain) \
        and not _NOT_ORGAN.search(plain)


class Signature(NamedTuple):
    """Organ and day of issue at the end of a report, “” where they are not there."""

    organ: str = ""
    issued: str = ""


def read_cover(title: TitleLine | None, page_title: str, texts: Iterable[str], preamble: str,
               signed: Signature) -> Cover:
    """`page_title`: of a web page."""
    said: list[str] = []
    organ, year = (title.organ, title.year) if title else ("", "")
    other = next((found for part in re.split(r"[-_|—]", page_title)
                  if (found := _title(arabic(_SPACES.sub("", part)), 0, 0))), None)
    organ = organ or (other.organ if other else "") or _SPACES.sub("", signed.organ)
    year = year or (other.year if other else "")
    if not year:
        year = _year_of(preamble, list(texts))
        if year:
            said.append(f"标题里没有写明年度，按正文里写的 {year} 年读取，请核对。")
    if year and (not year.isdigit() or int(year) not in YEARS):
        year = ""
    if title and not title.organ and organ:
        said.append(f"标题里没有写明机关，按别处写的“{organ}”读取，请核对。")
    return Cover(organ[:MAX_ORGAN_NAME], year, signed.issued, *_contact(preamble), tuple(said))


def of_file_name(stem: str, cover: Cover) -> Cover:
    """The cover with what only the file's own name says: organ and year, told as such."""
    found = re.search(r"((?:19|20)\d\d)\s*年?(?:度)?", stem)
    year = found[1] if found and not cover.year and int(found[1]) in YEARS else ""
    before = _SPACES.sub("", stem[:found.start()]).strip("-—_·.（(") if found else ""
    organ = before if not cover.organ and is_organ(before) else ""
    if not (year or organ):
        return cover
    what = "、".join(word for word, value in (("机关", organ), ("年度", year)) if value)
    return cover._replace(organ=organ or cover.organ, year=year or cover.year,
                          said=(*cover.said, f"{what}是从文件名读出的，请核对。"))


def _year_of(preamble: str, texts: list[str]) -> str:
    if found := _PERIOD.search(preamble):
        return found[1]
    years = Counter(year for text in [preamble, *texts] for year in re.findall(r"((?:19|20)\d\d)年", text))
    return years.most_common(1)[0][0] if years else ""


def _contact(preamble: str) -> tuple[str, str, str]:
    def first(pattern: str) -> str:
        found = re.search(pattern, preamble)
        return found[1].strip() if found else ""

    return (first(r"(?:请与|请联系|联系)([^，。（(：:；]{3,40}?)(?:联系|[（(，。：:；])"),
            first(r"地址[:：]?\s*([^，。；;）)\n]{4,60})"),
            first(r"(?:电话|联系方式)(?:号码)?[:：]?\s*([\d（()）\-—－、/ ]{7,40}\d)"))
