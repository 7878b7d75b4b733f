"""The parts of a zipped document, each looked at before it is unpacked, and their XML without entities or network."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any, Final

from govdesk.importing.files.source import UnreadableSourceError

MOST_PARTS: Final = 5_000
LARGEST_PART: Final = 12 << 20       # bytes unpacked; the text of a long report has one or two million
MOST_ELEMENTS: Final = 400_000       # of an XML document; a long report has some 50,000
MOST_PACKED: Final = 250             # times; XML of tables is packed some thirty to eighty times
_SMALL: Final = 2 << 20              # bytes below which a part may be packed as tightly as it likes
TOO_MUCH: Final = "里面的内容比一份年报多得多，没有读取，请只留下年报再试"
_BOMB: Final = "压缩得异常紧，解开后会非常大，不像一份年报，没有解开，请核对文件的来历"
_BROKEN: Final = "文件不完整或已损坏，请让对方重新发一份，或用原来的软件打开后另存一份"


class Package:
    """A zipped document. Only the parts that are asked for are unpacked."""

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableSourceError for what is no zip file, or one that is cut."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            parts = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeError):
            raise UnreadableSourceError(_BROKEN) from None
        if len(parts) > MOST_PARTS:
            raise UnreadableSourceError(f"里面有 {len(parts)} 个部件，不像一份年报，没有解开，请核对文件的来历")
        self._parts = {part.filename.replace("\\", "/").lstrip("/"): part for part in parts}
        self._by_small = {name.lower(): name for name in self._parts}

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def has(self, name: str) -> bool:
        return name.lower() in self._by_small

    def read(self, name: str) -> bytes:
        """A part unpacked. Raises UnreadableSourceError where it is absent, locked, damaged or far too large."""
        part = self._parts.get(self._by_small.get(name.lower(), ""))
        if part is None:
            raise UnreadableSourceError(f"{_BROKEN}（缺少 {name}）")
        if part.flag_bits & 0x1:
            raise UnreadableSourceError("文件加了密码，读不出来，请用原来的软件去掉密码再试")
        if part.file_size > LARGEST_PART or (
                part.file_size > _SMALL and part.file_size > MOST_PACKED * max(part.compress_size, 1)):
            raise UnreadableSourceError(_BOMB)
        try:
            with self._zip.open(part) as file:
                found = file.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError):
            raise UnreadableSourceError(_BROKEN) from None
        if len(found) > LARGEST_PART:
            raise UnreadableSourceError(_BOMB)
        return found

    def xml(self, name: str) -> Any:
        """The root element of a part."""
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> Any:
    """The root of an XML document: nothing outside is read, no entity is filled in. Raises UnreadableSourceError."""
    from lxml import etree

    if len(data) > LARGEST_PART:
        raise UnreadableSourceError(TOO_MUCH)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                             remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableSourceError(_BROKEN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSourceError("里面写有外部实体定义，正常的年报没有，没有读取，请核对文件的来历")
    if root.xpath("count(//*)") > MOST_ELEMENTS:
        raise UnreadableSourceError(TOO_MUCH)
    return root


def local(element: Any) -> str:
    """The name of an element without its namespace; “” for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without a namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None
