"""Adds to reportlab's document what PDF/A and PDF/UA require and reportlab does not write.

Whatever of reportlab these modules use beyond the drawing calls of its manual is listed by name in
tests/export/test_reportlab.py: a release of reportlab that changes it fails there, with the name.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFInfo,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
)

from govdesk.export.pdf_metadata import MAKER, Metadata

COMPRESSION_LEVEL = 4                # zlib: level 6 is 1.5 % smaller and takes 15 % more time
FAST_COMPRESSION_LEVEL = 1           # for outlines, which hardly pack: 3 % larger in a third of the time
SRGB = "sRGB IEC61966-2.1"


class Stream(PDFStream):
    """A stream with a line end before `endstream`: PDF/A asks for it, reportlab writes none."""

    def format(self, document: Any) -> bytes:
        written = bytes(super().format(document))
        return written.removesuffix(b"endstream\n") + b"\nendstream\n"


class Info(PDFInfo):
    """The info dictionary: only what the XMP packet says too. reportlab's own adds subject, keywords and more."""

    def __init__(self, metadata: Metadata) -> None:
        super().__init__()
        self.title, self.author = metadata.title, metadata.organ
        self._date = metadata.info_date

    def format(self, document: Any) -> bytes:
        said = {"Title": self.title, "Author": self.author, "Producer": MAKER, "Creator": MAKER,
                "CreationDate": self._date}
        return bytes(PDFDictionary({key: PDFString(text) for key, text in said.items()}).format(document))


def packed_stream(data: bytes, **keys: object) -> Stream:
    """A stream of data that are compressed already."""
    return Stream(PDFDictionary({"Filter": PDFName("FlateDecode"), **keys}), data)


def deflated(data: bytes, level: int = COMPRESSION_LEVEL) -> bytes:
    """Data compressed for a stream."""
    return zlib.compress(data, level)


def make_reference(document: Any, thing: PDFObject) -> str:
    """How other objects refer to this one (“12 0 R”); makes it an object of the document."""
    return str(document.Reference(thing).format(document), "latin-1")


def text_string(text: str) -> str:
    """A text string in UTF-16BE, in hexadecimal: for what is written into a page or an element."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def make_file_id(data: bytes) -> bytes:
    """16 bytes that differ where the data do."""
    return hashlib.md5(data, usedforsecurity=False).digest()


def claim_archivable(catalog: Any, packet: bytes, profile: bytes) -> None:
    """Puts into the catalog what PDF/A-2a wants there: the XMP packet, and the profile of the colours."""
    catalog.Metadata = Stream(PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}), packet)
    intent = {
        "Type": PDFName("OutputIntent"), "S": PDFName("GTS_PDFA1"), "OutputConditionIdentifier": PDFString(SRGB),
        "Info": PDFString(SRGB), "DestOutputProfile": packed_stream(deflated(profile), N=3),
    }
    _add(catalog, OutputIntents=PDFArray([PDFDictionary(intent)]))


def claim_tagged(catalog: Any, tree: PDFObject) -> None:
    """Puts the structure tree into the catalog."""
    catalog.StructTreeRoot = tree
    catalog.MarkInfo = PDFDictionary({"Marked": "true"})


def tie_to_tree(page: Any, row: int) -> None:
    """Says of a page which row of the parent tree holds its marks, and that one tabs in the order of the tree."""
    _add(page, StructParents=row, Tabs=PDFName("S"))


def _add(dictionary: Any, **entries: object) -> None:
    """Entries that reportlab's catalog or page does not know of, and would pass over."""
    dictionary.__NoDefault__ = [*dictionary.__NoDefault__, *entries]
    vars(dictionary).update(entries)
