"""Two program folders and two installers from the same inputs, compared file by file."""

from __future__ import annotations

import shutil
from pathlib import Path

from . import windows
from .common import APP, BUILD, BuildError, files_of, fresh, say
from .sums import sha256


def differences(one: Path, other: Path) -> list[str]:
    """The files that are not the same in both folders."""
    sums = [{file.relative_to(folder).as_posix(): sha256(file) for file in files_of(folder)} for folder in (one, other)]
    return sorted(name for name in sums[0].keys() | sums[1].keys() if sums[0].get(name) != sums[1].get(name))


def two_builds(offline: Path | None) -> None:
    work = fresh(BUILD / "compare")
    installers = []
    for turn in ("first", "second"):
        made_by = windows.freezer(offline)      # also the interpreter is put together anew
        shutil.copytree(windows.program(made_by), work / turn)
        if made_by.wine:
            made_by.wine.stop()
        installers.append(windows.installer(windows.WORK / "folder" / APP, work / f"{turn}.exe"))
    different = differences(work / "first", work / "second")
    same = sha256(installers[0]) == sha256(installers[1])
    say(f"two builds: {len(files_of(work / 'first'))} files, {len(different)} differ; the installers "
        + ("are the same to the byte" if same else "differ"))
    for name in different:
        say(f"  {name}")
    if different:
        raise BuildError("the same inputs did not give the same folder.")
