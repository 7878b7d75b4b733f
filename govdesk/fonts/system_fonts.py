"""Finds the fonts of this machine that reviewers expect (仿宋_GB2312, 方正小标宋 and so on) by their names.

Looked for only where the person chose the system's faces; listed once a process. A face that cannot be embedded or
read, or whose outlines are not TrueType, is passed over in silence: the next one of its role serves.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from govdesk.fonts.face import Face, FaceError
from govdesk.fonts.face_names import NamedFont, fold_name, read_font_names
from govdesk.fonts.roles import Role

FONTS_VARIABLE = "GOVDESK_SYSTEM_FONTS"  # folders instead of the system's own: for tests and unusual machines
FONT_SUFFIXES = (".ttf", ".ttc", ".otf")
MAX_FONT_FILES = 20_000

_FANGSONG = (
    "FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FZFSK--GBK1-0", "FZFangSong-Z02", "方正仿宋_GBK",
    "FZFSJW--GB1-0", "FZFangSong-Z02S", "方正仿宋简体",
)
_KAITI = (
    "KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "FZKTK--GBK1-0", "FZKai-Z03", "方正楷体_GBK", "FZKTJW--GB1-0",
    "FZKai-Z03S", "方正楷体简体",
)
_HEITI = ("SimHei", "黑体", "FZHTK--GBK1-0", "FZHei-B01", "方正黑体_GBK", "FZHTJW--GB1-0", "FZHei-B01S", "方正黑体简体")
_SONGTI = ("SimSun", "宋体", "FZSSK--GBK1-0", "FZShuSong-Z01", "方正书宋_GBK")
_BIAOSONG = (
    "FZXBSK--GBK1-0", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", "FZXBSJW--GB1-0", "FZXiaoBiaoSong-B05S",
    "方正小标宋简体",
)
WANTED_NAMES = {
    Role.TITLE: _BIAOSONG, Role.SECTION: _HEITI, Role.SUBSECTION: _KAITI, Role.BODY: _FANGSONG, Role.TABLE: _SONGTI,
    Role.NUMBER: _SONGTI,
}
# rare characters, before the program's own
RARE_CHARACTER_NAMES = ("SimSun-ExtB", "宋体-ExtB", "SimSun-ExtG", "宋体-ExtG")


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts, the person's own first."""
    given = os.environ.get(FONTS_VARIABLE)
    if given is not None:
        return tuple(Path(part) for part in given.split(os.pathsep) if part)
    return tuple(dict.fromkeys(_windows() if os.name == "nt" else _unix()))


def _windows() -> Iterator[Path]:
    if own := os.environ.get("LOCALAPPDATA"):
        yield Path(own) / "Microsoft" / "Windows" / "Fonts"
    yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"


def _unix() -> Iterator[Path]:
    home = Path(os.environ.get("HOME", "/"))
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    yield from (data / "fonts", home / ".fonts", home / "Library" / "Fonts")
    yield from _fontconfig(home, data)
    for part in (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
        yield Path(part) / "fonts"
    yield from (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
    yield Path("/System/Library/Fonts")


def _fontconfig(home: Path, data: Path) -> Iterator[Path]:
    """The <dir>s of fontconfig's own list, without an XML parser: names only, never a rule."""
    try:
        listing = Path("/etc/fonts/fonts.conf").read_text("utf-8", "replace")
    except OSError:
        return
    for prefix, name in re.findall(r"<dir(?:\s+prefix=\"(\w+)\")?[^>]*>([^<]+)</dir>", listing):
        name = name.strip()
        if prefix == "xdg":
            yield data / name
        elif name.startswith("~/"):
            yield home / name[2:]
        elif name.startswith("/"):
            yield Path(name)


@lru_cache(maxsize=4)
def find_stacks(places: Sequence[Path]) -> tuple[dict[Role, tuple[Face, ...]], tuple[Face, ...]]:
    """The faces found, by role in the order of the list, and those for rare characters."""
    fonts = [font for path in _files(places) for font in read_font_names(path) if font.regular]
    opened: dict[tuple[Path, int], Face | None] = {}
    found = {role: tuple(_faces(names, fonts, opened)) for role, names in WANTED_NAMES.items()}
    return found, tuple(_faces(RARE_CHARACTER_NAMES, fonts, opened))


def _faces(names: Sequence[str], fonts: list[NamedFont], opened: dict[tuple[Path, int], Face | None]) -> list[Face]:
    """One face a name, the first that can serve."""
    found: list[Face] = []
    for name in map(fold_name, names):
        for font in (font for font in fonts if name in font.names):
            key = font.path, font.number
            if key not in opened:
                opened[key] = _opened(font)
            face = opened[key]
            if face is not None:
                if face not in found:
                    found.append(face)
                break
    return found


def _opened(font: NamedFont) -> Face | None:
    try:
        return Face(font.path, font.number)
    except FaceError:
        return None


def _files(places: Sequence[Path]) -> Iterator[Path]:
    """Font files below the folders, each once, in an order that is the same every time."""
    seen: set[Path] = set()
    for place in places:
        for folder, inner, names in os.walk(place):
            inner.sort()
            for name in sorted(names):
                path = Path(folder) / name
                if path.suffix.lower() in FONT_SUFFIXES and path not in seen and len(seen) < MAX_FONT_FILES:
                    seen.add(path)
                    yield path
