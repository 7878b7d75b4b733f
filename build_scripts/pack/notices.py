"""Adds the notices to the program folder: licences of every part, the page for the information office,
the parts list (CycloneDX)."""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from pathlib import Path

from . import sbom
from .common import APP_NAME, DIST, ROOT, BuildError, read_version

FOLDER = "notices"
PARTS_LIST = "parts.cdx.json"
# Wheels that build the program and are not in it; their licences need not be.
TOOLS_ONLY = {"altgraph", "packaging", "pefile", "pyinstaller_hooks_contrib", "pywin32_ctypes", "setuptools", "panda3d"}
_LICENCE = re.compile(r"(^|/)(licen[cs]es?(/|[.-].*$|$)|copying|notice|authors)", re.I)


def add_notices(folder: Path, wheels: Path, system: str) -> None:
    """Fill `notices` of a program folder."""
    notices = folder / FOLDER
    shutil.rmtree(notices, ignore_errors=True)
    texts = notices / "licences"
    texts.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", notices / "LICENSE.txt")
    shutil.copy(ROOT / "THIRD_PARTY_NOTICES.md", notices / "THIRD_PARTY_NOTICES.md")
    shutil.copy(ROOT / "docs" / "for-information-offices.zh-CN.md", notices / "for-information-offices.zh-CN.md")
    shutil.copytree(ROOT / "licences", texts, dirs_exist_ok=True)
    shutil.copytree(ROOT / "resources" / "fonts" / "licences", texts / "fonts")
    _python(texts / "Python")
    for wheel in sorted(wheels.glob("*.whl")):
        if wheel.name.split("-")[0] not in TOOLS_ONLY:
            _of_wheel(wheel, texts / wheel.name.split("-")[0])
    for file in notices.rglob("*"):
        if file.is_file():
            file.chmod(0o644)
    sbom.write_parts_list(notices / PARTS_LIST, wheels, folder, system)


def _of_wheel(wheel: Path, target: Path) -> None:
    """Every licence text that the wheel carries; where there is none, what its METADATA says."""
    with zipfile.ZipFile(wheel) as archive:
        info = [name for name in archive.namelist() if ".dist-info/" in name and not name.endswith("/")]
        texts = [name for name in info if _LICENCE.search(name.partition(".dist-info/")[2])]
        texts = texts or [name for name in info if name.endswith("/METADATA")]
        if not texts:
            raise BuildError(f"{wheel.name} carries no licence text.")
        for name in texts:
            file = target / name.partition(".dist-info/")[2].removeprefix("licenses/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.read(name))


def _python(target: Path) -> None:
    """The PSF licence, from wherever this Python keeps it."""
    target.mkdir()
    short = f"{sys.version_info[0]}.{sys.version_info[1]}"
    places = [Path(sys.base_prefix) / "LICENSE.txt", Path(sys.base_prefix) / "lib" / f"python{short}" / "LICENSE.txt",
              *(Path(f"/usr/share/doc/{name}/copyright") for name in (f"python{short}", f"libpython{short}-stdlib"))]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise BuildError(f"the licence of Python is at none of: {', '.join(map(str, places))}")
    shutil.copy(found, target / "LICENSE.txt")


def copy_parts_list(folder: Path) -> Path:
    """The same parts list beside the installer, for who wants to read it before installing."""
    target = DIST / f"{APP_NAME}-{read_version()}-{PARTS_LIST}"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(folder / FOLDER / PARTS_LIST, target)
    return target
