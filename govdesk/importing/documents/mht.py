"""Reads a web page that is saved with all its parts in one file (.mht): the page itself, nothing else."""

from __future__ import annotations

import email
import email.policy
from email.message import Message
from typing import Final

from govdesk.importing.documents import html
from govdesk.importing.files.source import Source, UnreadableSourceError

_MOST_PARTS: Final = 2_000


def read(data: bytes) -> Source:
    """The source of such a file. Raises UnreadableSourceError."""
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.compat32)
    pages = []
    for count, part in enumerate(message.walk()):
        if count > _MOST_PARTS:
            raise UnreadableSourceError("里面的部件太多，不像一份年报，没有读取，请核对文件")
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            pages.append(part)
    found = [(body, _charset(part)) for part in pages if (body := _body(part))]
    if not found:
        raise UnreadableSourceError("网页归档文件里没有网页，文件不完整或已损坏，请重新保存一份")
    body, charset = max(found, key=lambda one: len(one[0]))
    return html.read(body, "网页", charset)


def _body(part: Message) -> bytes:
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return body if isinstance(body, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return part.get_content_charset("") or ""
    except (ValueError, LookupError):
        return ""
