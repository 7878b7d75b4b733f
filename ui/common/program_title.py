"""The program's name, as titles of windows and boxes say it."""

from __future__ import annotations

PROGRAM_TITLE = "政府信息公开年报"
