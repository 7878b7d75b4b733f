"""Compares two program folders and two installers built from the same inputs, file by file."""

from __future__ import annotations

import shutil
from pathlib import Path

from . import windows
from .common import APP_NAME, BUILD, BuildError, list_files, make_fresh_folder, print_sentence
from .sums import hash_file


def find_differences(one: Path, other: Path) -> list[str]:
    """The files that are not the same in both folders."""
    sums = [{file.relative_to(folder).as_posix(): hash_file(file) for file in list_files(folder)} for folder
            in (one, other)]
    return sorted(name for name in sums[0].keys() | sums[1].keys() if sums[0].get(name) != sums[1].get(name))


def compare_two_builds(offline: Path | None) -> None:
    work = make_fresh_folder(BUILD / "compare")
    installers = []
    for turn in ("first", "second"):
        made_by = windows.make_freezer(offline)  # also the interpreter is put together anew
        shutil.copytree(windows.make_program(made_by), work / turn)
        if made_by.wine:
            made_by.wine.stop()
        installers.append(windows.make_installer(windows.WORK / "folder" / APP_NAME, work / f"{turn}.exe"))
    different = find_differences(work / "first", work / "second")
    same = hash_file(installers[0]) == hash_file(installers[1])
    print_sentence(f"two builds: {len(list_files(work / 'first'))} files, {len(different)} differ; the installers "
                   + ("are the same to the byte" if same else "differ"))
    for name in different:
        print_sentence(f"  {name}")
    if different:
        raise BuildError("the same inputs did not give the same folder.")
