"""Builds the structure tree of a tagged PDF: which content belongs to which paragraph, heading or cell."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject

from govdesk.export.pdf_document import make_reference

ROLE_MAP = "/Signature/P"            # our one kind of element that is not PDF's own


class Element(PDFObject):
    """A structure element; its kids are elements, or marked content as (page, mark). Pages count from 0.

    It writes itself, and is no dictionary of reportlab's: there are hundreds, at ten times the cost.
    """

    __RefOnly__ = 1

    def __init__(self, document: Any, kind: str, parent: str, attributes: str, pages: list[str]) -> None:
        """`parent` and, once they are finished, `pages` are references as text: nothing here leads back to the
        document, so that it goes when its file is written, without a search for cycles."""
        self.kind, self._parent, self._attributes, self._pages = kind, parent, attributes, pages
        self.kids: list[Element] = []
        self.marks: list[tuple[int, int]] = []
        self.page = 0                                         # of an element of elements, from 1; 0: not one alone
        self.reference = make_reference(document, self)

    def format(self, _document: Any) -> bytes:
        return f"<</Type/StructElem/S/{self.kind}/P {self._parent}{self._content()}>>".encode("latin-1")

    def _content(self) -> str:
        """Page, attributes and kids: an element holds either elements or marked content."""
        marks, pages = self.marks, self._pages
        if not marks:
            place = f"/Pg {pages[self.page - 1]}" if self.page else ""
            return f"{place}{self._attributes}/K[{' '.join([kid.reference for kid in self.kids])}]"
        page = marks[0][0]
        if len(marks) == 1:                                   # nearly all
            return f"/Pg {pages[page]}{self._attributes}/K {marks[0][1]}"
        if all(mark[0] == page for mark in marks):
            return f"/Pg {pages[page]}{self._attributes}/K[{' '.join([str(mark) for _, mark in marks])}]"
        kids = " ".join([f"<</Type/MCR/Pg {pages[page]}/MCID {mark}>>" for page, mark in marks])
        return f"{self._attributes}/K[{kids}]"


class StructureTree(PDFObject):
    """The tree with its root element, and which element each mark of each page belongs to."""

    __RefOnly__ = 1

    def __init__(self, document: Any) -> None:
        self._pages: list[str] = []                           # references to the finished ones
        self._finished: list[list[Element]] = []              # the elements of each, by mark
        self._marks: list[Element] = []                       # of the page being drawn
        self._root = Element(document, "Document", make_reference(document, self), "", self._pages)

    def add(self, document: Any, kind: str, parent: Element | None, attributes: str) -> Element:
        """A new element, last among the kids of its parent."""
        parent = parent or self._root
        element = Element(document, kind, parent.reference, attributes, self._pages)
        parent.kids.append(element)
        return element

    def mark(self, element: Element) -> int:
        """The next mark of the page being drawn; it belongs to the element."""
        mark = len(self._marks)
        self._marks.append(element)
        element.marks.append((len(self._pages), mark))
        return mark

    def finish_page(self, page: str) -> int:
        """The marks so far are those of a page; which row of the parent tree holds them."""
        self._pages.append(page)
        self._finished.append(self._marks)
        self._marks = []
        return len(self._pages) - 1

    def format(self, _document: Any) -> bytes:
        rows = " ".join([f"{i}[{' '.join([element.reference for element in marks])}]"
                         for i, marks in enumerate(self._finished)])
        return (f"<</Type/StructTreeRoot/K[{self._root.reference}]/ParentTree<</Nums[{rows}]>>"
                f"/ParentTreeNextKey {len(self._finished)}/RoleMap<<{ROLE_MAP}>>>>").encode("latin-1")
