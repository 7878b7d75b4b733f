"""Makes the errors about the drafts' file, each a sentence for the clerk. Nothing is read or opened here."""

from __future__ import annotations

import errno
from enum import Enum, auto
from pathlib import Path

from govdesk.base.errors import StoreError


class Trouble(Enum):
    """What a database reports, whichever it is; `sqlite.trouble_of` tells it from the codes of SQLite."""

    FULL = auto()
    READ_ONLY = auto()
    FORBIDDEN = auto()
    CANNOT_OPEN = auto()
    BUSY = auto()
    LOCKED = auto()
    DISK = auto()
    DAMAGED = auto()
    OTHER_SHAPE = auto()                 # a table or a column is not there
    OTHER = auto()


# A connection that has failed like this may go on failing when the trouble is over.
LASTING_TROUBLES = frozenset({Trouble.DAMAGED, Trouble.READ_ONLY, Trouble.DISK, Trouble.CANNOT_OPEN})
_NO_RIGHT = ("没有读写权限，或文件是只读的", "请去掉只读属性或取得权限，也可以在设置中另选存放草稿的文件夹")
_NO_ROOM = ("磁盘空间不足", "请先清理出一些空间，再重试")
_REASONS = {
    Trouble.FULL: _NO_ROOM,
    Trouble.READ_ONLY: _NO_RIGHT,
    Trouble.FORBIDDEN: _NO_RIGHT,
    Trouble.CANNOT_OPEN: ("文件打不开", "请检查文件夹是否还在、是否有读写权限，再重试"),
    Trouble.BUSY: ("文件正被另一个程序占用", "请关闭另一个 GovDesk 窗口或正在备份、同步该文件的软件，再重试"),
    Trouble.LOCKED: ("文件正被占用", "请稍候再重试"),
    Trouble.DISK: ("读写磁盘时出错", "请检查磁盘、U盘或网络盘是否正常，再重试"),
}
_NO_FOLDER = ("存放草稿的位置不是文件夹", "请在设置中另选存放草稿的文件夹")
_SYSTEM_REASONS = {
    errno.EIO: _REASONS[Trouble.DISK],
    errno.ENOSPC: _NO_ROOM,
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EROFS: _NO_RIGHT,
    errno.EEXIST: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
}


class UnusableStoreError(StoreError):
    """The file is damaged or not ours. It lies untouched at `kept`; `set_aside_and_start_new` renames it."""

    def __init__(self, sentence: str, kept: Path) -> None:
        super().__init__(sentence)
        self.kept = kept


class ChangedElsewhereError(StoreError):
    """Another program has saved this draft since it was read or written here; nothing was written."""

    def __init__(self, draft_id: int) -> None:
        super().__init__("草稿没能保存：另一个程序窗口（也可能在另一台电脑上）改动并保存过这份草稿，程序没有覆盖那边的内容。"
                         "刚才输入的内容还在窗口里；请点“对照合并”，逐处选用哪一边的内容。")
        self.draft_id = draft_id


def reason_of_system(error: OSError) -> tuple[str, str]:
    """Why the system refused, and what to do."""
    return _SYSTEM_REASONS.get(error.errno or 0, (f"系统报告“{error.strerror or error}”", _NO_RIGHT[1]))


def reason_of_database(trouble: Trouble, error: Exception) -> tuple[str, str]:
    """Why the database refused, and what to do."""
    return _REASONS.get(trouble) or _reason_as_reported("数据库", error)


def reason_of_program(error: Exception) -> tuple[str, str]:
    return _reason_as_reported("程序", error)


def _reason_as_reported(by: str, error: Exception) -> tuple[str, str]:
    return f"{by}报告“{error}”", "请重试；若仍不行，请把这句话告诉维护人员"


def failed_error(doing: str, file: Path, reason: str, advice: str) -> StoreError:
    return StoreError(f"草稿没能{doing}：{reason}（{file}）。{advice}。")


def damaged_error(file: Path) -> UnusableStoreError:
    return UnusableStoreError(
        f"草稿文件已损坏，程序没有改动它：{file}。请留存原文件，另建新文件继续工作；"
        "原文件中的内容可请维护人员取回。", file)


def nothing_left_error(file: Path, *, there: bool) -> UnusableStoreError:
    """The data file is empty (`there`) or not there, where drafts have been saved."""
    what = "是空的" if there else "不见了"
    return UnusableStoreError(
        f"草稿文件{what}，而这里保存过草稿：{file}。可能是断电、拔出 U 盘，或被别的程序清掉、移走了。"
        "移走的，请先退出程序放回原处；否则可以换用备份。", file)


def foreign_error(file: Path) -> UnusableStoreError:
    return UnusableStoreError(
        f"这个文件不是 GovDesk 的草稿文件，程序没有改动它：{file}。请在设置中另选存放草稿的文件夹，"
        "或留存原文件，另建新文件。", file)


def newer_error(file: Path) -> StoreError:
    return StoreError(f"草稿文件是由更新版本的 GovDesk 保存的，本版本打不开，也没有改动它：{file}。"
                      "请安装新版本后再打开。")


def not_migrated_error(file: Path, copy: Path, reason: str) -> StoreError:
    return StoreError(f"草稿文件没能转换为新版本的格式，原文件没有改动：{file}。{reason}。"
                      f"另有一份转换前的备份：{copy}。请排除原因后重试；若仍不行，请继续使用原来的版本，并把这句话告诉维护人员。")


def vanished_error(file: Path) -> StoreError:
    return StoreError(f"草稿没能保存：草稿文件不见了，可能被删除、移走，或磁盘已断开（{file}）。"
                      "输入的内容还在窗口里，请不要关闭窗口；再保存一次时，程序会在原处重新建立草稿文件。")


def replaced_error(file: Path) -> StoreError:
    return StoreError(f"草稿没能保存：程序打开期间，草稿文件被换成了另一个文件，程序不会覆盖它（{file}）。"
                      "输入的内容还在窗口里，请不要关闭窗口；把换上来的文件移走或改名后，程序会在原处重新建立草稿文件。")


def unknown_draft_error(draft_id: int) -> StoreError:
    return StoreError(f"找不到编号为 {draft_id} 的草稿，它可能已被删除。请回到首页，从列表中重新选择。")


def unreadable_draft_error(draft_id: int, file: Path) -> StoreError:
    return StoreError(f"编号为 {draft_id} 的草稿中有程序不认识的内容，没有打开，也没有改动：{file}。"
                      "请安装新版本后再试；若仍不行，请把草稿文件交给维护人员。")
