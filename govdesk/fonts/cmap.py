"""Maps character codes to glyphs by cmap formats 4 (searched in place) and 12 (its groups as numbers)."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_right
from functools import cached_property
from struct import unpack_from as unpack


class CharacterMap:
    """The widest Unicode map of a cmap table."""

    def __init__(self, table: bytes) -> None:
        found: dict[int, int] = {}
        for i in range(unpack(">H", table, 2)[0]):
            platform, encoding, offset = unpack(">HHL", table, 4 + 8 * i)
            if (platform == 0 and encoding != 5) or (platform == 3 and encoding in (1, 10)):
                found[unpack(">H", table, offset)[0]] = offset
        if 12 in found:
            count = unpack(">L", table, found[12] + 12)[0]
            self._data = table[found[12] + 16:found[12] + 16 + 12 * count]
            if len(self._data) < 12 * count:
                raise ValueError("cmap is too short")
            self.gid = self._format12
        elif 4 in found:
            self._data, self._count = table[found[4]:], unpack(">H", table, found[4] + 6)[0] // 2
            self.gid = self._format4
        else:
            raise ValueError("no Unicode character map")

    def _format12(self, code: int) -> int:
        firsts, lasts, gids = self._groups
        at = bisect_right(firsts, code) - 1
        return gids[at] + code - firsts[at] if at >= 0 and code <= lasts[at] else 0

    @cached_property
    def _groups(self) -> tuple[array[int], array[int], array[int]]:
        """First code, last code and first glyph of each group."""
        numbers = array("I", self._data)
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers[::3], numbers[1::3], numbers[2::3]

    def _format4(self, code: int) -> int:
        if code > 0xFFFF:
            return 0
        data, count, ends = self._data, self._count, 14
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
