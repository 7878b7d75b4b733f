"""Tries the installed program on PCs as offices have them: scaled screens, a decimal comma, no fonts, a Documents
folder that may not be written. The PDF must come out the same."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from .common import TITLE, BuildError, mount_file_system, print_sentence
from .wine import Wine, take_painted_picture, wait_for_window

_DPI = ("add", "HKCU\\Control Panel\\Desktop", "/v", "LogPixels", "/t", "REG_DWORD", "/f", "/d")
_NUMBERS = "HKCU\\Control Panel\\International"
_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
WRITE_FAILED = 2                                     # exit code of what the program says in a sentence
NORMAL_DPI = 96
SCREENS = {125: "1366x768", 150: "1920x1080"}        # what offices have with that scaling


def try_hardships(wine: Wine, program: str, sample: str, work: Path,
                  close: Callable[[str, subprocess.Popen[bytes]], None]) -> None:
    screen, reference = wine.settings["DISPLAY"], work / "windows.pdf"
    for percent, size in SCREENS.items():
        wine.key(*_DPI, str(NORMAL_DPI * percent // 100))
        wine.settle()
        _self_test(wine, program, reference)
        process = wine.start(program, sample, size=size)
        wait_for_window(screen, TITLE)
        take_painted_picture(screen, work / "pictures" / f"scaled-{percent}.png")
        close(screen, process)
        print_sentence(f"  ✓ at {percent} %: self-test, and the same PDF")
    wine.key(*_DPI, str(NORMAL_DPI))
    for name, value in (("sDecimal", ","), ("sThousand", ".")):
        wine.key("add", _NUMBERS, "/v", name, "/d", value, "/f")
    wine.settle()
    _self_test(wine, program, reference)
    print_sentence("  ✓ with a decimal comma: self-test, and the same PDF")
    for name, value in (("sDecimal", "."), ("sThousand", ",")):
        wine.key("add", _NUMBERS, "/v", name, "/d", value, "/f")
    nothing = wine.prefix / "no-fonts.conf"
    nothing.write_text("<?xml version='1.0'?><fontconfig></fontconfig>")
    wine.settle()
    _self_test(wine, program, reference, FONTCONFIG_FILE=str(nothing))
    print_sentence("  ✓ without a single Chinese font on the system: self-test, and the same PDF")
    _no_writing_in_documents(wine, program, sample, work, close)


def _no_writing_in_documents(wine: Wine, program: str, sample: str, work: Path,
                             close: Callable[[str, subprocess.Popen[bytes]], None]) -> None:
    """The program starts and exports elsewhere; an export into it fails and leaves nothing. Needs root."""
    folder, documents = "C:\\只读 文档", wine.path("C:\\只读 文档")
    if not mount_file_system(documents, "ro", "a Documents folder that may not be written"):
        return
    wine.key("add", _FOLDERS, "/v", "Personal", "/d", folder, "/f")
    wine.settle()
    try:
        _self_test(wine, program, work / "windows.pdf")
        code = wine.code(program, "export", sample, "-o", f"{folder}\\年报.pdf")
        if code != WRITE_FAILED or list(documents.iterdir()):
            raise BuildError(f"an export into a folder that may not be written ended with {code}")
        process = wine.start(program, sample)
        wait_for_window(wine.settings["DISPLAY"], TITLE)
        take_painted_picture(wine.settings["DISPLAY"], work / "pictures" / "documents-read-only.png")
        close(wine.settings["DISPLAY"], process)
    finally:
        wine.key("add", _FOLDERS, "/v", "Personal", "/d", "%USERPROFILE%\\Documents", "/t",
                 "REG_EXPAND_SZ", "/f")
        wine.settle()
        subprocess.run(["umount", documents], check=False)
    print_sentence("  ✓ with a Documents folder that may not be written: self-test, an export into it refused, "
                   "nothing left")


def _self_test(wine: Wine, program: str, reference: Path, **settings: str) -> None:
    status = wine.path("C:\\自检 结果\\再次.json")
    shutil.rmtree(status.parent, ignore_errors=True)
    status.parent.mkdir()
    code = wine.code(program, "--self-test", "C:\\自检 结果\\再次.json", **settings)
    found = json.loads(status.read_text(encoding="utf-8"))
    if code or not found["ok"]:
        raise BuildError(f"the self-test failed: {found}")
    if wine.path(found["pdf"]).read_bytes() != reference.read_bytes():
        raise BuildError("the PDF is another one than in the first self-test.")
