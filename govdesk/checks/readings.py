"""Claims of texts held against the tables: a number is right when one lawful reading gives it; else it is a doubt.

24 件 may be 新收＋结转, a row may be told in two sums, a part is no more than the whole. A reading over a blank is not
known, and then nothing is said.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from govdesk.base.hashes import short_hash
from govdesk.base.numerals import format_value, shorten_text
from govdesk.checks.claim_readings import Judge, JudgedClaim, told_of_the_same
from govdesk.checks.findings import Facts, Finding, Side, State, make_finding, make_passed
from govdesk.form.form import Address, Check, Form
from govdesk.prose import lexicon
from govdesk.prose.claims import Claim, Coverage
from govdesk.prose.reader import Reader, own_names
from govdesk.prose.reader import TextReading as Said
from govdesk.texts import tokens
from govdesk.texts.cell_sums import Reading
from govdesk.texts.tokens import ResolvedText

__all__ = [
    "Doubt",
    "JudgedClaim",
    "Reading",
    "check_claims",
    "claim_reader_for",
    "coverage",
    "describe_readings",
    "find_claimed_numbers",
    "find_doubts",
    "said_of",
    "tells_of_many",
]
_CELLS_COUNTED = ("count",)


class Doubt(NamedTuple):
    """A claim that no reading bears out, the plainest reading first; `start` and `end` are places in the text as the
    report holds it. `key` is the same as long as the sentence is."""

    text_id: str
    start: int
    end: int
    claim: Claim
    readings: tuple[Reading, ...]
    key: str


class _Text(NamedTuple):
    """A text as it is printed, its judge, its claims each with the sum of all that is said of the same, and how much
    of it was understood."""

    text: ResolvedText
    judge: Judge
    claims: list[tuple[Claim, Decimal]]
    coverage: Coverage


def check_claims(check: Check, facts: Facts) -> Iterator[Finding]:
    """No number in a text contradicts the tables under every lawful reading."""
    for text_id in facts.texts:
        read = _read(check, facts, text_id)
        found = _doubted(text_id, read)
        for doubt in found:
            places: tuple[Address | str, ...] = (text_id, *dict.fromkeys(doubt.readings[0].cells))
            failed = make_finding(check, State.FAILED, describe_doubt(check, facts.form, doubt), places, line=doubt.key)
            yield failed._replace(either=tuple(_sides(facts, r, doubt) for r in doubt.readings if r.terms))
        weak = list(_weak(check, facts, text_id, read))
        yield from weak
        if not found and not weak:
            yield from _examined(check, facts, text_id, read)


def _weak(check: Check, facts: Facts, text_id: str, read: _Text) -> Iterator[Finding]:
    """Numbers that only a sum bears out that leaves some requests out, where the text does not say which: hints."""
    if re.search(check.word("left_out"), read.text.text):
        return
    for claim, said in read.claims:
        weak = read.judge.weak(claim, said)
        known = read.judge.known(claim, said) if weak else None
        if weak and known:
            doubt = _doubt(text_id, read.text, claim, known.readings[:1])
            words = check.word("message_weak").format(
                place=facts.form.texts[text_id].name, quote=shorten_text(claim.said, 30), weak=weak.name,
                readings=describe_readings(facts.form, known.readings[:1]), value=format_value(weak.value))
            yield make_finding(check, State.FAILED, words, (text_id, *known.readings[0].cells), severity="hint",
                               line=f"{doubt.key}/weak")


def _examined(check: Check, facts: Facts, text_id: str, read: _Text) -> Iterator[Finding]:
    """That all numbers of a text are right, or that some stand against blanks; nothing where it has none."""
    counted = [(claim, said) for claim, said in read.claims if claim.kind in _CELLS_COUNTED]
    if any(read.judge.waits(claim) for claim, _ in counted):
        place = facts.form.texts[text_id].name
        yield make_finding(check, State.PENDING, f"{place}：表中还有空白，填完后核对", (text_id,), line=text_id)
    elif not read.coverage.unclear and any(read.judge.known(claim, said) for claim, said in counted):
        yield make_passed(check, (text_id,), text_id)    # a text that was not understood is not called right


def _sides(facts: Facts, reading: Reading, doubt: Doubt) -> tuple[Side, Side]:
    """A reading and the number, as the two sides of an equation; what is taken off stands on the other side."""
    added, taken = (tuple(c for t in reading.terms if t.sign == sign for c in t.cells) for sign in (1, -1))
    return facts.side(added), facts.side(taken, "", (doubt.claim.said, doubt.claim.number))


def describe_doubt(check: Check, form: Form, doubt: Doubt) -> str:
    return check.word("message").format(place=form.texts[doubt.text_id].name, quote=shorten_text(doubt.claim.said, 30),
                                        readings=describe_readings(form, doubt.readings))


def describe_readings(form: Form, readings: tuple[Reading, ...]) -> str:
    """What the table says: the plainest reading with its table, and one more where that is all there is; a clerk who
    wrote one wrong number is not told every sum that it might have been."""
    plainest = readings[0]
    table = form.grids[plainest.cells[0].grid].name if plainest.cells else ""
    words = f"{table}{plainest.name}为 {format_value(plainest.value)}"
    others = [r for r in readings[1:] if r.value not in (plainest.value, 0)]
    return f"{words}，也不等于{others[0].name} {format_value(others[0].value)}" if len(others) == 1 else words


def find_doubts(check: Check, facts: Facts, text_id: str) -> tuple[Doubt, ...]:
    """The claims of a text that contradict the tables, in order."""
    return _doubted(text_id, _read(check, facts, text_id))


def coverage(check: Check, facts: Facts, text_id: str) -> Coverage:
    """How much of a text was understood; the places are those of the text as the report holds it."""
    read = _read(check, facts, text_id)
    return read.coverage._replace(unclear=tuple(
        (read.text.origin(start), read.text.origin(end, end=True)) for start, end in read.coverage.unclear))


def _doubted(text_id: str, read: _Text) -> tuple[Doubt, ...]:
    return tuple(_doubt(text_id, read.text, claim, readings) for claim, said in read.claims
                 if (readings := read.judge.against(claim, said)))


def find_claimed_numbers(check: Check, facts: Facts, text_id: str) -> tuple[JudgedClaim, ...]:
    """The claims of a text that can be held against the tables, right or wrong, in order; no rates, no sums of ways."""
    read = _read(check, facts, text_id)
    return tuple(known for claim, said in read.claims if claim.kind == "count"
                 and (known := read.judge.known(claim, said)))


def _read(check: Check, facts: Facts, text_id: str) -> _Text:
    """Without the claims whose figure is taken from a table."""
    text = tokens.resolve_tokens(facts.form, facts.figures, facts.report.text(text_id))
    said = _said(check, facts, text.text, text_id)
    sums = told_of_the_same(said.claims)
    counted = [(c, sums[c.kind, c.ids, c.columns]) for c in said.claims if not _is_live(text, c)]
    return _Text(text, Judge(check, facts, text_id, said.claims), counted, said.coverage)


def said_of(facts: Facts, text_id: str) -> tuple[Claim, ...]:
    """All that a text claims, for another rule; nothing where the form reads no claims."""
    check = _claims_check(facts)
    return _said(check, facts, facts.texts.get(text_id, ""), text_id).claims if check else ()


def tells_of_many(facts: Facts) -> bool:
    """Whether a report tells of many organs, as a government's does."""
    check = _claims_check(facts)
    return check is not None and facts.report.cover("organ.kind") in check.words("of_many")


def _claims_check(facts: Facts) -> Check | None:
    return next((check for check in facts.form.checks if check.kind == "claims"), None)


def _said(check: Check, facts: Facts, text: str, text_id: str) -> Said:
    own = own_names(facts.report.cover("organ.name"), facts.report.cover("organ.short_name"))
    return claim_reader_for(check).read(text, facts.report.year, text_id, own)


def _is_live(text: ResolvedText, claim: Claim) -> bool:
    at = bisect_left(text.figures, claim.end, key=lambda figure: figure[0])
    return at > 0 and text.figures[at - 1][1] > claim.start


def _doubt(text_id: str, text: ResolvedText, claim: Claim, readings: tuple[Reading, ...]) -> Doubt:
    mark = short_hash(f"{claim.id} {claim.number} {claim.sentence}", 10)
    return Doubt(text_id, text.origin(claim.start), text.origin(claim.end, end=True), claim, readings,
                 f"{text_id}/{mark}")


_readers: dict[int, tuple[Check, Reader]] = {}


def claim_reader_for(check: Check) -> Reader:
    """The reader of a rule, made once."""
    held = _readers.get(id(check))
    if held is None or held[0] is not check:
        homes = {text: topic for topic in ("request", "dispute", "decision") for text in check.words(f"home_{topic}")}
        groups = {claim["id"]: claim["group"] for claim in check.tables("claims") if "group" in claim}
        held = _readers[id(check)] = check, Reader(lexicon.load(check.word("lexicon")), homes, groups)
    return held[1]
