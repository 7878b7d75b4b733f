"""The table of formats that can be imported. What a file is, its content says and not its suffix; a module that reads
one is imported when there is one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from govdesk.importing.files.source import Source, UnreadableSourceError

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"       # Word, Excel and WPS files of before 2007
_HEAD: Final = 4096
_OF_PAGES: Final = (b"<!doctype html", b"<html", b"<table", b"<body", b"<head", b"<meta", b"<div", b"<p>", b"<p ",
                    b"<style")
_OF_ARCHIVES: Final = (b"mime-version:", b"from:", b"content-type: multipart", b"subject:", b"date:",
                       b"snapshot-content")
_SHEET_XML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORD_XML: Final = (b"schemas.microsoft.com/office/word/2003/wordml", b"schemas.microsoft.com/office/2006/xmlPackage")


_OF_LISTS: Final = ("结转", "信息内容", "结果维持", "行政许可", "政府信息公开")


class Format(NamedTuple):
    """A row of the table. `label` as file dialogues say it; `read` raises UnreadableSourceError."""

    id: str
    label: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Source]


def _head(data: bytes) -> bytes:
    """The beginning in small letters, also where each character takes two bytes."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[2:].replace(b"\0", b"")
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()


@lru_cache(maxsize=4)
def _parts(data: bytes) -> frozenset[str]:
    """The names of a zipped file's parts in small letters; none for what is no zip file, or one that is cut."""
    if not data.startswith(b"PK"):
        return frozenset()
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return frozenset(name.replace("\\", "/").lstrip("/").lower() for name in packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, UnicodeError):
        return frozenset()


def _has_stream(data: bytes, *names: str) -> bool:
    """Whether a compound file has a stream of one of these names; a directory entry is 128 bytes from a sector on."""
    if not data.startswith(_COMPOUND):
        return False
    for name in names:
        wanted, at = (name + "\0").encode("utf-16-le"), -1
        while (at := data.find(wanted, at + 1)) >= 0:
            if at % 128 == 0:
                return True
    return False


def _is_docx(data: bytes) -> bool:
    return "word/document.xml" in _parts(data) or ("[content_types].xml" in _parts(data) and any(
        name.startswith("word/") for name in _parts(data))) or _is_word_xml(data)


def _is_word_xml(data: bytes) -> bool:
    return b"<" in data[:64] and any(name in data[:_HEAD] for name in _WORD_XML) and b"<html" not in _head(data)


def _is_sheet_xml(data: bytes) -> bool:
    head = _head(data)
    return _SHEET_XML in head and b"<html" not in head and head.startswith((b"<?xml", b"<workbook", b"<ss:workbook"))


def _is_page(data: bytes) -> bool:
    head = _head(data)
    if head.startswith(b"{") or _is_archive(data) or _is_sheet_xml(data) or _is_word_xml(data):
        return False
    return head.startswith(_OF_PAGES) or (head.startswith(b"<") and any(one in head for one in _OF_PAGES[:5]))


def _is_archive(data: bytes) -> bool:
    head = _head(data)
    return head.startswith(_OF_ARCHIVES) and (b"multipart/" in head or b"text/html" in head)


def _read_docx(data: bytes) -> Source:
    from govdesk.importing.documents import docx

    return docx.read_xml(data) if _is_word_xml(data) and not data.startswith(b"PK") else docx.read(data)


def _is_doc(data: bytes) -> bool:
    return _has_stream(data, "WordDocument") and not _has_stream(data, "EncryptedPackage")


def _read_doc(data: bytes) -> Source:
    from govdesk.importing.documents import doc

    return doc.read(data)


def _is_rtf(data: bytes) -> bool:
    return data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def _read_rtf(data: bytes) -> Source:
    from govdesk.importing.documents import rtf

    return rtf.read(data)


def _read_archive(data: bytes) -> Source:
    from govdesk.importing.documents import mht

    return mht.read(data)


def _read_page(data: bytes) -> Source:
    from govdesk.importing.documents import html

    return html.read(data)


def _is_workbook(data: bytes) -> bool:
    return "xl/workbook.xml" in _parts(data)


def _read_workbook(data: bytes) -> Source:
    from govdesk.importing.sheets import xlsx

    return xlsx.read(data)


def _is_old_workbook(data: bytes) -> bool:
    return _has_stream(data, "Workbook", "Book") or _is_sheet_xml(data)


def _read_old_workbook(data: bytes) -> Source:
    if _is_sheet_xml(data):
        from govdesk.importing.sheets import sheet_xml

        return sheet_xml.read(data)
    from govdesk.importing.sheets import xls

    return xls.read(data)


def _is_ofd(data: bytes) -> bool:
    return "ofd.xml" in _parts(data)


def _read_ofd(data: bytes) -> Source:
    from govdesk.importing.pages import ofd

    return ofd.read(data)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024] and not data.startswith((b"PK", _COMPOUND))


def _read_pdf(data: bytes) -> Source:
    from govdesk.importing.pages import pdf

    return pdf.read(data)


def _is_list(data: bytes) -> bool:
    """Whether a file is text with the words of the form and cells set apart."""
    if b"\0" in data[:_HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if _head(data)[:1] in (b"{", b"<", b"[", b"%", b""):
        return False
    from govdesk.importing.files import decoding
    from govdesk.importing.sheets import delimited

    try:
        text = decoding.decode(data[:400_000])
    except UnreadableSourceError:
        return False
    return bool(delimited.separator_of(text)) and any(word in text for word in _OF_LISTS)


def _read_list(data: bytes) -> Source:
    from govdesk.importing.sheets import delimited

    return delimited.read(data)


FORMATS: Final[dict[str, Format]] = {row.id: row for row in (
    Format("docx", "Word 文件", (".docx", ".docm"), _is_docx, _read_docx),
    Format("doc", "Word 97 文件", (".doc", ".wps"), _is_doc, _read_doc),
    Format("rtf", "RTF 文件", (".rtf",), _is_rtf, _read_rtf),
    Format("html", "网页", (".html", ".htm"), _is_page, _read_page),
    Format("mht", "网页归档文件", (".mht", ".mhtml"), _is_archive, _read_archive),
    Format("xlsx", "Excel 文件", (".xlsx", ".xlsm"), _is_workbook, _read_workbook),
    Format("xls", "Excel 97 文件", (".xls", ".et"), _is_old_workbook, _read_old_workbook),
    Format("pdf", "PDF 文件", (".pdf",), _is_pdf, _read_pdf),
    Format("ofd", "OFD 文件", (".ofd",), _is_ofd, _read_ofd),
    Format("csv", "CSV 文件", (".csv",), _is_list, _read_list),
)}


def may_be_long(data: bytes) -> bool:
    """Whether a file of which only the beginning is read may be one of these formats, which pictures make long."""
    return data.startswith((b"PK", _COMPOUND)) or b"%PDF-" in data[:1024] or _is_page(data) or _is_archive(data)


def format_of(data: bytes) -> Format | None:
    """The format of a file that can be imported; None for any other."""
    return next((row for row in FORMATS.values() if row.recognises(data)), None)


def refuse_known(data: bytes) -> None:
    """Raises UnreadableSourceError for files of which it is known why they cannot be read, and what helps."""
    if _has_stream(data, "EncryptedPackage"):
        raise UnreadableSourceError("文件加了密码，读不出来，请用原来的软件打开，去掉密码后另存一份")
    is_old = _has_stream(data, "PowerPoint Document") and not _is_doc(data) and not _is_old_workbook(data)
    if is_old or "ppt/presentation.xml" in _parts(data):
        raise UnreadableSourceError("这是演示文稿，不是年报，请核对文件")


def is_known(data: bytes) -> bool:
    """Whether a file is one that this reads, or one that it refuses with a reason of its own."""
    try:
        refuse_known(data)
    except UnreadableSourceError:
        return True
    return format_of(data) is not None
