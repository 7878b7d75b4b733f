"""Reads the text layer of a PDF by PDFium: characters with their places and ruled lines. Nothing is recognised in
pictures; text that is not shown is left out and said."""

from __future__ import annotations

import ctypes
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from govdesk.base.pdfium import PDFIUM
from govdesk.importing.files.reading_watch import note_page
from govdesk.importing.files.source import Source, UnreadableSourceError, make_source
from govdesk.importing.pages.page_model import SourceGlyph, SourcePage, SourceRule, without_doubles
from govdesk.importing.pages.page_text import items_of
from govdesk.importing.pages.pdf_characters import WHITE, Box, PageCharacters

MOST_PAGES: Final = 200
_MOST_GLYPHS: Final = 120_000          # of a file; a long report has 40,000
_MOST_OBJECTS: Final = 60_000        # of a page
_DEEPEST: Final = 8                  # drawings within drawings
_THIN: Final = 2.6                   # points: a filled area as thin as this is a line
_STREAM = re.compile(rb"stream\r?\n")
_LARGEST_STREAM: Final = 10 << 20    # bytes unpacked; a page has some ten thousand
_LARGEST_FONT: Final = 48 << 20      # those with all of Chinese have some twenty million
_OF_FONTS: Final = (b"/Length1", b"FontType0C", b"Type1C", b"/OpenType")
_NO_TEXT: Final = "这份 PDF 没有文字层（多半是扫描件），里面的数字读不出来，请向对方要 Word 或可以复制文字的 PDF"

_Matrix = tuple[float, float, float, float, float, float]


class _Drawn(NamedTuple):
    """The lines and dark areas of a page."""

    rules: list[SourceRule]
    dark: list[Box]


def read(data: bytes) -> Source:
    """The source of a PDF file. Raises UnreadableSourceError."""
    import pypdfium2

    _refuse_bombs(data)
    try:
        with PDFIUM:
            document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableSourceError(_refusal(str(error))) from None
    try:
        with PDFIUM:
            count = len(document)
        if count > MOST_PAGES:
            raise UnreadableSourceError(f"这份 PDF 有 {count} 页，不像一份年报，没有读取，请只留下年报的那几页再试")
        return _source(document, count)
    finally:
        with PDFIUM:
            document.close()


def _refuse_bombs(data: bytes) -> None:
    """Looks how large each packed stream would be before PDFium unpacks any; pictures it unpacks only to show them."""
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - 600):found.start()]
        head = head[head.rfind(b"obj") + 3:]
        if b"FlateDecode" not in head.replace(b"/Fl ", b"/FlateDecode ") or b"/Image" in head:
            continue
        most = _LARGEST_FONT if any(sign in head for sign in _OF_FONTS) else _LARGEST_STREAM
        try:
            out = zlib.decompressobj().decompress(data[found.end():found.end() + (16 << 20)], most + 1)
        except zlib.error:
            continue
        if len(out) > most:
            raise UnreadableSourceError("PDF 压缩得异常紧，解开后会非常大，不像一份年报，没有解开，请核对文件的来历")


def _refusal(message: str) -> str:
    if "password" in message.lower() or "security" in message.lower():
        return "PDF 加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份"
    return "PDF 不完整或已损坏，请让对方重新发一份"


def _source(document: Any, count: int) -> Source:
    import pypdfium2

    pages: list[SourcePage] = []
    unseen = glyphs = 0
    for number in range(count):
        note_page(number + 1, count)
        with PDFIUM:                                     # page by page: others draw theirs meanwhile
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                raise UnreadableSourceError(f"PDF 的第 {number + 1} 页已损坏，请让对方重新发一份") from None
            read_page, hidden = _page(page, number + 1)
            page.close()
        pages.append(read_page)
        unseen += hidden
        glyphs += len(read_page.glyphs)
        if glyphs > _MOST_GLYPHS:
            raise UnreadableSourceError("PDF 里的文字比一份年报多得多，没有读取，请只留下年报的那几页再试")
    lost = sum(page.lost for page in pages)
    if glyphs < 20:
        raise UnreadableSourceError(_NO_TEXT)
    if lost * 5 > glyphs:
        raise UnreadableSourceError("PDF 里的字体没有写明是哪些字，读出来是乱码，请向对方要 Word 或重新导出的 PDF")
    said = [f"PDF 里有 {unseen} 个看不见或斜着写（水印）的字，没有读取。"] if unseen else []
    said += [f"PDF 里有 {lost} 个字认不出来。"] if lost else []
    return make_source("PDF 文件", items_of(pages), said, turns=tuple(page.quarter for page in pages))


def _page(page: Any, number: int) -> tuple[SourcePage, int]:
    """A page, and how many characters on it are not shown."""
    from pypdfium2 import raw

    box = page.get_mediabox()
    drawn = _Drawn([], [])
    for one in _objects(page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject):
        _draw(one, (1, 0, 0, 1, 0, 0), drawn, 0)
    text = page.get_textpage()
    angles: Counter[int] = Counter()
    found: list[tuple[int, str, Box, tuple[float, float]]] = []
    unseen = lost = 0
    characters = PageCharacters(text.raw)
    for index in range(min(raw.FPDFText_CountChars(text.raw), _MOST_GLYPHS)):
        code = raw.FPDFText_GetUnicode(text.raw, index)
        if code in (0, 10, 13) or 0xD800 <= code < 0xE000 or raw.FPDFText_IsGenerated(text.raw, index) == 1:
            continue
        character = chr(code)
        where = characters.box_of(index) if character.strip() else None
        if where is None:
            continue
        if not (_is_on(where, box) and characters.is_shown(index, where, drawn.dark)):
            unseen += 1
            continue
        lost += code in (0xFFFD, 0xFFFE, 0xFFFF) or raw.FPDFText_HasUnicodeMapError(text.raw, index) == 1
        quarter = _quarter(raw.FPDFText_GetCharAngle(text.raw, index))
        angles[quarter] += 1
        found.append((quarter, character, where, characters.origin_of(index, where)))
    text.close()
    upright = angles.most_common(1)[0][0] if angles else page.get_rotation() // 90 % 4
    place = _Turn(box, upright % 4)
    glyphs = without_doubles([_glyph(place, character, where, origin) for quarter, character, where, origin in found
                              if quarter == upright])
    unseen += len(found) - angles[upright]               # what is written aslant is a watermark or a stamp
    rules = tuple(place.rule(rule) for rule in drawn.rules)
    return SourcePage(number, *place.size, tuple(glyphs), rules, lost, upright % 4), unseen


_ASLANT: Final = 4


def _quarter(angle: float) -> int:
    """By how many quarters a page is to be turned for a character to stand upright; `_ASLANT` where none would do."""
    quarters = math.degrees(angle) / 90 if angle >= 0 else 0.0
    return -round(quarters) % 4 if abs(quarters - round(quarters)) < 0.08 else _ASLANT


def _is_on(where: Box, page: Box) -> bool:
    x, y = (where[0] + where[2]) / 2, (where[1] + where[3]) / 2
    return page[0] - 1 <= x <= page[2] + 1 and page[1] - 1 <= y <= page[3] + 1


class _Turn:
    """How a page is turned for reading: places in the file's own measure to places from the top left."""

    def __init__(self, box: Box, quarter: int) -> None:
        self._box, self._quarter = box, quarter
        wide, high = box[2] - box[0], box[3] - box[1]
        self.size = (wide, high) if quarter % 2 == 0 else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._box
        if self._quarter == 0:
            return x - left, top - y
        return ((y - bottom, x - left), (right - x, y - bottom), (top - y, right - x))[self._quarter - 1]

    def rule(self, rule: SourceRule) -> SourceRule:
        ends = [(rule.at, end) if rule.upright else (end, rule.at) for end in (rule.begin, rule.end)]
        (x0, y0), (x1, y1) = (self.point(*end) for end in ends)
        upright = rule.upright if self._quarter % 2 == 0 else not rule.upright
        return SourceRule(True, x0, *sorted((y0, y1))) if upright else SourceRule(False, y0, *sorted((x0, x1)))


def _glyph(place: _Turn, character: str, where: Box, origin: tuple[float, float]) -> SourceGlyph:
    xs, ys = zip(place.point(where[0], where[1]), place.point(where[2], where[3]), strict=True)
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    size = max(y1 - y0, x1 - x0) if character >= "\u2e80" else y1 - y0     # a font may state no height
    return SourceGlyph(character, x0, x1, place.point(*origin)[1], size)


# --------------------------------------------------------------------------------------------------------------- lines

def _objects(owner: Any, count: Any, get: Any) -> Iterator[Any]:
    for i in range(min(count(owner), _MOST_OBJECTS)):
        yield get(owner, i)


def _draw(one: Any, matrix: _Matrix, drawn: _Drawn, depth: int) -> None:
    """Collects the lines of an object of a page, and of a drawing within it."""
    from pypdfium2 import raw

    kind = raw.FPDFPageObj_GetType(one)
    if kind == raw.FPDF_PAGEOBJ_PATH and len(drawn.rules) < _MOST_OBJECTS:
        _path(raw, one, _times(_matrix(raw, one), matrix), drawn)
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        own = _times(_matrix(raw, one), matrix)
        for inner in _objects(one, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject):
            _draw(inner, own, drawn, depth + 1)


def _matrix(raw: Any, one: Any) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(one, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: _Matrix, outer: _Matrix) -> _Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _path(raw: Any, path: Any, matrix: _Matrix, drawn: _Drawn) -> None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    stroked = bool(stroke.value) and _is_seen(raw.FPDFPageObj_GetStrokeColor, path)
    filled = bool(fill.value) and _is_seen(raw.FPDFPageObj_GetFillColor, path)
    if not stroked and not filled:
        return
    for points in _subpaths(raw, path, matrix):
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                _add_line(drawn, x0, y0, x1, y1)
        if filled and len(points) > 1:
            _add_area(raw, path, points, drawn)


def _is_seen(colour_of: Any, path: Any) -> bool:
    colour = [ctypes.c_uint() for _ in range(4)]
    if not colour_of(path, *colour):
        return True
    *shades, alpha = (one.value for one in colour)
    return alpha > 0 and min(shades) < WHITE


def _subpaths(raw: Any, path: Any, matrix: _Matrix) -> Iterator[list[tuple[float, float]]]:
    a, b, c, d, e, f = matrix
    points: list[tuple[float, float]] = []
    for i in range(min(raw.FPDFPath_CountSegments(path), 5000)):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = (x.value * a + y.value * c + e, x.value * b + y.value * d + f)
        if not all(map(math.isfinite, point)):
            continue
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if points:
        yield points


def _add_line(drawn: _Drawn, x0: float, y0: float, x1: float, y1: float) -> None:
    if abs(x0 - x1) <= 1 < abs(y0 - y1):
        drawn.rules.append(SourceRule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    elif abs(y0 - y1) <= 1 < abs(x0 - x1):
        drawn.rules.append(SourceRule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))


def _add_area(raw: Any, path: Any, points: list[tuple[float, float]], drawn: _Drawn) -> None:
    x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
    y0, y1 = min(y for _, y in points), max(y for _, y in points)
    if x1 - x0 <= _THIN or y1 - y0 <= _THIN:
        if x1 - x0 > y1 - y0:
            drawn.rules.append(SourceRule(False, (y0 + y1) / 2, x0, x1))
        elif y1 - y0 > 0:
            drawn.rules.append(SourceRule(True, (x0 + x1) / 2, y0, y1))
        return
    colour = [ctypes.c_uint() for _ in range(4)]
    if raw.FPDFPageObj_GetFillColor(path, *colour) and min(one.value for one in colour[:3]) < 200:
        drawn.dark.append((x0, y0, x1, y1))
