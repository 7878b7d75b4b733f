"""Reads an OFD file (GB/T 33190): characters with their places and lines of its pages and their templates."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from govdesk.importing.files.packages import Package, attribute, local
from govdesk.importing.files.reading_watch import note_page
from govdesk.importing.files.source import Source, UnreadableSourceError, make_source
from govdesk.importing.pages.page_model import SourceGlyph, SourcePage, SourceRule, without_doubles
from govdesk.importing.pages.page_text import items_of

MOST_PAGES: Final = 200
_MOST_GLYPHS: Final = 120_000          # of a file; a long report has 40,000
_POINTS: Final = 72 / 25.4           # to the millimetre
_DEEPEST: Final = 8                  # drawings within drawings
_THIN: Final = 0.9                   # millimetres: a filled area as thin as this is a line
_BROKEN: Final = "OFD 文件不完整或已损坏，请让对方重新发一份"

_Affine = tuple[float, float, float, float, float, float]


def read(data: bytes) -> Source:
    """The source of an OFD file. Raises UnreadableSourceError."""
    package = Package(data)
    root = package.xml("OFD.xml")
    where = next((_text(one) for one in root.iter() if local(one) == "DocRoot"), "")
    if not where:
        raise UnreadableSourceError(_BROKEN)
    if package.has("Encryptions.xml") or any(local(one) == "Encryptions" for one in root.iter()):
        raise UnreadableSourceError("OFD 文件加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份")
    main = where.lstrip("/")
    document, folder = package.xml(main), posixpath.dirname(main)
    sheets = [one for one in document.iter() if local(one) == "Page" and attribute(one, "BaseLoc")]
    if len(sheets) > MOST_PAGES:
        raise UnreadableSourceError(f"这份 OFD 有 {len(sheets)} 页，不像一份年报，没有读取，请只留下年报的那几页再试")
    templates = {attribute(one, "ID") or "": _join(folder, attribute(one, "BaseLoc") or "") for one in document.iter()
                 if local(one) == "TemplatePage"}
    units = _units(package, document, folder)
    area = _area(document) or (0.0, 0.0, 210.0, 297.0)
    pages: list[SourcePage] = []
    unseen = count = 0
    for number, sheet in enumerate(sheets, 1):
        note_page(number, len(sheets))
        page = _Page(package, templates, units, area)
        page.read(_join(folder, attribute(sheet, "BaseLoc") or ""))
        pages.append(page.finished(number))
        unseen += page.unseen
        count += len(page.glyphs)
        if count > _MOST_GLYPHS:
            raise UnreadableSourceError("OFD 里的文字比一份年报多得多，没有读取，请只留下年报的那几页再试")
    if count < 20:
        raise UnreadableSourceError("这份 OFD 里没有文字（多半是扫描件），里面的数字读不出来，"
                                    "请向对方要 Word 或可以复制文字的文件")
    said = (f"OFD 里有 {unseen} 处看不见或斜着写（水印）的文字，没有读取。",) if unseen else ()
    return make_source("OFD 文件", items_of(pages), said)


def _join(folder: str, path: str) -> str:
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))


def _text(element: Any) -> str:
    return (element.text or "").strip()


def _numbers(text: str | None) -> list[float]:
    found = []
    for word in (text or "").split():
        try:
            number = float(word)
        except ValueError:
            return []
        if not abs(number) < 1e6:
            return []
        found.append(number)
    return found


def _area(element: Any) -> tuple[float, float, float, float] | None:
    box = next((_numbers(_text(one)) for one in element.iter() if local(one) == "PhysicalBox"), [])
    return (box[0], box[1], box[2], box[3]) if len(box) == 4 and box[2] > 0 and box[3] > 0 else None


def _units(package: Package, document: Any, folder: str) -> dict[str, Any]:
    """The drawings that pages use by their number: some converters put every word into one of its own."""
    found: dict[str, Any] = {}
    for one in document.iter():
        part = _join(folder, _text(one)) if local(one) in ("DocumentRes", "PublicRes") else ""
        if part and package.has(part):
            found |= {attribute(unit, "ID") or "": unit for unit in package.xml(part).iter()
                      if local(unit) == "CompositeGraphicUnit"}
    return found


def _after(inner: _Affine, outer: _Affine) -> _Affine:
    """What first the one and then the other makes of a point."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


class _Page:
    """A page being read, in millimetres."""

    def __init__(self, package: Package, templates: dict[str, str], units: dict[str, Any],
                 area: tuple[float, float, float, float]) -> None:
        self.glyphs: list[SourceGlyph] = []
        self.rules: list[SourceRule] = []
        self.unseen = 0
        self._package, self._templates, self._units, self._area = package, templates, units, area
        self._outer: _Affine = (1, 0, 0, 1, 0, 0)            # of the drawing that is being read
        self._depth = 0

    def read(self, part: str) -> None:
        root = self._package.xml(part)
        self._area = _area(root) or self._area
        for one in root.iter():
            if local(one) == "Template":
                target = self._templates.get(attribute(one, "TemplateID") or "")
                if target and self._package.has(target):
                    self._layers(self._package.xml(target))
        self._layers(root)

    def finished(self, number: int) -> SourcePage:
        _, _, wide, high = self._area
        return SourcePage(number, wide * _POINTS, high * _POINTS, tuple(without_doubles(self.glyphs)),
                          tuple(self.rules))

    def _layers(self, root: Any) -> None:
        for layer in (one for one in root.iter() if local(one) == "Layer"):
            self._block(layer)

    def _block(self, parent: Any) -> None:
        for one in parent:
            name = local(one)
            if name == "PageBlock":
                self._block(one)
            elif name == "TextObject":
                self._words(one)
            elif name == "PathObject" and _is_visible(one):
                self._path(one)
            elif name == "CompositeObject" and _is_visible(one):
                self._unit(one)

    def _unit(self, element: Any) -> None:
        unit = self._units.get(attribute(element, "ResourceID") or "")
        if unit is None or self._depth >= _DEEPEST:
            return
        before = self._outer
        self._outer, self._depth = self._matrix(element), self._depth + 1
        for content in (one for one in unit if local(one) == "Content"):
            self._block(content)
        self._outer, self._depth = before, self._depth - 1

    def _matrix(self, element: Any) -> _Affine:
        """From an object's own measure to that of the page."""
        box = _numbers(attribute(element, "Boundary"))
        matrix = _numbers(attribute(element, "CTM"))
        left, top = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1, 0, 0, 1, 0, 0)
        return _after((a, b, c, d, e + left, f + top), self._outer)

    def _words(self, element: Any) -> None:
        if not _is_visible(element):
            self.unseen += 1
            return
        a, b, c, d, e, f = self._matrix(element)
        if abs(b) > 0.1 * abs(a) and abs(a) > 0.1 * abs(b):
            self.unseen += 1                     # written aslant: a watermark
            return
        size = (_numbers(attribute(element, "Size")) or [4.0])[0]
        scale = abs(d) or abs(b) or 1.0
        for code in (one for one in element if local(one) == "TextCode"):
            for character, x, y, wide in _characters(code, size):
                at_x, at_y = a * x + c * y + e - self._area[0], b * x + d * y + f - self._area[1]
                if character.strip() and len(self.glyphs) <= _MOST_GLYPHS:
                    self.glyphs.append(SourceGlyph(character, at_x * _POINTS,
                                                   (at_x + wide * (abs(a) or scale)) * _POINTS,
                                                   at_y * _POINTS, size * scale * _POINTS))

    def _path(self, element: Any) -> None:
        a, b, c, d, e, f = self._matrix(element)
        left, top = e - self._area[0], f - self._area[1]
        stroked = (attribute(element, "Stroke") or "true") != "false"
        data = next((_text(one) for one in element if local(one) == "AbbreviatedData"), "")
        for points in _subpaths(data):
            placed = [(left + a * x + c * y, top + b * x + d * y) for x, y in points]
            if stroked:
                for one, other in pairwise(placed):
                    self._line(*one, *other)
            elif (attribute(element, "Fill") or "false") == "true":
                self._filled(placed)

    def _filled(self, points: Sequence[tuple[float, float]]) -> None:
        x0, x1 = min(x for x, _ in points), max(x for x, _ in points)
        y0, y1 = min(y for _, y in points), max(y for _, y in points)
        if y1 - y0 <= _THIN < x1 - x0:
            self._line(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
        elif x1 - x0 <= _THIN < y1 - y0:
            self._line((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)

    def _line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        x0, y0, x1, y1 = (value * _POINTS for value in (x0, y0, x1, y1))
        if abs(x0 - x1) <= 1 < abs(y0 - y1):
            self.rules.append(SourceRule(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        elif abs(y0 - y1) <= 1 < abs(x0 - x1):
            self.rules.append(SourceRule(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1)))


def _is_visible(element: Any) -> bool:
    return (attribute(element, "Visible") or "true") != "false" and (attribute(element, "Alpha") or "255") != "0"


def _characters(code: Any, size: float) -> Iterator[tuple[str, float, float, float]]:
    """The characters of a text with their places before the object's matrix, and their widths."""
    text = code.text or ""
    across, down = _deltas(attribute(code, "DeltaX"), len(text)), _deltas(attribute(code, "DeltaY"), len(text))
    x = (_numbers(attribute(code, "X")) or [0.0])[0]
    y = (_numbers(attribute(code, "Y")) or [0.0])[0]
    for i, character in enumerate(text):
        wide = size * (0.5 if character.isascii() else 1.0)
        step = across[i] if i < len(across) else (0.0 if down else wide)
        yield character, x, y, min(wide, step) if 0 < step < wide * 0.98 and not down else wide
        x += step
        y += down[i] if i < len(down) else 0.0


def _deltas(written: str | None, most: int) -> list[float]:
    """“g 3 4.2 1” is 4.2 three times, then 1."""
    found: list[float] = []
    words = (written or "").split()
    i = 0
    while i < len(words) and len(found) < most:
        if words[i] == "g" and i + 2 < len(words):
            times, step = _numbers(words[i + 1]), _numbers(words[i + 2])
            if not times or not step:
                break
            found += [step[0]] * max(0, min(int(times[0]), most))
            i += 3
            continue
        step = _numbers(words[i])
        if not step:
            break
        found += step
        i += 1
    return found


_TAKES: Final = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7}


def _subpaths(data: str) -> Iterator[list[tuple[float, float]]]:
    words = data.split()[:50_000]
    points: list[tuple[float, float]] = []
    i = 0
    while i < len(words):
        sign = words[i]
        i += 1
        if sign == "C" and points:
            points.append(points[0])
            continue
        count = _TAKES.get(sign, 0)
        numbers = _numbers(" ".join(words[i:i + count]))
        if not count or len(numbers) < count:
            continue
        i += count
        if sign in ("S", "M"):
            if len(points) > 1:
                yield points
            points = []
        points.append((numbers[-2], numbers[-1]))
    if len(points) > 1:
        yield points
