"""Compares size and start of the program with the smallest PySide6 program, frozen, packed and started
in the same way."""

from __future__ import annotations

import json
import lzma
import shutil
import statistics
import time
from pathlib import Path

from . import windows
from .common import (
    APP_NAME,
    BUILD,
    ROOT,
    TITLE,
    count_megabytes,
    fix_times,
    list_files,
    make_fresh_folder,
    print_sentence,
)
from .wine import Wine, open_display, wait_for_window

WORK = BUILD / "measure"
ROUNDS = 7


def compare_with_bare(offline: Path | None) -> None:
    """Needs the folder and the installer of `build.py windows`; makes the bare ones, starts both in turns."""
    make_fresh_folder(WORK)
    made_by = windows.make_freezer(offline)
    bare = made_by.freeze(WORK / "bare", bare=True)
    if made_by.wine:
        made_by.wine.stop()
    fix_times(bare)
    bare_installer = windows.make_installer(bare, WORK / "Bare-win64.exe", "Bare", "空白程序")
    ours = windows.WORK / "folder" / APP_NAME
    fonts = b"".join(file.read_bytes() for file in sorted((ROOT / "resources" / "fonts").glob("*.ttf")))
    found = {
        "installer_mb": windows.installer_name().stat().st_size / 1e6,
        "bare_installer_mb": bare_installer.stat().st_size / 1e6,
        "fonts_compressed_mb": len(lzma.compress(fonts, preset=6)) / 1e6,
        "folder_mb": count_megabytes(list_files(ours)), "bare_folder_mb": count_megabytes(list_files(bare)),
    }
    with open_display() as screen:
        wine = Wine(WORK / "prefix", {"DISPLAY": screen}).make().as_a_desktop()
        try:
            for folder in (ours, bare):
                shutil.copytree(folder, wine.path(f"C:\\{folder.name}"))
            times: dict[str, list[float]] = {APP_NAME: [], "Bare": []}
            wait = wine.direct("winemine.exe")           # keeps Wine's own start out of the first turn
            wait_for_window(screen, "WineMine|扫雷")
            for _ in range(ROUNDS + 1):
                for name, title in ((APP_NAME, TITLE), ("Bare", "空白程序")):
                    times[name].append(_start(wine, screen, f"C:\\{name}\\{name}.exe", title))
            wait.kill()
        finally:
            wine.stop()
    ratios = [mine / theirs for mine, theirs in zip(times[APP_NAME][1:], times["Bare"][1:], strict=True)]
    found |= {"start_ratio_median": statistics.median(ratios), "start_ratio_least": min(ratios),
              "start_ratio_greatest": max(ratios)}
    found |= {f"{name}_first_s": seconds[0] for name, seconds in times.items()}
    found |= {f"{name}_median_s": statistics.median(seconds[1:]) for name, seconds in times.items()}
    (WORK / "found.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print_sentence(json.dumps(found, indent=1))


def _start(wine: Wine, screen: str, program: str, title: str) -> float:
    """Seconds from the start of the process until its window can be seen."""
    process = wine.direct(program)
    seconds = wait_for_window(screen, title)
    wine.code("taskkill", "/F", "/IM", program.rpartition("\\")[2])
    process.wait(timeout=30)
    time.sleep(1)
    return seconds
