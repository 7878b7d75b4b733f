"""How drafts and moments are called, and what is said of what would be lost."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from govdesk.base.errors import FormError, StoreError, sentence_of
from govdesk.drafts.names import moment_words, title_of, title_of_draft
from govdesk.drafts.new_report import begin_report
from govdesk.drafts.restore import describe_loss
from govdesk.store.draft_summary import DraftSummary, Outstanding
from tests.conftest import MakeReport

THEN = datetime(2024, 3, 1, 1, 5, tzinfo=UTC)


def draft(uid: str, saved_at: datetime = THEN, **more: object) -> DraftSummary:
    plain = DraftSummary(1, "", f"{uid}局", 2023, THEN, saved_at, Outstanding(), None, None, uid=uid)
    return plain._replace(**more)                # type: ignore[arg-type]


def test_a_draft_is_called_by_organ_year_and_its_own_name() -> None:
    assert title_of_draft(draft("甲")) == "甲局 2023 年"
    assert title_of_draft(draft("甲", organ_name="临江区\n教育局", label="送审稿")) == "临江区 教育局 2023 年 · 送审稿"
    assert title_of_draft(draft("甲", organ_name="", year=None)) == "（未填机关名称） — 年"


def test_a_report_without_a_name_is_a_new_one(make_report: MakeReport) -> None:
    assert title_of(make_report()) == "临江区人民政府办公室"
    assert title_of(make_report(cover={"organ.name": " \n"})) == "新建年报"


def test_a_moment_of_today_and_yesterday_is_called_so() -> None:
    now = datetime.now().astimezone()
    assert moment_words(now) == f"今天 {now:%H:%M}"
    before = now - timedelta(days=1)
    assert moment_words(before) == f"昨天 {before:%H:%M}"
    local = THEN.astimezone()
    assert moment_words(THEN) == f"2024年{local.month}月{local.day}日 {local:%H:%M}"
    assert moment_words(datetime(2024, 3, 1, 9, 5)) == "2024年3月1日 09:05"         # of this computer


@pytest.mark.parametrize(("today", "year"), [(date(2024, 1, 3), "2023"), (date(2024, 6, 30), "2023"),
                                             (date(2024, 7, 1), "2024")])
def test_a_new_report_is_about_the_year_that_is_due(today: date, year: str) -> None:
    assert begin_report(today).cover("year") == year


def test_what_a_copy_lacks_is_named_before_it_is_put_back() -> None:
    here = [draft("甲"), draft("乙", THEN + timedelta(hours=1)), draft("丙", deleted_at=THEN)]
    inside = [draft("甲"), draft("乙")]
    assert describe_loss(here, inside) == ["本机有 1 份草稿不在这份备份里：丙局 2023 年（在回收站）。",
                                           "有 1 份草稿在备份之后改动过：乙局 2023 年。"]
    assert describe_loss(inside, inside) == []
    many = [draft(str(number)) for number in range(7)]
    assert describe_loss(many, [])[0].endswith("4局 2023 年 等 7 份。")


def test_only_what_somebody_has_foreseen_is_a_sentence() -> None:
    assert sentence_of(StoreError("磁盘空间不足")) == "磁盘空间不足"
    assert "表式本程序打不开" in sentence_of(FormError("grid", "is missing"))
    with pytest.raises(ZeroDivisionError):
        sentence_of(ZeroDivisionError())


