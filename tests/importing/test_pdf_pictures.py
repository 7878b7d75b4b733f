"""A page is drawn as it was read: a cell's box on the picture holds the ink of that cell, also where the page is turned
or shows only a part of its paper."""

from __future__ import annotations

import io

import pypdfium2
import pytest

from govdesk.base.paths import resources_folder
from govdesk.form.form import Address
from govdesk.formfile import form_reader
from govdesk.importing.import_report import import_report
from govdesk.importing.importer import read_source
from govdesk.importing.pages.pdf_pictures import PagePicture, PdfPictures
from tests.importing import page_making
from tests.importing.made_reports import laid_out, made_report

FORM = "ogi-annual-report-2021"
FONT = str(resources_folder() / "fonts" / "GwSong.ttf")
CELL = Address("requests", "new_requests", "natural_person")


def _ink(picture: PagePicture, x0: float, y0: float, x1: float, y1: float) -> int:
    """Dark pixels within a box in points, off its edges."""
    s, count = picture.scale, 0
    for y in range(int((y0 + 2) * s), int((y1 - 2) * s)):
        row = picture.data[y * picture.stride:(y + 1) * picture.stride]
        count += sum(1 for x in range(int((x0 + 2) * s), int((x1 - 2) * s)) if row[4 * x] < 128)
    return count


def _cropped(data: bytes, crop: bool) -> bytes:
    document = pypdfium2.PdfDocument(data)
    for i in range(len(document)):
        page = document[i]
        if crop:
            left, bottom, right, top = page.get_mediabox()
            page.set_cropbox(left + 20, bottom + 15, right - 5, top - 10)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("turn", "crop"), [(0, False), (1, False), (2, False), (3, False), (0, True), (1, True)])
def test_a_cell_lies_in_its_box(turn: int, crop: bool) -> None:
    form = form_reader.load_form(FORM)
    report = made_report(form, 7)
    whole = page_making.pdf(laid_out(form, report), FONT, turn=turn)
    data = _cropped(whole, crop)
    source = read_source(data, "年报.pdf")
    found = import_report(source)
    assert found.cells[CELL].value == report.value(CELL)
    pictures = PdfPictures(data, source.turns)
    empty = full = 0
    for address, (_, cell) in found.spots.items():
        assert cell.box is not None
        if address.row != CELL.row:
            continue
        picture = pictures.draw(cell.box.page, 1200)
        ink = _ink(picture, *cell.box[1:])
        full += ink > 0
        empty += ink == 0
    assert full == 7 and empty == 0
    assert pictures.draw(2, 300) == PdfPictures(whole, source.turns).draw(2, 300), "all of the paper, whatever is shown"
    pictures.close()


def test_a_page_that_the_file_has_not_is_refused() -> None:
    form = form_reader.load_form(FORM)
    pictures = PdfPictures(page_making.pdf(laid_out(form, made_report(form, 7)), FONT), ())
    with pytest.raises(ValueError, match="99"):
        pictures.draw(99, 100)
    pictures.close()
