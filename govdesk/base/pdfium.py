"""Holds the lock under which PDFium is called: its state is one for the whole process, so no two threads may."""

from __future__ import annotations

import threading
from typing import Final

PDFIUM: Final = threading.RLock()
