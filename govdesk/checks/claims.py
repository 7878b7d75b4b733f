"""What a text claims about the figures: “收到申请15件”, “不予公开3件”, “未收到申请”; each with where it stands.

Which words claim what is data of the form (rule T01); here stands how a sentence is read: parts that speak of another
year say nothing, a number belongs to the first claim that takes it, and what limits a claim to a part of the whole
(“新收的15件中”) is noted. Time grows with the length of the text; a text that did not change is not read again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, NamedTuple

from govdesk.checks.clauses import is_about_year, narrow_digits, split_clauses, split_parts
from govdesk.form.form import Check

# {n} in a pattern: a count with its unit; {yuan}: an amount of 万元; {percent}: a rate.
_DIGITS: Final = r"(?<![\d.,，])(?P<n>\d{1,12}(?:[,，]\d{3}(?!\d))*+)(?![\d.])"
PATTERN_PARTS: Final = {"n": _DIGITS + r"\s*+[件起宗条]", "gap": r"[^。；，,、：:（）()\d\n]",
                        "yuan": r"(?<![\d.,，])(?P<n>\d{1,12}(?:[,，]\d{3}(?!\d))*+(?:\.\d++)?+)\s*+万元",
                        "percent": r"(?<![\d.])(?P<n>\d{1,6}(?:\.\d{1,4})?+)\s*+[%％]"}
_NUMBER = re.compile(r"\d")
_NEAR: Final = 80                    # characters around a number that belong to what it says
_COUNTED, _THAN = re.compile(r"\d\s*[件起宗条]"), re.compile("[比较]|同期")
_PIECE, _LONG = re.compile("[，,、；;：:。（(]"), 400        # characters after which nothing is a part any more
_GOES_ON = re.compile(r"\s*(?:其中|按申请人|从申请人|申请人)")
_DENIAL = re.compile(r"[未没无零不]")
_RISE, _FALL = re.compile("增|升|提高|多"), re.compile("减|降|少|落")


class Claim(NamedTuple):
    """`start` to `end` is the number, or the words where there is none (a denial claims 0); `said` the words with it,
    `sentence` what the clerk will be shown. `fraction` decimals were written. `part_of`: of a part only; `whole`: it
    says that it is of all. `share_of`: an applicant's part of that claim's row (“” of what was received)."""

    id: str
    start: int
    end: int
    number: Decimal
    said: str
    sentence: str
    part: str
    part_of: bool = False
    whole: bool = False
    rate_of: str = ""                # for a rate: the claim whose change it is, −1 and 1 in `number`'s sign
    fraction: int = 0
    share_of: str = ""


class ClaimPattern(NamedTuple):
    """Words of a claim; before the number nothing of `unless`; `texts`: where alone it is looked for; `after`: the
    claims of whose number it names a part."""

    id: str
    search: re.Pattern[str]
    unless: re.Pattern[str] | None
    texts: tuple[str, ...]
    after: tuple[str, ...]


class ClaimReader:
    """Reads texts by the words of one rule."""

    def __init__(self, check: Check) -> None:
        self.home = frozenset(check.words("home"))
        self._elsewhere, self._unless = re.compile(check.word("elsewhere")), re.compile(check.word("unless"))
        self._part_of, self._whole = re.compile(check.word("part_of")), re.compile(check.word("whole"))
        self._rate = _compiled(check.word("rate"))
        self._channel = _compiled(check.word("channel"))
        self._rest = re.compile(check.word("rest"))
        self._divided = frozenset(check.words("divided"))
        self.by_id: Mapping[str, Mapping[str, Any]] = {claim["id"]: claim for claim in check.tables("claims")}
        patterns = [pattern for claim in self.by_id.values() for pattern in _patterns(claim)]
        self._patterns = [pattern for pattern in patterns if not pattern.after]
        self._shared = [pattern for pattern in patterns if pattern.after]
        self.read = lru_cache(maxsize=64)(self._read)

    def _read(self, text: str, year: int | None, text_id: str) -> tuple[Claim, ...]:
        text = narrow_digits(text)
        found: list[Claim] = []
        for line in re.finditer(r"[^\n]+", text):
            if text_id in self.home or self._elsewhere.search(line[0]):
                owners: list[Claim] = []
                for clause in split_clauses(text, line.start(), line.end()):
                    said = self._of_clause(text, clause, year, text_id)
                    if said or not self._goes_on(text, clause):
                        owners = [claim for claim in said if claim.id not in ("rate", "channels")]
                    found += [*said, *self._shares(text, clause, owners)]
        return tuple(sorted(found, key=lambda c: c.start))

    def _of_clause(self, text: str, clause: re.Match[str], year: int | None, text_id: str) -> list[Claim]:
        found: list[Claim] = []
        this_year = True
        limit = self._part_of.search(text, clause.start(), clause.end())
        limited = limit.end() if limit else clause.end()
        for part in split_parts(text, clause):
            this_year = is_about_year(year, part[0], this_year)
            if this_year and (_NUMBER.search(part[0]) or _DENIAL.search(part[0])):
                found += self._of_part(text, clause, part, text_id, limited)
        found.sort(key=lambda claim: claim.start)
        return [*found, *self._rates(text, clause, found), *self._channels(text, clause, found)]

    def _of_part(self, text: str, clause: re.Match[str], part: re.Match[str], text_id: str,
                 limited: int) -> Iterator[Claim]:
        taken: list[int] = []
        whole = bool(self._whole.search(part[0]))
        for pattern in self._patterns:
            if pattern.texts and text_id not in pattern.texts:
                continue
            for match in pattern.search.finditer(text, part.start(), part.end()):
                start, end = _place(match)
                at = bisect_left(taken, start)
                if at < len(taken) and taken[at] == start:
                    continue
                before = text[max(part.start(), start - _NEAR, taken[at - 1] if at else 0):start]
                if self._unless.search(before) or (pattern.unless and pattern.unless.search(before)):
                    continue
                taken.insert(at, start)
                number = Decimal(_digits(match)) if "n" in match.re.groupindex else Decimal(0)
                yield Claim(pattern.id, start, end, number, match[0].strip(), _around(text, clause, start, end),
                            _around(text, part, start, end), limited <= start, whole)

    def _rates(self, text: str, clause: re.Match[str], before: list[Claim]) -> Iterator[Claim]:
        """“同比上升16.13%” speaks of the claim before it."""
        for match in self._rate.finditer(text, clause.start(), clause.end()):
            at = bisect_right(before, match.start(), key=lambda claim: claim.end)
            owner = before[at - 1] if at else None
            if owner is None or match.start() - owner.end > 12 or owner.part_of:
                continue
            written = _digits(match)
            sign = -1 if _FALL.search(match[0]) and not _RISE.search(match[0]) else 1
            yield Claim("rate", match.start("n"), match.end("n"), sign * Decimal(written), match[0],
                        _around(text, clause, *match.span("n")), match[0], rate_of=owner.id,
                        fraction=len(written.partition(".")[2]))

    def _goes_on(self, text: str, clause: re.Match[str]) -> bool:
        """Whether a clause tells parts of the number in the one before: “其中自然人9件；企业6件”."""
        return bool(_GOES_ON.match(clause[0])) or any(p.search.match(text, *clause.span()) for p in self._shared)

    def _shares(self, text: str, clause: re.Match[str], owners: list[Claim]) -> Iterator[Claim]:
        """“收到15件，其中自然人申请9件”: parts of the number before them, which may end the clause before."""
        taken = {claim.start for claim in owners}
        for pattern in self._shared if owners else ():
            for match in pattern.search.finditer(text, *clause.span()):
                start, end = _place(match)
                at = bisect_right(owners, start, key=lambda claim: claim.end)
                owner = owners[at - 1] if at else None
                if owner is None or start in taken or not self._may_be_shared(text, pattern, owners[:at]):
                    continue
                if self._unless.search(text, match.start(), start) or not self._only_shares(text[owner.end:start]):
                    continue
                taken.add(start)
                yield Claim(pattern.id, start, end, Decimal(_digits(match)), match[0].strip(),
                            _around(text, clause, start, end), match[0], owner.part_of, owner.whole,
                            share_of="" if owner.id in pattern.after else owner.id)

    def _may_be_shared(self, text: str, pattern: ClaimPattern, before: list[Claim]) -> bool:
        """Whether the last claim is one that applicants share: of several results in a row
        (“予以公开1件，部分公开5件，其中自然人6件”) the part may be of them all."""
        owner = before[-1]
        if owner.id in pattern.after:
            return True
        row = len(before) > 1 and before[-2].id in self._divided
        return owner.id in self._divided and not (row and not self._has_shares(text, before[-2].end, owner.start))

    def _has_shares(self, text: str, start: int, end: int) -> bool:
        return any(shared.search.search(text, start, end) for shared in self._shared)

    def _only_shares(self, between: str) -> bool:
        """Whether every count between a number and a part of it is such a part, too, or only compares years."""
        counted = [part for part in _PIECE.split(between[-_LONG:]) if _COUNTED.search(part) and not _THAN.search(part)]
        return len(between) < _LONG and all(any(p.search.search(part) for p in self._shared) for part in counted)

    def _channels(self, text: str, clause: re.Match[str], before: list[Claim]) -> Iterator[Claim]:
        """“其中网络10件、信函4件、当面1件”: all ways in which requests came add up to what was received."""
        owner = next((c for c in before if c.id.startswith("received")), None)
        ways = list(self._channel.finditer(text, clause.start(), clause.end())) if owner else []
        if owner is None or len(ways) < 2 or self._rest.search(text, ways[0].start(), clause.end()):
            return
        total = sum(Decimal(_digits(way)) for way in ways)
        if total != owner.number:
            first, last = ways[0].start(), ways[-1].end()
            yield Claim("channels", ways[-1].start("n"), ways[-1].end("n"), Decimal(total), text[first:last],
                        _around(text, clause, *ways[-1].span("n")), text[first:last])


def _patterns(claim: Mapping[str, Any]) -> Iterator[ClaimPattern]:
    unless = re.compile(claim["unless"]) if claim.get("unless") else None
    for words in claim["words"]:
        yield ClaimPattern(claim["id"], _compiled(words), unless, tuple(claim.get("texts", ())),
                           tuple(claim.get("after", ())))


def _around(text: str, piece: re.Match[str], start: int, end: int) -> str:
    """What stands around a number within a sentence or a part of one; of a very long one only what is near."""
    return text[max(piece.start(), start - _NEAR):min(piece.end(), end + _NEAR)].strip()


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.span("n") if "n" in match.re.groupindex else match.span()


def _digits(match: re.Match[str]) -> str:
    return match["n"].replace(",", "").replace("，", "")


def _compiled(words: str) -> re.Pattern[str]:
    """A pattern of the form file with its {places} filled in."""
    return re.compile(fill_pattern(words))


def fill_pattern(words: str) -> str:
    for name, place in PATTERN_PARTS.items():
        words = words.replace(f"{{{name}}}", place)
    return words


_readers: dict[int, tuple[Check, ClaimReader]] = {}


def claim_reader_for(check: Check) -> ClaimReader:
    """The reader of a rule, made once."""
    held = _readers.get(id(check))
    if held is None or held[0] is not check:
        held = _readers[id(check)] = check, ClaimReader(check)
    return held[1]
