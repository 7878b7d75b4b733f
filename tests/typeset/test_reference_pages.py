"""Pages against pictures that were looked at. A tolerance for other versions of pdfium: edges may be a shade off."""

from __future__ import annotations

from functools import cache

import pytest
from PIL import Image, ImageChops

from tests.typeset.reference_pages import FOLDER, pictures

BLOCK = 8                            # pixels
SHADE = 14                           # of 255, mean of a block
MOST = 3                             # blocks of a page that may differ


@cache
def fresh() -> dict[str, Image.Image]:
    return dict(pictures())


NAMES = sorted(path.name for path in FOLDER.glob("*.png"))


def differing(one: Image.Image, other: Image.Image) -> int:
    """Blocks whose greys differ."""
    if one.size != other.size:
        return 10**6
    shades = ImageChops.difference(one.convert("L"), other.convert("L"))
    small = shades.resize((one.width // BLOCK, one.height // BLOCK), Image.Resampling.BOX)
    return sum(count for shade, count in enumerate(small.histogram()) if shade > SHADE)


def test_there_is_a_picture_of_each_page_and_no_other():
    assert sorted(fresh()) == NAMES and len(NAMES) > 20


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_as_it_was_found_good(name):
    assert differing(fresh()[name], Image.open(FOLDER / name)) <= MOST


def test_a_line_that_moves_and_a_rule_that_goes_are_seen():
    page = fresh()["sample-4.png"]
    moved = ImageChops.offset(page, 0, 2)
    assert differing(page, moved) > 10 * MOST
    gone = page.copy()
    table = page.point(lambda value: 255 if value < 200 else 0).getbbox()
    gone.paste(255, (table[0], table[1], table[2], table[1] + 2))
    assert differing(page, gone) > MOST
