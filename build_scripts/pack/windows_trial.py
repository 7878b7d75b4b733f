"""Tries the Windows package on a fresh Windows (a Wine prefix): installer, installed program, upgrade, removal.

What cannot be shown under Wine is named in docs/release.md.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from . import hardships, installer_trial
from .common import (
    APP_NAME,
    BUILD,
    CACHE,
    ROOT,
    TITLE,
    BuildError,
    list_files,
    make_fresh_folder,
    print_sentence,
    run_child,
)
from .wine import Wine, open_display, take_painted_picture, take_picture, wait_for_window

WORK = BUILD / "trial"
PICTURES = WORK / "pictures"
INSTALL_FOLDER = "C:\\办公 软件\\信息公开 年报"     # Chinese and blanks, as offices have
SOCKET_CALL = re.compile(
    r"winsock:(WSASocket|socket|connect|WSAConnect|bind|listen|send|WSASend|getaddrinfo|GetAddrInfo)")
USER_NAME = "王 小明"                                # so is the user's name
ORGAN_NAME = "临江区人民政府办公室"                 # of the sample


def require_holds(holds: object, words: str) -> None:
    if not holds:
        raise BuildError(f"trial: not so: {words}")
    print_sentence(f"  ✓ {words}")


def try_windows(made: list[Path]) -> None:
    make_fresh_folder(WORK)
    setup = next((file for file in made if file.suffix == ".exe"), None)
    pocket = next((file for file in made if file.suffix == ".zip"), None)
    if sys.platform == "win32":
        raise BuildError("--test drives Wine and is not written for Windows itself; follow docs/release.md by hand.")
    with open_display() as screen:
        wine = Wine(WORK / "prefix", {"DISPLAY": screen, "USER": USER_NAME}).make().as_a_desktop()
        try:
            if setup:
                _installed(wine, screen, setup)
            if pocket:
                _portable(wine, screen, pocket)
        except BuildError:
            take_picture(screen, PICTURES / "failed.png")
            raise
        finally:
            wine.stop()
    print_sentence(f"trial passed; pictures to look at in {PICTURES}")


def _installed(wine: Wine, screen: str, setup: Path) -> None:
    installer_trial.try_installer_alone(wine)
    place = wine.path(INSTALL_FOLDER)
    file = wine.path("C:\\安装 文件.exe")
    shutil.copy(setup, file)
    started = time.monotonic()
    wine.run("C:\\安装 文件.exe", "/S", *install_arguments(INSTALL_FOLDER))
    require_holds(wine.path(wine.user()).is_dir(), f"the user is {wine.user()}")
    require_holds((place / f"{APP_NAME}.exe").is_file(),
                  f"installed silently in {time.monotonic() - started:.1f} s into {INSTALL_FOLDER}")
    _registered(wine, True)
    _self_test(wine, screen, f"{INSTALL_FOLDER}\\{APP_NAME}.exe")
    _speaks_to_nobody(wine)
    _old_drafts(wine)
    _opened_with_a_file(wine, screen)
    hardships.try_hardships(wine, f"{INSTALL_FOLDER}\\{APP_NAME}.exe", "C:\\样例 2023.govdesk", WORK, close_window)
    _upgraded(wine, screen)
    _undone(wine)
    _removed(wine)


def install_arguments(folder: str) -> list[str]:
    """NSIS wants /D= without quotation marks, and Wine puts them around a word that has a blank: so, word by word."""
    return f"/D={folder}".split(" ")


def read_registry(wine: Wine) -> str:
    """Everything that was written to the registry, with \\x escapes read."""
    wine.settle()
    text = "".join((wine.prefix / name).read_text(encoding="utf-8", errors="replace")
                   for name in ("user.reg", "system.reg"))
    return re.sub(r"\\x([0-9a-f]{4})", lambda found: chr(int(found.group(1), 16)), text)


def _registered(wine: Wine, there: bool) -> None:
    links = [file for file in wine.prefix.rglob("*.lnk") if TITLE in file.name]
    known = read_registry(wine)
    if there:
        require_holds(len(links) >= 3, "start menu, desktop and removal shortcuts are there")
        require_holds(f'"DisplayName"="{TITLE}"' in known, "listed among the programs, under its Chinese name")
        require_holds('[Software\\\\Classes\\\\.govdesk]' in known and f'{APP_NAME}.exe\\" \\"%1\\"' in known,
                      ".govdesk files belong to it")
    else:
        require_holds(not links, "the shortcuts are gone")
        require_holds("govdesk]" not in known and f'"DisplayName"="{TITLE}"' not in known, "the registry keys are gone")


def _self_test(wine: Wine, screen: str, program: str) -> dict[str, object]:
    """The installed program tests itself; its PDF is read and held against the one made here."""
    wine.path("C:\\自检 结果").mkdir(exist_ok=True)
    code = wine.code(program, "--self-test", "C:\\自检 结果\\结果.json", timeout=180)
    status = wine.path("C:\\自检 结果\\结果.json")
    found = json.loads(status.read_text(encoding="utf-8"))
    shutil.copy(status, WORK / "self-test.json")
    require_holds(code == 0 and found["ok"], f"self-test: first page painted after {found.get('first_paint_ms')} ms, "
                  f"{len(found.get('cross_check', {}))} columns balance, PDF of {found.get('pdf_bytes')} bytes")
    shutil.copy(wine.path(found["pdf"]), WORK / "windows.pdf")
    _same_as_here(WORK / "windows.pdf")
    return found


def _same_as_here(theirs: Path) -> None:
    """The PDF from Windows against one made by this checkout: text of every page, figures included."""
    ours = WORK / "linux.pdf"
    sample = ROOT / "resources" / "samples" / "sample-2023.govdesk"
    run_child(sys.executable, ROOT / "dev.py", "run", "export", sample, "-o", ours)
    python = ROOT / ".venv" / "bin" / "python"
    reader = ("import sys, pypdfium2 as p\n"
              "for page in p.PdfDocument(sys.argv[1]): print(page.get_textpage().get_text_bounded())")
    texts = [run_child(python, "-c", reader, file) for file in (ours, theirs)]
    require_holds(texts[0] == texts[1] and len(texts[0]) > 1000,
                  f"the PDF reads as the one made on Linux, {len(texts[0])} characters, "
                  f"{len(re.findall(r'[0-9]+', texts[0]))} numbers"
                  + (", and is the same to the byte" if ours.read_bytes() == theirs.read_bytes() else ""))


def _speaks_to_nobody(wine: Wine) -> None:
    """Wine's own trace of Windows' sockets, over window, cross-check and export; and over a Python that makes one.

    Each time Wine starts anew, and looks up this PC's name while it does: what it asks by itself is left out.
    """
    python = "Z:" + str(CACHE / "winpython" / "python.exe").replace("/", "\\")
    by_itself = _traced(wine, "cmd", "/c", "ver")
    made = _traced(wine, python, "-c", "import socket; socket.socket()") - by_itself
    require_holds(any("WSASocket" in line for line in made), "a socket would be seen")
    found = _traced(wine, f"{INSTALL_FOLDER}\\{APP_NAME}.exe", "--self-test", "C:\\自检 结果\\网络.json") - by_itself
    require_holds(not found, f"the running program makes no socket and asks for no address{''.join(sorted(found))}")


def _traced(wine: Wine, *command: str) -> set[str]:
    """The calls of a program to Windows' sockets, without the numbers of threads and the addresses in memory."""
    wine.settle()
    printed = wine.run(*command, timeout=180, WINEDEBUG="-all,+winsock")
    return socket_calls(printed)


def socket_calls(printed: str) -> set[str]:
    found = (SOCKET_CALL.search(line) for line in printed.splitlines())
    return {re.sub(r"\b(0x)?[0-9a-fA-F]{8,}\b", "…", match.string[match.start():]) for match in found if match}


def _drafts(wine: Wine) -> Path:
    return wine.path(f"{wine.user()}\\AppData\\Local\\{APP_NAME}\\govdesk.sqlite3")


def _old_drafts(wine: Wine) -> None:
    """A draft file of the first version is brought up to date by the frozen program (decision 0004)."""
    file = _drafts(wine)
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "tests" / "store" / "legacy" / "version-1.sqlite3", file)
    before = query_copy(file, "PRAGMA user_version")[0]
    code = wine.code(f"{INSTALL_FOLDER}\\{APP_NAME}.exe", "sample", "-o", "C:\\样例 2023.govdesk", "--draft")
    after = query_copy(file, "PRAGMA user_version")[0]
    require_holds(code == 0 and after > before and list(file.parent.glob("govdesk.v1-*")),
                  f"drafts of version {before} were copied and brought to version {after}")


def query_copy(file: Path, statement: str) -> list[int]:
    """Asked of a copy: the locks of a program in Wine are not seen from here, and a reader would clear its log away."""
    import sqlite3

    with tempfile.TemporaryDirectory() as folder:
        for part in (file, file.with_name(file.name + "-wal")):
            if part.exists():
                shutil.copy(part, folder)
        connection = sqlite3.connect(Path(folder) / file.name)
        try:
            return [row[0] for row in connection.execute(statement)]
        finally:
            connection.close()


def _opened_with_a_file(wine: Wine, screen: str) -> None:
    process = wine.start(f"{INSTALL_FOLDER}\\{APP_NAME}.exe", "C:\\样例 2023.govdesk")
    seconds = wait_for_window(screen, f"{ORGAN_NAME}.*{TITLE}")
    take_painted_picture(screen, PICTURES / "opened-with-a-file.png")
    require_holds(True, f"started with a document as argument; its report is open after {seconds:.1f} s")
    close_window(screen, process)


def close_window(screen: str, process: subprocess.Popen[bytes]) -> None:
    """As a clerk closes it: Alt+F4, which saves."""
    subprocess.run(["xdotool", "search", "--onlyvisible", "--name", TITLE, "windowfocus", "--sync"],
                   env={"DISPLAY": screen, "PATH": "/usr/bin:/bin"}, check=False, capture_output=True, timeout=20)
    subprocess.run(["xdotool", "key", "alt+F4"], env={"DISPLAY": screen, "PATH": "/usr/bin:/bin"}, check=False)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired as expired:
        take_picture(screen, PICTURES / "did-not-close.png")
        raise BuildError("the program did not close by Alt+F4 within 30 s.") from expired


def _wait(holds: object, words: str, patience: float) -> None:
    until = time.monotonic() + patience
    while not holds():                   # type: ignore[operator]
        if time.monotonic() > until:
            raise BuildError(f"trial: {words}: not within {patience:.0f} s")
        time.sleep(0.2)


def _upgraded(wine: Wine, screen: str) -> None:
    """Over itself: refused while it runs with a draft open, done when it is closed."""
    # On the common desktop: beside one of its own, Wine 8 lets no other program start.
    process = wine.direct(f"{INSTALL_FOLDER}\\{APP_NAME}.exe", "C:\\样例 2023.govdesk")
    wait_for_window(screen, f"{ORGAN_NAME}.*{TITLE}")
    time.sleep(4)
    listed = {file.name for file in wine.path(INSTALL_FOLDER).iterdir()}
    code = wine.code("C:\\安装 文件.exe", "/S")
    require_holds(code == 5 and {file.name for file in wine.path(INSTALL_FOLDER).iterdir()} == listed,
                  "an upgrade over the running program is refused (exit code 5) and changes nothing")
    wine.run("taskkill", "/IM", f"{APP_NAME}.exe")   # without /F: what a click on the cross does
    process.wait(timeout=30)
    drafts = query_copy(_drafts(wine), "SELECT id FROM draft")
    marker = wine.path(INSTALL_FOLDER) / "_internal" / "left-by-an-older-version.txt"
    marker.write_text("x")
    code = wine.code("C:\\安装 文件.exe", "/S")
    require_holds(code == 0 and not marker.exists(), "upgraded over itself, into the same folder; old files are gone")
    require_holds(query_copy(_drafts(wine), "SELECT id FROM draft") == drafts, f"the {len(drafts)} drafts are there")


def _undone(wine: Wine) -> None:
    """An upgrade that a power cut stopped between two renames, and one for which the disk is too small."""
    place = wine.path(INSTALL_FOLDER)
    (place / "old").mkdir()
    (place / "_internal").rename(place / "old" / "_internal")
    code = wine.code("C:\\安装 文件.exe", "/S")
    require_holds(code == 0 and (place / "_internal").is_dir() and not (place / "old").exists(),
                  "an upgrade that was cut off is put right by the next one")
    installer_trial.try_small_disk(wine)


def _removed(wine: Wine) -> None:
    drafts = _drafts(wine)
    kept = sorted(file.name for file in list_files(drafts.parent))
    wine.run(f"{INSTALL_FOLDER}\\uninstall.exe", "/S")
    _wait(lambda: not wine.path(INSTALL_FOLDER).exists(), "the program folder is gone", 60)
    require_holds(True, "uninstalled; the program folder is gone")
    time.sleep(1)
    _registered(wine, False)
    require_holds(drafts.is_file() and query_copy(drafts, "SELECT count(*) FROM entry")[0] > 100
                  and sorted(file.name for file in list_files(drafts.parent)) == kept,
                  f"the drafts are kept in {drafts.parent}")


def _portable(wine: Wine, screen: str, pocket: Path) -> None:
    """Unpacked into a folder, run, and nothing written outside it."""
    stick = wine.path("C:\\U盘 资料")
    shutil.unpack_archive(pocket, stick)
    wine.settle()
    before, known = _elsewhere(wine, stick), _lines(wine)
    code = wine.code(f"C:\\U盘 资料\\{APP_NAME}\\{APP_NAME}.exe", "sample", "-o", "C:\\U盘 资料\\样例.govdesk",
                     "--draft")
    require_holds(code == 0 and (stick / APP_NAME / "data" / "govdesk.sqlite3").is_file(),
                  "portable: the drafts lie beside it")
    process = wine.start(f"C:\\U盘 资料\\{APP_NAME}\\{APP_NAME}.exe")
    wait_for_window(screen, TITLE)
    take_painted_picture(screen, PICTURES / "portable.png")
    close_window(screen, process)
    wine.settle()
    left = _elsewhere(wine, stick) - before
    require_holds(not left and _lines(wine) == known, f"portable: nothing is left on the PC{''.join(map(str, left))}")


def _elsewhere(wine: Wine, stick: Path) -> set[Path]:
    """Every file of the PC that is not on the stick."""
    return {file for file in list_files(wine.path("C:\\")) if stick not in file.parents}


def _lines(wine: Wine) -> set[str]:
    """What the registry holds on the program."""
    return {line for line in read_registry(wine).splitlines() if "govdesk" in line.lower()}
