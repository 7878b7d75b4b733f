"""Styles and automatic numbering of a Word document: what of a paragraph is hidden, which level it has, and the number
that Word would show before it."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from govdesk.importing.files.packages import attribute, local

_DIGITS: Final = "〇一二三四五六七八九"
_DEEPEST: Final = 20                 # styles based on one another
_CHINESE = frozenset(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                      "taiwaneseCountingThousand", "koreanCounting", "japaneseDigitalTenThousand", "ideographDigital",
                      "taiwaneseDigital", "chineseLegalSimplified"))


class Level(NamedTuple):
    """A level of a list: how it counts, what it writes (“%1、”), where it begins."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


class NumberingStyle(NamedTuple):
    """What a style says, its bases included."""

    hidden: bool = False
    outline: int = 0
    list_id: str = ""
    list_level: int = 0


def children(element: Any, name: str) -> list[Any]:
    return list(element.iterchildren(f"{{*}}{name}"))


def child(element: Any, name: str) -> Any:
    """The first child of a name; None where there is none."""
    return next(element.iterchildren(f"{{*}}{name}"), None) if element is not None else None


def children_by_name(element: Any) -> dict[str, Any]:
    """The first child of each name; of None there are none."""
    found: dict[str, Any] = {}
    for one in () if element is None else element:
        found.setdefault(local(one), one)
    return found


def is_on(found: Any) -> bool | None:
    """Whether a switch such as w:vanish is on; None where it is not there."""
    if found is None:
        return None
    return (attribute(found, "val") or "true") not in ("0", "false", "off")


def number_of(element: Any, otherwise: int = 0) -> int:
    """The number in an element's w:val; `otherwise` where there is none or nonsense."""
    written = attribute(element, "val") if element is not None else None
    try:
        return int(written or "")
    except ValueError:
        return otherwise


class Styles:
    """The styles of a document."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self._default = ""
        for style in children(root, "style") if root is not None else []:
            style_id = attribute(style, "styleId") or ""
            self._styles[style_id] = style
            if attribute(style, "type") == "paragraph" and attribute(style, "default") in ("1", "true"):
                self._default = style_id
        self._read: dict[str, NumberingStyle] = {}

    def of(self, style_id: str) -> NumberingStyle:
        style_id = style_id or self._default
        if style_id not in self._read:
            self._read[style_id] = self._resolve(style_id)
        return self._read[style_id]

    def _resolve(self, style_id: str) -> NumberingStyle:
        hidden: bool | None = None
        outline, list_id, list_level = 0, "", 0
        for _ in range(_DEEPEST):
            style = self._styles.get(style_id)
            if style is None:
                break
            hidden = is_on(child(child(style, "rPr"), "vanish")) if hidden is None else hidden
            properties = child(style, "pPr")
            outline = outline or outline_of(child(properties, "outlineLvl")) or _level_named(style)
            if not list_id and (found := child(properties, "numPr")) is not None:
                list_id = str(number_of(child(found, "numId"), -1))
                list_level = number_of(child(found, "ilvl"))
            style_id = attribute(child(style, "basedOn"), "val") or "" if child(style, "basedOn") is not None else ""
        return NumberingStyle(bool(hidden), outline, "" if list_id == "-1" else list_id, list_level)


def outline_of(found: Any) -> int:
    """The level of a heading that w:outlineLvl states; 0: none, or there is no such element."""
    level = number_of(found, 9) if found is not None else 9
    return level + 1 if 0 <= level < 9 else 0


def _level_named(style: Any) -> int:
    name = (attribute(child(style, "name"), "val") or "" if child(style, "name") is not None else "").lower()
    for beginning in ("heading ", "标题 "):
        if name.startswith(beginning) and name.removeprefix(beginning).strip().isdigit():
            return int(name.removeprefix(beginning).strip()[:1])
    return 0


class Numbering:
    """The lists of a document, counting as it is read from top to bottom."""

    def __init__(self, root: Any) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        for one in children(root, "abstractNum"):
            self._abstract[attribute(one, "abstractNumId") or ""] = dict(map(_level, children(one, "lvl")))
        for one in children(root, "num"):
            of = child(one, "abstractNumId")
            own = {}
            for override in children(one, "lvlOverride"):
                at = _int(attribute(override, "ilvl"))
                level = dict(map(_level, children(override, "lvl"))).get(at) or self._level_of(of, at)
                start = child(override, "startOverride")
                own[at] = level._replace(start=number_of(start, level.start)) if start is not None else level
            self._lists[attribute(one, "numId") or ""] = (attribute(of, "val") or "" if of is not None else "", own)

    def _level_of(self, of: Any, at: int) -> Level:
        return self._abstract.get((attribute(of, "val") or "") if of is not None else "", {}).get(at, Level())

    def next(self, list_id: str, at: int) -> str:
        """What stands before the next paragraph of a list; “” where nothing does."""
        if list_id not in self._lists or not 0 <= at < 9:
            return ""
        abstract, own = self._lists[list_id]
        levels = {**self._abstract.get(abstract, {}), **own}
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract or list_id, {})
        if own and list_id not in self._begun:
            for begun in own:
                counts.pop(begun, None)
        self._begun.add(list_id)
        counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [k for k in counts if k > at]:
            del counts[deeper]
        if level.form in ("none", "bullet"):
            return ""
        text = level.text
        for k in range(9):
            if f"%{k + 1}" in text:
                upper = levels.get(k, Level())
                text = text.replace(f"%{k + 1}", counted(counts.get(k, upper.start), upper.form))
        return text


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else 0


def _level(element: Any) -> tuple[int, Level]:
    def word(name: str, otherwise: str) -> str:
        found = child(element, name)
        return (attribute(found, "val") or otherwise) if found is not None else otherwise

    return _int(attribute(element, "ilvl")), Level(word("numFmt", "decimal"), word("lvlText", ""),
                                                   number_of(child(element, "start"), 1))


def counted(number: int, form: str) -> str:
    """A number as a list of this kind writes it."""
    if form == "none":
        return ""
    if form in _CHINESE and 0 < number < 100:
        return chinese(number)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 0 < number <= 20:
        return chr(ord("①") + number - 1)
    if form == "ideographEnclosedCircle" and 0 < number <= 10:
        return chr(ord("㊀") + number - 1)
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)


def chinese(number: int) -> str:
    """A number below 100 in characters: 三, 十, 十二, 二十一."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"
