"""Writes a file whole or not at all, and checks beforehand whether it can be written."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from govdesk.base.errors import UnwritableFileError

NO_ROOM_ERRNOS = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
NO_RIGHT_ERRNOS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.ETXTBSY}


FORBIDDEN_CHARACTERS = re.compile(r'[\\/:*?"<>|\x00-\x1f]')  # in a file's name on Windows, and so on sticks and shares
_DEVICES = r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)[ .]*(\..*)?"


def explain_bad_name(name: str) -> str:
    """Why a file cannot have this name on Windows, as a sentence; “” where it can. There, “a:b” writes into the file
    a, “NUL” nowhere, and a dot or blank at the end is dropped, so another file is written than was named."""
    if found := FORBIDDEN_CHARACTERS.search(name):
        sign = found[0] if found[0].isprintable() else "换行等看不见的字符"
        return f"文件名“{format_file_name(name)}”里不能有 {sign}，请改一个名字。"
    if re.fullmatch(_DEVICES, name, re.IGNORECASE):
        return f"“{format_file_name(name)}”是系统留用的名字，请改一个名字。"
    if name.endswith((".", " ")) or not name:
        if not name:
            return "文件名是空的，请写一个名字。"
        return f"文件名“{format_file_name(name)}”不能以点或空格结尾，请改一个名字。"
    return ""


def format_file_name(name: str) -> str:
    """A file's name in a sentence: on one line."""
    return "".join(c if c.isprintable() else "�" for c in name)


def dialog_filter(label: str, suffixes: Iterable[str]) -> str:
    """The line of a file dialogue for files of a kind."""
    return f"{label} ({' '.join(f'*{suffix}' for suffix in suffixes)})"


def is_folder(path: Path) -> bool:
    """Whether there is such a folder. One that may not be looked for is not there: `Path.is_dir` raises then."""
    try:
        return path.is_dir()
    except OSError:
        return False


def check_target(target: Path) -> Path:
    """The file that `target` means, links followed; refused where it can be seen beforehand that writing would fail."""
    if os.name == "nt" and (fault := explain_bad_name(target.name)):
        raise UnwritableFileError(fault)
    try:
        real = target.resolve()
        folder = real.parent
        if real.is_dir():
            raise UnwritableFileError(f"“{target}”是一个文件夹，请另起一个文件名。")
        if real.exists() and not real.is_file():
            raise UnwritableFileError(f"“{target}”不是普通文件，不能写入，请另选保存位置。")
        if not folder.is_dir():
            raise UnwritableFileError(f"文件夹“{folder}”不存在，请先建立文件夹或另选保存位置。")
        if real.exists() and not os.access(real, os.W_OK):
            raise UnwritableFileError(f"文件“{target}”是只读的，请另起一个文件名或取消只读。")
    except (OSError, ValueError, RuntimeError) as error:
        raise UnwritableFileError(_sentence(target, error)) from error
    return real


def leave_removed_folder() -> None:
    """Makes the root the current folder where the current one has been removed: reportlab, while it is imported, and
    others ask for its name, and fail. A file that was named relatively to it cannot be found either way."""
    try:
        Path.cwd()
    except FileNotFoundError:
        os.chdir(os.sep)


def check_not_itself(target: Path, source: Path) -> None:
    """Refuses to write a file over the one that it is made from, by whatever name."""
    try:
        same = target.samefile(source)
    except (OSError, ValueError):
        return                               # one of them does not exist; whoever opens it will say so
    if same:
        raise UnwritableFileError(f"“{target}”就是要导出的年报文件本身，导出会把它覆盖，请另起一个文件名。")


class FileStamp(NamedTuple):
    """What stood at a path: when it was written last, and its size; None where there was no file."""

    written: int | None = None
    size: int | None = None


def stamp_of(target: Path) -> FileStamp:
    """No number of the file is in it: sticks and shares give the same file another one each time."""
    try:
        found = target.stat()
    except (OSError, ValueError):
        return FileStamp()
    return FileStamp(found.st_mtime_ns, found.st_size)


def write_whole(target: Path, data: bytes, over: FileStamp | None = None) -> None:
    """`data` to a new file beside the target, then in its place; on any failure the old file stays as it was. `over` is
    what may be replaced: where something else stands there by now, it stays."""
    real = check_target(target)
    beside = real.parent / f".govdesk-{os.urandom(6).hex()}.tmp"
    try:
        with beside.open("xb") as file:
            _permit_as(real, beside)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if over is not None and stamp_of(real) != over:
            raise UnwritableFileError(f"“{target}”在您选好之后又被别处写过，没有替换它。请再存一次，会先问要不要替换。")
        beside.replace(real)
    except BaseException as error:
        _remove(beside)
        if isinstance(error, OSError):
            raise UnwritableFileError(_sentence(target, error)) from error
        raise


def _permit_as(old: Path, new: Path) -> None:
    """Whoever might not read the old file may not read the new one."""
    with suppress(OSError):                  # a disk without permissions of its own, or no old file
        new.chmod(stat.S_IMODE(old.stat().st_mode) & 0o777)


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return                       # the folder went away with it


def _is_there(path: Path) -> bool:
    """Whether there is such a file. One that may not be looked for counts as there: nobody knows."""
    try:
        return path.exists()
    except OSError:
        return True


def _is_standing(folder: Path) -> bool:
    """Whether there is such a folder. The current one can be stood in when it has been removed: then no name leads to
    it."""
    try:
        return is_folder(folder) and folder.stat().st_nlink > 0
    except OSError:
        return False


def explain_read_error(error: OSError | ValueError) -> str:
    """Why a file could not be read and what to do, without its name and without a full stop."""
    number = error.errno if isinstance(error, OSError) else errno.EINVAL
    if number in (errno.ENOENT, errno.ENOTDIR):
        return "没有这个文件，请核对路径"
    if number == errno.EISDIR:
        return "这是文件夹，不是文件"
    if number in NO_RIGHT_ERRNOS:
        return "读不出来：没有读取权限，或正在其他程序中打开；请关闭该文件，或向文件的主人要权限"
    if number == errno.EIO:
        return "读不出来：读磁盘时出错，请检查磁盘、U盘或网络盘是否正常"
    if number == errno.ENAMETOOLONG:
        return "文件名太长，请改用较短的文件名"
    reason = getattr(error, "strerror", None) or error
    return f"读不出来（{reason}），请核对文件和权限"


def _sentence(target: Path, error: Exception) -> str:
    """What is wrong, where, what to do."""
    number = error.errno if isinstance(error, OSError) else None
    if number in NO_ROOM_ERRNOS:
        return f"磁盘空间不足，无法写入“{target}”，请清理磁盘或另选保存位置。"
    if number == errno.EROFS:
        return f"文件夹“{target.parent}”是只读的，无法写入“{target.name}”，请另选保存位置。"
    if number in NO_RIGHT_ERRNOS and not _is_there(target):
        return f"在文件夹“{target.parent}”里没有新建文件的权限，无法写入“{target.name}”，请另选保存位置。"
    if number in NO_RIGHT_ERRNOS:
        return f"无法写入“{target}”：文件可能正在其他程序中打开，或没有写入权限；请关闭该文件或另选保存位置。"
    if number == errno.EIO:
        return f"读写磁盘时出错，无法写入“{target}”，请检查磁盘、U盘或网络盘是否正常，或另选保存位置。"
    if number == errno.ENAMETOOLONG:
        return f"文件名太长，无法写入“{target.parent}”，请改用较短的文件名。"
    if number in (errno.ENOENT, errno.ENOTDIR):
        why = "不能存放新文件" if _is_standing(target.parent) else "不在了"
        return f"文件夹“{target.parent}”{why}，无法写入“{target.name}”，请另选保存位置。"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else error
    return f"无法写入“{target}”（{reason}），请检查保存位置或另选保存位置。"
