"""Assembles a Windows CPython on Linux from two wheels and this Python's own library.

The DLL and the extension modules are python.org's, as the panda3d wheel carries them; the pure library comes from the
Python that runs this, which must be of the same 3.11. What the wheel lacks (python.exe, python3.dll) is compiled.
"""

from __future__ import annotations

import re
import shutil
import sysconfig
import zipfile
from pathlib import Path

from . import pins
from .common import PACK_FOLDER, BuildError, make_fresh_folder, run_child

COMPILER = "x86_64-w64-mingw32-gcc"
# No time stamp in what the linker makes: two builds are compared.
COMPILER_FLAGS = ("-O2", "-s", "-Wl,--no-insert-timestamp")
_BESIDE_THE_DLL = {"python311.dll", "vcruntime140.dll"}
# The UCRT is a part of Windows 10; Tcl is not used; without these three nothing can speak TLS, and 6 MB are saved.
_NOT_TAKEN = re.compile(r"api-ms-win|tcl|tk8|_tkinter|libcrypto|libssl|_ssl|_hashlib|_msi|winsound", re.I)
_NOT_LIBRARY = {"site-packages", "dist-packages", "test", "tests", "idlelib", "tkinter", "turtledemo", "lib-dynload",
                "__pycache__", "lib2to3", "ensurepip"}


def assemble_python(wheels: Path, target: Path) -> Path:
    """The interpreter with every pinned package; returns its python.exe."""
    make_fresh_folder(target)
    (target / "DLLs").mkdir()
    with zipfile.ZipFile(pins.find_wheel(wheels, "panda3d")) as carrier:
        for name in sorted(carrier.namelist()):
            base = name.rpartition("/")[2]
            if not name.startswith("deploy_libs/") or not base or _NOT_TAKEN.search(base):
                continue
            place = target if base.lower() in _BESIDE_THE_DLL else target / "DLLs"
            (place / (base.lower() if place is target else base)).write_bytes(carrier.read(name))
    with zipfile.ZipFile(pins.find_wheel(wheels, "msvc-runtime")) as runtime:
        for name in runtime.namelist():
            if re.search(r"/Scripts/(vcruntime140|msvcp140)(_1|_2)?\.dll$", name):
                (target / name.rpartition("/")[2]).write_bytes(runtime.read(name))
    shutil.copytree(sysconfig.get_path("stdlib"), target / "Lib", ignore=_left_out)
    _forwarder(target / "python311.dll", target / "python3.dll")
    run_child(COMPILER, *COMPILER_FLAGS, "-municode", "-o", target / "python.exe", PACK_FOLDER / "launcher.c",
              target / "python311.dll")
    pins.install_wheels(pins.WINDOWS_PLATFORMS, wheels, target / "Lib" / "site-packages",
                        leave_out=("panda3d", "msvc-runtime"))
    return target / "python.exe"


def _left_out(_: str, names: list[str]) -> list[str]:
    return [name for name in names if name in _NOT_LIBRARY or name.startswith(("config-", "_sysconfigdata"))
            or name.endswith((".pyc", ".so", ".a"))]


def _forwarder(dll: Path, target: Path) -> None:
    """python3.dll, which PySide6's modules are linked against: every export handed on to python311.dll."""
    table = run_child("x86_64-w64-mingw32-objdump", "-p", dll).split("[Ordinal/Name Pointer] Table", 1)[1]
    names = re.findall(r"^\s*\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+[0-9a-f]+\s+)?(\w+)\s*$", table, re.M)
    if len(names) < 1000:
        raise BuildError(f"only {len(names)} exports were read from {dll.name}; did objdump change its listing?")
    definition, entry = target.with_suffix(".def"), target.with_suffix(".c")
    definition.write_text("LIBRARY python3\nEXPORTS\n" + "".join(f"{n}={dll.stem}.{n}\n" for n in names))
    entry.write_text("int __stdcall DllMainCRTStartup(void*a,unsigned b,void*c){return 1;}\n")
    run_child(COMPILER, *COMPILER_FLAGS, "-shared", "-nostdlib", "-o", target, entry, definition,
              "-Wl,--entry,DllMainCRTStartup")
    for made in (definition, entry):
        made.unlink()
