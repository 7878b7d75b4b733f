"""The files of sentences, read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent / "sentences"


def table(name: str) -> list[dict[str, Any]]:
    return list(tomllib.loads((HERE / name).read_text(encoding="utf-8"))["sentence"])


def sentences(name: str) -> Any:
    return pytest.mark.parametrize("case", table(name), ids=lambda case: case["says"][:40])
