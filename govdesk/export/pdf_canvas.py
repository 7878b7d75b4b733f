"""A reportlab canvas that writes tagged PDF/A-2a and PDF/UA-1 with whole CID fonts, in one pass.

reportlab's document, its objects and their references stay out (pdf_file writes ours).
What it touches of reportlab beyond its public face, so that a new release fails here and nowhere else: Canvas._code,
_pagesize, _pageNumber.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from govdesk.export.pdf_file import File, Mark, add_outline, fingerprint, text_string
from govdesk.export.pdf_fonts import CidFont
from govdesk.export.pdf_metadata import Metadata, info
from govdesk.export.pdf_objects import Element, add_tree
from govdesk.export.pdf_profile import srgb
from govdesk.export.pdf_reportlab import Canvas
from govdesk.typeset.face import Face
from govdesk.typeset.page import PAPER_HEIGHT, PAPER_WIDTH, Rule, Run

_INTENT = "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)"


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """Draws what layout has placed; what is drawn names the structure element that it belongs to."""

    def __init__(self, metadata: Metadata) -> None:
        # not reportlab's own: it begins a document of reportlab's, which names Helvetica on every page
        self._pagesize, self._pageNumber = (PAPER_WIDTH, PAPER_HEIGHT), 1
        self._code: list[str] = []
        self._metadata = metadata
        self._file = File()
        self._page_tree, self._fonts_at = self._file.reserve(), self._file.reserve()
        self._pages = [self._file.reserve()]                  # numbers; the last is being drawn
        self._fonts_used: dict[Face, CidFont] = {}
        self._tails: dict[tuple[object, ...], str] = {}
        self._outline: list[Mark] = []
        self._marks: list[Element] = []                       # of the page being drawn, by mark number
        self._page_marks: list[list[Element]] = []
        self.root = Element("Document", None)
        self._elements = [self.root]
        self._name = ""                                       # of the file, by all that it says

    def element(self, kind: str, parent: Element | None = None, attributes: str = "") -> Element:
        """A new structure element, last among its parent's kids."""
        parent = parent or self.root
        element = Element(kind, parent, attributes)
        parent.kids.append(element)
        self._elements.append(element)
        return element

    def begin(self, element: Element) -> None:
        """What is drawn from here to `end` belongs to the element."""
        mark = len(self._marks)
        self._marks.append(element)
        element.marks.append((len(self._page_marks), mark))
        self._code.append(f"/{element.kind}<</MCID {mark}>>BDC")

    def end(self) -> None:
        """Nothing more of the element follows here."""
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
        face, size, x, y, text, advances, stroke, turned = run
        key = face, size, text, advances, stroke
        tail = self._tails.get(key)
        if tail is None:
            tail = self._tails[key] = self._tail(run)
        # no exponents: PDF has none
        at = f"0 1 -1 0 {x:.2f} {PAPER_HEIGHT - y:.2f} Tm" if turned else f"{x:.2f} {PAPER_HEIGHT - y:.2f} Td"
        self._code.append(f"BT/{self._fonts_used[face].key} {size:g} Tf {at} {tail}")

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
            self._code.append(f"BT/{font.key} {run.size:g} Tf {run.x:.2f} {y:.2f} Td 3 Tr <{code}>Tj 0 Tr ET")

    def _font(self, face: Face) -> CidFont:
        font = self._fonts_used.get(face)
        if font is None:
            font = self._fonts_used[face] = CidFont(face, len(self._fonts_used) + 1)
        return font

    def draw_rules(self, rules: Iterable[Rule]) -> None:
        """Strokes with square ends, so that corners are closed."""
        width = 0.0
        self.setLineCap(2)
        for rule in rules:
            if rule.width != width:
                width = rule.width
                self._code.append(f"{width:g} w")
            y0, y1 = PAPER_HEIGHT - rule.y0, PAPER_HEIGHT - rule.y1
            self._code.append(f"{rule.x0:.2f} {y0:.2f} m {rule.x1:.2f} {y1:.2f} l S")

    def bookmark(self, title: str, level: int, top: float) -> None:
        """An entry of the outline to a place on this page."""
        self._outline.append(Mark(title, level, self._pages[-1], round(PAPER_HEIGHT - top)))

    def showPage(self) -> None:
        """The page is done."""
        data = "\n".join(self._code).encode("latin-1")
        self._name = fingerprint(self._name.encode() + data)
        self._file.put(self._pages[-1], (
            f"<</Type/Page/Parent {self._page_tree} 0 R/MediaBox[0 0 {PAPER_WIDTH:.4f} {PAPER_HEIGHT:.4f}]"
            f"/Resources<</Font {self._fonts_at} 0 R>>/Contents {self._file.stream(data)} 0 R"
            f"/StructParents {len(self._page_marks)} /Tabs /S>>"
        ))
        self._page_marks.append(self._marks)
        self._marks, self._code = [], []
        self._pages.append(self._file.reserve())
        self._pageNumber += 1

    def finished(self) -> bytes:
        """The file."""
        file, metadata = self._file, self._metadata
        pages = self._pages[:-1]
        fonts = "".join([f"/{font.key} {font.add_to(file)} 0 R" for font in self._fonts_used.values()])
        file.put(self._fonts_at, f"<<{fonts}>>")
        kids = " ".join([f"{page} 0 R" for page in pages])
        file.put(self._page_tree, f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>")
        packet = metadata.xmp()
        name = fingerprint(self._name.encode() + packet)
        about = file.stream(packet, "/Type/Metadata/Subtype/XML", packed=False)
        intent = f"<<{_INTENT}/DestOutputProfile {file.stream(srgb(), '/N 3')} 0 R>>"
        tree = add_tree(file, self._elements, self._page_marks, pages)
        outline = f"/Outlines {add_outline(file, self._outline)} 0 R" if self._outline else ""
        root = file.add(
            f"<</Type/Catalog/Pages {self._page_tree} 0 R/Lang(zh-CN)/MarkInfo<</Marked true>>/Metadata {about} 0 R"
            f"{outline}/OutputIntents[{intent}]/StructTreeRoot {tree} 0 R/ViewerPreferences<</DisplayDocTitle true>>>>"
        )
        return file.written(root, file.add(info(metadata)), name)


def _shown(codes: str, shifts: list[float]) -> str:
    """Codes as one string, or as an array of strings with shifts between them."""
    if not any(shifts):
        return f"<{codes}>Tj"
    parts = ["[<", codes[:4]]
    for i, shift in enumerate(shifts, 1):
        code = codes[4 * i:4 * i + 4]
        parts.append(f">{shift:.1f}<{code}" if shift else code)
    return "".join(parts) + ">]TJ"
