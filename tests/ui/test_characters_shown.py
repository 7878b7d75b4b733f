"""Every character that a clerk reads in the window is in the bundled interface face: on a machine without symbol fonts
another would be an empty box. And one thing has one name in all that is read."""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from govdesk.base.paths import resources_folder

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile("[\u4e00-\u9fff]")
# What is searched for, not shown: patterns, classes of characters, the last of the Han characters.
PATTERN = re.compile(r"\(\?|\\[dsu]|\[\^|\[[^\]]+-鿿|^\[[^\]]+\](?:$|\{)|^鿿$")


def constants(file: Path) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    spoken_of = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken_of:
            yield node.value


def strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, (dict, list)):
        for inner in node.values() if isinstance(node, dict) else node:
            yield from strings(inner)


def read() -> Iterator[tuple[str, str]]:
    """What is shown in the window, with the file it stands in."""
    for file in sorted((ROOT / "ui").rglob("*.py")):
        yield from ((file.name, words) for words in constants(file))
    for file in sorted((ROOT / "govdesk").rglob("*.py")):
        # A terminal and paper have faces of their own.
        if file.name != "cli.py" and file.parent.name not in ("typeset", "fonts"):
            yield from ((file.name, words) for words in constants(file) if HAN.search(words))
    for folder in ("forms", "help"):
        for file in sorted((resources_folder() / folder).glob("*.toml")):
            yield from ((file.name, words) for words in strings(tomllib.loads(file.read_text(encoding="utf-8"))))
    for file in sorted((ROOT / "docs" / "manual").glob("*.md")):
        yield file.name, file.read_text(encoding="utf-8")


def shown() -> Iterator[tuple[str, str]]:
    return ((name, words) for name, words in read() if not PATTERN.search(words))


@pytest.fixture
def face(qapp: QApplication) -> QRawFont:
    made = QRawFont(str(resources_folder() / "fonts" / "GwHei.ttf"), 16)
    assert made.isValid()
    return made


def test_the_bundled_face_has_every_character(face: QRawFont) -> None:
    seen, absent = set(), set()
    for name, words in shown():
        for character in set(words):
            seen.add(character)
            if unicodedata.category(character)[0] not in "CZ" and not face.supportsCharacter(ord(character)):
                absent.add((character, name))
    assert absent == set()
    assert {"△", "✓", "▶"} <= seen and len(seen) > 900
    assert not face.supportsCharacter(0x26A0)              # the sign that stood here once


def test_last_year_is_called_as_the_form_calls_it() -> None:
    assert [(name, words[:60]) for name, words in shown() if "去年" in words and name != "disputes.py"] == []
