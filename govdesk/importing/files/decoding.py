"""Bytes of a page or a list as text: by its byte order mark, as UTF-8 where it is, else as GB 18030, of which GB 2312
and GBK are parts."""

from __future__ import annotations

import re
from typing import Final

from govdesk.importing.files.source import UnreadableSourceError

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
                 (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_OTHERS: Final = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "shift_jis": "shift_jis", "utf-16": "utf-16",
                  "utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}
_MOST_LOST: Final = 0.01             # of the characters; more is no text at all


class Decoded(str):
    """A text; `lost`: how many characters could not be read and stand as U+FFFD."""

    lost: int = 0


def decode(data: bytes, stated: str = "") -> Decoded:
    """The text; `stated`: the encoding that a header states. What is stated counts only where UTF-8 does not fit."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _with_lost(data.decode(encoding, "replace").lstrip("\ufeff"))
    found = _CHARSET.search(data[:4096])
    named = (stated or (found[1].decode("ascii") if found else "")).lower()
    if data[:200].count(b"\0") > 40:
        return _with_lost(data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace"))
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        if named in ("utf-8", "utf8") and error.start > len(data) // 2:
            return _with_lost(data.decode("utf-8", "replace"))       # cut or damaged, but of that kind
    if named in _OTHERS:
        return _with_lost(data.decode(_OTHERS[named], "replace"))
    return _with_lost(data.decode("gb18030", "replace"))


def _with_lost(text: str) -> Decoded:
    found = Decoded(text)
    found.lost = text.count("\ufffd")
    if found.lost > max(20, len(text) * _MOST_LOST):
        raise UnreadableSourceError("文字的编码认不出来，或文件已损坏，请用原来的软件打开后另存一份")
    return found
