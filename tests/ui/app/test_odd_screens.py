"""A screen that was unplugged since yesterday, one of 4K at 200 %, and a system that writes from right to left: the
whole window lies on a screen that is there, nothing is cut off, and words run from left to right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SHOW = """
import sys
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from ui.app.qt_application import application
from ui.app.application import show_fitting
from ui.shell.main_window import Shell
QLocale.setDefault(QLocale(sys.argv[3])) if len(sys.argv) > 3 else None
app = application("light")
window = Shell(".", sys.argv[1] or None)
show_fitting(window)
if sys.argv[2]:
    window.move(*map(int, sys.argv[2].split(",")))
app.processEvents()
place = window.geometry()
print(window.geometry_words())
print(any(screen.geometry().contains(place) for screen in app.screens()), place.x(), place.y(),
      place.width(), place.height(), window.devicePixelRatio(), app.layoutDirection().name,
      window.layoutDirection().name)
"""


def show(folder: Path, *arguments: str, screens: tuple[tuple[int, int, int, int], ...], scale: str = "1") -> list[str]:
    """Starts the window on screens of these places and sizes; gives its geometry as it is kept and as it is."""
    (folder / "screens.json").write_text(json.dumps({"synchronousWindowSystemEvents": False, "screens": [
        {"name": f"screen {number}", "x": x, "y": y, "width": width, "height": height, "logicalDpi": 96,
         "logicalBaseDpi": 96, "dpr": 1} for number, (x, y, width, height) in enumerate(screens)]}), encoding="utf-8")
    env = os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={folder / 'screens.json'}", "QT_SCALE_FACTOR": scale}
    done = subprocess.run([sys.executable, "-c", SHOW, *arguments], cwd=ROOT, env=env, capture_output=True, text=True,
                          check=True, encoding="utf-8")
    return done.stdout.splitlines()


def test_a_window_of_an_unplugged_screen_comes_back_on_the_one_that_is_left(tmp_path: Path) -> None:
    two = ((0, 0, 1920, 1080), (1920, 0, 1920, 1080))
    kept, said = show(tmp_path, "", "2100,100", screens=two)
    assert said.startswith("True ") and int(said.split()[1]) >= 2100       # it was on the second
    _, said = show(tmp_path, kept, "", screens=two[:1])
    assert said.startswith("True ") and int(said.split()[1]) < 1920


def test_it_fits_a_smaller_screen_than_yesterdays(tmp_path: Path) -> None:
    kept, _ = show(tmp_path, "", "400,200", screens=((0, 0, 1920, 1080),))
    _, said = show(tmp_path, kept, "", screens=((0, 0, 1366, 768),))
    assert said.startswith("True ")


def test_4k_at_twice_the_size_is_a_window_of_every_day(tmp_path: Path) -> None:
    _, said = show(tmp_path, "", "", screens=((0, 0, 3840, 2160),), scale="2")
    assert said.split()[0] == "True" and said.split()[3:6] == ["1366", "768", "2.0"]


def test_words_run_from_left_to_right_whatever_the_system_writes(tmp_path: Path) -> None:
    _, said = show(tmp_path, "", "", "ar_EG", screens=((0, 0, 1920, 1080),))
    assert said.split()[6:] == ["LeftToRight", "LeftToRight"]
