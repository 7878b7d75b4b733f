"""Asking for the file or the files to read: of any kind in the table of readers."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from govdesk.exchange.readers import open_filter


def ask_file(parent: QWidget, title: str, folder: str | None) -> Path | None:
    """Asks; None where the clerk thought better of it."""
    path, _ = QFileDialog.getOpenFileName(parent, title, folder or "", open_filter())
    return Path(path) if path else None


def ask_files(parent: QWidget, title: str, folder: str | None) -> list[Path]:
    """Asks for one file or several; none where the clerk thought better of it."""
    paths, _ = QFileDialog.getOpenFileNames(parent, title, folder or "", open_filter())
    return [Path(path) for path in paths]
