"""A machine edits at random: typing, pasting blocks, zero-fill, texts, undo, redo, save and load. After every act the
totals equal a sum written here without the program's own, and undo and redo give back the very report."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from govdesk.base.numerals import NA
from govdesk.checks import State
from govdesk.exchange import report_file
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.report.report import Edit, Layer, Report, build_report
from govdesk.session.session import Session

FORM = form_reader.load_form("ogi-annual-report-2021")
KINDS_OF_APPLICANT = ["natural_person", "commercial_enterprise", "research_institution", "public_interest_org",
                      "legal_services_institution", "other_org"]
BEFORE = ["new_requests", "carried_over_in"]
RESULTS = [
    "disclosed", "partially_disclosed", "refused_state_secret", "refused_prohibited_by_law",
    "refused_security_stability", "refused_third_party_rights", "refused_internal_affairs",
    "refused_process_information", "refused_enforcement_case_file", "refused_administrative_inquiry",
    "unable_not_held", "unable_needs_creation", "unable_unclear_after_correction", "not_processed_petition_complaint",
    "not_processed_duplicate", "not_processed_published_material", "not_processed_excessive_repeated",
    "not_processed_confirm_or_reissue", "other_correction_overdue", "other_fee_unpaid", "other_misc"]
AFTER = ["carried_forward_out"]
CASES = ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
OUTCOMES = ["upheld", "corrected", "other_outcome", "pending"]
# The grids as a clerk sees them: rows of typed cells, so that a block can be pasted.
SHEETS = {"requests": (BEFORE + RESULTS + AFTER, KINDS_OF_APPLICANT), "disputes": (CASES, OUTCOMES)}

numbers = st.one_of(st.none(), st.just(NA), st.integers(0, 30).map(Decimal), st.sampled_from(["0.50",
"12345"]).map(Decimal))


def naive_sum(cells: list[Any]) -> Any:
    if any(cell is None for cell in cells):
        return None
    figures = [cell for cell in cells if cell is not NA]
    result = Decimal(0)
    for figure in figures:
        result = result + figure
    return result if figures else NA


def naive_totals(typed: dict[str, Any]) -> dict[str, Any]:
    """Every total cell, by its address as text."""
    found = {}
    for row in BEFORE + RESULTS + AFTER:
        found[f"requests/{row}/total"] = naive_sum([typed.get(f"requests/{row}/{c}") for c in KINDS_OF_APPLICANT])
    for column in KINDS_OF_APPLICANT:
        found[f"requests/results_total/{column}"] = naive_sum([typed.get(f"requests/{r}/{column}") for r in RESULTS])
    found["requests/results_total/total"] = naive_sum(
        [typed.get(f"requests/{r}/{c}") for r in RESULTS for c in KINDS_OF_APPLICANT])
    for row in CASES:
        found[f"disputes/{row}/total"] = naive_sum([typed.get(f"disputes/{row}/{c}") for c in OUTCOMES])
    return found


def naive_balance(typed: dict[str, Any], column: str) -> State:
    cells = typed | naive_totals(typed)
    sides = []
    for rows in (BEFORE, ["results_total", *AFTER]):
        values = [cells.get(f"requests/{row}/{column}") for row in rows]
        if None in values:
            return State.PENDING
        sides.append(sum(v for v in values if v is not NA))
    if sides[0] != sides[1]:
        return State.FAILED
    columns = KINDS_OF_APPLICANT if column == "total" else [column]
    unfit = any(typed.get(f"requests/{row}/{c}") is NA for row in BEFORE + RESULTS + AFTER for c in columns)
    return State.PENDING if unfit else State.PASSED            # nothing agrees over 不适用


class Clerk(RuleBasedStateMachine):
    """What a clerk may do, in any order."""

    @initialize()
    def begin(self) -> None:
        self.session = Session(FORM,
                               build_report(FORM.id, {Layer.COVER: {"organ.name": "临江区教育局", "year": "2023"}}))
        self.typed: dict[str, Any] = {}
        self.done: list[tuple[Edit, Report, Report, dict[str, Any], dict[str, Any]]] = []
        self.undone: list[tuple[Edit, Report, Report, dict[str, Any], dict[str, Any]]] = []
        self.heard = 0
        self.session.listen(self._hear)

    def _hear(self, snap: object, edit: Edit) -> None:
        assert edit.changes
        self.heard += 1

    def _act(self, edit: Edit, typed: dict[str, Any]) -> None:
        if not edit.changes:
            assert typed == self.typed
            return
        before, heard = self.session.now.report, self.heard
        self.session.apply(edit)
        assert self.heard == heard + 1
        self.done.append((edit, before, self.session.now.report, self.typed, typed))
        self.undone.clear()
        self.typed = typed

    def _type(self, name: str, cells: dict[str, Any]) -> None:
        wanted = [(Layer.VALUES, Address.parse(key), value) for key, value in cells.items()]
        typed = {k: v for k, v in (self.typed | cells).items() if v is not None}
        self._act(self.session.edit(name, wanted), typed)

    @rule(grid=st.sampled_from(sorted(SHEETS)), data=st.data())
    def type_a_cell(self, grid: str, data: st.DataObject) -> None:
        rows, columns = SHEETS[grid]
        key = f"{grid}/{data.draw(st.sampled_from(rows))}/{data.draw(st.sampled_from(columns))}"
        self._type("填入", {key: data.draw(numbers)})

    @rule(grid=st.sampled_from(sorted(SHEETS)), top=st.integers(0, 23), left=st.integers(0, 5),
          block=st.lists(st.lists(numbers, min_size=3, max_size=3), min_size=1, max_size=4))
    def paste_a_block(self, grid: str, top: int, left: int, block: list[list[Any]]) -> None:
        """What sticks out over the edge falls away."""
        rows, columns = SHEETS[grid]
        self._type("粘贴", {f"{grid}/{row}/{column}": value for row, line in zip(rows[top:], block, strict=False)
                          for column, value in zip(columns[left:], line, strict=False)})

    @rule(column=st.sampled_from(KINDS_OF_APPLICANT), count=st.integers(0, 9))
    def fill_a_column_that_balances(self, column: str, count: int) -> None:
        cells = dict.fromkeys((f"requests/{row}/{column}" for row in BEFORE + RESULTS + AFTER), Decimal(0))
        cells |= {f"requests/new_requests/{column}": Decimal(count), f"requests/disclosed/{column}": Decimal(count)}
        self._type("粘贴", cells)

    @rule(grid=st.sampled_from(sorted(SHEETS)))
    def fill_with_zeros(self, grid: str) -> None:
        rows, columns = SHEETS[grid]
        cells = [f"{grid}/{row}/{column}" for row in rows for column in columns]
        blank = {key: Decimal(0) for key in cells if key not in self.typed}
        edit = self.session.fill_blanks(grid)
        assert len(edit.changes) == len(blank)
        self._act(edit, self.typed | blank)

    @rule(text=st.sampled_from(["", "行政复议2件", "全部申请均已答复。\n第二行", "\u2028<b>&\x00"]),
          where=st.sampled_from(["disputes.text", "overview.on_request"]))
    def write(self, text: str, where: str) -> None:
        self._act(self.session.edit("填写", [(Layer.TEXTS, where, text)]), self.typed)
        assert self.session.now.report.text(where) == text

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        edit, before, after, typed_before, _ = step = self.done.pop()
        assert self.session.now.report == after
        self.session.apply(edit.inverse())
        assert report_file.dump_report(self.session.now.report) == report_file.dump_report(before)
        assert self.session.now.report == before
        self.typed = typed_before
        self.undone.append(step)

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        edit, _, after, _, typed_after = step = self.undone.pop()
        self.session.apply(edit)
        assert report_file.dump_report(self.session.now.report) == report_file.dump_report(after)
        self.typed = typed_after
        self.done.append(step)

    @rule()
    def save_and_load(self) -> None:
        """As a draft is reopened: a new session on the same report, no undo."""
        saved = report_file.dump_report(self.session.now.report)
        report = report_file.load_report(saved, "x")
        assert report == self.session.now.report
        assert report_file.dump_report(report) == saved
        self.session = Session(FORM, report)
        self.session.listen(self._hear)
        self.done.clear()
        self.undone.clear()

    @invariant()
    def totals_are_the_naive_sum(self) -> None:
        snap = self.session.now
        totals = {str(a): v for a, v in snap.figures.items() if FORM.grids[a.grid].is_total(a)}
        assert totals == naive_totals(self.typed)
        typed = {str(a): v for a, v in snap.figures.items() if a in FORM.input_cells and v is not None}
        assert typed == self.typed
        assert snap.blanks == 144 + 12 + 10 - len(self.typed)

    @invariant()
    def the_balance_is_judged_in_every_column(self) -> None:
        judged = {f.line: f.state for f in self.session.now.of_rule("N01")}
        assert judged == {c: naive_balance(self.typed, c) for c in [*KINDS_OF_APPLICANT, "total"]}

    @invariant()
    def blanks_and_not_applicable_are_named(self) -> None:
        found = [f for f in self.session.now.of_rule("N06") if f.state is State.FAILED]
        assert {f.addresses for f in found} == {(key,) for key, value in self.typed.items() if value is NA}


Clerk.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
test_a_clerk_at_random = Clerk.TestCase
