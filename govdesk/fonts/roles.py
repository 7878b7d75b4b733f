"""Defines the typographic roles of texts, and the bundled face for each."""

from __future__ import annotations

from enum import Enum


class Role(Enum):
    """What a text is set for."""

    TITLE = "title"
    SECTION = "section"
    SUBSECTION = "subsection"
    BODY = "body"
    TABLE = "table"
    NUMBER = "number"                # page numbers: digits from the Chinese face too

    __hash__ = object.__hash__       # in C: every text that is set needs it


ROLE_NAMES = {
    Role.TITLE: "标题", Role.SECTION: "一级标题", Role.SUBSECTION: "二级标题", Role.BODY: "正文", Role.TABLE: "表格",
    Role.NUMBER: "页码",
}
FIRST_FACES = {
    Role.TITLE: "GwBiaoSong", Role.SECTION: "GwHei", Role.SUBSECTION: "GwKai", Role.BODY: "GwFang",
    Role.TABLE: "GwSong", Role.NUMBER: "GwSong",
}
FALLBACK_FACES = ("GwSong", "GwKai")
EXTENSION_FACE = "GwExt"
LATIN_FACE = "LiberationSerif-Regular"
