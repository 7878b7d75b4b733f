"""Rules of PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) that a file of ours could break, one function a subject.

No validator: only what this program writes is looked at (no images, forms, annotations, transparency: their absence is
a rule here). Clause numbers are those of ISO 19005-2 (A) and ISO 14289-1 (UA). docs/pdf-conformance.md says the rest.
"""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from pypdf.generic import ByteStringObject, ContentStream, DictionaryObject, StreamObject, TextStringObject

from tests.export.export_reading import reader
from tests.export.pdfa_fonts import fonts

STANDARD = {"Document", "H1", "H2", "H3", "H4", "H5", "H6", "P", "Table", "TR", "TH", "TD", "Span"}
PAINTING = {b"Tj", b"TJ", b"'", b'"', b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"Do", b"sh", b"BI"}
LONGEST_STRING = 32_767                 # bytes
FORBIDDEN_KEYS = {
    "/AA", "/JS", "/JavaScript", "/Encrypt", "/SMask", "/OCProperties", "/XFA", "/EmbeddedFiles", "/Group", "/TR",
    "/TR2", "/Requirements", "/AlternatePresentations", "/PresSteps", "/OPI", "/Ref", "/PS", "/HTP",
}
ACTIONS = ("/Launch", "/JavaScript", "/URI", "/Movie", "/Sound", "/SubmitForm")
NAMES = (
    "pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title", "dc:creator", "pdf:Producer", "xmp:CreatorTool",
    "xmp:CreateDate", "dc:language",
)
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/", "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "http://www.aiim.org/pdfa/ns/schema#",
}
Faults = Iterator[str]


class File:
    """The bytes, and what pypdf makes of them."""

    def __init__(self, data: bytes) -> None:
        self.data, self.pdf = data, reader(data)
        self.root: Any = self.pdf.trailer["/Root"]
        self.objects = [self.pdf.get_object(number) for number in range(1, int(self.pdf.trailer["/Size"]))]
        self.elements = list(_elements(self.root.get("/StructTreeRoot", {}).get("/K", []), None))

    def operations(self, page: Any) -> list[tuple[Any, bytes]]:
        return ContentStream(page.get_contents(), self.pdf).operations


def _elements(kids: Any, parent: Any) -> Iterator[tuple[Any, Any]]:
    """(element, parent) in reading order."""
    for kid in kids if isinstance(kids, list) else [kids]:
        node = kid.get_object()
        if isinstance(node, dict) and "/S" in node:
            yield node, parent
            yield from _elements(node.get("/K", []), node)


def syntax(file: File) -> Faults:
    """A 6.1.2, 6.1.3, 6.1.7.1, 6.1.13: head, trailer, streams whose length and ends are right, no string too long."""
    drawn = [operand for page in file.pdf.pages for operands, _ in file.operations(page) for operand in operands]
    longest = max(map(_longest_string, (*file.objects, *drawn)), default=0)
    if longest > LONGEST_STRING:
        yield f"a string of {longest} bytes"
    if not re.match(rb"%PDF-1\.[4-7]\r?\n%[\x80-\xff]{4}", file.data):
        yield "header"
    ids = file.pdf.trailer.get("/ID", [])
    if len(ids) != 2 or not all(ids):
        yield "trailer ID"
    if not re.search(rb"%%EOF\r?\n?\Z", file.data):
        yield "bytes after %%EOF"
    for found in re.finditer(rb"/Length (\d+)[^>]*>>\s*stream(\r\n|\n|\r)", file.data):
        end = found.end() + int(found[1])
        if found[2] == b"\r" or not re.match(rb"(\r\n|\n|\r)endstream", file.data[end:end + 11]):
            yield f"stream at {found.start()}"


def _longest_string(value: Any) -> int:
    if isinstance(value, TextStringObject | ByteStringObject):
        return len(value.original_bytes)
    if isinstance(value, dict):
        return max(map(_longest_string, map(value.raw_get, value)), default=0)
    return max(map(_longest_string, value), default=0) if isinstance(value, list) else 0


def forbidden(file: File) -> Faults:
    """A 6.1.3, 6.1.7.2, 6.2.10, 6.5, 6.6, 6.8, 6.9: encryption, LZW, transparency, scripts, annotations, layers."""
    if "/Encrypt" in file.pdf.trailer:
        yield "encrypted"
    for one in file.objects:
        if not isinstance(one, DictionaryObject):
            continue
        yield from (f"key {key}" for key in FORBIDDEN_KEYS & set(one))
        if isinstance(one, StreamObject):
            if any(word in str(one.get("/Filter", "")) for word in ("LZW", "Crypt")):
                yield "filter"
            yield from (f"stream key {key}" for key in ("/F", "/FFilter", "/FDecodeParms") if key in one)
            if one.get("/Subtype") in ("/Image", "/Form", "/PS"):
                yield f"XObject {one['/Subtype']}"
        if one.get("/Type") in ("/Annot", "/ExtGState") or one.get("/S") in ACTIONS:
            yield "annotation, action or graphics state"
    for page in file.pdf.pages:
        yield from (f"page key {key}" for key in ("/Annots", "/Group") if key in page)


def metadata(file: File) -> Faults:
    """A 6.6.2, 6.7.3, UA 5, 7.1: an XMP packet that claims both standards and says what the Info dictionary says."""
    stream = file.root.get("/Metadata")
    if stream is None or "/Filter" in stream.get_object():
        yield "XMP is absent or packed"
        return
    packet = stream.get_object().get_data()
    tree = ET.fromstring(packet[packet.index(b"?>") + 2:packet.rindex(b"<?xpacket")])
    said = {name: _xmp(tree, *name.split(":")) for name in NAMES}
    if (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) != ("2", "A", "1"):
        yield "claims"
    info = file.pdf.metadata
    pairs = (("/Title", "dc:title"), ("/Author", "dc:creator"), ("/Producer", "pdf:Producer"),
             ("/Creator", "xmp:CreatorTool"))
    yield from (f"{key} differs" for key, name in pairs if (info.get(key) or "") != (said[name] or ""))
    if re.sub(r"\D", "", info.get("/CreationDate", ""))[:14] != re.sub(r"\D", "", said["xmp:CreateDate"] or "")[:14]:
        yield "/CreationDate differs"
    extra = set(info) - {"/Title", "/Author", "/Producer", "/Creator", "/CreationDate"}
    yield from (f"{key} is only in Info" for key in extra)
    described = {one.text for one in tree.iter(f"{{{SPACES['schema']}}}namespaceURI")}
    if SPACES["pdfuaid"] not in described:
        yield "no extension schema for pdfuaid"
    if not (said["dc:title"] or "").strip():
        yield "no title"


def _xmp(tree: ET.Element, space: str, name: str) -> str | None:
    found = tree.find(f".//{{{SPACES[space]}}}{name}")
    if found is None:
        return None
    inner = found.find(f".//{{{SPACES['rdf']}}}li")
    return (found if inner is None else inner).text


def colour(file: File) -> Faults:
    """A 6.2.3: device colours are explained by an output intent with a sound ICC profile."""
    intents = [one.get_object() for one in file.root.get("/OutputIntents", [])]
    profiles = [one["/DestOutputProfile"].get_object() for one in intents if one.get("/S") == "/GTS_PDFA1"]
    if len(profiles) != 1 or profiles[0].get("/N") != 3:
        yield "output intent"
        return
    icc = profiles[0].get_data()
    if struct.unpack_from(">L", icc)[0] != len(icc) or icc[36:40] != b"acsp" or icc[12:20] != b"mntrRGB " or icc[8] > 4:
        yield "ICC profile"


def tagging(file: File) -> Faults:
    """A 6.7.2, UA 7.1: marked, in a language, all that is drawn is tagged or an artifact, and both sides agree."""
    root = file.root
    if str((root.get("/MarkInfo") or {}).get("/Marked")) != "True" or root.get("/Lang") != "zh-CN":
        yield "MarkInfo or Lang"
    if not (root.get("/ViewerPreferences") or {}).get("/DisplayDocTitle"):
        yield "DisplayDocTitle"
    owners: dict[tuple[int, int], Any] = {}
    pages = {page.indirect_reference.idnum: i for i, page in enumerate(file.pdf.pages)}
    for element, _ in file.elements:
        for page, mark in _marks(element, pages):
            if (page, mark) in owners:
                yield f"mark {page}/{mark} has two owners"
            owners[page, mark] = element
    nums = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    parents = {int(nums[i]): nums[i + 1].get_object() for i in range(0, len(nums), 2)}
    seen: Counter[tuple[int, int]] = Counter()
    for number, page in enumerate(file.pdf.pages):
        if page.get("/Tabs") != "/S":
            yield f"page {number + 1}: Tabs"
        row = parents.get(page.get("/StructParents"), [])
        for mark in _page_marks(file, page):
            if isinstance(mark, str):
                yield f"page {number + 1}: {mark}"
                continue
            seen[number, mark] += 1
            owner = owners.get((number, mark))
            if owner is None or mark >= len(row) or row[mark].get_object() is not owner:
                yield f"page {number + 1}: mark {mark} and the tree do not name each other"
    yield from (f"mark {place} is drawn {count} times" for place, count in seen.items() if count > 1)
    yield from (f"mark {place} is never drawn" for place in owners.keys() - seen.keys())


def _marks(element: Any, pages: dict[int, int]) -> Iterator[tuple[int, int]]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        if isinstance(kid, int):
            yield pages[element.raw_get("/Pg").idnum], int(kid)
        elif isinstance(kid, dict) and kid.get("/Type") == "/MCR":
            yield pages[kid.raw_get("/Pg").idnum], int(kid["/MCID"])


def _page_marks(file: File, page: Any) -> Iterator[int | str]:
    """Marks in the order of drawing; words for what is wrong."""
    stack: list[str] = []
    for operands, operator in file.operations(page):
        if operator in (b"BDC", b"BMC"):
            tag = str(operands[0])
            within = [one for one in stack if one != "/Span"]
            if within and tag != "/Span":
                yield f"{tag} within {within[-1]}"
            stack.append(tag)
            if operator == b"BDC" and "/MCID" in operands[1]:
                yield int(operands[1]["/MCID"])
        elif operator == b"EMC":
            if not stack:
                yield "EMC without BDC"
                return
            stack.pop()
        elif operator in PAINTING and not stack:
            yield "drawn outside of marked content"
        elif operator == b"Tr" and operands[0] == 3 and "/Artifact" not in stack:
            yield "unseen text that is no artifact"
    if stack:
        yield "BDC without EMC"


def structure(file: File) -> Faults:
    """A 6.7.3.4, UA 7.4, 7.5: standard types, headings without a gap, tables that are rectangles with scoped heads."""
    roles = file.root["/StructTreeRoot"].get("/RoleMap", {})
    yield from (f"{kind} is mapped to {to}" for kind, to in roles.items() if str(to)[1:] not in STANDARD)
    deepest = 0
    for element, parent in file.elements:
        kind = str(element["/S"])[1:]
        if kind not in STANDARD and f"/{kind}" not in roles:
            yield f"type {kind}"
        if (parent is not None) and element["/P"].get_object() is not parent:
            yield f"{kind}: parent"
        inside = {"TR": "Table", "TH": "TR", "TD": "TR"}.get(kind)
        if inside and (parent is None or parent["/S"] != f"/{inside}"):
            yield f"{kind} outside of {inside}"
        if re.fullmatch("H[1-6]", kind):
            if int(kind[1]) > deepest + 1:
                yield f"{kind} after H{deepest}"
            deepest = int(kind[1])
        if kind == "TH" and _attribute(element, "/Scope") not in ("/Row", "/Column", "/Both"):
            yield "TH without scope"
        if kind == "Table":
            yield from _rectangle(element)
    if not file.elements or file.elements[0][0]["/S"] != "/Document":
        yield "no Document"


def _attribute(element: Any, key: str, default: Any = None) -> Any:
    owners = element.get("/A") or {}
    return next((one[key] for one in (owners if isinstance(owners, list) else [owners]) if key in one), default)


def _rectangle(table: Any) -> Faults:
    taken: set[tuple[int, int]] = set()
    for r, row in enumerate(one.get_object() for one in table["/K"]):
        column = 0
        for cell in (one.get_object() for one in row.get("/K", [])):
            while (r, column) in taken:
                column += 1
            places = {(r + y, column + x) for y in range(_attribute(cell, "/RowSpan", 1))
                      for x in range(_attribute(cell, "/ColSpan", 1))}
            if places & taken:
                yield "cells of a table lie on each other"
            taken |= places
    wide, high = max(c for _, c in taken) + 1, max(r for r, _ in taken) + 1
    if len(taken) != wide * high or high != len(table["/K"]):
        yield f"a table of {high} × {wide} has {len(taken)} places"


def outline(file: File) -> Faults:
    """UA 7.17: bookmarks lead to pages of this file."""
    entries = [e for part in file.pdf.outline for e in (part if isinstance(part, list) else [part])]
    heads = [e for e, _ in file.elements if e["/S"] in ("/H2", "/H3")]
    if len(entries) != len(heads):
        yield f"{len(entries)} bookmarks for {len(heads)} headings"
    for entry in entries:
        if file.pdf.get_destination_page_number(entry) is None:
            yield f"bookmark {entry.title} leads nowhere"


RULES: tuple[Callable[[File], Faults], ...] = (
    syntax, forbidden, metadata, colour, fonts, tagging, structure, outline)


def faults(data: bytes) -> list[str]:
    """What is wrong with a file, each with the subject; nothing for a good one."""
    file = File(data)
    return [f"{rule.__name__}: {fault}" for rule in RULES for fault in rule(file)]
