"""Reads .doc and .wps files of Word 97 to 2003: their streams written anew into a clean container, converted by
msdoc2docx, then read as any Word document."""

from __future__ import annotations

import struct
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from govdesk.importing.documents import docx
from govdesk.importing.files.compound import Compound
from govdesk.importing.files.source import Source, UnreadableSourceError

_LARGEST: Final = 24 << 20           # bytes of the text's own stream; pictures lie in another
_WANTED: Final = ("WordDocument", "0Table", "1Table", "Data")     # Data holds what wide rows are like
_AGAIN: Final = "请用 Word 或 WPS 打开，另存为 .docx 再试"
_OLDEST: Final = 0x00C1              # the version number of Word 97
_FLAGS: Final = 10                   # in the head of the text's stream
_SHAPES: Final = (0x1DA, 0x1E2)      # likewise: where the lists of shapes of the text and of the page heads lie
_SHAPE: Final = 30                   # bytes of a shape in such a list, its place in the text included
_CUT: Final = 4                      # bytes at the end of a list of properties that may be a cut one


def read(data: bytes) -> Source:
    """The source of such a file. Raises UnreadableSourceError."""
    clean = _rewritten(data)
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

    _be_lenient()
    with tempfile.TemporaryDirectory(prefix="govdesk-") as folder:
        old, new = Path(folder, "a.doc"), Path(folder, "a.docx")
        old.write_bytes(clean)
        try:
            from doc2docx import convert

            convert(old, new)
            converted = new.read_bytes()
        except EncryptedDocumentError:
            raise UnreadableSourceError("文件加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份") from None
        except (Doc2DocxError, struct.error, ValueError, LookupError, ArithmeticError, TypeError, AttributeError,
                OSError, AssertionError) as error:
            raise UnreadableSourceError(f"这份 2003 格式的 Word 文件读不下去（已损坏，或有不认识的内容），"
                                        f"{_AGAIN}") from error
    return docx.read(converted, "Word 97 文件")


def _rewritten(data: bytes) -> bytes:
    """A container with only the streams of the text: what WPS puts into the header, a last sector that is cut short,
    and embedded files do not matter then."""
    book = Compound(data)
    streams: dict[str, bytes] = {name: book.read(name) for name in _WANTED if name in book.names}
    text = streams.get("WordDocument", b"")
    if len(text) < 512:
        raise UnreadableSourceError(f"里面没有 Word 的正文，或文件不完整，{_AGAIN}")
    if len(text) > _LARGEST:
        raise UnreadableSourceError(f"里面的文字比一份年报多得多，没有读取，{_AGAIN}")
    magic, version = struct.unpack_from("<HH", text)
    if magic != 0xA5EC or version < _OLDEST:
        raise UnreadableSourceError(f"这是 Word 95 或更早的文件，不能直接读取，{_AGAIN}")
    _turn_shapes(streams)
    from doc2docx.cfb.directory import ObjectType
    from doc2docx.cfb.writer import write_compound_storage

    root = SimpleNamespace(clsid=b"\0" * 16, state_bits=0, creation_time=0, modified_time=0)
    stream = SimpleNamespace(**vars(root), object_type=ObjectType.STREAM)
    found: bytes = write_compound_storage(root, tuple((name, stream, body) for name, body in streams.items()))
    return found


def _turn_shapes(streams: dict[str, bytes]) -> None:
    """Turns the boxes of shapes that end before they begin, as LibreOffice writes those without a size: the converter
    refuses them. Where the lists of shapes lie, the head of the text's stream says ([MS-DOC] 2.5.5)."""
    text = streams["WordDocument"]
    name = "1Table" if struct.unpack_from("<H", text, _FLAGS)[0] & 0x200 else "0Table"
    table = bytearray(streams.get(name, b""))
    for at in _SHAPES:
        begin, size = struct.unpack_from("<II", text, at)
        count = (size - 4) // _SHAPE if size > 4 and begin + size <= len(table) else 0
        for number in range(count):
            box = begin + 4 * (count + 1) + (_SHAPE - 4) * number + 4
            left, top, right, bottom = struct.unpack_from("<4i", table, box)
            struct.pack_into("<4i", table, box, min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    if table:
        streams[name] = bytes(table)


@cache
def _be_lenient() -> None:
    """Lets the converter read on where a list of properties ends in a cut one, as WPS leaves them: the properties are
    looks, the text is whole."""
    import doc2docx.converter  # noqa: F401 (brings in all modules that are mended)
    from doc2docx.errors import InvalidWordDocument
    from doc2docx.msdoc import sprm

    strict: Callable[..., Any] = sprm.parse_grpprl

    def lenient(data: bytes, **options: Any) -> Any:
        try:
            return strict(data, **options)
        except InvalidWordDocument:
            for cut in range(1, min(_CUT, len(data)) + 1):
                try:
                    return strict(data[:-cut], **options)
                except InvalidWordDocument:
                    continue
            raise

    for name, module in list(sys.modules.items()):
        if name.startswith("doc2docx.") and getattr(module, "parse_grpprl", None) is strict:
            setattr(module, "parse_grpprl", lenient)  # noqa: B010 (a module of others)
