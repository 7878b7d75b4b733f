"""The campaign's own modules are scripts, not a package."""

from __future__ import annotations

import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parents[2] / "build_scripts"
sys.path[:0] = [str(SCRIPTS / "faults"), str(SCRIPTS / "bench")]
