"""Chooses the face for each character of a document: a stack of faces per role, the first that has the character.

Where a line ends never depends on the face that was found: hanzi and full-width marks are an em by their class, and all
else takes its width from the bundled faces, whatever draws it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from govdesk.document.style import Style
from govdesk.fonts import system_fonts
from govdesk.fonts.characters import BLANK, GETA, Trait, trait_of
from govdesk.fonts.face import DASH, MINUS, PROBE_CHARACTERS, Face, FaceError
from govdesk.fonts.roles import EXTENSION_FACE, FALLBACK_FACES, FIRST_FACES, LATIN_FACE, Role

BORROWED_STROKE_EM = 0.7 / 22        # em: thickens a borrowed glyph to the weight of the title face
MAX_MINUS_INK = 850                  # 1/1000 of an em of ink
FULL_WIDTH_RANGE = (950, 1050)       # 1/1000: a full-width character of a system's face that is narrower is not taken
MAX_COMPOSITE_DEPTH = 8              # composites within composites

__all__ = ["FontSet", "Glyph", "Role"]


class Glyph(NamedTuple):
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
    """The faces of a folder, opened when a character first needs them, after those of the system where it is asked."""

    def __init__(self, folder: Path, places: Sequence[Path] = ()) -> None:
        self.folder = folder
        self._faces: dict[str, Face] = {}
        self._glyphs: dict[Role, dict[str, Glyph]] = {role: {} for role in Role}
        self._system, self._last = system_fonts.find_stacks(tuple(places)) if places else ({}, ())
        self._damaged: set[Face] = set()
        self._whole: dict[Face, FontSet] = {}

    @staticmethod
    def bundled(folder: Path) -> FontSet:
        """The program's own faces in `folder`. One object a folder: its memory of glyphs is worth keeping."""
        return _fontset(folder.resolve(), ())

    @staticmethod
    def with_system(folder: Path, places: Sequence[Path] | None = None) -> FontSet:
        """The system's faces (those in `places`, if given) before the program's own."""
        return _fontset(folder.resolve(), tuple(system_fonts.font_folders() if places is None else places))

    @staticmethod
    def of(folder: Path, style: Style) -> FontSet:
        """The faces that a style asks for."""
        return FontSet.bundled(folder) if style.faces == "bundled" else FontSet.with_system(folder)

    def for_body(self, text: str) -> FontSet:
        """These faces, but the first of the body is one of the system's that has all of `text` that any of them has:
        仿宋_GB2312 has no 硚, and one taken from another 仿宋 stands out on nearly every line."""
        faces = self._system.get(Role.BODY, ())
        found = [set(self._serving(faces, char, trait_of(char))) for char in set(text) if trait_of(char).full]
        wanted = [serving for serving in found if serving]
        whole = next((face for face in faces if all(face in serving for serving in wanted)), None)
        if whole is None or whole is faces[0]:
            return self
        if whole not in self._whole:
            other = self._whole[whole] = FontSet(self.folder)
            other._faces, other._last = self._faces, self._last
            other._system = self._system | {Role.BODY: (whole, *(face for face in faces if face is not whole))}
        return self._whole[whole]

    def face(self, name: str) -> Face:
        """The face of a bundled file's name without suffix."""
        if name not in self._faces:
            face = Face(self.folder / f"{name}.ttf")
            if not any(map(face.gid, "0" if name == LATIN_FACE else PROBE_CHARACTERS)):
                raise FaceError(face.path, "its glyphs are empty")
            self._faces[name] = face
        return self._faces[name]

    def primary(self, role: Role) -> Face:
        """The bundled face of a role: its middle is where the line's middle is, whatever face is drawn."""
        return self.face(FIRST_FACES[role])

    def is_system(self, face: Face) -> bool:
        """Whether a face was found on this machine."""
        return face not in self._faces.values()

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
        kind = trait_of(char)
        if kind.full and not self._system:                    # nearly all
            first = self.primary(role)
            gid = first.gid(char)
            if gid and not _looks_a_dash(first, gid, char):
                return Glyph(char, first, 1.0, (1.0 - first.advance(gid) / 1000) / 2, 0.0, 0.0, kind)
        bundled = self._bundled(role, char, kind)
        face = self._from_system(role, char, kind, bundled) or bundled
        if face is None and (char.isspace() or kind.attached):
            width = 1.0 if char == BLANK else 0.0 if kind.attached else 0.25
            return Glyph(char, None, width, 0.0, 0.0, 0.0, kind, char if kind.attached else "")
        missing = "" if face else char
        drawn = char if face else GETA
        face = face or self.face(FALLBACK_FACES[0])
        advance = face.advance(face.gid(drawn)) / 1000
        width = _width(kind, missing, bundled or face, drawn)
        shift = (width - advance) / 2 if width == 1.0 or face is not bundled else 0.0
        first = self.primary(role)
        own = face is first or face in self._system.get(role, ())
        rise = (first.centre - face.centre) / 1000 if face is not first and kind.full else 0.0
        return Glyph(drawn, face, width, shift, rise, 0.0 if own or role is not Role.TITLE else BORROWED_STROKE_EM,
                     kind, missing)

    def _bundled(self, role: Role, char: str, kind: Trait) -> Face | None:
        if "\ud800" <= char <= "\udfff":
            return None
        first = self.primary(role)
        if kind.full and (gid := first.gid(char)) and not _looks_a_dash(first, gid, char):      # nearly all
            return first
        names: tuple[str, ...] = (FIRST_FACES[role], *FALLBACK_FACES, EXTENSION_FACE)
        names = (*names, LATIN_FACE) if kind.full or role is Role.NUMBER else (LATIN_FACE, *names)
        return next((face for face in map(self.face, names)
                     if (gid := face.gid(char)) and not _looks_a_dash(face, gid, char)), None)

    def _from_system(self, role: Role, char: str, kind: Trait, bundled: Face | None) -> Face | None:
        """Hanzi and full-width marks; digits only of page numbers, which are in the Chinese face (7.5). A face for rare
        characters serves only what otherwise the bundled one for rare characters would draw."""
        if not self._system or not (kind.full or (role is Role.NUMBER and char.isascii())) or char.isspace():
            return None
        found = next(self._serving(self._system[role], char, kind), None)
        rare = bundled is None or (EXTENSION_FACE in self._faces and bundled is self._faces[EXTENSION_FACE])
        return found or (next(self._serving(self._last, char, kind), None) if rare else None)

    def _serving(self, faces: Sequence[Face], char: str, kind: Trait) -> Iterator[Face]:
        """Faces that can draw a character; one that turns out to be damaged is asked no more."""
        if "\ud800" <= char <= "\udfff":
            return
        for face in faces:
            if face in self._damaged:
                continue
            try:
                gid = face.gid(char)
                if gid and _is_whole(face, gid) and _fits(face, gid, char, kind):
                    yield face
            except FaceError:
                self._damaged.add(face)


def _width(kind: Trait, missing: str, face: Face, char: str) -> float:
    """Em on the line."""
    if kind.attached:
        return 0.0
    return 1.0 if kind.full or missing else face.advance(face.gid(char)) / 1000


def _fits(face: Face, gid: int, char: str, kind: Trait) -> bool:
    """Proportional quotes and short dashes, as some of the system's faces have them, would tear the grid."""
    if not kind.full:
        return True
    if _looks_a_dash(face, gid, char):
        return False
    left, _, right, _ = face.ink(gid)
    return FULL_WIDTH_RANGE[0] <= face.advance(gid) <= FULL_WIDTH_RANGE[1] and (char != DASH or right
                                                                                - left >= FULL_WIDTH_RANGE[0])


def _looks_a_dash(face: Face, gid: int, char: str) -> bool:
    """A minus nearly an em long, as 仿宋 has it: “制发 3－废止 1” would be read as a range."""
    if char != MINUS:
        return False
    left, _, right, _ = face.ink(gid)
    return right - left > MAX_MINUS_INK


def _is_whole(face: Face, gid: int, depth: int = 0) -> bool:
    """Whether all parts of a glyph are there; raises FaceError where they are not."""
    return depth < MAX_COMPOSITE_DEPTH and all(_is_whole(face, part, depth + 1) for part in face.parts(gid))


@lru_cache(maxsize=4)
def _fontset(folder: Path, places: tuple[Path, ...]) -> FontSet:
    return FontSet(folder, places)
