"""Takes a TOML table apart key by key: each key by its type, and what is left over is refused with its key path."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from govdesk.base.errors import FormError
from govdesk.form.form import require

_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


class Node:
    """A TOML table with its key path: takes keys by type and refuses what is left over."""

    def __init__(self, table: object, path: str) -> None:
        require(isinstance(table, dict), path, "must be a table")
        assert isinstance(table, dict)
        self.path = path
        self.rest: dict[str, Any] = dict(table)

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def text(self, key: str, default: str | None = None) -> str:
        value = self.rest.pop(key, default)
        require(value is not None, self.at(key), "is missing")
        require(isinstance(value, str), self.at(key), f"must be text, not {value!r}")
        return str(value)

    def id(self, key: str = "id") -> str:
        value = self.text(key)
        require(_ID.fullmatch(value), self.at(key), f"{value!r} is no id (small letters, digits, _ and dots)")
        return value

    def flag(self, key: str) -> bool:
        value = self.rest.pop(key, False)
        require(isinstance(value, bool), self.at(key), "must be true or false")
        return bool(value)

    def number(self, key: str, default: int = 0) -> int:
        value = self.rest.pop(key, default)
        require(isinstance(value, int) and not isinstance(value, bool), self.at(key), "must be a whole number")
        return int(value)

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.rest.pop(key, [])
        require(isinstance(value, list) and all(isinstance(v, str) and v for v in value), self.at(key),
                "must be a list of text")
        return tuple(value)

    def nodes(self, key: str, *, least: int = 0) -> list[Node]:
        value = self.rest.pop(key, [])
        require(isinstance(value, list), self.at(key), "must be a list of tables")
        require(len(value) >= least, self.at(key), f"needs at least {least}")
        return [Node(item, f"{self.at(key)}[{i}]") for i, item in enumerate(value)]

    def done(self) -> None:
        for key in self.rest:
            raise FormError(self.at(key), "is not a key of the form file here")


def read_toml(path: Path) -> dict[str, Any]:
    """The table in a TOML file, of a form or beside one. Raises FormError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormError(path.name, f"cannot be read: {error.strerror}") from error
    except ValueError as error:                               # no TOML, or not UTF-8
        raise FormError(path.name, str(error)) from error


def require_unique(ids: list[str], path: str) -> None:
    seen: set[str] = set()
    for item in ids:
        require(item not in seen, path, f"{item!r} stands twice")
        seen.add(item)
