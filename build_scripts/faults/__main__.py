"""The faults campaign: what is said in docs/reliability.md is measured by this.

    python3 dev.py faults                everything, hours
    python3 dev.py faults kills 20       one part, so often: kills, pages (files, a third of them logs), two (seconds)
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import kills
import pages
import two

OFTEN = {"kills": 500, "pages": 300, "two": 3600}


def run(part: str, often: int, folder: Path) -> list[str]:
    """Prints what was done; everything that was wrong."""
    if part == "kills":
        done, wrong = kills.campaign(folder, often)
        print(dict(done))
        return wrong
    if part == "pages":
        done, wrong = pages.campaign(folder, often - often // 3, often // 3)
        print(*sorted(done.items()), sep="\n")
        return wrong
    done, wrong = two.campaign(folder, often)
    print(dict(done))
    return wrong


def main(*arguments: str) -> int:
    parts = [word for word in arguments if word in OFTEN] or list(OFTEN)
    often = next((int(word) for word in arguments if word.isdigit()), None)
    wrong: list[str] = []
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="govdesk-faults-") as folder:
            os.environ["GOVDESK_DATA"] = folder
            print(f"-- {part}", flush=True)
            wrong += run(part, often or OFTEN[part], Path(folder))
    print(f"{len(wrong)} wrong", *wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(*sys.argv[1:]))
