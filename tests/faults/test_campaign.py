"""The faults campaign in small (`python3 dev.py faults` is the whole of it), and that it would notice a loss."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import clerk
import clerk_actions
import clerk_under_fault
import endings
import kills
import power
import preload
import pytest
import soak

from govdesk import cli
from govdesk.store.drafts import open_store
from govdesk.store.sql.history import NAMED, VersionMark

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "build_scripts" / "faults"


def python(*arguments: object) -> subprocess.CompletedProcess[str]:
    settings = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run([sys.executable, *map(str, arguments)], env=settings, capture_output=True, text=True,
                          encoding="utf-8", check=False)


def needs_injection() -> None:
    if reason := preload.explain_lacking():
        pytest.skip(reason)


@pytest.mark.parametrize(("part", "often"), [("kills", 1), ("endings", 6), ("corrupt_files", 15),
                                             ("two_processes", 3), ("clock", 1), ("export_target", 3),
                                             ("disks", 1), ("imports", 40)])
def test_a_part_of_the_campaign(part: str, often: int) -> None:
    done = python(SCRIPTS, part, often)
    assert (done.returncode, "0 wrong" in done.stdout) == (0, True), done.stdout[-2000:] + done.stderr[-2000:]


def test_an_error_at_a_few_calls(tmp_path: Path) -> None:
    needs_injection()
    code = f"import sys; sys.path.insert(0, {str(SCRIPTS)!r}); import preload; from pathlib import Path;" \
           "sys.exit(preload.run_with_library('syscall_errors.py', Path(sys.argv[1]), 1, 3))"
    done = python("-c", code, tmp_path)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert done.stdout.count(" said ") >= 1


def test_a_year_of_versions_stays_small(tmp_path: Path) -> None:
    """Size and number only: times are measured by the campaign, on a machine that does nothing else."""
    found = soak.measure_many_years(tmp_path, 1)
    for what in ("years: the file", "years: versions"):
        assert found[what] <= soak.BOUNDS[what].most / (4 if what.endswith("file") else 3)


@pytest.mark.parametrize("scene", ["journal", "restore"])
def test_a_few_power_cuts(tmp_path: Path, scene: str) -> None:
    needs_injection()
    done = Counter[str]()
    assert power.cut_scene(tmp_path, scene, 8, 8, done) == []
    assert sum(often for what, often in done.items() if what.endswith("opened")) == 8 * len(power.CUT_WAYS)


@pytest.mark.slow
@pytest.mark.parametrize(("part", "often"), [("syscall_errors", 40), ("power", 60), ("kills", 40), ("endings", 40),
                                             ("soak", 10_000)])
def test_a_larger_part(part: str, often: int) -> None:
    test_a_part_of_the_campaign(part, often)


# -- that it would notice

def test_what_was_not_synced_may_be_gone_and_what_was_is_there() -> None:
    disk = power.ReplayedDisk()
    for write in (power.RecordedWrite("C", "/a", "", 0, b""), power.RecordedWrite("W", "/a", "", 0, b"x" * 1024),
                  power.RecordedWrite("S", "/a", "", 0, b""), power.RecordedWrite("S", "", "", 0, b""),
                  power.RecordedWrite("W", "/a", "", 512, b"y" * 1024)):
        disk.follow(write)
    chance = random.Random(1)
    assert disk.after_a_cut("nothing kept", chance)["/a"] == b"x" * 1024
    assert disk.after_a_cut("all kept", chance)["/a"] == b"x" * 512 + b"y" * 1024
    torn = {disk.after_a_cut("some sectors kept", chance)["/a"] for _ in range(20)}
    assert b"x" * 1024 + b"y" * 512 in torn
    disk.follow(power.RecordedWrite("U", "/a", "", 0, b""))
    assert "/a" in disk.after_a_cut("nothing kept", chance)


def test_a_kill_that_lost_something_is_noticed(tmp_path: Path) -> None:
    report = cli.sample_report()
    with open_store(tmp_path) as store:
        draft = store.create(report)
        store.save(draft, [VersionMark(NAMED, "v1")])
    state, begun = clerk.report_digest(report), f"open {draft} a"
    for lines, lost in (
            ([f"open {draft} {state}", f"saved {draft}"], ""),
            ([begun, f"typed {draft} {state}", f"typed {draft} b"], ""),                 # killed before it was saved
            ([begun, f"typed {draft} {state}", f"typed {draft} b", f"saved {draft}"], "not what was saved"),
            ([f"open {draft} {state}", "open 7 b", "saved 7"], "draft 7 is gone"),
            ([f"open {draft} {state}", f"saved {draft}", f"open {draft} b"], "never saved"),
            ([f"open {draft} {state}", f"named {draft} {state} v1"], ""),
            ([f"open {draft} {state}", f"named {draft} b v1"], "v1"),
            ([f"open {draft} {state}", f"named {draft} {state} v2"], "v2"),
            ([begun, f"replace {draft}:{state}"], ""),                                   # killed amidst of it
            ([f"open {draft} {state}", f"replace {draft}:b"], ""),
            ([f"open {draft} {state}", f"replace {draft}:b", "replaced"], "not what was saved")):
        wrong = kills.check_after_kill(tmp_path, lines, {})
        assert (lost in wrong[0] if lost else wrong == []), (lines, wrong)
    (tmp_path / clerk_actions.AWAY).write_text("{", encoding="utf-8")
    assert any(word.startswith(clerk_actions.AWAY) for word in kills.check_after_kill(tmp_path, [], {}))


def test_an_end_that_lost_something_is_noticed(tmp_path: Path) -> None:
    report = cli.sample_report()
    with open_store(tmp_path) as store:
        draft = store.create(report)
    state = clerk.report_digest(report)
    pdf, noted = tmp_path / "a.pdf", tmp_path / "govdesk.unfinished.7"
    opened, other = ["open", f"{draft}", state], ["typed", f"{draft}", "b"]
    promised = ["promised", f"{draft}", "b"]
    for told, whole, lost in (
            ([opened], True, ""), ([opened, other], False, ""), ([opened, other], True, "typed last"),
            ([opened, other, promised], False, "promised"), ([opened, promised], False, "never shown")):
        wrong = endings.find_wrong_drafts(tmp_path, told, whole=whole)
        assert (lost in wrong[0] if lost else wrong == []), (told, wrong)
    assert endings.find_wrong_exports(tmp_path, [["export", str(pdf)]]) == [f"{pdf} is neither there nor noted"]
    assert endings.find_wrong_exports(tmp_path, [["export", str(pdf)], ["over", str(pdf)]]) == []
    noted.write_text(str(pdf), encoding="utf-8")
    assert endings.find_wrong_exports(tmp_path, [["export", str(pdf)]]) == []
    pdf.write_bytes(b"%PDF-")
    assert endings.find_wrong_exports(tmp_path, [["export", str(pdf)]]) == [f"{pdf} is half a PDF"]


def test_a_state_that_was_never_shown_is_called_lost(tmp_path: Path) -> None:
    folder = clerk_under_fault.prepare_folder(tmp_path / "data")
    told = {"broke": [], "saves": [], "shown": {"1": "another state"}}
    assert any(word.startswith("LOST") for word in clerk_under_fault.judge_visit(folder, told))
    (folder / "govdesk.sqlite3").write_bytes(b"")
    assert any(word.startswith("LOST") for word in clerk_under_fault.judge_visit(folder, told))
