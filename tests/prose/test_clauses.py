"""Sentences and what the clause reader reads in them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from govdesk.checks.readings import claim_reader_for
from govdesk.form.form import Form
from govdesk.prose.claims import Claim
from govdesk.prose.reader import TextReading, own_names

CASES = [case for file in sorted((Path(__file__).parent / "cases").glob("*.toml"))
         for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]]


def in_words(claim: Claim) -> str:
    ids = "+".join(claim.ids) or "+".join(each for part in claim.of for each in part.ids)
    columns = "".join(f"/{column}" for column in claim.columns)
    kind = "" if claim.kind == "count" else f"{claim.kind} "
    whose = (f" of {claim.origin}" if claim.origin else "") + (f" by {claim.scope}" if claim.scope else "")
    return f"{kind}{ids}{columns} {claim.number:f}{whose}"


def read(form: Form, text: str, text_id: str = "overview.on_request", own: tuple[str, ...] = ()) -> TextReading:
    check = next(check for check in form.checks if check.kind == "claims")
    return claim_reader_for(check).read(text, 2023, text_id, own)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"][:40])
def test_a_sentence(form: Form, case: dict[str, Any]) -> None:
    told = read(form, case["says"], case["text"])
    unclear = [case["says"][start:end] for start, end in told.coverage.unclear]
    assert ([in_words(claim) for claim in told.claims], told.coverage.others, unclear) == (
        case["reads"], case["others"], case["unclear"])


def test_the_organs_own_name_is_a_word(form: Form) -> None:
    says = "清河区教育局共收到申请48件。"
    assert read(form, says).coverage.unclear
    own = own_names("清河区教育局", "")
    assert [in_words(claim) for claim in read(form, says, own=own).claims] == ["received 48 by own"]


def test_places_are_those_of_the_text_with_blanks_and_quotation_marks(form: Form) -> None:
    says = "本年。\n“予以公开” 17 件，部 分公开７件。"
    assert [says[c.start:c.end] for c in read(form, says).claims] == ["17", "７"]
    assert [c.said for c in read(form, says).claims] == ["予以公开” 17 件", "部 分公开７件"]


def test_a_sentence_that_stands_as_it_was_is_not_read_again(form: Form) -> None:
    check = next(check for check in form.checks if check.kind == "claims")
    known = claim_reader_for(check)
    text = "收到申请48件。\n予以公开17件。\n部分公开7件。"
    known.read(text, 2023, "overview.on_request")
    before = known.sentences_read
    known.read(text.replace("17", "18"), 2023, "overview.on_request")
    assert known.sentences_read - before == 1
