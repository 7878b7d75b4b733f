#!/usr/bin/env python3
"""GovDesk from a fresh checkout, with nothing but Python 3.11 or newer.

    python3 dev.py run              set up what is missing, then start the wizard
    python3 dev.py run COMMAND …    one command without a window, e.g.  run check report.govdesk
    python3 dev.py test             ruff, mypy and the default tests
    python3 dev.py test ARGUMENTS   pytest alone, with these arguments
    python3 dev.py shots            screenshots of every page, by build_scripts/screenshots.py
    python3 dev.py bench            speed and memory beside Typst, WeasyPrint and bare Qt (docs/performance.md)
    python3 dev.py faults           kills, damaged files, two programs at once (docs/reliability.md)
    python3 dev.py setup            only set up
    python3 dev.py wheels           fetch every package into wheels/, for a machine without a network

Standard library only. Why it is one script: docs/decisions/0003-one-setup-script.md
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import io
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PEERS = ROOT / ".venv-bench"
STAMP = VENV / "set-up.json"
WHEELS = ROOT / "wheels"
OUTPUT = ROOT / "output"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LINUX = sys.platform == "linux"
OLDEST_PYTHON = (3, 11)
OLDEST_GLIBC = (2, 28)

# What Qt loads and its wheel does not carry: library -> Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
# The same for a window on an X display.
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WINDOWLESS_PLATFORMS = {"offscreen", "minimal", "vnc"}
OPEN_DISPLAY = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
# Settings of the caller's shell that would lead a package or an import astray.
MISLEADING = {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__", "PIP_TARGET", "PIP_PREFIX"}


class SetUpError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def say(sentence: str) -> None:
    print(f"dev.py: {sentence}", flush=True)


# ---- children ------------------------------------------------------------------------------------------------------


def environment() -> dict[str, str]:
    """The caller's environment, less what would lead the children out of .venv."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    fixed = {"PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return kept | fixed | {"DEBIAN_FRONTEND": "noninteractive"}


def call(*command: object, cwd: Path = ROOT, quiet: bool = False, **settings: str) -> int:
    """Run a command, its messages passed on, and return its exit code."""
    words = [str(word) for word in command]
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run(words, cwd=cwd, env=environment() | settings, stdout=output, check=False).returncode


def govdesk(*arguments: object, cwd: Path) -> int:
    """Run GovDesk from this source tree, with paths relative to where the caller is."""
    return call(PYTHON, "-m", "govdesk", *arguments, cwd=cwd, PYTHONPATH=str(ROOT))


# ---- what the system must give -------------------------------------------------------------------------------------


def refuse_old_system() -> None:
    if sys.version_info[:2] < OLDEST_PYTHON:
        raise SetUpError(f"Python 3.11 or newer is needed; this is {platform.python_version()}.")
    if LINUX and not glibc_suffices(*platform.libc_ver()):
        raise SetUpError("Qt is published for glibc 2.28 or newer; use a newer system or a Debian container.")


def glibc_suffices(library: str, version: str) -> bool:
    return library == "glibc" and tuple(int(part) for part in version.split(".")[:2]) >= OLDEST_GLIBC


def is_absent(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return True
    return False


def is_administrator() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def system_needs(libraries: dict[str, str], pip_is_needed: bool) -> dict[str, str]:
    """What is absent here -> the Debian package that brings it."""
    lacking = {library: package for library, package in libraries.items() if LINUX and is_absent(library)}
    if pip_is_needed and pip_command() is None:
        lacking["pip"] = "python{}.{}-venv".format(*sys.version_info)
    return lacking


def provide(libraries: dict[str, str], pip_is_needed: bool) -> None:
    """Have the system give what it lacks, or stop with the line to type."""
    lacking = system_needs(libraries, pip_is_needed)
    if not lacking:
        return
    if not (shutil.which("apt-get") and is_administrator()):
        everything = system_needs(QT_LIBRARIES | WINDOW_LIBRARIES, pip_is_needed=True)
        raise SetUpError(advice(lacking, everything))
    install_with_apt(lacking)
    still = system_needs(libraries, pip_is_needed)
    if still:
        raise SetUpError(f"apt-get has run, but {', '.join(still)} cannot be loaded by {sys.executable}.")


def apt_command(lacking: dict[str, str]) -> list[str]:
    return ["apt-get", "install", "-y", "--no-install-recommends", *sorted(set(lacking.values()))]


def advice(lacking: dict[str, str], everything: dict[str, str]) -> str:
    """One sentence for someone who may not install from here; its line brings what any command will ever need."""
    lacks = f"this system lacks {', '.join(lacking)}"
    if shutil.which("apt-get"):
        return f"{lacks}. Type:  sudo apt-get update && sudo {' '.join(apt_command(everything))}"
    for installer in ("dnf", "zypper"):
        if shutil.which(installer):
            return f"{lacks}. Type:  sudo {installer} install {' '.join(rpm_name(name) for name in everything)}"
    return f"{lacks}. Install the packages of your system that hold them, then run the same command again."


def rpm_name(lacking: str) -> str:
    return "python3-pip" if lacking == "pip" else f"'{lacking}()(64bit)'"


def install_with_apt(lacking: dict[str, str]) -> None:
    command = apt_command(lacking)
    say(f"this system lacks {', '.join(lacking)}; installing {' '.join(command[4:])}")
    wait = ("-o", "DPkg::Lock::Timeout=120")
    call("apt-get", "update", "-qq", *wait)  # a failure here shows in the next line
    if call(*command, *wait, quiet=True):
        raise SetUpError(f"apt-get could not install them (its message is above). Type later:  {' '.join(command)}")


# ---- the virtual environment ---------------------------------------------------------------------------------------


def base_python() -> str:
    """The interpreter itself, also when this runs inside some other virtual environment."""
    return getattr(sys, "_base_executable", "") or sys.executable


def can_import(module: str) -> bool:
    importlib.invalidate_caches()  # apt may have brought it a second ago
    return importlib.util.find_spec(module) is not None


def pip_command() -> list[object] | None:
    """A pip that can fill .venv: its own by ensurepip, this Python's, or a pip wheel in wheels/ run as a zip."""
    if can_import("ensurepip"):
        return [PYTHON, "-m", "pip"]
    if can_import("pip"):
        return [sys.executable, "-m", "pip", "--python", PYTHON]
    wheel = max(WHEELS.glob("pip-*.whl"), default=None)
    return [sys.executable, wheel / "pip", "--python", PYTHON] if wheel else None


def pip(action: str, *arguments: object) -> int:
    return call(*(pip_command() or []), action, "--quiet", *arguments)


def requirements(pyproject: Path = ROOT / "pyproject.toml") -> list[str]:
    """The program's dependencies and the developer's.

    Not the project itself: it runs from this tree, because an editable install breaks under a path with Chinese
    characters.
    """
    return [*declared(pyproject)["dependencies"], *declared(pyproject)["optional-dependencies"]["dev"]]


def declared(pyproject: Path = ROOT / "pyproject.toml") -> dict[str, Any]:
    import tomllib

    project: dict[str, Any] = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    return project


def wanted_stamp() -> dict[str, object]:
    interpreter = ["{}.{}".format(*sys.version_info), sys.base_prefix]
    return {"interpreter": interpreter, "requirements": requirements()}


def read_stamp() -> dict[str, object]:
    """What .venv was set up for; nothing when it was not, or not to the end."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) and PYTHON.exists() else {}


def write_stamp(stamp: dict[str, object]) -> None:
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def set_up(libraries: dict[str, str]) -> None:
    """Make .venv what pyproject.toml asks for; a second call finds the stamp and does nothing."""
    refuse_old_system()
    wanted, found = wanted_stamp(), read_stamp()
    provide(libraries, pip_is_needed=found != wanted)
    if found == wanted:
        return
    if VENV.exists() and not os.access(VENV, os.W_OK):
        raise SetUpError(f"{VENV} may not be written by this user; was it made with sudo? Remove it and run again.")
    started = time.monotonic()
    if found.get("interpreter") == wanted["interpreter"]:
        say("pyproject.toml asks for other packages than .venv was made with; installing them")
        STAMP.unlink()
    else:
        say("setting up .venv; about 130 MB are fetched the first time")
        make_environment()
    fill_environment(requirements())
    write_stamp(wanted)
    say(f".venv was set up in {time.monotonic() - started:.0f} s")


def make_environment() -> None:
    """An empty .venv. Debian has no pip to put into it, so that is a step of its own."""
    if call(base_python(), "-m", "venv", "--without-pip", "--clear", VENV):
        raise SetUpError("python3 -m venv could not make .venv (its message is above).")
    if can_import("ensurepip") and call(PYTHON, "-m", "ensurepip", quiet=True):
        raise SetUpError("python3 -m ensurepip could not put pip into .venv (its message is above).")


def fill_environment(packages: list[str]) -> None:
    offline = any(WHEELS.glob("*.whl"))
    source = ["--no-index", "--find-links", WHEELS] if offline else []
    if not pip("install", *source, *packages):
        return
    if offline:
        raise SetUpError(f"{WHEELS} does not hold everything (pip's message is above); fill it again, or remove it.")
    raise SetUpError(
        "pip could not install what pyproject.toml names (its message is above). Without a network: run "
        "python3 dev.py wheels  on a machine of the same kind that has one, and copy its wheels folder here."
    )


# ---- the display ---------------------------------------------------------------------------------------------------


def no_window_because(settings: dict[str, str]) -> str | None:
    """Why no window can be seen here, or None. Asks the sockets only: Qt need not be there yet."""
    platform_name = settings.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform_name in WINDOWLESS_PLATFORMS:
        return f"QT_QPA_PLATFORM is {platform_name}"
    if not LINUX or platform_name not in ("", "xcb", "wayland"):
        return None
    x_display, wayland = settings.get("DISPLAY"), settings.get("WAYLAND_DISPLAY")
    if not (x_display or wayland):
        return "there is no display (DISPLAY is not set)"
    if (x_display and x_answers(x_display)) or (wayland and wayland_answers(wayland, settings)):
        return None
    return f"the display {x_display or wayland} does not answer"


def x_answers(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        return False
    if host not in ("", "unix"):
        return tcp_answers(host.strip("[]"), 6000 + int(number))
    path = f"/tmp/.X11-unix/X{number}"
    return socket_answers(path) or socket_answers("\0" + path)


def wayland_answers(display: str, settings: dict[str, str]) -> bool:
    return socket_answers(str(Path(settings.get("XDG_RUNTIME_DIR", "/")) / display))


def socket_answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(3)
        try:
            probe.connect(path)
        except OSError:
            return False
    return True


def tcp_answers(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=3).close()
    except OSError:
        return False
    return True


def qt_refuses() -> str | None:
    """Why Qt cannot open the display, or None. Qt aborts when it cannot, so a child process tries first."""
    try:
        attempt = subprocess.run(
            [PYTHON, "-c", OPEN_DISPLAY], cwd=ROOT, env=environment(), capture_output=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        return "Qt did not get an answer from the display within a minute"
    if attempt.returncode == 0:
        return None
    words = [line.strip() for line in attempt.stderr.decode(errors="replace").splitlines() if line.strip()]
    return f"Qt cannot open the display ({words[0] if words else f'exit code {attempt.returncode}'})"


# ---- the commands --------------------------------------------------------------------------------------------------


def is_command_word(argument: str) -> bool:
    """Whether an argument of `run` is a command or an option, and not a report to open in the wizard."""
    return re.fullmatch(r"[a-z][a-z-]*|-.*", argument) is not None


def run(*arguments: str) -> int:
    here = Path.cwd()
    reason = no_window_because(dict(os.environ))
    if arguments and is_command_word(arguments[0]):
        return run_command(*arguments, here=here, window=reason is None)
    set_up({} if reason else QT_LIBRARIES | WINDOW_LIBRARIES)
    reason = reason or qt_refuses()
    if reason is None:
        return govdesk(*arguments, cwd=here)
    say(f"no window can be shown: {reason}. The main job is done without one: a report is checked and exported.")
    return check_and_export(here / arguments[0] if arguments else write_sample())


def run_command(*arguments: str, here: Path, window: bool) -> int:
    """A command of the command line; only the self-test needs Qt."""
    set_up(QT_LIBRARIES if "--self-test" in arguments else {})
    if not window:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return govdesk(*arguments, cwd=here)


def write_sample() -> Path:
    OUTPUT.mkdir(exist_ok=True)
    sample = OUTPUT / "sample.govdesk"
    code = govdesk("sample", "-o", sample, "--draft", cwd=ROOT)
    if code:
        raise SetUpError(f"govdesk sample has ended with exit code {code} (its message is above).")
    return sample


def check_and_export(report: Path) -> int:
    """The main job by the command line. A finding of the check (exit code 1) blocks nothing, as in the wizard."""
    OUTPUT.mkdir(exist_ok=True)
    printed = OUTPUT / f"{report.stem}.pdf"
    checked = govdesk("check", report, cwd=ROOT)
    if checked > 1:
        return checked
    exported = govdesk("export", report, "-o", printed, cwd=ROOT)
    if exported:
        return exported
    say(f"the report:          {report}")
    say(f"printed, as a PDF:   {printed}")
    return checked


def test(*arguments: str) -> int:
    set_up(QT_LIBRARIES)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if arguments:
        return call(PYTHON, "-m", "pytest", *arguments)
    codes = [
        call(PYTHON, "-m", "ruff", "check", "--quiet", "--output-format", "concise"),
        call(PYTHON, "-m", "mypy", "--no-error-summary"),
        call(PYTHON, "-m", "pytest", "-n", "auto", "--maxprocesses", "4"),
    ]
    return next((code for code in codes if code), 0)


def shots(*arguments: str) -> int:
    set_up(QT_LIBRARIES)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return call(PYTHON, ROOT / "build_scripts" / "screenshots.py", *arguments, PYTHONPATH=str(ROOT))


def bench(*arguments: str) -> int:
    """The peers have an environment of their own: the program must not find their packages in its own."""
    set_up(QT_LIBRARIES)
    peers = PEERS / PYTHON.relative_to(VENV)
    if not peers.exists() and call(base_python(), "-m", "venv", "--without-pip", "--clear", PEERS):
        raise SetUpError("python3 -m venv could not make .venv-bench (its message is above).")
    installer = [PYTHON if can_import("ensurepip") else sys.executable, "-m", "pip", "--python", peers]
    if call(*installer, "install", "--quiet", *declared()["optional-dependencies"]["bench"]):
        raise SetUpError("pip could not install what is compared (its message is above).")
    return call(PYTHON, ROOT / "build_scripts" / "bench", *arguments, PYTHONPATH=str(ROOT))


def faults(*arguments: str) -> int:
    set_up(QT_LIBRARIES)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return call(PYTHON, ROOT / "build_scripts" / "faults", *arguments, PYTHONPATH=str(ROOT))


def setup() -> int:
    set_up(QT_LIBRARIES)
    return 0


def wheels() -> int:
    set_up({})
    provide({}, pip_is_needed=True)
    return pip("download", "--dest", WHEELS, "pip", *requirements())


COMMANDS = {"run": run, "test": test, "shots": shots, "bench": bench, "faults": faults, "setup": setup,
            "wheels": wheels}


def main(name: str = "", *arguments: str) -> int:
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a Chinese path on a terminal that cannot show it
    if name not in COMMANDS:
        print(__doc__)
        return 0 if name in ("-h", "--help", "help") else 2
    try:
        return COMMANDS[name](*arguments)
    except SetUpError as error:
        say(str(error))
    except PermissionError as error:
        say(f"{error.filename} may not be written by this user; was .venv made with sudo? Remove it and run again.")
    except KeyboardInterrupt:
        say("interrupted; the same command goes on from here.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
