"""Texts that nobody writes: the reader comes through, and reads what can be read beside them."""

from __future__ import annotations

import pytest

from govdesk.prose import lexicon
from govdesk.prose.reader import Reader

HOSTILE = {
    "control characters": "\x00\x01\x1b[31m\x7f\ufeff\u202e" * 40,
    "mixed scripts": "заявлениеαβγ申請🙂かなمرحبا" * 40,
    "deep brackets": "（" * 2_000 + "）" * 2_000,
    "brackets never closed": "（[【" * 1_000,
    "digits without end": "9" * 5_000,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_what_stands_in_the_next_line_is_read(hostile: str) -> None:
    reader = Reader(lexicon.load("annual-report"), {"t": "request"}, {})
    told = reader.read(f"{hostile}\n收到政府信息公开申请48件。", 2023, "t")
    assert [(claim.ids, claim.number) for claim in told.claims] == [(("received",), 48)]
