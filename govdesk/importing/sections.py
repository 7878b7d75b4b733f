"""Shares the prose of a source out over the six parts of a report and the five below the first, without heads, tables,
page numbers and signature."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final, NamedTuple

from govdesk.importing import cover
from govdesk.importing.files.source import Mark, Source, Table
from govdesk.importing.headings import BELOW, ORDER, Head, below_head, part_head
from govdesk.paste.name_book import narrow_radicals

_TEXT_OF: Final = {"proactive": "proactive.text", "requests": "requests.text", "disputes": "disputes.text",
                   "problems": "problems", "other_matters": "other_matters"}
_PAGE_NUMBER = re.compile(r"[-—－–·\s]*(?:第\s*)?\d{1,3}(?:\s*页)?"
                          r"(?:\s*[/,，共]\s*(?:共\s*)?\d{1,3}(?:\s*页)?)?[-—－–·\s]*")
_CAPTION = re.compile(r"[（(【]?\s*(?:单位[:：]?\s*(?:件|宗|万元|元|件、万元).{0,8}|表\s*[一二三四1-4]|附[件表]\s*\d?)"
                      r"\s*[）)】]?")
_ABOUT_PAGE = re.compile(
    r"(?:发布|更新|生成|成文|公开)?(?:时间|日期)[:：]|浏览(?:次数|量)|点击(?:数|量|次数)|字[体号][:：]|来源[:：]|索引号|信息来源|发布机构|"
    r"访问量|阅读(?:量|次数)|文号[:：]|【?打印|分享到?|作者[:：]|主题分类|当前位置|您?现?在?的?位置[:：]|^首页|[>＞]\s*政[府务]")
_FOOT = re.compile(
    r"版权所有|ICP备|公网安备|网站地图|联系我们|[上下]一[篇条][:：]?|扫一扫|关闭(?:窗口|本页)|打印(?:本页|文章)|分享到|"
    r"政府网站找错|网站标识码|责任编辑|相关(?:链接|阅读|文档|稿件|附件|信息)|^附件[:：]|主办(?:单位)?[:：]|承办(?:单位)?[:：]|"
    r"技术支持|网站声明|返回顶部|友情链接")
_WITH_TABLES: Final = ("proactive", "requests", "disputes")
_LONG: Final = 40                    # characters of a cell from which on it is prose


class Prose(NamedTuple):
    """The texts by id, the facts of the cover, and sentences on what could not be shared out."""

    texts: dict[str, str]
    cover: cover.Cover
    parts: tuple[str, ...]
    said: tuple[str, ...] = ()


class _Line(NamedTuple):
    text: str
    level: int = 0
    revised: bool = False


class _Part(NamedTuple):
    """A part below the first: its head, and its lines."""

    head: Head | None
    lines: list[str]


def share_out(source: Source, of_tables: set[tuple[int, int]], is_label: Callable[[str], bool],
              unread: Collection[str] = ()) -> Prose:
    """`of_tables`: the rows that belong to tables of the form, as `Located.rows` tells them; `is_label`: whether a
    short text is a label of one, as a page end may tear it off; `unread`: the parts whose table stands on a page and
    could not be read, so that its cells lie about as lines."""
    lines = [line for line in _lines(source, of_tables, is_label) if not _is_noise(line.text)]
    start = next((i for i, line in enumerate(lines) if (head := part_head(line.text, line.level, ""))
                  and head.part == "overview"), None)
    start = start if start is not None else next(
        (i for i, line in enumerate(lines) if part_head(line.text, line.level, "")), len(lines))
    parts, start = _parts(lines, start)
    title = cover.find_title([line.text for line in lines[:start]])
    begun = set(parts)
    for part in _WITH_TABLES:
        parts[part] = [text for text in parts.get(part, []) if len(text) > _LONG or not is_label(text)]
        if part in unread:
            parts[part] = [text for text in parts[part] if re.search(r"[。；]", text)]
    parts = {part: found for part, found in parts.items() if found or part not in _WITH_TABLES or part in begun}
    signed = _cut_signature(parts, title.organ if title else "", is_page=source.kind == "网页")
    preamble = _preamble(lines[:start], title)
    texts = {"preamble": "\n".join(preamble)}
    said: list[str] = []
    below, told = _below(parts.get("overview", []))
    texts |= below
    said += told
    texts |= {_TEXT_OF[part]: "\n".join(found) for part, found in parts.items() if part in _TEXT_OF}
    if not signed.issued:
        signed = signed._replace(issued=next((day for line in lines[:start] if (day := cover.date_in(line.text))), ""))
    read = cover.read_cover(title, source.title, texts.values(), texts["preamble"], signed)
    if any(line.revised for line in lines):
        said.append("正文里有修订痕迹或隐藏的文字，请对照原件核对。")
    return Prose({key: text for key, text in texts.items() if text.strip()}, read,
                 tuple(part for part in ORDER if part in parts), tuple(said))


def _lines(source: Source, of_tables: set[tuple[int, int]], is_label: Callable[[str], bool]) -> Iterator[_Line]:
    """Paragraphs, and prose that stands in tables which are none of the form's."""
    for item in source.items:
        if isinstance(item, Table):
            yield from _lines_of(item, of_tables, is_label)
            continue
        marked = bool(item.marks & {Mark.REVISED, Mark.HIDDEN, Mark.STRUCK})
        for line in item.text.split("\n"):
            if text := clean(line):
                yield _Line(text, item.level, marked)


def _lines_of(table: Table, of_tables: set[tuple[int, int]], is_label: Callable[[str], bool]) -> Iterator[_Line]:
    of_form = any((id(table), row) in of_tables for row in range(table.height))
    for cell in sorted(table.cells):
        if not cell.text or (id(table), cell.row) in of_tables:
            continue
        is_head = part_head(clean(cell.text), 0, "") is not None
        if of_form and not is_head and is_label(cell.text):
            continue
        if of_form or is_head or len(cell.text) > _LONG or cover.find_title([cell.text]):
            yield from (_Line(text) for line in cell.text.split("\n") if (text := clean(line)))


def clean(text: str) -> str:
    """A line without the blanks that indent it, radicals narrowed to the characters that they stand for."""
    return narrow_radicals(text).strip(" \t\u3000\u00a0\u2002\u2003\u2028\ufeff")


def _is_noise(text: str) -> bool:
    if _PAGE_NUMBER.fullmatch(text) or _CAPTION.fullmatch(text):
        return True
    return len(text) < 120 and bool(_ABOUT_PAGE.search(text)) and "。" not in text


def _parts(lines: Sequence[_Line], start: int) -> tuple[dict[str, list[str]], int]:
    """The lines of each of the six parts. Where the heads come again after nothing but themselves, the first were a
    table of contents."""
    parts: dict[str, list[str]] = {}
    now, begun = "", start
    for i, line in enumerate(lines[start:], start):
        head = part_head(line.text, line.level, now)
        if head and head.part == "overview" and now and sum(map(len, (t for p in parts.values() for t in p))) < 200:
            parts, now, begun = {}, "", i
        if head and head.part == now and not head.rest:
            continue                                 # the same head again: at the top of a page, over a table
        if head and (not now or ORDER.index(head.part) > ORDER.index(now)):
            now = head.part
            parts.setdefault(now, [])
            if head.rest:
                parts[now].append(head.rest)
        elif now:
            parts[now].append(line.text)
    return parts, begun


def _preamble(lines: Sequence[_Line], title: cover.TitleLine | None) -> list[str]:
    """What stands between the title and the first part; where there is no title, only sentences."""
    after = [line.text for line in lines[title.end if title else 0:]]
    kept = [text for text in after if not cover.date_in(text) and not _FOOT.search(text)]
    if title is None:
        return [text for text in kept if len(text) >= 30 and re.search("条例|报告|公开", text)]
    while kept and len(kept[0]) < 30 and "。" not in kept[0] and "：" not in kept[0]:
        kept.pop(0)                                  # the organ below the title, a number, a date
    return [text for text in kept if not re.fullmatch(r"目\s*录", text)]


def _cut_signature(parts: dict[str, list[str]], organ: str, *, is_page: bool) -> cover.Signature:
    """Takes the signature, and what a web page has below it, out of the last part; organ and date. `organ`: of the
    title, “” where it names none."""
    if not parts:
        return cover.Signature()

    def signs(line: str) -> bool:
        return cover.is_organ(line) or (bool(organ) and re.sub(r"\s", "", line) == organ)

    last = parts[next(part for part in reversed(ORDER) if part in parts)]
    signed = issued = ""
    foot = next((i for i, line in enumerate(last) if len(line) < 120 and _FOOT.search(line)), None)
    if foot is not None and (is_page or foot >= len(last) - 3):
        del last[foot:]
    dated = next((i for i, line in enumerate(last) if cover.date_in(line)), None)
    if dated is not None and (is_page or dated >= len(last) - 4):
        issued = cover.date_in(last[dated])
        around = [dated - 1] if dated and signs(last[dated - 1]) else []
        if around:
            signed = last[around[0]]
        elif dated + 1 < len(last) and signs(last[dated + 1]):
            signed = last[dated + 1]
        del last[min([dated, *around]):]
    elif last and signs(last[-1]):
        signed = last.pop()
    return cover.Signature(signed, issued)


def _below(lines: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The five parts of 总体情况; what stands before the first goes with it."""
    found = [_Part(None, [])]
    for line in lines:
        head = below_head(line)
        if head is None:
            found[-1].lines.append(line)
        else:
            found.append(_Part(head, [head.rest] if head.part and head.rest.strip() else []))
            if not head.part:
                found[-1].lines.append(line)
    named = {part.head.part for part in found if part.head and part.head.part}
    by_number = all(BELOW[part.head.number - 1] == part.head.part for part in found
                    if part.head and part.head.part and 0 < part.head.number <= len(BELOW))
    texts: dict[str, list[str]] = {}
    unnamed, now = [], BELOW[0]
    for part in found:
        if part.head and part.head.part:
            now = part.head.part
        elif part.head:
            own = BELOW[part.head.number - 1] if 0 < part.head.number <= len(BELOW) else ""
            if own and own not in named and by_number and named:
                now = own
            unnamed.append(part.lines[0][:16])
        texts.setdefault(now, []).extend(part.lines)
    said = []
    if unnamed and named:
        said.append(f"总体情况里有 {len(unnamed)} 个小标题认不出来（“{unnamed[0]}…”），请核对它们放在哪一部分。")
    if lines and not named:
        said.append("总体情况没有按五个部分分开写，全部放在“（一）主动公开”里，请核对。")
    return {key: "\n".join(text) for key, text in texts.items()}, said
