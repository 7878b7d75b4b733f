"""Tries the installer alone: on a Windows that is too old, for all users, and on a disk that is too small."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

from .common import APP_NAME, BUILD, TITLE, BuildError, make_fresh_folder, mount_file_system, print_sentence
from .wine import Wine


def try_installer_alone(wine: Wine) -> None:
    """With next to nothing to install, so that it takes seconds."""
    folder = make_fresh_folder(BUILD / "trial" / "empty")
    (folder / f"{APP_NAME}.exe").write_bytes(b"MZ")
    _refuses(wine, folder)
    _for_one(wine)
    _for_all(wine)
    wine.path("C:\\旧系统.exe").unlink()


def _refuses(wine: Wine, folder: Path) -> None:
    """On Windows 8.1, and on a Windows 10 whose build is below the oldest (here: one that asks for build 99999)."""
    from .windows import make_installer

    make_installer(folder, wine.path("C:\\旧系统.exe"))
    strict = make_installer(folder, wine.path("C:\\更新.exe"), oldest=99999)
    place = wine.path("C:\\旧 系统")
    wine.key("add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win81", "/f")
    old = wine.code("C:\\旧系统.exe", "/S", "/D=C:\\旧", "系统")
    wine.key("add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f")
    build = wine.code("C:\\更新.exe", "/S", "/D=C:\\旧", "系统")
    if (old, build) != (3, 3) or place.exists():
        raise BuildError(f"the installer did not refuse an old Windows: exit codes {old}, {build}")
    strict.unlink()
    print_sentence("  ✓ refuses Windows 8.1, and builds that are too old, before it copies anything")


def _for_one(wine: Wine) -> None:
    """With nothing said it goes into the user's own folder, whose name is Chinese and has a blank."""
    place = wine.path(f"{wine.user()}\\AppData\\Local\\Programs\\{APP_NAME}")
    code = wine.code("C:\\旧系统.exe", "/S")
    if code or not (place / f"{APP_NAME}.exe").exists():
        raise BuildError(f"the installation for one user ended with {code}; {place} was not made")
    _remove(wine, f"{wine.user()}\\AppData\\Local\\Programs\\{APP_NAME}")
    if place.exists():
        raise BuildError(f"{place} is still there after the removal")
    print_sentence(f"  ✓ for one user, with nothing said: into {wine.user()}\\AppData\\Local\\Programs, and removed")


def _remove(wine: Wine, folder: str) -> None:
    """The uninstaller goes on in a copy of itself: wait until its folder is gone, but not for ever."""
    wine.run(f"{folder}\\uninstall.exe", "/S")
    for _ in range(100):
        if not wine.path(folder).exists():
            return
        time.sleep(0.2)


def _for_all(wine: Wine) -> None:
    """Wine's user is an administrator; Windows' question for one cannot be tried here."""
    from .windows_trial import read_registry

    place = wine.path(f"C:\\Program Files\\{APP_NAME}")
    code = wine.code("C:\\旧系统.exe", "/S", "/ALLUSERS", "/NODESKTOP")
    known = read_registry(wine)
    if code or not (place / f"{APP_NAME}.exe").exists() or f"[Software\\\\Classes\\\\{APP_NAME}.Report]" not in known:
        raise BuildError(f"the installation for all users ended with {code}")
    links = [str(file.relative_to(wine.prefix)) for file in wine.prefix.rglob("*.lnk") if TITLE in file.name]
    _remove(wine, f"C:\\Program Files\\{APP_NAME}")
    if len(links) != 2 or not all("ProgramData" in link for link in links) or place.exists():
        raise BuildError(f"for all users: shortcuts {links}, folder still there: {place.exists()}")
    print_sentence("  ✓ for all users: into Program Files, shortcuts for everybody, none on the desktop when told so, "
                   "and removed")


def try_small_disk(wine: Wine) -> None:
    """An upgrade for which the disk is too small leaves the old version as it was. Needs root for the small disk."""
    place = wine.path("C:\\小 磁盘")
    if not mount_file_system(place, "size=200m", "a disk that is too small"):
        return
    program = place / APP_NAME
    shutil.copytree(wine.path("C:\\办公 软件\\信息公开 年报"), program)
    try:
        before = sorted((str(file), file.stat().st_size) for file in program.rglob("*") if file.is_file())
        code = wine.code("C:\\安装 文件.exe", "/S", "/D=C:\\小", f"磁盘\\{APP_NAME}")
        after = sorted((str(file), file.stat().st_size) for file in program.rglob("*") if file.is_file())
        if code == 0 or before != after:
            raise BuildError(f"an upgrade without room ended with {code} and left {set(after) ^ set(before)}")
        print_sentence(f"  ✓ an upgrade for which the disk is too small ends with {code} and leaves the old version "
                       "as it was")
    finally:
        wine.settle()
        subprocess.run(["umount", place], check=False)
