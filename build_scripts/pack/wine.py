"""Runs programs in a Wine prefix and on a display of their own."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .common import PACK_FOLDER, BuildError, make_fresh_folder, run_child
from .winpython import COMPILER, COMPILER_FLAGS

# The program itself: Debian's `wine` prints an advice about a 32-bit half that is not needed.
WINE = "/usr/lib/wine/wine64"
SERVER = "/usr/lib/wine/wineserver64"
TOOLS = {WINE: "wine wine64", "makensis": "nsis", COMPILER: "gcc-mingw-w64-x86-64"}
SCREEN_TOOLS = {"Xvfb": "xvfb", "xdotool": "xdotool", "import": "imagemagick"}
PAINTED_SHARE = 0.25                     # a window of 1366 x 768 is half of the screen of the trial
# Without winedbg= a crash costs half a minute; without winemenubuilder= shortcuts get into the menus of this PC.
_OVERRIDES = "mscoree,mshtml,winemenubuilder.exe,winedbg.exe="
_REPLACED = ("宋体", "微软雅黑", "SimSun", "Microsoft YaHei", "Microsoft YaHei UI", "Segoe UI", "Tahoma",
             "MS Shell Dlg", "MS Shell Dlg 2")
_SETTINGS_CLASS = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings"


@dataclass
class Wine:
    """One Windows, so to speak."""

    prefix: Path
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        home = self.prefix / "home"
        return {"WINEPREFIX": str(self.prefix), "WINEARCH": "win64", "WINEDEBUG": "-all", "LANG": "C.UTF-8",
                "LC_ALL": "C.UTF-8", "WINEDLLOVERRIDES": _OVERRIDES, "HOME": str(home), **self.settings}

    def make(self) -> Wine:
        make_fresh_folder(self.prefix)
        (self.prefix / "home").mkdir()
        run_child(WINE, "wineboot", "-i", settings=self.environment(), timeout=300)
        self.settle()
        return self

    def settle(self) -> None:
        """Wait until what was written to the registry is on the disk."""
        subprocess.run([SERVER, "-w"], env={**os.environ, **self.environment()}, check=False, timeout=120)

    def stop(self) -> None:
        subprocess.run([SERVER, "-k"], env={**os.environ, **self.environment()}, check=False, capture_output=True)

    def run(self, *command: object, timeout: float = 600, log: Path | None = None, **settings: str) -> str:
        return run_child(WINE, *command, settings={**self.environment(), **settings}, timeout=timeout, log=log)

    def code(self, *command: object, timeout: float = 120, **settings: str) -> int:
        """The exit code of a program that may fail. One that hangs has most likely put up a window: see its picture."""
        try:
            done = subprocess.run([WINE, *map(str, command)], env={**os.environ, **self.environment(), **settings},
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  timeout=timeout, check=False)
        except subprocess.TimeoutExpired as expired:
            picture = self.prefix.parent / "hangs.png"
            take_picture(self.settings["DISPLAY"], picture)
            raise BuildError(f"{' '.join(map(str, command))} hangs; {picture} shows its window.") from expired
        return done.returncode

    def start(self, *command: object, size: str = "1366x768", **settings: str) -> subprocess.Popen[bytes]:
        """A program with a window, on a desktop of its own, so that it gets a title bar without a window manager."""
        return self.direct("explorer", f"/desktop=govdesk{size},{size}", *command, **settings)

    def direct(self, *command: object, **settings: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([WINE, *map(str, command)], env={**os.environ, **self.environment(), **settings},
                                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def path(self, windows: str) -> Path:
        """Where C:\\… lies here."""
        return self.prefix.joinpath("drive_c", *windows.removeprefix("C:\\").split("\\"))

    def user(self) -> str:
        return f"C:\\users\\{self.settings.get('USER') or os.environ.get('USER') or _login()}"

    def key(self, *words: str) -> None:
        self.run("reg", *words)

    def as_a_desktop(self) -> Wine:
        """What Wine 8 lacks and Windows 10 has: the class that Qt asks for colours, and Chinese for the old dialogs."""
        aid = self.prefix / "drive_c/windows/system32/uisettings.dll"
        run_child(COMPILER, *COMPILER_FLAGS, "-w", "-shared", "-o", aid, PACK_FOLDER / "uisettings.c")
        self.key("add", _SETTINGS_CLASS, "/v", "DllPath", "/d", "C:\\windows\\system32\\uisettings.dll", "/f")
        fonts = self.prefix / "drive_c/fonts.reg"
        lines = [f'"{name}"="Noto Sans CJK SC"' for name in _REPLACED]
        content = "\r\n".join(["Windows Registry Editor Version 5.00", "",
                               r"[HKEY_CURRENT_USER\Software\Wine\Fonts\Replacements]", *lines, ""])
        fonts.write_bytes(content.encode("utf-16"))
        self.run("regedit", "/S", "C:\\fonts.reg")
        self.key("add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f")     # else it says Windows 7
        self.settle()
        return self


def _login() -> str:
    import getpass

    return getpass.getuser()


@contextmanager
def open_display() -> Iterator[str]:
    """A display of its own; the number is the server's choice, because another may have any fixed one."""
    reading, writing = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
                              pass_fds=(writing,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    if not number:
        raise BuildError("Xvfb did not start.")
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


def wait_for_window(screen: str, title: str, patience: float = 90) -> float:
    """Seconds until a window whose title holds `title` can be seen."""
    started = time.monotonic()
    while time.monotonic() - started < patience:
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--name", title], capture_output=True,
                               env={**os.environ, "DISPLAY": screen}, check=False)
        if found.returncode == 0:
            return time.monotonic() - started
        time.sleep(0.05)
    raise BuildError(f"no window named {title} within {patience:.0f} s.")


def take_picture(screen: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    run_child("import", "-window", "root", target, settings={"DISPLAY": screen})


def take_painted_picture(screen: str, target: Path, patience: float = 60) -> None:
    """A picture of a window that is there and painted; on a busy machine its frame comes long before its content."""
    until = time.monotonic() + patience
    while _painted(screen) < PAINTED_SHARE and time.monotonic() < until:
        time.sleep(0.5)
    time.sleep(2)
    take_picture(screen, target)
    if _painted(screen) < PAINTED_SHARE:
        raise BuildError(f"the window was not painted within {patience:.0f} s; see {target}.")


def _painted(screen: str) -> float:
    """The part of the screen that is not black."""
    done = subprocess.run(["import", "-window", "root", "-depth", "8", "gray:-"], capture_output=True, check=True,
                          env={**os.environ, "DISPLAY": screen})
    return 1 - done.stdout.count(b"\0") / max(1, len(done.stdout))
