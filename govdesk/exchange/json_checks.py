"""Checks types and keys in the JSON of an exchange file; a refusal names the path in the file and the reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from govdesk.base.numerals import shorten_text

NEWER_VERSION_ADVICE: Final = "可能由较新版本的程序写出，请安装新版本后再打开"


class RefusedError(Exception):
    """A path in the file and a reason."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path, self.reason = path, reason


def require_known_keys(table: Mapping[str, Any], keys: Iterable[str], path: str) -> None:
    keys = list(keys)
    for key in table:
        if key not in keys:
            raise RefusedError(join_path(path, key), "不认识这一项"
                               + (suggest_key(key, keys) or f"，{NEWER_VERSION_ADVICE}"))


def suggest_key(key: str, keys: Iterable[str]) -> str:
    if len(key) >= 200:
        return ""
    from difflib import get_close_matches

    near = get_close_matches(key, list(keys), 1, 0.8)
    return f"，是否想写 “{near[0]}”？" if near else ""


def join_path(path: str, key: str) -> str:
    key = shorten_text(key, 100)
    return f"{path} → {key}" if path else key


def require_object(value: object, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise RefusedError(path, "应是 JSON 对象 { … }")
    return value


def require_string(value: object, path: str) -> str:
    if not isinstance(value, str):
        shown = "[…]" if isinstance(value, list) else "{…}" if isinstance(value, dict) else json.dumps(value)
        raise RefusedError(path, f"应是带引号的文字，不是 {shorten_text(shown)}")
    return value
