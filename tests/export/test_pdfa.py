"""PDF/A-2a and PDF/UA-1 as far as it can be seen here: our own rules, and oxidize-pdf's validators."""

from __future__ import annotations

import re

import pytest

from govdesk.document.document import Heading, Paragraph, SignatureBlock, Title
from govdesk.document.style import Style
from govdesk.export import pdf, pdf_canvas, pdf_fonts, pdf_metadata
from tests.export.export_measuring import styled
from tests.export.export_reading import pdf_of, report_pdf
from tests.export.export_sheets import ORGAN, proactive, report, requests, with_blocks
from tests.export.pdfa_rules import RULES, faults

DOCUMENTS = {
    "report": report(),
    "landscape": with_blocks(Title("题"), Heading(1, "一、", "a"), requests()._replace(landscape=True), proactive(),
                             SignatureBlock(ORGAN, "2024年1月18日")),
    "run-in head": with_blocks(Title("题"), Heading(1, "一、甲", "a"), Heading(2, "（一）乙。", "b", run_in=True),
                               Paragraph("正文𠮷𬱖é" * 300)),
    "long": with_blocks(Title("题"), Paragraph("公开政府信息，" * 4000)),
    "empty": with_blocks(),
    "a level left out": with_blocks(Title("题"), Heading(2, "（一）甲", "a"), Paragraph("正文"),
                                    Heading(1, "一、乙", "b"), Heading(3, "1.丙", "c")),
    "a name without end": with_blocks(Title("局" * 17_000), Heading(1, "甲" * 17_000, "a"),
                                      proactive()._replace(name="表" * 17_000)),
    "the year 999": with_blocks(Title("题"))._replace(date="0999-12-31"),
    "private use": with_blocks(Title("题"), Paragraph("甲\uf004乙\uf004\uf004")),
    "markup": with_blocks(Title("甲<&>\x00\ud800乙"), Paragraph("😀\u0301⼀①Ⅲ")),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_our_own_rules(name):
    assert faults(styled(DOCUMENTS[name], Style(seal=True))) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_validator_of_others(name):
    oxidize = pytest.importorskip("oxidize_pdf", reason="oxidize-pdf is not installed (docs/pdf-conformance.md)")
    data = styled(DOCUMENTS[name])
    result = oxidize.PdfAValidator(oxidize.PdfALevel.A2A).validate_bytes(data)
    assert result.is_valid, [str(error) for error in result.errors]
    tagged = oxidize.validate_tagged_pdf(data)
    # It takes the marks of a paragraph that goes on overleaf for ones out of order: they begin anew on every page
    found = [one.message for one in tagged.findings if "must follow increasing content order" not in one.message]
    assert tagged.tagged and found == []


class TestTheRulesCanFail:
    """The program is made to write a bad file; the rule of that subject says so."""

    @pytest.mark.parametrize(("subject", "old", "new"), [
        ("syntax", b"\nendstream", b" endstream"), ("syntax", b"%PDF-1.7", b"%PDF-2.7"), ("syntax", b"/ID", b"/Ix"),
        ("forbidden", b"/Tabs", b"/Group"), ("forbidden", b"/ViewerPreferences", b"/OCProperties     "),
        ("metadata", b"<pdfuaid:part>1", b"<pdfuaid:part>2"),
        ("metadata", b"<pdfaid:conformance>A", b"<pdfaid:conformance>B"),
        ("metadata", b"D:2024", b"D:2023"), ("metadata", b"ns/id/</pdfaSchema:n", b"ns/ix/</pdfaSchema:n"),
        ("colour", b"/GTS_PDFA1", b"/GTS_PDFX1"), ("colour", b"/N 3", b"/N 4"),
        ("fonts", b"/FontFile2", b"/FontFile3"), ("fonts", b"/W [0[", b"/W [1["),
        ("fonts", b"/ToUnicode", b"/ToUnicodx"),
        ("tagging", b"/Marked true", b"/Marked null"), ("tagging", b"/Tabs /S", b"/Tabs /R"),
        ("tagging", b"/DisplayDocTitle", b"/DisplayDocTitlx"), ("tagging", b"/StructParents 1", b"/StructParents 0"),
        ("structure", b"/S/TH/P", b"/S/TX/P"), ("structure", b"/S/H2/P", b"/S/H4/P"),
        ("structure", b"/Scope/Row", b"/Scopx/Row"), ("structure", b"/RowSpan 22", b"/RowSpan 21"),
        ("structure", b"/S/Document", b"/S/Paragraph"),
    ])
    def test_bytes(self, subject, old, new):
        data = report_pdf()
        assert old in data
        changed = data.replace(old, new) if len(old) == len(new) else data.replace(old, new, 1)
        found = faults(changed)
        assert any(fault.startswith(subject) for fault in found), found

    @pytest.mark.parametrize(("subject", "change"), [
        ("tagging", (pdf_canvas.TaggedCanvas, "artifact", lambda self, kind: self.read_as(""))),
        ("fonts", (pdf_fonts, "to_unicode", lambda chars: b"")),
        ("metadata", (pdf_metadata.Metadata, "info_date", property(lambda self: "D:20010101000000Z"))),
        ("outline", (pdf._Outline, "note", lambda self, piece: None)),
        ("colour", (pdf_canvas, "make_srgb_profile", lambda: b"\0" * 200)),
        ("structure", (pdf, "_attributes", lambda cell: "")),
            ])
    def test_code(self, monkeypatch, subject, change):
        monkeypatch.setattr(*change)
        pdf_fonts._made.cache_clear()                         # what was made of the same characters before
        found = faults(pdf_of(report()))
        pdf_fonts._made.cache_clear()
        assert any(fault.startswith(subject) for fault in found), found

    @pytest.mark.parametrize(("name", "change"), [
        ("private use", (pdf, "PRIVATE", re.compile("[\u0000]"))),
        ("a name without end", (pdf_metadata, "LONGEST", 100_000)),
    ])
    def test_documents(self, monkeypatch, name, change):
        monkeypatch.setattr(*change)
        assert faults(styled(DOCUMENTS[name]))

    def test_each_rule_has_been_made_to_fail(self):
        assert {rule.__name__ for rule in RULES} == {
            "syntax", "forbidden", "metadata", "colour", "fonts", "tagging", "structure", "outline"}
