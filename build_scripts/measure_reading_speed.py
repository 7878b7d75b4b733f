"""How long the clause reader needs: a text from nothing, a keystroke in the longest text at hand, texts made to be
hard.

    PYTHONPATH=. .venv/bin/python build_scripts/measure_reading_speed.py

Reads the corpus beside the checkout where it is there; otherwise the sample's own texts stand in.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from govdesk import cli
from govdesk.checks.readings import claim_reader_for
from govdesk.form.form import Form
from govdesk.formfile import form_reader
from govdesk.prose import lexicon
from govdesk.prose.reader import Reader
from govdesk.report.report import Layer
from govdesk.session.session import Session

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FORM_ID, TEXT = "ogi-annual-report-2021", "overview.on_request"
CHARACTERS, KEYS = 3_000, 200
HARD = {
    "100,000 characters without a mark": "政府信息" * 25_000,
    "10,000 numbers": "收到申请48件，" * 10_000,
    "10,000 brackets": "（" * 10_000 + "48件" + "）" * 10_000,
    "10,000 times 行政复议、": "行政复议、" * 10_000,
}


def main() -> None:
    form = form_reader.load_form(FORM_ID)
    assert form.checks                       # the rules are read when they are first asked for, whatever they read
    text = longest()
    print(f"the longest text: {len(text)} characters")
    spent = milliseconds(lambda: read(form, text[:CHARACTERS]))
    print(f"{CHARACTERS} characters, the first text of a process: {spent:.1f} ms")
    fresh = Reader(lexicon.load("annual-report"), {}, {})
    spent = milliseconds(lambda: fresh.read(text[:CHARACTERS], 2023, TEXT))
    print(f"{CHARACTERS} characters, the words at hand and nothing read before: {spent:.1f} ms")
    print("a keystroke with all rules, {:.1f} ms in the middle, {:.1f} ms at 95 of 100".format(*keystrokes(form, text)))
    for name, hard in HARD.items():
        print(f"{name}: {milliseconds(lambda t=hard: read(form, t)):.0f} ms")


def longest() -> str:
    pages = [file.read_text(encoding="utf-8") for file in (CORPUS / "raw").glob("*") if file.suffix in (".txt", ".md")]
    return max(pages, key=len, default=cli.sample_report().text("requests.text") * 20)


def read(form: Form, text: str) -> None:
    check = next(check for check in form.checks if check.kind == "claims")
    claim_reader_for(check).read(text, 2023, TEXT)


def milliseconds(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000


def keystrokes(form: Form, text: str) -> tuple[float, float]:
    """Characters typed one by one at places all over the text, through the session as the window does."""
    rng, session = random.Random(1), Session(form, cli.sample_report())
    session.apply(session.edit("", [(Layer.TEXTS, TEXT, text)]))
    spent = []
    for _ in range(KEYS):
        at = rng.randrange(len(text))
        text = text[:at] + rng.choice("的申请一件3，。") + text[at:]
        edit = session.edit("", [(Layer.TEXTS, TEXT, text)])
        spent.append(milliseconds(lambda e=edit: session.apply(e)))
    spent.sort()
    return spent[KEYS // 2], spent[KEYS * 95 // 100]


if __name__ == "__main__":
    main()
