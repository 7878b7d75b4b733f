"""Faces of the system where they are chosen: found by name, refused where they cannot serve, and never the layout's."""

from __future__ import annotations

import subprocess
import sys

import pytest

from govdesk.document.document import Heading, Paragraph, Title
from govdesk.document.style import Style
from govdesk.export.formats import export_document
from govdesk.export.pdf import render
from govdesk.fonts import system_fonts
from govdesk.fonts.face import Face
from govdesk.fonts.font_set import FontSet, Role
from govdesk.typeset.layout import lay_out
from tests.export.export_measuring import measured
from tests.export.export_reading import FONTS, fonts, page_texts, reader
from tests.export.export_sheets import report, with_blocks
from tests.fonts.font_making import CHARS, collection, font, put

FANGSONG = {1: "FangSong_GB2312", 2: "Regular", 4: "FangSong_GB2312", 6: "FangSong_GB2312"}
SONG = {1: "SimSun", 2: "Regular", 6: "SimSun"}


def named(name: str, **more: str) -> dict[int, str]:
    return {1: name, 2: more.get("style", "Regular"), 6: name}


def faces(folder, char="国"):
    """PostScript name of the face that serves a character in each role."""
    found = FontSet.with_system(FONTS, (folder,))
    return {role: found.shape(role, char)[0].face.name for role in Role}


def body(folder, char="国"):
    return faces(folder, char)[Role.BODY]


def test_each_role_takes_its_own_name(tmp_path):
    for i, name in enumerate(("FangSong_GB2312", "KaiTi_GB2312", "SimHei", "SimSun", "FZXBSJW--GB1-0")):
        put(tmp_path / f"deep{i}", f"{i}.ttf", font(named(name)))
    assert faces(tmp_path) == {
        Role.TITLE: "FZXBSJW--GB1-0", Role.SECTION: "SimHei", Role.SUBSECTION: "KaiTi_GB2312",
        Role.BODY: "FangSong_GB2312", Role.TABLE: "SimSun", Role.NUMBER: "SimSun"}


def test_the_order_is_that_of_the_list_and_not_of_the_files(tmp_path):
    put(tmp_path, "a.ttf", font(named("FangSong"), chars=CHARS + "硚"))
    put(tmp_path, "z.ttf", font(FANGSONG))
    assert body(tmp_path) == "FangSong_GB2312"
    assert body(tmp_path, "硚") == "FangSong"                  # the next face of the same kind has it
    assert body(tmp_path, "𬱖") == fonts().shape(Role.BODY, "𬱖")[0].face.name


def body_faces(document, folder, choice):
    pages = lay_out(document, FontSet.with_system(FONTS, (folder,)), Style(faces=choice))
    return {use.face for use in pages.faces if use.role == "正文" and use.system}


def test_the_body_is_in_one_face_where_that_is_chosen(tmp_path):
    put(tmp_path, "a.ttf", font(FANGSONG))
    put(tmp_path, "b.ttf", font(named("FangSong"), chars=CHARS + "硚"))
    beyond, inside = (with_blocks(Paragraph(text)) for text in ("公开信息硚", "公开信息"))
    assert body_faces(beyond, tmp_path, "system") == {"FangSong_GB2312", "FangSong"}
    assert body_faces(beyond, tmp_path, "whole") == {"FangSong"}
    assert body_faces(inside, tmp_path, "whole") == {"FangSong_GB2312"}
    nowhere = with_blocks(Paragraph("公开信息硚𬱖"))           # the face for rare characters serves, and only there
    assert body_faces(nowhere, tmp_path, "whole") == {"FangSong"}


def test_names_in_chinese_and_of_old_machines(tmp_path):
    put(tmp_path / "a", "x.ttf", font({1: "仿宋", 2: "常规", 6: "Odd"}, language=0x804))
    assert body(tmp_path / "a") == "Odd"
    put(tmp_path / "b", "x.ttf", font({1: "楷体", 2: "常规"}, macintosh=True))
    assert faces(tmp_path / "b")[Role.SUBSECTION] == "Font"


def test_a_collection(tmp_path):
    put(tmp_path, "simsun.ttc", collection(font(named("Other"), source="GwHei"), font(SONG)))
    assert faces(tmp_path)[Role.TABLE] == "SimSun"


@pytest.mark.parametrize("data", [
    font(FANGSONG, fs_type=2), font(FANGSONG, fs_type=0x100), font(FANGSONG, fs_type=0x200),
    font(FANGSONG, drop=("glyf", "loca")), font(FANGSONG)[:400], font(FANGSONG)[:-3000], b"", b"\0" * 5000,
    font({**FANGSONG, 2: "Bold"}), font(FANGSONG, drop=("cmap",)), font(named("FangSongX")),
])
def test_what_cannot_serve_is_passed_over(tmp_path, data):
    put(tmp_path, "a.ttf", data)
    assert body(tmp_path) == "GWFang-Regular"
    put(tmp_path / "second", "b.ttf", font(named("FangSong")))
    system_fonts.find_stacks.cache_clear()
    assert FontSet(FONTS, (tmp_path,)).shape(Role.BODY, "国")[0].face.name == "FangSong"


@pytest.mark.parametrize("fs_type", [0, 4, 8])
def test_embedding_that_is_permitted(tmp_path, fs_type):
    put(tmp_path, "a.ttf", font(FANGSONG, fs_type=fs_type))
    assert body(tmp_path) == "FangSong_GB2312"


def test_empty_and_narrow_glyphs_come_from_the_next_face(tmp_path):
    put(tmp_path, "a.ttf", font(FANGSONG, empty="公", narrow="“”"))
    assert body(tmp_path, "公") == "GWFang-Regular" == body(tmp_path, "“")
    assert body(tmp_path, "开") == "FangSong_GB2312"


def test_a_face_that_turns_out_damaged_at_a_glyph_is_dropped(tmp_path):
    data = bytearray(font(FANGSONG))
    path = put(tmp_path, "a.ttf", bytes(data))
    at, length = Face(path).tables["loca"]
    data[at + 24:at + length] = b"\xff" * (length - 24)       # all but the first glyphs lie beyond the file
    path.write_bytes(data)
    assert body(tmp_path, "码") == "GWFang-Regular"


def test_digits_and_latin_stay_in_one_face_and_page_numbers_in_the_chinese_one(tmp_path):
    put(tmp_path, "a.ttf", font(FANGSONG))
    put(tmp_path, "b.ttf", font(SONG))
    assert body(tmp_path, "7") == "LiberationSerif"
    assert faces(tmp_path, "7")[Role.NUMBER] == "SimSun"
    (own,), (found,) = (one.shape(Role.NUMBER, "7") for one in (fonts(), FontSet.with_system(FONTS, (tmp_path,))))
    advance = found.face.advance(found.face.gid("7")) / 1000
    assert found.width == own.width != advance                # as wide as ours, and in the middle of that width
    assert found.shift == pytest.approx((own.width - advance) / 2)


def test_the_layout_is_the_same_whichever_face_serves(tmp_path):
    for i, names in enumerate((FANGSONG, SONG, named("SimHei"), named("KaiTi"), named("FZXBSK--GBK1-0"))):
        put(tmp_path, f"{i}.ttf", font(names, source=("GwKai", "GwHei", "GwSong", "GwFang", "GwKai")[i]))
    document = report()
    plain, system = (lay_out(document, found) for found in (fonts(), FontSet.with_system(FONTS, (tmp_path,))))
    assert {run.face for page in system.pages for piece in page.pieces for run in piece.runs} != {
        run.face for page in plain.pages for piece in page.pieces for run in piece.runs}
    assert [page.rules for page in plain.pages] == [page.rules for page in system.pages]
    for a, b in zip(measured(render(plain, document)), measured(render(system, document)), strict=True):
        assert [c.char for c in a] == [c.char for c in b]
        for one, other in zip(a, b, strict=True):
            assert other.x == pytest.approx(one.x, abs=1.0) and other.y == pytest.approx(one.y, abs=1.2)
    for a, b in zip(cells(plain), cells(system), strict=True):
        assert a == b


def cells(pages):
    """Every character with the left end of its cell: no face is in it."""
    found = []
    for page in pages.pages:
        for piece in (piece for piece in page.pieces if piece.block >= 0):
            for run in piece.runs:
                at = run.x - run.size * first_shift(run)
                for char, advance in zip(run.text, run.advances, strict=True):
                    found.append((page.number, piece.block, piece.part, char, round(at, 1)))
                    at += advance
    return found


def first_shift(run):
    """Em that the first glyph stands right of its cell's left end."""
    advance = run.face.advance(run.face.gid(run.text[0])) / 1000
    wide = ord(run.text[0]) > 0x2000
    return (1 - advance) / 2 if wide else 0.0


def test_the_report_says_which_faces_served(tmp_path, monkeypatch):
    put(tmp_path, "a.ttf", font({1: "仿宋_GB2312", 2: "Regular", 6: "FangSong_GB2312"}, language=0x804))
    monkeypatch.setenv(system_fonts.FONTS_VARIABLE, str(tmp_path))
    document = with_blocks(Title("标题"), Heading(1, "一、公开", "a"), Paragraph("公开硚2023"))
    done = export_document(document, tmp_path / "a.pdf", None, FONTS, Style(faces="system"))
    served = {(use.role, use.face, use.system, use.characters) for use in done.faces}
    assert ("正文", "仿宋_GB2312", True, 2) in served and ("正文", "Liberation Serif", False, 3) in served
    assert {use.role for use in done.faces} == {"标题", "一级标题", "正文", "页码"}
    assert "公开硚2023" in page_texts((tmp_path / "a.pdf").read_bytes())[0]
    used = reader((tmp_path / "a.pdf").read_bytes()).pages[0]["/Resources"]["/Font"].values()
    assert any(str(one["/BaseFont"]).endswith("+FangSong_GB2312") for one in used)
    plain = export_document(document, tmp_path / "b.pdf", None, FONTS)
    assert not any(use.system for use in plain.faces)


def test_nothing_is_searched_for_where_the_bundled_faces_are_chosen():
    code = ("import sys; sys.path[:0] = sys.argv[1:]\nfrom tests.export.export_reading import report_pdf\n"
            "from govdesk.fonts import system_fonts\nreport_pdf(); print(system_fonts.find_stacks.cache_info().misses)")
    paths = [str(FONTS.parents[1]), str(FONTS.parents[1] / "tests" / "export")]
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_the_systems_folders(monkeypatch, tmp_path):
    monkeypatch.delenv(system_fonts.FONTS_VARIABLE, raising=False)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "local"))
    monkeypatch.setenv("WINDIR", str(tmp_path / "win"))
    found = system_fonts._windows()
    assert list(found) == [tmp_path / "local" / "Microsoft" / "Windows" / "Fonts", tmp_path / "win" / "Fonts"]
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    unix = [str(path) for path in system_fonts._unix()]
    assert str(tmp_path / ".local" / "share" / "fonts") in unix and "/usr/share/fonts" in unix
    assert unix.index(str(tmp_path / ".fonts")) < unix.index("/usr/share/fonts")


def test_folders_that_are_not_there_and_circles_of_links(tmp_path):
    (tmp_path / "loop").symlink_to(tmp_path)
    found = FontSet.with_system(FONTS, (tmp_path, tmp_path / "no"))
    assert found.shape(Role.BODY, "国")[0].face.name == "GWFang-Regular"
