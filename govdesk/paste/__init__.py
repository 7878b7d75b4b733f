"""Blocks of cells from and for other programs: the clipboard, labels, and where a block lands."""
