"""Reads the names of the fonts in a file from its name table alone; single files and collections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from struct import error, unpack, unpack_from
from typing import BinaryIO, NamedTuple

FAMILY, STYLE, FULL, POSTSCRIPT, WIDER_FAMILY = 1, 2, 4, 6, 16
NAME_IDS = (FAMILY, FULL, POSTSCRIPT, WIDER_FAMILY)
MOST_FONTS, MOST_TABLES, MOST_BYTES = 64, 256, 1 << 20
SLANTED_OR_BOLD = ("bold", "italic", "oblique", "粗", "斜", "black", "heavy", "light")
CHINESE, MACINTOSH_CHINESE = 0x0804, 33


class NamedFont(NamedTuple):
    """One font of a file with all that it is called, folded for comparison."""

    path: Path
    number: int
    names: frozenset[str]
    regular: bool                    # neither bold nor slanted, as far as its names say


def fold_name(name: str) -> str:
    """Names that differ only in case, blanks and strokes are one."""
    return "".join(c for c in name.casefold() if c not in " -_\0\u3000")


def read_font_names(path: Path) -> list[NamedFont]:
    """The fonts of a file; none where it is no font or cannot be read."""
    found = []
    try:
        with path.open("rb") as file:
            for index, start in enumerate(_starts(file)):
                names = _texts(file, start)
                called = frozenset(fold_name(text) for kind, _, text in names if kind in NAME_IDS)
                styles = " ".join(text.casefold() for kind, _, text in names if kind == STYLE)
                found.append(NamedFont(path, index, called, not any(word in styles for word in SLANTED_OR_BOLD)))
    except (OSError, error, ValueError, OverflowError, MemoryError):
        return found
    return found


def _starts(file: BinaryIO) -> tuple[int, ...]:
    head = file.read(12)
    if head[:4] != b"ttcf":
        return (0,)
    count = min(unpack(">L", head[8:12])[0], MOST_FONTS)
    return tuple(unpack(f">{count}L", file.read(4 * count)))


def _texts(file: BinaryIO, start: int) -> list[tuple[int, bool, str]]:
    file.seek(start + 4)
    count = min(unpack(">H", file.read(2))[0], MOST_TABLES)
    file.seek(start + 12)
    directory = file.read(16 * count)
    for i in range(count):
        tag, _, offset, length = unpack_from(">4sLLL", directory, 16 * i)
        if tag == b"name":
            file.seek(offset)
            return list(read_name_table(file.read(min(length, MOST_BYTES))))
    return []


def read_name_table(table: bytes) -> Iterator[tuple[int, bool, str]]:
    """(which name, whether in Chinese, text) of a name table."""
    count, strings = unpack_from(">HH", table, 2)
    for i in range(count):
        platform, encoding, language, kind, length, offset = unpack_from(">6H", table, 6 + 12 * i)
        raw = table[strings + offset:strings + offset + length]
        chinese = language in (CHINESE, MACINTOSH_CHINESE) and platform != 0
        if platform == 3 and encoding == 3:                   # old Chinese fonts: GBK in pairs of bytes
            yield kind, chinese, raw.replace(b"\0", b"").decode("gbk", "replace")
        elif platform in (0, 3):
            yield kind, chinese, raw.decode("utf-16-be", "replace")
        else:
            yield kind, chinese, raw.decode("gbk" if encoding == 25 else "latin-1", "replace")
