"""Defines what an office may choose of the printed page: pitch, seal, heads, landscape tables, faces."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

PITCHES = ("grid", "word")
FACES = ("bundled", "system", "whole")
MAX_FONT_NAMES = 100                 # of landscape tables: no form has more tables


class Style(NamedTuple):
    """One choice for a whole document. The defaults give the same file on every machine."""

    pitch: Literal["grid", "word"] = "grid"          # 29.6 pt by GB/T 9704-2012 itself, or Word's fixed 28.95 pt
    seal: bool = False                               # the signature leaves room for a seal (7.3.5.1)
    run_in_heads: bool = False                       # “（一）主动公开。” with its text in the same line
    landscape: frozenset[str] = frozenset()          # ids of the grids that are set on landscape pages
    # the program's own faces; those of the system before them, character by character; the same, but all of the body
    # from the first 仿宋 that has every character of it
    faces: Literal["bundled", "system", "whole"] = "bundled"

    def to_dict(self) -> dict[str, object]:
        """Plain values, fit for JSON."""
        return {
            "pitch": self.pitch, "seal": self.seal, "run_in_heads": self.run_in_heads,
            "landscape": sorted(self.landscape), "faces": self.faces,
        }

    @staticmethod
    def from_dict(values: object) -> Style:
        """The style that `values` describe; what is missing or makes no sense is the default."""
        if not isinstance(values, Mapping):
            return Style()
        names = [name for name in Style._fields if name in values]
        sound: dict[str, Any] = {name: values[name] for name in names if _is_sound(name, values[name])}
        if "landscape" in sound:
            sound["landscape"] = frozenset(sound["landscape"])
        return Style(**sound)


PLAIN_STYLE = Style()


def _is_sound(name: str, value: object) -> bool:
    if name == "pitch":
        return isinstance(value, str) and value in PITCHES
    if name == "faces":
        return isinstance(value, str) and value in FACES
    if name == "landscape":
        if not isinstance(value, list | tuple | set | frozenset) or len(value) > MAX_FONT_NAMES:
            return False
        return all(isinstance(item, str) for item in value)
    return isinstance(value, bool)
