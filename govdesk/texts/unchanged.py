"""Sentences of a text that are still as they were in last year's report, until they are edited or ticked off."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from govdesk.base.hashes import short_hash
from govdesk.report.report import Entry, Key, Layer, Report

_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
_SHORTEST = 6                        # a heading or “无。” is the same in any year


class UnchangedSentence(NamedTuple):
    """A sentence at `start` to `end` of the text; `years` are the places in it that name a year before the report's."""

    start: int
    end: int
    key: str
    years: tuple[tuple[int, int], ...]


def last_text(report: Report, text_id: str) -> str:
    """Last year's text; “” where it is not known."""
    entry = report.entry(Layer.PREVIOUS_TEXTS, text_id)
    return entry if isinstance(entry, str) else ""


def find_unchanged(report: Report, text_id: str) -> tuple[UnchangedSentence, ...]:
    """The sentences that last year's text has too and that nobody has ticked off."""
    last, text = last_text(report, text_id), report.text(text_id)
    if not last or not text:
        return ()
    held = {m[0].strip() for m in _SENTENCE.finditer(last)}
    ticked = _ticked(report, text_id)
    found = (_sentence(text, m, report.year) for m in _SENTENCE.finditer(text)
             if len(m[0].strip()) >= _SHORTEST and m[0].strip() in held)
    return tuple(s for s in found if s.key not in ticked)


def measure_unchanged(report: Report, text_id: str) -> int:
    """How much of a text is as it was last year, in per cent of its characters; other figures, years and marks do not
    make a sentence another. What was ticked off does not count, and 0 is said where last year's text is not known."""
    last, text = last_text(report, text_id), report.text(text_id)
    sentences = [m[0].strip() for m in _SENTENCE.finditer(text) if len(m[0].strip()) >= _SHORTEST]
    if not last or not sentences:
        return 0
    held = {_without_figures(m[0]) for m in _SENTENCE.finditer(last)}
    ticked = _ticked(report, text_id)
    same = [s for s in sentences if _without_figures(s) in held and short_hash(s, 10) not in ticked]
    return 100 * sum(map(len, same)) // sum(map(len, sentences))


def _without_figures(sentence: str) -> str:
    return re.sub(r"[\W\d_]", "", sentence)


def _sentence(text: str, match: re.Match[str], year: int | None) -> UnchangedSentence:
    years = tuple((m.start(), m.end()) for m in re.finditer(r"(?<!\d)20\d\d(?=年)", text[match.start():match.end()])
                  if year is not None and int(m[0]) < year)
    return UnchangedSentence(match.start(), match.end(), short_hash(match[0].strip(), 10),
                             tuple((match.start() + a, match.start() + b) for a, b in years))


def _key(text_id: str) -> str:
    return f"unchanged/{text_id}"


def _ticked(report: Report, text_id: str) -> frozenset[str]:
    entry = report.entry(Layer.ANSWERS, _key(text_id))
    try:
        held = json.loads(entry) if isinstance(entry, str) else {}
    except ValueError:
        return frozenset()
    operands = held.get("operands") if isinstance(held, dict) else None
    return frozenset(operands) if isinstance(operands, dict) else frozenset()


def tick_off_entry(report: Report, text_id: str, sentences: tuple[UnchangedSentence, ...]) -> tuple[Layer, Key, Entry]:
    """The entry that ticks sentences off: they were read and are still right."""
    keys = sorted(_ticked(report, text_id) | {s.key for s in sentences})
    held = {"reason": "与上年相同，已核对", "operands": dict.fromkeys(keys, "")}
    return Layer.ANSWERS, _key(text_id), json.dumps(held, ensure_ascii=False, sort_keys=True)
