"""A reportlab canvas that writes tagged PDF/A-2a and PDF/UA-1 with whole CID fonts, in one pass.

What it touches of reportlab beyond its public face, all of it here and in pdf_objects, so that a new reportlab release
fails here and nowhere else: Canvas._make_preamble, _code, _doc, _pageNumber; PDFDocument.Reference, .info, ._ID,
.idToObject, .idToObjectNumberAndVersion, the "BasicFonts" dictionary; attributes of
Catalog and PDFPage and their key lists.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO

from govdesk.export.pdf_fonts import CidFont
from govdesk.export.pdf_metadata import Metadata
from govdesk.export.pdf_objects import Doc, Element, Info, Raw, Stream, deflated, reference, text_string
from govdesk.export.pdf_profile import srgb
from govdesk.export.pdf_reportlab import Canvas, pdfdoc
from govdesk.typeset.face import Face
from govdesk.typeset.page import PAPER_HEIGHT, PAPER_WIDTH, Rule, Run

ROLES = "/Signature/P"               # our one kind of element that is not PDF's own
_INTENT = "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Draws what layout has placed; what is drawn names the structure element that it belongs to."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__(
            BytesIO(), pagesize=(PAPER_WIDTH, PAPER_HEIGHT), pageCompression=1, invariant=1, pdfVersion=(1, 7),
            lang="zh-CN",
        )
        self._metadata = metadata
        self._doc.info = Info(metadata)
        self.setViewerPreference("DisplayDocTitle", "true")
        self._fonts_used: dict[Face, CidFont] = {}
        self._marks: list[Element] = []                       # of the page being drawn, by mark number
        self._page_marks: list[list[Element]] = []
        self._tree = Raw(self._write_tree)
        self._doc.Reference(self._tree)
        self.root = Element("Document", self._tree)
        self._elements = [self.root]
        self._digest = hashlib.md5(usedforsecurity=False)

    def _make_preamble(self) -> None:
        self._preamble = ""                                   # reportlab would name Helvetica on every page here

    def element(self, kind: str, parent: Element | None = None, attributes: str = "") -> Element:
        """A new structure element, last among its parent's kids."""
        parent = parent or self.root
        element = Element(kind, parent, attributes)
        parent.kids.append(element)
        self._elements.append(element)
        return element

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element."""
        mark = len(self._marks)
        self._marks.append(element)
        element.kids.append((self._pageNumber, mark))
        self._code.append(f"/{element.kind}<</MCID {mark}>>BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str) -> Iterator[None]:
        """What is drawn inside is not read aloud."""
        self._code.append(f"/Artifact<</Type/{kind}>>BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def read_as(self, text: str) -> Iterator[None]:
        """What is drawn inside is read, found and copied as `text`."""
        self._code.append(f"/Span<</ActualText{text_string(text)}>>BDC")
        yield
        self._code.append("EMC")

    def draw_run(self, run: Run) -> None:
        """One text object. Its spacing is the commonest one; single characters that differ are shifted."""
        font = self._font(run.face)
        codes = font.codes(run.text)
        size, widths = run.size, font.widths
        extras = [
            round(advance - widths[char] * size, 3) for char, advance in zip(run.text[:-1], run.advances, strict=False)
        ]
        spacing = max(dict.fromkeys(extras), key=extras.count, default=0.0)
        shown = _shown(codes, [(spacing - extra) * 1000 / size for extra in extras])
        stroke = f"2 Tr {run.stroke:.2f} w " if run.stroke else ""
        # Tc always: it outlives ET and would spread the next run. No exponents: PDF has none
        at = f"0 1 -1 0 {run.x:.2f} {PAPER_HEIGHT - run.y:.2f} Tm" if run.turned else \
            f"{run.x:.2f} {PAPER_HEIGHT - run.y:.2f} Td"
        self._code.append(
            f"BT/{font.key} {size:g} Tf {at} {spacing:.3f} Tc {stroke}{shown}"
            f"{' 0 Tr' if run.stroke else ''} ET"
        )

    def part_lines(self, run: Run) -> None:
        """An invisible blank above the run's line: what is drawn before and after is no longer taken for one line."""
        font = self._font(run.face)
        code = font.blank()
        if code:
            y = PAPER_HEIGHT - run.y + 3 * run.size
            self._code.append(f"BT/{font.key} {run.size:g} Tf {run.x:.2f} {y:.2f} Td 3 Tr <{code}>Tj 0 Tr ET")

    def _font(self, face: Face) -> CidFont:
        font = self._fonts_used.get(face)
        if font is None:
            font = self._fonts_used[face] = CidFont(face, len(self._fonts_used) + 1)
            self._doc.idToObject[pdfdoc.BasicFonts][font.key] = Raw(font.format)
        return font

    def draw_rules(self, rules: Iterable[Rule]) -> None:
        """Strokes with square ends, so that corners are closed."""
        width = 0.0
        self._code.append("2 J")
        for rule in rules:
            if rule.width != width:
                width = rule.width
                self._code.append(f"{width:g} w")
            y0, y1 = PAPER_HEIGHT - rule.y0, PAPER_HEIGHT - rule.y1
            self._code.append(f"{rule.x0:.2f} {y0:.2f} m {rule.x1:.2f} {y1:.2f} l S")

    def bookmark(self, key: str, title: str, level: int, top: float) -> None:
        """An entry of the outline to a place on this page."""
        self.bookmarkPage(key, fit="XYZ", left=0, top=round(PAPER_HEIGHT - top), zoom=0)
        self.addOutlineEntry(title, key, level=level)

    def showPage(self) -> None:
        """The page is done."""
        number = self._pageNumber
        super().showPage()
        page = self._doc.Pages.pages[-1]
        data = page.stream.encode("latin-1")
        self._digest.update(data)
        page.Contents = Stream(deflated(data))
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents, page.Tabs = number - 1, "/S"
        self._page_marks.append(self._marks)
        self._marks = []

    def finished(self) -> bytes:
        """The file."""
        doc, catalog = self._doc, self._doc.Catalog
        for element in self._elements:
            doc.Reference(element)
        catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
        catalog.StructTreeRoot, catalog.MarkInfo = self._tree, "<</Marked true>>"
        packet = self._metadata.xmp()
        catalog.Metadata = Stream(packet, "/Type/Metadata/Subtype/XML", packed=False)
        profile = doc.Reference(Stream(deflated(srgb()), "/N 3"))
        catalog.OutputIntents = Raw(
            lambda d: b"[" + _INTENT.encode() + b"/DestOutputProfile " + profile.format(d) + b">>]"
        )
        self._digest.update(packet)
        doc._ID = b"[<%s><%s>]" % ((self._digest.hexdigest().encode(),) * 2)
        data: bytes = self.getpdfdata()
        return data

    def _write_tree(self, doc: Doc) -> bytes:
        numbers = doc.idToObjectNumberAndVersion
        parents = " ".join(
            f"{i}[{' '.join(reference(numbers, element) for element in marks)}]"
            for i, marks in enumerate(self._page_marks)
        )
        return (
            f"<</Type/StructTreeRoot/K[{reference(numbers, self.root)}]/ParentTree<</Nums[{parents}]>>"
            f"/ParentTreeNextKey {len(self._page_marks)}/RoleMap<<{ROLES}>>>>"
        ).encode()


def _shown(codes: list[str], shifts: list[float]) -> str:
    """Codes as one string, or as an array of strings with shifts between them."""
    if not any(shifts):
        return f"<{''.join(codes)}>Tj"
    parts = ["[<", codes[0]]
    for code, shift in zip(codes[1:], shifts, strict=True):
        parts.append(f">{shift:.1f}<{code}" if shift else code)
    return "".join(parts) + ">]TJ"
