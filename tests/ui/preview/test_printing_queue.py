"""Printing for real, through a queue of CUPS of our own whose printer is a folder. Skipped where CUPS is not installed
(Debian: cups, cups-client, cups-filters)."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from govdesk import cli
from govdesk.document.style import Style
from govdesk.formfile.form_reader import load_form
from govdesk.session.session import take_snapshot
from ui.preview.renderer import make_preview_pages

ROOT = Path(__file__).resolve().parents[3]
SERVER, CUPS = shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin"), Path("/usr/lib/cups")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SERVER or not (CUPS / "filter" / "pdftopdf").exists(), reason="CUPS is not installed"),
]
BACKEND = """#!/bin/sh
[ $# = 0 ] && { echo 'direct keep "Unknown" "Keep"'; exit 0; }
name="${DEVICE_URI#keep:}/$1"
if [ -n "$6" ]; then cat "$6" > "$name.pdf"; else cat > "$name.pdf"; fi
echo "copies=$4 $5" > "$name.options"
"""
PRINTER = """*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "PAPER.PPD"
*Product: "(Paper)"
*Manufacturer: "Test"
*ModelName: "Test Paper"
*ShortNickName: "Test Paper"
*NickName: "Test Paper, 1.0"
*PSVersion: "(3010.000) 550"
*LanguageLevel: "3"
*ColorDevice: True
*DefaultColorSpace: RGB
*cupsVersion: 2.2
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*CloseUI: *PageSize
*OpenUI *PageRegion/Size: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*OpenUI *Duplex/Sides: PickOne
*DefaultDuplex: None
*Duplex None/One: ""
*Duplex DuplexNoTumble/Long: ""
*CloseUI: *Duplex
"""
# In a process of its own: Qt asks the environment once where the server of printing is.
CLERK = """
import subprocess, sys
import pypdfium2
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from govdesk.base.errors import UserError
from ui.preview import printing

application = QApplication([])
file, wish = sys.argv[1:]
printer = QPrinter(QPrinter.PrinterMode.HighResolution)
printer.setPrinterName("paper")
printing.set_up_printer(printer, "年报")
printer.setResolution(150)
if wish == "both sides, two copies":
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    printer.setCopyCount(2)
if wish == "pages 2 and 3":
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
draw = printing._draw
def vanish(*arguments):
    subprocess.run(["lpadmin", "-x", "paper"], check=True)
    printing._draw = draw
    draw(*arguments)
if wish == "gone while it prints":
    printing._draw = vanish
if wish == "gone":
    subprocess.run(["lpadmin", "-x", "paper"], check=True)
try:
    printing.print_pages(pypdfium2.PdfDocument(file), printer)
    print("sent")
except UserError as error:
    print(error.sentence)
"""


@pytest.fixture
def queue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which the printed files lie."""
    home = Path(f"/tmp/govdesk-cups-{os.getpid()}")           # short: a socket's name has 107 characters at most
    folders = {name: home / name for name in ("root", "spool", "cache", "state", "tmp", "out", "bin", "bin/backend")}
    for folder in folders.values():
        folder.mkdir(parents=True)
    for part in CUPS.iterdir():
        if part.name != "backend":
            (folders["bin"] / part.name).symlink_to(part)
    backend = folders["bin/backend"] / "keep"
    backend.write_text(BACKEND)
    backend.chmod(0o755)
    user = "lp" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    (folders["root"] / "cupsd.conf").write_text(
        f"Listen {home}/socket\nBrowsing Off\nWebInterface No\nDefaultAuthType None\n"
        "<Location />\nAllow all\n</Location>\n<Policy default>\n<Limit All>\nAllow all\n</Limit>\n</Policy>\n")
    (folders["root"] / "cups-files.conf").write_text("".join(f"{key} {value}\n" for key, value in {
        "ServerRoot": folders["root"], "ServerBin": folders["bin"], "RequestRoot": folders["spool"],
        "CacheDir": folders["cache"], "StateDir": folders["state"], "TempDir": folders["tmp"], "User": user,
        "AccessLog": home / "access", "ErrorLog": home / "errors", "PageLog": home / "pages"}.items()))
    if os.geteuid() == 0:
        for name in ("spool", "cache", "state", "tmp", "out"):
            shutil.chown(folders[name], user)
    (home / "paper.ppd").write_text(PRINTER)
    monkeypatch.setenv("CUPS_SERVER", f"{home}/socket")
    monkeypatch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin")
    assert SERVER
    server = subprocess.Popen([SERVER, "-f", "-c", folders["root"] / "cupsd.conf",
                               "-s", folders["root"] / "cups-files.conf"])
    try:
        wait_for(lambda: subprocess.run(["lpstat", "-r"], capture_output=True, text=True,
                                        check=False).stdout.startswith("scheduler is running"))
        subprocess.run(["lpadmin", "-p", "paper", "-E", "-v", f"keep:{folders['out']}", "-P", home / "paper.ppd"],
                       check=True, capture_output=True)
        yield folders["out"]
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        shutil.rmtree(home)


def wait_for(found: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not found():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    read = cli.sample_report()
    file = tmp_path / "report.pdf"
    file.write_bytes(make_preview_pages(take_snapshot(load_form(read.form_id), read), Style()).data)
    return file


def printed(report: Path, wish: str) -> str:
    return subprocess.run([sys.executable, "-c", CLERK, report, wish], cwd=ROOT, text=True, capture_output=True,
                          check=True, timeout=120).stdout.strip()


def box_of_ink(file: Path, page: int) -> list[float]:
    """In points, from the top left corner of the paper."""
    picture = pypdfium2.PdfDocument(file)[page].render(scale=2, grayscale=True).to_pil()
    return [edge / 2 for edge in picture.point(lambda value: 255 if value < 128 else 0).getbbox()]


@pytest.mark.parametrize(("wish", "options", "pages"), [
    ("", ("copies=1 ", "sides=one-sided"), (0, 1, 2, 3)),
    ("both sides, two copies", ("copies=2 ", "sides=two-sided-long-edge"), (0, 1, 2, 3)),
    ("pages 2 and 3", ("copies=1 ",), (1, 2)),
])
def test_the_queue_gets_the_pages_of_the_pdf(
    queue: Path, report: Path, wish: str, options: tuple[str, ...], pages: tuple[int, ...],
) -> None:
    assert printed(report, wish) == "sent"
    wait_for(lambda: list(queue.glob("*.options")))
    (told,) = queue.glob("*.options")
    assert all(option in told.read_text() for option in options)
    file = told.with_suffix(".pdf")
    assert len(pypdfium2.PdfDocument(file)) == len(pages)
    for at, page in enumerate(pages):
        assert box_of_ink(file, at) == pytest.approx(box_of_ink(report, page), abs=1.5)


@pytest.mark.parametrize("wish", ["gone", "gone while it prints"])
def test_a_printer_that_vanishes_is_a_sentence(queue: Path, report: Path, wish: str) -> None:
    said = printed(report, wish)
    assert said.startswith("找不到打印机“paper”了") and "再打印一次" in said
    assert ("没有打印。" in said) == (wish == "gone")
    assert list(queue.iterdir()) == []
