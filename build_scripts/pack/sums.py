"""Writes SHA256SUMS.txt over everything in dist/."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .common import DIST, list_files

SUMS_FILE = "SHA256SUMS.txt"


def hash_file(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_sums() -> Path:
    listed = [file for file in list_files(DIST) if file.parent == DIST and file.name != SUMS_FILE]
    target = DIST / SUMS_FILE
    target.write_text("".join(f"{hash_file(file)}  {file.name}\n" for file in listed), encoding="utf-8")
    return target
