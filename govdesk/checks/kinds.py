"""The flat list of check functions, by the name a form file calls them, with the keys each needs and may take."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from govdesk.checks import tables, texts
from govdesk.checks.findings import Facts, Finding
from govdesk.form import Check

Judge = Callable[[Check, Facts], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A check function and its parameters: `needs` must stand in the form file, `takes` may."""

    judge: Judge
    needs: frozenset[str]
    takes: frozenset[str] = frozenset()


def _kind(judge: Judge, needs: str, takes: str = "") -> Kind:
    return Kind(judge, frozenset(needs.split()), frozenset(takes.split()))


KINDS: dict[str, Kind] = {
    "balance": _kind(tables.balance, "grid left right message pending"),
    "stated_row_total": _kind(tables.stated_row_total, "grid rows message"),
    "stated_column_total": _kind(tables.stated_column_total, "grid columns message"),
    "number_range": _kind(tables.number_range, "negative fraction"),
    "filled": _kind(tables.filled, "blank not_applicable"),
    "stock": _kind(tables.stock, "grid rows issued repealed in_force message previous"),
    "rule_making": _kind(tables.rule_making, "grid rows never makers message ask"),
    "disputes_without_requests": _kind(tables.disputes_without_requests, "requests disputes message"),
    "direct_litigation": _kind(tables.direct_litigation, "cell since message"),
    "fee_statement": _kind(texts.fee_statement, "text fees nothing processing_fee not_charged not_charged_processing "
                                                "message_nothing message_conflict message_table"),
    "carried_forward_text": _kind(texts.carried_forward_text, "cell texts patterns subject message"),
    "disputes_text": _kind(texts.disputes_text, "text reconsideration litigation names words message_named "
                                                "message_denied"),
}
