"""Reads a web page, or a page that a word processor saved, into the neutral source: decoded here, parsed by lxml."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple

from govdesk.importing.documents.html_table import PageCell, columns_of, form_table, rows_of, span
from govdesk.importing.files.decoding import decode
from govdesk.importing.files.packages import MOST_ELEMENTS, TOO_MUCH
from govdesk.importing.files.source import (
    MOST_CELLS,
    Item,
    Mark,
    Source,
    SourceParagraph,
    Table,
    UnreadableSourceError,
    make_source,
    say_marks,
)

_UNSEEN: Final = frozenset(("script", "style", "head", "title", "noscript", "template", "select", "textarea", "button",
                            "iframe", "object", "embed", "svg", "canvas", "audio", "video", "rt", "rp", "map", "input"))
_BLOCKS: Final = frozenset(("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "header", "footer",
                            "main", "aside", "nav", "form", "fieldset", "blockquote", "center", "pre", "hr", "figure",
                            "h1", "h2", "h3", "h4", "h5", "h6", "caption", "address", "body", "html", "td", "th", "tr",
                            "table", "tbody", "thead", "tfoot", "details", "summary", "legend"))
_DELETED: Final = {"del": Mark.REVISED, "s": Mark.STRUCK, "strike": Mark.STRUCK}
_STRUCK = re.compile(r"text-decoration[^;:]*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|"
                     r"font-size\s*:\s*0(?:\.0+)?(?:p[tx]|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
_INVISIBLE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,400})\{([^{}]*)\}")
_SIMPLE = re.compile(r"^(?:[a-z0-9]+)?([.#])([\w-]+)$", re.IGNORECASE)
_BETWEEN_HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]+[ \t]*(?=[\u3000-\u9fff\uff00-\uffef])")
_UNPLAIN = re.compile(r"[\s\u200b\ufeff\x1e]")             # what a text may hold that is not taken as it stands
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_UNMARKED: Final = frozenset[Mark]()
_FRAME: Final = 4
_LONG: Final = 200
_LARGEST: Final = 8_000_000          # characters without pictures
_PICTURES = re.compile(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=\s]+")
_PROLOGUE = re.compile(r"^\s*<\?xml[^>]*\?>")


def read(data: bytes, kind: str = "网页", encoding: str = "") -> Source:
    """The source of a page in bytes. Raises UnreadableSourceError."""
    text = decode(data, encoding)
    said = (f"文件里有 {text.lost} 个字认不出来。",) if text.lost else ()
    found = read_text(text, kind)
    return found._replace(said=(*said, *found.said))


def read_text(text: str, kind: str = "网页") -> Source:
    """The source of a page, or of the piece of one that is pasted."""
    from lxml import etree

    plain = _PICTURES.sub("", _PROLOGUE.sub("", text.replace("\0", "")))
    if len(plain) > _LARGEST or plain.count("<") > MOST_ELEMENTS * 2:
        raise UnreadableSourceError(TOO_MUCH)
    if "<!ENTITY" in plain[:5000]:
        raise UnreadableSourceError("里面写有外部实体定义，正常的年报没有，没有读取，请核对文件的来历")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        root = None
    if root is None:
        raise UnreadableSourceError("里面没有网页的内容，文件不完整或已损坏，请重新保存一份")
    walk = _Walk(_hidden_names(root))
    walk.block(root)
    walk.end()
    title = next((" ".join("".join(one.itertext()).split()) for one in root.iter("title")), "")
    return make_source(kind, walk.items, _said(walk.met, root), title)


def _said(met: Counter[Mark], root: Any) -> Iterator[str]:
    yield from say_marks(met, "网页")
    if next(root.iter("frameset", "iframe"), None) is not None:
        yield "网页里嵌着别的网页，没有读取。"


def _hidden_names(root: Any) -> frozenset[str]:
    """The classes and ids that the page's own styles hide, as “.class” and “#id”."""
    found = set()
    for style in root.iter("style"):
        for selectors, body in _RULE.findall((style.text or "")[:200_000]):
            if _HIDDEN.search(body):
                simple = [_SIMPLE.match(one.strip()) for one in selectors.split(",")]
                found |= {one[1] + one[2] for one in simple if one}
    return frozenset(found)


class _Look(NamedTuple):
    """What of a style bears on the text."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False


@lru_cache(maxsize=2_000)
def _look_of(style: str) -> _Look:
    """Pages repeat a few styles in every cell."""
    return _Look(bool(_HIDDEN.search(style)), bool(_STRUCK.search(style)), bool(_RAISED.search(style)))


def _name(element: Any) -> str:
    """The name of an element in small letters; Word's own o:p and the like keep what is before the colon."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _slivers(table: Any) -> set[int]:
    """The columns that a page's col elements say are next to nothing wide."""
    widths = [(one.get("width") or "", span(one.get("span"), 100)) for one in table.iter("col")]
    columns = [width for width, count in widths for _ in range(count)]
    return {i for i, width in enumerate(columns) if re.fullmatch(r"[0-2](?:\.\d*)?(?:px|pt)?", width.strip())}


def _bare(text: str) -> str:
    """The text of a cell that has no elements in it, as `_Gathered` would give it."""
    return _clean(_BLANKS.sub(" ", _BETWEEN_HAN.sub("", text))) if _UNPLAIN.search(text) else text


def _clean(joined: str) -> str:
    if not _UNPLAIN.search(joined):
        return joined
    plain = joined.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "")
    lines = (" ".join(line.split(" ")).strip(" \t\u3000") for line in plain.split("\x1e"))
    return "\n".join(_BLANKS.sub(" ", line) for line in lines if line)


class _Gathered:
    """Inline text on the way to a paragraph or a cell."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: set[Mark] = set()

    @property
    def text(self) -> str:
        return _clean("".join(self.pieces))


class _Walk:
    """The walk over a page; `items` in order."""

    def __init__(self, hidden: frozenset[str]) -> None:
        self.items: list[Item] = []
        self.met: Counter[Mark] = Counter()
        self._hidden_names = hidden
        self._open = _Gathered()
        self._level = 0
        self._tables = self._cells = 0

    def end(self) -> None:
        """Ends the paragraph that is open; each line of it is one."""
        gathered, self._open = self._open, _Gathered()
        for line in gathered.text.split("\n"):
            if line or gathered.marks:
                self.items.append(SourceParagraph(line, level=self._level, marks=frozenset(gathered.marks)))

    def block(self, element: Any) -> None:
        name = _name(element)
        if name in _UNSEEN or not name:
            return
        if self._is_hidden(element):
            self._leave_out(element, self._open, Mark.HIDDEN)
            return
        if name == "table":
            self.end()
            self.items += self._table(element)
            return
        if name in _BLOCKS:
            self.end()
            before, self._level = self._level, int(name[1]) if re.fullmatch("h[1-6]", name) else self._level
            self._within(element)
            self.end()
            self._level = before
        elif name == "br":
            self._open.pieces.append("\x1e")
        elif (mark := self._left_out(element, name)) is not None:
            self._leave_out(element, self._open, mark)
        else:
            if name == "ins":
                self._note(self._open, Mark.REVISED)
            self._within(element)

    def _within(self, element: Any) -> None:
        self._add(self._open, element.text)
        for one in element:
            self.block(one)
            self._add(self._open, one.tail)

    def _add(self, gathered: _Gathered, text: str | None) -> None:
        if text:
            plain = not _UNPLAIN.search(text)
            gathered.pieces.append(text if plain else _BLANKS.sub(" ", _BETWEEN_HAN.sub("", text)))

    def _note(self, gathered: _Gathered, mark: Mark) -> None:
        gathered.marks.add(mark)
        self.met[mark] += 1

    def _leave_out(self, element: Any, gathered: _Gathered, mark: Mark) -> None:
        if "".join(element.itertext()).strip():
            self._note(gathered, mark)

    def _left_out(self, element: Any, name: str) -> Mark | None:
        if name in _DELETED:
            return _DELETED[name]
        return Mark.STRUCK if _look_of(element.get("style") or "").struck and name not in ("td", "th", "tr") else None

    def _is_hidden(self, element: Any) -> bool:
        if not element.attrib:
            return False
        if element.get("hidden") is not None or _look_of(element.get("style") or "").hidden:
            return True
        if not self._hidden_names:
            return False
        names = {f".{one}" for one in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        return bool(names & self._hidden_names)

    # -- tables

    def _table(self, table: Any) -> list[Item]:
        """A table; what stands in one that only frames others or holds prose, in its order."""
        captions = [one for one in table if _name(one) == "caption"]
        for caption in captions:
            self.block(caption)
            self.end()
        rows = list(self._parts(table))
        cells = [cell for part in rows for row in part for cell in row]
        self._cells += len(cells)
        if self._cells > MOST_CELLS:
            raise UnreadableSourceError(TOO_MUCH)
        frames = any(self._is_large(inner) for inner in table.iterdescendants("table"))
        if frames or (len(cells) == 1 and len("".join(cells[0].itertext()).strip()) > _LONG):
            return [item for cell in cells for item in self._inside(cell)]
        self._tables += 1
        parts = [[[self._cell(cell) for cell in row] for row in part] for part in rows]
        found = form_table(parts, _slivers(table))
        return [Table(found, f"第 {self._tables} 张表")] if found else []

    def _is_large(self, table: Any) -> bool:
        return sum(1 for _ in table.iter("td", "th")) >= _FRAME

    def _inside(self, cell: Any) -> list[Item]:
        before, self.items = self.items, []
        self._within(cell)
        self.end()
        found, self.items = self.items, before
        return found

    def _parts(self, table: Any) -> Iterator[list[list[Any]]]:
        """The rows of each part of a table, the foot last; rows that are hidden are left out and said."""
        parts: list[list[list[Any]]] = [[]]
        feet: list[list[list[Any]]] = []
        for element in table:
            name = _name(element)
            if name == "tr":
                parts[-1] += self._row(element)
            elif name in ("tbody", "thead", "tfoot"):
                rows = [] if self._is_hidden(element) else [
                    row for one in element if _name(one) == "tr" for row in self._row(one)]
                (feet if name == "tfoot" else parts).append(rows)
                parts.append([]) if name != "tfoot" else None
            elif name in ("td", "th"):
                parts[-1].append([element])
        yield from (part for part in (*parts, *feet) if part)

    def _row(self, row: Any) -> list[list[Any]]:
        if self._is_hidden(row):
            if "".join(row.itertext()).strip():
                self.met[Mark.HIDDEN] += 1
            return []
        cells = [one for one in row if _name(one) in ("td", "th")]
        gone = [one for one in cells if self._is_hidden(one) and not _INVISIBLE.search(one.get("style") or "")]
        self.met[Mark.HIDDEN] += sum(bool("".join(one.itertext()).strip()) for one in gone)
        return [[one for one in cells if one not in gone]]       # what is not displayed takes no place

    def _cell(self, cell: Any) -> PageCell:
        if not len(cell) and not cell.attrib:            # most cells hold a figure and nothing else
            return PageCell(_bare(cell.text or ""), 1, 1, _UNMARKED)
        gathered = _Gathered()
        if self._is_hidden(cell):
            self._leave_out(cell, gathered, Mark.HIDDEN)
        else:
            self._inline(cell, gathered, raised=False)
        return PageCell(gathered.text, columns_of(cell.get("colspan")), rows_of(cell.get("rowspan")),
                        frozenset(gathered.marks))

    def _inline(self, element: Any, gathered: _Gathered, *, raised: bool) -> None:
        self._add_raised(gathered, element.text, raised)
        for one in element:
            self._one_inline(one, gathered, raised)
            self._add_raised(gathered, one.tail, raised)

    def _add_raised(self, gathered: _Gathered, text: str | None, raised: bool) -> None:
        if raised and text and text.strip():
            gathered.pieces.append("^")              # the mark of a note must not run together with a figure
        self._add(gathered, text)

    def _one_inline(self, element: Any, gathered: _Gathered, raised: bool) -> None:
        name = _name(element)
        if name in _UNSEEN or not name:
            return
        if self._is_hidden(element):
            self._leave_out(element, gathered, Mark.HIDDEN)
        elif (mark := self._left_out(element, name)) is not None:
            self._leave_out(element, gathered, mark)
        else:
            if name == "ins":
                self._note(gathered, Mark.REVISED)
            if name == "br" or name in _BLOCKS:
                gathered.pieces.append("\x1e")
            up = raised or name == "sup" or _look_of(element.get("style") or "").raised
            self._inline(element, gathered, raised=up)
            if name in _BLOCKS:
                gathered.pieces.append("\x1e")
