"""A value that changed in the file without having been written is found: the journal has it a second time."""

from __future__ import annotations

from decimal import Decimal

from govdesk.report.report import Layer, Report, edit_of
from govdesk.store.drafts import Drafts
from tests.store.store_helpers import NEW, corrupt


def test_what_was_saved_agrees(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    assert store.disagreements(draft) == []
    store.save(draft, [edit_of(report, "填入", [(Layer.VALUES, NEW, Decimal(3)), (Layer.TEXTS, "problems", None)])])
    assert store.disagreements(draft) == []
    store.replace(draft, report)
    assert store.disagreements(store.duplicate(draft)) == store.disagreements(draft) == []
    store.thin(draft)
    assert store.disagreements(draft) == []


def test_a_changed_and_a_lost_value_are_found(store: Drafts, report: Report) -> None:
    draft, other = store.create(report), store.create(report)
    corrupt(store.file, "UPDATE entry SET value = '75' WHERE draft_id = ? AND key = ? AND layer = 'values'",
            (draft, str(NEW)))
    corrupt(store.file, "DELETE FROM entry WHERE draft_id = ? AND key = 'problems' AND layer = 'texts'", (draft,))
    assert store.disagreements(draft) == [("texts", "problems"), ("values", str(NEW))]
    assert store.disagreements(other) == []
