"""Registers the check functions by the kind that a form file names, with the parameters each needs and
what it reads of last year's report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from govdesk.checks import cover, disputes, fees, leftovers, previous, readings, tables, texts, wording
from govdesk.checks.findings import Facts, Finding, State, make_unchecked
from govdesk.checks.parameters import (
    ANY_ROWS,
    CELL,
    CELLS,
    CLAIMS,
    COLUMN,
    COLUMN_SETS,
    COLUMNS,
    GRID,
    LEVELS,
    LEXICON,
    LIMITS,
    MAKERS,
    MARK_PAIRS,
    NUMBER,
    PARTS,
    PATTERN,
    PATTERNS,
    REPORT_KINDS,
    ROW,
    SUBJECTS,
    TEXT,
    TEXTS,
    TOTAL_COLUMNS,
    WORDS,
    Parameter,
    pattern_parameter,
    rows_parameter,
)
from govdesk.form.form import Address, Check, Form

Judge = Callable[..., Iterator[Finding]]     # (check, facts), or (check, line, facts) where it judges line by line
Lines = Callable[[Check, Form], Iterable[object]]
LastYear = Callable[[Check, Form], Iterable[Address]]
Carries = Callable[[Check, Form], Iterable[tuple[Address, Address]]]


class RuleUnit(NamedTuple):
    """A rule to be asked, or one line of it."""

    judge: Judge
    check: Check
    line: tuple[object, ...] = ()

    def __call__(self, facts: Facts) -> tuple[Finding, ...]:
        """The findings. A rule that breaks off is one finding that says so: the other rules, the edit and the save go
        on without it."""
        try:
            return tuple(_not_over_unfit(self.judge(self.check, *self.line, facts), facts))
        except Exception as error:
            return (make_unchecked(self.check, error, *self.line),)


UNFIT_MESSAGE = "{title}：有写“不适用”的格，改成数字后核对"


class CheckKind(NamedTuple):
    """A check function, the parameters it needs with their types, and its messages with the words that it fills in.

    `lines` gives what it judges one by one, each for itself; `reads_last_year` the cells of last year's report that it
    compares with. `needs_last_year`: it has nothing to look at where these are unknown. `carries` gives the cells that
    begin with a figure of last year's, each with the cell where that stands."""

    judge: Judge
    parameters: Mapping[str, Parameter]
    messages: Mapping[str, frozenset[str]]
    lines: Lines | None = None
    reads_last_year: LastYear | None = None
    needs_last_year: bool = False
    carries: Carries | None = None

    def units(self, check: Check, form: Form) -> list[RuleUnit]:
        """What can be asked for itself, in the order of the findings."""
        if self.lines is None:
            return [RuleUnit(self.judge, check)]
        return [RuleUnit(self.judge, check, (line,)) for line in self.lines(check, form)]

    @property
    def needs(self) -> frozenset[str]:
        return frozenset(self.parameters.keys() | self.messages.keys())


def _not_over_unfit(findings: Iterable[Finding], facts: Facts) -> Iterator[Finding]:
    """What a rule says; it does not pass over a cell that holds 不适用 where a figure should be."""
    for found in findings:
        unfit = found.state is State.PASSED and not facts.unfit.isdisjoint(found.places)
        yield found._replace(state=State.PENDING, message=UNFIT_MESSAGE.format(title=found.message)) if unfit else found


def _kind(judge: Judge, parameters: Mapping[str, Parameter], lines: Lines | None = None, *,
          reads_last_year: LastYear | None = None, needs_last_year: bool = False, carries: Carries | None = None,
          **messages: str) -> CheckKind:
    filled = {key: frozenset(words.split()) for key, words in messages.items()}
    return CheckKind(judge, parameters, filled, lines, reads_last_year, needs_last_year, carries)


_STATED = "table row column line stated value gap"
_STOCK = "table row issued repealed in_force sum"
_LAST = "table row value last"
_TWO = "place quote other other_quote"
_RULES = "table row figures level"
_SLIP = "place quote count"

_DOCUMENTS = {"grid": GRID, "rows": rows_parameter("issued", "repealed", "in_force"), "issued": COLUMN,
              "repealed": COLUMN,
              "in_force": COLUMN}

_FEE_WORDS = {"lexicon": LEXICON, "fee_lexicon": LEXICON}

# Whoever adds a kind adds its function and a row here, and says it in docs/form-file.md.
KINDS: dict[str, CheckKind] = {
    "balance": _kind(
        tables.check_balance, {"grid": GRID, "left": rows_parameter(), "right": rows_parameter()}, tables.list_columns,
        pending="table column left right", message="table column left right left_value right_value gap"),
    "stated_row_total": _kind(tables.check_stated_total, {"grid": GRID, "rows": rows_parameter(total=True)},
                              tables.list_row_totals,
                              message=_STATED),
    "stated_column_total": _kind(tables.check_stated_total, {"grid": GRID, "columns": TOTAL_COLUMNS},
                                 tables.list_column_totals,
                                 message=_STATED),
    "number_range": _kind(tables.check_number_range, {}, tables.list_grids, negative="cell value",
                          fraction="cell value"),
    "filled": _kind(tables.check_filled, {}, tables.list_grids, blank="table count", not_applicable="cell"),
    "stock": _kind(tables.check_stock, _DOCUMENTS, reads_last_year=previous.in_force_cells,
                   message=_STOCK, previous=f"{_STOCK} before"),
    "rule_making": _kind(tables.check_rule_making, {"grid": GRID, "rows": ANY_ROWS, "never": LEVELS, "makers": MAKERS,
                                                    "office_name": PATTERN}, message=_RULES, ask=_RULES),
    "disputes_without_requests": _kind(tables.check_disputes_without_requests, {"requests": CELLS, "disputes": CELLS},
                                       message="count"),
    "direct_litigation": _kind(
        disputes.check_direct_litigation,
        {"cell": CELL, "since": NUMBER, "pending": CELL, "suable": CELLS, "refused": CELLS},
        message="value results refused", message_years="value results refused earlier"),
    "fee_statement": _kind(
        texts.check_fee_statement, {"text": TEXT, "fees": CELL, "nothing": PATTERN, **_FEE_WORDS,
                                    "not_charged": PATTERN, "processing_only": PATTERN},
        message_nothing="quote value", message_conflict="quote place amount", message_table="quote value"),
    "fee_notices": _kind(fees.check_fee_notices, {"cell": CELL, "text": TEXT, "mentioned": PATTERN}, message="value"),
    "fee_within": _kind(
        fees.check_fee_within, {"cell": CELL, "text": TEXT, **_FEE_WORDS}, message="amount value"),
    "carried_forward_text": _kind(
        texts.check_carried_forward_text, {"cell": CELL, "texts": TEXTS}, message="place quote value"),
    "claims": _kind(
        readings.check_claims,
                    {"lexicon": LEXICON, "home_request": TEXTS, "home_dispute": TEXTS, "home_decision": TEXTS,
                                "of_many": REPORT_KINDS, "of_area": LEVELS, "area_name": PATTERN,
                     "office_name": PATTERN,
                                "claims": CLAIMS, "columns": COLUMN_SETS, "left_out": PATTERN},
        message="place quote readings", message_weak="place quote readings weak value"),
    "live_figures": _kind(texts.check_live_figures, {}, message_blank="place quote cells",
                          message_unknown="place quote"),
    "problems": _kind(
        texts.check_problems, {"text": TEXT, "nothing": PATTERN, "tells": PATTERN, "elided": PATTERN,
                               "problem": PATTERN, "doubtful": PATTERN, "measure": PATTERN, "announced": PATTERN,
                               "least": NUMBER},
        message="quote", message_thin="quote", message_no_measure="quote", message_no_problem="quote",
        message_short="quote length"),
    "bare_requests": _kind(
        texts.check_bare_requests, {"new": CELL, "carried_over": CELL, "elsewhere": TEXTS,
                                    "sentence": pattern_parameter("year", "number"), "others": PATTERN},
        message="place quote value"),
    "writing": _kind(
        wording.check_writing, {"words": WORDS, "pairs": MARK_PAIRS, "mismatched": PATTERNS, "doubled": PATTERNS,
                                "dates": PATTERNS, "period": PATTERN}, wording.list_texts,
        message_blank=_SLIP, message_mixed=_SLIP, message_doubled=_SLIP, message_date=_SLIP),
    "personal_data": _kind(
        wording.check_personal_data, {"persons": PATTERN, "office": PATTERN, "contact": TEXTS}, wording.list_texts,
        message_identity="place number", message_mobile="place number"),
    "pasted_parts": _kind(
        wording.check_pasted_parts, {"labels": PATTERNS, "least_labels": NUMBER, "least_figures": NUMBER,
                                     "last": TEXTS}, wording.list_texts,
        message_heading="place quote", message_table="place quote", message_signature="place quote"),
    "length": _kind(wording.check_length, {}, message="section length limit"),
    "government_parts": _kind(
        wording.check_government_parts, {"text": TEXT, "of_government": REPORT_KINDS, "parts": PARTS,
                                         "least": NUMBER, "elided": PATTERN}, message="place missing"),
    "unchanged_texts": _kind(wording.check_unchanged_texts, {"least": NUMBER, "most": NUMBER}, wording.list_texts,
                             message="place same", message_all="place same"),
    "ready_sentences": _kind(texts.check_ready_sentences, {}, message="place quote name value instead",
                             message_bare="place quote name value"),
    "leftovers": _kind(
        leftovers.check_leftovers, {"of_government": REPORT_KINDS, "gaps": PATTERNS, "masked": PATTERN,
                                    "periods": PATTERNS, "broken_period": PATTERN,
                                    "published": pattern_parameter("year"), "dated": pattern_parameter("year"),
                                    "beside": PATTERN,
                                    "leader": pattern_parameter("offices", "name"), "leader_changed": PATTERN},
        message_gap="place quote", message_name="place quote organ", message_year="place quote year",
        message_leader=_TWO, message_last_leader=_TWO, message_period="place quote",
        message_contact="place quote fact value"),
    "disputes_text": _kind(disputes.check_disputes_text, {"text": TEXT, "subjects": SUBJECTS},
                           message_named="quote name", message_denied="quote name value"),
    "carried_over": _kind(
        previous.check_carried_over, {"grid": GRID, "row": ROW, "last_row": ROW, "columns": COLUMNS},
        reads_last_year=previous.carried_forward_cells, needs_last_year=True, carries=previous.carried_over_cells,
        message=f"{_LAST} column gap", pending="table column row last"),
    "stock_since_last_year": _kind(
        previous.check_stock_since_last_year, _DOCUMENTS,
        reads_last_year=previous.in_force_cells, needs_last_year=True, carries=previous.in_force_carried,
        message=f"{_LAST} issued repealed due gap", pending="table row last issued repealed"),
    "unit_slip": _kind(
        fees.check_unit_slip, {"cell": CELL, **_FEE_WORDS, "least": NUMBER, "most": LIMITS},
        reads_last_year=previous.named_by("cell"),
        message="value last", message_zero="value last", message_text="value place due",
        message_level="value level due"),
    "after_reconsideration": _kind(
        previous.check_after_reconsideration, {"cell": CELL, "against": CELL},
        reads_last_year=previous.named_by("against"), needs_last_year=True, message="value this last"),
    "pending_chain": _kind(
        previous.check_pending_chain, {"grid": GRID, "total": COLUMN, "pending_column": COLUMN},
        reads_last_year=previous.pending_cells, needs_last_year=True, message=_LAST),
    "issued_on": _kind(cover.check_issued_on, {}, message_early="date year", message_late="date year"),
    "jump": _kind(
        previous.check_jump, {"cells": CELLS, "factor": NUMBER, "least": NUMBER, "least_beside_zero": NUMBER},
        reads_last_year=previous.named_by("cells"), needs_last_year=True, message="cell value last"),
}
# Kinds that hold 原件合计 against what the cells come to, and have nothing to look at where none was typed.
PAPER_TOTAL_KINDS = frozenset({"stated_row_total", "stated_column_total"})
