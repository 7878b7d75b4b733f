"""Recognises by its content what kind a file is that the program cannot open, and advises what to do with it."""

from __future__ import annotations

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"          # Word, Excel and WPS files of before 2007
_WEB = (b"<!doctype html", b"<html", b"mime-version:")


def kind_of_file(data: bytes) -> str:
    """What a file is, as it follows 这是: “ Word 文件”; “” for what is none of the kinds known here."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return _packed(data)
    if head.startswith(_COMPOUND):
        return " Word 或 Excel 文件（2003 格式）"
    if head.startswith(b"{\\rtf"):
        return " RTF 文件"
    if head.startswith(b"%PDF"):
        return " PDF 文件"
    if head.lower().startswith(_WEB):
        return "网页文件"
    return "图片" if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")) else ""


def _packed(data: bytes) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return "压缩文件（或损坏的 Word、Excel 文件）"
    known = {"word/document.xml": " Word 文件", "xl/workbook.xml": " Excel 文件", "OFD.xml": " OFD 文件"}
    return next((what for name, what in known.items() if name in names), "压缩文件")


def advise_on_file_kind(kind: str, suffix: str) -> str:
    """What to do with a file of another kind; `suffix`: of the files that can be opened."""
    if kind == "图片":
        return "图片里的数字读不出来，请向对方要原来的文件"
    if kind.startswith("压缩"):
        return f"请先解压，再打开其中的 {suffix} 文件"
    return ("还不能直接打开。请用原来的软件打开它，复制整张表，到这里的表格页按 Ctrl+V 粘贴，按行名、列名填入；"
            "文字也可以这样复制过来")
