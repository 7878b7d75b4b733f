#!/usr/bin/env python3
"""Builds the packages that are handed out.

    python build_scripts/build.py windows     the installer for Windows, on Windows or on Debian with Wine
    python build_scripts/build.py portable    the folder for a USB stick, as a zip
    python build_scripts/build.py deb         the package for Debian, Kylin and UOS (Linux, as root)
    python build_scripts/build.py all         all three
    python build_scripts/build.py compare     two program folders from the same inputs, compared
    python build_scripts/build.py measure     size and start against the smallest PySide6 program

    --test          install it, run it, upgrade it, remove it (Windows: under Wine; deb: in Debian 11 and 12)
    --offline DIR   take the wheels from DIR instead of the package index

Everything lands in dist/, with SHA256SUMS.txt. Exit codes: 0 done, 1 failed, 2 something is missing here; then the
line to type is said and nothing was made. How it works: docs/decisions/0006-windows-build-from-linux.md
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))

from pack.common import BuildError, MissingError, print_sentence

TARGETS = ("windows", "portable", "deb", "all", "compare", "measure")


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=TARGETS, nargs="+")
    parser.add_argument("--test", action="store_true")
    parser.add_argument("--offline", type=Path, metavar="DIR")
    chosen = parser.parse_args(argv)
    try:
        build_target(chosen.what, chosen.test, chosen.offline.resolve() if chosen.offline else None)
    except MissingError as error:
        print_sentence(str(error))
        return 2
    except BuildError as error:
        print_sentence(str(error))
        return 1
    return 0


def build_target(what: list[str], test: bool, offline: Path | None) -> None:
    kinds = {"windows", "portable", "deb"} if "all" in what else set(what)
    if kinds & {"windows", "portable", "compare", "measure"}:
        from pack import windows

        windows.check_tools(test or "measure" in kinds)
    if "deb" in kinds:
        from pack import deb

        deb.check_tools(test)
    if kinds & {"windows", "portable"}:
        made = windows.build_windows(offline, kinds)
        if test:
            from pack import windows_trial

            windows_trial.try_windows(made)
    if "deb" in kinds:
        deb.build_deb(offline)
        if test:
            from pack import deb_trial

            deb_trial.try_deb()
    if "compare" in kinds:
        from pack import compare

        compare.compare_two_builds(offline)
    if "measure" in kinds:
        from pack import measure

        measure.compare_with_bare(offline)


if __name__ == "__main__":
    sys.exit(main())
