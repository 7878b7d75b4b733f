"""Characters that no face of the program has, told while a text is written: not first when it is printed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from govdesk.session.session import Snapshot
from govdesk.texts.tokens import text_with_figures

if TYPE_CHECKING:
    from govdesk.fonts.font_set import FontSet

MAX_NAMED_CHARACTERS = 12                    # characters; the rest are counted
_fine: set[str] = set()                      # looked at already, and there


def find_missing_characters(text: str) -> list[str]:
    """What would be printed as 〓, each once, in the order of the text. What is in GB 2312 is in every face, so the
    faces are read only where something rare was written."""
    doubtful = [char for char in dict.fromkeys(text) if char not in _fine]
    rare = [char for char in doubtful if not _is_common(char)]
    _fine.update(set(doubtful) - set(rare))
    if not rare:
        return []
    from govdesk.fonts.characters import clean_text
    from govdesk.fonts.roles import Role

    drawn = list(clean_text("".join(rare)))
    missing = {glyph.missing for glyph in _faces().shape(Role.BODY, "".join(drawn)) if glyph.missing}
    _fine.update(set(rare) - missing)
    return [char for char in rare if char in missing]


def describe_missing(found: list[str]) -> str:
    """Begins with Chinese, so that a line about Arabic runs as the others; may be broken after each character."""
    named = "、 ".join(f"“{char}”（U+{ord(char):04X}）" for char in found[:MAX_NAMED_CHARACTERS])
    more = f" 等 {len(found)} 个字" if len(found) > MAX_NAMED_CHARACTERS else ""
    return f"这些字没有可用的字形，会印成“〓”，请改用别的字或写法：{named}{more}"


def find_missing_in_report(now: Snapshot) -> list[tuple[str, str, str]]:
    """(place, its name, the warning) of each text, and of the organ's name."""
    told = [("organ.name", "机关全称", now.report.cover("organ.name"))]
    told += [(text.id, text.name, text_with_figures(now.form, now.figures, now.report.text(text.id)))
             for text in now.form.texts.values()]
    return [(place, name, describe_missing(found)) for place, name, words in told
            if (found := find_missing_characters(words))]


def explain_in_the_way(now: Snapshot) -> tuple[str, ...]:
    """Why a report is not ready though all of it is filled in, in words: a 〓 would stand on paper."""
    lost = len(find_missing_in_report(now))
    return (f"{lost} 处文字会印成“〓”",) if lost else ()


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _faces() -> FontSet:
    """Of its own: others are read by the threads that make the pages."""
    from govdesk.base.paths import resources_folder
    from govdesk.fonts.font_set import FontSet

    return FontSet(resources_folder() / "fonts")
