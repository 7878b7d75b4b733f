"""A desktop of its own for tests: an X server without a screen, a session bus, a window manager, and IBus with 拼音."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

PROGRAMS = {"Xvfb": "xvfb", "dbus-daemon": "dbus", "openbox": "openbox"}             # program: Debian's package
ENGINE = "libpinyin"
ENGINE_FILE = Path("/usr/libexec/ibus-engine-libpinyin")
BUS_FILE = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
SERVER = ["Xvfb", "-screen", "0", "1366x768x24", "-terminate", "-displayfd"]         # ends with its last client: Qt
START_SECONDS = 20


def missing_parts() -> list[str]:
    """What must be installed before there can be a desktop with a screen reader's bus."""
    packages = [package for program, package in PROGRAMS.items() if not shutil.which(program)]
    if not BUS_FILE.exists():
        packages.append("at-spi2-core")
    modules = [name for name in ("xa11y", "jeepney") if importlib.util.find_spec(name) is None]
    return [*packages, *(f"{name} (pip install -e '.[desktop]')" for name in modules)]


def missing_input_method() -> list[str]:
    """What must be installed besides for an input method."""
    return [*([] if shutil.which("ibus-daemon") else ["ibus"]), *([] if ENGINE_FILE.exists() else ["ibus-libpinyin"])]


@contextmanager
def open_desktop(folder: Path) -> Iterator[None]:
    """Sets the environment of this process to a desktop that lasts as long as the context. Nothing of the user's own
    settings is read or written."""
    was = dict(os.environ)
    with ExitStack() as running:
        os.environ.update(XDG_CONFIG_HOME=str(folder / "config"), XDG_CACHE_HOME=str(folder / "cache"),
                          GSETTINGS_BACKEND="memory", QT_QPA_PLATFORM="xcb")
        try:
            os.environ["DISPLAY"] = f":{_start_and_read(None, SERVER)}"
            os.environ["DBUS_SESSION_BUS_ADDRESS"] = _start_and_read(
                running, ["dbus-daemon", "--session", "--nofork", "--print-address"], equals="=")
            _start(running, ["openbox"])
            if not missing_input_method():
                os.environ["QT_IM_MODULE"] = "ibus"
                _start(running, ["ibus-daemon", "--panel=disable", "--emoji-extension=disable"])
                _wait_for_engine()
            yield
        finally:
            os.environ.clear()
            os.environ.update(was)


def _start(running: ExitStack | None, command: list[str], passed: tuple[int, ...] = ()) -> None:
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=passed)
    if running is not None:
        running.callback(started.wait, 10)
        running.callback(started.terminate)


def _start_and_read(running: ExitStack | None, command: list[str], equals: str = "") -> str:
    """Starts a program that tells of itself on a pipe whose number is its last argument, and returns what it tells."""
    reading, writing = os.pipe()
    *others, last = command
    numbered = [*others, f"{last}={writing}"] if equals else [*command, str(writing)]
    _start(running, numbered, (writing,))
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        return told.readline().strip()


def _wait_for_engine() -> None:
    """Until the daemon answers and has our engine."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        subprocess.run(["ibus", "engine", ENGINE], capture_output=True, check=False)
        now = subprocess.run(["ibus", "engine"], capture_output=True, text=True, check=False).stdout
        if now.strip() == ENGINE:
            return
        time.sleep(0.1)
    raise RuntimeError("IBus does not answer")
