"""A reportlab canvas that writes tagged PDF/A-2a and PDF/UA-1 with whole CID fonts, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reportlab.pdfgen.canvas import Canvas

from govdesk.export.pdf_document import (
    Info,
    claim_archivable,
    claim_tagged,
    deflated,
    make_reference,
    packed_stream,
    text_string,
    tie_to_tree,
)
from govdesk.export.pdf_fonts import CidFont
from govdesk.export.pdf_metadata import Metadata
from govdesk.export.pdf_profile import make_srgb_profile
from govdesk.export.pdf_structure import Element, StructureTree
from govdesk.fonts.face import Face
from govdesk.typeset.page import PAPER_HEIGHT, PAPER_WIDTH, Rule, Run

SQUARE_LINE_CAP = 2                  # the ends of a line reach half its width further


class TaggedCanvas(Canvas):
    """Draws what layout has placed; what is drawn names the structure element that it belongs to."""

    def __init__(self, metadata: Metadata) -> None:
        # invariant: no dates and identifiers of the moment
        super().__init__("", pagesize=(PAPER_WIDTH, PAPER_HEIGHT), pageCompression=0, invariant=1, pdfVersion=(1, 7),
                         lang="zh-CN")
        self.setViewerPreference("DisplayDocTitle", "true")
        self._doc.info = Info(metadata)
        self._metadata = metadata
        self._fonts_used: dict[Face, CidFont] = {}
        self._tails: dict[tuple[object, ...], str] = {}
        self._bookmarks = 0
        self._structure = StructureTree(self._doc)

    def _make_preamble(self) -> None:
        """reportlab's own names Helvetica on every page, which is not embedded."""
        self._preamble = ""

    def element(self, kind: str, parent: Element | None = None, attributes: str = "", page: int = 0) -> Element:
        """A new structure element, last among its parent's kids; `page`, from 1, is the one that holds all of it."""
        element = self._structure.add(self._doc, kind, parent, attributes)
        element.page = page
        return element

    def begin(self, element: Element) -> None:
        """What is drawn from here to `end` belongs to the element."""
        self.addLiteral(f"/{element.kind}<</MCID {self._structure.mark(element)}>>BDC")

    def end(self) -> None:
        """Nothing more of the element follows here."""
        self.addLiteral("EMC")

    @contextmanager
    def artifact(self, kind: str) -> Iterator[None]:
        """What is drawn inside is not read aloud."""
        self.addLiteral(f"/Artifact<</Type/{kind}>>BDC")
        yield
        self.addLiteral("EMC")

    @contextmanager
    def read_as(self, text: str) -> Iterator[None]:
        """What is drawn inside is read, found and copied as `text`."""
        self.addLiteral(f"/Span<</ActualText{text_string(text)}>>BDC")
        yield
        self.addLiteral("EMC")

    def draw_run(self, run: Run) -> None:
        """One text object. Its spacing is the commonest one; single characters that differ are shifted."""
        face, size, x, y, text, advances, stroke, turned = run
        key = face, size, text, advances, stroke
        tail = self._tails.get(key)
        if tail is None:
            tail = self._tails[key] = self._tail(run)
        # no exponents: PDF has none
        at = f"0 1 -1 0 {x:.2f} {PAPER_HEIGHT - y:.2f} Tm" if turned else f"{x:.2f} {PAPER_HEIGHT - y:.2f} Td"
        self.addLiteral(f"BT/{self._fonts_used[face].key} {size:g} Tf {at} {tail}")

    def _tail(self, run: Run) -> str:
        """What follows the place of a run; the same for all that show the same."""
        font = self._font(run.face)
        text, size, inner = run.text, run.size, run.advances[:-1]    # what follows the last character moves nothing
        codes = font.codes(text)
        widths = run.face.widths(text)
        if not inner:
            spacing, shown = 0.0, f"<{codes}>Tj"
        elif inner.count(inner[0]) == len(inner) and widths.count(widths[0]) == len(widths):
            spacing = round(inner[0] - widths[0] * size, 3)   # nearly all: hanzi alone, or digits alone
            shown = f"<{codes}>Tj"
        else:
            extras = [round(advance - width * size, 3) for width, advance in zip(widths, inner, strict=False)]
            spacing = max(dict.fromkeys(extras), key=extras.count)
            shown = _shown(codes, [(spacing - extra) * 1000 / size for extra in extras])
        stroke = f"2 Tr {run.stroke:.2f} w " if run.stroke else ""
        # Tc always: it outlives ET and would spread the next run
        return f"{spacing:.3f} Tc {stroke}{shown}{' 0 Tr' if run.stroke else ''} ET"

    def part_lines(self, run: Run) -> None:
        """An invisible blank above the run's line: what is drawn before and after is no longer taken for one line."""
        font = self._font(run.face)
        code = font.blank()
        if code:
            y = PAPER_HEIGHT - run.y + 3 * run.size
            self.addLiteral(f"BT/{font.key} {run.size:g} Tf {run.x:.2f} {y:.2f} Td 3 Tr <{code}>Tj 0 Tr ET")

    def _font(self, face: Face) -> CidFont:
        font = self._fonts_used.get(face)
        if font is None:
            font = self._fonts_used[face] = CidFont(face, len(self._fonts_used) + 1)
            self._doc.delayedFonts.append(font)               # asked to add its objects when the file is written
        return font

    def draw_rules(self, rules: Iterable[Rule]) -> None:
        """Strokes with square ends, so that corners are closed."""
        width = 0.0
        self.setLineCap(SQUARE_LINE_CAP)
        for rule in rules:
            if rule.width != width:
                width = rule.width
                self.setLineWidth(width)
            y0, y1 = PAPER_HEIGHT - rule.y0, PAPER_HEIGHT - rule.y1
            self.line(round(rule.x0, 2), round(y0, 2), round(rule.x1, 2), round(y1, 2))

    def bookmark(self, title: str, level: int, top: float) -> None:
        """An entry of the outline to a place on this page."""
        self._bookmarks += 1
        key = str(self._bookmarks)                            # titles may be equal, keys may not
        self.bookmarkHorizontalAbsolute(key, round(PAPER_HEIGHT - top))
        self.addOutlineEntry(title, key, level)

    def showPage(self) -> None:
        """The page is done."""
        super().showPage()
        document = self._doc
        page = document.Pages.pages[-1]
        content = page.stream.encode("latin-1")
        document.updateSignature(content)
        page.Contents = packed_stream(deflated(content))
        tie_to_tree(page, self._structure.finish_page(make_reference(document, page)))

    def finished(self) -> bytes:
        """The file."""
        packet = self._metadata.xmp()
        self._doc.updateSignature(packet)
        claim_archivable(self._doc.Catalog, packet, make_srgb_profile())
        claim_tagged(self._doc.Catalog, self._structure)
        return bytes(self.getpdfdata())


def _shown(codes: str, shifts: list[float]) -> str:
    """Codes as one string, or as an array of strings with shifts between them."""
    if not any(shifts):
        return f"<{codes}>Tj"
    parts = ["[<", codes[:4]]
    for i, shift in enumerate(shifts, 1):
        code = codes[4 * i:4 * i + 4]
        parts.append(f">{shift:.1f}<{code}" if shift else code)
    return "".join(parts) + ">]TJ"
