"""GovDesk imports one file and ends: for the memory that it takes."""

import sys
from pathlib import Path

from govdesk.importing.importer import import_bytes

import_bytes(Path(sys.argv[1]).read_bytes(), sys.argv[1])
