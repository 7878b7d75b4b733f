"""Two windows on one draft: what was shown, what is saved, and what a merge saves."""

from __future__ import annotations

import pytest

from govdesk.drafts.conflict import is_as_shown, steps_of_merge
from govdesk.report.report import Edit, Layer, edit_of
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.sql.errors import ChangedElsewhereError
from govdesk.store.sql.history import NAMED, VersionMark
from tests.conftest import MakeReport
from tests.drafts.conftest import say


def test_a_draft_that_another_window_has_only_marked_is_as_it_was_shown(
        here: Drafts, make_report: MakeReport) -> None:
    draft = here.create(make_report())
    shown = here.load(draft)
    with open_store(here.file.parent) as other:
        other.load(draft)
        other.save(draft, [VersionMark(NAMED, "送审稿")])
    assert is_as_shown(here, draft, shown)
    edit = edit_of(shown, "填入", [(Layer.TEXTS, "problems", "这里")])
    here.save(draft, [edit])                     # it is on top of that, and is not refused
    assert here.load(draft).text("problems") == "这里"


def test_a_draft_that_another_window_has_changed_is_not_written_over(here: Drafts, make_report: MakeReport) -> None:
    draft = here.create(make_report())
    shown = here.load(draft)
    with open_store(here.file.parent) as other:
        other.load(draft)
        say(other, draft, "那里")
    assert not is_as_shown(here, draft, shown)
    with pytest.raises(ChangedElsewhereError):
        here.save(draft, [edit_of(shown, "填入", [(Layer.TEXTS, "problems", "这里")])])


def test_a_merge_leads_from_theirs_over_ours_to_the_result(make_report: MakeReport) -> None:
    theirs, ours, becomes = (make_report(texts={"problems": words}) for words in ("那里", "这里", "两处"))
    steps, report = steps_of_merge(theirs, ours, becomes), theirs
    seen = []
    for step in steps:
        if isinstance(step, Edit):
            report = step.applied_to(report)
        else:
            seen.append((step.name, report.text("problems")))
    assert report == becomes
    assert seen == [("另一窗口保存的（合并前）", "那里"), ("本窗口的（合并前）", "这里")]
