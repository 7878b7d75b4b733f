"""A draft carried to another computer and back: its past goes with it, it is recognised, and nothing is lost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from govdesk.exchange import draft_file
from govdesk.exchange.read_result import ReadResult
from govdesk.formfile import form_reader
from govdesk.report import three_way_merge
from govdesk.report.history import report_of
from govdesk.report.report import Edit, Layer, Report, build_report, edit_of
from govdesk.store import draft_import
from govdesk.store.draft_import import ReturnedDraft
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.file.file_names import FILE_NAME
from govdesk.store.sql.errors import ChangedElsewhereError
from govdesk.store.sql.history import CARRIED, JOINED, NAMED, VersionMark
from tests.store.store_helpers import FEES, NEW, plain

FORM = form_reader.load_form("ogi-annual-report-2021")
LEGACY = Path(__file__).parent / "legacy"


@pytest.fixture
def report(report: Report) -> Report:
    """As an exchange file takes it: only cells that the form has."""
    values = {cell: value for cell, value in report.entries(Layer.VALUES).items() if cell in (FEES, NEW)}
    return build_report(report.form_id, {**report.layers, Layer.VALUES: values})


@pytest.fixture
def away(tmp_path: Path) -> Iterator[Drafts]:
    """The drafts of another computer."""
    with open_store(tmp_path / "away") as drafts:
        yield drafts


def typed(report: Report, number: int, cell: object = NEW) -> Edit:
    return edit_of(report, "填入", [(Layer.VALUES, cell, Decimal(number))])


def sent(store: Drafts, draft: int, tag: str) -> ReadResult:
    """The file of a draft, read again."""
    store.save(draft, [VersionMark(CARRIED, tag)])
    data, whole = draft_file.dump_draft(store.load(draft), draft_import.history_of_draft(store, draft))
    assert whole
    return draft_file.load_draft(data, "x.govdesk")


def arrived(store: Drafts, came: ReadResult) -> int:
    assert came.past is not None and not came.doubts
    return draft_import.create_draft(store, came.report, came.past)


def test_a_carried_draft_has_its_past_on_the_other_computer(store: Drafts, away: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.save(draft, [typed(report, 16), VersionMark(NAMED, "送审稿"), typed(report, 17)])
    came = sent(store, draft, "t1")
    there = arrived(away, came)
    assert plain(away.load(there)) == plain(store.load(draft))
    assert away.versions(there) == store.versions(draft)
    assert away.moments(there, Layer.VALUES, NEW) == store.moments(draft, Layer.VALUES, NEW)
    assert away.list()[0].uid == store.list()[0].uid
    named = next(v for v in away.versions(there) if v.kind == NAMED)
    assert away.report_at(there, named.revision).value(NEW) == 16
    away.save(there, [typed(away.load(there), 18)])
    assert [m.value for m in away.moments(there, Layer.VALUES, NEW)] == ["18", "17", "16", "15"]
    assert away.disagreements(there) == []


def test_brought_back_unchanged_here_it_is_taken_in_with_what_happened_there(
        store: Drafts, away: Drafts, report: Report) -> None:
    draft = store.create(report)
    there = arrived(away, sent(store, draft, "t1"))
    for number in (20, 21):
        away.save(there, [typed(away.load(there), number), VersionMark(NAMED, f"{number}")])
    back = sent(away, there, "t2")
    assert back.past is not None
    assert [d.id for d in draft_import.find_drafts_here(store, back.past.draft)] == [draft]
    ancestor = back.past.ancestor(v.name for v in store.versions(draft))
    assert ancestor is not None and ancestor.name == "t1"
    draft_import.take_in_returned(store, draft, ReturnedDraft(back.report, back.past, ancestor.revision, back.report))
    assert plain(store.load(draft)) == plain(back.report)
    assert [m.value for m in store.moments(draft, Layer.VALUES, NEW)] == ["21", "20", "15"]
    kinds = [(v.kind, v.name) for v in store.versions(draft)]
    assert kinds == [(JOINED, "t2"), (CARRIED, "t2"), (NAMED, "21"), (NAMED, "20"), ("before", draft_import.TAKING_IN),
                     (CARRIED, "t1")]
    before = next(v for v in store.versions(draft) if v.kind == "before")
    assert plain(store.report_at(draft, before.revision)) == plain(report)
    assert store.disagreements(draft) == []
    store.save(draft, [typed(store.load(draft), 22)])        # and work goes on
    again = sent(store, draft, "t3")
    assert again.past is not None and again.past.ancestor({v.name for v in away.versions(there)}).name == "t2"


def test_both_changed_the_time_line_comes_along_and_both_sides_are_versions(
        store: Drafts, away: Drafts, report: Report) -> None:
    draft = store.create(report)
    there = arrived(away, sent(store, draft, "t1"))
    for number in (20, 21):
        away.save(there, [typed(away.load(there), number), VersionMark(NAMED, f"{number}")])
    store.save(draft, [typed(report, 99, FEES)])
    back = sent(away, there, "t2")
    assert back.past is not None
    ours = store.load(draft)
    becomes = typed(ours, 21).applied_to(ours)
    draft_import.take_in_returned(store, draft,
                                  ReturnedDraft(back.report, back.past, back.past.ancestor(["t1"]).revision, becomes))
    assert plain(store.load(draft)) == plain(becomes)
    assert [m.value for m in store.moments(draft, Layer.VALUES, NEW)] == ["21", "20", "15"]
    assert [(m.value, m.act) for m in store.moments(draft, Layer.VALUES, FEES)] == [
        ("99", draft_import.MERGING), ("12.50", draft_import.BROUGHT), ("99", "填入"), ("12.50", "开始")]
    found = {v.kind: plain(store.report_at(draft, v.revision)) for v in store.versions(draft)}
    assert found == {"joined": plain(back.report), "before": plain(ours), "carried": plain(report)}
    assert store.disagreements(draft) == []


def test_two_computers_at_random_never_lose_or_invent_anything(
        store: Drafts, away: Drafts, report: Report) -> None:
    """Edits, merges, thinning and versions on both, in any order: what the journal says is what the draft holds."""
    chance = random.Random(7)
    sides = {store: store.create(report)}
    sides[away] = arrived(away, sent(store, sides[store], "t0"))
    for step in range(120):
        here, there = chance.sample([store, away], 2)
        draft = sides[here]
        act = chance.choice(["type", "write", "mark", "thin", "merge", "merge"])
        now = here.load(draft)
        if act == "type":
            here.save(draft, [typed(now, step, chance.choice([NEW, FEES]))])
        elif act == "write":
            sentence = chance.choice(["甲。", "乙。", "丙。"])
            here.save(draft, [edit_of(now, "填写", [(Layer.TEXTS, "problems", now.text("problems") + sentence)])])
        elif act == "mark":
            here.save(draft, [VersionMark(NAMED, f"v{step}")])
        elif act == "thin":
            here.thin(draft, datetime.now(UTC) + timedelta(days=400))
        else:
            back = sent(there, sides[there], f"t{step}")
            assert back.past is not None
            ancestor = back.past.ancestor({v.name for v in here.versions(draft)})
            assert ancestor is not None
            base = report_of(now.form_id, ((*place, value) for place, value in
                                           back.past.rows_at(ancestor.revision).items()))
            found = three_way_merge.find_spots(FORM, now, back.report, base)
            taken = [spot for spot in found if chance.random() < 0.5]
            becomes = edit_of(now, "合并",
                              three_way_merge.merge_entries(now, back.report, found, taken)).applied_to(now)
            draft_import.take_in_returned(here, draft,
                                          ReturnedDraft(back.report, back.past, ancestor.revision, becomes))
            assert plain(here.load(draft)) == plain(becomes)
            joined = here.versions(draft)[0]
            assert plain(here.report_at(draft, joined.revision)) == plain(back.report)
            before = next(v for v in here.versions(draft) if v.kind == "before")
            assert plain(here.report_at(draft, before.revision)) == plain(now)
        assert here.disagreements(draft) == []


def test_what_another_window_saved_meanwhile_is_not_overwritten(store: Drafts, away: Drafts, report: Report) -> None:
    draft = store.create(report)
    there = arrived(away, sent(store, draft, "t1"))
    away.save(there, [typed(away.load(there), 20)])
    back = sent(away, there, "t2")
    with open_store(store.file.parent) as other:
        other.load(draft)
        other.save(draft, [typed(report, 99, FEES)])
    assert back.past is not None
    with pytest.raises(ChangedElsewhereError):
        draft_import.take_in_returned(store, draft, ReturnedDraft(back.report, back.past,
                                                                  back.past.ancestor(["t1"]).revision, report))
    assert store.load(draft).value(FEES) == 99
    assert store.load(draft).value(NEW) == 15


def test_a_draft_here_keeps_its_identity_to_itself(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    came = sent(store, draft, "t1")
    beside = arrived(store, came)
    uids = {d.id: d.uid for d in store.list()}
    assert uids[beside] != uids[draft]
    store.delete(draft)
    store.delete(beside)
    assert arrived(store, came) and store.list()[0].uid == uids[draft]
    assert store.duplicate(draft) and len({d.uid for d in store.list()}) == 2


def test_one_in_the_bin_is_recognised_too(store: Drafts, report: Report) -> None:
    draft = store.create(report)
    uid = store.list()[0].uid
    store.delete(draft)
    assert [d.id for d in draft_import.find_drafts_here(store, uid)] == [draft]
    assert draft_import.find_drafts_here(store, "") == []


def test_what_a_program_without_history_changed_is_a_step_of_its_own(
        store: Drafts, away: Drafts, report: Report) -> None:
    draft = store.create(report)
    store.save(draft, [VersionMark(CARRIED, "t1")])
    data, _ = draft_file.dump_draft(report, draft_import.history_of_draft(store, draft))
    came = draft_file.load_draft(data.replace(b'natural_person": "15"', b'natural_person": "44"'), "x")
    there = arrived(away, came)
    assert away.load(there).value(NEW) == 44
    assert [(m.value, m.act) for m in away.moments(there, Layer.VALUES, NEW)] == [("44", "在别处改动"), ("15", "开始")]
    (version,) = away.versions(there)
    assert away.report_at(there, version.revision).value(NEW) == 15


def test_a_file_of_version_4_gets_identities_that_are_the_same_in_its_copies(tmp_path: Path) -> None:
    uids = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        shutil.copyfile(LEGACY / "version-4.sqlite3", tmp_path / name / FILE_NAME)
        with open_store(tmp_path / name) as store:
            report = store.load(1)
            assert report.text("overview.platform") == "粘贴来的\0空字符与半个代理对\ud83d，还有😀𠮷"
            assert [m.value for m in store.moments(1, Layer.VALUES, NEW)] == ["17", "16", "15"]
            assert [v.name for v in store.versions(1)] == ["送审稿", ""]
            uids.append([d.uid for d in (*store.list(), *store.list(deleted=True))])
            came = sent(store, 1, "t1")                      # odd characters go through the file
            assert came.past is not None and plain(came.report) == plain(report)
    assert uids[0] == uids[1] and len(set(uids[0])) == 3 and all(uids[0])
