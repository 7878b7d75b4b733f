"""Small font files for tests: a few characters of a bundled face under any name, and what may be wrong with a file."""

from __future__ import annotations

import struct
from pathlib import Path

from govdesk.fonts.face import Face
from govdesk.fonts.subset import _packed, make_subset
from tests.export.export_reading import FONTS

CHARS = "国围圆因囗公开政府信息年报正文标题表格页码，。—─“”0123456789（）"


def font(
    names: dict[int, str], *, source: str = "GwKai", chars: str = CHARS, fs_type: int = 0, language: int = 0x409,
    drop: tuple[str, ...] = (), empty: str = "", narrow: str = "", macintosh: bool = False,
) -> bytes:
    """A TrueType file. `empty`: characters that cmap has and glyf has not; `narrow`: half an em wide."""
    face = Face(FONTS / f"{source}.ttf")
    known = [c for c in dict.fromkeys(chars) if face.gid(c)]
    tables = unpacked(make_subset(face, [0, *(face.gid(c) for c in known)]))
    for i, char in enumerate(known, 1):
        if char in empty:
            _empty(tables, i)
        if char in narrow:
            at = 4 * i
            tables["hmtx"] = tables["hmtx"][:at] + struct.pack(">H", face.em // 2) + tables["hmtx"][at + 2:]
    tables["cmap"] = _cmap(known)
    tables["name"] = _name(names, language, macintosh=macintosh)
    tables["OS/2"] = struct.pack(">hhHHH", 4, 500, 400, 5, fs_type) + b"\0" * 86
    return _packed({tag: data for tag, data in tables.items() if tag not in drop})


def collection(*fonts: bytes) -> bytes:
    """Several files as one .ttc."""
    head = struct.pack(">4sLL", b"ttcf", 0x10000, len(fonts))
    at, starts, bodies = len(head) + 4 * len(fonts), [], []
    for data in fonts:
        starts.append(at)
        moved, count = bytearray(data), struct.unpack_from(">H", data, 4)[0]
        for i in range(count):
            place = 12 + 16 * i + 8
            struct.pack_into(">L", moved, place, struct.unpack_from(">L", data, place)[0] + at)
        bodies.append(bytes(moved))
        at += len(data)
    return head + struct.pack(f">{len(starts)}L", *starts) + b"".join(bodies)


def put(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


def unpacked(data: bytes) -> dict[str, bytes]:
    found = {}
    for i in range(struct.unpack_from(">H", data, 4)[0]):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * i)
        found[tag.decode()] = data[offset:offset + length]
    return found


def _empty(tables: dict[str, bytes], glyph: int) -> None:
    """The glyph's outline is gone from loca; its bytes stay."""
    offsets = list(struct.unpack(f">{len(tables['loca']) // 4}L", tables["loca"]))
    offsets[glyph] = offsets[glyph + 1]
    tables["loca"] = struct.pack(f">{len(offsets)}L", *offsets)


def _cmap(known: list[str]) -> bytes:
    pairs = sorted((ord(char), gid) for gid, char in enumerate(known, 1))
    groups = b"".join(struct.pack(">LLL", code, code, gid) for code, gid in pairs)
    table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, len(pairs)) + groups
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + table


def _name(names: dict[int, str], language: int, *, macintosh: bool) -> bytes:
    records, strings = b"", b""
    for kind, text in sorted(names.items()):
        raw = text.encode("gbk" if macintosh else "utf-16-be")
        place = (1, 25, 33) if macintosh else (3, 1, language)
        records += struct.pack(">6H", *place, kind, len(raw), len(strings))
        strings += raw
    return struct.pack(">HHH", 0, len(names), 6 + len(records)) + records + strings
