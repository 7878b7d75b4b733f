"""Writes the report as Typst and as HTML source, with the same text, figures, tables and faces as our own export."""

from __future__ import annotations

from html import escape

from govdesk.base.cell_role import CellRole
from govdesk.document.document import Document, GridBlock, GridCell, Heading, Paragraph, SignatureBlock, Title

TYPST_HEAD = """
#set page(paper: "a4", margin: (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm), numbering: "— 1 —")
#let latin = (name: "Liberation Serif", covers: "latin-in-cjk")
#set text(font: (latin, "GW Fang", "GW Song"), size: 15.75pt, lang: "zh", region: "cn", top-edge: 0.8em,
 bottom-edge: -0.2em)
#set par(leading: 13.85pt, spacing: 13.85pt, first-line-indent: (amount: 2em, all: true), justify: true)
#show heading: it => block(above: 13.85pt, below: 13.85pt, it.body)
#show heading.where(level: 2): set text(font: (latin, "GW Hei"), size: 15.75pt, weight: "medium")
#show heading.where(level: 3): set text(font: (latin, "GW Kai"), size: 15.75pt, weight: "regular")
#show heading.where(level: 1): set text(font: (latin, "GW BiaoSong"), size: 22pt, weight: "bold")
#set table(stroke: 0.5pt, align: center + horizon, inset: 3pt)
#show table: set text(font: (latin, "GW Song"), size: 9pt)
#show table: set par(leading: 3pt, first-line-indent: 0pt, justify: false)
"""
HTML_CSS = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —"; font-family: G6 } }
body { font: 15.75pt/29.6pt LS, G4; } h1 { font: 22pt/32pt G1; text-align: center }
h2 { font: 15.75pt/29.6pt LS, G2; margin: 0; text-indent: 2em } h3 { font: 15.75pt/29.6pt LS, G3; margin: 0;
 text-indent: 2em } p { margin: 0; text-indent: 2em; text-align: justify } p.sign { text-align: right }
table { border-collapse: collapse; table-layout: fixed; width: 156mm; margin: 3mm 0; font: 9pt/11.5pt LS, G6 }
td, th { border: 0.5pt solid black; padding: 2pt; text-align: center; font-weight: normal } .label { text-align: left }
"""
FACE_NAMES = {"G1": "GwBiaoSong", "G2": "GwHei", "G3": "GwKai", "G4": "GwFang", "G6": "GwSong",
              "LS": "LiberationSerif-Regular"}


def typst_source(document: Document) -> str:
    """A whole .typ file."""
    year, month, day = (int(part) for part in (document.date or "2024-01-01").split("-"))
    parts = [f'#set document(title: {_quoted(document.title)}, author: {_quoted(document.organ)}, '
             f'date: datetime(year: {year}, month: {month}, day: {day}))', TYPST_HEAD]
    for block in document.blocks:
        if isinstance(block, Title):
            parts.append(f"#align(center, heading(level: 1, {_quoted(block.text)}))")
        elif isinstance(block, Heading):
            parts.append(f"#heading(level: {block.level + 1})[#h(2em)#{_quoted(block.text)}]")
        elif isinstance(block, Paragraph):
            parts.append(f"#par(text({_quoted(block.text)}))")
        elif isinstance(block, SignatureBlock):
            parts += [f"#align(right, pad(right: 2em, text({_quoted(text)})))" for text in (block.organ, block.date)]
        elif isinstance(block, GridBlock):
            parts.append(_typst_table(block))
    return "\n\n".join(parts)


def _typst_table(grid: GridBlock) -> str:
    rows = [", ".join(_typst_cell(cell) for cell in row) for row in grid.rows]
    head = f"table.header({', '.join(filter(None, rows[:grid.head_rows]))}), " if grid.head_rows else ""
    widths = ", ".join(f"{width:g}mm" for width in grid.widths)
    return f"#table(columns: ({widths}), {head}{', '.join(filter(None, rows[grid.head_rows:]))})"


def _typst_cell(cell: GridCell) -> str:
    side = "left" if cell.role is CellRole.LABEL and len(cell.text) > 8 else "center"
    return (f"table.cell(rowspan: {cell.row_span}, colspan: {cell.column_span}, align: {side} + horizon, "
            f"text({_quoted(cell.text)}))")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def html_source(document: Document, fonts: str) -> str:
    """A whole page of HTML; `fonts` is the folder of the faces as a file URL."""
    faces = "".join(f"@font-face {{ font-family: {name}; src: url({fonts}/{file}.ttf) }}\n"
                    for name, file in FACE_NAMES.items())
    body = "\n".join(_html(block) for block in document.blocks)
    return (f"<!doctype html><html lang=zh-CN><head><meta charset=utf-8><title>{escape(document.title)}</title>"
            f"<style>{faces}{HTML_CSS}</style></head><body>{body}</body></html>")


def _html(block: object) -> str:
    if isinstance(block, Title):
        return f"<h1>{escape(block.text)}</h1>"
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    if isinstance(block, SignatureBlock):
        return f'<p class="sign">{escape(block.organ)}</p><p class="sign">{escape(block.date)}</p>'
    return _html_table(block) if isinstance(block, GridBlock) else ""


def _html_table(grid: GridBlock) -> str:
    columns = "".join(f'<col style="width: {width:g}mm">' for width in grid.widths)
    rows = ["<tr>" + "".join(_html_cell(cell) for cell in row) + "</tr>" for row in grid.rows]
    head, body = "".join(rows[:grid.head_rows]), "".join(rows[grid.head_rows:])
    return f"<table><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>"


def _html_cell(cell: GridCell) -> str:
    kind = "td" if cell.role is CellRole.FIGURE else "th"
    side = ' class="label"' if cell.role is CellRole.LABEL and len(cell.text) > 8 else ""
    return f'<{kind}{side} rowspan="{cell.row_span}" colspan="{cell.column_span}">{escape(cell.text)}</{kind}>'
