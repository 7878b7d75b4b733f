"""A face as one PDF font: Type0, Identity-H, a glyf subset, and ToUnicode beyond the BMP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from govdesk.export.pdf_file import FAST, File, deflated, fingerprint
from govdesk.records import Record
from govdesk.typeset.face import Face
from govdesk.typeset.subset import subset

LOW_SURROGATES = range(0xDC00, 0xE000)


class _Codes(dict[int, str]):
    """A table for `str.translate` that grows by what it is asked for."""

    def __init__(self, add: Callable[[str], str]) -> None:
        super().__init__()
        self._add = add

    def __missing__(self, point: int) -> str:
        code = self[point] = self._add(chr(point))
        return code


class CidFont:
    """One code per *character*: two characters that share a glyph must still be read back as themselves."""

    def __init__(self, face: Face, number: int) -> None:
        self.face, self.key = face, f"G{number}"
        self.chars, self.gids = [""], [0]
        self._codes = _Codes(self._add)
        self._blank = ""

    def codes(self, text: str) -> str:
        """Four hexadecimal digits for each character."""
        return text.translate(self._codes)

    def _add(self, char: str) -> str:
        if len(self.chars) == LOW_SURROGATES.start:
            self._skip(len(LOW_SURROGATES))
        code = f"{len(self.chars):04x}"
        self.chars.append(char)
        self.gids.append(self.face.gid(char))
        return code

    def _skip(self, count: int) -> None:
        """Codes that stay empty: a reader that takes codes for UTF-16 would join two of them to one character."""
        self.chars += [""] * count
        self.gids += [self.face.gid(" ")] * count

    def blank(self) -> str:
        """The code of a glyph with ink that is read back as a blank; “” if there is none. pdfium passes over text
        without ink."""
        gid = self.face.gid(".")
        if gid and not self._blank:
            self._blank = f"{len(self.chars):04x}"
            self.chars.append(" ")
            self.gids.append(gid)
        return self._blank

    def add_to(self, out: File) -> int:
        """The font with its streams in a file; the number of its dictionary."""
        face = self.face
        made = _made(face, tuple(self.chars), tuple(self.gids))
        file = out.packed(made.program, f"/Length1 {made.length}")
        unicode = out.packed(made.unicode)
        name = f"{made.tag}+{face.name}"
        box = " ".join(map(str, face.bbox))
        descriptor = (
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent {face.ascent}"
            f"/Descent {face.descent}/CapHeight {face.ascent}/StemV {50 + (face.weight // 65) ** 2}"
            f"/FontFile2 {file} 0 R>>"
        )
        descendant = (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap/Identity/DW 1000{made.widths}/FontDescriptor{descriptor}>>"
        )
        return out.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/ToUnicode {unicode} 0 R"
            f"/DescendantFonts[{descendant}]>>"
        )


class _Made(Record):
    """What follows from a face and the characters that are drawn of it."""

    length: int                      # of the font program, before it was compressed
    program: bytes
    unicode: bytes
    widths: str
    tag: str


@lru_cache(maxsize=16)
def _made(face: Face, chars: tuple[str, ...], gids: tuple[int, ...]) -> _Made:
    """Remembered, since the next preview mostly has the same characters."""
    length, program = _program(face, gids)
    return _Made(length, program, deflated(to_unicode(chars)), _widths(face, gids), _tag(chars))


@lru_cache(maxsize=16)
def _program(face: Face, gids: tuple[int, ...]) -> tuple[int, bytes]:
    program = subset(face, gids)
    return len(program), deflated(program, FAST)


def _widths(face: Face, gids: Sequence[int]) -> str:
    """The advances of codes that are not an em wide, by runs: “/W[1[500 500]7[250]]”."""
    found, last = [], -2
    for code, gid in enumerate(gids):
        width = face.advance(gid)
        if width != 1000:
            found.append(f"{round(width, 3):g}" if code == last + 1 else f"]{code}[{round(width, 3):g}")
            last = code
    return f"/W[{' '.join(found).replace(' ]', ']')[1:]}]]" if found else ""


def _tag(chars: Sequence[str]) -> str:
    """Six letters that name the subset, the same for the same characters."""
    digest = bytes.fromhex(fingerprint("".join(chars).encode()))
    return "".join(chr(65 + byte % 26) for byte in digest[:6])


@cache
def _utf16(char: str) -> str:
    return char.encode("utf-16-be").hex()


def to_unicode(chars: Sequence[str]) -> bytes:
    """A CMap from codes to characters. Blocks of at most 100 entries, as the specification limits them."""
    pairs = [f"<{code:04x}><{_utf16(char)}>" for code, char in enumerate(chars) if char]
    blocks = [pairs[i:i + 100] for i in range(0, len(pairs), 100)]
    entries = "".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n" for block in blocks)
    return (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def"
        "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
        "1 begincodespacerange\n<0000><ffff>\nendcodespacerange\n"
        f"{entries}endcmap CMapName currentdict/CMap defineresource pop end end"
    ).encode()
