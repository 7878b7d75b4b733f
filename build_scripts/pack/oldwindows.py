"""Two things that the installer must not do: copy onto a Windows that is too old, and leave half an upgrade."""

from __future__ import annotations

import os
import shutil
import subprocess

from .common import APP, BUILD, BuildError, fresh, say
from .wine import Wine


def refuses(wine: Wine) -> None:
    """On Windows 8.1, and on a Windows 10 whose build is below the oldest (here: one that asks for build 99999)."""
    from .windows import installer

    folder = fresh(BUILD / "trial" / "empty")
    (folder / f"{APP}.exe").write_bytes(b"MZ")
    tried = installer(folder, wine.path("C:\\旧系统.exe"))
    strict = installer(folder, wine.path("C:\\更新.exe"), oldest=99999)
    place = wine.path("C:\\旧 系统")
    wine.key("add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win81", "/f")
    old = wine.code("C:\\旧系统.exe", "/S", "/D=C:\\旧", "系统")
    wine.key("add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f")
    build = wine.code("C:\\更新.exe", "/S", "/D=C:\\旧", "系统")
    if (old, build) != (3, 3) or place.exists():
        raise BuildError(f"the installer did not refuse an old Windows: exit codes {old}, {build}")
    tried.unlink()
    strict.unlink()
    say("  ✓ refuses Windows 8.1, and builds that are too old, before it copies anything")


def small_disk(wine: Wine) -> None:
    """An upgrade for which the disk is too small leaves the old version as it was. Needs root for the small disk."""
    place = wine.path("C:\\小 磁盘")
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200m", "none", place]
    if os.geteuid() or subprocess.run(mount, check=False).returncode:
        say("  – a disk that is too small was not tried: that needs root")
        place.rmdir()
        return
    program = place / APP
    shutil.copytree(wine.path("C:\\办公 软件\\信息公开 年报"), program)
    try:
        before = sorted((str(file), file.stat().st_size) for file in program.rglob("*") if file.is_file())
        code = wine.code("C:\\安装 文件.exe", "/S", "/D=C:\\小", f"磁盘\\{APP}")
        after = sorted((str(file), file.stat().st_size) for file in program.rglob("*") if file.is_file())
        if code == 0 or before != after:
            raise BuildError(f"an upgrade without room ended with {code} and left {set(after) ^ set(before)}")
        say(f"  ✓ an upgrade for which the disk is too small ends with {code} and leaves the old version as it was")
    finally:
        wine.settle()
        subprocess.run(["umount", place], check=False)
