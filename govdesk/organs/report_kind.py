"""Tells which kind of annual report an organ files, where its name alone decides."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from govdesk.base.paths import resources_folder
from govdesk.organs.organ_names import parsed, plain_name


@cache
def _kinds() -> Mapping[str, str]:
    """The kind of report by the kind of organ."""
    tables = tomllib.loads((resources_folder() / "words" / "organs.toml").read_text(encoding="utf-8"))
    return {organ: report for report, organs in tables["report_kinds"].items() for organ in organs}


def find_report_kind(name: str) -> str:
    """The id of the kind in the form file; “” where an organ of such a name may file either, or is not read."""
    return _kinds().get(parsed(plain_name(name)).kind, "")
