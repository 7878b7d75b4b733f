"""What the reader of a document should know of its characters: those that no face has, and the faces that served."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from govdesk.document.document import DocumentBlock, GridBlock, Heading, PageBreak, SignatureBlock, Title
from govdesk.fonts.characters import GETA, SELECTORS, clean_text, to_printable
from govdesk.fonts.font_set import FontSet
from govdesk.fonts.roles import ROLE_NAMES, Role
from govdesk.typeset.page import FaceUse, MissingGlyph

EXCERPT_CHARACTERS = 8               # characters shown on each side of a doubtful one
PAGE_NUMBER = "— 0123456789"


def survey_characters(fonts: FontSet, blocks: Sequence[DocumentBlock]) -> tuple[tuple[MissingGlyph, ...],
                                                                                tuple[FaceUse, ...]]:
    """Doubts in the order of the document; faces by role, the one with most characters first."""
    used: dict[Role, set[str]] = {Role.NUMBER: set(PAGE_NUMBER)}
    said: dict[Role, list[str]] = {}
    for block in blocks:
        for role, raw in texts_of_block(block):
            said.setdefault(role, []).append(raw)
    for role, raws in said.items():
        used.setdefault(role, set()).update(clean_text(" ".join(raws)))
    missing = {role: {glyph.missing for glyph in fonts.shape(role, "".join(chars)) if glyph.missing}
               for role, chars in used.items()}
    doubts: tuple[MissingGlyph, ...] = ()
    if not SELECTORS.isdisjoint("".join(raw for raws in said.values() for raw in raws)):
        doubts = tuple(doubt for index, block in enumerate(blocks) for _, raw in texts_of_block(block)
                       for doubt in _selectors(index, raw))
    if any(missing.values()):
        found = [(role, index, clean_text(raw)) for index, block in enumerate(blocks) for role, raw
                 in texts_of_block(block)]
        doubts += tuple(doubt for role, index, text in found
                        for doubt in _doubts(index, text, missing[role].intersection(text)))
    return doubts, tuple(use for role in Role if role in used for use in _uses(fonts, role, used[role]))


def _doubts(index: int, text: str, missing: set[str]) -> Iterator[MissingGlyph]:
    for at, char in sorted((text.index(char), char) for char in missing):
        start, end = max(0, at - EXCERPT_CHARACTERS), at + EXCERPT_CHARACTERS + 1
        yield MissingGlyph(char, index, to_printable(text[start:at]) + GETA + to_printable(text[at + 1:end]))


def _selectors(index: int, text: str) -> Iterator[MissingGlyph]:
    """Variation selectors after a hanzi; after a sign they change nothing that is printed here."""
    for at, char in enumerate(text):
        if char in SELECTORS and at and unicodedata.category(text[at - 1]) == "Lo":
            yield MissingGlyph(char, index, to_printable(text[max(0, at - EXCERPT_CHARACTERS):at]), selector=True)


def _uses(fonts: FontSet, role: Role, chars: set[str]) -> list[FaceUse]:
    counts = Counter([glyph.face for glyph in fonts.shape(role, "".join(char for char in chars if not char.isspace()))])
    found = [FaceUse(ROLE_NAMES[role], face.family, fonts.is_system(face), count) for face, count in counts.items()
             if face]
    return sorted(found, key=lambda use: (-use.characters, use.face))


def texts_of_block(block: DocumentBlock) -> Iterator[tuple[Role, str]]:
    """Every text of a block with the role it is set in."""
    if isinstance(block, GridBlock):
        yield from ((Role.TABLE, cell.text) for row in block.rows for cell in row)
    elif isinstance(block, SignatureBlock):
        yield from ((Role.BODY, block.organ), (Role.BODY, block.date))
    elif isinstance(block, Title):
        yield Role.TITLE, block.text
    elif isinstance(block, Heading):
        yield head_role(block), block.text
    elif not isinstance(block, PageBreak):
        yield Role.BODY, block.text


def body_text(blocks: Sequence[DocumentBlock]) -> str:
    """All that is set as body."""
    return "".join(clean_text(text) for block in blocks for role, text in texts_of_block(block) if role is Role.BODY)


def head_role(head: Heading) -> Role:
    """一、黑体, （一） 楷体, 1. and （1） 仿宋 (GB/T 9704-2012 7.3.3)."""
    return {1: Role.SECTION, 2: Role.SUBSECTION}.get(head.level, Role.BODY)
