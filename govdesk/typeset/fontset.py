"""The faces of a document: a stack per role, and the first face of it that has a character."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path

from govdesk.errors import UnreadableFileError
from govdesk.style import Style
from govdesk.typeset.characters import BLANK, GETA, Trait, trait
from govdesk.typeset.face import Face, FaceError


class Role(Enum):
    """What a text is set for."""

    TITLE = "title"
    SECTION = "section"
    SUBSECTION = "subsection"
    BODY = "body"
    TABLE = "table"
    NUMBER = "number"                # page numbers: digits from the Chinese face too


FIRST = {
    Role.TITLE: "GwBiaoSong", Role.SECTION: "GwHei", Role.SUBSECTION: "GwKai", Role.BODY: "GwFang",
    Role.TABLE: "GwSong", Role.NUMBER: "GwSong",
}
FALLBACK = ("GwSong", "GwKai", "GwExt")
LATIN = "LiberationSerif-Regular"
STROKE = 0.7 / 22                    # em: thickens a borrowed glyph to the weight of the title face


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character as it will be drawn. One object serves every place where a role sets the character."""

    char: str                        # what is drawn and read back; GETA for a character that no face has
    face: Face | None                # None: a blank
    width: float                     # em on the line
    shift: float                     # em to the right, where the face's own width differs
    rise: float                      # em up, so that a fallback face sits on the same middle
    stroke: float                    # em
    trait: Trait
    missing: str = ""                # the character that no face has


class FontSet:
    """The faces of a folder; opened when a character first needs them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._faces: dict[str, Face] = {}
        self._glyphs: dict[Role, dict[str, Glyph]] = {role: {} for role in Role}

    @staticmethod
    def bundled(folder: Path) -> FontSet:
        """The program's own faces in `folder`. One object a folder: its memory of glyphs is worth keeping."""
        return _bundled(folder.resolve())

    @staticmethod
    def of(folder: Path, style: Style) -> FontSet:
        """The faces that a style asks for."""
        return FontSet.with_system(folder) if style.faces == "system" else FontSet.bundled(folder)

    @staticmethod
    def with_system(folder: Path) -> FontSet:
        """The system's faces before the program's own."""
        return FontSet.bundled(folder)

    def face(self, name: str) -> Face:
        """The face of a file's name without suffix."""
        if name not in self._faces:
            path = self.folder / f"{name}.ttf"
            try:
                self._faces[name] = Face(path)
            except (OSError, FaceError, ValueError, KeyError) as error:
                raise UnreadableFileError(f"字体文件“{path}”缺失或已损坏，请重新安装本程序。") from error
        return self._faces[name]

    def primary(self, role: Role) -> Face:
        """The face that gives a role its look and its middle."""
        return self.face(FIRST[role])

    def shape(self, role: Role, text: str) -> list[Glyph]:
        """One glyph for each character of cleaned text."""
        known = self._glyphs[role]
        try:
            return [known[char] for char in text]
        except KeyError:
            for char in set(text) - known.keys():
                known[char] = self._glyph(role, char)
            return [known[char] for char in text]

    def _glyph(self, role: Role, char: str) -> Glyph:
        kind = trait(char)
        face = self._pick(role, char, kind)
        if face is None and (char.isspace() or kind.attached):
            width = 1.0 if char == BLANK else 0.0 if kind.attached else 0.25
            return Glyph(char, None, width, 0.0, 0.0, 0.0, kind, char if kind.attached else "")
        missing = "" if face else char
        drawn = char if face else GETA
        face = face or self.face(FALLBACK[0])
        advance = face.advance(face.gid(drawn)) / 1000
        width = 0.0 if kind.attached else 1.0 if kind.full or missing else advance
        first = self.primary(role)
        borrowed = face is not first
        rise = (first.centre - face.centre) / 1000 if borrowed and kind.full else 0.0
        stroke = STROKE if borrowed and role is Role.TITLE else 0.0
        return Glyph(drawn, face, width, (width - advance) / 2 if width == 1.0 else 0.0, rise, stroke, kind, missing)

    def _pick(self, role: Role, char: str, kind: Trait) -> Face | None:
        if "\ud800" <= char <= "\udfff":
            return None
        names: tuple[str, ...] = (FIRST[role], *FALLBACK)
        names = (*names, LATIN) if kind.full or role is Role.NUMBER else (LATIN, *names)
        return next((face for face in map(self.face, names) if face.gid(char)), None)


@lru_cache(maxsize=4)
def _bundled(folder: Path) -> FontSet:
    return FontSet(folder)
