"""Saves without end and prints the number of each save once it is acknowledged; made to be killed."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

from govdesk.form.form import Address
from govdesk.report.report import Change, Edit, Layer
from govdesk.store.drafts import open_store

CELLS = 20


def edit_number(number: int) -> Edit:
    """Two cells that always hold the same number, and a text that makes the database grow."""
    pair = [Address("t", f"r{number % CELLS}", column) for column in ("one", "two")]
    text = Change(Layer.TEXTS, f"text{number % CELLS}", None, "字" * (number % 3000) or None)
    return Edit("填入", (Change(Layer.VALUES, pair[0], None, Decimal(number)), text,
                       Change(Layer.VALUES, pair[1], None, Decimal(number))))


def main() -> None:
    folder, draft_id, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    with open_store(folder) as store:
        while True:
            store.save(draft_id, [edit_number(number)])
            print(number, flush=True)
            number += 1


if __name__ == "__main__":
    main()
