"""ISO 19005-2, 6.2.11: the fonts of a file, embedded and consistent, and every code that is drawn."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import Any

Faults = Iterator[str]


def fonts(file: Any) -> Faults:
    """A 6.2.11: embedded, with the widths of the font program, and every code that is drawn has glyph and character, or
    for a character of private use a text that is read."""
    drawn: dict[int, set[int]] = {}
    unread: dict[int, set[int]] = {}                         # without such a text
    read: list[bool] = []
    dictionaries: dict[int, Any] = {}
    for page in file.pdf.pages:
        named = {key: value.get_object() for key, value in page["/Resources"]["/Font"].items()}
        font: Any = None
        for operands, operator in file.operations(page):
            if operator == b"Tf":
                font = named[operands[0]]
                dictionaries[id(font)] = font
            elif operator in (b"Tj", b"TJ"):
                drawn.setdefault(id(font), set()).update(_codes(operands[0]))
                if not any(read):
                    unread.setdefault(id(font), set()).update(_codes(operands[0]))
            elif operator in (b"BDC", b"BMC"):
                read.append(operator == b"BDC" and "/ActualText" in operands[1])
            elif operator == b"EMC" and read:
                read.pop()
    for key, font in dictionaries.items():
        found = [*_font(font, drawn.get(key, set())), *_private(font, unread.get(key, set()))]
        yield from (f"{font.get('/BaseFont')}: {fault}" for fault in found)


def _private(font: Any, codes: set[int]) -> Faults:
    """A 6.2.11.7.3."""
    known = _unicode(font["/ToUnicode"].get_object().get_data().decode()) if "/ToUnicode" in font else {}
    for code in codes:
        if re.match("[\ue000-\uf8ff\U000f0000-\U0010ffff]", known.get(code, "")):
            yield f"{known[code]!a} is of private use and has no text that is read"


def _codes(shown: Any) -> Iterator[int]:
    for part in shown if isinstance(shown, list) else [shown]:
        if isinstance(part, str | bytes):
            raw = part.original_bytes if isinstance(part, str) else part
            yield from struct.unpack(f">{len(raw) // 2}H", raw)


def _font(font: Any, codes: set[int]) -> Faults:
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H" or "/ToUnicode" not in font:
        yield "no Type0 font with Identity-H and ToUnicode"
        return
    inner = font["/DescendantFonts"][0].get_object()
    descriptor = inner["/FontDescriptor"].get_object()
    if "/FontFile2" not in descriptor or inner.get("/CIDToGIDMap") != "/Identity":
        yield "not embedded, or no CIDToGIDMap"
        return
    if not re.match(r"/[A-Z]{6}\+.", font["/BaseFont"]) or font["/BaseFont"] != descriptor["/FontName"]:
        yield "subset name"
    tables = _tables(descriptor["/FontFile2"].get_object().get_data())
    count = struct.unpack_from(">H", tables["maxp"], 4)[0]
    em = struct.unpack_from(">H", tables["head"], 18)[0]
    metrics = struct.unpack_from(">H", tables["hhea"], 34)[0]
    offsets = struct.unpack(f">{count + 1}L", tables["loca"])
    widths = _widths(inner.get("/W", []))
    known = _unicode(font["/ToUnicode"].get_object().get_data().decode())
    for code in codes:
        if not 0 < code < count:
            yield f"code {code} has no glyph"
            continue
        advance = struct.unpack_from(">H", tables["hmtx"], 4 * min(code, metrics - 1))[0] * 1000 / em
        if abs(advance - widths.get(code, inner["/DW"])) > 1:
            yield f"width of {code}"
        if offsets[code] == offsets[code + 1] and not known.get(code, "").isspace():
            yield f"empty glyph {code}"
        if not known.get(code) or known[code] in ("\0", "\ufeff", "\ufffe"):
            yield f"no character for {code}"


def _tables(data: bytes) -> dict[str, bytes]:
    found = {}
    for i in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * i)
        found[tag.decode()] = data[offset:offset + length]
    return found


def _widths(array: list[Any]) -> dict[int, float]:
    """Code → width of “first [width …] first [width …]”."""
    return {first + i: width for first, widths in zip(array[::2], array[1::2], strict=True)
            for i, width in enumerate(widths)}


def _unicode(cmap: str) -> dict[int, str]:
    blocks = re.findall(r"(\d+) beginbfchar(.*?)endbfchar", cmap, re.S)
    found = {}
    for said, block in blocks:
        pairs = re.findall(r"<(\w{4})><(\w+)>", block)
        assert len(pairs) == int(said) <= 100
        found.update({int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs})
    return found
