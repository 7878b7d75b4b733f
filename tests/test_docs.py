"""Documents name only files, modules and names that exist."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")),
             *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
IN_BACKTICKS = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
ROOTS = (ROOT, ROOT / "govdesk", ROOT / "ui")       # what a path may begin at
PATH = re.compile(r"(?!grid/(?:row|id|line|column))[\w-]+/[\w./*-]+")        # `grid/row/column` is a cell
DOTTED = re.compile(r"([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+)(\(.*\))?")
SUFFIXES = {"py", "md", "toml", "json", "txt", "pdf", "c", "nsi", "ico", "png", "sqlite3", "exe", "govdesk",
            "deb", "zip"}


def names_in(file: Path) -> set[str]:
    """All that a module defines, with the members of its classes."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    found = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    found |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return found | {node.attr for node in ast.walk(tree)
                    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)}


def modules() -> dict[str, set[str]]:
    """The names in all modules that bear the same last name."""
    found: dict[str, set[str]] = {}
    for package in ("govdesk", "ui"):
        for file in (ROOT / package).rglob("*.py"):
            if file.name != "__init__.py":
                found.setdefault(file.stem, set()).update(names_in(file))
    return found


MODULES = modules()


def missing(text: str) -> list[str]:
    """What stands in backticks in a text and does not exist."""
    words = IN_BACKTICKS.findall(text)
    paths = [word for word in words if PATH.fullmatch(word) and not exists(word)]
    return paths + [word for word in words if (found := DOTTED.fullmatch(word)) and not is_known(found[1].split("."))]


def is_known(parts: list[str]) -> bool:
    """Whether `module.name`, after whatever folders, names something; true where no part is a module of ours."""
    if parts[-1] in SUFFIXES:
        return True
    named = [name in MODULES[module] or name in MODULES for module, name in pairwise(parts) if module in MODULES]
    return not named or any(named)


def exists(path: str) -> bool:
    """`ui/grid/paste` may be a folder, a module, `module.name`, or a pattern; any of them will do."""
    whole = path.rstrip("/")
    folder, _, last = whole.rpartition("/")
    patterns = (whole, f"{whole}.py", f"{folder}/{last.partition('.')[0]}.py")
    roots = [root for root in ROOTS if (root / path.partition("/")[0]).is_dir()]
    return not roots or any(next(root.glob(pattern), None) for root in roots for pattern in patterns)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.stem)
def test_what_a_document_names_exists(document: Path) -> None:
    assert missing(document.read_text(encoding="utf-8")) == []


def test_a_wrong_name_would_be_seen() -> None:
    text = ("`ui/grid/gone`, `typed_sums.gone`, `checks/gone` and `govdesk/gone.py`; but `typed_sums.parse_entry`, "
            "`govdesk/report/` and `report.typed_sums.parse_entry` are there, and `and/or` is no path of ours")
    assert missing(text) == ["ui/grid/gone", "checks/gone", "govdesk/gone.py", "typed_sums.gone"]
