"""The text of a paragraph of a Word document in its accepted state: without deleted, hidden and struck-out text, with
the results of fields and not their codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from govdesk.importing.documents.docx_numbering import (
    Numbering,
    NumberingStyle,
    Styles,
    child,
    children_by_name,
    is_on,
    number_of,
    outline_of,
)
from govdesk.importing.files.packages import attribute, local
from govdesk.importing.files.source import Mark, SourceParagraph

_THROUGH = frozenset(("hyperlink", "smartTag", "sdt", "sdtContent", "customXml", "bdo", "dir", "fldSimple", "ruby",
                      "rubyBase"))
_ADDED = frozenset(("ins", "moveTo"))
_REMOVED = frozenset(("del", "moveFrom"))
_BREAKS = frozenset(("br", "cr", "ptab"))


class ShownWords:
    """What a paragraph's runs come to."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: set[Mark] = set()
        self.boxes: list[Any] = []           # the contents of text boxes that hang on it

    @property
    def text(self) -> str:
        return "".join(self.pieces).replace("\u00a0", " ").replace("\u200b", "").replace("\ufffc", "")


class TextReader:
    """Reads paragraphs one after another: fields and lists go on from one to the next."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self._fields: list[bool] = []        # of the open fields, the outer first: whether its result has begun
        self.met: Counter[Mark] = Counter()

    def paragraph(self, element: Any, *, in_cell: bool = False) -> tuple[SourceParagraph, list[Any]]:
        """A paragraph with its number, and the text boxes that hang on it. In a cell the number is left out where it
        would be taken for a figure."""
        properties = children_by_name(child(element, "pPr"))
        named = properties.get("pStyle")
        style = self._styles.of((attribute(named, "val") or "") if named is not None else "")
        words = ShownWords()
        self._runs(element, words, style, revised=False)
        mark = properties.get("rPr")
        if mark is not None and (child(mark, "ins") is not None or child(mark, "del") is not None):
            self._note(words, Mark.REVISED)
        number = self._number(properties, style) if words.text.strip() else ""
        text = words.text
        if number and not (in_cell and not any("\u4e00" <= c <= "\u9fff" for c in text)):
            text = f"{number}{text.lstrip()}"
        level = outline_of(properties.get("outlineLvl")) or style.outline
        return SourceParagraph(text, level=level, marks=frozenset(words.marks)), words.boxes

    def _number(self, properties: Mapping[str, Any], style: NumberingStyle) -> str:
        found = properties.get("numPr")
        list_id, level = style.list_id, style.list_level
        if found is not None:
            list_id = str(number_of(child(found, "numId"), 0)) if child(found, "numId") is not None else list_id
            level = number_of(child(found, "ilvl"), level)
        return self._numbering.next(list_id, level) if list_id not in ("", "0") else ""

    def _note(self, words: ShownWords, mark: Mark) -> None:
        words.marks.add(mark)
        self.met[mark] += 1

    def _runs(self, parent: Any, words: ShownWords, style: NumberingStyle, *, revised: bool) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, words, style, revised=revised)
            elif name in _THROUGH:
                self._runs(element, words, style, revised=revised)
            elif name in _ADDED:
                if _has_text(element):
                    self._note(words, Mark.REVISED)
                self._runs(element, words, style, revised=True)
            elif name in _REMOVED:
                if _has_text(element):
                    self._note(words, Mark.REVISED)
                self._skip(element)
            elif name == "AlternateContent":
                self._runs(chosen(element), words, style, revised=revised)
            elif name in ("oMath", "oMathPara"):
                words.pieces += [t.text or "" for t in element.iter() if local(t) == "t"]

    def _run(self, run: Any, words: ShownWords, style: NumberingStyle, *, revised: bool) -> None:
        properties = children_by_name(child(run, "rPr"))
        hidden = self._is_hidden(properties, style)
        struck = bool(is_on(properties.get("strike")) or is_on(properties.get("dstrike")))
        raised = properties.get("vertAlign")
        pieces: list[str] = []
        self._contents(run, words, pieces)
        text = "".join(pieces)
        if text.strip() and (hidden or struck):
            self._note(words, Mark.HIDDEN if hidden else Mark.STRUCK)
        elif not (hidden or struck):
            is_raised = raised is not None and attribute(raised, "val") == "superscript"
            words.pieces.append(f"^{text}" if is_raised and text.strip() else text)

    def _contents(self, run: Any, words: ShownWords, pieces: list[str]) -> None:
        for element in run:
            name = local(element)
            if name == "fldChar":
                self._field(attribute(element, "fldCharType") or "")
            elif name in ("drawing", "pict", "object"):
                words.boxes += text_boxes(element)
            elif name == "AlternateContent":
                self._contents(chosen(element), words, pieces)
            elif name == "ruby":
                for base in (one for one in element if local(one) == "rubyBase"):
                    for inner in base:
                        self._contents(inner, words, pieces)
            elif not self._in_code:
                pieces.append(_plain(element, name))

    @property
    def _in_code(self) -> bool:
        """Whether the place is within the code of a field, of which only the result is text."""
        return not all(self._fields)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _skip(self, element: Any) -> None:
        """Fields that begin or end in deleted text begin and end all the same."""
        for found in element.iter():
            if local(found) == "fldChar":
                self._field(attribute(found, "fldCharType") or "")

    def _is_hidden(self, properties: Mapping[str, Any], style: NumberingStyle) -> bool:
        own = is_on(properties.get("vanish"))
        if own is None and (named := properties.get("rStyle")) is not None:
            own = self._styles.of(attribute(named, "val") or "-").hidden or None
        return style.hidden if own is None else own


def _plain(element: Any, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "tab":
        return "\t"
    if name in _BREAKS:
        return "" if attribute(element, "type") in ("page", "column") else "\n"
    if name == "sym":
        return _symbol(attribute(element, "char") or "")
    return "-" if name == "noBreakHyphen" else ""


def _symbol(code: str) -> str:
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    return chr(point) if 0x20 <= point < 0xD800 else "□"


def _has_text(element: Any) -> bool:
    return any((t.text or "").strip() for t in element.iter() if local(t) in ("t", "delText"))


def chosen(alternate: Any) -> Any:
    """Of the ways in which something is stored several times the first; the last resort only where it is the only
    one."""
    found = next((one for one in alternate if local(one) == "Choice" and len(one)), None)
    return found if found is not None else next((one for one in alternate if local(one) == "Fallback"), ())


def text_boxes(element: Any) -> list[Any]:
    """The contents of the text boxes in a drawing, each once."""
    return list(_boxes(element))


def _boxes(element: Any) -> Iterator[Any]:
    name = local(element)
    if name == "txbxContent":
        yield element
    elif name == "AlternateContent":
        yield from _boxes_in(chosen(element))
    else:
        yield from _boxes_in(element)


def _boxes_in(elements: Any) -> Iterator[Any]:
    for one in elements:
        yield from _boxes(one)
