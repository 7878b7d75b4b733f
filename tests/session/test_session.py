"""Reports, edits and the session: one writer, every act reversible, nothing changed behind anyone's back."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govdesk.base.numerals import NA
from govdesk.form.form import Address
from govdesk.report.report import Change, Edit, Layer, Report, build_report, edit_of
from govdesk.session.session import Session, Snapshot

A = Address.parse("requests/new_requests/natural_person")
B = Address.parse("requests/disclosed/other_org")
FEES = Address.parse("proactive/administrative_fees/amount_wan_yuan")
TOTAL = Address.parse("requests/new_requests/total")


@pytest.fixture
def session(form) -> Session:
    return Session(form, build_report(form.id, {}))


def test_an_edit_and_its_inverse_leave_the_report_as_it_was(session: Session) -> None:
    before = session.now.report
    edit = session.edit("填入", [(Layer.VALUES, A, Decimal(5)), (Layer.TEXTS, "problems", "一"), (Layer.COVER,
    "year", "2023")])
    session.apply(edit)
    after = session.now.report
    assert (after.value(A), after.text("problems"), after.year) == (5, "一", 2023)
    session.apply(edit.inverse())
    assert session.now.report == before
    session.apply(edit)
    assert session.now.report == after


def test_what_is_already_so_is_no_change(session: Session) -> None:
    session.apply(session.edit("填入", [(Layer.VALUES, A, Decimal(5))]))
    assert session.edit("填入", [(Layer.VALUES, A, Decimal(5)), (Layer.VALUES, B, None)]).changes == ()
    assert session.edit("填入", [(Layer.TEXTS, "problems", "")]).changes == ()


@pytest.mark.parametrize(("before", "after"), [("1.5", "1.50"), ("0", "0.00")])
def test_another_notation_is_a_change(session: Session, before: str, after: str) -> None:
    session.apply(session.edit("填入", [(Layer.VALUES, FEES, Decimal(before))]))
    session.apply(session.edit("填入", [(Layer.VALUES, FEES, Decimal(after))]))
    assert str(session.now.figures[FEES]) == after


def test_a_cell_named_twice_in_one_act_is_undone_whole(session: Session) -> None:
    edit = session.edit("粘贴", [(Layer.VALUES, A, Decimal(1)), (Layer.VALUES, A, Decimal(2))])
    session.apply(edit)
    assert session.now.report.value(A) == 2
    session.apply(edit.inverse())
    assert session.now.report.value(A) is None


@pytest.mark.parametrize(("layer", "key"), [
    (Layer.VALUES, TOTAL), (Layer.VALUES, Address.parse("requests/x/total")), (Layer.VALUES, "problems"),
    (Layer.TEXTS, "problem"), (Layer.TEXTS, A)])
def test_what_the_form_does_not_have_is_refused(session: Session, layer: Layer, key: Address | str) -> None:
    with pytest.raises(ValueError, match="is no"):
        session.edit("填入", [(layer, key, "1")])


def test_zero_fill_touches_only_blanks(session: Session) -> None:
    session.apply(session.edit("填入", [(Layer.VALUES, A, Decimal(5)), (Layer.VALUES, B, NA)]))
    edit = session.fill_blanks("requests")
    assert len(edit.changes) == 142
    session.apply(edit)
    assert (session.now.figures[A], session.now.figures[B], session.now.figures[TOTAL]) == (5, NA, 5)
    assert session.now.blanks == 10 + 12
    assert session.fill_blanks("requests").changes == ()
    session.apply(edit.inverse())
    assert session.now.blanks == 144 + 10 + 12 - 2


def test_zero_fill_leaves_a_zero_as_it_was_typed(session: Session) -> None:
    session.apply(session.edit("填入", [(Layer.VALUES, FEES, Decimal("0.00"))]))
    session.apply(session.fill_blanks("proactive"))
    assert str(session.now.figures[FEES]) == "0.00"


def test_listeners_hear_of_changes_and_of_nothing_else(session: Session) -> None:
    heard: list[tuple[Snapshot, Edit]] = []

    def once(snap: Snapshot, edit: Edit) -> None:
        heard.append((snap, edit))
        session.unlisten(once)

    always: list[Edit] = []
    session.listen(once)
    session.listen(lambda snap, edit: always.append(edit))
    session.apply(Edit("无", ()))
    first = session.edit("填入", [(Layer.VALUES, A, Decimal(1))])
    session.apply(first)
    second = session.edit("填入", [(Layer.VALUES, A, Decimal(2))])
    session.apply(second)
    assert [edit for _, edit in heard] == [first]
    assert always == [first, second]
    assert heard[0][0].report.value(A) == 1                       # a snapshot does not follow the session


def test_a_report_cannot_be_changed_in_place(make_report) -> None:
    report = make_report()
    with pytest.raises(TypeError):
        report.layers[Layer.VALUES][A] = Decimal(1)
    with pytest.raises(TypeError):
        report.layers[Layer.TEXTS] = {}
    with pytest.raises(AttributeError):
        report.form_id = "x"


def test_a_given_dictionary_is_copied(form) -> None:
    values = {A: Decimal(1)}
    report = build_report(form.id, {Layer.VALUES: values})
    values[A] = Decimal(9)
    assert report.value(A) == 1


@pytest.mark.parametrize(("text", "year"), [("2023", 2023), ("", None), ("２０２３", None), ("abc", None),
("-1", None)])
def test_the_year(form, text: str, year: int | None) -> None:
    assert build_report(form.id, {Layer.COVER: {"year": text}}).year == year


def test_layers_do_not_mix(form) -> None:
    report = Report(form.id)
    edit = edit_of(report, "", [(Layer.STATED, TOTAL, Decimal(13)), (Layer.PREVIOUS, A, Decimal(2))])
    report = edit.applied_to(report)
    assert (report.value(A), report.stated(TOTAL), report.previous(A), report.stated(A)) == (None, 13, 2, None)


def test_the_inverse_goes_backwards() -> None:
    one, two = Change(Layer.VALUES, A, None, Decimal(1)), Change(Layer.VALUES, A, Decimal(1), Decimal(2))
    assert Edit("x", (one, two)).inverse() == Edit("x", (
        Change(Layer.VALUES, A, Decimal(2), Decimal(1)), Change(Layer.VALUES, A, Decimal(1), None)))


def test_an_address_is_three_ids() -> None:
    assert str(A) == "requests/new_requests/natural_person"
    for bad in ("", "a/b", "a/b/c/d", "a//c", "/b/c"):
        with pytest.raises(ValueError):
            Address.parse(bad)
