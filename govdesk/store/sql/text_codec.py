"""Encodes a text for the file exactly as typed, and decodes it.

SQLite's TEXT is UTF-8 that its own functions end at NUL. What a clerk pastes may hold a NUL or half of a surrogate
pair; such a text is stored as BLOB, so a row's type says how to read it and ordinary text stays readable to any tool.
"""

from __future__ import annotations


def encode_text(text: str) -> str | bytes:
    if "\0" not in text:
        try:
            text.encode()
        except UnicodeEncodeError:
            pass
        else:
            return text
    return text.encode("utf-8", "surrogatepass")


def decode_text(raw: object) -> str:
    """Raises ValueError for what `encode_text` never gave."""
    if isinstance(raw, bytes):
        return raw.decode("utf-8", "surrogatepass")
    if isinstance(raw, str):
        return raw
    raise ValueError(f"no text: {raw!r}")


def as_read(raw: bytes) -> str | bytes:
    """A TEXT as it comes out of the file. One that is no UTF-8 stays bytes, so that `decode_text` refuses it where it
    stands; SQLite's module would refuse every row of the answer."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw
