"""The real thing, minutes each:  python3 dev.py test -m slow tests/build

Skipped, with the reason, where Wine or the rights are missing: the default tests need neither.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WINE = Path("/usr/lib/wine/wine64")


def build(*words: str) -> str:
    python = shutil.which("python3.11") or sys.executable
    command = [python, ROOT / "build_scripts" / "build.py", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=2400, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.skipif(not (WINE.exists() and shutil.which("makensis")), reason="needs Wine and NSIS: docs/release.md")
def test_windows_installer_and_portable_folder_under_wine() -> None:
    printed = build("windows", "portable", "--test")
    assert "uninstalled" in printed and "trial passed" in printed


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("mmdebstrap") or not hasattr(os, "geteuid") or os.geteuid() != 0,
                    reason="needs mmdebstrap and root: docs/release.md")
def test_deb_in_debian_11_and_12() -> None:
    printed = build("deb", "--test")
    assert "Debian 11: installed" in printed and "Debian 12: installed" in printed
