"""PDF objects that reportlab lacks, or writes in a way that PDF/A refuses."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any

from govdesk.export.pdf_metadata import MAKER, Metadata
from govdesk.export.pdf_reportlab import pdfdoc

Doc = Any                            # reportlab has no types
LEVEL = 4                            # zlib: level 6 is 1.5 % smaller and takes 15 % more time


def deflated(data: bytes) -> bytes:
    """Compressed for a stream."""
    return zlib.compress(data, LEVEL)


def text_string(text: str) -> str:
    """A text string in UTF-16BE, in hexadecimal."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """An indirect object whose bytes are made when the file is written."""

    __RefOnly__ = 1

    def __init__(self, make: Callable[[Doc], bytes]) -> None:
        self.format = make


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """reportlab's own stream has no line end before `endstream`, which PDF/A asks for."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, keys: str = "", packed: bool = True) -> None:
        self.data, self.keys, self.packed = data, keys, packed

    def format(self, _document: Doc) -> bytes:
        code = "/Filter/FlateDecode" if self.packed else ""
        head = f"<<{self.keys}/Length {len(self.data)}{code}>>\nstream\n"
        return head.encode("latin-1") + self.data + b"\nendstream"


class Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """Only what the XMP packet says too."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__()
        self.metadata = metadata
        self.title, self.author = metadata.title, metadata.organ

    def format(self, _document: Doc) -> bytes:
        said = {
            "Title": text_string(self.metadata.title), "Author": text_string(self.metadata.organ),
            "Producer": f"({MAKER})", "Creator": f"({MAKER})", "CreationDate": f"({self.metadata.info_date})",
        }
        return ("<<" + "".join(f"/{key} {value}" for key, value in said.items()) + ">>").encode("latin-1")


class Element(pdfdoc.PDFObject):  # type: ignore[misc]
    """A structure element; its kids are elements, or (page, mark) of marked content."""

    __RefOnly__ = 1

    def __init__(self, kind: str, parent: Any, attributes: str = "") -> None:
        self.kind, self.parent, self.attributes = kind, parent, attributes
        self.kids: list[Element | tuple[int, int]] = []

    def format(self, doc: Doc) -> bytes:
        numbers = doc.idToObjectNumberAndVersion
        pages = {kid[0] for kid in self.kids if isinstance(kid, tuple)}
        page = f"/Pg {_page(numbers, pages.pop())}" if len(pages) == 1 else ""
        kids = " ".join(self._kid(numbers, kid, bool(page)) for kid in self.kids)
        parent = reference(numbers, self.parent)
        return f"<</Type/StructElem/S/{self.kind}/P {parent}{page}{self.attributes}/K[{kids}]>>".encode()

    @staticmethod
    def _kid(numbers: Any, kid: Element | tuple[int, int], one_page: bool) -> str:
        if isinstance(kid, Element):
            return reference(numbers, kid)
        return str(kid[1]) if one_page else f"<</Type/MCR/Pg {_page(numbers, kid[0])}/MCID {kid[1]}>>"


def reference(numbers: Any, item: Any) -> str:
    """“12 0 R”."""
    return f"{numbers[item.__InternalName__][0]} 0 R"


def _page(numbers: Any, number: int) -> str:
    return f"{numbers[f'Page{number}'][0]} 0 R"
