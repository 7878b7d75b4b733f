"""How much of published reports the clause reader understands, what it does not, and how many slips it finds.

    PYTHONPATH=. .venv/bin/python build_scripts/measure_reading.py [FOLDER]

Reads the excerpts of the corpus beside the checkout (or FOLDER) and the pages as they were published, counts the
clauses with a number that are claims, that speak of other things, and that are not understood, and lists the words
that most often stand in the way.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from build_scripts.measure_fingerprints import collect_reports
from govdesk.base.plain_text import plain
from govdesk.checks import Facts
from govdesk.checks.readings import claim_reader_for, find_claimed_numbers, find_doubts
from govdesk.formfile import form_reader
from govdesk.prose import lexicon
from govdesk.prose.tokens import tokens
from govdesk.report.report import Layer, edit_of
from govdesk.session.session import take_snapshot

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
FORM_ID = "ogi-annual-report-2021"
SECTIONS = {"一": "overview.on_request", "二": "proactive.text", "三": "requests.text", "四": "disputes.text",
            "五": "problems", "六": "other_matters"}
SHOWN = 20
OF_TABLES = re.compile(r"第[一二三四]项|第二十条|(?<!\d)0{3,}|0\s+0")


class Share(NamedTuple):
    """Clauses with a number or a denial of some texts."""

    claims: int
    others: int
    unclear: int

    def line(self, name: str) -> str:
        whole = self.claims + self.others + self.unclear
        understood = (self.claims + self.others) / whole * 100 if whole else 0
        return f"| {name} | {whole} | {self.claims} | {self.others} | {self.unclear} | {understood:.1f} % |"


def main(folder: Path = CORPUS) -> None:
    if not (folder / "index.json").is_file():
        print("the corpus is absent")
        return
    print("| 文字 | 含数字的分句 | 对表的 | 说别的事的 | 未读懂 | 读懂 |\n| --- | ---: | ---: | ---: | ---: | ---: |")
    words: Counter[str] = Counter()
    places: list[str] = []
    for name, texts in (("摘录", list(excerpts(folder))), ("全文页", list(pages(folder)))):
        print(measure(texts, words, places).line(name))
    print(f"\nThe {SHOWN} commonest words that nobody knows in clauses that are not understood:\n")
    for word, count in words.most_common(SHOWN):
        print(f"{count:4} {word}")
    print("\nClauses that are not understood:\n")
    for place in places:
        print(f"  {place}")
    said, whole = slips()
    print(f"\nOf {whole} right numbers of the excerpts made wrong {said} are said")


def slips() -> tuple[int, int]:
    """Every right number in the texts of the complete reports of the corpus, one more, two more, doubled and tenfold:
    how often T01 then speaks."""
    form = form_reader.load_form(FORM_ID)
    check = next(check for check in form.checks if check.kind == "claims")
    said = whole = 0
    for report in collect_reports(form).values():
        snap = take_snapshot(form, report)
        for text_id in form.texts:
            text = report.text(text_id)
            facts = Facts(form, report, snap.figures, {})
            for told in find_claimed_numbers(check, facts, text_id):
                if not told.is_borne_out({r.value for r in told.readings}) or not text[told.claim.start].isdigit():
                    continue
                number = int(told.claim.number)
                for wrong in {number + 1, number + 2, number * 2, number * 10} - {number}:
                    slipped = text[:told.claim.start] + str(wrong) + text[told.claim.end:]
                    edited = edit_of(report, "", [(Layer.TEXTS, text_id, slipped)]).applied_to(report)
                    found = find_doubts(check, Facts(form, edited, snap.figures, {}), text_id)
                    whole += 1
                    said += any(doubt.start == told.claim.start for doubt in found)
    return said, whole


def measure(texts: list[tuple[str, int, str]], words: Counter[str], places: list[str]) -> Share:
    form = form_reader.load_form(FORM_ID)
    check = next(check for check in form.checks if check.kind == "claims")
    known, total = lexicon.load(check.word("lexicon")), Share(0, 0, 0)
    for text_id, year, text in texts:
        found = claim_reader_for(check).read(text, year, text_id)
        covered = found.coverage
        total = Share(total.claims + covered.claims, total.others + covered.others,
                      total.unclear + len(covered.unclear))
        for start, end in covered.unclear:
            places.append(" ".join(text[start:end].split()))
            clause = text[start:end]
            words.update(clause[p.start:p.end] for p in tokens(plain(clause), known) if p.role == "unknown")
    return total


def excerpts(folder: Path) -> Iterator[tuple[str, int, str]]:
    for entry in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        held = json.loads((folder / entry["file"]).read_text(encoding="utf-8"))
        for excerpt in held.get("narrative_excerpts", []):
            yield SECTIONS.get(excerpt["section"][:1], "preamble"), entry["year"] or 2023, excerpt["text"]


def pages(folder: Path) -> Iterator[tuple[str, int, str]]:
    """Pages as text, without lines that are cells of a table."""
    for file in sorted((folder / "raw").iterdir()):
        if file.suffix in (".txt", ".md") and "cells" not in file.name:
            year = next((int(part) for part in file.stem.replace(".", "_").split("_") if part.isdigit()), 2023)
            lines = [line for line in file.read_text(encoding="utf-8").splitlines()
                     if re.search("[。，；]", line) and not OF_TABLES.search(line)]
            yield "overview.proactive", year, "\n".join(lines)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
