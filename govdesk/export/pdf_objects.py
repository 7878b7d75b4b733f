"""The structure tree of a tagged file: what belongs to which paragraph, heading or cell."""

from __future__ import annotations

from collections.abc import Sequence

from govdesk.export.pdf_file import File

ROLES = "/Signature/P"               # our one kind of element that is not PDF's own


class Element:
    """A structure element; its kids are elements, or (page, mark) of marked content. Pages count from 0."""

    __slots__ = ("attributes", "kids", "kind", "marks", "number", "parent")

    def __init__(self, kind: str, parent: Element | None, attributes: str = "") -> None:
        self.kind, self.parent, self.attributes = kind, parent, attributes
        self.kids: list[Element] = []
        self.marks: list[tuple[int, int]] = []
        self.number = 0                                       # of its object


def add_tree(file: File, elements: Sequence[Element], page_marks: Sequence[Sequence[Element]], pages: list[int]) -> int:
    """All elements, the root of which is the first; `page_marks` are the elements by page and mark, `pages` the
    numbers of the pages' objects. The number of the tree."""
    tree = file.reserve()
    for element in elements:
        element.number = file.reserve()
    for element in elements:
        parent = element.parent.number if element.parent else tree
        file.put(element.number, f"<</Type/StructElem/S/{element.kind}/P {parent} 0 R{_content(element, pages)}>>")
    parents = " ".join([
        f"{i}[{' '.join([f'{element.number} 0 R' for element in marks])}]" for i, marks in enumerate(page_marks)
    ])
    file.put(tree, f"<</Type/StructTreeRoot/K[{elements[0].number} 0 R]/ParentTree<</Nums[{parents}]>>"
                   f"/ParentTreeNextKey {len(page_marks)}/RoleMap<<{ROLES}>>>>")
    return tree


def _content(element: Element, pages: list[int]) -> str:
    """Page, attributes and kids: an element holds either elements or marked content."""
    marks = element.marks
    if not marks:
        return f"{element.attributes}/K[{' '.join([f'{kid.number} 0 R' for kid in element.kids])}]"
    page = marks[0][0]
    if len(marks) == 1:                                       # nearly all
        return f"/Pg {pages[page]} 0 R{element.attributes}/K[{marks[0][1]}]"
    if all(mark[0] == page for mark in marks):
        return f"/Pg {pages[page]} 0 R{element.attributes}/K[{' '.join([str(mark) for _, mark in marks])}]"
    kids = " ".join([f"<</Type/MCR/Pg {pages[page]} 0 R/MCID {mark}>>" for page, mark in marks])
    return f"{element.attributes}/K[{kids}]"
