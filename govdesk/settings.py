"""Loads and saves the clerk's settings, in one small JSON file.

Settings are a convenience: a damaged file gives the defaults and is kept aside, and a file that cannot be written
stops nobody from working.
"""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import NamedTuple

from govdesk.base import paths
from govdesk.base.errors import UserError
from govdesk.base.files import write_whole

THEMES = ("system", "light", "dark", "contrast")
ENTER_CHOICES = ("down", "right")
ROW_HEIGHTS = ("auto", "compact", "loose")
START_CHOICES = ("list", "last")
_FOLDERS = ("data_folder", "last_export_folder", "backup_folder")
_CHOICES = {"theme": THEMES, "enter_moves": ENTER_CHOICES, "row_height": ROW_HEIGHTS, "start": START_CHOICES}


class Settings(NamedTuple):
    """One choice a field; absent choices are these."""

    data_folder: str | None = None           # None: where the system keeps a program's data
    theme: str = "system"
    enter_moves: str = "down"                # where Enter goes in a table
    row_height: str = "auto"                 # how high the rows of a table are
    start: str = "list"                      # what is shown at the start: the drafts, or the last one where it was left
    last_export_folder: str | None = None
    window_geometry: str | None = None       # opaque to all but the window
    style: dict[str, object] | None = None   # the look of the printed page: govdesk.document.style.Style.to_dict
    backup_folder: str | None = None         # a second place for backups: a stick, another disk
    deadline: str = ""                       # MM-DD, by which all reports are due here; "": the law's day for each kind
    last_draft: int | None = None
    last_step: str | None = None

    @property
    def second_backup_place(self) -> Path | None:
        """Another folder for copies, if the clerk named one."""
        return Path(self.backup_folder) if self.backup_folder else None

    def table(self) -> dict[str, object]:
        """By name, as the file has them."""
        return dict(zip(self._fields, self, strict=True))


def load_settings(file: Path | None = None) -> Settings:
    """The settings; what is missing or makes no sense is the default."""
    file = file or paths.config_file()
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        return Settings()
    except (ValueError, RecursionError):
        _keep_aside(file)
        return Settings()
    if not isinstance(content, dict):
        _keep_aside(file)
        return Settings()
    return Settings(**{name: value for name, value in content.items() if _is_sound(name, value)})


def save_settings(settings: Settings, file: Path | None = None) -> bool:
    """Writes beside and replaces, so that a crash leaves the old settings or the new; False if it cannot."""
    file = file or paths.config_file()
    # ASCII only: a folder's name may hold bytes that are no UTF-8 (surrogates), and an escape keeps them.
    content = json.dumps(settings.table(), indent=2) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, content.encode("ascii"))
    except (OSError, UserError):
        return False
    return True


def _is_sound(name: str, value: object) -> bool:
    kinds = Settings.__annotations__
    if name not in kinds:
        return False
    if name in _CHOICES:
        return value in _CHOICES[name]
    if name == "deadline":
        return isinstance(value, str) and (not value or _is_day(value))
    if value is None:
        return True
    if name == "style":
        return isinstance(value, dict)
    if name in _FOLDERS:
        return isinstance(value, str) and paths.parse_path(value) is not None
    wanted = int if "int" in str(kinds[name]) else str
    return isinstance(value, wanted) and not isinstance(value, bool)


def _is_day(text: str) -> bool:
    from govdesk.form.deadline import is_month_day  # few have set one: a start does without

    return is_month_day(text)


def _keep_aside(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.replace(file.with_name(file.name + ".bad"))
