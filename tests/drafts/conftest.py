"""The drafts of this computer and of another, and a draft that is in both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from govdesk.drafts.departure import dump_draft
from govdesk.report.report import Layer, Report, edit_of
from govdesk.store.drafts import Drafts, open_store
from govdesk.store.sql.history import CARRIED, VersionMark

Carry = Callable[[Drafts, int, str], Path]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Drafts]:
    with open_store(tmp_path / "here", patience=0.2) as drafts:
        yield drafts


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Drafts]:
    with open_store(tmp_path / "there", patience=0.2) as drafts:
        yield drafts


@pytest.fixture
def carry(tmp_path: Path) -> Carry:
    """Writes a draft with its past into a file, as a clerk carries it away."""
    def write(drafts: Drafts, draft_id: int, tag: str) -> Path:
        drafts.save(draft_id, [VersionMark(CARRIED, tag)])
        data, _ = dump_draft(drafts, draft_id, drafts.load(draft_id), tag)
        file = tmp_path / f"{tag}.govdesk"
        file.write_bytes(data)
        return file

    return write


def say(drafts: Drafts, draft_id: int, words: str) -> Report:
    """Types a sentence into a draft and saves it."""
    edit = edit_of(drafts.load(draft_id), "填入", [(Layer.TEXTS, "problems", words)])
    drafts.save(draft_id, [edit])
    return drafts.load(draft_id)
