"""What a text says about reconsideration and litigation: that there were some, or that there were none.

A number or a denial counts only where it belongs to the subject: “行政复议2件，行政诉讼0件” denies one of the two,
“无败诉” and “纠正0件” deny neither, “较上年减少2件” and another year's figures say nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from govdesk.base.numerals import shorten, show
from govdesk.base.plain_text import plain
from govdesk.checks.clauses import of_the_year
from govdesk.checks.findings import Facts, Finding, State, finding, passed
from govdesk.form.form import Address, Check

_GROUP = "subject"
_COUNT = re.compile(r"(?<![\d.,第每同这那某])(?<!没有)(?<!无)(?!一起)"
                    r"(\d[\d,]*+|(?<![零一二两三四五六七八九十百])[零一二两三四五六七八九十百]++)"
                    r"\s*+(?:[多余]\s*+)?[件起宗例]")
_BARE_NONE = re.compile(r"[^\d]{0,8}?(?<![有并])(?:0|零|无|没有|未发生|没有发生|未出现|零发生)\s*+(?:[）)]\s*+)?")
_DENIAL = re.compile(
    r"(?<!申请人)(?<!当事人)(?:"
    r"未(?:曾|再|有)?(?:发生|收到|接到|接收|出现|产生|被|因|有|涉|引发|引起|提起|存在|发现|受理|办理)"
    r"|没有(?!公开|答复|按|及时|提供|现成|相关信息|依法)|无(?![法关效理需须误论不偿]|正当|条件)|不存在|不曾|不涉及"
    r"|零(?=\s*(?:行政)?(?:复议|诉讼|起诉)))")
_HOPE = re.compile(r"力争|争取|努力|确保|避免|防止|减少|杜绝")
_JOIN = re.compile(r"(?:案件|申请|案|类|办件|方面)?\s*(?:、|和|及|与|以及|或者?|暨|/|（|\()\s*"
                   r"(?:被?提起|被?申请|引发|发生)?的?")
_LEAD = re.compile(r"(?:案件|申请|情况)?\s*[（(：:]?\s*")
_CUT = re.compile(r"[、（(和及与]")
_OUTCOME = re.compile(r"纠错|纠正|败诉|撤销|超期|逾期|尚未|审结|办结|未结|积压|结转|不服|不当|违法|责令|确认"
                      r"|胜诉|维持|其他结果|驳回|调解|撤回")
_COMPARED = re.compile(r"上年|去年|上一年|同期|同比|比|较|减少|下降|增加|增长|上升|由|降|分别")
_OTHERS = re.compile(r"其[他它]|另外|别的")
_NO_CASE = re.compile(r"制度|文件|文书|培训|会议|办法|规定|材料|建议|提案|答复书|意见书|案例")
_ANY_OUTCOME = re.compile(f"(?=({_OUTCOME.pattern}))")       # also those that begin within another
_FEWER = re.compile(r"(?:减少|下降|增加|增长|上升|多了|少了)(?!了?\s*+\d)")
_NOTHING = re.compile(r"(?:20\d\d年|本年|全年)?度?[，,]?(?:我局|我办|我单位|本机关|本单位)?(?:无|没有|暂无)"
                      r"(?:此类|相关|上述|该类|有关|以上|此)?(?:情况|案件|事项|情形|内容)?[。．.]?")


class Claim(NamedTuple):
    """What a text says of its subjects: none of each (`denied`), or some of them taken together."""

    subjects: tuple[str, ...]
    denied: bool
    quote: str


def disputes_text(check: Check, facts: Facts) -> Iterator[Finding]:
    """The text of section four and table 4 agree on whether there was any reconsideration or litigation."""
    text_id, subjects = check.word("text"), check.tables("subjects")
    said = _said(facts.texts.get(text_id, ""), tuple((s["id"], s["words"]) for s in subjects), facts.report.year)
    cells = {s["id"]: tuple(Address.parse(a) for a in s["cells"]) for s in subjects}
    totals = {subject: facts.total(addresses) for subject, addresses in cells.items()}
    for subject in subjects:
        places, total, name = cells[subject["id"]], totals[subject["id"]], subject["name"]
        if not any(subject["id"] in claim.subjects for claim in said):
            continue
        if total is None:
            message = f"{check.title}（{name}）：还有空白，填完后核对"
            yield finding(check, State.PENDING, message, places, line=subject["id"])
            continue
        wider = {s for s, others in cells.items() if set(places) < set(others)}
        wrong = next((claim for claim in said if _contradicts(claim, subject["id"], totals)
                      and wider.isdisjoint(claim.subjects)), None)
        if wrong is None:
            yield passed(check, (text_id, *places), subject["id"])
            continue
        message = check.word("message_denied" if wrong.denied else "message_named").format(
            quote=shorten(wrong.quote, 24), name=name, value=show(total))
        yield finding(check, State.FAILED, message, (text_id, *places), line=subject["id"])


@lru_cache(maxsize=8)
def _said(text: str, subjects: tuple[tuple[str, str], ...], year: int | None) -> tuple[Claim, ...]:
    return tuple(claims(text, dict(subjects), year))


def _contradicts(claim: Claim, subject: str, totals: Mapping[str, Decimal | None]) -> bool:
    if subject not in claim.subjects:
        return False
    if claim.denied:
        return bool(totals[subject])
    return all(totals[s] == 0 for s in claim.subjects)


def claims(text: str, subjects: Mapping[str, str], year: int | None) -> Iterator[Claim]:
    """Every claim in a text. `subjects` are patterns by id, the more special before the more general."""
    if _NOTHING.fullmatch(text.strip()):
        yield Claim(tuple(subjects), True, text.strip())
        return
    ids = tuple(subjects)
    mention = re.compile("|".join(f"(?P<{_GROUP}{i}>{pattern})" for i, pattern in enumerate(subjects.values())))
    half, named, excepted = plain(text), False, -2
    for found in of_the_year(half, year):
        runs = _runs(found.group(), mention, ids)
        for claim in _claims_of_part(_Part(found.group()), text[found.start():found.end()], runs) if runs else ():
            beyond = _OTHERS.search(claim.quote) or found.start() == excepted + 1
            if not claim.denied:
                named = True
            elif named and beyond:
                continue                     # “除1起行政复议外，没有其他行政复议、行政诉讼”: none but those
            yield claim
        if found.group().rstrip().endswith("外") and "除" in found.group():
            excepted = found.end()


class _Part:
    """A part of a sentence, searched once for what each of its subjects asks about all of it: a clerk may write one
    sentence of any length, and the rules run at every key."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.counts, self.denials = list(_COUNT.finditer(text)), list(_DENIAL.finditer(text))
        self._count_ends, self._denial_ends = [c.end() for c in self.counts], [d.end() for d in self.denials]
        self._fewer = [word.end() for word in _FEWER.finditer(text)]
        self._commas = [i for i, character in enumerate(text) if character in "，,"]
        outcomes = list(_ANY_OUTCOME.finditer(text))
        self._first_outcome = min((o.end(1) for o in outcomes), default=len(text) + 1)
        self._last_outcome = outcomes[-1].start() if outcomes else -1
        hope = _HOPE.search(text)
        self._first_hope = hope.end() if hope else len(text) + 1

    def count_before(self, position: int) -> re.Match[str] | None:
        at = bisect_right(self._count_ends, position)
        return self.counts[at - 1] if at else None

    def denial_before(self, position: int) -> re.Match[str] | None:
        at = bisect_right(self._denial_ends, position)
        return self.denials[at - 1] if at else None

    def hopes_before(self, position: int) -> bool:
        return self._first_hope <= position

    def outcome_before(self, position: int) -> bool:
        return self._first_outcome <= position

    def outcome_after(self, position: int) -> bool:
        return self._last_outcome >= position

    def compares_before(self, position: int) -> bool:
        """“较上年减少的行政复议”: a word of change stands before, and no comma between."""
        at = bisect_right(self._fewer, position)
        comma = bisect_left(self._commas, position)
        return at > 0 and (comma == 0 or self._commas[comma - 1] < self._fewer[at - 1])


class _Run(NamedTuple):
    """Subjects that share a number or a denial: “行政复议和行政诉讼”."""

    subjects: tuple[str, ...]
    start: int
    end: int


def _runs(part: str, mention: re.Pattern[str], ids: tuple[str, ...]) -> list[_Run]:
    runs: list[_Run] = []
    for match in mention.finditer(part):
        subject = next(s for i, s in enumerate(ids) if match[f"{_GROUP}{i}"] is not None)
        last = runs[-1] if runs else None
        if last and _JOIN.fullmatch(part, last.end, match.start()):
            others = tuple(s for s in last.subjects if s != subject)
            runs[-1] = _Run((*others, subject), last.start, match.end())
        else:
            runs.append(_Run((subject,), match.start(), match.end()))
    return runs


def _claims_of_part(part: _Part, original: str, runs: list[_Run]) -> Iterator[Claim]:
    owned = 0                                    # what stands before belongs to an earlier subject
    for run, following in zip(runs, [*(r.start for r in runs[1:]), len(part.text)], strict=False):
        denial = _denial(part, run)
        after = _after(part, run, following)
        count = after or _before(part, run, owned)
        if count:
            owned = max(run.end, count.end())
            number, positive = count, bool(count[1].strip("0,零"))
            quote = original[min(number.start(), run.start):max(number.end(), run.end)]
            if positive:
                named = run.subjects[-1:] if denial else run.subjects
                yield Claim(named, False, quote)
                if denial and run.subjects[:-1]:
                    yield Claim(run.subjects[:-1], True, original[denial.start():run.end])
            elif not part.outcome_before(run.start):
                yield Claim(run.subjects, True, quote)
        elif _none_after(part, run, following):
            yield Claim(run.subjects, True, original[run.start:following].strip())
        elif denial:
            yield Claim(run.subjects, True, original[denial.start():run.end])


def _after(part: _Part, run: _Run, following: int) -> re.Match[str] | None:
    """The number that follows: “行政复议案件共3件”."""
    if part.compares_before(run.start):
        return None
    count = _COUNT.search(part.text, run.end, _segment_end(part.text, run, following))
    if count and count.start() - run.end <= 16 and _binds(part.text[run.end:count.start()], count):
        return count
    return None


def _before(part: _Part, run: _Run, owned: int) -> re.Match[str] | None:
    """The number that leads: “2起行政复议”."""
    count = part.count_before(run.start)
    if count is None or count.start() < owned or run.start - count.end() > 12:
        return None
    between = part.text[count.end():run.start]
    apart = _CUT.search(between) or re.search(r"[未无]|没有", between)
    return count if not apart and _binds(between, count) else None


def _binds(between: str, count: re.Match[str]) -> bool:
    """Whether a number counts the cases: a comparison does not, and “纠正0件” only counts a kind of them."""
    if _COMPARED.search(between) or _NO_CASE.search(between):
        return False
    return bool(count[1].strip("0,零")) or not _OUTCOME.search(between)


def _segment_end(part: str, run: _Run, following: int) -> int:
    lead = _LEAD.match(part, run.end, following)
    cut = _CUT.search(part, lead.end() if lead else run.end, following)
    return cut.start() if cut else following


def _none_after(part: _Part, run: _Run, following: int) -> bool:
    """“行政复议案件：无”, “均为0”."""
    lead = _LEAD.match(part.text, run.end, following)
    tail = part.text[lead.end() if lead else run.end:_segment_end(part.text, run, following)]
    return bool(_BARE_NONE.fullmatch(tail)) and not _OUTCOME.search(tail) and not part.outcome_before(run.start)


def _denial(part: _Part, run: _Run) -> re.Match[str] | None:
    """The word that denies the subject: “未发生因…引起的行政复议”, but not “无行政复议被纠错的情况”."""
    denial = part.denial_before(run.start)
    if denial is None or run.start - denial.end() > 30 or part.hopes_before(denial.start()):
        return None
    between = part.text[denial.end():run.start]
    return None if _OUTCOME.search(between) or part.outcome_after(run.end) or "”" in between else denial
