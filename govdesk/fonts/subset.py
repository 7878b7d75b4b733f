"""Builds a font file of just the glyphs that a document uses, for embedding."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable

from govdesk.fonts.face import Face, list_parts

KEPT_TABLES = ("cvt ", "fpgm", "prep", "head", "hhea", "maxp")


def make_subset(face: Face, gids: Iterable[int]) -> bytes:
    """A font file of just these glyphs in this order (the first must be 0); parts of composites are appended."""
    order = list(gids)
    places: dict[int, int] = {}
    for place, gid in enumerate(order):
        places.setdefault(gid, place)
    outlines = []
    for gid in order:                                         # grows while composites name their parts
        outline = face.outline(gid)
        if outline[:1] >= b"\x80":                            # a negative contour count: a composite
            outline = _renumbered(face, outline, places, order)
        outlines.append(outline + b"\0" * (-len(outline) % 4))
    offsets = [0]
    for outline in outlines:
        offsets.append(offsets[-1] + len(outline))
    tables = {tag: face.table(tag) for tag in KEPT_TABLES if tag in face.tables}
    tables["glyf"] = b"".join(outlines)
    tables["loca"] = struct.pack(f">{len(offsets)}L", *offsets)
    tables["hmtx"] = b"".join(map(face.metric, order))
    tables["head"] = tables["head"][:8] + b"\0\0\0\0" + tables["head"][12:50] + b"\0\1" + tables["head"][52:]
    tables["hhea"] = tables["hhea"][:34] + struct.pack(">H", len(order))
    tables["maxp"] = tables["maxp"][:4] + struct.pack(">H", len(order)) + tables["maxp"][6:]
    return _packed(tables)


def _renumbered(face: Face, outline: bytes, places: dict[int, int], order: list[int]) -> bytes:
    """A composite whose parts carry their new numbers; parts not seen before are put at the end of `order`."""
    changed = bytearray(outline)
    for at, part in list_parts(face.path, outline):
        if part not in places:
            places[part] = len(order)
            order.append(part)
        struct.pack_into(">H", changed, at, places[part])
    return bytes(changed)


def _packed(tables: dict[str, bytes]) -> bytes:
    """Tables as one TrueType file, checksums and all."""
    count = len(tables)
    power = count.bit_length() - 1
    directory = [struct.pack(">LHHHH", 0x10000, count, 16 << power, power, 16 * count - (16 << power))]
    body, offset, total, adjust = [], 12 + 16 * count, 0, 0
    for tag in sorted(tables):
        data = tables[tag]
        padded = data + b"\0" * (-len(data) % 4)
        check = _checksum(padded)
        directory.append(struct.pack(">4sLLL", tag.encode("latin-1"), check, offset, len(data)))
        body.append(padded)
        total += check
        if tag == "head":
            adjust = offset + 8
        offset += len(padded)
    front = b"".join(directory)
    font = bytearray(front + b"".join(body))
    struct.pack_into(">L", font, adjust, (0xB1B0AFBA - total - _checksum(front)) & 0xFFFFFFFF)
    return bytes(font)


def _checksum(padded: bytes) -> int:
    words = array("I", padded)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
