"""What the converter of .doc files refuses, mended before it looks; and what it leaves out, read besides."""

from __future__ import annotations

import re
import struct
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from govdesk.importing.files.compound import Compound

_FLAGS: Final = 10                   # in the head of the text's stream
_SHAPES: Final = (0x1DA, 0x1E2)      # likewise: where the lists of shapes of the text and of the page heads lie
_SHAPE: Final = 30                   # bytes of a shape in such a list, its place in the text included
_CUT: Final = 4                      # bytes at the end of a list of properties that may be a cut one
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\ufffc]")


def turn_shapes(streams: dict[str, bytes]) -> None:
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


def texts_of_boxes(data: bytes) -> list[str]:
    """The paragraphs of the text boxes of a .doc file, in order; none where they cannot be read."""
    from doc2docx.diagnostics import ConversionReport
    from doc2docx.errors import Doc2DocxError
    from doc2docx.msdoc.fib import FileInformationBlock
    from doc2docx.msdoc.pieces import read_piece_table

    book = Compound(data)
    text = book.read("WordDocument")
    table = book.read("1Table" if struct.unpack_from("<H", text, _FLAGS)[0] & 0x200 else "0Table")
    report = ConversionReport("")
    try:
        head = FileInformationBlock.parse(text)
        pieces = read_piece_table(table, text, fc_clx=head.clx.fc, lcb_clx=head.clx.lcb, report=report)
        begin = head.textbox_story_cp_start
        found = pieces.extract(begin, begin + head.ccp_textboxes, report, story="textboxes")
    except (Doc2DocxError, struct.error, ValueError, LookupError):
        return []
    return [line for part in found.split("\r") if (line := _NO_TEXT.sub("", part).strip())]


@cache
def be_lenient() -> None:
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
