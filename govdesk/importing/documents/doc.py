"""Reads .doc and .wps files of Word 97 to 2003: their streams written anew into a clean container, converted by
msdoc2docx, then read as any Word document."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Final

from govdesk.importing.documents import doc_repairs, docx
from govdesk.importing.files.compound import Compound
from govdesk.importing.files.source import Source, SourceParagraph, UnreadableSourceError

_LARGEST: Final = 24 << 20           # bytes of the text's own stream; pictures lie in another
_WANTED: Final = ("WordDocument", "0Table", "1Table", "Data")     # Data holds what wide rows are like
_BOXES_LEFT_OUT: Final = "MAIN_TEXTBOX_TABLE_MALFORMED"            # as the converter reports it
_AGAIN: Final = "请用 Word 或 WPS 打开，另存为 .docx 再试"
_OLDEST: Final = 0x00C1              # the version number of Word 97


def read(data: bytes) -> Source:
    """The source of such a file. Raises UnreadableSourceError."""
    clean = _rewritten(data)
    from doc2docx.errors import Doc2DocxError, EncryptedDocumentError

    doc_repairs.be_lenient()
    with tempfile.TemporaryDirectory(prefix="govdesk-") as folder:
        old, new = Path(folder, "a.doc"), Path(folder, "a.docx")
        old.write_bytes(clean)
        try:
            from doc2docx import convert

            report = convert(old, new).report
            converted = new.read_bytes()
        except EncryptedDocumentError:
            raise UnreadableSourceError("文件加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份") from None
        except (Doc2DocxError, struct.error, ValueError, LookupError, ArithmeticError, TypeError, AttributeError,
                OSError, AssertionError) as error:
            raise UnreadableSourceError(f"这份 2003 格式的 Word 文件读不下去（已损坏，或有不认识的内容），"
                                        f"{_AGAIN}") from error
    source = docx.read(converted, "Word 97 文件")
    if any(one.code == _BOXES_LEFT_OUT for one in report.diagnostics):
        return _with_boxes(source, doc_repairs.texts_of_boxes(clean))
    return source


def _with_boxes(source: Source, lines: list[str]) -> Source:
    """The source with the text of its text boxes before all else: most hold a title or a number."""
    said = "文件里有文本框，读不出它们在哪里，里面的文字放在最前面，请核对。"
    boxes = tuple(SourceParagraph(line) for line in lines)
    return source._replace(items=boxes + source.items, said=(*source.said, said)) if boxes else source


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
    doc_repairs.turn_shapes(streams)
    from doc2docx.cfb.directory import ObjectType
    from doc2docx.cfb.writer import write_compound_storage

    root = SimpleNamespace(clsid=b"\0" * 16, state_bits=0, creation_time=0, modified_time=0)
    stream = SimpleNamespace(**vars(root), object_type=ObjectType.STREAM)
    found: bytes = write_compound_storage(root, tuple((name, stream, body) for name, body in streams.items()))
    return found
