"""Makes a small sRGB profile (ICC 2.4) from the published numbers of IEC 61966-2-1.

Why not take a file: Debian's icc-profiles-free and colord files carry licences to be shipped along, and the
profile that Pillow's ImageCms makes carries the moment of its making, so two runs would differ.
"""

from __future__ import annotations

import struct
from functools import cache

# D65 primaries adapted to D50 (Bradford), as ICC profiles store them
PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392), "gXYZ": (0.38515, 0.71687, 0.09708), "bXYZ": (0.14307, 0.06061, 0.71410),
}
D50 = (0.9642, 1.0, 0.8249)
POINTS = 256


@cache
def make_srgb_profile() -> bytes:
    """The profile file."""
    name = b"sRGB IEC61966-2.1\0"
    tags = {
        "desc": b"desc\0\0\0\0" + struct.pack(">L", len(name)) + name + b"\0" * 78,
        "cprt": b"text\0\0\0\0No copyright, use freely\0",
        "wtpt": _xyz(D50),
    }
    tags.update((tag, _xyz(values)) for tag, values in PRIMARIES.items())
    table, body, start = [], b"", 128 + 4 + 12 * (len(tags) + 3)
    for tag, data in tags.items():
        table.append((tag, start + len(body), len(data)))
        body += data + b"\0" * (-len(data) % 4)
    curve = _curve()
    table += [(tag, start + len(body), len(curve)) for tag in ("rTRC", "gTRC", "bTRC")]
    body += curve + b"\0" * (-len(curve) % 4)
    directory = b"".join(struct.pack(">4sLL", tag.encode(), offset, size) for tag, offset, size in table)
    return _head(start + len(body)) + struct.pack(">L", len(table)) + directory + body


def _head(size: int) -> bytes:
    head = struct.pack(
        ">L4sL4s4s4s6H4s4sL4s4s8sL", size, b"\0\0\0\0", 0x02400000, b"mntr", b"RGB ", b"XYZ ",
        2024, 1, 1, 0, 0, 0, b"acsp", b"\0\0\0\0", 0, b"\0\0\0\0", b"\0\0\0\0", b"\0" * 8, 0,
    )
    return head + _fixed(D50) + b"\0" * 48


def _curve() -> bytes:
    values = (round(65535 * _linear(i / (POINTS - 1))) for i in range(POINTS))
    return b"curv\0\0\0\0" + struct.pack(">L", POINTS) + struct.pack(f">{POINTS}H", *values)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _fixed(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">3l", *(round(value * 65536) for value in values))
