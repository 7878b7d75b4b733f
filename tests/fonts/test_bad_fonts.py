"""A font file that is missing, cut off or full of nonsense: one sentence, whatever is wrong and wherever it shows."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from govdesk.base.errors import UserError
from govdesk.document.document import Heading, Paragraph, Title
from govdesk.export.formats import export_document
from govdesk.fonts.face import Face, FaceError
from govdesk.fonts.subset import make_subset
from tests.export.export_reading import FONTS
from tests.export.export_sheets import with_blocks
from tests.fonts.font_making import font, put

DOCUMENT = with_blocks(
    Title("公开"), Heading(1, "一、公开", "a"), Heading(2, "公开", "b"), Paragraph("公开政府信息2023é"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FONTS, tmp_path / "fonts")
    return tmp_path / "fonts"


def said(folder: Path) -> str:
    target = folder / "a.pdf"
    with pytest.raises(UserError) as error:
        export_document(DOCUMENT, target, None, folder)
    assert not target.exists()
    return error.value.sentence


@pytest.mark.parametrize("name", ["GwBiaoSong", "GwHei", "GwKai", "GwFang", "GwSong", "LiberationSerif-Regular"])
def test_a_missing_file_is_named(folder, name):
    (folder / f"{name}.ttf").unlink()
    assert name in said(folder) and "字体" in said(folder)


@pytest.mark.parametrize("length", [0, 1, 11, 12, 100, 300, 5000, 1_000_000])
def test_a_file_cut_off(folder, length):
    path = folder / "GwFang.ttf"
    path.write_bytes(path.read_bytes()[:length])
    assert "GwFang" in said(folder)


@pytest.mark.parametrize("tag", ["cmap", "head", "hhea", "loca", "maxp"])
@pytest.mark.parametrize("byte", [0x00, 0xFF, 0x5A])
def test_a_table_of_nonsense(folder, tag, byte):
    path = folder / "GwFang.ttf"
    offset, length = Face(path).tables[tag]
    data = bytearray(path.read_bytes())
    data[offset:offset + length] = bytes([byte]) * length
    path.write_bytes(data)
    try:
        export_document(DOCUMENT, folder / "a.pdf", None, folder)
    except UserError as error:
        assert "GwFang" in error.sentence
    else:
        assert (tag, byte) in {("cmap", 0x5A), ("maxp", 0xFF), ("maxp", 0x5A), ("hhea", 0x5A)}


def test_a_folder_in_place_of_the_file(folder):
    (folder / "GwFang.ttf").unlink()
    (folder / "GwFang.ttf").mkdir()
    assert "GwFang" in said(folder)


def test_anything_at_any_place_of_a_file_is_a_face_error_or_no_error(tmp_path):
    """2,000 small files, each with some bytes changed: never another exception, never without an end."""
    chance, good = random.Random(18030), font({1: "X", 6: "X"})
    refused = 0
    for _ in range(2000):
        data = bytearray(good)
        for _ in range(chance.choice((1, 3, 30))):
            at = chance.randrange(chance.choice((200, len(data))))
            data[at] = chance.choice((0, 0xFF, 0x80, chance.randrange(256)))
        path = put(tmp_path, "x.ttf", bytes(data[:chance.choice((len(data), chance.randrange(len(data))))]))
        try:
            face = Face(path)
            make_subset(face, [0, *(face.gid(c) for c in "公开政府国—0")])
            [face.advance(face.gid(c)) for c in "公开0"]
            assert face.family is not None
        except FaceError as error:
            refused += 1
            assert "x.ttf" in error.sentence
    assert 500 < refused < 2000


def test_a_composite_that_is_made_of_itself_ends(tmp_path):
    face = Face(put(tmp_path, "x.ttf", font({6: "X"}, source="LiberationSerif-Regular", chars="é")))
    assert len(face.parts(face.gid("é"))) == 2
    data = bytearray((tmp_path / "x.ttf").read_bytes())
    start = bytes(data).find(face.outline(face.gid("é")))
    data[start + 12:start + 14] = face.gid("é").to_bytes(2, "big")
    again = Face(put(tmp_path, "y.ttf", bytes(data)))
    assert make_subset(again, [0, again.gid("é")])
