"""Recognises by its content what kind a file is that no reader takes, and advises what to do with it."""

from __future__ import annotations

from typing import Final

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"          # Word, Excel and WPS files of before 2007
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


TEXT: Final = "纯文本"
_LOOKED_AT: Final = 20_000           # bytes
_LEAST: Final = 12                   # characters of a text


def kind_of_file(data: bytes) -> str:
    """What a file is, as it follows 这是: “图片”; “” for what is none of the kinds known here."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return _packed(data)
    if head.startswith(_COMPOUND):
        return "不完整或不认识的 2003 格式文件"
    if head.startswith(_PICTURES):
        return "图片"
    return TEXT if _is_prose(data, head) else ""


def _is_prose(data: bytes, head: bytes) -> bool:
    """Whether a file is Chinese text, and not one in the marks of a programming language, as ours are."""
    if not head or head[:1] in (b"{", b"[", b"<") or b"\0" in data[:1024]:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data[:_LOOKED_AT].decode(encoding)
        except UnicodeDecodeError as error:
            if error.start < min(len(data), _LOOKED_AT) - 4:      # not only cut within a character
                continue
            text = data[:error.start].decode(encoding)
        return len(text) >= _LEAST and sum("\u4e00" <= c <= "\u9fff" for c in text) * 4 > len(text)
    return False


def _packed(data: bytes) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError):
        return "压缩文件（或损坏的 Word、Excel 文件）"
    return "压缩文件"


def advise_on_file_kind(kind: str, suffix: str) -> str:
    """What to do with a file of another kind; `suffix`: of our own files."""
    if kind == "图片":
        return "图片里的数字读不出来，请向对方要原来的文件"
    if kind == TEXT:
        return "里面没有表格，分不清哪个数在哪一格，请用原来的 Word、网页、Excel 或 PDF 文件"
    if kind.startswith("压缩"):
        return f"请先解压，再打开其中的 {suffix} 文件或 Word、Excel、PDF 文件；打不开就请对方重新发一份"
    return "请用 Word、WPS 或 Excel 打开它，另存一份再试；打不开就请对方重新发一份"
