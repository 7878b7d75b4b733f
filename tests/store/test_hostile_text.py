"""Whatever is typed or pasted comes back to the character."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govdesk.base.numerals import NA
from govdesk.form.form import Address
from govdesk.report.report import Edit, Entry, Key, Layer, build_report, edit_of
from govdesk.store.drafts import Drafts
from tests.store.store_helpers import FORM, ask, plain

HOSTILE = [
    "\0", "前\0后", "\ud800", "\udfff\ud83d", "\ud83d\ude00", "😀", "𠮷𪚥", "é vs é", "\ufeff", "\uffff",
    "a\r\nb\rc\n", " \t\u3000", "'; DROP TABLE draft; --", "%s :name ?1 {x}", "\u202e反", "1.0", "x" * 100_000,
    "漢" * 100_000, "\0" * 1000, "\x1b[0m", "\udc80" * 1000,
]

CELL_LAYERS = (Layer.VALUES, Layer.STATED, Layer.PREVIOUS)
anything = st.text(st.characters(), max_size=40)          # surrogates included
ids = st.text(st.characters(exclude_characters="/"), min_size=1, max_size=8)
addresses = st.builds(Address, ids, ids, ids)
numbers = st.decimals(-10**12, 10**12, places=2) | st.integers(0, 10**12).map(Decimal) | st.just(Decimal("0.5"))
values = st.just(NA) | numbers
reports = st.builds(build_report, st.just(FORM), st.fixed_dictionaries(
    {layer: st.dictionaries(addresses, values, max_size=8) for layer in CELL_LAYERS}
    | {layer: st.dictionaries(anything, anything, max_size=8) for layer in (Layer.TEXTS, Layer.COVER)}))
few = st.sampled_from([Address("t", row, "c") for row in "abc"])
steps = st.lists(st.lists(
    st.tuples(st.sampled_from(CELL_LAYERS), few, st.none() | values)
    | st.tuples(st.just(Layer.TEXTS), st.sampled_from("xyz"), st.none() | anything), max_size=4), max_size=6)
once = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_is_kept_as_typed(store: Drafts, text: str) -> None:
    report = build_report(FORM, {Layer.TEXTS: {"problems": text}, Layer.COVER: {"organ.name": text, text: "a key"}})
    draft_id = store.create(report)
    assert plain(store.load(draft_id)) == plain(report)
    assert store.list()[0].organ_name == text
    gone = edit_of(report, "清空", [(Layer.COVER, text, None)])
    store.save(draft_id, [gone])
    assert plain(store.load(draft_id)) == plain(gone.applied_to(report))


def test_ordinary_text_is_readable_by_any_tool(store: Drafts) -> None:
    store.create(build_report(FORM, {Layer.TEXTS: {"a": "普通𠮷😀", "b": "\0"}}))
    kinds = ask(store.file, "SELECT key, typeof(value) FROM entry ORDER BY key")
    assert kinds == [("a", "text"), ("b", "blob")]


@once
@given(reports)
def test_any_report_comes_back(store: Drafts, report: object) -> None:
    draft_id = store.create(report)
    assert plain(store.load(draft_id)) == plain(report)
    assert plain(store.load(store.duplicate(draft_id))) == plain(report)


@once
@given(reports, steps)
def test_saving_each_edit_equals_editing_in_memory(
        store: Drafts, report: object, steps: list[list[tuple[Layer, Key, Entry | None]]]) -> None:
    draft_id = store.create(report)
    pending: list[Edit] = []
    for number, wanted in enumerate(steps):
        pending.append(edit_of(report, "填入", wanted))
        report = pending[-1].applied_to(report)
        if number % 2:                                      # one save for one edit or for several
            store.save(draft_id, pending)
            pending.clear()
    store.save(draft_id, pending)
    assert plain(store.load(draft_id)) == plain(report)
