"""Builds the metadata of a PDF: title, organ, date, and the XMP packet that claims PDF/A-2a and PDF/UA-1."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from govdesk.document.document import Document
from govdesk.fonts.characters import to_printable

MAKER = "GovDesk"
LONGEST = 4_000                      # characters, of up to 4 bytes each: a string of PDF/A has 32,767 bytes at most
# PDF/A allows in XMP what XML allows
_NOT_XML = re.compile("[\ufffe\uffff]")


class Metadata(NamedTuple):
    """Title, organ and date of one file."""

    title: str
    organ: str
    date: datetime.date

    @staticmethod
    def of(document: Document) -> Metadata:
        """From the document alone, so that equal input gives equal bytes."""
        return Metadata(clean_name(document.title), clean_name(document.organ), _date(document))

    @property
    def info_date(self) -> str:
        return f"D:{self.date.isoformat().replace('-', '')}000000Z"    # %Y has no zeros before 999

    def xmp(self) -> bytes:
        """The packet."""
        values = {
            "title": _escaped(self.title), "organ": _escaped(self.organ), "maker": MAKER,
            "date": f"{self.date.isoformat()}T00:00:00Z",
        }
        return (_XMP % values).encode("utf-8")


def clean_name(text: str) -> str:
    """Text fit for names and titles in the file, cut where it is longer than a string may be."""
    found = _NOT_XML.sub("〓", to_printable(text[:LONGEST])).strip()
    return f"{found}……" if len(text) > LONGEST else found


def _date(document: Document) -> datetime.date:
    """The date of issue; before there is one, the first day after the reported year."""
    try:
        return datetime.date.fromisoformat(document.date)
    except ValueError:
        return datetime.date(min(max(document.year + 1, 1), datetime.MAXYEAR), 1, 1)


def _escaped(text: str) -> str:
    """xml.sax.saxutils has one, and takes 25 ms to import (urllib, http, e-mail)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%(title)s</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>%(organ)s</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>%(maker)s</pdf:Producer><xmp:CreatorTool>%(maker)s</xmp:CreatorTool>
<xmp:CreateDate>%(date)s</xmp:CreateDate>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA part</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
