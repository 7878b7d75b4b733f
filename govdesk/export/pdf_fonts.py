"""Embeds a face as one PDF font: Type0, Identity-H, a glyf subset, and ToUnicode beyond the BMP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import BasicFonts, PDFArray, PDFDictionary, PDFName

from govdesk.export.pdf_document import FAST_COMPRESSION_LEVEL, deflated, make_file_id, packed_stream
from govdesk.fonts.face import Face
from govdesk.fonts.subset import make_subset

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

    def addObjects(self, document: Any) -> None:
        """Puts the font into reportlab's document; its name and arguments are those of reportlab's own fonts."""
        face = self.face
        made = _made(face, tuple(self.chars), tuple(self.gids))
        name = PDFName(f"{made.tag}+{face.name}")
        descriptor = PDFDictionary({
            "Type": PDFName("FontDescriptor"), "FontName": name, "Flags": 4, "FontBBox": PDFArray(face.bbox),
            "ItalicAngle": 0, "Ascent": face.ascent, "Descent": face.descent, "CapHeight": face.ascent,
            "StemV": 50 + (face.weight // 65) ** 2, "FontFile2": packed_stream(made.program, Length1=made.length),
        })
        descendant = PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("CIDFontType2"), "BaseFont": name, "DW": 1000,
            "CIDSystemInfo": "<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
            "CIDToGIDMap": PDFName("Identity"), "FontDescriptor": descriptor,
        })
        if made.widths:
            descendant["W"] = made.widths
        fonts = document.idToObject[BasicFonts]               # the resources of every page
        fonts[self.key] = document.Reference(PDFDictionary({
            "Type": PDFName("Font"), "Subtype": PDFName("Type0"), "BaseFont": name, "Encoding": PDFName("Identity-H"),
            "ToUnicode": packed_stream(made.unicode), "DescendantFonts": PDFArray([descendant]),
        }))


class _Made(NamedTuple):
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
    program = make_subset(face, gids)
    return len(program), deflated(program, FAST_COMPRESSION_LEVEL)


def _widths(face: Face, gids: Sequence[int]) -> str:
    """The advances of codes that are not an em wide, by runs: “[1[500 500]7[250]]”."""
    found, last = "", -2
    for code, gid in enumerate(gids):
        width = face.advance(gid)
        if width != 1000:
            found += f" {round(width, 3):g}" if code == last + 1 else f"]{code}[{round(width, 3):g}"
            last = code
    return f"[{found[1:]}]]" if found else ""


def _tag(chars: Sequence[str]) -> str:
    """Six letters that name the subset, the same for the same characters."""
    return "".join(chr(65 + byte % 26) for byte in make_file_id("".join(chars).encode())[:6])


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
