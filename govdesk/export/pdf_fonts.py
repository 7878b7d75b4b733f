"""A face as one PDF font: Type0, Identity-H, a glyf subset, and ToUnicode beyond the BMP."""

from __future__ import annotations

from functools import cache, lru_cache

from govdesk.export.pdf_file import FAST, File, deflated, fingerprint
from govdesk.typeset.face import Face
from govdesk.typeset.subset import subset

LOW_SURROGATES = range(0xDC00, 0xE000)


class CidFont:
    """One code per *character*: two characters that share a glyph must still be read back as themselves."""

    def __init__(self, face: Face, number: int) -> None:
        self.face, self.key = face, f"G{number}"
        self.chars, self.gids = [""], [0]
        self.widths: dict[str, float] = {}                    # em, of the characters that have a code
        self._codes: dict[str, str] = {}
        self._blank = ""

    def codes(self, text: str) -> list[str]:
        """Four hexadecimal digits for each character."""
        known = self._codes
        try:
            return [known[char] for char in text]
        except KeyError:
            for char in text:
                if char not in known:
                    if len(self.chars) == LOW_SURROGATES.start:
                        self._skip(len(LOW_SURROGATES))
                    gid = self.face.gid(char)
                    known[char] = f"{len(self.chars):04x}"
                    self.chars.append(char)
                    self.gids.append(gid)
                    self.widths[char] = self.face.advance(gid) / 1000
            return [known[char] for char in text]

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
        length, program = _program(face, tuple(self.gids))
        file = out.packed(program, f"/Length1 {length}")
        unicode = out.stream(to_unicode(self.chars))
        name = f"{self._tag()}+{face.name}"
        widths = " ".join([f"{round(face.advance(gid), 3):g}" for gid in self.gids])
        box = " ".join(map(str, face.bbox))
        descriptor = (
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[{box}]/ItalicAngle 0/Ascent {face.ascent}"
            f"/Descent {face.descent}/CapHeight {face.ascent}/StemV {50 + (face.weight // 65) ** 2}"
            f"/FontFile2 {file} 0 R>>"
        )
        descendant = (
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/CIDToGIDMap/Identity/DW 1000/W[0[{widths}]]/FontDescriptor{descriptor}>>"
        )
        return out.add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/ToUnicode {unicode} 0 R"
            f"/DescendantFonts[{descendant}]>>"
        )

    def _tag(self) -> str:
        """Six letters that name the subset, the same for the same characters."""
        digest = bytes.fromhex(fingerprint("".join(self.chars).encode()))
        return "".join(chr(65 + byte % 26) for byte in digest[:6])


@lru_cache(maxsize=16)
def _program(face: Face, gids: tuple[int, ...]) -> tuple[int, bytes]:
    """Length and compressed bytes of the subset; remembered, since the next preview mostly has the same characters."""
    program = subset(face, gids)
    return len(program), deflated(program, FAST)


@cache
def _utf16(char: str) -> str:
    return char.encode("utf-16-be").hex()


def to_unicode(chars: list[str]) -> bytes:
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
