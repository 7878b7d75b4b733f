"""The flat list of check functions, by the name a form file calls them, with the parameters each needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from govdesk.checks import cover, disputes, fees, leftovers, previous, readings, tables, texts
from govdesk.checks.findings import Facts, Finding, State, unchecked
from govdesk.form.form import Address, Check, Form

Judge = Callable[..., Iterator[Finding]]     # (check, facts), or (check, line, facts) where it judges line by line
Lines = Callable[[Check, Form], Iterable[object]]


class Unit(NamedTuple):
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
            return (unchecked(self.check, error, *self.line),)


UNFIT = "{title}：有写“不适用”的格，改成数字后核对"


class Kind(NamedTuple):
    """A check function, the parameters it needs, and its messages with the words that it fills in; `lines` are what it
    judges one by one, each for itself."""

    judge: Judge
    parameters: frozenset[str]
    messages: Mapping[str, frozenset[str]]
    lines: Lines | None = None

    def units(self, check: Check, form: Form) -> list[Unit]:
        """What can be asked for itself, in the order of the findings."""
        if self.lines is None:
            return [Unit(self.judge, check)]
        return [Unit(self.judge, check, (line,)) for line in self.lines(check, form)]

    @property
    def needs(self) -> frozenset[str]:
        return self.parameters | self.messages.keys()


def _not_over_unfit(findings: Iterable[Finding], facts: Facts) -> Iterator[Finding]:
    """What a rule says; it does not pass over a cell that holds 不适用 where a figure should be."""
    for found in findings:
        unfit = found.state is State.PASSED and any(isinstance(p, Address) and facts.is_unfit(p) for p in found.places)
        yield found._replace(state=State.PENDING, message=UNFIT.format(title=found.message)) if unfit else found


def _kind(judge: Judge, parameters: str, lines: Lines | None = None, **messages: str) -> Kind:
    filled = {key: frozenset(words.split()) for key, words in messages.items()}
    return Kind(judge, frozenset(parameters.split()), filled, lines)


_STATED = "table row column line stated value gap"
_STOCK = "table row issued repealed in_force sum"
_LAST = "table row value last"
_TWO = "place quote other other_quote"
_RULES = "table row figures level"

KINDS: dict[str, Kind] = {
    "balance": _kind(tables.balance, "grid left right", tables.columns, pending="table column left right",
                     message="table column left right left_value right_value gap"),
    "stated_row_total": _kind(tables.stated, "grid rows", tables.row_totals, message=_STATED),
    "stated_column_total": _kind(tables.stated, "grid columns", tables.column_totals, message=_STATED),
    "number_range": _kind(tables.number_range, "", tables.grids, negative="cell value", fraction="cell value"),
    "filled": _kind(tables.filled, "", tables.grids, blank="table count", not_applicable="cell"),
    "stock": _kind(tables.stock, "grid rows issued repealed in_force", message=_STOCK, previous=f"{_STOCK} before"),
    "rule_making": _kind(tables.rule_making, "grid rows never makers", message=_RULES, ask=_RULES),
    "disputes_without_requests": _kind(tables.disputes_without_requests, "requests disputes", message="count"),
    "direct_litigation": _kind(tables.direct_litigation, "cell since", message="value"),
    "fee_statement": _kind(
        texts.fee_statement, "text fees nothing processing_fee not_collected not_charged processing_only",
        message_nothing="quote value", message_conflict="quote place amount", message_table="quote value"),
    "fee_notices": _kind(fees.fee_notices, "cell text mentioned", message="value"),
    "fee_within": _kind(fees.fee_within, "cell text collected not_collected", message="amount value"),
    "carried_forward_text": _kind(texts.carried_forward_text, "cell texts patterns subject unless",
                                  message="place quote value"),
    "claims": _kind(readings.claims, "home elsewhere unless part_of whole of_many rate channel rest divided claims",
                    message="place quote readings"),
    "live_figures": _kind(texts.live_figures, "", message_blank="place quote cells",
                          message_unknown="place quote"),
    "only_nothing": _kind(texts.only_nothing, "text nothing", message="quote"),
    "ready_sentences": _kind(texts.ready_sentences, "", message="place quote name value instead",
                             message_bare="place quote name value"),
    "leftovers": _kind(leftovers.leftovers, "gap called period counted beside leader leader_changed",
                       message_gap="place quote", message_name="place quote organ",
                       message_year="place quote year", message_leader=_TWO, message_last_leader=_TWO),
    "disputes_text": _kind(disputes.disputes_text, "text subjects", message_named="quote name",
                           message_denied="quote name value"),
    "carried_over": _kind(previous.carried_over, "grid row last_row columns", message=f"{_LAST} column gap",
                          pending="table column row last"),
    "stock_since_last_year": _kind(previous.stock_since_last_year, "grid rows issued repealed in_force",
                                   message=f"{_LAST} issued repealed due gap",
                                   pending="table row last issued repealed"),
    "unit_slip": _kind(previous.unit_slip, "cell yuan least", message="value last", message_zero="value last",
                       message_text="value place"),
    "after_reconsideration": _kind(previous.after_reconsideration, "cell against", message="value this last"),
    "pending_chain": _kind(previous.pending_chain, "grid total pending_column", message=_LAST),
    "issued_on": _kind(cover.issued_on, "", message_early="date year", message_late="date year"),
    "jump": _kind(previous.jump, "cells factor least", message="cell value last"),
}
# Kinds that hold figures against last year's, and have nothing to look at where there are none.
OF_LAST_YEAR = frozenset({"carried_over", "stock_since_last_year", "after_reconsideration", "pending_chain", "jump"})
# Kinds that hold 原件合计 against what the cells come to, and have nothing to look at where none was typed.
OF_PAPER = frozenset({"stated_row_total", "stated_column_total"})
