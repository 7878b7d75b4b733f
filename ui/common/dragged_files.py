"""Tells which files are dragged over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dragged_files_of(held: QMimeData) -> list[Path]:
    """The files of this computer that are dragged; none where anything else is among them."""
    urls = held.urls() if held.hasUrls() else []
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []
