"""Lengths of texts: as Qt counts them, and how far two texts begin alike."""

from __future__ import annotations


def common_length(one: str, other: str) -> int:
    """Length of the common beginning."""
    if one == other:
        return len(one)
    low, high = 0, min(len(one), len(other))
    while low < high:                        # slices compare in C, so halving beats a loop over characters
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def utf16_length(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)
