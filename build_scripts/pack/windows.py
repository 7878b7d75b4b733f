"""Builds the Windows program folder, the installer and the portable folder."""

from __future__ import annotations

import shutil
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from . import notices, pins, resource, winpython
from .common import (
    APP_NAME,
    BUILD,
    CACHE,
    DIST,
    FREEZING_ENVIRONMENT,
    PACK_FOLDER,
    TITLE,
    BuildError,
    commit_time,
    count_megabytes,
    fix_times,
    list_files,
    make_fresh_folder,
    print_sentence,
    read_version,
    require_python,
    require_tools,
    run_child,
    windows_version,
)
from .sums import write_sums
from .wine import TOOLS, Wine

ON_WINDOWS = sys.platform == "win32"
WORK = BUILD / "windows"
PORTABLE_NOTE = ("此文件表示这是便携版：草稿、设置和日志都保存在旁边的 data 文件夹中。\r\n"
                 "删除此文件后，草稿将改存到本机用户目录。\r\n")


@dataclass
class Freezer:
    """A Windows Python that has PyInstaller: this one, or one put together here and run by Wine."""

    python: Path
    wine: Wine | None = None

    def freeze(self, work: Path, bare: bool = False) -> Path:
        """The program folder."""
        made = make_fresh_folder(work / "made")
        resource.write_version_resource(made / "version_info.txt")
        settings = {**FREEZING_ENVIRONMENT, "GOVDESK_MADE": str(made), "SOURCE_DATE_EPOCH": str(commit_time()),
                    "BARE": "1" if bare else ""}
        words = [self.python, "-m", "PyInstaller", "--noconfirm", "--clean", "--distpath", work / "folder",
                 "--workpath", work / "pyinstaller", PACK_FOLDER / "program.spec"]
        if self.wine:
            settings["GOVDESK_MADE"] = _wine_path(made)
            words = [_wine_path(word) if isinstance(word, Path) else word for word in words]
            self.wine.run(*words, timeout=1500, log=work / "pyinstaller.log", **settings)
        else:
            run_child(*words, settings=settings, log=work / "pyinstaller.log", timeout=1500)
        folder = work / "folder" / ("Bare" if bare else APP_NAME)
        if not (folder / f"{folder.name}.exe").is_file():
            raise BuildError(f"PyInstaller made no {folder.name}.exe; see {work / 'pyinstaller.log'}.")
        return folder


def check_tools(test: bool) -> None:
    """Everything that will be needed, before anything is made."""
    from .wine import SCREEN_TOOLS

    require_python()
    pins.require_pip()
    if ON_WINDOWS:
        require_tools({"makensis": "nsis"})
    else:
        require_tools({**TOOLS, **(SCREEN_TOOLS if test else {})})


def make_freezer(offline: Path | None) -> Freezer:
    wheels = pins.fetch_wheels(pins.WINDOWS_PLATFORMS, offline)
    print_sentence(f"wheels: {count_megabytes(list_files(wheels)):.0f} MB, held against their hashes")
    if ON_WINDOWS:
        return Freezer(_environment(wheels))
    python = winpython.assemble_python(wheels, CACHE / "winpython")
    wine = Wine(CACHE / "wine").make()
    print_sentence(f"a Windows Python of {count_megabytes(list_files(python.parent)):.0f} MB and a Wine prefix")
    return Freezer(python, wine)


def _environment(wheels: Path) -> Path:
    """On Windows: a virtual environment of the running Python, filled by the same pins."""
    import venv

    folder = make_fresh_folder(CACHE / "venv")
    venv.create(folder, with_pip=True)
    python = folder / "Scripts" / "python.exe"
    run_child(python, "-m", "pip", "install", "--no-index", "--find-links", wheels, "--require-hashes", "--no-deps",
              "-r", PACK_FOLDER / "pins.txt")
    return python


def _wine_path(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


def make_program(made_by: Freezer) -> Path:
    """The finished program folder, with notices, parts list and fixed times."""
    folder = made_by.freeze(WORK)
    wheels = CACHE / f"wheels-{pins.WINDOWS_PLATFORMS[0]}"
    notices.add_notices(folder, wheels, "windows")
    for left in folder.rglob("__pycache__"):
        shutil.rmtree(left)
    fix_times(folder)
    print_sentence(f"program folder: {count_megabytes(list_files(folder)):.1f} MB in {len(list_files(folder))} files")
    return folder


def make_installer(folder: Path, target: Path, app: str = APP_NAME, title: str = TITLE, oldest: int
                   | None = None) -> Path:
    """An NSIS installer of a program folder. `oldest`: another oldest Windows build than the script's, for a trial."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part.exe")
    size = sum(file.stat().st_size for file in list_files(folder)) // 1024
    defines = {"APP": app, "TITLE": title, "VERSION": read_version(), "VERSION4": ".".join(map(str, windows_version())),
               "SOURCE": folder, "TARGET": half, "SIZE_KB": size,
               "ICON": PACK_FOLDER.parents[1] / "resources" / "icons" / "govdesk.ico"}
    if oldest:
        defines["OLDEST_BUILD"] = oldest
    run_child("makensis", "-V2", "-INPUTCHARSET", "UTF8", *(f"-D{key}={value}" for key, value in defines.items()),
              PACK_FOLDER / "installer.nsi", log=WORK / "makensis.log",
              settings={"SOURCE_DATE_EPOCH": str(commit_time()), "LC_ALL": "C.UTF-8", "TZ": "UTC"})
    half.replace(target)
    print_sentence(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
    return target


def make_portable(folder: Path) -> Path:
    """The folder for a USB stick, as a zip whose entries are all as old as the commit."""
    import time

    target = DIST / f"{APP_NAME}-{read_version()}-portable-win64.zip"
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(".part")
    stamp = time.gmtime(commit_time())[:6]
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in [("portable.txt", PORTABLE_NOTE.encode("utf-8-sig")),
                              *((str(file.relative_to(folder)), file.read_bytes()) for file in list_files(folder))]:
            entry = zipfile.ZipInfo(f"{APP_NAME}/{Path(name).as_posix()}", stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    half.replace(target)
    print_sentence(f"{target.name}: {target.stat().st_size / 1e6:.1f} MB")
    return target


def installer_name() -> Path:
    return DIST / f"{APP_NAME}-{read_version()}-win64.exe"


def build_windows(offline: Path | None, kinds: set[str]) -> list[Path]:
    """What was asked for of `windows` and `portable`, from one program folder."""
    made_by = make_freezer(offline)
    folder = make_program(made_by)
    if made_by.wine:
        made_by.wine.stop()
    made = []
    if "windows" in kinds:
        made.append(make_installer(folder, installer_name()))
    if "portable" in kinds:
        made.append(make_portable(folder))
    made.append(notices.copy_parts_list(folder))
    write_sums()
    return made
