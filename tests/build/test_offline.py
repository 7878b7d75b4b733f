"""The program speaks to nobody: no import of a network module, and no socket but the display's while it runs."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEAKS = re.compile(r"^\s*(?:from|import)\s+(?:socket|ssl|http|urllib\.request|ftplib|smtplib|asyncio|requests|"
                    r"PySide6\.QtNetwork|PySide6\.QtWeb\w*)\b|QtNetwork", re.M)


def test_no_module_of_ours_imports_the_network() -> None:
    files = [*(ROOT / "govdesk").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    assert len(files) > 50
    assert not [file for file in files if SPEAKS.search(file.read_text(encoding="utf-8"))]


@pytest.mark.skipif(not shutil.which("strace"), reason="needs strace: apt-get install strace")
def test_the_running_program_opens_no_socket_to_the_network(tmp_path: Path) -> None:
    """Window, sample, cross-check, PDF, all under strace; only AF_UNIX, which is the display, is allowed."""
    trace = tmp_path / "trace"
    command = ["strace", "-f", "-qq", "-e", "trace=%network", "-o", str(trace), sys.executable, "-m", "govdesk",
               "--self-test", str(tmp_path / "status.json")]
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
                   "GOVDESK_DATA": str(tmp_path / "data"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=150, check=False)
    if b"ptrace" in done.stderr.lower() and not (tmp_path / "status.json").exists():
        pytest.skip("this system forbids tracing")
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert json.loads((tmp_path / "status.json").read_text(encoding="utf-8"))["ok"]
    assert other_sockets(trace.read_text(errors="replace")) == []


def other_sockets(trace: str) -> list[str]:
    """Every call that makes or names a socket of a family other than AF_UNIX."""
    families = re.compile(r"\b(?:AF|PF)_(?!UNIX\b|LOCAL\b|UNSPEC\b)\w+")
    return [line for line in trace.splitlines() if families.search(line)]


def test_a_call_to_the_network_would_be_seen() -> None:
    assert other_sockets("12 socket(AF_INET, SOCK_STREAM, IPPROTO_TCP) = 3")
    assert other_sockets("12 sendto(4, x, {sa_family=AF_INET6, sin6_port=htons(53)})")
    assert not other_sockets("12 connect(3, {sa_family=AF_UNIX, sun_path=@\"/tmp/.X11-unix/X0\"}, 20) = 0")
