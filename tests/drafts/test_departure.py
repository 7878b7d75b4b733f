"""The past that a file carries ends where the clerk carried it away."""

from __future__ import annotations

from govdesk.drafts.departure import tag_past
from govdesk.store import draft_import
from govdesk.store.drafts import Drafts
from govdesk.store.sql.history import CARRIED, VersionMark
from tests.conftest import MakeReport
from tests.drafts.conftest import say


def test_what_was_typed_after_the_tag_is_not_in_the_file(here: Drafts, make_report: MakeReport) -> None:
    draft = here.create(make_report())
    then = say(here, draft, "带走的")
    here.save(draft, [VersionMark(CARRIED, "t1")])
    say(here, draft, "后来写的")
    past = tag_past(draft_import.history_of_draft(here, draft), then, "t1")
    assert [kept.name for kept in past.tags()] == ["t1"]
    assert "带走的" in str(past) and "后来写的" not in str(past)


def test_a_moment_that_could_not_be_saved_is_in_the_file_all_the_same(here: Drafts, make_report: MakeReport) -> None:
    draft = here.create(make_report())
    unsaved = make_report(texts={"problems": "磁盘满了，还没有保存"})
    past = tag_past(draft_import.history_of_draft(here, draft), unsaved, "t1")
    assert [kept.name for kept in past.tags()] == ["t1"]
    assert "磁盘满了" in str(past.rows_at(past.last))
