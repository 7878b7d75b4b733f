"""Builds the package for Debian, Kylin and UOS on x86-64, frozen in a Debian 11 root, so that glibc 2.31 is enough.

Debian 11 has Python 3.9; the program wants 3.11. So CPython is compiled there once, from Debian's source archive.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from . import debian, notices, pins
from .common import (
    BUILD,
    CACHE,
    DIST,
    FREEZING_ENVIRONMENT,
    ROOT,
    SUMMARY,
    TITLE,
    BuildError,
    commit_time,
    count_megabytes,
    fix_times,
    list_files,
    make_fresh_folder,
    print_sentence,
    read_version,
    run_child,
)
from .sums import write_sums

WORK = BUILD / "deb"
PYTHON_SOURCE = ("python3.11", "3.11.2", "gz", "2411c74bda5bbcfcddaf4531f66d1adc73f247f529aee981b029513aefdbf849")
# Debian 11's own, 3.34, does not know all of the SQL that the drafts are written with (3.35 and later).
SQLITE_SOURCE = ("sqlite3", "3.40.1", "xz", "aaa776260ab4dc976db34aa7891819484c8676b5b2783123ebc6301e2ca5d655")
MAKE_SQLITE = ("cd /tmp/sqlite && ./configure --prefix=/usr/local --disable-tcl --disable-readline && "
               "make -j2 libsqlite3.la && ./libtool --mode=install install libsqlite3.la /usr/local/lib/ && ldconfig")
CONFIGURE = ("./configure --prefix=/opt/python --enable-shared --without-ensurepip --disable-test-modules "
             "LDFLAGS=-Wl,-rpath,/opt/python/lib")
OLDEST_GLIBC = (2, 31)
STRIP = "strip --strip-unneeded /opt/python/lib/libpython3.11.so.1.0 /opt/python/lib/python3.11/lib-dynload/*.so"
ICON_SIZE = 256
# Left to the system: they belong to its display, or are on every desktop; the rest is in the package.
DEPENDENCIES = ("libc6 (>= 2.31), libstdc++6, libgcc-s1, zlib1g, libgl1, libegl1, libx11-6, libx11-xcb1, libxcb1, "
                "libfontconfig1, libfreetype6, libdbus-1-3, libglib2.0-0")
LAUNCHER = """#!/bin/sh
# Qt's own input plugin speaks IBus, which Fcitx also answers to; there is none for Fcitx alone.
case "$QT_IM_MODULE" in fcitx*) export QT_IM_MODULE=ibus ;; esac
exec /opt/govdesk/govdesk "$@"
"""
DESKTOP = f"""[Desktop Entry]
Type=Application
Name=GovDesk
Name[zh_CN]={TITLE}
Comment=Annual report on government information disclosure
Comment[zh_CN]={SUMMARY}
Exec=govdesk %f
Icon=govdesk
Terminal=false
Categories=Office;
MimeType=application/x-govdesk;
StartupWMClass=govdesk
"""
MIME = """<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-govdesk">
    <comment>Annual report on government information disclosure</comment>
    <comment xml:lang="zh_CN">政府信息公开年报文件</comment>
    <icon name="govdesk"/>
    <sub-class-of type="application/json"/>
    <glob pattern="*.govdesk"/>
  </mime-type>
</mime-info>
"""


def check_tools(test: bool) -> None:
    from .common import require_python

    require_python()
    pins.require_pip()
    debian.check_tools()


def package_file() -> Path:
    return DIST / f"govdesk_{read_version()}_amd64.deb"


def build_deb(offline: Path | None) -> Path:
    wheels = pins.fetch_wheels(pins.LINUX_PLATFORMS, offline)
    root = debian.make_root("bullseye", CACHE / "bullseye", [*debian.PYTHON_NEEDS, *debian.QT_NEEDS])
    _sqlite(root)
    _python(root)
    folder = _freeze(root, wheels)
    notices.add_notices(folder, wheels, "linux")
    newest = newest_glibc(folder)
    if newest > OLDEST_GLIBC:
        raise BuildError(f"the folder asks for glibc {newest[0]}.{newest[1]}")
    size = count_megabytes(list_files(folder))
    print_sentence(f"program folder: {size:.0f} MB; asks for glibc {newest[0]}.{newest[1]}")
    target = _pack(folder)
    write_sums()
    return target


def _sqlite(root: Path) -> None:
    if list((root / "usr/local/lib").glob("libsqlite3.so.0.*")):
        return
    build = make_fresh_folder(root / "tmp" / "sqlite")
    run_child("tar", "xf", debian.fetch_source(*SQLITE_SOURCE), "-C", build, "--strip-components=1")
    debian.run_in_root(root, MAKE_SQLITE, log=WORK / "sqlite.log")
    shutil.rmtree(build)


def _python(root: Path) -> None:
    if (root / "opt/python/bin/python3.11").exists():
        return
    build = make_fresh_folder(root / "tmp" / "python")
    run_child("tar", "xf", debian.fetch_source(*PYTHON_SOURCE), "-C", build, "--strip-components=1")
    debian.run_in_root(root, f"cd /tmp/python && {CONFIGURE} && make -j2 && make install && {STRIP}",
                       log=WORK / "python.log")
    shutil.rmtree(build)
    print_sentence("CPython 3.11 compiled in Debian 11")


def _freeze(root: Path, wheels: Path) -> Path:
    """The program folder, frozen inside the root from a copy of the sources."""
    work = make_fresh_folder(root / "build")
    pins.install_wheels(pins.LINUX_PLATFORMS, wheels, work / "packages")
    for name in ("govdesk", "ui", "resources", "licences", "build_scripts/pack"):
        shutil.copytree(ROOT / name, work / "source" / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("LICENSE", "THIRD_PARTY_NOTICES.md", "docs/for-information-offices.zh-CN.md"):
        target = work / "source" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, target)
    debian.run_in_root(root,
                       "cd /build/source/build_scripts/pack && /opt/python/bin/python3.11 -m PyInstaller --noconfirm "
                       "--clean --distpath /build/folder --workpath /build/work program.spec",
                       log=WORK / "pyinstaller.log",
                       PYTHONPATH="/build/packages", GOVDESK_MADE="/build", SOURCE_DATE_EPOCH=str(commit_time()),
                       BARE="",
                       **FREEZING_ENVIRONMENT)
    folder = make_fresh_folder(WORK / "folder") / "govdesk"
    shutil.copytree(work / "folder" / "govdesk", folder, symlinks=True)
    return folder


def newest_glibc(folder: Path) -> tuple[int, int]:
    """The newest glibc that any library of the folder asks for."""
    asked = set()
    for file in list_files(folder):
        if file.read_bytes()[:4] == b"\x7fELF":
            asked |= set(re.findall(rb"GLIBC_2\.(\d+)", file.read_bytes()))
    return 2, max(map(int, asked))


def _pack(folder: Path) -> Path:
    tree = make_fresh_folder(WORK / "tree")
    shutil.copytree(folder, tree / "opt" / "govdesk", symlinks=True)
    _write(tree / "usr/bin/govdesk", LAUNCHER, 0o755)
    _write(tree / "usr/share/applications/govdesk.desktop", DESKTOP)
    _write(tree / "usr/share/mime/packages/govdesk.xml", MIME)
    icon = tree / f"usr/share/icons/hicolor/{ICON_SIZE}x{ICON_SIZE}/apps/govdesk.png"
    icon.parent.mkdir(parents=True)
    shutil.copy(ROOT / "resources/icons/govdesk.png", icon)
    _write(tree / "usr/share/doc/govdesk/copyright",
           (ROOT / "LICENSE").read_text(encoding="utf-8") + "\nThe parts: /opt/govdesk/notices\n")
    _write(tree / "DEBIAN/control", _control(sum(file.stat().st_size for file in list_files(tree)) // 1024))
    for path in tree.rglob("*"):
        if path.is_dir():
            path.chmod(0o755)
        elif not path.is_symlink() and "bin" not in path.parts:
            path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
    fix_times(tree)
    target = package_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    run_child("dpkg-deb", "--root-owner-group", "-Zxz", "--build", tree, half,
              settings={"SOURCE_DATE_EPOCH": str(commit_time())})
    half.replace(target)
    target.chmod(0o644)
    print_sentence(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
    return target


def _write(file: Path, text: str, mode: int = 0o644) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)


def _control(kilobytes: int) -> str:
    return f"""Package: govdesk
Version: {read_version()}
Architecture: amd64
Maintainer: GovDesk <govdesk@example.invalid>
Installed-Size: {kilobytes}
Section: misc
Priority: optional
Depends: {DEPENDENCIES}
Description: {SUMMARY}
 Fills in, cross-checks and prints the annual report on government information
 disclosure, on this computer alone, without a network.
"""
