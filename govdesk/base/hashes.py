"""Makes a short hash of a text. The reasons that a clerk gave are kept under such hashes."""

from __future__ import annotations

from hashlib import sha256


def short_hash(text: str, digits: int) -> str:
    """The first digits of SHA-256 over UTF-8. A text that was pasted may hold half of a surrogate pair, which UTF-8
    itself refuses."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]
