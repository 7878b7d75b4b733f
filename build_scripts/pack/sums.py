"""SHA256SUMS.txt over everything in dist/."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .common import DIST, files_of

NAME = "SHA256SUMS.txt"


def sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def write_sums() -> Path:
    listed = [file for file in files_of(DIST) if file.parent == DIST and file.name != NAME]
    target = DIST / NAME
    target.write_text("".join(f"{sha256(file)}  {file.name}\n" for file in listed), encoding="utf-8")
    return target
