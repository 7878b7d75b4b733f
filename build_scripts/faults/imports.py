"""Damaged files of every format that can be imported: each is read or refused in a sentence, soon, within bounds, and
touches nothing. Where only the structure of tables was changed, no figure is wrong without being in doubt."""

from __future__ import annotations

import io
import multiprocessing
import random
import re
import resource
import socket
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LONGEST, LARGEST = 5.0, 500 << 10            # seconds of one processor, kilobytes
PATIENCE = 60.0                              # seconds by the clock after which an import hangs: others work here too
FONT = ROOT / "resources" / "fonts" / "GwSong.ttf"


class Damaged(NamedTuple):
    """A damaged file. `honest`: its digits are those of the report of this seed, so that every figure read from it can
    be judged."""

    format: str
    how: str
    data: bytes
    seed: int
    honest: bool = False


def campaign(folder: Path, often: int) -> tuple[Counter[str], Iterator[str]]:
    """What was done, and what was wrong."""
    done: Counter[str] = Counter()
    wrong = list(_judge(folder, often, done))
    return done, iter(wrong)


def _judge(folder: Path, often: int, done: Counter[str]) -> Iterator[str]:
    begin = int(time.time()) % 1_000_000_007 if "--new" in sys.argv else 0
    worker = _Worker(folder)
    for number in range(begin, begin + often):
        one = damaged(number)
        outcome, took, size = worker.ask(one)
        done[f"{one.format}: {outcome.partition(':')[0]}"] += 1
        trouble = "" if outcome.startswith(("read", "refused")) else outcome
        trouble = trouble or (f"{took:.1f} s" if took > LONGEST else "")
        trouble = trouble or (f"{size >> 10} MB" if size > LARGEST else "")
        if trouble:
            kept = Path.cwd() / f"import-fault-{number}.{one.format}"
            kept.write_bytes(one.data)
            yield f"{number}: {one.format}, {one.how}: {trouble} ({kept.name})"
        if list(folder.iterdir()):
            yield f"{number}: {one.format}, {one.how}: left a file behind"
    worker.end()


# ------------------------------------------------------------------------------------------------------------- worker

class _Worker:
    """A process that imports; a new one where it hangs or ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._line, other = context.Pipe()
        self._process = context.Process(target=serve, args=(other, str(self._folder)), daemon=True)
        self._process.start()
        self._line.recv()

    def ask(self, one: Damaged) -> tuple[str, float, int]:
        self._line.send(one)
        try:
            if self._line.poll(PATIENCE):
                outcome: tuple[str, float, int] = self._line.recv()
                return outcome
            outcome = "hang", PATIENCE, 0
        except EOFError:
            outcome = "crash", 0.0, 0
        self.end()
        self._begin()
        return outcome

    def end(self) -> None:
        self._process.kill()
        self._process.join()


def serve(line: Connection, folder: str) -> None:
    """Imports what it is sent, in a folder of its own and without a network."""
    sys.path[:0] = [str(ROOT)]
    import os
    import tempfile

    os.chdir(folder)
    tempfile.tempdir = None
    socket.socket = _no_network           # type: ignore[assignment, misc]
    line.send("ready")
    while True:
        one = line.recv()
        begun = time.process_time()
        outcome = _outcome(one)
        line.send((outcome, time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))


def _no_network(*_: object, **__: object) -> None:
    raise AssertionError("a file was to be fetched")


def _outcome(one: Damaged) -> str:
    from govdesk.base.errors import UnreadableFileError
    from govdesk.exchange.readers import read_bytes
    from govdesk.importing.importer import import_bytes
    from govdesk.importing.kinds import is_known

    try:
        if not is_known(one.data):
            read_bytes(one.data, "a")
            return "read as an exchange file"
        found = import_bytes(one.data, "a")
    except UnreadableFileError as error:
        sentence = error.sentence
        return "refused" if "\n" not in sentence and re.search(r"[\u4e00-\u9fff]", sentence) else f"says: {sentence!r}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    if one.honest and (silent := _silent(found, one.seed)):
        return f"wrong in silence: {silent[:3]}"
    return "read"


def _silent(found: Any, seed: int) -> list[str]:
    from govdesk.formfile import form_reader
    from tests.importing.made_reports import made_report
    from tests.importing.reading import silent_errors

    return silent_errors(found, made_report(form_reader.load_form("ogi-annual-report-2021"), seed))


# ------------------------------------------------------------------------------------------------------------- damage

_FORMATS = ("docx", "docx", "html", "html", "mht", "xlsx", "xls", "sheet.xml", "csv", "pdf", "ofd", "doc", "rtf")


def damaged(number: int) -> Damaged:
    """The damaged file of a number, always the same."""
    rng = random.Random(number)
    name = rng.choice(_FORMATS)
    seed = number % 7
    whole = _whole(name, seed)
    if name in ("docx", "html") and rng.random() < 0.5:
        how, made = _restructured(rng, name, whole)
        return Damaged(name, how, made, seed, honest=True)
    if name in ("docx", "xlsx", "ofd") and rng.random() < 0.7:
        return Damaged(name, "a part", _part_damaged(rng, whole), seed)
    how, change = rng.choice(tuple(_BYTES.items()))
    return Damaged(name, how, change(rng, whole), seed)


_MADE: dict[tuple[str, int], bytes] = {}


def _whole(name: str, seed: int) -> bytes:
    if (name, seed) not in _MADE:
        _MADE[name, seed] = _make(name, seed)
    return _MADE[name, seed]


def _make(name: str, seed: int) -> bytes:
    sys.path[:0] = [str(ROOT)] if str(ROOT) not in sys.path else []
    from govdesk.formfile import form_reader
    from tests.importing import file_making, page_making
    from tests.importing.made_reports import laid_out, made_report

    if name == "doc":
        return (ROOT / "tests" / "importing" / "files" / "report-0.doc").read_bytes()
    form = form_reader.load_form("ogi-annual-report-2021")
    parts = list(laid_out(form, made_report(form, seed)))
    makers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: file_making.docx(parts), "html": lambda: file_making.html_text(parts).encode(),
        "mht": lambda: file_making.mht(parts), "xlsx": lambda: file_making.xlsx(parts),
        "xls": lambda: file_making.xls(parts), "rtf": lambda: file_making.rtf(parts),
        "sheet.xml": lambda: file_making.sheet_xml(parts), "csv": lambda: file_making.csv_text(parts).encode("gb18030"),
        "pdf": lambda: page_making.pdf(parts, str(FONT)), "ofd": lambda: page_making.ofd(parts)}
    return makers[name]()


def _flip(rng: random.Random, data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(rng.choice((1, 3, 30, 300))):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made)


def _cut(rng: random.Random, data: bytes) -> bytes:
    return data[:rng.randrange(len(data))]


def _left_out(rng: random.Random, data: bytes) -> bytes:
    at, count = rng.randrange(len(data)), rng.choice((1, 10, 512, 5000))
    return data[:at] + data[at + count:]


def _repeated(rng: random.Random, data: bytes) -> bytes:
    at, count = rng.randrange(len(data)), rng.choice((10, 512, 5000))
    return data[:at] + data[at:at + count] * rng.choice((2, 5, 200)) + data[at:]


def _zeros(rng: random.Random, data: bytes) -> bytes:
    at, count = rng.randrange(len(data)), rng.choice((4, 64, 512, 4096))
    return data[:at] + bytes([rng.choice((0, 255))]) * count + data[at + count:]


def _numbers(rng: random.Random, data: bytes) -> bytes:
    """Numbers in the text made large, negative or odd."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    for one in sorted(rng.sample(found, min(len(found), rng.choice((1, 5, 50)))), key=lambda one: -one.start()):
        other = rng.choice((b"0", b"-1", b"99999999", b"4294967295", b"1e308", b"NaN", b"65536"))
        data = data[:one.start()] + other + data[one.end():]
    return data


_BYTES = {"flipped": _flip, "cut": _cut, "left out": _left_out, "repeated": _repeated, "overwritten": _zeros,
          "numbers": _numbers}


def _part_damaged(rng: random.Random, data: bytes) -> bytes:
    """One part of a zipped file damaged, the container whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = rng.choice([name for name in names if name.endswith(("document.xml", "sheet1.xml", "Content.xml"))])
        for name in names:
            part = old.read(name)
            if name == chosen:
                part = rng.choice((*_BYTES.values(), _elements, _elements, _elements))(rng, part)
            new.writestr(name, part)
    return out.getvalue()


_ELEMENT = re.compile(rb"<(/?)([\w:]+)((?:\s[^<>]*?)?)(/?)>")


def _elements(rng: random.Random, data: bytes) -> bytes:
    """Whole elements removed, doubled, moved, attributes dropped; the XML stays well-formed."""
    spans = _spans(data)
    if not spans:
        return data
    for _ in range(rng.choice((1, 1, 3, 10))):
        spans = _spans(data)
        begin, end = rng.choice(spans)
        piece = data[begin:end]
        act = rng.randrange(3)
        if act == 0:
            data = data[:begin] + data[end:]
        elif act == 1:
            data = data[:end] + piece + data[end:]
        else:
            head = _ELEMENT.match(piece)
            if head:
                data = data[:begin] + b"<" + head[2] + head[4] + b">" + piece[head.end():] + data[end:]
        if not _spans(data):
            break
    return data


def _spans(data: bytes) -> list[tuple[int, int]]:
    """Where elements begin and end, but for the outermost."""
    open_: list[tuple[bytes, int]] = []
    found: list[tuple[int, int]] = []
    for tag in _ELEMENT.finditer(data):
        if tag[1]:
            if open_ and open_[-1][0] == tag[2]:
                _, begin = open_.pop()
                if open_:
                    found.append((begin, tag.end()))
        elif tag[4]:
            found.append((tag.start(), tag.end()))
        else:
            open_.append((tag[2], tag.start()))
    return found


def _restructured(rng: random.Random, name: str, data: bytes) -> tuple[str, bytes]:
    """Cells, rows and spans of tables removed, doubled or changed; the digits stay as they are."""
    if name == "docx":
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            how = ""
            for part in old.namelist():
                body = old.read(part)
                if part == "word/document.xml":
                    spans = (rb'<w:gridSpan w:val="(\d+)"/>', rb"<w:vMerge[^>]*/>")
                    how, body = _rebuilt(rng, body, b"w:tr", b"w:tc", spans)
                new.writestr(part, body)
        return how, out.getvalue()
    return _rebuilt(rng, data, b"tr", b"t[dh]", (rb' colspan="(\d+)"', rb' rowspan="(\d+)"'))


_ACTS = ("row removed", "cell removed", "empty cell added", "span lost", "row doubled", "label changed", "label lost")


def _rebuilt(rng: random.Random, body: bytes, row: bytes, cell: bytes, spans: tuple[bytes, ...]) -> tuple[str, bytes]:
    how = []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        act = rng.choice(_ACTS)
        rows = list(re.finditer(rb"<%s\b.*?</%s>" % (row, row), body, re.DOTALL))
        one = rng.choice(rows)
        cells = list(re.finditer(rb"<%s\b.*?</%s>" % (cell, cell), one[0], re.DOTALL))
        piece = rng.choice(cells) if cells else None
        found = [span for kind in spans for span in re.finditer(kind, body)]
        if act == "row removed":
            body = body[:one.start()] + body[one.end():]
        elif act == "row doubled":
            body = body[:one.end()] + one[0] + body[one.end():]
        elif act == "span lost" and found:
            span = rng.choice(found)
            body = body[:span.start()] + body[span.end():]
        elif piece is not None:
            begin, end = one.start() + piece.start(), one.start() + piece.end()
            if act == "cell removed":
                body = body[:begin] + body[end:]
            elif act == "empty cell added":
                blank = b"<w:tc><w:p/></w:tc>" if cell == b"w:tc" else b"<td></td>"
                body = body[:begin] + blank + body[begin:]
            elif act == "label changed":
                body = body[:begin] + re.sub(rb"(?<=>)[^<>0-9.]{6,}(?=<)", "其他".encode(), piece[0]) + body[end:]
            elif act == "label lost":
                body = body[:begin] + re.sub(rb"(?<=>)[^<>0-9.]{6,}(?=<)", b"", piece[0]) + body[end:]
        how.append(act)
    return ", ".join(how), body
