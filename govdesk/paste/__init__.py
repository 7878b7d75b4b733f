"""Exchanges blocks of cells with other programs: the clipboard, labels, and where a block lands."""
