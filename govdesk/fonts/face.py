"""Reads one TrueType face, memory-mapped and on demand: characters, advances, outlines.

Nothing is decoded at opening but the table directory and the head of cmap, so opening six faces of 60 MB costs a few
milliseconds. cmap formats 4 and 12 (characters beyond the BMP), single files and collections (.ttc).

A file may be truncated, or hold nonsense anywhere. What is read is checked for its place; what cannot be a font is a
FaceError, which is a sentence for the person, whether it shows at opening or at a glyph.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from struct import error as struct_error
from struct import unpack_from as unpack

from govdesk.base.errors import UnreadableFileError
from govdesk.fonts.cmap import CharacterMap
from govdesk.fonts.face_names import FAMILY, POSTSCRIPT, read_name_table

PROBE_CHARACTERS = "国围圆因囗𠮷𠀀"    # full-size hanzi whose middle is the middle of the face
NEEDED_TABLES = ("cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "OS/2", "name")
MINUS = "－"                          # beside ＋ and ＝; where it is nearly an em long it is read as a dash
DASH, JOINED_DASH = "—", "─"         # where the dash leaves gaps, the box-drawing line does not
HEAD_MAGIC = 0x5F0F3CF5
MORE_PARTS_FLAG = 0x20
MALFORMED_ERRORS = (struct_error, IndexError, KeyError, ValueError, OverflowError, ZeroDivisionError)


class FaceError(UnreadableFileError):
    """The file cannot serve: damaged, not TrueType outlines, or its owner forbids embedding a subset."""

    def __init__(self, path: Path, reason: object) -> None:
        super().__init__(f"字体文件“{path}”缺失、已损坏或不能使用，请重新安装本程序。")
        self.path, self.reason = path, str(reason)


class Face:
    """A font file and what drawing and embedding need of it. Measures are 1/1000 em unless said otherwise."""

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read_directory(index)
            self._read_measures()
            self.name = self._postscript_name()
            self._lookup: Callable[[int], int] = CharacterMap(self.table("cmap")).gid
            self._gids: dict[str, int] = {}
            self._advances: dict[int, float] = {}
            self._widths: dict[str, float] = {}
            self.centre = self._centre()
        except (OSError, *MALFORMED_ERRORS) as reason:
            raise FaceError(path, reason) from reason

    def _read_directory(self, index: int) -> None:
        data = self.data
        start = 0
        if data[:4] == b"ttcf":
            if index >= unpack(">L", data, 8)[0]:
                raise ValueError("no such font in the collection")
            start = unpack(">L", data, 12 + 4 * index)[0]
        self.tables: dict[str, tuple[int, int]] = {}
        for i in range(unpack(">H", data, start + 4)[0]):
            tag, _, offset, length = unpack(">4sLLL", data, start + 12 + 16 * i)
            if offset + length > len(data):
                raise ValueError(f"{tag!r} ends beyond the file")
            self.tables[tag.decode("latin-1")] = offset, length
        missing = [tag for tag in NEEDED_TABLES if tag not in self.tables]
        if missing:
            raise ValueError(f"no table {missing[0]}" + (": no TrueType outlines" if "glyf" in missing else ""))

    def _read_measures(self) -> None:
        data, at = self.data, {tag: place[0] for tag, place in self.tables.items()}
        magic, self.em = unpack(">LxxH", data, at["head"] + 12)
        if magic != HEAD_MAGIC or not 16 <= self.em <= 16384:
            raise ValueError("no head")
        self.bbox = [v * 1000 // self.em for v in unpack(">4h", data, at["head"] + 36)]
        self._long_loca = bool(unpack(">h", data, at["head"] + 50)[0])
        ascent, descent = unpack(">hh", data, at["hhea"] + 4)
        self.ascent, self.descent = ascent * 1000 // self.em, descent * 1000 // self.em
        self.metric_count: int = unpack(">H", data, at["hhea"] + 34)[0]
        self.glyph_count: int = unpack(">H", data, at["maxp"] + 4)[0]
        self.weight, _, fs_type = unpack(">HHH", data, at["OS/2"] + 4)
        if fs_type & 0xF == 2 or fs_type & 0x300:
            raise ValueError(f"embedding a subset is not permitted (fsType {fs_type:#x})")
        self._loca, self._glyf, self._hmtx = at["loca"], at["glyf"], at["hmtx"]
        self._check_lengths()

    def _check_lengths(self) -> None:
        """The tables that hold something for each glyph are long enough for all of them."""
        count, metrics = self.glyph_count, self.metric_count
        loca = (4 if self._long_loca else 2) * (count + 1)
        hmtx = 4 * metrics + 2 * max(0, count - metrics)
        if metrics < 1 or self.tables["loca"][1] < loca or self.tables["hmtx"][1] < hmtx:
            raise ValueError("loca or hmtx is too short")

    def _postscript_name(self) -> str:
        found = next((text for kind, _, text in read_name_table(self.table("name")) if kind == POSTSCRIPT), "Font")
        return "".join(c for c in found if "!" <= c <= "~" and c not in "[](){}<>/%#")[:63] or "Font"

    @cached_property
    def family(self) -> str:
        """What a person calls it, in Chinese where it has a Chinese name."""
        names = {chinese: text for kind, chinese, text in read_name_table(self.table("name")) if kind == FAMILY}
        return (names.get(True) or names.get(False) or self.name).strip("\0 ")

    def gid(self, char: str) -> int:
        """Glyph of a character; 0 if the face lacks it, also where cmap names an empty glyph."""
        gid = self._gids.get(char)
        if gid is None:
            gid = self._gids[char] = self._found(char)
        return gid

    def _found(self, char: str) -> int:
        try:
            gid = self._lookup(ord(char))
            if not 0 < gid < self.glyph_count or (not char.isspace() and not self._has_outline(gid)):
                return 0
            if char == DASH and not self._is_joined(gid):
                line = self.gid(JOINED_DASH)
                return line if line and self._is_joined(line) else gid
            return gid
        except MALFORMED_ERRORS as reason:
            raise FaceError(self.path, reason) from reason

    def _is_joined(self, gid: int) -> bool:
        """Whether a dash after a dash leaves no gap: its ink is as long as its advance, and that is an em."""
        left, _, right, _ = self.ink(gid)
        return left <= 10 and right >= 990 and round(self.advance(gid)) == 1000

    def advance(self, gid: int) -> float:
        """Advance of a glyph."""
        found = self._advances.get(gid)
        if found is None:
            units: int = unpack(">H", self.data, self._hmtx + 4 * min(gid, self.metric_count - 1))[0]
            found = self._advances[gid] = units * 1000 / self.em
        return found

    def widths(self, text: str) -> list[float]:
        """Advances of the characters of a text, in em."""
        known = self._widths
        try:
            return [known[char] for char in text]
        except KeyError:
            for char in set(text) - known.keys():
                known[char] = self.advance(self.gid(char)) / 1000
            return [known[char] for char in text]

    def outline(self, gid: int) -> bytes:
        """The glyph's own bytes in glyf; empty for a blank."""
        first, last = self._extent(gid)
        return self.data[self._glyf + first:self._glyf + last]

    def _has_outline(self, gid: int) -> bool:
        first, last = self._extent(gid)
        return first < last

    def _extent(self, gid: int) -> tuple[int, int]:
        """Where a glyph begins and ends in glyf."""
        if not 0 <= gid < self.glyph_count:
            raise FaceError(self.path, f"glyph {gid} of {self.glyph_count}")
        if self._long_loca:
            first, last = unpack(">LL", self.data, self._loca + 4 * gid)
        else:
            first, last = (2 * v for v in unpack(">HH", self.data, self._loca + 2 * gid))
        if not first <= last <= self.tables["glyf"][1] or 0 < last - first < 10:
            raise FaceError(self.path, f"glyph {gid} lies outside glyf")
        return first, last

    def parts(self, gid: int) -> list[int]:
        """The glyphs that a composite is made of; none of any other glyph."""
        return [part for _, part in list_parts(self.path, self.outline(gid))]

    def box(self, char: str) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character's ink; zeros for a blank or absent one."""
        gid = self.gid(char)
        return self.ink(gid) if gid else (0.0, 0.0, 0.0, 0.0)

    def ink(self, gid: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a glyph; zeros for a blank one."""
        outline = self.outline(gid)
        if not outline:
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = (v * 1000 / self.em for v in unpack(">4h", outline, 2))
        return left, bottom, right, top

    def _centre(self) -> float:
        """Height of the middle of a hanzi above the base line; faces are set on one middle, not on one base line."""
        boxes = [self.box(char) for char in PROBE_CHARACTERS if self.gid(char)]
        return sum(bottom + top for _, bottom, _, top in boxes) / 2 / len(boxes) if boxes else 350.0

    def table(self, tag: str) -> bytes:
        """A whole table of the file."""
        offset, length = self.tables[tag]
        return self.data[offset:offset + length]

    def metric(self, gid: int) -> bytes:
        """The glyph's four bytes of hmtx: advance and left side bearing."""
        if gid < self.metric_count:
            return self.data[self._hmtx + 4 * gid:self._hmtx + 4 * gid + 4]
        last = self._hmtx + 4 * self.metric_count
        bearing = last + 2 * (gid - self.metric_count)
        return self.data[last - 4:last - 2] + self.data[bearing:bearing + 2]


def list_parts(path: Path, outline: bytes) -> list[tuple[int, int]]:
    """(place of the number, number) of each part of a composite glyph."""
    found: list[tuple[int, int]] = []
    if outline[:1] < b"\x80":                                 # a contour count that is not negative: no composite
        return found
    at, flags = 10, MORE_PARTS_FLAG
    try:
        while flags & MORE_PARTS_FLAG:
            flags, part = unpack(">HH", outline, at)
            found.append((at + 2, part))
            scale = 2 if flags & 8 else 4 if flags & 0x40 else 8 if flags & 0x80 else 0
            at += 4 + (4 if flags & 1 else 2) + scale
    except struct_error as reason:
        raise FaceError(path, reason) from reason
    return found
