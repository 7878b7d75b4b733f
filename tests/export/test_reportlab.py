"""What our canvas uses of reportlab, by name: a release of reportlab that changes one of these fails here."""

from __future__ import annotations

import ast
import datetime
import gc
import re
import weakref
from pathlib import Path

import pytest
from reportlab import rl_config
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from govdesk.export import pdf_canvas, pdf_document
from govdesk.export.pdf_canvas import TaggedCanvas
from govdesk.export.pdf_metadata import Metadata
from tests.export.export_reading import page_texts, pdf_of, report_pdf
from tests.export.export_sheets import report
from tests.export.pdfa_rules import faults

MODULES = sorted(Path(pdf_document.__file__).parent.glob("pdf*.py"))
# As its manual has them.
MANUAL = "addLiteral addOutlineEntry bookmarkHorizontalAbsolute getpdfdata line setLineCap setLineWidth " \
         "setViewerPreference showPage"
# Without a word in its manual; each has a test below.
INNER = {
    "Canvas": "_doc _make_preamble _preamble",
    "PDFDocument": "Catalog Pages Reference delayedFonts idToObject info updateSignature",
    "PDFPages": "pages",
    "PDFPage": "Contents StructParents Tabs __NoDefault__ stream",
    "PDFCatalog": "MarkInfo Metadata OutputIntents StructTreeRoot __NoDefault__",
    "PDFInfo": "author title",
    "PDFObject": "__RefOnly__ format",
    "font": "addObjects",
}
IMPORTED = {"BasicFonts", "Canvas", "PDFArray", "PDFDictionary", "PDFInfo", "PDFName", "PDFObject", "PDFStream",
            "PDFString"}

# In ~/.reportlab_settings, or in the environment as RL_….
SETTINGS = {"pdfComments": 1, "pdfMultiLine": 1, "useA85": 1, "pageCompression": 1, "documentLang": "fr",
            "canvas_baseColor": (1, 0, 0), "defaultPageSize": (200, 100)}


def canvas() -> Canvas:
    """As ours begins, without what ours adds."""
    return Canvas("", pagesize=(200, 100), pageCompression=0, invariant=1, pdfVersion=(1, 7), lang="zh-CN")


def file_of(drawn: Canvas) -> bytes:
    drawn.addLiteral("0 0 m")
    drawn.showPage()
    return drawn.getpdfdata()


class Marker(pdfdoc.PDFObject):
    """An object that is found again in a file."""

    def format(self, document: object) -> bytes:
        assert isinstance(document, pdfdoc.PDFDocument)
        return b"(marker)"


class OnlyByReference(Marker):
    __RefOnly__ = 1


def test_canvas_doc_is_the_document():
    assert isinstance(canvas()._doc, pdfdoc.PDFDocument)


def test_canvas_make_preamble_sets_what_each_page_begins_with():
    class Mine(Canvas):
        def _make_preamble(self) -> None:
            self._preamble = "% mine"

    drawn = Mine("", invariant=1)
    for page in (0, 1):
        drawn.addLiteral("0 0 m")
        drawn.showPage()
        assert drawn._doc.Pages.pages[page].stream.split() == ["%", "mine", "0", "0", "m"]
    assert b"Helvetica" in file_of(canvas()) and b"Helvetica" not in drawn.getpdfdata()


def test_document_reference_makes_an_object_of_the_file():
    drawn, marker = canvas(), Marker()
    found = drawn._doc.Reference(marker).format(drawn._doc)
    assert found == drawn._doc.Reference(marker).format(drawn._doc)           # known already
    assert b"\n" + found.replace(b" R", b" obj\n(marker)\nendobj\n") in file_of(drawn)


def test_document_pages_has_the_finished_pages_and_their_references():
    drawn = canvas()
    drawn.showPage()
    drawn.addLiteral("0 0 m")
    drawn.showPage()
    pages = drawn._doc.Pages.pages
    assert len(pages) == 2 and "0 0 m" in pages[1].stream
    number = drawn._doc.Reference(pages[1]).format(drawn._doc)
    assert re.search(rb"/Kids \[ \d+ 0 R %b \]" % number, drawn.getpdfdata())


def test_document_fonts_are_asked_late_for_their_objects_and_are_the_resources_of_pages():
    class Font:
        def addObjects(self, document: pdfdoc.PDFDocument) -> None:
            document.idToObject[pdfdoc.BasicFonts]["G9"] = document.Reference(Marker())

    drawn = canvas()
    drawn._doc.delayedFonts.append(Font())
    data = file_of(drawn)
    fonts = re.search(rb"\n(\d+) 0 obj\n<<[^>]*/G9 \d+ 0 R", data)
    assert fonts and b"/Font %b 0 R" % fonts[1] in data and b"(marker)" in data


def test_document_info_writes_itself_and_names_the_file():
    class Info(pdfdoc.PDFInfo):
        def format(self, document: object) -> bytes:
            return Marker().format(document)

    def named(title: str) -> bytes:
        drawn = canvas()
        drawn._doc.info = Info()
        drawn._doc.info.title = drawn._doc.info.author = title
        return file_of(drawn)

    assert b"(marker)" in named("a") and b"ReportLab PDF Library" not in named("a")
    assert named("a") == named("a") != named("b")


def test_document_update_signature_names_the_file():
    def named(*content: bytes) -> bytes:
        drawn = canvas()
        for part in content:
            drawn._doc.updateSignature(part)
        return re.search(rb"/ID\s*\[<(\w{32})><\1>\]", file_of(drawn))[1]

    assert named(b"a") == named(b"a") != named(b"b") != named(b"a", b"b")


def test_page_contents_are_written_instead_of_its_stream():
    drawn = canvas()
    drawn.addLiteral("0 0 m")
    drawn.showPage()
    drawn._doc.Pages.pages[0].Contents = OnlyByReference()
    data = drawn.getpdfdata()
    assert b"0 0 m" not in data
    assert re.search(rb"/Contents (\d+) 0 R", data)[1] == re.search(rb"\n(\d+) 0 obj\n\(marker\)", data)[1]


@pytest.mark.parametrize("key", ["StructParents", "Tabs"])
def test_page_no_default_is_what_it_writes_of_its_attributes(key):
    drawn = canvas()
    drawn.showPage()
    page = drawn._doc.Pages.pages[0]
    assert key not in page.__NoDefault__                     # else `_add` may go
    page.__NoDefault__ = [*page.__NoDefault__, key]
    setattr(page, key, "/seen")
    assert b"/%b /seen" % key.encode() in drawn.getpdfdata()


@pytest.mark.parametrize("key", ["StructTreeRoot", "MarkInfo", "Metadata", "OutputIntents"])
def test_catalog_no_default_is_what_it_writes_of_its_attributes(key):
    drawn = canvas()
    catalog = drawn._doc.Catalog
    assert (key == "OutputIntents") != (key in catalog.__NoDefault__)
    catalog.__NoDefault__ = [*catalog.__NoDefault__, key]
    setattr(catalog, key, "/seen")
    assert b"/%b /seen" % key.encode() in file_of(drawn)


def test_object_ref_only_is_written_once_and_referred_to():
    drawn, marker = canvas(), OnlyByReference()
    drawn._doc.Catalog.MarkInfo = pdfdoc.PDFDictionary({"A": marker, "B": marker})
    data = file_of(drawn)
    assert re.search(rb"/A (\d+ 0 R) /B \1", data) and data.count(b"(marker)") == 1


def test_stream_of_reportlab_has_no_line_end_before_endstream():
    """Where it has, `pdf_document.Stream` may go."""
    document = pdfdoc.PDFDocument(invariant=1)
    theirs = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"Filter": "/X"}), b"data").format(document)
    assert theirs.endswith(b"stream\ndataendstream\n") and b"/Length 4" in theirs
    assert pdf_document.packed_stream(b"data").format(document).endswith(b"stream\ndata\nendstream\n")


def test_string_name_and_array_are_written_as_we_want_them():
    document = pdfdoc.PDFDocument(invariant=1)
    assert pdfdoc.PDFString("年𠮷").format(document) == b"(" + "\ufeff年𠮷".encode("utf-16-be").replace(
        b"\\", b"\\\\").decode("latin-1").translate({code: f"\\{code:03o}" for code in range(256)
                                                     if not 32 <= code < 127}).encode() + b")"
    assert pdfdoc.PDFName("A B") == "/A#20B"
    assert pdfdoc.PDFArray([1, "/a", 2.5]).format(document) == b"[ 1 /a 2.5 ]"


def test_what_somebody_may_have_set_for_reportlab_spoils_no_file(monkeypatch):
    kept = report_pdf()
    for name, value in SETTINGS.items():
        assert hasattr(rl_config, name)
        monkeypatch.setattr(rl_config, name, value)
    data = pdf_of(report())
    assert data != kept and faults(data) == [] and page_texts(data) == page_texts(kept)


def test_a_document_goes_with_its_canvas_and_waits_for_no_search_for_cycles():
    gc.disable()
    try:
        drawn = TaggedCanvas(Metadata("甲", "乙", datetime.date(2024, 1, 1)))
        kept = weakref.ref(drawn._doc)
        cell = drawn.element("TD", drawn.element("TR"))
        drawn.begin(cell)
        drawn.bookmark("丙", 0, 0.0)
        drawn.end()
        drawn.showPage()
        drawn.finished()
        del drawn, cell
        assert kept() is None
    finally:
        gc.enable()


def test_nothing_else_of_reportlab_is_used():
    sources = [file.read_text(encoding="utf-8") for file in MODULES]
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    imported = {alias.name for node in nodes if isinstance(node, ast.ImportFrom) and "reportlab" in str(node.module)
                for alias in node.names}
    assert imported == IMPORTED
    drawn = canvas()
    drawn.showPage()
    document = drawn._doc
    theirs = {name for thing in (drawn, document, document.Pages, document.Pages.pages[0], document.Catalog,
                                 document.info, pdfdoc.PDFStream(), pdfdoc.PDFDictionary()) for name in dir(thing)}
    used = {node.attr for node in nodes if isinstance(node, ast.Attribute)} & theirs
    told = {*MANUAL.split(), *(name for names in INNER.values() for name in names.split())}
    assert used - told == {"__init__", "digest", "translate"}          # the last two are Python's own
    assert {name for name in told if name not in " ".join(sources)} == set()


@pytest.mark.parametrize("name", MANUAL.split())
def test_the_drawing_calls_are_there(name):
    assert callable(getattr(Canvas, name))


def test_ours_overrides_no_more_of_the_canvas_than_is_said():
    ours = {name for name in vars(TaggedCanvas) if hasattr(Canvas, name) and not re.fullmatch("__[a-z_]+__", name)}
    assert ours == {"_make_preamble", "showPage"}
    tree = ast.parse(Path(pdf_canvas.__file__).read_text(encoding="utf-8"))
    stored = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
              and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self"}
    assert "_structure" in stored and stored & {*dir(canvas())} == {"_preamble"}
