"""Reads workbooks of Excel and WPS (.xlsx) from their XML: nothing is unpacked or laid out before it was looked at, a
formula counts with the result that the file keeps."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Final, NamedTuple

from govdesk.importing.files.packages import MOST_ELEMENTS, TOO_MUCH, Package, attribute, local
from govdesk.importing.files.source import Source, UnreadableSourceError
from govdesk.importing.sheets.grid import BROKEN, MOST_SHEETS, Sheet, Span, check_reach, number_text, source_of

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,9})")
_MOST_STRINGS: Final = 200_000


def read(data: bytes) -> Source:
    """The source of an .xlsx file. Raises UnreadableSourceError."""
    package = Package(data)
    look = _Look(_strings(package), *_dates(package))
    seen: list[Sheet] = []
    unseen: list[str] = []
    for name, part, is_hidden in _parts(package):
        if is_hidden:
            unseen.append(name)
        elif len(seen) < MOST_SHEETS:
            seen.append(_sheet(name, package.read(part), look))
    said = ["文件里有宏，没有运行。"] if package.has("xl/vbaProject.bin") else []
    if any(name.lower().startswith("xl/externallinks/") for name in package.names):
        said.append("表格里有引用其他文件的公式，按文件里保存的结果读取。")
    return source_of(seen, unseen, said)


def _parts(package: Package) -> Iterator[tuple[str, str, bool]]:
    """The name and the part of each sheet, and whether it is hidden."""
    targets = {attribute(one, "Id") or "": attribute(one, "Target") or ""
               for one in package.xml("xl/_rels/workbook.xml.rels")}
    for element in package.xml("xl/workbook.xml").iter():
        if local(element) == "sheet":
            target = next((targets[value] for key, value in element.attrib.items()
                           if key.endswith("}id") and value in targets), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if package.has(part):
                yield attribute(element, "name") or "", part, attribute(element, "state") in ("hidden", "veryHidden")


def _strings(package: Package) -> list[str]:
    """The texts that cells share; how they are read aloud (rPh) is no part of them."""
    if not package.has("xl/sharedStrings.xml"):
        return []
    found = []
    for one in package.xml("xl/sharedStrings.xml"):
        if local(one) == "si":
            found.append(_words(one))
        if len(found) > _MOST_STRINGS:
            raise UnreadableSourceError(TOO_MUCH)
    return found


def _words(element: Any) -> str:
    pieces = []
    for one in element:
        if local(one) == "t":
            pieces.append(one.text or "")
        elif local(one) == "r":
            pieces += [inner.text or "" for inner in one if local(inner) == "t"]
    return "".join(pieces).replace("_x000D_", "").replace("_x000d_", "").replace("\r\n", "\n").strip()


class _Look(NamedTuple):
    """What a sheet's cells refer to: shared texts, the styles that show a day, and the day that is 0."""

    strings: Sequence[str]
    dates: frozenset[int]
    begin: date


_DAYS: Final = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))     # formats without a code
_NO_SIGNS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def _dates(package: Package) -> tuple[frozenset[int], date]:
    """The styles by which a number is shown as a day: it is no figure then, though it is stored as one."""
    begin = date(1899, 12, 30)
    if any(local(one) == "workbookPr" and one.get("date1904") in ("1", "true")
           for one in package.xml("xl/workbook.xml").iter()):
        begin = date(1904, 1, 1)
    if not package.has("xl/styles.xml"):
        return frozenset(), begin
    root = package.xml("xl/styles.xml")
    codes = {one.get("numFmtId"): one.get("formatCode") or "" for one in root.iter() if local(one) == "numFmt"}
    styles = next((one for one in root if local(one) == "cellXfs"), ())
    found = set()
    for at, style in enumerate(one for one in styles if local(one) == "xf"):
        number = style.get("numFmtId") or "0"
        code = _NO_SIGNS.sub("", codes.get(number, "")).lower()
        is_day = number not in codes and number.isdigit() and int(number) in _DAYS
        if is_day or any(sign in code for sign in "ymdhs年月日"):
            found.add(at)
    return frozenset(found), begin


def _sheet(name: str, data: bytes, look: _Look) -> Sheet:
    """A pass over a sheet's XML that keeps only its texts."""
    from lxml import etree

    texts: dict[tuple[int, int], str] = {}
    unsolved: set[tuple[int, int]] = set()
    merged: list[Span] = []
    hidden = count = 0
    row = column = 0                         # cells without a reference follow one another
    try:
        for event, element in etree.iterparse(io.BytesIO(data), events=("start", "end"), resolve_entities=False,
                                              no_network=True, huge_tree=False, remove_comments=True):
            kind = local(element)
            count += 1
            if count > MOST_ELEMENTS * 2:
                raise UnreadableSourceError(TOO_MUCH)
            if event == "start":
                if kind == "row":
                    row, column = _row(element.get("r"), row), 0
                continue
            if kind == "c":
                row, column = _place(element.get("r"), row, column)
                text, formula = _value(element, look)
                if text or formula:
                    check_reach(row - 1, column - 1)
                    texts[row - 1, column - 1] = text
                if formula and not text:
                    unsolved.add((row - 1, column - 1))
            elif kind == "row":
                hidden += element.get("hidden") in ("1", "true") and len(element) > 0
                element.clear()
            elif kind == "col":
                hidden += element.get("hidden") in ("1", "true")
            elif kind == "mergeCell":
                merged += _range(element.get("ref") or "")
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableSourceError(BROKEN) from None
    return Sheet(name, texts, tuple(merged), hidden, frozenset(unsolved))


def _row(written: str | None, before: int) -> int:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 9 else before + 1


def _place(written: str | None, row: int, column: int) -> tuple[int, int]:
    """Row and column of a cell, from 1."""
    if not written:
        return row, column + 1
    found = _REFERENCE.fullmatch(written)
    if found is None:
        raise UnreadableSourceError(BROKEN)
    return int(found[2]), _column(found[1])


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _value(cell: Any, look: _Look) -> tuple[str, bool]:
    """What a cell shows, and whether it is a formula."""
    kind = cell.get("t") or "n"
    written, formula, inline = "", False, ""
    for one in cell:
        name = local(one)
        if name == "v":
            written = (one.text or "").strip()
        elif name == "f":
            formula = True
        elif name == "is":
            inline = _words(one)
    if kind == "s":
        at = int(written) if written.isascii() and written.isdigit() and len(written) < 8 else -1
        return (look.strings[at] if 0 <= at < len(look.strings) else ""), formula
    if kind in ("inlineStr", "str", "e"):
        return inline or written, formula
    if kind == "b":
        return ("是" if written == "1" else "否"), formula
    style = cell.get("s") or ""
    is_day = style.isdigit() and len(style) < 7 and int(style) in look.dates
    return _number(written, look.begin if is_day else None), formula


def _number(written: str, begin: date | None) -> str:
    """A number as it is shown; `begin`: the day that is 0, where it is shown as one."""
    try:
        value = float(written)
        if begin is not None:
            return (begin + timedelta(days=int(value))).isoformat()
    except (ValueError, OverflowError):
        return written
    return number_text(value) if math.isfinite(value) else written


def _range(written: str) -> Iterator[Span]:
    begin, _, end = written.partition(":")
    first, last = _REFERENCE.fullmatch(begin), _REFERENCE.fullmatch(end or begin)
    if first and last:
        top, left, bottom, right = int(first[2]), _column(first[1]), int(last[2]), _column(last[1])
        if 0 < top <= bottom and 0 < left <= right:
            yield top - 1, left - 1, bottom - top + 1, right - left + 1
