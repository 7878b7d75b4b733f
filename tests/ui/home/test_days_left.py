"""The days that are left are said of a report that is still to be handed in, and of no other."""

from __future__ import annotations

import datetime

import pytest

from govdesk.store.draft_summary import DraftSummary, Outstanding
from ui.home.draft_list import days_words, state_words

THEN = datetime.datetime(2024, 1, 5, 9, 0, tzinfo=datetime.UTC)
WHOLE = Outstanding(0, 0)


@pytest.mark.parametrize(("outstanding", "exported_at", "changed", "state", "is_told"), [
    (WHOLE, THEN, False, "✓ 已导出", False), (WHOLE, THEN, True, "导出后有修改", True),
    (WHOLE, None, False, "✓ 数字已填完", True), (Outstanding(0, 2), THEN, False, "! 2 处对不上", True),
    (Outstanding(3, 0), THEN, False, "还有 3 格空白", True),
    (Outstanding(0, 0, 2, 3), THEN, False, "还有 2 处没填好 · 3 处待说明", True),
    (Outstanding(0, 0, 0, 1), None, False, "? 1 处待说明", True),
    (Outstanding(0, 0, 0, 1), THEN, False, "✓ 已导出", False), (Outstanding(), THEN, False, "还没有核对", True)])
def test_only_what_was_exported_as_it_is_now_is_done(
        outstanding: Outstanding, exported_at: datetime.datetime | None, changed: bool, state: str,
        is_told: bool) -> None:
    draft = DraftSummary(1, "", "甲局", 2023, THEN, THEN, outstanding, exported_at, None, changed=changed)
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    assert state_words(draft)[0].startswith(state)
    assert bool(days_words(draft, tomorrow)) == is_told
