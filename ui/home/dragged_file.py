"""Tells which file is dragged over the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData


def dragged_file_of(held: QMimeData) -> Path | None:
    """The one file that is dragged; several are not opened."""
    urls = held.urls() if held.hasUrls() else []
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
