"""A TOML file that is parsed once, not at each start."""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from pathlib import Path

from govdesk.base.records import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any


def parsed(path: Path) -> dict[str, Any]:
    """The TOML, parsed. OSError where it cannot be read, ValueError where it is none.

    Kept as Python keeps compiled modules, and taken from there while the file's date and length are the same: parsing
    the form is a fifteenth of a print-out. What is kept is held against the rules of a form as ever.
    """
    kept = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.form"
    status = path.stat()
    stamp = status.st_mtime_ns, status.st_size
    with suppress(OSError, ValueError, EOFError, TypeError):  # none there yet, or torn
        found, table = marshal.loads(kept.read_bytes())
        if found == stamp and isinstance(table, dict):
            return table
    import tomllib

    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if not sys.dont_write_bytecode:
        with suppress(OSError, ValueError):                   # no right to write here, or a date, which is not kept
            _keep(kept, marshal.dumps((stamp, table)))
    return table


def _keep(kept: Path, data: bytes) -> None:
    kept.parent.mkdir(exist_ok=True)
    beside = kept.with_suffix(f".{os.getpid()}")
    beside.write_bytes(data)
    beside.replace(kept)
