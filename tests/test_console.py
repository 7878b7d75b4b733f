"""The answer goes to a pipe that is closed, or a disk that is full: no traceback, and an exit code that says so."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from govdesk import console

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "resources" / "samples" / "sample-2023.govdesk"
FULL = Path("/dev/full")
PROGRAMS = pytest.mark.parametrize("program", [
    ["-m", "govdesk"], ["-c", "import sys; from govdesk.cli import main; sys.exit(main())"]], ids=["window", "core"])

needs_full = pytest.mark.skipif(not FULL.exists(), reason="no such device")


@needs_full
@PROGRAMS
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"], ["check", str(SAMPLE)],
                                       ["check", "--json", *[str(SAMPLE)] * 60]], ids=lambda a: " ".join(a[:2])[:14])
def test_a_full_disk_is_a_sentence(program: list[str], arguments: list[str]) -> None:
    with FULL.open("w") as full:
        done = subprocess.run([sys.executable, *program, *arguments], stdout=full, stderr=subprocess.PIPE,
                              cwd=ROOT, check=False)
    assert done.stderr.decode() == "govdesk：结果没有写完（磁盘空间不足），请换个地方输出再试一次。\n"
    assert done.returncode == 2


@needs_full
def test_where_nothing_can_be_said_the_exit_code_speaks() -> None:
    with FULL.open("w") as full:
        done = subprocess.run([sys.executable, "-m", "govdesk", "check", "none"], stdout=full, stderr=full, cwd=ROOT,
                              check=False)
    assert done.returncode == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's pipe")
@PROGRAMS
@pytest.mark.parametrize("arguments", ["--help", f"check {f'{SAMPLE} ' * 60}", f"check --json {f'{SAMPLE} ' * 60}"],
                         ids=["help", "lines", "json"])
def test_a_closed_pipe_ends_it_quietly(program: list[str], arguments: str) -> None:
    # the reader is gone before anything is written
    script = f"(sleep 0.5; exec {sys.executable} {shlex.join(program)} {arguments}) | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, check=False)
    assert done.stderr == b""
    assert done.returncode == console.EXIT_BROKEN_PIPE == 141


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirection")
def test_a_stream_that_was_never_opened() -> None:
    script = f"exec {sys.executable} -m govdesk check {SAMPLE} >&-"
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell's redirection")
def test_a_sentence_that_cannot_be_heard_is_no_part_of_the_answer() -> None:
    script = f"exec {sys.executable} -m govdesk check --json none 2>&-"
    done = subprocess.run(["bash", "-c", script], capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
