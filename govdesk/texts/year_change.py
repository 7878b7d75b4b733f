"""Finds the years of a text that ought to be another when last year's words are used for this year's report, and
changes those that are chosen. Which are meant is data: `resources/words/year-change.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Final, NamedTuple

from govdesk.base.paths import resources_folder
from govdesk.base.plain_text import plain
from govdesk.form.form import Form
from govdesk.report.report import Report
from govdesk.texts import tokens
from govdesk.texts.unchanged import last_text

_LAST, _BEFORE_LAST, _THIS = 1, 2, 0     # years before the report's
_AROUND: Final = 300                 # characters on either side of a year that are looked at
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_HAN_DIGITS: Final = "〇一二三四五六七八九"
_HAN_ZERO: Final = "[〇○零０0]"


class YearPlace(NamedTuple):
    """A year at `start` to `end` of a text, in the sentence at `sentence`. `instead` is what would stand there, as wide
    as it was. `reason`: why it may be right as it is, in a sentence for the clerk; “” where it ought to be changed."""

    text: str
    start: int
    end: int
    sentence: tuple[int, int]
    instead: str
    reason: str

    @property
    def is_ticked(self) -> bool:
        """Whether it ought to be changed."""
        return not self.reason


class YearRule(NamedTuple):
    """A rule of the file, its patterns with the report's year in them."""

    of: tuple[int, ...]
    inside: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    sentence: re.Pattern[str] | None
    unchanged: bool
    reason: str


class _Found(NamedTuple):
    """A year with what stands round it, without blanks."""

    back: int                        # years before the report's
    head: str
    tail: str
    sentence: str
    unchanged: bool
    brackets: frozenset[str]         # the pairs that it stands in


def find_year_places(form: Form, report: Report, texts: Mapping[str, str]) -> list[YearPlace]:
    """The years of texts, by id, that may have to be changed, in the order of the form; none where the report has no
    year. A live figure is no year."""
    year = report.year
    if year is None:
        return []
    return [place for text_id in form.texts if texts.get(text_id)
            for place in sorted(_in_text(form, text_id, texts[text_id], last_text(report, text_id), year))]


def change_years(text: str, chosen: Iterable[YearPlace]) -> str:
    """A text with the years changed that were chosen in it."""
    pieces, at = [], 0
    for place in sorted(chosen, key=lambda place: place.start):
        pieces += [text[at:place.start], place.instead]
        at = place.end
    return "".join([*pieces, text[at:]])


def list_texts_to_take(form: Form, report: Report) -> dict[str, str]:
    """Last year's texts, by id, of those that are still empty and may begin with it."""
    return {text_id: last for text_id, text in form.texts.items()
            if not text.fresh and not report.text(text_id).strip() and (last := last_text(report, text_id)).strip()}


def _in_text(form: Form, text_id: str, text: str, last: str, year: int) -> Iterator[YearPlace]:
    read, rules = plain(text), _rules(year)
    held = {_without_blanks(m[0]) for m in _SENTENCE.finditer(plain(last))}
    live = [(token.start, token.end) for token in tokens.find_tokens(form, text)]
    for sentence in _SENTENCE.finditer(read):
        unchanged = _without_blanks(sentence[0]) in held
        for back in (_BEFORE_LAST, _LAST, _THIS):
            for match in _year_pattern(year - back).finditer(read, *sentence.span()):
                if any(a <= match.start() < z for a, z in live):
                    continue
                found = _look_round(read, sentence.span(), match.span(), back=back, unchanged=unchanged)
                rule = next((rule for rule in rules if _fits(rule, found)), None)
                if rule:
                    reason = rule.reason.format(year=year - back, last=year - 1, this=year)
                    yield YearPlace(text_id, *match.span(), _trimmed(read, sentence),
                                    _one_year_on(text[slice(*match.span())], year - back + 1), reason)


def _look_round(text: str, sentence: tuple[int, int], place: tuple[int, int], *, back: int, unchanged: bool) -> _Found:
    start, end = max(sentence[0], place[0] - _AROUND), min(sentence[1], place[1] + _AROUND)
    return _Found(back, _without_blanks(text[start:place[0]]), _without_blanks(text[place[1]:end]),
                  _without_blanks(text[start:end]), unchanged, _brackets(text, place[0]))


def _trimmed(text: str, sentence: re.Match[str]) -> tuple[int, int]:
    start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
    return start, start + len(sentence[0].strip())


def _fits(rule: YearRule, found: _Found) -> bool:
    return (found.back in rule.of
            and (not rule.inside or rule.inside in found.brackets)
            and (found.unchanged or not rule.unchanged)
            and (rule.before is None or rule.before.search(found.head) is not None)
            and (rule.after is None or rule.after.match(found.tail) is not None)
            and (rule.sentence is None or rule.sentence.search(found.sentence) is not None))


def _brackets(text: str, at: int) -> frozenset[str]:
    """The pairs of 《》 and “” that open before a place of its paragraph and close behind it."""
    before = text[max(0, at - _AROUND):at].rpartition("\n")[2]
    after = text[at:at + _AROUND].partition("\n")[0]
    return frozenset(pair for pair in ("《》", "“”")
                     if before.rfind(pair[0]) > before.rfind(pair[1]) and pair[1] in after)


def _without_blanks(text: str) -> str:
    return "".join(text.split())


@lru_cache(maxsize=16)
def _year_pattern(year: int) -> re.Pattern[str]:
    """A year in digits that are no part of a longer number, or in Chinese before 年."""
    chinese = "".join(_HAN_ZERO if digit == "0" else _HAN_DIGITS[int(digit)] for digit in str(year))
    return re.compile(rf"(?<!\d)(?<!\d[.．]){year}(?!\d|[,，]\d{{3}}(?!\d))|(?<![{_HAN_DIGITS}]){chinese}(?=\s*年)")


def _one_year_on(written: str, year: int) -> str:
    """A year as the one in its place was written: half width, full width or Chinese."""
    if written[0] == "二":
        zero = next((c for c in written if c in "〇○零０0"), _HAN_DIGITS[0])
        return "".join(zero if digit == "0" else _HAN_DIGITS[int(digit)] for digit in str(year))
    return "".join(chr(ord(digit) + 0xFEE0) if old > "\uff00" else digit
                   for digit, old in zip(str(year), written, strict=True))


@lru_cache(maxsize=4)
def _rules(year: int) -> tuple[YearRule, ...]:
    """The rules of the file for a report of this year."""
    return tuple(_build_rule(entry, str(year)) for entry in _read_entries())


@cache
def _read_entries() -> list[dict[str, object]]:
    file = resources_folder() / "words" / "year-change.toml"
    entries: list[dict[str, object]] = tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
    return entries


def _build_rule(entry: Mapping[str, object], year: str) -> YearRule:
    def pattern(key: str, form: str) -> re.Pattern[str] | None:
        words = str(entry.get(key, ""))
        return re.compile(form.format(words.replace("{this}", year))) if words else None

    of = entry.get("of", [_LAST])
    assert isinstance(of, list)
    return YearRule(tuple(of), str(entry.get("inside", "")), pattern("before", "(?:{})$"), pattern("after", "{}"),
                    pattern("sentence", "{}"), bool(entry.get("unchanged", False)), str(entry.get("reason", "")))
