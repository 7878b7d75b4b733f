"""Other readers of tables, warm: python-docx, pdfplumber, or lxml that parses a page and walks over its cells. A line
with a file each; answers with the milliseconds of the processor, and how many cells there are."""

import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path


def read_docx(data: bytes) -> int:
    import docx

    rows = [row for table in docx.Document(BytesIO(data)).tables for row in table.rows]
    return sum(len([cell.text for cell in row.cells]) for row in rows)


def read_pdf(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(BytesIO(data)) as document:
        tables = [table for page in document.pages for table in page.extract_tables()]
    return sum(len(row) for table in tables for row in table)


def read_html(data: bytes) -> int:
    from lxml import etree

    root = etree.fromstring(data.decode(), etree.HTMLParser())
    return sum(1 for cell in root.iter("td", "th") if "".join(cell.itertext()) is not None)


READERS: dict[str, Callable[[bytes], int]] = {"docx": read_docx, "pdf": read_pdf, "html": read_html}

for line in sys.stdin:
    file = Path(line.rstrip("\n"))
    data = file.read_bytes()
    used = time.process_time()
    cells = READERS[file.suffix.removeprefix(".")](data)
    print((time.process_time() - used) * 1000, cells, flush=True)
