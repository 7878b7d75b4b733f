"""Finds the folders of resources, drafts, settings and logs, whether the program runs from source,
installed or frozen.

GOVDESK_DATA names a folder that holds everything the program writes: for tests, and for a copy on a USB stick.
"""

from __future__ import annotations

import os
import sys
from enum import Enum
from pathlib import Path

from govdesk.base.errors import UserError

APP_NAME = "GovDesk"
DATA_VARIABLE = "GOVDESK_DATA"

_REMOTE_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs", "fuse.davfs"})
_WINDOWS_REMOTE_DRIVE = 4
_WINDOWS_REMOVABLE_DRIVE = 2
# How the folders of programs that synchronise are called, in lower case.
_SYNCHRONISED = ("onedrive", "坚果云", "nutstore", "我的坚果云", "百度网盘", "baidusync", "baidunetdisk", "dropbox",
                 "icloud", "wps云盘", "wpsdrive", "wps cloud", "微云", "weiyun", "阿里云盘", "google drive", "seafile")


def resources_folder() -> Path:
    """The folder of forms, fonts, icons, samples and help."""
    package = Path(__file__).resolve().parents[1]
    candidates = [package / "resources", package.parent / "resources"]
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen:
        candidates[:0] = [Path(frozen) / "resources", Path(frozen) / "govdesk" / "resources"]
    return next((folder for folder in candidates if folder.is_dir()), candidates[0])


def data_folder(chosen: str | None = None) -> Path:
    """Where drafts are. `chosen` is the folder that the clerk moved them to (`Settings.data_folder`)."""
    if portable := _portable():
        return portable
    folder = parse_path(chosen) if chosen else None
    if folder:
        return folder
    from platformdirs import user_data_path

    # Not roaming: a profile that is copied over the network at log-on would tear the database apart.
    return user_data_path(APP_NAME, appauthor=False)


def config_file() -> Path:
    """The file of settings."""
    folder = _portable()
    if folder is None:
        from platformdirs import user_config_path

        folder = user_config_path(APP_NAME, appauthor=False)
    return folder / "settings.json"


def log_folder() -> Path:
    if portable := _portable():
        return portable / "logs"
    from platformdirs import user_log_path

    return user_log_path(APP_NAME, appauthor=False)


class FolderKind(Enum):
    """What kind of place a folder is, as far as the system says."""

    OWN = ""
    REMOTE = "网络共享"
    SYNCHRONISED = "同步盘"
    REMOVABLE = "移动存储"


def kind_of_folder(folder: Path) -> FolderKind:
    if is_remote(folder):
        return FolderKind.REMOTE
    if any(part.lower().startswith(_SYNCHRONISED) for part in folder.absolute().parts):
        return FolderKind.SYNCHRONISED
    return FolderKind.REMOVABLE if _is_removable(str(folder.absolute())) else FolderKind.OWN


def _is_removable(full: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(Path(full).anchor) == _WINDOWS_REMOVABLE_DRIVE)
    return full.startswith(("/media/", "/run/media/"))


def is_remote(folder: Path) -> bool:
    """Whether a folder is on a network share, as far as the system says."""
    full = str(folder.absolute())
    if sys.platform == "win32":
        import ctypes

        root = Path(full).anchor
        return root.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(root) == _WINDOWS_REMOTE_DRIVE
    return _file_system(full) in _REMOTE_FILE_SYSTEMS


def parse_path(text: str) -> Path | None:
    """The path that a text names, ~ as the home folder; None where no system could have such a path."""
    try:
        return None if "\0" in text else Path(text).expanduser()
    except RuntimeError:                         # the home of somebody who is not known here
        return None


def _portable() -> Path | None:
    named = os.environ.get(DATA_VARIABLE)
    if not named:
        return None
    folder = parse_path(named)
    if folder is None:
        raise UserError(f"环境变量 {DATA_VARIABLE} 指定的文件夹“{named}”不存在，也无法建立，请改正或删去这个变量。")
    return folder.absolute()


def _file_system(full: str) -> str:
    """The type of the mount that holds a path; "" where the system keeps no such list."""
    try:
        lines = Path("/proc/self/mounts").read_text(errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for _, mounted, found, *_ in (line.split(" ") for line in lines):
        inside = full == mounted or full.startswith(mounted.rstrip("/") + "/")
        if inside and len(mounted) >= len(best):
            best, kind = mounted, found
    return kind
