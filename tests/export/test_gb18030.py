"""Every hanzi of GB 18030-2022 level 3 in one document: drawn, and read back equal by two extractors."""

from __future__ import annotations

import shutil
import subprocess

import pypdfium2
import pytest

from govdesk.document.document import Document, Heading, Paragraph, Title
from govdesk.export.pdf import render
from govdesk.export.pdf_fonts import CidFont
from govdesk.fonts.font_set import FontSet, Role
from tests.export.export_reading import FONTS, fonts, pages_of, reader
from tests.export.export_sheets import with_blocks

# Level 1 and 2, Extensions B to F of level 3, and the twelve of FA0E…FA29 that are unified (reference/fonts.md §2)
RANGES = ((0x3400, 0x4DB5), (0x4E00, 0x9FEF), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D),
          (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0))
UNIFIED = (0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27, 0xFA28, 0xFA29)
RADICALS = (0x2F00, 0x2FD5)
EACH = 4_000                         # characters a paragraph


def hanzi() -> str:
    return "".join(chr(code) for first, last in RANGES for code in range(first, last + 1)) + "".join(map(chr, UNIFIED))


def radicals() -> str:
    return "".join(map(chr, range(RADICALS[0], RADICALS[1] + 1)))


def document(text: str) -> Document:
    return with_blocks(*(Paragraph(text[i:i + EACH]) for i in range(0, len(text), EACH)))


def without_number(text: str) -> str:
    text = "".join(text.split())
    at = text.rfind("—", 0, text.rfind("—"))
    return text[:at]


def test_level_3_has_87_887_hanzi():
    assert len(hanzi()) == len(set(hanzi())) == 87_887
    assert len(radicals()) == 214


@pytest.mark.parametrize("role", [
    Role.BODY, *(pytest.param(role, marks=pytest.mark.slow) for role in Role if role is not Role.BODY)])
def test_every_hanzi_has_ink_in_every_role(role):
    found = FontSet(FONTS).shape(role, hanzi() + radicals())
    assert all(glyph.face and not glyph.missing for glyph in found)
    assert {glyph.width for glyph in found} == {1.0}


def test_a_sample_of_all_of_them_in_every_kind_of_block():
    text = (hanzi() + radicals())[::97]
    heads = Title(text[:40]), Heading(1, text[40:60], "a"), Heading(2, text[60:80], "b")
    blocks = with_blocks(*heads, Paragraph(text[80:]))
    pages = pages_of(blocks)
    assert pages.doubts == ()
    data = render(pages, blocks)
    assert "".join(without_number(page.extract_text()) for page in reader(data).pages) == text


@pytest.fixture(scope="module")
def written() -> tuple[str, bytes]:
    text = hanzi() + radicals()
    pages = pages_of(document(text))
    assert pages.doubts == () and len(pages.pages) > 140
    return text, render(pages, document(text))


@pytest.mark.slow
def test_pdfium_reads_them_all(written):
    text, data = written
    assert "".join(without_number(p.get_textpage().get_text_range()) for p in pypdfium2.PdfDocument(data)) == text


@pytest.mark.slow
def test_pypdf_reads_them_all(written):
    text, data = written
    assert "".join(without_number(page.extract_text()) for page in reader(data).pages) == text


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_poppler_reads_them_all(written, tmp_path):
    text, data = written
    (tmp_path / "a.pdf").write_bytes(data)
    command = ["pdftotext", "-enc", "UTF-8", str(tmp_path / "a.pdf"), "-"]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert "".join(without_number(page) for page in read.split("\f")[:-1]) == text


def test_a_character_of_a_later_amendment_is_reported_and_not_lost():
    pages = pages_of(with_blocks(Paragraph("公开\U00030000信息")))
    assert [doubt.code_point for doubt in pages.doubts] == ["U+30000"]
    assert fonts().shape(Role.BODY, "\U00030000")[0].char == "〓"


def test_no_two_codes_of_a_font_read_as_one_character():
    """pypdf takes codes for UTF-16: a high surrogate before a low one would be one character."""
    font = CidFont(FontSet(FONTS).face("GwExt"), 1)
    shown = font.codes(hanzi()[27_000:])
    codes = {int(shown[i:i + 4], 16) for i in range(0, len(shown), 4)}
    assert len(codes) > 57_000 and not codes & set(range(0xDC00, 0xE000))
    assert len(font.chars) == len(font.gids) == max(codes) + 1
