"""The one way from the bytes of a file of another program to a report, with refusals as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from govdesk.base.errors import UnreadableFileError
from govdesk.importing import kinds
from govdesk.importing.files.source import Source, UnreadableSourceError
from govdesk.importing.import_report import Imported, import_report

_NAMED = 6                           # cells in doubt that a sentence names


def read_source(data: bytes, name: str) -> Source:
    """What a file of a known format holds; `name` is what messages call it. Raises UnreadableFileError."""
    try:
        kinds.refuse_known(data)
        found = kinds.format_of(data)
        if found is None:
            raise UnreadableSourceError("认不出这是什么文件，请核对文件")
        return found.read(data)
    except UnreadableSourceError as error:
        raise UnreadableFileError(f"{name}：{error}。") from None
    except (RecursionError, MemoryError):
        raise UnreadableFileError(f"{name}：文件的结构太复杂，不像一份年报，没有读取，请核对文件。") from None


def import_bytes(data: bytes, name: str) -> Imported:
    """The report in a file. Raises UnreadableFileError."""
    return import_source(read_source(data, name), name)


def import_source(source: Source, name: str) -> Imported:
    """The report in what was read of a file. Raises UnreadableFileError."""
    try:
        return import_report(source, PurePath(name).stem)
    except UnreadableSourceError as error:
        raise UnreadableFileError(f"{name}：{error}。") from None


def sentences(found: Imported) -> Iterator[str]:
    """What whoever imports a report should see, each a sentence."""
    yield from found.said
    if found.doubtful:
        from govdesk.formfile import form_reader

        form = form_reader.load_form(found.report.form_id)
        named = "；".join(form.name_of(address) for address in found.doubtful[:_NAMED])
        more = "等" if len(found.doubtful) > _NAMED else ""
        yield f"有 {len(found.doubtful)} 格存疑，请对照原件核对（{named}{more}），原因写在各格的备注里。"
    for left in found.left_over:
        yield f"{left}。"
    if found.missing:
        yield f"有 {len(found.missing)} 格没有读出数，空着。"
