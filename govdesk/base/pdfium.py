"""Holds the lock under which PDFium is called: its state is one for the whole process, and no two threads may use it."""

from __future__ import annotations

import threading
from typing import Final

PDFIUM: Final = threading.RLock()
