"""Pictures of pages that were looked at and found good. Made anew, after a change that is meant, with

    python tests/typeset/reference_pages.py

and then looked at again, page by page, before they are committed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import pypdfium2  # noqa: E402
from PIL import Image  # noqa: E402

from govdesk.cli import sample_report  # noqa: E402
from govdesk.formfile import form_reader  # noqa: E402
from govdesk.printing.compose import compose  # noqa: E402
from govdesk.session.session import take_snapshot  # noqa: E402
from tests.export.export_measuring import styled  # noqa: E402
from tests.export.export_sheets import report  # noqa: E402
from tests.export.styles import EXTREMES, STYLES  # noqa: E402

FOLDER = Path(__file__).parent / "reference"
SCALE = 0.9                          # pixels a point: rules and strokes are seen, and a page takes 30 kB
LEVELS = 16                          # of grey


def wanted() -> Iterator[tuple[str, bytes, tuple[int, ...]]]:
    """Name, file, and which of its pages (from 1)."""
    read = sample_report()
    snap = take_snapshot(form_reader.load_form(read.form_id), read)
    yield "sample", styled(compose(snap)), (1, 2, 3, 4)
    yield "sample-word-seal", styled(compose(snap, STYLES["word"]), STYLES["word"]), (1, 4)
    yield "landscape", styled(compose(snap, STYLES["landscape"])), (4, 5)
    yield "sheet", styled(report()), (2, 3, 4)
    for name, pages in (("12 digits", (1, 2)), ("15 digits", (2,)), ("long labels", (1, 2)), ("organ of 60", (1,)),
                        ("empty", (1,)), ("marks", (1,)), ("dashes", (1,)), ("5,000 letters", (1,)),
                        ("odd blanks", (1,))):
        yield name.replace(",", "").replace(" ", "-"), styled(EXTREMES[name]), pages


def pictures() -> Iterator[tuple[str, Image.Image]]:
    """File name and page of each reference."""
    for name, data, pages in wanted():
        file = pypdfium2.PdfDocument(data)
        for number in pages:
            assert number <= len(file), f"{name} has {len(file)} pages"
            yield f"{name}-{number}.png", file[number - 1].render(scale=SCALE, grayscale=True).to_pil()


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name, picture in pictures():
        step = 256 // LEVELS
        coarse = picture.point(lambda value, step=step: value // step * 17)
        coarse.save(FOLDER / name, optimize=True)
        print(name)


if __name__ == "__main__":
    main()
