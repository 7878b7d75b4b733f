"""Where a label of a table may be broken into lines, and at what cost: one judgement for the screen and for paper."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from govdesk.fonts.characters import trait_of

NUMBER = 3                           # characters of a number before a label, “二、”, “10.”
LONGEST = 400                        # characters: a longer text is no label, and is broken like any paragraph
MARK, WORD = 1.0, 3.0                # cost of a break after a mark, and between two words
# What is never parted where there is another way. The words of the statutory labels; the form's own breaks go before.
_WORDS = """
政府信息 其政府信息 信息公开 行政机关 本机关 其他组织 公益组织 自然人 申请人 第三方 法人 商业 企业 科研 机构
社会 公益 组织 法律 服务 国家秘密 行政法规 规范性 事业性 过程性 三安全 一稳定 合法权益 内部事务 行政执法
行政查询 行政许可 行政处罚 行政强制 行政复议 行政诉讼 公开 申请 数量 信息 内容 情形 情况 事项 案卷 文件 规章
结果 件数 金额 单位 万元 费用 关系 数据 勾稽 理由 正当理由 无正当理由 正当 本年 本年度 上年 下年度 年度 新收
结转 予以 部分 区分 处理 只计 不计 这一 其他 属于 禁止 危及 保护 三类 四类 掌握 不掌握 相关 没有 现成 需要 另行
制作 补正 补正后 不补正 仍不 明确 信访 举报 投诉 重复 要求 提供 出版物 大量 反复 确认 重新 出具 获取 已获取 逾期
不再 未按 收费 通知 收费通知 缴纳 总计 继续 办理 维持 纠正 尚未 审结 未经 复议 复议后 直接 起诉 制发 废止 现行
有效 决定 第一项 第二项 第三项 第四项 之和 等于 无法 不予 今年 同年 多于 少于 结束 之后 以内
文字 数字 年份 机关 空位 增减 异常 相比 说法 一致 写明 填写 空白 适用 相互 衔接 报告 成文 日期 程序 相加 录入 原件
"""
WORDS = frozenset(_WORDS.split())
LONGEST_WORD = max(map(len, WORDS))

Span = tuple[int, int]


class _Way(NamedTuple):
    """The best lines so far: words that they part, how many they are, their cost, where the last begins."""

    parted: int
    lines: int
    cost: float
    start: int


def break_label(text: str, breaks: Collection[int], room: float, width: Callable[[int, int], float]) -> list[Span]:
    """The lines of a label as (start, end). The fewest that part no word; of those the ones that break by sense, then
    those of like length. `width` is that of a stretch as it would be set; only a single character may exceed `room`."""
    costs = _costs(text, frozenset(breaks))
    places = [at for at, cost in enumerate(costs) if cost is not None]
    return _best(places, costs, room, width) or _best(range(len(text) + 1), costs, room, width)


def _best(places: Sequence[int], costs: Sequence[float | None], room: float,
          width: Callable[[int, int], float]) -> list[Span]:
    """The best lines that begin and end at such places; none where one of them would be too wide."""
    found: list[_Way | None] = [_Way(0, 0, 0.0, 0)]
    for i in range(1, len(places)):
        best, cost = None, costs[places[i]]
        for k in range(i - 1, -1, -1):
            wide = width(places[k], places[i])
            if wide > room and places[i] - places[k] > 1:
                break
            before = found[k]
            if before is None:
                continue
            spent = before.cost + (cost or 0.0) + (1 - wide / room) ** 2
            way = _Way(before.parted + (cost is None), before.lines + 1, spent, k)
            if best is None or way[:3] < best[:3]:
                best = way
        found.append(best)
    spans: list[Span] = []
    end = len(places) - 1
    while end:
        chosen = found[end]
        if chosen is None:
            return []
        spans.append((places[chosen.start], places[end]))
        end = chosen.start
    return spans[::-1]


@lru_cache(maxsize=1024)
def _costs(text: str, breaks: frozenset[int]) -> tuple[float | None, ...]:
    """The cost of a line end before each character, and of those at its beginning and end; None where it would part a
    word or a number, or leave a mark at the wrong end of a line."""
    words = _inside_words(text)
    return tuple([0.0 if at in (0, len(text)) or at in breaks else None if at in words else _cost(text, at)
                  for at in range(len(text) + 1)])


def _inside_words(text: str) -> set[int]:
    """The places within words, the longest word that begins at a character taken before a shorter one."""
    found: set[int] = set()
    at = 0
    while at < len(text):
        length = next((n for n in range(LONGEST_WORD, 1, -1) if text[at:at + n] in WORDS), 1)
        found.update(range(at + 1, at + length))
        at += length
    return found


def _cost(text: str, at: int) -> float | None:
    before, after = trait_of(text[at - 1]), trait_of(text[at])
    if after.no_start or before.no_end or (before.word and after.word) or after.attached:
        return None
    if at <= NUMBER and text[at - 1] in ".、":
        return None                                           # “2.” alone on a line
    return MARK if before.no_start else WORD
