"""Starts the frozen program.

A file `portable.txt` beside the program makes it a portable one: everything that it writes goes into the folder
`data` beside it, so that nothing is left on the PC.
"""

import os
import sys
from pathlib import Path

beside = Path(sys.executable).resolve().parent
if (beside / "portable.txt").is_file():
    os.environ.setdefault("GOVDESK_DATA", str(beside / "data"))

from ui.launch import main

sys.exit(main())
