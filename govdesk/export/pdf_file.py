"""A PDF file as numbered objects: numbers first, contents in any order, then the cross-reference table."""

from __future__ import annotations

import zlib

from govdesk.records import Record

LEVEL = 4                            # zlib: level 6 is 1.5 % smaller and takes 15 % more time
FAST = 1                             # for outlines, which hardly pack: 3 % larger in a third of the time
_HEAD = b"%PDF-1.7\n%\x93\x8c\x8b\x9e\n"


def deflated(data: bytes, level: int = LEVEL) -> bytes:
    """Compressed for a stream."""
    return zlib.compress(data, level)


def text_string(text: str) -> str:
    """A text string in UTF-16BE, in hexadecimal."""
    return f"<feff{text.encode('utf-16-be').hex()}>"


def fingerprint(data: bytes) -> str:
    """32 hexadecimal digits that differ where the data do."""
    try:
        from _md5 import md5  # type: ignore[import-not-found, unused-ignore] # hashlib would load OpenSSL for it
    except ImportError:
        from hashlib import md5
    return str(md5(data).hexdigest())


class File:
    """Objects by number, from 1. Whoever is referred to before it is written reserves its number."""

    def __init__(self) -> None:
        self._objects: list[bytes] = [b""]

    def reserve(self) -> int:
        """A number whose object will be put later."""
        self._objects.append(b"null")
        return len(self._objects) - 1

    def put(self, number: int, data: str | bytes) -> None:
        """The object of a reserved number."""
        self._objects[number] = data if isinstance(data, bytes) else data.encode("latin-1")

    def add(self, data: str | bytes) -> int:
        """A new object; its number."""
        self._objects.append(data if isinstance(data, bytes) else data.encode("latin-1"))
        return len(self._objects) - 1

    def stream(self, data: bytes, keys: str = "", *, packed: bool = True) -> int:
        """A new stream, compressed here where it is `packed`; its number."""
        return self.packed(deflated(data), keys) if packed else self._stream(data, keys)

    def packed(self, data: bytes, keys: str = "") -> int:
        """A new stream of bytes that are compressed already; its number."""
        return self._stream(data, keys + "/Filter/FlateDecode")

    def _stream(self, data: bytes, keys: str) -> int:
        head = f"<<{keys}/Length {len(data)}>>\nstream\n".encode("latin-1")
        return self.add(b"%b%b\nendstream" % (head, data))    # PDF/A asks for a line end before `endstream`

    def written(self, root: int, info: int, name: str) -> bytes:
        """The whole file; `name` is its identifier, 32 hexadecimal digits."""
        parts, places, at = [_HEAD], [], len(_HEAD)
        for number, data in enumerate(self._objects[1:], 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, data)
            places.append(at)
            at += len(part)
            parts.append(part)
        count = len(self._objects)
        table = "".join([f"{place:010d} 00000 n \n" for place in places])
        parts.append((
            f"xref\n0 {count}\n0000000000 65535 f \n{table}trailer\n<</Size {count}/Root {root} 0 R/Info {info} 0 R"
            f"/ID[<{name}><{name}>]>>\nstartxref\n{at}\n%%EOF\n"
        ).encode("latin-1"))
        return b"".join(parts)


class Mark(Record):
    """An entry of the outline: a head, its level from 0, and where it stands."""

    title: str
    level: int
    page: int                        # number of the page's object
    top: int                         # points from the foot of the paper


def add_outline(file: File, marks: list[Mark]) -> int:
    """The tree of the marks; the number of its root."""
    root = file.reserve()
    numbers = [file.reserve() for _ in marks]
    kids: dict[int, list[int]] = {-1: []}                     # by index of the parent
    parents, open_marks = [], [-1]
    for i, mark in enumerate(marks):
        del open_marks[mark.level + 1:]
        parents.append(open_marks[-1])
        kids.setdefault(open_marks[-1], []).append(i)
        open_marks.append(i)
    for i, mark in enumerate(marks):
        beside = kids[parents[i]]
        place, own = beside.index(i), kids.get(i, [])
        before = f"/Prev {numbers[beside[place - 1]]} 0 R" if place else ""
        after = f"/Next {numbers[beside[place + 1]]} 0 R" if place + 1 < len(beside) else ""
        parent = root if parents[i] < 0 else numbers[parents[i]]
        file.put(numbers[i], f"<</Title{text_string(mark.title)}/Parent {parent} 0 R{before}{after}"
                             f"{_ends(own, numbers)}/Dest[{mark.page} 0 R/XYZ 0 {mark.top} 0]>>")
    file.put(root, f"<</Type/Outlines{_ends(kids[-1], numbers)}>>")
    return root


def _ends(kids: list[int], numbers: list[int]) -> str:
    if not kids:
        return ""
    return f"/First {numbers[kids[0]]} 0 R/Last {numbers[kids[-1]]} 0 R/Count {len(kids)}"
