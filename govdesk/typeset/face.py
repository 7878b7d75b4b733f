"""One TrueType face, memory-mapped and read on demand: characters, advances, outlines.

Nothing is decoded at opening but the table directory and the head of cmap, so opening six faces of 60 MB costs a few
milliseconds. cmap formats 4 and 12 (characters beyond the BMP), single files and collections (.ttc).
"""

from __future__ import annotations

import mmap
from collections.abc import Callable
from pathlib import Path
from struct import unpack_from as unpack

PROBES = "国围圆因囗𠮷𠀀"              # full-size hanzi whose middle is the middle of the face


class FaceError(Exception):
    """The file cannot serve: not TrueType outlines, no Unicode cmap, or its owner forbids embedding a subset."""


class Face:
    """A font file and what drawing and embedding need of it. Measures are 1/1000 em unless said otherwise."""

    def __init__(self, path: Path, index: int = 0) -> None:
        with path.open("rb") as file:
            self.data = data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        start = unpack(">L", data, 12 + 4 * index)[0] if data[:4] == b"ttcf" else 0
        self.tables: dict[str, tuple[int, int]] = {}
        for i in range(unpack(">H", data, start + 4)[0]):
            tag, _, offset, length = unpack(">4sLLL", data, start + 12 + 16 * i)
            self.tables[tag.decode("latin-1")] = offset, length
        if "glyf" not in self.tables:
            raise FaceError("no TrueType outlines (CFF font?)")
        at = {tag: place[0] for tag, place in self.tables.items()}
        self._read_measures(at)
        self._loca, self._glyf, self._hmtx = at["loca"], at["glyf"], at["hmtx"]
        self.name = self._postscript_name(at["name"])
        self._lookup = self._open_cmap(at["cmap"])
        self._gids: dict[str, int] = {}
        self.centre = self._centre()

    def _read_measures(self, at: dict[str, int]) -> None:
        data = self.data
        self.em: int = unpack(">H", data, at["head"] + 18)[0]
        self.bbox = [v * 1000 // self.em for v in unpack(">4h", data, at["head"] + 36)]
        self._long_loca = bool(unpack(">h", data, at["head"] + 50)[0])
        ascent, descent = unpack(">hh", data, at["hhea"] + 4)
        self.ascent, self.descent = ascent * 1000 // self.em, descent * 1000 // self.em
        self.metric_count: int = unpack(">H", data, at["hhea"] + 34)[0]
        self.weight: int = unpack(">H", data, at["OS/2"] + 4)[0]
        fs_type: int = unpack(">H", data, at["OS/2"] + 8)[0]
        if fs_type & 0xF == 2 or fs_type & 0x300:
            raise FaceError(f"embedding a subset is not permitted (fsType {fs_type:#x})")

    def _postscript_name(self, at: int) -> str:
        count, strings = unpack(">HH", self.data, at + 2)
        for i in range(count):
            platform, _, _, name_id, length, offset = unpack(">6H", self.data, at + 6 + 12 * i)
            if name_id == 6:
                raw = self.data[at + strings + offset:at + strings + offset + length]
                text = raw.decode("utf-16-be" if platform in (0, 3) else "latin-1", "replace")
                return "".join(c for c in text if "!" <= c <= "~" and c not in "[](){}<>/%#") or "Font"
        return "Font"

    def _open_cmap(self, cmap: int) -> Callable[[int], int]:
        found: dict[int, int] = {}
        for i in range(unpack(">H", self.data, cmap + 2)[0]):
            platform, encoding, offset = unpack(">HHL", self.data, cmap + 4 + 8 * i)
            if (platform == 0 and encoding != 5) or (platform == 3 and encoding in (1, 10)):
                found[unpack(">H", self.data, cmap + offset)[0]] = cmap + offset
        if 12 in found:
            self._map, self._groups = found[12], unpack(">L", self.data, found[12] + 12)[0]
            return self._format12
        if 4 in found:
            self._map, self._groups = found[4], unpack(">H", self.data, found[4] + 6)[0] // 2
            return self._format4
        raise FaceError("no Unicode character map")

    def _format12(self, code: int) -> int:
        low, high, base = 0, self._groups, self._map + 16
        while low < high:
            middle = (low + high) // 2
            first, last, gid = unpack(">LLL", self.data, base + 12 * middle)
            if code > last:
                low = middle + 1
            elif code < first:
                high = middle
            else:
                return int(gid + code - first)
        return 0

    def _format4(self, code: int) -> int:
        if code > 0xFFFF:
            return 0
        data, count, ends = self.data, self._groups, self._map + 14
        low, high = 0, count
        while low < high:                                     # the first segment whose end is not before the code
            middle = (low + high) // 2
            if unpack(">H", data, ends + 2 * middle)[0] < code:
                low = middle + 1
            else:
                high = middle
        if low >= count:
            return 0
        start = unpack(">H", data, ends + 2 + 2 * count + 2 * low)[0]
        if code < start:
            return 0
        delta = unpack(">H", data, ends + 2 + 4 * count + 2 * low)[0]
        at = ends + 2 + 6 * count + 2 * low
        jump = unpack(">H", data, at)[0]
        if not jump:
            return int(code + delta & 0xFFFF)
        gid = unpack(">H", data, at + jump + 2 * (code - start))[0]
        return int(gid + delta & 0xFFFF) if gid else 0

    def gid(self, char: str) -> int:
        """Glyph of a character; 0 if the face lacks it, also where cmap names an empty glyph."""
        gid = self._gids.get(char)
        if gid is None:
            gid = self._lookup(ord(char))
            if gid and not char.isspace() and not self.outline(gid):
                gid = 0
            self._gids[char] = gid
        return gid

    def advance(self, gid: int) -> float:
        """Advance of a glyph."""
        return float(unpack(">H", self.data, self._hmtx + 4 * min(gid, self.metric_count - 1))[0] * 1000 / self.em)

    def outline(self, gid: int) -> bytes:
        """The glyph's own bytes in glyf; empty for a blank."""
        if self._long_loca:
            first, last = unpack(">LL", self.data, self._loca + 4 * gid)
        else:
            first, last = (2 * v for v in unpack(">HH", self.data, self._loca + 2 * gid))
        return self.data[self._glyf + first:self._glyf + last]

    def box(self, char: str) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character's ink; zeros for a blank or absent one."""
        outline = self.outline(self.gid(char))
        if not self.gid(char) or not outline:
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = (v * 1000 / self.em for v in unpack(">4h", outline, 2))
        return left, bottom, right, top

    def _centre(self) -> float:
        """Height of the middle of a hanzi above the base line; faces are set on one middle, not on one base line."""
        boxes = [self.box(char) for char in PROBES if self.gid(char)]
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
