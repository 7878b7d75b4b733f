"""What PDF/A and PDF/UA ask of a file and reportlab's own document does not write.

Every name of reportlab that is used here and in the modules beside, and is no part of its public face, stands in
tests/export/test_reportlab.py: a release of reportlab that changes one fails there, by its name.
"""

from __future__ import annotations

import hashlib
import zlib

from reportlab.pdfbase import pdfdoc

from govdesk.export.pdf_metadata import MAKER, Metadata
from govdesk.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

LEVEL = 4                            # zlib: level 6 is 1.5 % smaller and takes 15 % more time
FAST = 1                             # for outlines, which hardly pack: 3 % larger in a third of the time


class Stream(pdfdoc.PDFStream):
    """A stream of bytes whose data end with a line end: PDF/A asks for it, reportlab writes none."""

    def format(self, document: Any) -> bytes:
        written: bytes = super().format(document)
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


class Info(pdfdoc.PDFInfo):
    """The info dictionary: only what the XMP packet says too."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__()
        self.title, self.author, self.producer, self.creator = metadata.title, metadata.organ, MAKER, MAKER
        self._created = metadata.info_date

    def format(self, document: Any) -> bytes:
        said = {"Title": self.title, "Author": self.author, "Producer": self.producer, "Creator": self.creator,
                "CreationDate": self._created}
        return dictionary({key: text(words) for key, words in said.items()}).format(document)


def dictionary(entries: dict[str, object]) -> Any:
    """A dictionary; the keys without their stroke."""
    return pdfdoc.PDFDictionary(entries)


def name(text: str) -> str:
    """A name as a value in a dictionary."""
    return str(pdfdoc.PDFName(text))


def text(words: str) -> Any:
    """A text as a value in a dictionary."""
    return pdfdoc.PDFString(words)


def array(items: list[Any]) -> Any:
    """An array."""
    return pdfdoc.PDFArray(items)


def stream(data: bytes, keys: dict[str, object] | None = None) -> Stream:
    """A stream that is compressed here."""
    return packed_stream(deflated(data), keys)


def packed_stream(data: bytes, keys: dict[str, object] | None = None) -> Stream:
    """A stream of bytes that are compressed already."""
    return Stream(dictionary({"Filter": name("FlateDecode"), **(keys or {})}), data)


def deflated(data: bytes, level: int = LEVEL) -> bytes:
    """Compressed for a stream."""
    return zlib.compress(data, level)


def reference(document: Any, thing: Any) -> str:
    """“12 0 R”: makes an object one of the document, and says how another object refers to it."""
    return str(document.Reference(thing).format(document), "latin-1")


def text_string(text: str) -> str:
    """A text string in UTF-16BE, in hexadecimal: for what is written into a page or an attribute."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def fingerprint(data: bytes) -> bytes:
    """16 bytes that differ where the data do."""
    return hashlib.md5(data, usedforsecurity=False).digest()


def claim_archivable(document: Any, packet: bytes, profile: bytes) -> None:
    """Puts into the catalog what PDF/A-2a wants there: the XMP packet and the colour profile of the output."""
    catalog = document.Catalog
    catalog.Metadata = Stream(dictionary({"Type": name("Metadata"), "Subtype": name("XML")}), packet)
    condition = text("sRGB IEC61966-2.1")
    intent = {"Type": name("OutputIntent"), "S": name("GTS_PDFA1"), "OutputConditionIdentifier": condition,
              "Info": condition, "DestOutputProfile": stream(profile, {"N": 3})}
    allow(catalog, "OutputIntents")
    catalog.OutputIntents = array([dictionary(intent)])


def claim_tagged(document: Any, tree: Any) -> None:
    """Puts the structure tree into the catalog."""
    document.Catalog.StructTreeRoot = tree
    document.Catalog.MarkInfo = dictionary({"Marked": "true"})


def number_marks(page: Any, number: int) -> None:
    """Says of a page which row of the parent tree is its own, and that one tabs through it in that order."""
    allow(page, "StructParents", "Tabs")
    page.StructParents, page.Tabs = number, name("S")


def allow(thing: Any, *keys: str) -> None:
    """Lets a catalog or page of reportlab write more of its attributes than it knows of."""
    thing.__NoDefault__ = [*thing.__NoDefault__, *keys]
