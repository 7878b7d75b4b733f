"""Holds what all builds share: folders, the version, the time of the build, child processes, and the
two ways to fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACK_FOLDER = Path(__file__).resolve().parent
BUILD = ROOT / "build"                   # ignored by git
CACHE = BUILD / "cache"                  # wheels and compiled interpreters, kept between builds
DIST = ROOT / "dist"

APP_NAME = "GovDesk"
TITLE = "政府信息公开年报"
SUMMARY = "政府信息公开工作年度报告：填报、核对、导出"
PUBLISHER = "GovDesk"
COPYRIGHT = "MIT 许可"

# How the program is frozen, everywhere: the same names in the same order, and the modules not packed by zlib, because
# the LZMA of the installer packs them far better than that, and cannot pack what is packed.
FREEZING_ENVIRONMENT = {"PYTHONHASHSEED": "1", "PYTHONDONTWRITEBYTECODE": "1",
                        "PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "0"}

_started = time.monotonic()


class BuildError(Exception):
    """The build cannot go on; the message says why."""


class MissingError(Exception):
    """Something is not on this machine; the message names it and the line to type. Exit code 2."""


def print_sentence(sentence: str) -> None:
    print(f"build.py: {time.monotonic() - _started:4.0f} s  {sentence}", flush=True)


def read_version() -> str:
    """The one version number: where pyproject.toml says that it is."""
    import tomllib

    named = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["version"]["path"]
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / named).read_text(encoding="utf-8"))
    if not found:
        raise BuildError(f"{named} names no version.")
    return found.group(1)


def windows_version() -> tuple[int, int, int, int]:
    """The version as Windows wants it: 0.2.0rc1 is 0, 2, 0, 0."""
    parts = [int(part) for part in re.findall(r"\d+", read_version().split("rc")[0])[:4]]
    return tuple([*parts, 0, 0, 0, 0][:4])     # type: ignore[return-value]


def commit_time() -> int:
    """The time that every file of a build carries: of the commit, so that a second build has the same."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 1_700_000_000


def run_child(*command: object, cwd: Path | None = None, settings: Mapping[str, str] | None = None, log: Path
              | None = None,
              timeout: float = 1200) -> str:
    """Run a child to its end and return what it printed; BuildError with its last lines when it failed.

    Always through a pipe: Windows Python under Wine does not start with a regular file as its output.
    """
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=cwd, env={**os.environ, **(settings or {})}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=timeout, check=False)
    except subprocess.TimeoutExpired as expired:
        raise BuildError(f"{Path(words[0]).name} did not end within {timeout:.0f} s.") from expired
    printed = done.stdout.decode("utf-8", "replace")
    if log:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text(printed, encoding="utf-8")
    if done.returncode:
        last = "\n".join(printed.strip().splitlines()[-25:])
        raise BuildError(f"{' '.join(words)} has ended with {done.returncode}:\n{last}")
    return printed


def require_tools(tools: Mapping[str, str]) -> None:
    """`tools`: program -> Debian package. All that is missing is said at once, before anything is made."""
    lacking = {tool: package for tool, package in tools.items() if not (shutil.which(tool) or Path(tool).exists())}
    if lacking:
        names = ", ".join(Path(tool).name for tool in lacking)
        packages = " ".join(sorted(set(" ".join(lacking.values()).split())))
        raise MissingError(f"this system lacks {names}. Type:  "
                           f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}")


def require_python() -> None:
    if sys.version_info[:2] != (3, 11):
        raise MissingError("the program is frozen with Python 3.11. Type:  python3.11 build_scripts/build.py …")


def make_fresh_folder(folder: Path) -> Path:
    """The folder, there and empty."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    return folder


def list_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def fix_times(folder: Path) -> None:
    """Every file and folder as old as the commit."""
    at = commit_time()
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (at, at), follow_symlinks=False) if os.utime in os.supports_follow_symlinks else os.utime(
            path, (at, at))


def count_megabytes(files: Iterable[Path]) -> float:
    return sum(file.stat().st_size for file in files) / 1e6


def mount_file_system(place: Path, options: str, what: str) -> bool:
    """A small file system of its own at `place`, which is made; False, and said, where we may not: that needs root."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "none", place]
    if not os.geteuid() and not subprocess.run(mount, check=False).returncode:
        return True
    print_sentence(f"  – {what} was not tried: that needs root")
    place.rmdir()
    return False
