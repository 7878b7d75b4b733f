"""Writes a report that is laid out as paragraphs and tables into files, as the programs that offices use write them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape

from tests.importing.made_reports import Layout, Part, Place

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = ('<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
          '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/'
          'vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
          'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
_RELATIONS = ('<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
              'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
              'relationships/officeDocument" Target="word/document.xml"/></Relationships>')

_COLUMN = '<w:gridCol w:w="{}"/>'
_BORDERS = "<w:tblBorders>" + "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in (
    "top", "left", "bottom", "right", "insideH", "insideV")) + "</w:tblBorders>"
_HIDDEN = ' hidden="1"'
WriteCell = Callable[[Place], str]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


# ---------------------------------------------------------------------------------------------------------------- Word

def run(text: str, properties: str = "") -> str:
    looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{looks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run(text) if text else ''}</w:p>"


def docx_of(body: str, **parts: str) -> bytes:
    """A .docx file of a body; `parts`: further ones below word/, as numbering="…"."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}<w:sectPr/></w:body></w:document>'
    return zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELATIONS, "word/document.xml": document,
                   **{f"word/{name}.xml": part for name, part in parts.items()}})


def word_cell(place: Place) -> str:
    return "".join(paragraph(line) for line in place.text.split("\n"))


def word_table(table: Layout, cell: WriteCell = word_cell, *, grid: bool = True) -> str:
    """A table as Word writes it: gridSpan, and vMerge in every row that a cell covers."""
    rows = []
    for r in range(table.rows):
        cells = []
        for place in sorted(table.places, key=lambda one: one.column):
            if not place.row <= r < place.row + place.rows:
                continue
            merge = "" if place.rows == 1 else '<w:vMerge w:val="restart"/>' if place.row == r else "<w:vMerge/>"
            span = f'<w:gridSpan w:val="{place.columns}"/>' if place.columns > 1 else ""
            inner = cell(place) if place.row == r else "<w:p/>"
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{inner}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    widths = [500, 900, 2300, *[760] * 7] if table.columns == 10 else [9000 // table.columns] * table.columns
    columns = f"<w:tblGrid>{''.join(map(_COLUMN.format, widths))}</w:tblGrid>" if grid else ""
    return f"<w:tbl><w:tblPr>{_BORDERS}</w:tblPr>{columns}{''.join(rows)}</w:tbl>"


def docx(parts: Iterable[Part], cell: WriteCell = word_cell, *, grid: bool = True) -> bytes:
    return docx_of("".join(paragraph(part) if isinstance(part, str) else word_table(part, cell, grid=grid)
                           for part in parts))


def rtf(parts: Iterable[Part]) -> bytes:
    """RTF as Word writes it: \\uN for Chinese, each row with the edges of its cells."""
    def coded(text: str) -> str:
        return "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in text)

    lines = []
    for part in parts:
        if isinstance(part, str):
            lines.append(f"\\pard\\fi640 {coded(part)}\\par")
            continue
        for r in range(part.rows):
            defined = contents = ""
            for place in sorted(part.places, key=lambda one: one.column):
                if place.row <= r < place.row + place.rows:
                    merge = "" if place.rows == 1 else "\\clvmgf" if place.row == r else "\\clvmrg"
                    defined += f"{merge}\\cellx{900 * (place.column + place.columns)}"
                    contents += f"\\pard\\intbl {coded(place.text) if place.row == r else ''}\\cell"
            lines.append(f"\\trowd\\trleft0{defined}{contents}\\row")
    return ("{\\rtf1\\ansi\\ansicpg936{\\fonttbl{\\f0\\fcharset134 SimSun;}}" + "\n".join(lines) + "}").encode("ascii")


# ----------------------------------------------------------------------------------------------------------------- web

def html_table(table: Layout, cell: Callable[[Place], str] = lambda place: escape(place.text)) -> str:
    rows = []
    for r in range(table.rows):
        cells = []
        for place in (one for one in table.places if one.row == r):
            spans = (f' rowspan="{place.rows}"' if place.rows > 1 else "") + (
                f' colspan="{place.columns}"' if place.columns > 1 else "")
            tag = "td" if place.figure or place.column else "th"
            cells.append(f"<{tag}{spans}>{cell(place)}</{tag}>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="1">{"".join(rows)}</table>'


def html_text(parts: Iterable[Part], charset: str = "utf-8") -> str:
    body = "".join(f"<p>　　{escape(part)}</p>" if isinstance(part, str) else html_table(part) for part in parts)
    return (f'<!DOCTYPE html><html><head><meta charset="{charset}"><style>.x{{color:red}} '
            f"td,th{{border:1px solid #000}} table{{border-collapse:collapse}}</style>"
            f"</head><body><div>{body}</div></body></html>")


def mht(parts: Iterable[Part]) -> bytes:
    from email.mime.multipart import MIMEMultipart
    from email.mime.text import MIMEText

    whole = MIMEMultipart("related")
    whole["From"] = "<Saved by Blink>"
    whole.attach(MIMEText(html_text(parts), "html", "utf-8"))
    return whole.as_bytes()


# -------------------------------------------------------------------------------------------------------- spreadsheets

def sheet_rows(parts: Iterable[Part]) -> tuple[list[list[str]], list[tuple[int, int, int, int]]]:
    """The rows of one sheet with everything below one another, and its merged ranges (row, column, rows, columns)."""
    rows: list[list[str]] = []
    merged: list[tuple[int, int, int, int]] = []
    for part in parts:
        if isinstance(part, str):
            rows.append([part])
            continue
        top = len(rows)
        rows += [[""] * part.columns for _ in range(part.rows)]
        for place in part.places:
            rows[top + place.row][place.column] = place.text
            if place.rows > 1 or place.columns > 1:
                merged.append((top + place.row, place.column, place.rows, place.columns))
    return rows, merged


def column_name(column: int) -> str:
    return chr(65 + column) if column < 26 else f"A{chr(65 + column - 26)}"


def xlsx(parts: Iterable[Part], hidden: Sequence[int] = ()) -> bytes:
    """A workbook of one sheet, texts in place, numbers as numbers."""
    rows, merged = sheet_rows(parts)
    lines = []
    for r, row in enumerate(rows):
        cells = "".join(_sheet_cell(r, c, text) for c, text in enumerate(row) if text)
        lines.append(f'<row r="{r + 1}"{_HIDDEN if r in hidden else ""}>{cells}</row>')
    ranges = "".join(f'<mergeCell ref="{column_name(c)}{r + 1}:{column_name(c + w - 1)}{r + h}"/>'
                     for r, c, h, w in merged)
    return workbook("".join(lines), f'<mergeCells count="{len(merged)}">{ranges}</mergeCells>' if merged else "")


def _sheet_cell(r: int, c: int, text: str) -> str:
    at = f"{column_name(c)}{r + 1}"
    if text.replace(".", "", 1).isdigit():
        return f'<c r="{at}"><v>{text}</v></c>'
    return f'<c r="{at}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def workbook(sheet_data: str, after: str = "", dimension: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped({
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
        'Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxml'
        'formats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxml'
        'formats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="年报" sheetId="1" '
        f'r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{dimension}<sheetData>{sheet_data}</sheetData>{after}'
        "</worksheet>"})


def xls(parts: Iterable[Part]) -> bytes:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("年报")
    rows, merged = sheet_rows(parts)
    spans = {(r, c): (h, w) for r, c, h, w in merged}
    covered = {(r + i, c + k) for r, c, h, w in merged for i in range(h) for k in range(w)}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            value: str | float = float(text) if text.replace(".", "", 1).isdigit() else text
            if (r, c) in spans:
                high, wide = spans[r, c]
                sheet.write_merge(r, r + high - 1, c, c + wide - 1, value)
            elif text and (r, c) not in covered:
                sheet.write(r, c, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_text(parts: Iterable[Part]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(sheet_rows(parts)[0])
    return out.getvalue()


def sheet_xml(parts: Iterable[Part]) -> bytes:
    """“XML 电子表格 2003”."""
    rows, merged = sheet_rows(parts)
    spans = {(r, c): (h, w) for r, c, h, w in merged}
    covered = {(r + i, c + k) for r, c, h, w in merged for i in range(h) for k in range(w)} - set(spans)
    lines = []
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            if (r, c) in covered or not (text or (r, c) in spans):
                continue
            high, wide = spans.get((r, c), (1, 1))
            across = f' ss:MergeAcross="{wide - 1}"' if wide > 1 else ""
            across += f' ss:MergeDown="{high - 1}"' if high > 1 else ""
            kind = "Number" if text.replace(".", "", 1).isdigit() else "String"
            cells.append(f'<Cell ss:Index="{c + 1}"{across}><Data ss:Type="{kind}">{escape(text)}</Data></Cell>')
        lines.append(f'<Row ss:Index="{r + 1}">{"".join(cells)}</Row>')
    return ('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
            'xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
            'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="年报"><Table>'
            f'{"".join(lines)}</Table></Worksheet></Workbook>').encode()
