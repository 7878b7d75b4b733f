"""Writing a file whole or not at all: beside the target, to the disk, then in its place."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from govdesk.errors import UnwritableFileError

_REASONS = {
    errno.ENOSPC: "磁盘已满，请腾出空间后再试",
    errno.EDQUOT: "磁盘配额已用完，请腾出空间后再试",
    errno.EACCES: "没有写入权限，或文件正被别的程序打开；请关闭后再试，或换一个文件夹",
    errno.EPERM: "没有写入权限，请换一个文件夹",
    errno.EROFS: "这个位置是只读的，请换一个文件夹",
    errno.ENOENT: "文件夹不存在，请核对路径",
    errno.ENOTDIR: "路径中有一段不是文件夹，请核对路径",
    errno.EISDIR: "这是一个文件夹，请写上文件名",
    errno.ENAMETOOLONG: "文件名太长，请改短",
}


def write_whole(target: Path, data: bytes) -> None:
    """Replace `target` by `data`. Raises UnwritableFileError; then the old file is whole and nothing is left behind."""
    temporary = None
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a directory", str(target))
        handle, temporary = tempfile.mkstemp(prefix=".~govdesk-", suffix=".tmp", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _as_new_files_are(temporary)
        Path(temporary).replace(target)
        temporary = None
    except (OSError, ValueError) as error:
        raise UnwritableFileError(f"{target}：写不进去（{_reason(error)}）") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _as_new_files_are(path: str) -> None:
    """mkstemp makes files for the owner alone; a report is handed on, so it gets what the umask leaves."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        Path(path).chmod(0o666 & ~mask)


def _reason(error: OSError | ValueError) -> str:
    code = getattr(error, "errno", None)
    return _REASONS.get(code, getattr(error, "strerror", None) or str(error)) if code else str(error)
